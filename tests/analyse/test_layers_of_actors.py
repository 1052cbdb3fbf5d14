"""Layers, dates, projections and measures of the actor network; files that networkx reads back."""

from __future__ import annotations

import csv
import io

import networkx as nx
import pytest

from kg.analyse.layers import (
    LAYERS,
    METRICS,
    PROJECTIONS,
    actor_table,
    full_date,
    load_layers,
    measure,
    only,
    project,
)
from kg.export.graphs import gephi_csv, gexf, graphml

TRIG = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix ip: <https://w3id.org/innopolicy/def/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <https://example.org/> .
@prefix who: <https://w3id.org/innopolicy/vocab/beneficiary/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix res: <https://w3id.org/innopolicy/vocab/resource/> .
ex:things {
  ex:bei a ip:AdministrativeArea ; rdfs:label "北陆省"@zh ; ip:hasLevel "province" .
  ex:doc dcterms:title "办法汇编" .
}
ex:g {
  ex:one a ip:Policy ; dcterms:title "甲办法"@zh ; eli:jurisdiction ex:bei ; eli:passed_by ex:a, ex:b ;
    eli:date_document "2021-05"^^xsd:gYearMonth ; ip:validUntil "2023"^^xsd:gYear ; ip:isEvidencedBy ex:c1 .
  ex:two a ip:Policy ; dcterms:title "乙办法"@zh ; eli:passed_by ex:a, ex:b, ex:c ;
    eli:date_document "2019"^^xsd:gYear ; ip:isEvidencedBy ex:c2 .
  ex:a a ip:GovernmentOrganisation ; rdfs:label "甲厅"@zh . ex:b a ip:GovernmentOrganisation ; rdfs:label "乙厅"@zh .
  ex:c a ip:GovernmentOrganisation ; rdfs:label "丙厅"@zh .
  ex:lab a ip:Platform ; rdfs:label "北陆实验室"@zh ; ip:isHostedBy ex:uni ; ip:isEvidencedBy ex:c3 .
  ex:uni a ip:University ; rdfs:label "北陆大学"@zh . ex:firm a ip:Enterprise ; rdfs:label "北陆机器公司"@zh .
  ex:fund a ip:FundingScheme ; rdfs:label "北陆专项"@zh .
  ex:m a ip:Measure ; ip:isProvidedBy ex:one ; ip:appliesIn ex:bei ; ip:isDeliveredThrough ex:lab ;
    ip:providesResource res:funding ; ip:hasBeneficiary ex:n ; ip:isEvidencedBy ex:c3 .
  ex:n ip:hasCategory who:startup .
  ex:c1 a ip:Claim ; ip:isStatedIn ex:doc ; ip:hasClaimType "policy" ; oa:hasSelector ex:q1 . ex:q1 oa:exact "甲" .
  ex:c2 a ip:Claim ; ip:isStatedIn ex:doc ; ip:hasClaimType "policy" ; oa:hasSelector ex:q2 . ex:q2 oa:exact "乙" .
  ex:c3 a ip:Claim ; ip:isStatedIn ex:doc ; ip:hasClaimType "measure" ; oa:hasSelector ex:q3 . ex:q3 oa:exact "丙" .
}
"""


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(TRIG.encode(), format=pyoxigraph.RdfFormat.TRIG)
    return load_layers(store)


def test_every_node_has_its_layer(graph: nx.MultiDiGraph) -> None:
    layers = {data["label"]: data["layer"] for _, data in graph.nodes(data=True)}
    assert layers == {
        "北陆省": "area",
        "甲办法": "policy",
        "乙办法": "policy",
        "甲厅": "issuer",
        "乙厅": "issuer",
        "丙厅": "issuer",
        "北陆实验室": "platform",
        "北陆大学": "university",
        "北陆机器公司": "firm",
        "北陆专项": "programme",
        "startup": "enterprise-category",
    }
    assert set(layers.values()) <= LAYERS.keys()
    assert {d["label"] for _, d in only(graph, ["issuer"]).nodes(data=True)} == {"甲厅", "乙厅", "丙厅"}
    assert len(only(graph, [])) == len(graph)


def test_links_hold_from_the_date_of_their_policy_on(graph: nx.MultiDiGraph) -> None:
    label = dict(graph.nodes(data="label"))
    times = {(label[a], label[b]): (d.get("start"), d.get("end")) for a, b, d in graph.edges(data=True)}
    assert times["甲办法", "甲厅"] == ("2021-05-01", "2023-12-31")
    assert times["乙办法", "丙厅"] == ("2019-01-01", None)
    assert times["北陆实验室", "北陆大学"] == (None, None)
    assert [full_date("2020"), full_date("2020", last=True), full_date("2020-02", last=True)] == [
        *("2020-01-01", "2020-12-31", "2020-02-28")
    ]


def edges(projected: nx.Graph) -> dict[frozenset[str], int]:
    label = dict(projected.nodes(data="label"))
    return {frozenset((label[a], label[b])): d["weight"] for a, b, d in projected.edges(data=True)}


def test_joint_issuers_are_tied_by_what_they_issued_together(graph: nx.MultiDiGraph) -> None:
    joint = project(graph, "joint-issuers")
    assert edges(joint) == {
        frozenset(("甲厅", "乙厅")): 2,
        frozenset(("甲厅", "丙厅")): 1,
        frozenset(("乙厅", "丙厅")): 1,
    }
    data = next(d for *_, d in joint.edges(data=True) if d["weight"] == 2)
    assert data["policies"] == "甲办法；乙办法" and data["start"] == "2019-01-01" and data["claim"].startswith("c")


def test_one_policy_ties_issuers_channels_and_receivers(graph: nx.MultiDiGraph) -> None:
    found = edges(project(graph, "shared-policy"))
    assert found[frozenset(("甲厅", "北陆实验室"))] == 1
    assert found[frozenset(("北陆实验室", "startup"))] == 1
    assert found[frozenset(("甲厅", "乙厅"))] == 2
    assert not any("北陆机器公司" in pair for pair in found)


def test_measures_are_written_to_the_nodes_and_explained(graph: nx.MultiDiGraph) -> None:
    measured = measure(graph)
    assert all(set(METRICS) <= data.keys() for _, data in measured.nodes(data=True))
    assert "degree" not in next(iter(graph.nodes(data=True)))[1]  # the graph itself is not touched
    assert sum(measured.nodes[n]["pagerank"] for n in measured) == pytest.approx(1, abs=1e-3)
    table = actor_table(measured, {"startup": "初创企业"})
    assert "初创企业" in table.column("label") and table.column("degree")[0] == max(table.column("degree"))
    assert dict(zip(table.column("label"), table.column("claim"), strict=True))["甲厅"] == "c1"
    for texts in (*METRICS.values(), *PROJECTIONS.values(), *LAYERS.values()):
        assert len(texts) == 2 and all(texts)


def test_measures_follow_their_seed_only(graph: nx.MultiDiGraph) -> None:
    assert actor_table(measure(graph, seed=3)) == actor_table(measure(graph, seed=3))


@pytest.mark.parametrize("projection", ["", "joint-issuers", "shared-policy"])
def test_networkx_reads_every_file_back(graph: nx.MultiDiGraph, projection: str) -> None:
    measured = measure(project(graph, projection) if projection else graph)
    size = (len(measured), measured.number_of_edges())
    xml = graphml(measured)
    back = nx.read_graphml(io.BytesIO(xml), force_multigraph=measured.is_multigraph())
    assert (len(back), back.number_of_edges()) == size
    assert all(set(METRICS) | {"layer"} <= data.keys() for _, data in back.nodes(data=True))
    timed = nx.read_gexf(io.BytesIO(gexf(measured)))
    assert (len(timed), timed.number_of_edges()) == size
    assert timed.graph["mode"] == "dynamic"
    assert {d.get("start") for *_, d in timed.edges(data=True)} >= {"2019-01-01"}
    nodes, links = (list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")))) for data in gephi_csv(measured))
    again = nx.MultiDiGraph()
    again.add_nodes_from(row["Id"] for row in nodes)
    again.add_edges_from((row["Source"], row["Target"]) for row in links)
    assert (len(again), again.number_of_edges()) == size
    assert list(nodes[0])[:2] == ["Id", "Label"] and list(links[0])[:4] == ["Source", "Target", "Type", "Weight"]
    assert {row["Type"] for row in links} == {"Undirected" if projection else "Directed"}
    assert (graphml(measured), gexf(measured), gephi_csv(measured)) == (xml, gexf(measured), gephi_csv(measured))
