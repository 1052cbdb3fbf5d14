"""Nodes and edges in, network and measures out; and the same from a graph store."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kg.analyse.network import Edge, Node, actor_network, load_network, network_metrics
from kg.query.table import Table

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix ip: <https://w3id.org/innopolicy/def/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <https://example.org/> .
@prefix res: <https://w3id.org/innopolicy/vocab/resource/> .
@prefix who: <https://w3id.org/innopolicy/vocab/beneficiary/> .
@prefix mode: <https://w3id.org/innopolicy/vocab/assertion/> .
"""
TRIG = (
    PREFIXES
    + """
ex:things {
  ex:cn a ip:AdministrativeArea ; rdfs:label "全国"@zh, "China"@en ; ip:hasLevel "national" .
  ex:bei a ip:AdministrativeArea ; rdfs:label "北陆省"@zh ; ip:hasLevel "province" ; ip:isPartOf ex:cn .
  ex:town a ip:AdministrativeArea ; rdfs:label "河口市"@zh ; ip:hasLevel "city" ; ip:isPartOf ex:bei .
  ex:doc dcterms:title "河口市办法" .
}
ex:g {
  ex:plan a ip:Policy ; dcterms:title "河口市扶持办法"@zh ; eli:jurisdiction ex:town ;
    ip:isEvidencedBy ex:c1 .
  ex:lab a ip:Platform ; rdfs:label "河口实验室"@zh ; ip:isLedBy ex:firm ; ip:isEvidencedBy ex:c2 .
  ex:firm a ip:Enterprise ; rdfs:label "河口机器公司"@zh ; ip:isEvidencedBy ex:c2 .
  ex:m a ip:Measure ; ip:isProvidedBy ex:plan ; ip:appliesIn ex:town ; ip:isDeliveredThrough ex:lab ;
    ip:providesResource res:funding, res:platform ; ip:hasBeneficiary ex:b ; ip:hasResponsibleBody ex:firm ;
    ip:hasAssertion mode:in_force ; ip:isEvidencedBy ex:c3 .
  ex:b ip:hasCategory who:startup .
  ex:c1 a ip:Claim ; ip:isStatedIn ex:doc ; ip:hasClaimType "policy" ; oa:hasSelector ex:q1 .
  ex:q1 oa:exact "河口市扶持办法" .
  ex:c2 a ip:Claim ; ip:isStatedIn ex:doc ; ip:hasClaimType "relation" ; oa:hasSelector ex:q2, ex:p2 .
  ex:q2 oa:exact "实验室由河口机器公司牵头" . ex:p2 oa:start 10 ; oa:end 22 .
  ex:c3 a ip:Claim ; ip:isStatedIn ex:doc ; ip:hasClaimType "measure" ; oa:hasSelector ex:q3 .
  ex:q3 oa:exact "初创企业可经实验室获得资助" .
}
"""
)


@pytest.fixture
def store():
    import pyoxigraph

    found = pyoxigraph.Store()
    found.load(TRIG.encode(), format=pyoxigraph.RdfFormat.TRIG)
    return found


def test_a_city_and_what_is_there_belong_to_its_province(store) -> None:
    nodes, _ = load_network(store)
    areas = {node.label: node.area for node in nodes}
    assert areas["河口市"] == areas["河口市扶持办法"] == areas["河口实验室"] == "北陆省"
    assert areas["全国"] == "全国"


def test_a_measure_links_policy_platform_and_beneficiary_once_for_each_resource(store) -> None:
    _, edges = load_network(store)
    found = {(e.source[20:], e.target.rsplit("/", 1)[1], e.kind, e.resource) for e in edges if e.resource}
    assert found == {
        ("plan", "lab", "delivered_through", "funding"),
        ("plan", "lab", "delivered_through", "platform"),
        ("lab", "startup", "reaches", "funding"),
        ("lab", "startup", "reaches", "platform"),
    }
    assert {e.assertion for e in edges if e.resource} == {"in_force"}


def test_a_relation_carries_the_quote_that_states_it(store) -> None:
    _, edges = load_network(store)
    (led,) = [e for e in edges if e.kind == "led_by"]
    assert (led.quote, led.doc, led.claim) == ("实验室由河口机器公司牵头", "河口市办法", "c2")


def test_who_must_carry_a_measure_out_is_linked_to_its_policy(store) -> None:
    _, edges = load_network(store)
    (duty,) = [e for e in edges if e.kind == "responsible"]
    assert (duty.source[20:], duty.target[20:], duty.resource, duty.claim) == ("plan", "firm", "", "c3")


def test_where_a_policy_applies_is_proved_by_the_policy_claim(store) -> None:
    _, edges = load_network(store)
    (where,) = [e for e in edges if e.kind == "jurisdiction"]
    assert where.claim == "c1"


def test_subclasses_of_organisation_are_organisations(store) -> None:
    nodes, _ = load_network(store)
    assert {node.label: node.cls for node in nodes}["河口机器公司"] == "Organisation"


def test_edges_to_nobody_are_left_out() -> None:
    graph = actor_network([Node("a", "甲", "Policy")], [Edge("a", "b", "runs"), Edge("a", "a", "runs")])
    assert graph.number_of_edges() == 0


def chain() -> tuple[list[Node], list[Edge]]:
    nodes = [Node(name, name, "Platform") for name in "abcde"]
    pairs = ["ab", "bc", "cd", "de"]
    return nodes, [Edge(a, b, "runs") for a, b in pairs] + [Edge("a", "b", "part_of")]


def test_the_middle_of_a_chain_is_most_between_and_parallel_edges_count_once() -> None:
    table = network_metrics(actor_network(*chain()))
    assert isinstance(table, Table)
    rows = {row["label"]: row for row in table.records()}
    assert max(rows, key=lambda name: rows[name]["betweenness"]) == "c"
    assert rows["a"]["degree"] == 1
    assert rows["e"]["pagerank"] > rows["a"]["pagerank"]
    assert sum(row["pagerank"] for row in rows.values()) == pytest.approx(1, abs=1e-5)


def test_an_empty_network_has_an_empty_table() -> None:
    assert network_metrics(actor_network([], [])).rows == ()


def test_measures_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from kg.analyse.network import *\n"
        "n=[Node(f'n{i}',f'点{i}','Platform') for i in range(40)]\n"
        "e=[Edge(f'n{i}',f'n{(i*7+3)%40}','runs') for i in range(40)]+"
        "[Edge(f'n{i}',f'n{i//4}','runs') for i in range(40)]\n"
        "print(network_metrics(actor_network(n,e)).rows)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
