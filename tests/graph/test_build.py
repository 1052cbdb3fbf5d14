"""Claims → dataset: what a claim says is in the graph, with its evidence; the bytes never differ."""

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from invented import corpus

from kg.analyse.measures import load_measures
from kg.errors import GraphError
from kg.graph.build import dataset, thing_triples
from kg.graph.store import load_store, open_store
from kg.link import link
from kg.link.linked import Thing
from kg.model import Claim, Document, Source

PREFIXES = """
PREFIX ip: <https://w3id.org/innopolicy/def/> PREFIX ipv: <https://w3id.org/innopolicy/vocab/>
PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sdmx: <http://purl.org/linked-data/sdmx/2009/dimension#> PREFIX dcterms: <http://purl.org/dc/terms/>
"""


def rows(store, pattern: str) -> list[tuple[str, ...]]:
    found = store.query(f"{PREFIXES} SELECT DISTINCT {pattern}")
    return sorted(tuple(cell.value if cell else "" for cell in row) for row in found)


def dated_measure(**source) -> str:
    """Date of the only measure of a document that names no policy."""
    text = "对首次认定的高新技术企业给予奖励。"
    claim = Claim("measure", "d-x", 0, 16, text[:16], "test", area="浙江省", assertion="in_force",
                  values={"instruments": ["PI008"], "resources": ["funding"],
                          "beneficiaries": [{"text": "高新技术企业", "category": "high-tech-enterprise"}]})  # fmt: skip
    documents, claims = [Document("d-x", text, Source("X", "摘编", date="2026-11-23", **source))], {"d-x": [claim]}
    (measure,) = load_measures(load_store(dataset(documents, claims, link(documents, claims))))
    return measure.date


def test_a_measure_without_a_policy_is_as_old_as_its_document_or_the_text_that_a_digest_restates():
    assert dated_measure() == "2026-11-23"
    assert dated_measure(digest_of_title="《甲办法》", digest_of_date="2019-10") == "2019-10"
    assert dated_measure(digest_of_title="《甲办法》", digest_of_date="2019") == "2019"
    assert dated_measure(digest_of_title="《甲办法》") == ""
    assert dated_measure(digest_of_title="《甲办法》；《乙办法》", digest_of_date="2019；2021") == ""


def test_the_bytes_do_not_depend_on_order():
    documents, claims = corpus()
    expected = dataset(documents, claims, link(documents, claims))
    for seed in range(4):
        rng = random.Random(seed)
        rng.shuffle(documents)
        for mine in claims.values():
            rng.shuffle(mine)
        assert dataset(documents, claims, link(documents, claims)) == expected


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_bytes_do_not_depend_on_the_hash_seed(trig, seed):
    code = (
        "import sys; from invented import corpus; from kg.graph.build import dataset; from kg.link import link\n"
        "d, c = corpus(); sys.stdout.buffer.write(dataset(d, c, link(d, c)))"
    )
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1])])
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout
    assert hashlib.sha256(out).digest() == hashlib.sha256(trig).digest()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_reads_the_same_number_of_statements(trig, store):
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Dataset()
    graph.parse(data=trig, format="trig")
    assert len(list(graph.quads())) == len(store.inner)


def test_a_measure_carries_all_it_says(store):
    assert rows(
        store,
        """?label ?policy ?instrument ?resource ?who ?category ?value ?unit ?bound ?role ?condition ?body WHERE {
        ?m a ip:Measure ; rdfs:label ?label ; ip:isProvidedBy/rdfs:label ?policy ; ip:hasCondition ?condition ;
           ip:usesInstrument/skos:notation ?instrument ; ip:providesResource/rdfs:label ?resource ;
           ip:hasBeneficiary ?b ; ip:hasResponsibleBody/rdfs:label ?body ; ip:hasAmount ?a .
        ?b rdfs:label ?who ; ip:hasCategory/rdfs:label ?category .
        ?a ip:hasValue ?value ; ip:hasUnit ?unit ; ip:hasBound/rdfs:label ?bound ; ip:hasAmountRole/rdfs:label ?role .
        FILTER(LANG(?resource) = "en" && LANG(?category) = "en" && LANG(?bound) = "en" && LANG(?role) = "en")
        }""",
    ) == [
        ("对首次认定的高企，给予最高50万元奖励", "浙江省培育科技企业若干措施", "PI008", "funding", "高企",
         "high-tech enterprise", "500000", "CNY", "at most", "award", "首次认定", "浙江省科学技术厅"),
    ]  # fmt: skip


def test_a_range_has_both_ends_and_its_period(store):
    pattern = "?low ?high ?per WHERE { ?a ip:hasUpperValue ?high ; ip:hasValue ?low ; ip:isPer ?per }"
    assert rows(store, pattern) == [("150000000", "200000000", "年")]


