"""Is the graph sound? Shapes on one document at a time, queries on the whole, quotes against their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import ids, vocab
from kg.errors import GraphError
from kg.graph.store import OxigraphStore
from kg.model import Document
from kg.resources import data_dir

LANGUAGES = ("zh", "en")
_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.M)
_SHARED = ("things", "derived", "vocab", "ledger")


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One thing wrong: `severity` is `violation` or `warning`, `check` a shape or query, `entity` an IRI."""

    severity: str
    check: str
    entity: str
    message: str


def check(
    store: OxigraphStore, documents: Sequence[Document] = (), *, shapes: bool = True, language: str = "en"
) -> list[Issue]:
    """All issues of a graph, violations first. `documents` are those whose quotes are to be compared.

    `shapes=False` leaves SHACL out, which takes seconds for each large document.
    """
    issues = set(query_issues(store, language=language))
    issues.update(quote_issues(store, documents, language=language))
    if shapes:
        issues.update(shape_issues(store, language=language))
    return sorted(issues)


def conformance(
    store: OxigraphStore, documents: Sequence[Document], issues: Sequence[Issue], *, shapes: bool = True
) -> tuple[tuple[str, object], ...]:
    """(figure, value): size of the graph and, of its nodes, claims and things, how many are sound.

    `issues` is what `check` found with the same arguments; a node is SHACL-valid where no shape finds a violation.
    """

    def count(pattern: str) -> int:
        return int(
            next(iter(store.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")))["n"].value
        )

    claims = count(f"?x a <{vocab.CLAIM}>")
    facts = count(f"?x <{vocab.IS_EVIDENCED_BY}> ?claim")
    nodes = count(f"?x a ?class FILTER(STRSTARTS(STR(?class), '{vocab.IP}'))")
    worst = [issue for issue in issues if issue.severity == "violation"]
    inexact = {issue.entity for issue in worst if issue.check == "quote-equals-text"}
    files = {
        path.name.removesuffix("-violation.rq") for path in (data_dir("ontology") / "checks").glob("*.rq")
    }
    invalid = {i.entity for i in worst if i.check not in files and i.check != "quote-equals-text"}
    duplicates = {issue.entity for issue in worst if issue.check.startswith("duplicate-")}
    return (
        ("documents", len(documents)),
        ("claims", claims),
        ("nodes", nodes),
        ("triples", len(store.inner)),
        ("nodes valid by SHACL", _share(nodes - len(invalid), nodes) if shapes else "not checked"),
        ("quotes exactly the text", _share(claims - len(inexact), claims) if documents else "not checked"),
        ("things and facts that rest on a claim", facts),
        ("violations", len(worst)),
        ("duplicates", len(duplicates)),
        ("warnings", len(issues) - len(worst)),
    )


def _share(good: int, of: int) -> str:
    return f"{good} of {of} ({100 * good / of:.2f} %)" if of else "none"


def query_issues(
    store: OxigraphStore, folder: Path | None = None, *, language: str = "en"
) -> Iterator[Issue]:
    """Rows of `ontology/checks/*-violation.rq`, each of which must return nothing.

    Raises `GraphError` naming the file where a check does not parse or lacks its header.
    """
    for path in sorted((folder or data_dir("ontology") / "checks").glob("*-violation.rq")):
        text = path.read_text(encoding="utf-8")
        header = dict(_HEADER.findall(text))
        if header.get("severity") not in ("violation", "warning") or not set(LANGUAGES) <= header.keys():
            raise GraphError(f"{path.name}: a check needs `#+ severity:`, `#+ zh:` and `#+ en:`; add them")
        try:
            solutions = store.query(text)
        except SyntaxError as error:
            raise GraphError(f"{path.name}: not a SPARQL query: {error}; correct the file") from None
        for row in solutions:
            value = row["value"]
            shown = f" ({value.value})" if value is not None else ""
            name = path.name.removesuffix("-violation.rq")
            yield Issue(header["severity"], name, row["entity"].value, header[language] + shown)


def quote_issues(
    store: OxigraphStore, documents: Sequence[Document], *, language: str = "en"
) -> Iterator[Issue]:
    """Claims whose quote is not exactly the text at their position."""
    texts = {ids.document(document.id): document.text for document in documents}
    rows = store.query(
        f"""SELECT ?claim ?document ?start ?end ?exact WHERE {{
          ?claim <{vocab.IS_STATED_IN}> ?document ; <{vocab.OA_HAS_SELECTOR}> ?position, ?quote .
          ?position <{vocab.OA_START}> ?start ; <{vocab.OA_END}> ?end .
          ?quote <{vocab.OA_EXACT}> ?exact .
        }} ORDER BY ?claim"""
    )
    for row in rows:
        text = texts.get(row["document"].value)
        if text is None:
            continue
        there = text[int(row["start"].value) : int(row["end"].value)]
        if there != row["exact"].value:
            message = {
                "zh": f"引文与原文不符：原文此处为“{there[:40]}”。",
                "en": f"The quote is not what stands in the text there: “{there[:40]}”.",
            }
            yield Issue("violation", "quote-equals-text", row["claim"].value, message[language])


def shape_issues(store: OxigraphStore, *, language: str = "en") -> Iterator[Issue]:
    """Results of `ontology/shapes/` on each document's graph with what it refers to."""
    shapes = load_shapes()
    concepts = _graph(store, ids.graph("vocab"))
    for name in sorted(graph.value for graph in store.inner.named_graphs()):
        if name.rpartition("/")[2] not in _SHARED:
            yield from validate(_document_graph(store, name, concepts), shapes, language=language)


def load_shapes(folder: Path | None = None) -> Any:
    """The shapes as an rdflib graph."""
    import rdflib

    shapes = rdflib.Graph()
    for path in sorted((folder or data_dir("ontology") / "shapes").glob("*.ttl")):
        shapes.parse(path)
    return shapes


def validate(data: Any, shapes: Any, *, language: str = "en") -> Iterator[Issue]:
    """SHACL results of one rdflib graph; `check` is the local name of the shape."""
    import pyshacl
    from rdflib import RDF, Namespace

    sh = Namespace(vocab.SH)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    for result in results.subjects(RDF.type, sh.ValidationResult):
        shape = str(results.value(result, sh.sourceShape))
        severity = "warning" if results.value(result, sh.resultSeverity) == sh.Warning else "violation"
        messages = {str(m.language): str(m) for m in results.objects(result, sh.resultMessage)}
        message = messages.get(language) or next(iter(sorted(messages.values())), "")
        value = results.value(result, sh.value)
        shown = f" ({str(value)[:80]})" if value is not None else ""
        yield Issue(
            severity, shape.removeprefix(vocab.IPS), str(results.value(result, sh.focusNode)), message + shown
        )


def _document_graph(store: OxigraphStore, name: str, concepts: Any) -> Any:
    """One document's triples, its derived flows, and the descriptions of all it refers to."""
    import pyoxigraph as ox

    things, derived = ox.NamedNode(ids.graph("things")), ox.NamedNode(ids.graph("derived"))
    triples = {quad.triple for quad in store.inner.quads_for_pattern(None, None, None, ox.NamedNode(name))}
    claims = {t.subject for t in triples if t.predicate.value == vocab.IS_STATED_IN}
    for claim in claims:
        for quad in store.inner.quads_for_pattern(None, ox.NamedNode(vocab.IS_EVIDENCED_BY), claim, derived):
            triples.update(q.triple for q in store.inner.quads_for_pattern(quad.subject, None, None, derived))
    referred = {t.object for t in triples if isinstance(t.object, ox.NamedNode)}
    waiting = list(referred | {t.subject for t in triples})
    known = set(waiting)
    while waiting:
        node = waiting.pop()
        for quad in store.inner.quads_for_pattern(node, None, None, things):
            triples.add(quad.triple)
            if isinstance(quad.object, ox.NamedNode) and quad.object not in known:
                known.add(quad.object)
                waiting.append(quad.object)
    data = _rdflib(triples)
    data += concepts
    return data


def _graph(store: OxigraphStore, name: str) -> Any:
    import pyoxigraph as ox

    return _rdflib(q.triple for q in store.inner.quads_for_pattern(None, None, None, ox.NamedNode(name)))


def _rdflib(triples: Any) -> Any:
    import pyoxigraph as ox
    import rdflib

    data = rdflib.Graph()
    data.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return data
