"""Where things stand: apart from each other, inside their island, in few crossings."""

from __future__ import annotations

import math

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import columns, islands


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=80), st.integers(1, 5)
)
def test_islands_do_not_touch_and_hold_their_nodes(pairs: list[tuple[int, int]], provinces: int) -> None:
    graph = nx.Graph((f"n{a}", f"n{b}") for a, b in pairs)
    home = {n: f"省{int(n[1:]) % provinces}" if int(n[1:]) % 3 else "" for n in graph}
    boxes = dict.fromkeys(graph, (90.0, 50.0))
    places, discs = islands(graph, home, boxes)
    assert set(places) == set(graph)
    by_name = {disc.name: disc for disc in discs}
    for node, (x, y) in places.items():
        disc = by_name[home[node]]
        assert math.hypot(x - disc.x, y - disc.y) <= disc.radius
    for i, a in enumerate(discs):
        for b in discs[i + 1 :]:
            assert math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius


def test_boxes_of_a_star_do_not_overlap() -> None:
    graph = nx.star_graph([f"n{i}" for i in range(40)])
    places, _ = islands(graph, dict.fromkeys(graph, "省"), dict.fromkeys(graph, (120.0, 60.0)))
    spots = sorted(places.values())
    overlaps = [
        (a, b)
        for i, a in enumerate(spots)
        for b in spots[i + 1 :]
        if abs(a[0] - b[0]) < 118 and abs(a[1] - b[1]) < 58
    ]
    assert not overlaps


def test_columns_untangle_two_crossed_bands() -> None:
    graph = nx.MultiDiGraph()
    for node, layer in (("a", "l"), ("b", "l"), ("x", "r"), ("y", "r")):
        graph.add_node(node, layer=layer, count=1)
    graph.add_edge("a", "y", count=1)
    graph.add_edge("b", "x", count=1)
    spots = columns(graph, ("l", "r"), {})
    assert (spots["a"][1] < spots["b"][1]) == (spots["y"][1] < spots["x"][1])


def test_a_fixed_column_keeps_its_order() -> None:
    graph = nx.MultiDiGraph()
    for node, count in (("x", 1), ("y", 9), ("z", 5)):
        graph.add_node(node, layer="r", count=count)
    spots = columns(graph, ("r",), {"r": ["x", "y", "z"]})
    assert [spots[n] for n in "xyz"] == [(0, 0), (0, 1), (0, 2)]
