"""What a request asks for: path, language, form, values; read once, bounded, never trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from kg.errors import KgError

if TYPE_CHECKING:
    from starlette.requests import Request

    from kg.serve.state import State

LANGUAGES = ("zh", "en")
#: endings of a page's path that give its table as a file
ENDINGS = ("json", "csv", "xlsx")
#: endings of pages with a picture
DRAWN = ("picture", "gexf", "graphml", "svg")
#: endings of the basket
WRITTEN = ("docx", "md", "bib", "ris", "csl")
LONGEST = 4000  # characters of one value
MOST = 60  # values of one name


class NotFoundError(KgError):
    """There is no such page, document, claim or place."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `path` has no ending; `values` are those of the address, in its order, without `language`."""

    state: State
    path: str
    ending: str
    language: str
    values: tuple[tuple[str, str], ...]
    key: str = ""  # what the path names: an id, a place
    token: str = ""  # what forms that write send back

    def one(self, name: str, default: str = "") -> str:
        """The first value of a name."""
        return next((v for n, v in self.values if n == name), default)

    def many(self, name: str) -> list[str]:
        """All values of a name that are not empty."""
        return [v for n, v in self.values if n == name and v][:MOST]

    def number(self, name: str, default: int, most: int, least: int = 0) -> int:
        """A whole number between `least` and `most`. Raises `KgError` for anything else."""
        written = self.one(name) or str(default)
        if not (written.isascii() and written.isdigit() and len(written) < 9):
            raise KgError(f"{name}={written[:40]}: not a whole number; give one from {least} to {most}")
        return max(least, min(most, int(written)))

    def choice(self, name: str, allowed: tuple[str, ...], default: str = "") -> str:
        """One of few words, or the default. Raises `KgError` for another word."""
        value = self.one(name) or default
        if value and value not in allowed:
            raise KgError(f"{name}={value[:40]}: unknown; known: {', '.join(allowed)}")
        return value

    def href(self, path: str, *, language: str = "", **values: object) -> str:
        """An address of this server that keeps the language."""
        pairs: list[tuple[str, str]] = []
        for name, value in values.items():
            many = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(v)) for v in many if v not in ("", None)]
        spoken = language or self.language
        if spoken != self.state.language:
            pairs.append(("language", spoken))
        return quote(path) + (f"?{urlencode(pairs)}" if pairs else "")

    def here(self, *, ending: str = "", language: str = "", **changed: object) -> str:
        """This very page, with values changed ("" takes one away), in another form or language."""
        values: dict[str, object] = {}
        for name in dict.fromkeys(n for n, _ in self.values):
            values[name] = self.many(name)
        values.update(changed)
        path = (self.path if self.path != "/" or not ending else "/search") + (f".{ending}" if ending else "")
        return self.href(path, language=language, **values)


def asked(request: Request, state: State) -> Asked:
    """Read a request. Raises `KgError` for an unknown language or too long a value."""
    path = request.url.path
    ending = next((e for e in (*ENDINGS, *DRAWN, *WRITTEN) if path.endswith(f".{e}")), "")
    path = path.removesuffix(f".{ending}") if ending else path
    values = []
    for name, value in request.query_params.multi_items():
        if len(value) > LONGEST:
            raise KgError(f"{name[:40]}: {len(value)} characters; a value may have {LONGEST}")
        values.append((name, value.replace("\x00", "")))
    spoken = next((v for n, v in values if n == "language"), state.language)
    if spoken not in LANGUAGES:
        raise KgError(f"language={spoken[:20]}: unknown; choose zh or en")
    key = str(request.path_params.get("key", ""))
    key = key.removesuffix(f".{ending}") if ending else key
    return Asked(state, path, ending, spoken, tuple(p for p in values if p[0] != "language"), key, str(request.scope.get("csrf_token", "")))
