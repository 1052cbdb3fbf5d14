"""Networks as files: they come back as they went out, byte by byte the same."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys

import networkx as nx
import pytest

from kg.analyse.evidence import Evidence
from kg.analyse.network import Edge, Node, actor_network
from kg.export.graphs import edges_csv, gexf, graphml, nodes_csv

PROOF = Evidence("北陆省办法", 3, 9, "c-1", "设立样机中心")


def network(order: int = 1) -> nx.MultiDiGraph:
    nodes = [
        Node("n1", "北陆省<&>", "AdministrativeArea", "北陆省"),
        Node("n2", "样机中心", "Platform", evidence=(PROOF,)),
    ]
    edges = [
        Edge("n1", "n2", "runs", quote="设立样机中心", claim="c-1"),
        Edge("n1", "n2", "reaches", resource="funding"),
    ]
    return actor_network(nodes[::order], edges[::order])


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (graphml, lambda b: nx.read_graphml(io.BytesIO(b), force_multigraph=True)),
        (gexf, lambda b: nx.read_gexf(io.BytesIO(b))),
    ],
)
def test_what_was_written_reads_back(write, read) -> None:
    back = read(write(network()))
    assert {n: d["label"] for n, d in back.nodes(data=True)} == {"n1": "北陆省<&>", "n2": "样机中心"}
    assert sorted((s, t, d["kind"], d["resource"], d["quote"]) for s, t, d in back.edges(data=True)) == [
        ("n1", "n2", "reaches", "funding", ""),
        ("n1", "n2", "runs", "", "设立样机中心"),
    ]
    assert '"quote": "设立样机中心"' in back.nodes["n2"]["evidence"]


@pytest.mark.parametrize("write", [graphml, gexf, nodes_csv, edges_csv])
def test_order_of_making_does_not_matter_and_the_graph_is_not_touched(write) -> None:
    graph = network()
    before = {n: dict(d) for n, d in graph.nodes(data=True)}
    assert write(graph) == write(network(-1))
    assert {n: dict(d) for n, d in graph.nodes(data=True)} == before


def test_gexf_names_no_date() -> None:
    assert b"lastmodifieddate" not in gexf(network())


def test_characters_that_xml_cannot_hold_do_not_break_the_file() -> None:
    graph = nx.DiGraph()
    graph.add_node("a", label="页\x0c眉\x00")
    assert nx.read_graphml(io.BytesIO(graphml(graph))).nodes["a"]["label"] == "页\ufffd眉\ufffd"


def test_tables_open_in_a_spreadsheet_without_running_formulas() -> None:
    graph = nx.DiGraph()
    graph.add_node("a", label="=1+1", size=-2)
    raw = nodes_csv(graph)
    assert raw.startswith("\ufeff".encode())
    (row,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    assert (row["label"], row["size"]) == ("'=1+1", "-2")


def test_an_undirected_graph_has_one_row_an_edge() -> None:
    graph = nx.Graph([("b", "a"), ("c", "b")])
    assert edges_csv(graph).decode("utf-8-sig").splitlines() == ["source,target", "a,b", "b,c"]


def test_data_may_be_named_like_a_parameter() -> None:
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b")
    graph.edges["a", "b", 0].update({"key": 1, "name": "乙", "u_for_edge": True})
    (row,) = csv.DictReader(io.StringIO(edges_csv(graph).decode("utf-8-sig")))
    assert row == {"source": "a", "target": "b", "key": "1", "name": "乙", "u_for_edge": "true"}


def test_files_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import networkx as nx, hashlib\nfrom kg.export.graphs import *\n"
        "g=nx.MultiDiGraph()\n"
        "[g.add_edge(a,b,tags={'x','y',a}) for a in {'甲','乙','丙'} for b in {'丁','戊'}]\n"
        "print([hashlib.sha256(w(g)).hexdigest() for w in (graphml,gexf,nodes_csv,edges_csv)])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "5")
    }
    assert len(outputs) == 1
