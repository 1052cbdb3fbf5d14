"""The flows as a layered graph: province → policy → resource → channel → beneficiary, small enough to see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.analyse.flows import Flow

if TYPE_CHECKING:
    import networkx as nx

LAYERS = ("province", "policy", "resource", "via", "beneficiary")
#: node ids end in this where the flow names no policy, channel … of its own
NONE = "-"
#: …and start with this after the layer where small ones were drawn together
REST = "+"


def flow_graph(
    flows: Sequence[Flow], *, max_nodes: int = 300, max_policies: int = 40, max_channels: int = 40
) -> nx.MultiDiGraph:
    """Layered graph of the flows.

    Node ids are `layer|name`; node data: label, layer, count (distinct measures), merged (how many things a
    drawn-together node stands for, 0 otherwise). Edges have key `resource|standing` and data resource,
    standing, claims (sorted tuple), count. `graph.graph["paths"]` gives the node ids of each flow, one path
    for each channel: a list of (index into flows, path); `graph.graph["left_out"]` counts what was drawn
    together, by layer. Policies and channels with the most measures keep a node of their own; the limits
    shrink until `max_nodes` holds, or nothing is left to draw together.
    """
    import networkx as nx

    while True:
        paths, merged = _paths(flows, max_policies, max_channels)
        size = len({node for _, path in paths for node in path})
        if size <= max_nodes or max_policies + max_channels == 0:
            break
        max_policies, max_channels = max_policies * 3 // 4, max_channels * 3 // 4
    graph = nx.MultiDiGraph()
    members: dict[str, set[str]] = defaultdict(set)
    links: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for index, path in paths:
        flow = flows[index]
        for node in path:
            members[node].add(flow.claim)
        for source, target in pairwise(path):
            links[source, target, flow.resource, flow.standing].add(flow.claim)
    for node in sorted(members, key=lambda n: (LAYERS.index(n.split("|", 1)[0]), n)):
        layer, name = node.split("|", 1)
        graph.add_node(
            node,
            label="" if name.startswith((NONE, REST)) else name,
            layer=layer,
            count=len(members[node]),
            merged=len(merged.get(node, ())),
        )
    for (source, target, resource, standing), claims in sorted(links.items()):
        graph.add_edge(
            source,
            target,
            key=f"{resource}|{standing}",
            resource=resource,
            standing=standing,
            claims=tuple(sorted(claims)),
            count=len(claims),
        )
    graph.graph["paths"] = paths
    left_out: Counter[str] = Counter()
    for node, things in merged.items():
        left_out[node.split("|", 1)[0]] += len(things)
    graph.graph["left_out"] = dict(sorted(left_out.items()))
    return graph


def _paths(
    flows: Sequence[Flow], max_policies: int, max_channels: int
) -> tuple[list[tuple[int, tuple[str, ...]]], dict[str, set[str]]]:
    policies = _most((flow.policy, flow.claim) for flow in flows if flow.policy)[:max_policies]
    channels = _most((name, flow.claim) for flow in flows for name in flow.via)[:max_channels]
    kept_policies, kept_channels = set(policies), set(channels)
    merged: dict[str, set[str]] = defaultdict(set)
    paths: list[tuple[int, tuple[str, ...]]] = []
    for index, flow in enumerate(flows):
        province = flow.province or flow.area or NONE
        if not flow.policy:
            policy = f"policy|{NONE}"
        elif flow.policy in kept_policies:
            policy = f"policy|{flow.policy}"
        else:
            policy = f"policy|{REST}{province}"
            merged[policy].add(flow.policy)
        for name in flow.via or (NONE,):
            via = f"via|{name}"
            if name != NONE and name not in kept_channels:
                via = f"via|{REST}"
                merged[via].add(name)
            path = (
                f"province|{province}",
                policy,
                f"resource|{flow.resource or NONE}",
                via,
                f"beneficiary|{flow.beneficiary or NONE}",
            )
            if (index, path) not in paths[-len(flow.via) - 1 :]:
                paths.append((index, path))
    return paths, merged


def _most(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Names with the most distinct claims first."""
    claims: dict[str, set[str]] = defaultdict(set)
    for name, claim in pairs:
        claims[name].add(claim)
    return sorted(claims, key=lambda name: (-len(claims[name]), name))
