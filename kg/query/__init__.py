"""Questions to the graph: a library of parametrised SPARQL, and one result type, `Table`."""

from kg.query.bind import bind
from kg.query.catalogue import as_table, pick
from kg.query.library import Column, Param, Query, load_library, load_query
from kg.query.run import run, run_text
from kg.query.table import Table

__all__ = [
    "Column",
    "Param",
    "Query",
    "Table",
    "as_table",
    "bind",
    "load_library",
    "load_query",
    "pick",
    "run",
    "run_text",
]
