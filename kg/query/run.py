"""Ask a store: a question of the library with its parameters, or a query text from anyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.query.bind import bind, literal
from kg.query.guard import refuse_unsafe
from kg.query.library import Query
from kg.query.rows import Store, read
from kg.query.table import Table
from kg.query.worker import answer
from kg.vocab import BASE


def run(
    query: Query,
    store: Store,
    params: Mapping[str, Any] | None = None,
    *,
    limit: int = 1000,
    timeout: float | None = 30.0,
    language: str = "zh",
) -> Table:
    """The answer to a question of the library, at most `limit` rows, title and headings in `language`.

    `timeout` is in seconds; None runs in this process without a limit. A concept may be given by its code
    (`high-tech-enterprise`) or by its label (高新技术企业). Raises `QueryError`.
    """
    text = bind(
        query, params, language=language, concept=lambda scheme, label: find_concept(store, scheme, label)
    )
    columns, rows, truncated = answer(store, text, limit=limit, timeout=timeout, where=str(query.path.name))
    return Table(
        columns=columns,
        rows=rows,
        title=query.title[language],
        labels=tuple(column.label[language] for column in query.columns),
        truncated=truncated,
    )


def run_text(
    sparql: str, store: Store, *, limit: int = 1000, timeout: float = 30.0, where: str = "query"
) -> Table:
    """The answer to a query text that nobody has vetted.

    Updates, SERVICE and FROM are refused before anything runs; the query then runs in a process of its
    own that can open neither files nor sockets and is killed after `timeout` seconds. Raises
    `QueryError`.
    """
    refuse_unsafe(sparql, where=where)
    columns, rows, truncated = answer(
        store, sparql, limit=limit, timeout=timeout, where=where, untrusted=True
    )
    return Table(columns=columns, rows=rows, truncated=truncated)


def find_concept(store: Store, scheme: str, label: str) -> str | None:
    """The IRI of the one concept of a scheme with this label, in any language; None where there is none
    or two.
    """
    sparql = f"""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?concept WHERE {{
          ?concept rdfs:label|skos:prefLabel|skos:altLabel ?label .
          FILTER(LCASE(STR(?label)) = LCASE({literal(label)}))
          FILTER(STRSTARTS(STR(?concept), {literal(f"{BASE}vocab/{scheme}/")}))
        }} ORDER BY ?concept"""
    _, rows, _ = read(store.query(sparql), 2)
    return str(rows[0][0]) if len(rows) == 1 else None
