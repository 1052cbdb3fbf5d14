"""Just enough of SPARQL's lexical grammar to know what a query says without running it.

Linear in the length of the text, so that it is safe on text from strangers. Where two readings of the
text are possible (an `<` that may open an IRI or compare two values) the text is refused rather than
guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n\r]*)
  | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
             |\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
             |'(?:[^'\\\n\r]|\\.)*'
             |"(?:[^"\\\n\r]|\\.)*")
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<langtag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w.\-·]*)
  | (?P<pname>(?:[^\W\d_][\w.\-·]*)?:(?:[\w:%.\-·]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>[^\W\d][\w]*)
  | (?P<number>\d[\d.eE]*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: `kind` is a group name of the lexical grammar, `line` counts from 1."""

    kind: str
    text: str
    line: int

    @property
    def keyword(self) -> str:
        """The word in capitals where the token is a bare word, else the empty string."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(sparql: str, *, where: str = "query") -> list[Token]:
    """All tokens but white space and comments. Raises `QueryError` on text that can be read in two ways."""
    out: list[Token] = []
    line = 1
    for match in _TOKEN.finditer(sparql):
        kind, text = str(match.lastgroup), match.group()
        if kind == "iri" and set(text) & set("()"):
            raise QueryError(
                f"{where}:{line}: {text[:60]} may be an IRI or a comparison; put spaces round < and >, "
                "or write parentheses in an IRI as %28 and %29"
            )
        if kind not in ("space", "comment"):
            out.append(Token(kind, text, line))
        line += text.count("\n")
    return out


def projection(found: list[Token]) -> list[str] | None:
    """The variables of the outermost SELECT, in order; None for `SELECT *` or where there is no SELECT."""
    start = next((i for i, token in enumerate(found) if token.keyword == "SELECT" or token.text == "{"), None)
    if start is None or found[start].text == "{":
        return None
    names: list[str] = []
    depth = 0
    last = ""
    for token in found[start + 1 :]:
        if depth == 0 and (token.text == "{" or token.keyword in ("WHERE", "FROM")):
            break
        if token.text == "*" and depth == 0:
            return None
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
            if depth == 0:
                names.append(last)
        elif token.kind == "variable":
            last = token.text[1:]
            if depth == 0:
                names.append(last)
    return names
