"""What a query from a stranger must not do: write, fetch, or choose its own data set.

The engines would: Oxigraph's SERVICE makes requests, rdflib's FROM reads local files. This is the first
of two walls; the second is `kg.query.worker`, where the query runs in a process that cannot open a file
or a socket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import QueryError
from kg.query.lexer import Token, tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
REFUSED = {
    "SERVICE": "asks another server",
    "FROM": "chooses its own data set",
    "INSERT": "writes",
    "DELETE": "writes",
    "LOAD": "writes",
    "CLEAR": "writes",
    "DROP": "writes",
    "CREATE": "writes",
    "COPY": "writes",
    "MOVE": "writes",
    "ADD": "writes",
}
MAX_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Vetted:
    """A text that may run: its form, one of `FORMS`, and whether it names graphs of its own with FROM."""

    form: str
    chooses_graphs: bool


def refuse_unsafe(sparql: str, *, where: str = "query", graphs: bool = False) -> Vetted:
    """Raise `QueryError` unless the text is a SELECT, ASK, CONSTRUCT or DESCRIBE over the graph at hand.

    A refused word is refused wherever it stands as a bare word; as part of an IRI, a prefixed name, a
    variable, a string or a comment it is harmless. With `graphs` the text may choose among the store's
    named graphs with FROM: for Oxigraph only, which reads no other.
    """
    if len(sparql) > MAX_CHARACTERS:
        raise QueryError(f"{where}: {len(sparql)} characters; a query may have {MAX_CHARACTERS}")
    # such escapes are undone before parsing, anywhere in the text, so SERVICE could hide behind one
    if re.search(r"\\[uU]", sparql):
        raise QueryError(f"{where}: holds a \\u escape; write the character itself")
    found = tokens(sparql, where=where)
    for token in found:
        word = _refused_word(token)
        if word and not (graphs and token.keyword == "FROM"):
            raise QueryError(
                f"{where}:{token.line}: {word} {REFUSED[word]}; "
                "only questions about the graph at hand are answered"
            )
    form = next((t for t in found if t.kind == "word" and t.keyword not in ("PREFIX", "BASE")), None)
    if form is None or form.keyword not in FORMS:
        line = f":{form.line}" if form else ""
        raise QueryError(f"{where}{line}: not a query; start with {', '.join(FORMS[:-1])} or {FORMS[-1]}")
    return Vetted(form.keyword, any(token.keyword == "FROM" for token in found))


def _refused_word(token: Token) -> str:
    """The refused keyword that the token is, or may be read as.

    Oxigraph's grammar asks for no space after a keyword: `trueSERVICE` and `SERVICEex:a` both reach a server.
    """
    if token.keyword in REFUSED:
        return token.keyword
    head = token.keyword or (token.text.partition(":")[0].upper() if token.kind == "pname" else "")
    return next((word for word in ("SERVICE", "FROM") if word in head), "")
