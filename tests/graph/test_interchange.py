"""The dataset in other forms means the same in other engines."""

import json
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from invented import corpus

from kg import vocab
from kg.errors import GraphError
from kg.export.crate import METADATA, PROVENANCE, crate
from kg.graph.build import dataset
from kg.graph.formats import as_jsonld, as_nquads, nanopublication
from kg.graph.store import open_store
from kg.link import link


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    documents, claims = corpus()
    file = tmp_path_factory.mktemp("graph") / "graph.trig"
    file.write_bytes(dataset(documents, claims, link(documents, claims)))
    return file


def quads(data: bytes, form) -> set:
    return {(q.subject, q.predicate, q.object, q.graph_name) for q in ox.parse(data, format=form)}


def in_rdflib(data: bytes, form: str) -> set:
    """Quads as rdflib reads them, numbers by value (it keeps 1.50, Oxigraph stores 1.5)."""
    graph = rdflib.Dataset()
    graph.parse(data=data, format=form)

    def key(term):
        if isinstance(term, rdflib.Literal):
            number = term.datatype == rdflib.XSD.decimal
            return (f"{Decimal(term):.6f}" if number else str(term), term.language)
        return str(term)

    return {(key(s), key(p), key(o), str(getattr(g, "identifier", g))) for s, p, o, g in graph.quads()}


def stored(path) -> set:
    return {(q.subject, q.predicate, q.object, q.graph_name) for q in open_store(path).inner}


def test_nquads_and_jsonld_are_the_same_quads_in_oxigraph(path):
    assert len(stored(path)) > 100
    assert quads(as_nquads(path), ox.RdfFormat.N_QUADS) == stored(path)
    assert quads(as_jsonld(path), ox.RdfFormat.JSON_LD) == stored(path)


def test_trig_nquads_and_jsonld_are_the_same_quads_in_rdflib(path):
    trig = in_rdflib(path.read_bytes(), "trig")
    assert len(trig) == len(stored(path))
    assert in_rdflib(as_nquads(path), "nquads") == trig
    assert in_rdflib(as_jsonld(path), "json-ld") == trig


def test_the_forms_are_the_same_bytes_each_time_and_the_context_names_the_prefixes(path):
    assert as_jsonld(path) == as_jsonld(path) and as_nquads(path) == as_nquads(path)
    assert json.loads(as_jsonld(path))["@context"]["ip"] == vocab.IP


def a_claim(kind: str) -> str:
    _, claims = corpus()
    return next(c.id for found in claims.values() for c in found if c.type == kind)


@pytest.mark.parametrize("kind", ["measure", "policy", "entity", "observation", "relation"])
def test_a_claim_is_published_with_assertion_quote_and_licence(path, kind):
    claim = a_claim(kind)
    data = nanopublication(path, claim, version="1.0")
    graph = rdflib.Dataset()
    graph.parse(data=data, format="trig")
    here = f"{vocab.IPID}nanopub/{claim}#"
    parts = {
        name: graph.graph(rdflib.URIRef(here + name))
        for name in ("head", "assertion", "provenance", "pubinfo")
    }
    assert all(len(part) for part in parts.values())
    quote = [str(o) for o in parts["provenance"].objects(None, rdflib.URIRef(vocab.OA_EXACT))]
    _, claims = corpus()
    assert quote == [c.quote for found in claims.values() for c in found if c.id == claim]
    assert list(parts["pubinfo"].objects(None, rdflib.URIRef(vocab.LICENSE)))
    assert nanopublication(path, claim, version="1.0") == data


def test_the_assertion_of_a_measure_brings_its_amounts_and_none_of_another_claim(path):
    claim = a_claim("measure")
    text = nanopublication(path, claim, version="1.0").decode()
    assert f"measure/{claim}" in text
    others = {c.id for found in corpus()[1].values() for c in found} - {claim}
    assert not any(f"/measure/{other}" in text or f"/amount/{other}" in text for other in others)


def test_a_claim_that_is_not_there_is_refused(path):
    with pytest.raises(GraphError, match="no such claim"):
        nanopublication(path, "c-none", version="1.0")


def test_a_crate_lists_files_and_sources_with_checksums_and_no_time(path):
    documents, _ = corpus()
    files = {"graph.trig": path.read_bytes(), "report.json": b"{}\n"}
    made = crate(files, documents, version="1.0")
    nodes = {node["@id"]: node for node in json.loads(made[METADATA])["@graph"]}
    assert nodes["./"]["hasPart"] == [{"@id": n} for n in ("graph.trig", PROVENANCE, "report.json")]
    assert nodes["#kg"]["version"] == "1.0" and len(nodes["graph.trig"]["sha256"]) == 64
    assert {o["@id"] for o in nodes["#build"]["object"]} <= nodes.keys()
    prov = rdflib.Graph().parse(data=made[PROVENANCE], format="turtle", publicID="https://example.org/")
    used = list(prov.objects(None, rdflib.URIRef(vocab.PROV + "used")))
    assert len(used) == len(documents)
    assert crate(files, documents, version="1.0") == made
    assert b"startedAtTime" not in made[PROVENANCE]
