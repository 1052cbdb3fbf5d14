"""Where each node of a network is drawn, for the page and for the file alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.view.layout import Island, Point, islands
from kg.view.parts import box, homes, node_label

if TYPE_CHECKING:
    import networkx as nx

Link = tuple[str, str, str]  # source, target, kind


@dataclass(frozen=True, slots=True)
class Arranged:
    """The nodes that have a link, in order, with label, number of links, island and place; `links` with the data
    of all edges between two nodes of one kind, in order.
    """

    order: Sequence[str]
    data: Mapping[str, Mapping[str, Any]]
    label: Mapping[str, str]
    degree: Mapping[str, int]
    home: Mapping[str, str]
    places: Mapping[str, Point]
    discs: Sequence[Island]
    links: Mapping[Link, Sequence[Mapping[str, Any]]]
    isolated: int


def arrange(graph: nx.MultiDiGraph, language: str) -> Arranged:
    """The same graph is always drawn alike. Nodes without any link are counted, not placed."""
    import networkx as nx

    links: dict[Link, list[Mapping[str, Any]]] = {}
    for source, target, data in sorted(
        graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["kind"], e[2]["resource"], e[2]["claim"])
    ):
        links.setdefault((source, target, data["kind"]), []).append(data)
    simple = nx.Graph()
    simple.add_edges_from((source, target) for source, target, _ in links)
    data_of = dict(graph.nodes(data=True))
    label = {n: node_label(data_of[n], language) for n in simple}
    degree = Counter(end for source, target, _ in links for end in (source, target))
    home = homes(simple, data_of)
    boxes = {n: box(label[n], data_of[n]["cls"], degree[n]) for n in simple}
    hubs = sorted(
        (n for n in simple if data_of[n]["cls"] == "BeneficiaryCategory"), key=lambda n: (-degree[n], n)
    )
    places, discs = islands(simple, home, boxes, hubs)
    order = sorted(simple)
    return Arranged(order, data_of, label, degree, home, places, discs, links, graph.number_of_nodes() - len(order))
