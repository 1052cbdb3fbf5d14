"""An engine's answer in the formats of SPARQL 1.1, at most so many rows, and saying so where there were more.

Oxigraph writes a whole answer or none, so tables are written here and graphs by it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

#: name → media type, for tables (SELECT, ASK) and for graphs (CONSTRUCT, DESCRIBE); the first is the default
TABLE_FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_FORMATS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_ENGINE_FORMATS = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
#: where an answer that was cut points to, as its format has room for a link only
CAPPED = "https://w3id.org/innopolicy/def/rowsCapped"


@dataclass(frozen=True, slots=True)
class Serialised:
    """An answer as bytes. `truncated`: there were more than the `limit` rows it holds."""

    body: bytes
    rows: int
    truncated: bool


def serialise(result: Any, fmt: str, *, limit: int, prefixes: dict[str, str] | None = None) -> Serialised:
    """Oxigraph's `result` in `fmt`, a key of `TABLE_FORMATS` or `GRAPH_FORMATS` as fits the query's form.

    Rows come in the engine's order; triples once each, sorted.
    """
    kind = type(result).__name__
    if kind == "QueryBoolean":
        return Serialised(_boolean(bool(result), fmt).encode(), 1, False)
    if kind == "QuerySolutions":
        names = [variable.value for variable in result.variables]
        rows = [[solution[name] for name in names] for solution in islice(result, limit + 1)]
        truncated = len(rows) > limit
        body = _table(names, rows[:limit], fmt, notice(limit) if truncated else "")
        return Serialised(body.encode(), min(len(rows), limit), truncated)
    return _graph(result, fmt, limit, prefixes or {})


def notice(limit: int) -> str:
    """What a reader of a cut answer is told."""
    return f"only the first {limit} rows; there are more: narrow the query or page with ORDER BY, LIMIT and OFFSET"


def _graph(triples: Iterable[Any], fmt: str, limit: int, prefixes: dict[str, str]) -> Serialised:
    import pyoxigraph as ox

    seen: dict[Any, None] = {}
    for triple in triples:  # an engine may give a triple twice
        seen[triple] = None
        if len(seen) > limit:
            break
    truncated = len(seen) > limit
    kept = sorted(list(seen)[:limit], key=str)
    used = {p: ns for p, ns in prefixes.items() if any(f"<{ns}" in str(t) for t in kept)}
    body = bytes(
        ox.serialize(kept, format=getattr(ox.RdfFormat, _ENGINE_FORMATS[fmt]), prefixes=used) or b""
    )
    if truncated and fmt in ("turtle", "ntriples"):
        body = f"# {notice(limit)}\n".encode() + body
    return Serialised(body, len(kept), truncated)


def _boolean(answer: bool, fmt: str) -> str:
    word = "true" if answer else "false"
    if fmt == "json":
        return f'{{"head":{{}},"boolean":{word}}}'
    if fmt == "xml":
        return f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>"
    return word + "\n"  # CSV and TSV have no form for it: the bare word, as other engines do


def _table(names: list[str], rows: list[list[Any]], fmt: str, warning: str) -> str:
    if fmt == "json":
        head: dict[str, Any] = {"vars": names}
        if warning:
            head |= {"link": [CAPPED], "warning": warning}
        bindings = [
            {name: _json_term(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in rows
        ]
        return json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False)
    if fmt == "xml":
        return _xml(names, rows, warning)
    if fmt == "tsv":
        lines = ["\t".join(f"?{name}" for name in names)]
        lines += ["\t".join("" if term is None else str(term) for term in row) for row in rows]
        return "\n".join(lines) + "\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_plain(term) for term in row] for row in rows)
    return out.getvalue()


def _plain(term: Any) -> str:
    if term is None:
        return ""
    kind = type(term).__name__
    return f"_:{term.value}" if kind == "BlankNode" else str(term) if kind == "Triple" else str(term.value)


def _json_term(term: Any) -> dict[str, Any]:
    kind = type(term).__name__
    if kind == "NamedNode":
        return {"type": "uri", "value": term.value}
    if kind == "BlankNode":
        return {"type": "bnode", "value": term.value}
    if kind == "Triple":
        parts = {key: _json_term(getattr(term, key)) for key in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    out: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        out["xml:lang"] = term.language
    elif term.datatype.value not in (_XSD_STRING, _LANG_STRING):
        out["datatype"] = term.datatype.value
    return out


_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml(names: list[str], rows: list[list[Any]], warning: str) -> str:
    out = [_XML_HEAD, "<head>"]
    out += [f"<variable name={quoteattr(name)}/>" for name in names]
    if warning:
        out.append(f'<link href="{CAPPED}"/>')
    out.append("</head><results>")
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(_json_term(term))}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        out.append(f"<result>{''.join(cells)}</result>")
    out.append("</results></sparql>")
    return "\n".join(out)


def _xml_term(term: dict[str, Any]) -> str:
    if term["type"] == "triple":
        parts = "".join(f"<{key}>{_xml_term(part)}</{key}>" for key, part in term["value"].items())
        return f"<triple>{parts}</triple>"
    # XML 1.0 has no form for most control characters: a reader would refuse the whole answer
    text = escape("".join(c if c >= " " or c in "\t\n\r" else "\ufffd" for c in term["value"]), {"\r": "&#13;"})
    if "xml:lang" in term:
        return f"<literal xml:lang={quoteattr(term['xml:lang'])}>{text}</literal>"
    if "datatype" in term:
        return f"<literal datatype={quoteattr(term['datatype'])}>{text}</literal>"
    tag = term["type"]
    return f"<{tag}>{text}</{tag}>"
