"""Where things stand: provinces as islands around what they share, flows in columns. No physics."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Island:
    """The disc of a province; `name` is "" for the shared middle."""

    name: str
    x: float
    y: float
    radius: float


def islands(
    graph: nx.Graph, home: Mapping[str, str], boxes: Mapping[str, Point], hubs: Sequence[str] = ()
) -> tuple[dict[str, Point], list[Island]]:
    """Positions of the nodes of a simple graph, and the discs they lie in.

    `home` names the island of each node ("" is the middle), `boxes` the width and height a node and its label
    take, `hubs` the nodes that stand in the very middle. Within an island the tree from its best connected
    node spreads in rings; then boxes that overlap are moved apart; then the discs are packed around the
    middle.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for node in sorted(graph.nodes):
        members[home.get(node, "")].append(node)
    local: dict[str, dict[str, Point]] = {}
    for name, nodes in sorted(members.items()):
        if name:
            spread = _rings(graph.subgraph(nodes), nodes)
        else:
            spread = _rows(
                [n for n in hubs if n in set(nodes)], [n for n in nodes if n not in set(hubs)], boxes
            )
        local[name] = _apart(spread, boxes)
    radius = {name: _radius(spread, boxes) for name, spread in local.items()}
    discs = _pack(radius)
    places = {
        node: (discs[name].x + x, discs[name].y + y)
        for name, spread in local.items()
        for node, (x, y) in spread.items()
    }
    return places, [discs[name] for name in sorted(discs)]


def _rings(graph: nx.Graph, nodes: Sequence[str]) -> dict[str, Point]:
    """Breadth-first tree from the best connected node, its leaves spread over the circle."""
    left = set(nodes)
    rank = {node: (-graph.degree(node), node) for node in nodes}
    root = min(nodes, key=rank.__getitem__)
    children: dict[str, list[str]] = defaultdict(list)
    level = {root: 0}
    queue = [root]
    left.discard(root)
    while queue or left:
        if not queue:  # another component hangs on the root
            node = min(left, key=rank.__getitem__)
            children[root].append(node)
            level[node] = 1
            left.discard(node)
            queue.append(node)
        here = queue.pop(0)
        for there in sorted(set(graph[here]) & left, key=rank.__getitem__):
            children[here].append(there)
            level[there] = level[here] + 1
            left.discard(there)
            queue.append(there)
    leaves: dict[str, int] = {}
    for node in sorted(level, key=lambda n: (-level[n], n)):
        leaves[node] = max(1, sum(leaves[child] for child in children[node]))
    depth = Counter(level.values())
    ring, shells, edge = {0: 0.0}, {0: 1}, 0.0
    for k in range(1, max(depth) + 1):
        # many on one level stand on up to four shells, by turns, so that the disc is filled
        shells[k] = next((n for n in (1, 2, 3) if 112 * depth[k] / n <= 2 * math.pi * (edge + 150)), 4)
        ring[k] = max(edge + 105, 112 * depth[k] / shells[k] / (2 * math.pi) - 40 * (shells[k] - 1))
        edge = ring[k] + 80 * (shells[k] - 1)
    turn: Counter[int] = Counter()
    places = {root: (0.0, 0.0)}
    sectors = [(root, -math.pi / 2, 3 * math.pi / 2)]
    while sectors:
        node, start, stop = sectors.pop()
        # big and small branches by turns, so that the picture stays balanced
        order = sorted(children[node], key=lambda n: (-leaves[n], n))
        at = start
        for child in order[::2] + order[1::2][::-1]:
            width = (stop - start) * leaves[child] / leaves[node]
            angle = at + width / 2
            k = level[child]
            far = ring[k] + 80 * (turn[k] % shells[k])
            turn[k] += 1
            places[child] = (far * math.cos(angle), far * math.sin(angle))
            sectors.append((child, at, at + width))
            at += width
    return places


def _rows(hubs: Sequence[str], others: Sequence[str], boxes: Mapping[str, Point]) -> dict[str, Point]:
    """Hubs in rows in the middle, the others on rings around them."""
    places: dict[str, Point] = {}
    across = max(1, round(math.sqrt(len(hubs) * 0.75)))
    rows = [hubs[i : i + across] for i in range(0, len(hubs), across)]
    for r, row in enumerate(rows):
        widths = [boxes[node][0] + 14 for node in row]
        x = -sum(widths) / 2
        for node, width in zip(row, widths, strict=True):
            places[node] = (x + width / 2, (r - (len(rows) - 1) / 2) * (boxes[node][1] + 14))
            x += width
    wide = max((abs(places[n][0]) + boxes[n][0] / 2 for n in places), default=0) + 90
    high = max((abs(places[n][1]) + boxes[n][1] / 2 for n in places), default=0) + 70
    rest = list(others)
    while rest:
        room = max(1, int(math.pi * (wide + high) / 118))
        ring, rest = rest[:room], rest[room:]
        for i, node in enumerate(ring):
            angle = 2 * math.pi * i / len(ring) - math.pi / 2
            places[node] = (wide * math.cos(angle), high * math.sin(angle))
        wide, high = wide + 110, high + 90
    return places


