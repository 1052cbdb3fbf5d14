"""The two pictures as pages: one HTML file each, everything inside, nothing fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.analyse.amounts import amount_text
from kg.analyse.flowgraph import LAYERS, NONE, REST, flow_graph
from kg.analyse.flows import STANDINGS, Flow
from kg.view import labels
from kg.view.layout import columns, islands
from kg.view.vis import script_json, vis_data, vis_script

if TYPE_CHECKING:
    import networkx as nx

_HUB_FONT = 34
_COLUMN_X = (0, 250, 620, 830, 1180)


def network_page(graph: nx.MultiDiGraph, *, title: str, language: str = "zh") -> str:
    """The actor network (see `kg.analyse.network.actor_network`) as an HTML page, to be written as UTF-8.

    The same graph gives the same bytes. Nodes without any link are counted, not drawn. Raises ValueError for a
    language the pages do not speak.
    """
    import networkx as nx

    t = labels.texts(language)
    evidence = _Evidence()
    links: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for source, target, data in sorted(
        graph.edges(data=True), key=lambda e: (e[0], e[1], e[2]["kind"], e[2]["resource"], e[2]["claim"])
    ):
        item = {"resource": data["resource"], "assertion": data["assertion"], "area": data["area"]}
        item["evidence"] = evidence.add(data["quote"], data["doc"], data["claim"], data["assertion"])
        links.setdefault((source, target, data["kind"]), []).append(item)
    simple = nx.Graph()
    simple.add_edges_from((source, target) for source, target, _ in links)
    data_of = dict(graph.nodes(data=True))
    label = {n: _node_label(data_of[n], language) for n in simple}
    degree = Counter(end for source, target, _ in links for end in (source, target))
    home = _homes(simple, data_of)
    boxes = {n: _box(label[n], data_of[n]["cls"], degree[n]) for n in simple}
    hubs = sorted(
        (n for n in simple if data_of[n]["cls"] == "BeneficiaryCategory"), key=lambda n: (-degree[n], n)
    )
    places, discs = islands(simple, home, boxes, hubs)
    order = sorted(simple)
    nodes, edges, options = vis_data(
        (_vis_node(n, label[n], data_of[n]["cls"], degree[n], places[n]) for n in order),
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
            **_written(label[n], data_of[n]["cls"], home[n]),
            "evidence": [
                evidence.add(e.quote, e.document, e.claim, e.assertion, e.locator) for e in data_of[n]["evidence"]
            ],
        }
        for n in order
    }
    used = {item["resource"] for items in links.values() for item in items}
    spoken = {item["assertion"] for items in links.values() for item in items}
    isolated = graph.number_of_nodes() - len(order)
    return _render(
        kind="network",
        title=title,
        subtitle="行动者网络 · Actor network",
        language=language,
        selects=[
            _select("province", t["province"], _places(data_of[n]["area"] for n in order)),
            _select("resource", t["resource"], _coded(labels.RESOURCES, used, language)),
        ],
        standings=[(code, name, name) for code, name in _coded(labels.ASSERTIONS, spoken, language)],
        classes=[
            (code, name, _swatch(code))
            for code, name in _coded(labels.CLASSES, {data_of[n]["cls"] for n in order}, language)
        ],
        resources=[
            *((name, labels.RESOURCE_COLOURS[code]) for code, name in _coded(labels.RESOURCES, used, language)),
            (t["structure"], labels.RESOURCE_COLOURS[""]),
        ],
        notes=[t["isolated"].format(n=isolated)] if isolated else [],
        data={
            "nodes": nodes,
            "edges": edges,
            "options": options,
            "info": info,
            "links": [
                {"from": source, "to": target, "kind": kind, "items": items}
                for (source, target, kind), items in links.items()
            ],
            "home": home,
            "islands": [
                {"name": d.name, "x": round(d.x), "y": round(d.y), "radius": round(d.radius)} for d in discs
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


def flows_page(flows: Sequence[Flow], *, title: str, language: str = "zh", max_nodes: int = 300) -> str:
    """The resource flows as an HTML page, to be written as UTF-8. The same flows give the same bytes.

    At most `max_nodes` bars; what was drawn together is said under the picture. Raises ValueError for a language
    the pages do not speak.
    """
    t = labels.texts(language)
    graph = flow_graph(flows, max_nodes=max_nodes)
    fixed = {"resource": [f"resource|{code}" for code in labels.RESOURCES]}
    spots = columns(graph, LAYERS, fixed)
    order = sorted(graph.nodes, key=spots.__getitem__)
    number = {node: i for i, node in enumerate(order)}
    name = {node: _bar_label(node, graph.nodes[node], language) for node in order}
    nodes, edges, options = vis_data((_vis_bar(node, name[node], spots[node]) for node in order), ())
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
    notes = [t["ribbon_note"]]
    notes += [t["merged_policies"].format(n=left_out["policy"])] if "policy" in left_out else []
    notes += [t["merged_channels"].format(n=left_out["via"])] if "via" in left_out else []
    used = {flow.resource for flow in flows}
    return _render(
        kind="flows",
        title=title,
        subtitle="资源流向 · Resource flows",
        language=language,
        selects=[
            _select("province", t["province"], _places(row["province"] for row in rows)),
            _select("resource", t["resource"], _coded(labels.RESOURCES, used, language)),
            _select(
                "beneficiary",
                labels.pick(labels.LAYERS["beneficiary"], language),
                _coded(labels.BENEFICIARIES, {flow.beneficiary for flow in flows}, language),
            ),
        ],
        standings=[
            (code, re.split("[：:]", labels.pick(labels.STANDINGS[code], language))[0], labels.pick(labels.STANDINGS[code], language))
            for code in STANDINGS
        ],
        classes=[],
        resources=[
            (name_, labels.RESOURCE_COLOURS[code]) for code, name_ in _coded(labels.RESOURCES, used, language)
        ],
        notes=notes,
        data={
            "nodes": nodes,
            "edges": edges,
            "options": options,
            "columns": [
                {"x": x, "label": labels.pick(labels.LAYERS[layer], language)}
                for x, layer in zip(_COLUMN_X, LAYERS, strict=True)
            ],
            "info": [
                {
                    "label": name[node],
                    "short": _clip(name[node], 22 if language == "zh" else 30),
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
                    code: re.split("[：:]", labels.pick(pair, language))[0] for code, pair in labels.STANDINGS.items()
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
                {"quote": unwrap(quote), "document": document, "claim": claim, "assertion": assertion, "locator": locator}
            )
        row = self.rows[self._known[key]]
        row["assertion"] = row["assertion"] or assertion
        row["locator"] = row["locator"] or locator
        return self._known[key]


def unwrap(quote: str) -> str:
    """A quote for reading: line breaks of the layout gone (the graph keeps the exact characters)."""
    return re.sub(r"(?<=[A-Za-z0-9,;])\s*\n\s*(?=[A-Za-z0-9])", " ", quote).replace("\n", "").strip()


def _node_label(data: dict[str, Any], language: str) -> str:
    if data["cls"] == "BeneficiaryCategory" and data["label"] in labels.BENEFICIARIES:
        return labels.pick(labels.BENEFICIARIES[data["label"]], language)
    return str(data["label"])


def _homes(simple: nx.Graph, data_of: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The island of each node: its own area, else the only area among its neighbours, else the shared middle."""
    home = {}
    for node in sorted(simple):
        area = data_of[node]["area"]
        if not area and data_of[node]["cls"] != "BeneficiaryCategory":
            near = {data_of[n]["area"] for n in simple[node]} - {""}
            area = next(iter(near)) if len(near) == 1 else ""
        home[node] = area
    return home


