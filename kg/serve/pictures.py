"""Flows and the network: a form, a picture in a frame of its own, tables, files for other tools."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.query.table import Table
from kg.serve.asked import Asked, NotFoundError
from kg.serve.limits import NODES
from kg.serve.named import place
from kg.serve.shown import Shown
from kg.serve.texts import texts

if TYPE_CHECKING:
    import networkx as nx

    from kg.analyse.flows import Flow

FLOWS = 1500  # most flows that a picture draws
_INLINE = re.compile(r"<script>(.*?)</script>", re.S)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')


def chosen_flows(ask: Asked) -> list[Flow]:
    """The flows that the form's values keep."""
    from kg import model
    from kg.analyse.flows import STANDINGS, FlowFilter

    kept = FlowFilter(
        area=ask.one("province")[:40],
        resource=ask.choice("resource", model.RESOURCES),
        beneficiary=ask.choice("beneficiary", model.BENEFICIARIES),
        instrument=ask.choice("instrument", model.INSTRUMENTS),
        standing=ask.choice("standing", STANDINGS),
        via=ask.one("via")[:80],
        policy=ask.one("policy")[:80],
        min_amount=ask.number("least", 0, 10**8),
    )
    return [flow for flow in ask.state.flows if kept.keeps(flow)]


def spoken_flows(ask: Asked) -> list[Flow]:
    """The same with places named in the language of the page."""
    flows = chosen_flows(ask)
    if ask.language != "en":
        return flows
    return [replace(f, area=place(f.area, "en"), province=place(f.province, "en")) for f in flows]


def flows_page(ask: Asked) -> Shown:
    """Who gets what by which policy: form, Sankey, table."""
    from kg import model
    from kg.analyse.flows import STANDINGS
    from kg.commands.tracing import flows_in_words
    from kg.view import labels

    t = texts(ask.language)
    flows = spoken_flows(ask)
    concepts = ask.state.concepts(ask.language)
    table = flows_in_words(flows if ask.ending else flows[:FLOWS], ask.language, "")
    context = {
        "flows": flows,
        "drawn": min(len(flows), FLOWS),
        "measures": len({f.claim for f in flows}),
        "choices": {
            "resource": [(code, concepts.name("resource", code)) for code in model.RESOURCES],
            "beneficiary": list(labels.names(labels.BENEFICIARIES, ask.language).items()),
            "instrument": [(code, concepts.name("instrument", code)) for code in model.INSTRUMENTS],
            "standing": [(code, labels.pick(labels.STANDINGS[code], ask.language)) for code in STANDINGS],
        },
    }
    return Shown("flows.html.j2", t["flows"], table, context)


def flows_picture(ask: Asked) -> str:
    """The Sankey alone, as a page."""
    from kg.view.pages import flows_page as draw

    title = texts(ask.language)["flows"]
    return draw(spoken_flows(ask)[:FLOWS], title=title, language=ask.language, claims=_to(ask, "/claim/{}"))


def _to(ask: Asked, address: str) -> str:
    """An address for scripts, {} in the place of an id, in the language of the page."""
    if ask.language == ask.state.language:
        return address
    return f"{address}{'&' if '?' in address else '?'}language={ask.language}"


def start_nodes(ask: Asked) -> list[str]:
    """The nodes meant: that of the IRI `node`, else all whose name is, or else holds, `q`."""
    graph = ask.state.network
    node, part = ask.one("node"), ask.one("q").strip()
    if node:
        if node not in graph:
            raise NotFoundError(f"{node[:120]}: no such node in the network; search for its name")
        return [node]
    if not part:
        return []
    names = [(str(data["label"]), n) for n, data in graph.nodes(data=True) if part.lower() in str(data["label"]).lower()]
    exact = [n for name, n in names if name == part]
    return exact[:1] if len(exact) == 1 else [n for _, n in sorted(names, key=lambda p: (-graph.degree(p[1]), p))]


def most_nodes(ask: Asked) -> int:
    """How many nodes are drawn: as many as asked for, within the server's limit."""
    cap = ask.state.limits.nodes
    return ask.number("most", min(NODES, cap), cap, min(10, cap))


def local_graph(ask: Asked) -> tuple[nx.MultiDiGraph, int]:
    """The part of the network that is asked for, and how many nodes it would have without a cap."""
    graph = ask.state.network
    classes = set(ask.many("class"))
    depth = ask.number("depth", 1, 4, 1)
    most = most_nodes(ask)
    starts = start_nodes(ask)
    degree = ask.state.keep("degree", lambda: dict(graph.degree()))

    def passes(node: str) -> bool:
        return not classes or graph.nodes[node]["cls"] in classes

    if len(starts) == 1:
        start, steps = starts[0], {starts[0]: 0}
        queue = deque(starts)
        while queue:
            node = queue.popleft()
            if steps[node] == depth:
                continue
            for near in sorted({*graph.successors(node), *graph.predecessors(node)}):
                if near not in steps and passes(near):
                    steps[near] = steps[node] + 1
                    queue.append(near)
        order = sorted(steps, key=lambda n: (steps[n], -degree[n], n))
        order.remove(start)
        kept = [start, *order[: most - 1]]
        total = len(steps)
    else:
        order = sorted((n for n in graph if degree[n] and passes(n)), key=lambda n: (-degree[n], n))
        kept, total = order[:most], len(order)
    return _spoken(graph.subgraph(kept).copy(), ask.language), total


