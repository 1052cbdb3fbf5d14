"""The two pictures as pages: one HTML file each, everything inside, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.analyse.amounts import amount_text
from kg.analyse.flowgraph import LAYERS, flow_graph
from kg.analyse.flows import STANDINGS, Flow
from kg.view import labels
from kg.view.arranged import arrange
from kg.view.layout import columns
from kg.view.parts import (
    COLUMN_X,
    area_choices,
    bar_label,
    clip,
    coded,
    select,
    swatch,
    unwrap,
    vis_bar,
    vis_box,
    vis_node,
    written,
)
from kg.view.vis import script_json, vis_data, vis_script

if TYPE_CHECKING:
    import networkx as nx

#: how the flows may be drawn
DRAWINGS = ("flows", "paths")
#: policies and channels with a bar, or a box, of their own
MOST_BARS, MOST_BOXES = 40, 22
SCRIPTS = {
    "network": ("ui.js", "network.js"),
    "flows": ("ui.js", "flowcards.js", "flows.js"),
    "paths": ("ui.js", "flowcards.js", "paths.js"),
}


def network_page(
    graph: nx.MultiDiGraph, *, title: str, language: str = "zh", claims: str = "", nodes: str = ""
) -> str:
    """The actor network (see `kg.analyse.network.actor_network`) as an HTML page, to be written as UTF-8.

    `claims` and `nodes` are the addresses of claims and nodes, {} for the id, "" where there are none.

    The same graph gives the same bytes. Nodes without any link are counted, not drawn. Raises ValueError for
    a language the pages do not speak.
    """
    t = labels.texts(language)
    evidence = _Evidence()
    there = arrange(graph, language)
    data_of, label, degree, home, order = there.data, there.label, there.degree, there.home, there.order
    links = {
        link: [
            {
                **{"resource": data["resource"], "assertion": data["assertion"], "area": data["area"]},
                "evidence": evidence.add(data["quote"], data["doc"], data["claim"], data["assertion"]),
            }
            for data in edges_
        ]
        for link, edges_ in there.links.items()
    }
    drawn, edges, options = vis_data(
        (vis_node(n, label[n], data_of[n]["cls"], degree[n], there.places[n]) for n in order),
        (
            {"id": i, "from": source, "to": target, "arrows": {"to": {"enabled": True, "scaleFactor": 0.35}}}
            for i, (source, target, _) in enumerate(links)
        ),
    )
    info = {
        n: {
            "label": label[n],
            "cls": data_of[n]["cls"],
            "area": data_of[n]["area"],
            **written(label[n], data_of[n]["cls"], home[n]),
            "evidence": [
                evidence.add(e.quote, e.document, e.claim, e.assertion, e.locator)
                for e in data_of[n]["evidence"]
            ],
        }
        for n in order
    }
    used = {item["resource"] for items in links.values() for item in items}
    spoken = {item["assertion"] for items in links.values() for item in items}
    isolated = there.isolated
    return _render(
        kind="network",
        title=title,
        subtitle="行动者网络 · Actor network",
        language=language,
        selects=[
            select("province", t["province"], area_choices(data_of[n]["area"] for n in order)),
            select("resource", t["resource"], coded(labels.RESOURCES, used, language)),
        ],
        standings=[(code, name, name) for code, name in coded(labels.ASSERTIONS, spoken, language)],
        classes=[
            (code, name, swatch(code))
            for code, name in coded(labels.CLASSES, {data_of[n]["cls"] for n in order}, language)
        ],
        resources=[
            *(
                (name, labels.RESOURCE_COLOURS[code])
                for code, name in coded(labels.RESOURCES, used, language)
            ),
            (t["structure"], labels.RESOURCE_COLOURS[""]),
        ],
        notes=[t["isolated"].format(n=isolated)] if isolated else [],
        data={
            "nodes": drawn,
            "addresses": {"claims": claims, "nodes": nodes},
            "edges": edges,
            "options": options,
            "info": info,
            "links": [
                {"from": source, "to": target, "kind": kind, "items": items}
                for (source, target, kind), items in links.items()
            ],
            "home": home,
            "islands": [
                {"name": d.name, "x": round(d.x), "y": round(d.y), "radius": round(d.radius)} for d in there.discs
            ],
            "evidence": evidence.rows,
            "colours": labels.RESOURCE_COLOURS,
            "names": {
                "cls": labels.names(labels.CLASSES, language),
                "kind": labels.names(labels.KINDS, language),
                "resource": labels.names(labels.RESOURCES, language),
                "assertion": labels.names(labels.ASSERTIONS, language),
            },
        },
    )


def flows_page(
    flows: Sequence[Flow],
    *,
    title: str,
    language: str = "zh",
    drawing: str = "flows",
    max_nodes: int = 300,
    claims: str = "",
) -> str:
    """The resource flows as an HTML page, to be written as UTF-8. The same flows give the same bytes.

    `drawing` is one of `DRAWINGS`: bands as wide as the number of measures, or boxes and arrows of which each
    shows the whole paths through it. `claims` is the address of claims, {} for the id, "" where there are none.
    At most `max_nodes` bars; what was drawn together is said under the picture. Raises ValueError for a
    language the pages do not speak.
    """
    t = labels.texts(language)
    as_paths = drawing == "paths"
    most = MOST_BOXES if as_paths else MOST_BARS
    graph = flow_graph(flows, max_nodes=max_nodes, max_policies=most, max_channels=most)
    fixed = {"resource": [f"resource|{code}" for code in labels.RESOURCES]}
    spots = columns(graph, LAYERS, fixed)
    order = sorted(graph.nodes, key=spots.__getitem__)
    number = {node: i for i, node in enumerate(order)}
    name = {node: bar_label(node, graph.nodes[node], language) for node in order}
    shape = vis_box if as_paths else vis_bar
    nodes, edges, options = vis_data((shape(node, name[node], spots[node]) for node in order), ())
    options["interaction"]["dragNodes"] = False
    evidence = _Evidence()
    rows = [
        {
            "province": flow.province or flow.area,
            "resource": flow.resource,
            "standing": flow.standing,
            "beneficiary": flow.beneficiary,
            "policy": flow.policy,
            "via": "、".join(flow.via),
            "amounts": "；".join(map(amount_text, flow.amounts)),
            "condition": flow.condition,
            "claim": flow.claim,
            "evidence": evidence.add(flow.quote, flow.document, flow.claim, flow.assertion, flow.locator),
        }
        for flow in flows
    ]
    left_out = graph.graph["left_out"]
    notes = [t["path_note" if as_paths else "ribbon_note"]]
    notes += [t["merged_policies"].format(n=left_out["policy"])] if "policy" in left_out else []
    notes += [t["merged_channels"].format(n=left_out["via"])] if "via" in left_out else []
    used = {flow.resource for flow in flows}
    return _render(
        kind=drawing,
        title=title,
        subtitle="资源路径 · Resource paths" if as_paths else "资源流向 · Resource flows",
        language=language,
        selects=[
            select("province", t["province"], area_choices(flow.province or flow.area for flow in flows)),
            select("resource", t["resource"], coded(labels.RESOURCES, used, language)),
            select(
                "beneficiary",
                labels.pick(labels.LAYERS["beneficiary"], language),
                coded(labels.BENEFICIARIES, {flow.beneficiary for flow in flows}, language),
            ),
        ],
        standings=[
            (
                code,
                re.split("[：:]", labels.pick(labels.STANDINGS[code], language))[0],
                labels.pick(labels.STANDINGS[code], language),
            )
            for code in STANDINGS
        ],
        classes=[],
        resources=[
            (name_, labels.RESOURCE_COLOURS[code]) for code, name_ in coded(labels.RESOURCES, used, language)
        ],
        notes=notes,
        data={
            "nodes": nodes,
            "addresses": {"claims": claims, "nodes": ""},
            "edges": edges,
            "options": options,
            "columns": [
                {"x": x, "label": labels.pick(labels.LAYERS[layer], language)}
                for x, layer in zip(COLUMN_X, LAYERS, strict=True)
            ],
            "info": [
                {
                    "label": name[node],
                    "short": clip(name[node], (22, 15)[as_paths] + (8 if language == "en" else 0)),
                    "column": spots[node][0],
                    "count": graph.nodes[node]["count"],
                }
                for node in order
            ],
            "flows": rows,
            "paths": [[index, [number[node] for node in path]] for index, path in graph.graph["paths"]],
            "evidence": evidence.rows,
            "colours": labels.RESOURCE_COLOURS,
            "names": {
                "resource": labels.names(labels.RESOURCES, language),
                "beneficiary": labels.names(labels.BENEFICIARIES, language),
                "assertion": labels.names(labels.ASSERTIONS, language),
                "standing": {
                    code: re.split("[：:]", labels.pick(pair, language))[0]
                    for code, pair in labels.STANDINGS.items()
                },
            },
        },
    )


class _Evidence:
    """Quotes by number, each told once."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._known: dict[tuple[str, ...], int] = {}

    def add(self, quote: str, document: str, claim: str, assertion: str = "", locator: str = "") -> int:
        """Number of the quote, -1 where there is none."""
        if not quote:
            return -1
        key = (claim, document, quote)
        if key not in self._known:
            self._known[key] = len(self.rows)
            self.rows.append(
                {
                    "quote": unwrap(quote),
                    "document": document,
                    "claim": claim,
                    "assertion": assertion,
                    "locator": locator,
                }
            )
        row = self.rows[self._known[key]]
        row["assertion"] = row["assertion"] or assertion
        row["locator"] = row["locator"] or locator
        return self._known[key]


@cache
def _template(name: str) -> str:
    return (files("kg.view") / "templates" / name).read_text(encoding="utf-8")


def _render(*, kind: str, language: str, data: dict[str, Any], **fields: Any) -> str:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    t = labels.texts(language)
    page = Environment(autoescape=True, undefined=StrictUndefined).from_string(_template("page.html.j2"))
    return page.render(
        kind=kind,
        language=language,
        t=t,
        style=Markup(_template("style.css")),
        library=Markup(vis_script()),
        script=Markup("".join(map(_template, SCRIPTS[kind]))),
        data=Markup(script_json({**data, "texts": t})),
        data_inside=bool(data["addresses"]["claims"]),
        **fields,
    )