def _size(cls: str, degree: int) -> float:
    base = labels.STYLES[cls][2]
    return base + min(12.0, degree**0.5 * 1.6)


def _wrapped(label: str, width: int = 9, lines: int = 2) -> str:
    """The label in at most `lines` lines; Latin characters count half."""
    out, line, used = [], "", 0.0
    for i, char in enumerate(label):
        step = 0.55 if ord(char) < 0x2E80 else 1.0
        if used + step > width and not (char in "》”）)" and used < width + 1):
            out.append(line)
            line, used = "", 0.0
            if len(out) == lines:
                return "\n".join([*out[:-1], out[-1][:-1] + "…"]) if i < len(label) else "\n".join(out)
        line += char
        used += step
    return "\n".join([*out, line])


def _clip(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1] + "…"


def _box(label: str, cls: str, degree: int) -> tuple[float, float]:
    """Width and height that a node takes with its label under it."""
    lines = _wrapped(label).split("\n")
    width, size = _width(lines), _size(cls, degree)
    if cls == "BeneficiaryCategory":
        return width * _HUB_FONT + 32, _HUB_FONT * 1.2 + 34
    return max(width * 13, 2 * size) + 8, 2 * size + len(lines) * 20 + 6


def _written(label: str, cls: str, home: str) -> dict[str, Any]:
    """The lines the page writes under a node; none where a box or the island's name says it already."""
    lines = [] if cls == "BeneficiaryCategory" or label == home else _wrapped(label).split("\n")
    return {"lines": lines, "width": round(_width(lines), 2)}