def _spoken(graph: nx.MultiDiGraph, language: str) -> nx.MultiDiGraph:
    """The graph, a copy of its own, with places named in the language of the page."""
    if language != "en":
        return graph
    for _, data in graph.nodes(data=True):
        data["area"] = place(data["area"], language)
        if data["cls"] == "AdministrativeArea":
            data["label"] = place(data["label"], language)
    for *_, data in graph.edges(data=True):
        data["area"] = place(data["area"], language)
    return graph


def network_page(ask: Asked) -> Shown:
    """The neighbourhood of one actor, or the best connected ones: form, picture, table, exports."""
    from kg.analyse.network import NODE_CLASSES
    from kg.view import labels
    from kg.view.parts import node_label

    t = texts(ask.language)
    starts = start_nodes(ask)
    graph, total = local_graph(ask)
    kinds = labels.names(labels.CLASSES, ask.language)
    near = {n: len({*graph.successors(n), *graph.predecessors(n)} - {n}) for n in graph}
    rows = tuple(
        (
            *(n, node_label(graph.nodes[n], ask.language), kinds.get(graph.nodes[n]["cls"], graph.nodes[n]["cls"])),
            *(graph.nodes[n]["area"], near[n], _first_claim(graph, n)),
        )
        for n in sorted(graph, key=lambda n: (-near[n], n))
    )
    columns = ("node", "name", "class", "area", "neighbours", "claim")
    labels_ = ("", t["name_column"], t["class"], t["area"], t["neighbours"], t["claim"])
    name = node_label(ask.state.network.nodes[starts[0]], ask.language) if len(starts) == 1 else ""
    context = {
        "centre": name or ask.one("q"),
        "single": starts[0] if len(starts) == 1 else "",
        "candidates": [(n, ask.state.network.nodes[n]) for n in starts[:40]] if len(starts) > 1 else [],
        "lost": bool(ask.one("q").strip()) and not starts,
        "shown_nodes": len(graph),
        "total": total,
        "depth": ask.number("depth", 1, 4, 1),
        "most": most_nodes(ask),
        "most_nodes": ask.state.limits.nodes,
        "classes": [(code, kinds[code]) for code in NODE_CLASSES if code in kinds],
        "chosen": ask.many("class"),
        "kinds": kinds,
    }
    edges = [{"source": s, "target": o, "kind": d["kind"], "claim": d["claim"]} for s, o, d in graph.edges(data=True)]
    table = Table(columns, rows, labels=labels_)
    data = {"nodes": table.records(), "edges": edges, "total": total}
    return Shown("network.html.j2", title_of(ask), table, context, data=data, scripts=("network.js",))


def title_of(ask: Asked) -> str:
    """What the picture shows, in words."""
    from kg.view.parts import node_label

    t, starts = texts(ask.language), start_nodes(ask)
    if len(starts) != 1:
        return t["network"]
    return t["network_of"].format(name=place(node_label(ask.state.network.nodes[starts[0]], ask.language), ask.language))


def _first_claim(graph: nx.MultiDiGraph, node: str) -> str:
    own = [e.claim for e in graph.nodes[node]["evidence"]]
    own += [d["claim"] for _, _, d in graph.edges(node, data=True) if d["claim"]]
    own += [d["claim"] for _, _, d in graph.in_edges(node, data=True) if d["claim"]]
    return own[0] if own else ""


def network_picture(ask: Asked) -> str:
    """The picture alone, as a page."""
    from kg.view.pages import network_page as draw

    graph, _ = local_graph(ask)
    return draw(graph, title=texts(ask.language)["network"], language=ask.language, claims=_to(ask, "/claim/{}"), nodes=_to(ask, "/network?node={}"))


def network_file(ask: Asked, kind: str) -> tuple[bytes, str]:
    """The same part of the network for other tools: bytes and media type of `graphml`, `gexf` or `svg`."""
    from kg.export.graphs import gexf, graphml
    from kg.view.svg import network_svg

    graph, _ = local_graph(ask)
    if kind == "svg":
        return network_svg(graph, title=title_of(ask), language=ask.language), "image/svg+xml"
    for _, data in graph.nodes(data=True):
        data["evidence"] = " ".join(e.claim for e in data["evidence"])
    return (gexf(graph), "application/gexf+xml") if kind == "gexf" else (graphml(graph), "application/graphml+xml")


def framed(html: str) -> tuple[str, dict[str, str]]:
    """A picture's page with the headers of a frame: its own scripts by their hashes and nothing else."""
    page = _META.sub("", html, count=1)
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(page)
    )
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return page, {"content-security-policy": policy, "x-content-type-options": "nosniff", "cache-control": "no-cache"}


def picture_data(ask: Asked, what: str) -> Any:
    """The page of a picture with its headers, drawn once for each address."""
    key = ("picture", what, ask.language, ask.values)
    kept = ask.state.kept.get(key)
    if kept is None:
        kept = framed(flows_picture(ask) if what == "flows" else network_picture(ask))
        with ask.state.lock:
            old = [k for k in ask.state.kept if isinstance(k, tuple) and k[0] == "picture"]
            for forgotten in old[:-20]:  # the last ones are kept, not all that were ever asked for
                del ask.state.kept[forgotten]
            ask.state.kept[key] = kept
    return kept
