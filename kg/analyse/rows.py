"""SPARQL rows as plain strings, so that no RDF object leaves this small gate."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from kg.query.rows import read
from kg.vocab import PREFIXES

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(PREFIXES.items()))


class Queryable(Protocol):
    """A store whose `query` sees all named graphs as one default graph."""

    def query(self, query: str, /) -> Any: ...


def rows(store: Queryable, pattern: str) -> list[tuple[str, ...]]:
    """Run a SELECT (the project's prefixes are declared for it) and return its rows as strings.

    An unbound variable becomes "". IRIs, literals and numbers come as their lexical form.
    """
    query = PROLOGUE + pattern
    if type(store).__module__.startswith("pyoxigraph"):  # the bare store: its default graph is empty
        solutions = store.query(query, use_default_graph_as_union=True)  # type: ignore[call-arg]
    else:
        solutions = store.query(query)
    _, found, _ = read(solutions, sys.maxsize - 1)
    return [tuple("" if value is None else str(value) for value in row) for row in found]


def local_name(iri: str) -> str:
    """`…/vocab/resource/funding` → `funding`, `…/def/Policy` → `Policy`."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
