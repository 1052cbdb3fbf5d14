"""The library as a table, and picking one question from it by name."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from kg.errors import QueryError
from kg.query.library import Param, Query
from kg.query.table import Table

_HEADINGS = {
    "zh": ("编号", "组", "标题", "问题", "参数"),
    "en": ("Id", "Group", "Title", "Question", "Parameters"),
}
_TITLE = {"zh": "问题库", "en": "Library of questions"}


def as_table(library: Mapping[str, Query], *, language: str = "zh") -> Table:
    """One row a question: id, group, title, question, parameters (`name:type`, `=default` where there is
    one).
    """
    return Table(
        columns=("id", "group", "title", "question", "params"),
        rows=tuple(
            (
                query.id,
                query.group,
                query.title[language],
                query.question[language],
                " ".join(_describe(param) for param in query.params),
            )
            for query in library.values()
        ),
        title=_TITLE[language],
        labels=_HEADINGS[language],
    )


def pick(library: Mapping[str, Query], name: str) -> Query:
    """The question of this id. Raises `QueryError` with the nearest id where there is none."""
    if name in library:
        return library[name]
    close = get_close_matches(name, list(library), n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise QueryError(f"{name}: no such question; {hint}known: {', '.join(library)}")


def _describe(param: Param) -> str:
    default = "" if param.default is None else f"={param.default}"
    return f"{param.name}:{param.type}{default}"
