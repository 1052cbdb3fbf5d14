"""From an engine's answer to plain values. Works on the results of Oxigraph and of rdflib alike."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol

from kg.query.table import Value

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in [
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    ]
)


class Store(Protocol):
    """Anything that answers SPARQL over the union of its graphs, as `kg.graph.store` does."""

    def query(self, sparql: str) -> Any: ...


def read(result: Any, limit: int) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...], bool]:
    """Columns, at most `limit` rows, and whether there were more.

    SELECT gives its variables, ASK one column `answer`, CONSTRUCT and DESCRIBE `subject, predicate, object`.
    """
    form = getattr(result, "type", None)  # rdflib's Result names its form
    if form == "ASK":
        return ("answer",), ((bool(result.askAnswer),),), False
    if form in ("CONSTRUCT", "DESCRIBE"):
        return _triples(iter(result.graph), limit)
    if form == "SELECT":
        names = tuple(str(name) for name in result.vars)
        return _take(names, ((row[i] for i in range(len(names))) for row in result), limit)
    if hasattr(result, "variables"):
        names = tuple(variable.value for variable in result.variables)
        return _take(names, ((row[i] for i in range(len(names))) for row in result), limit)
    if type(result).__name__ == "QueryBoolean" or isinstance(result, bool):
        return ("answer",), ((bool(result),),), False
    return _triples(((t.subject, t.predicate, t.object) for t in result), limit)


def _triples(
    triples: Iterator[tuple[Any, ...]], limit: int
) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...], bool]:
    columns, rows, truncated = _take(("subject", "predicate", "object"), triples, limit)
    return columns, tuple(sorted(rows, key=repr)), truncated


def _take(
    columns: tuple[str, ...], rows: Iterable[Iterable[Any]], limit: int
) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...], bool]:
    taken = [tuple(value(term) for term in row) for row in islice(rows, limit + 1)]
    return columns, tuple(taken[:limit]), len(taken) > limit


def value(term: Any) -> Value:
    """A term as a plain value: IRIs and texts as str, numbers as int or float, unbound as None.

    A decimal becomes an int where it is whole, a float where that prints the same digits, else a str: no
    digit is lost, and 1.50 (rdflib) and 1.5 (Oxigraph) come out alike.
    """
    if term is None:
        return None
    kind = type(term).__name__
    if kind != "Literal":
        text = str(getattr(term, "value", term))
        return f"_:{text}" if kind in ("BlankNode", "BNode") else text
    rdflib_literal = isinstance(term, str)
    lexical = str(term) if rdflib_literal else term.value
    datatype = str(term.datatype) if rdflib_literal else term.datatype.value
    return literal_value(lexical, datatype)


def literal_value(lexical: str, datatype: str = "") -> Value:
    """A literal as a plain value, by its lexical form and the IRI of its datatype."""
    try:
        if datatype in _INTEGERS:
            return int(lexical)
        if datatype == _XSD + "decimal":
            return plain_decimal(Decimal(lexical))
        if datatype in (_XSD + "double", _XSD + "float"):
            number = float(lexical)
            return number if math.isfinite(number) else lexical
    except (ArithmeticError, ValueError):  # ill-typed, as "abc"^^xsd:integer: keep what is written
        return lexical
    if datatype == _XSD + "boolean":
        return lexical in ("true", "1")
    return lexical


def read_json(body: bytes) -> tuple[tuple[str, ...], tuple[tuple[Value, ...], ...]]:
    """Columns and rows of an answer in SPARQL 1.1 Query Results JSON, the same values as `read` gives."""
    said = json.loads(body)
    if "boolean" in said:
        return ("answer",), ((bool(said["boolean"]),),)
    columns = tuple(said["head"]["vars"])
    rows = (tuple(_bound(row.get(name)) for name in columns) for row in said["results"]["bindings"])
    return columns, tuple(rows)


def _bound(term: dict[str, str] | None) -> Value:
    if term is None:
        return None
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    return term["value"] if term["type"] == "uri" else literal_value(term["value"], term.get("datatype", ""))


def plain_decimal(number: Decimal) -> int | float | str:
    """3.00 → 3, 1.50 → 1.5, more digits than a float holds → their text."""
    if number == number.to_integral_value():
        return int(number)
    exact = format(number.normalize(), "f")
    return float(exact) if repr(float(exact)) == exact else exact