def test_a_policy_has_one_node_for_title_and_nickname(store):
    assert rows(
        store,
        """?title ?alias ?number ?date ?issuer ?place ?kind ?from ?until ?document WHERE {
        ?p a ip:Policy ; dcterms:title ?title ; skos:altLabel ?alias ; eli:number ?number ; eli:date_document ?date ;
           eli:passed_by/rdfs:label ?issuer ; eli:jurisdiction/rdfs:label ?place ; ip:hasDocumentKind/rdfs:label ?kind ;
           ip:validFrom ?from ; ip:validUntil ?until ; ip:isMentionedIn/dcterms:identifier ?document .
        FILTER(LANG(?place) = "zh" && LANG(?kind) = "zh") }""",
    ) == [
        ("浙江省培育科技企业若干措施", "科企十条", "浙科发〔2022〕1号", "2022-03", "浙江省科学技术厅", "浙江省", "措施",
         "2022", "2025", document)
        for document in ("Z1", "Z2")
    ]  # fmt: skip


def test_why_two_names_are_one_is_written_down(store):
    reasons = {reason for _, reason in rows(store, "?l ?r WHERE { ?t ip:hasLinkReason ?r ; rdfs:label ?l }")}
    assert "“省科技厅” said of 浙江省 is 浙江省科学技术厅" in reasons
    assert "“高企” is another name of 高新技术企业" in reasons


def test_the_basis_of_a_policy_is_a_law_of_the_nation(store):
    pattern = (
        "?law ?place WHERE { ?p eli:based_on ?l . ?l rdfs:label ?law ; eli:jurisdiction/rdfs:label ?place }"
    )
    assert ("中华人民共和国科学技术进步法", "全国") in rows(store, pattern)


def test_an_observation_about_two_places_points_to_both(store):
    pattern = """?place WHERE { ?o ip:observesIndicator/rdfs:label "研发强度"@zh ; sdmx:refArea/rdfs:label ?place .
                 FILTER(LANG(?place) = "zh") }"""
    assert rows(store, pattern) == [("宁波市",), ("杭州市",)]


def test_a_rank_is_kept_beside_the_value(store):
    pattern = (
        "?value ?rank ?period WHERE { ?o ip:hasRank ?rank ; ip:hasValue ?value ; sdmx:refPeriod ?period }"
    )
    assert rows(store, pattern) == [("31000", "2", "2022")]


def test_a_place_that_runs_a_programme_is_a_direct_fact(store):
    pattern = '?area ?name WHERE { ?a ip:runs ?p . ?a rdfs:label ?area . ?p rdfs:label ?name FILTER(LANG(?area)="zh") }'
    assert rows(store, pattern) == [("浙江省", "英才计划")]


def test_a_flow_stands_for_each_resource_and_never_for_a_recommendation(store):
    assert rows(
        store,
        """?from ?resource ?to ?basis WHERE {
        ?f a ip:ResourceFlow ; ip:flowsFrom/rdfs:label ?from ; ip:carriesResource/rdfs:label ?resource ;
           ip:flowsTo/rdfs:label ?to ; ?basis ?m . ?m a ip:Measure .
        FILTER(LANG(?from) = "zh" && LANG(?resource) = "zh" && LANG(?to) = "zh") }""",
    ) == [
        ("浙江省", "平台", "企业", "https://w3id.org/innopolicy/def/isPromisedBy"),
        ("浙江省", "资金", "企业", "https://w3id.org/innopolicy/def/isPromisedBy"),
        ("浙江省", "资金", "企业", "https://w3id.org/innopolicy/def/isReportedBy"),
        ("浙江省", "资金", "高新技术企业", "https://w3id.org/innopolicy/def/isPromisedBy"),
    ]


def test_every_claim_leads_to_its_exact_words(store):
    documents, claims = corpus()
    texts = {document.id: document.text for document in documents}
    found = rows(
        store,
        """?claim ?start ?end ?exact ?prefix ?suffix WHERE { ?claim a ip:Claim ; oa:hasSelector ?p, ?q .
        ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }""",
    )
    by_id = {row[0].rpartition("/")[2]: row[1:] for row in found}
    for doc, mine in claims.items():
        for claim in mine:
            start, end, exact, prefix, suffix = by_id[claim.id]
            assert texts[doc][int(start) : int(end)] == exact == claim.quote
            assert prefix + exact + suffix in texts[doc]
    assert len(by_id) == sum(map(len, claims.values()))


def test_claims_that_were_not_linked_are_refused():
    documents, claims = corpus()
    linked = link(documents, {"d-aaa": claims["d-aaa"]})
    with pytest.raises(GraphError, match="never linked"):
        dataset(documents, claims, linked)


def test_a_missing_graph_says_what_to_do(tmp_path):
    with pytest.raises(GraphError, match="kg build"):
        open_store(tmp_path / "graph.trig")


def test_a_broken_graph_names_the_file(tmp_path):
    path = tmp_path / "graph.trig"
    path.write_bytes(b"<urn:a> <urn:b> ")
    with pytest.raises(GraphError, match=r"graph\.trig"):
        open_store(path)


def test_a_store_refuses_updates():
    with pytest.raises(SyntaxError):
        load_store(b"").query("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


def test_the_title_of_a_notice_is_another_title_and_no_nickname():
    notice = "关于印发《浙江省培育科技企业若干措施》的通知"
    thing = Thing("urn:p", "Policy", "浙江省培育科技企业若干措施", aliases=(notice, "科企十条"))
    said = {(p, o) for _, p, o in thing_triples(thing)}
    assert ("dcterms:alternative", f'"{notice}"@zh') in said
    assert ("skos:altLabel", '"科企十条"@zh') in said
