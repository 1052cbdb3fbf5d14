"""The ontology as plain values, for its documentation: terms, taxonomies, constraints, alignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import vocab
from kg.resources import data_dir

#: language → text
Words = dict[str, str]
MATCHES = ("subClassOf", "subPropertyOf", "closeMatch", "broadMatch", "relatedMatch")


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or concept. IRIs in `links` (relation → IRIs) stand as written in the ontology."""

    iri: str
    name: str  # local name, unique within its section
    kind: str  # class, object property, datatype property, concept
    label: Words
    definition: Words
    example: Words
    scope: Words
    notation: str = ""
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alignments: tuple[tuple[str, str], ...] = ()
    constraints: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Terms under one heading: classes, properties, or a taxonomy."""

    name: str
    title: Words
    description: Words
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All there is to document."""

    iri: str
    version: str
    version_iri: str
    licence: str
    title: Words
    description: Words
    citation: Words
    creator: Words
    sections: tuple[Section, ...]


_KINDS = (
    ("classes", "Class", "class", {"zh": "类", "en": "Classes"}),
    ("object-properties", "ObjectProperty", "object property", {"zh": "对象属性", "en": "Object properties"}),
    (
        "data-properties",
        "DatatypeProperty",
        "datatype property",
        {"zh": "数据属性", "en": "Datatype properties"},
    ),
)


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read core, taxonomies, alignments and shapes of an ontology folder, the project's own by default."""
    import rdflib
    from rdflib import OWL, RDF, SKOS

    folder = folder or data_dir("ontology")
    core, aligned, shapes = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
    core.parse(folder / "core.ttl")
    aligned.parse(folder / "alignments.ttl")
    for path in sorted((folder / "shapes").glob("*.ttl")):
        shapes.parse(path)
    rules = _constraints(shapes)
    sections = []
    for name, owl_kind, kind, title in _KINDS:
        own = sorted(str(s) for s in core.subjects(RDF.type, OWL[owl_kind]) if str(s).startswith(vocab.IP))
        terms = tuple(_term(core, iri, kind, aligned, rules) for iri in own)
        sections.append(Section(name, title, {}, terms))
    for path in sorted((folder / "vocab").glob("*.ttl")):
        graph = rdflib.Graph().parse(path)
        scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme))
        concepts = sorted(str(s) for s in graph.subjects(RDF.type, SKOS.Concept))
        terms = tuple(_term(graph, iri, "concept", aligned, {}) for iri in concepts)
        title, about = (_words(graph, scheme, vocab.DCTERMS + key) for key in ("title", "description"))
        sections.append(Section(str(scheme).removeprefix(vocab.IPV), title, about, terms))
    header = rdflib.URIRef(vocab.IP.rstrip("/"))
    project = core.value(header, rdflib.URIRef(vocab.CREATOR))
    words = {
        key: _words(core, header, vocab.DCTERMS + key)
        for key in ("title", "description", "bibliographicCitation")
    }
    return Ontology(
        str(header),
        str(core.value(header, OWL.versionInfo)),
        str(core.value(header, OWL.versionIRI)),
        str(core.value(header, rdflib.URIRef(vocab.LICENSE))),
        words["title"],
        words["description"],
        words["bibliographicCitation"],
        _words(core, project, "http://xmlns.com/foaf/0.1/name"),
        tuple(sections),
    )


def _term(graph: Any, iri: str, kind: str, aligned: Any, rules: dict[str, list[tuple[str, Words]]]) -> Term:
    import rdflib
    from rdflib import RDF, RDFS, SKOS

    node = rdflib.URIRef(iri)
    links: dict[str, tuple[str, ...]] = {}
    for key, predicate in (
        ("subClassOf", RDFS.subClassOf),
        ("subPropertyOf", RDFS.subPropertyOf),
        ("domain", RDFS.domain),
        ("range", RDFS.range),
        ("broader", SKOS.broader),
        ("broadMatch", SKOS.broadMatch),
        ("relatedMatch", SKOS.relatedMatch),
        ("closeMatch", SKOS.closeMatch),
        ("type", RDF.type),
    ):
        found = tuple(sorted(str(o) for o in graph.objects(node, predicate)))
        if found and (key != "type" or f"{vocab.OWL}TransitiveProperty" in found):
            links[key] = found if key != "type" else (f"{vocab.OWL}TransitiveProperty",)
    matches = [
        (key, str(o))
        for key, space in zip(MATCHES, (RDFS, RDFS, SKOS, SKOS, SKOS), strict=True)
        for o in aligned.objects(node, space[key])
        if str(o) not in links.get(key, ())
    ]
    return Term(
        iri,
        iri.removeprefix(vocab.IP).removeprefix(vocab.IPV),
        kind,
        _words(graph, node, vocab.LABEL),
        *(_words(graph, node, vocab.SKOS + key) for key in ("definition", "example", "scopeNote")),
        str(graph.value(node, SKOS.notation) or ""),
        links,
        tuple(sorted(matches)),
        tuple(sorted(rules.get(iri, ()), key=lambda pair: pair[0])),
    )


def _constraints(shapes: Any) -> dict[str, list[tuple[str, Words]]]:
    """Term → (shape, its message) of shapes that target it or speak of it as their path."""
    from rdflib import SH, URIRef

    out: dict[str, list[tuple[str, Words]]] = {}
    for shape in sorted({s for s in shapes.subjects() if str(s).startswith(vocab.IPS)}):
        words = _words(shapes, shape, vocab.SH + "message")
        keys = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.path)
        for target in sorted(
            {str(o) for key in keys for o in shapes.objects(shape, key) if isinstance(o, URIRef)}
        ):
            out.setdefault(target, []).append((str(shape).removeprefix(vocab.IPS), words))
    return out


def _words(graph: Any, node: Any, predicate: str) -> Words:
    import rdflib

    found: Iterable[Any] = graph.objects(node, rdflib.URIRef(predicate))
    return {str(o.language): str(o) for o in sorted(found)}