def _apart(places: Mapping[str, Point], boxes: Mapping[str, Point], rounds: int = 120) -> dict[str, Point]:
    """Moves overlapping boxes apart along the shorter way, half a step each."""
    names = sorted(places)
    xs = {n: places[n][0] for n in names}
    ys = {n: places[n][1] for n in names}
    widest = max((boxes[n][0] for n in names), default=0)
    for _ in range(rounds):
        moved = False
        order = sorted(names, key=lambda n: (xs[n], n))
        for i, a in enumerate(order):
            for b in order[i + 1 :]:
                if xs[b] - xs[a] > widest:
                    break
                over_x = (boxes[a][0] + boxes[b][0]) / 2 - abs(xs[b] - xs[a])
                over_y = (boxes[a][1] + boxes[b][1]) / 2 - abs(ys[b] - ys[a])
                if over_x <= 0.5 or over_y <= 0.5:
                    continue
                moved = True
                if over_y <= over_x:
                    step = over_y / 2 * (1 if ys[b] >= ys[a] else -1)
                    ys[a] -= step
                    ys[b] += step
                else:
                    step = over_x / 2 * (1 if xs[b] >= xs[a] else -1)
                    xs[a] -= step
                    xs[b] += step
        if not moved:
            break
    mid_x = (min(xs.values()) + max(xs.values())) / 2
    mid_y = (min(ys.values()) + max(ys.values())) / 2
    return {n: (xs[n] - mid_x, ys[n] - mid_y) for n in names}


def _radius(places: Mapping[str, Point], boxes: Mapping[str, Point]) -> float:
    return 46 + max(
        math.hypot(abs(x) + boxes[n][0] / 2.6, abs(y) + boxes[n][1] / 2.6) for n, (x, y) in places.items()
    )


def _pack(radius: Mapping[str, float], stretch: float = 1.25, gap: float = 46) -> dict[str, Island]:
    """Discs around the middle one, the largest first, each on the first free place of a wide spiral."""
    discs: dict[str, Island] = {}
    for name in sorted(radius, key=lambda n: (n != "", -radius[n], n)):
        r = radius[name]
        best = (0.0, 0.0)
        t = 0
        while any(math.hypot(best[0] - d.x, best[1] - d.y) < r + d.radius + gap for d in discs.values()):
            t += 1
            angle, far = t * 0.21, t * 5.0
            best = (far * stretch * math.cos(angle), far * math.sin(angle))
        discs[name] = Island(name, *best, r)
    return discs


def columns(
    graph: nx.MultiDiGraph, layers: Sequence[str], fixed: Mapping[str, Sequence[str]]
) -> dict[str, tuple[int, int]]:
    """(column, row) of the nodes of a layered graph; few crossings by barycentres.

    `fixed` gives the order of layers that must not move.
    """
    rows: dict[str, list[str]] = {layer: [] for layer in layers}
    for node, data in sorted(graph.nodes(data=True), key=lambda item: (-item[1]["count"], item[0])):
        rows[data["layer"]].append(node)
    for layer, order in fixed.items():
        rows[layer].sort(key=lambda n: order.index(n) if n in order else len(order))
    weight: dict[str, Counter[str]] = defaultdict(Counter)
    for source, target, data in graph.edges(data=True):
        weight[source][target] += data["count"]
        weight[target][source] += data["count"]
    for sweep in range(8):
        order = list(layers) if sweep % 2 else list(reversed(layers))
        for beside, layer in pairwise(order):
            if layer in fixed:
                continue
            place = {node: i / max(1, len(rows[beside]) - 1) for i, node in enumerate(rows[beside])}
            centre = {}
            for i, node in enumerate(rows[layer]):
                linked = [(place[n], w) for n, w in sorted(weight[node].items()) if n in place]
                total = sum(w for _, w in linked)
                centre[node] = (
                    sum(p * w for p, w in linked) / total if total else i / max(1, len(rows[layer]))
                )
            rows[layer].sort(key=lambda n: (round(centre[n], 9), n))
    return {
        node: (column, row) for column, layer in enumerate(layers) for row, node in enumerate(rows[layer])
    }