def _width(lines: Sequence[str]) -> float:
    """Width of the widest line, in em."""
    return max((sum(0.55 if ord(c) < 0x2E80 else 1.0 for c in line) for line in lines), default=0)


def _vis_node(
    node: str, label: str, cls: str, degree: int, place: tuple[float, float]
) -> dict[str, Any]:
    shape, colour, _ = labels.STYLES[cls]
    boxed = shape == "box"
    return {
        "id": node,
        "label": label if boxed else " ",  # the page writes the others itself
        "title": label,
        "x": round(place[0]),
        "y": round(place[1]),
        "shape": shape,
        "size": round(_size(cls, degree), 1),
        "color": {
            "background": colour,
            "border": "#0072B2" if boxed else "#ffffff",
            "highlight": {"background": colour, "border": "#111827"},
            "hover": {"background": colour, "border": "#111827"},
        },
        "font": {
            "size": _HUB_FONT if boxed else 1,
            "color": "#16202f",
            "face": "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif",
        },
        "margin": 9,
    }


def _vis_bar(node: str, label: str, spot: tuple[int, int]) -> dict[str, Any]:
    layer, name = node.split("|", 1)
    colour = labels.RESOURCE_COLOURS.get(name, "#9AA3B2") if layer == "resource" else "#3B4A63"
    return {
        "id": node,
        "label": " ",
        "title": label,
        "x": _COLUMN_X[spot[0]],
        "y": spot[1] * 20,
        "shape": "box",
        "margin": 0,
        "borderWidth": 0,
        "font": {"size": 1},
        "widthConstraint": {"minimum": 14, "maximum": 14},
        "heightConstraint": {"minimum": 10},
        "shapeProperties": {"borderRadius": 2},
        "color": {
            "background": colour,
            "border": colour,
            "highlight": {"background": "#111827", "border": "#111827"},
            "hover": {"background": "#111827", "border": "#111827"},
        },
    }


def _bar_label(node: str, data: dict[str, Any], language: str) -> str:
    layer, name = node.split("|", 1)
    t = labels.texts(language)
    if name == NONE:
        return t[f"none_{layer}"]
    if name.startswith(REST) and data["merged"]:
        area = name[len(REST) :]
        area = t["none_province"] if area == NONE else area
        return t[f"rest_{layer}"].format(area=area)
    table = {"resource": labels.RESOURCES, "beneficiary": labels.BENEFICIARIES}.get(layer, {})
    return labels.pick(table[name], language) if name in table else name


def _places(areas: Iterable[str]) -> list[tuple[str, str]]:
    """Choices, the area with the most first."""
    count = Counter(area for area in areas if area)
    return [(area, area) for area in sorted(count, key=lambda a: (-count[a], a))]


def _coded(table: dict[str, tuple[str, str]], used: Iterable[str], language: str) -> list[tuple[str, str]]:
    wanted = set(used)
    return [(code, labels.pick(pair, language)) for code, pair in table.items() if code in wanted]


def _select(name: str, label: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"id": name, "label": label, "choices": choices}


_SHAPES = {
    "hexagon": '<path d="M4 2h8l4 6-4 6H4L0 8z" fill="{c}"/>',
    "square": '<path d="M2 2h12v12H2z" fill="{c}"/>',
    "dot": '<circle cx="8" cy="8" r="6.5" fill="{c}"/>',
    "triangle": '<path d="M8 1l7 13H1z" fill="{c}"/>',
    "triangleDown": '<path d="M8 15L1 2h14z" fill="{c}"/>',
    "diamond": '<path d="M8 0l8 8-8 8-8-8z" fill="{c}"/>',
    "star": '<path d="M8 0l2.3 5.2 5.7.6-4.3 3.8 1.2 5.6L8 12.3l-4.9 2.9 1.2-5.6L0 5.8l5.700-.6z" fill="{c}"/>',
    "box": '<rect x=".75" y="3" width="14.5" height="10" rx="2.500" fill="{c}" stroke="#0072B2" stroke-width="1.200"/>',
}


def _swatch(cls: str) -> Any:
    from markupsafe import Markup

    shape, colour, _ = labels.STYLES[cls]
    picture = _SHAPES[shape].replace("{c}", colour)
    return Markup(f'<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{picture}</svg>')


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
        script=Markup(_template("ui.js") + _template(f"{kind}.js")),
        data=Markup(script_json({**data, "texts": t})),
        **fields,
    )
