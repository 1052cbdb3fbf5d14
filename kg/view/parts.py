"""The pieces a page is made of: nodes and bars in vis form, lines of text, choices, swatches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.analyse.flowgraph import NONE, REST
from kg.view import labels

if TYPE_CHECKING:
    import networkx as nx

COLUMN_X = (0, 250, 620, 830, 1180)
HUB_FONT = 34
FACE = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
#: boxes of a path that are no resources
LAYER_COLOURS = {"province": "#D9E2F1", "policy": "#F3F5F9", "via": "#E6F3EC", "beneficiary": "#FBEBD3"}


def unwrap(quote: str) -> str:
    """A quote for reading: line breaks of the layout gone (the graph keeps the exact characters)."""
    return re.sub(r"(?<=[A-Za-z0-9,;])\s*\n\s*(?=[A-Za-z0-9])", " ", quote).replace("\n", "").strip()


def node_label(data: dict[str, Any], language: str) -> str:
    if data["cls"] == "BeneficiaryCategory" and data["label"] in labels.BENEFICIARIES:
        return labels.pick(labels.BENEFICIARIES[data["label"]], language)
    return str(data["label"])


def homes(simple: nx.Graph, data_of: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The island of each node: its own area, else the only one among its neighbours, else the middle."""
    home = {}
    for node in sorted(simple):
        area = data_of[node]["area"]
        if not area and data_of[node]["cls"] != "BeneficiaryCategory":
            near = {data_of[n]["area"] for n in simple[node]} - {""}
            area = next(iter(near)) if len(near) == 1 else ""
        home[node] = area
    return home


def node_size(cls: str, degree: int) -> float:
    base = labels.STYLES[cls][2]
    return base + min(12.0, degree**0.5 * 1.6)


def wrapped(label: str, width: int = 9, lines: int = 2) -> str:
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


def clip(label: str, limit: int) -> str:
    return label if len(label) <= limit else label[: limit - 1] + "…"


def box(label: str, cls: str, degree: int) -> tuple[float, float]:
    """Width and height that a node takes with its label under it."""
    lines = wrapped(label).split("\n")
    width, size = text_width(lines), node_size(cls, degree)
    if cls == "BeneficiaryCategory":
        return width * HUB_FONT + 32, HUB_FONT * 1.2 + 34
    return max(width * 13, 2 * size) + 8, 2 * size + len(lines) * 20 + 6


def written(label: str, cls: str, home: str) -> dict[str, Any]:
    """The lines the page writes under a node; none where a box or the island's name says it already."""
    lines = [] if cls == "BeneficiaryCategory" or label == home else wrapped(label).split("\n")
    return {"lines": lines, "width": round(text_width(lines), 2)}


def text_width(lines: Sequence[str]) -> float:
    """Width of the widest line, in em."""
    return max((sum(0.55 if ord(c) < 0x2E80 else 1.0 for c in line) for line in lines), default=0)


def vis_node(node: str, label: str, cls: str, degree: int, place: tuple[float, float]) -> dict[str, Any]:
    shape, colour, _ = labels.STYLES[cls]
    boxed = shape == "box"
    return {
        "id": node,
        "label": label if boxed else " ",  # the page writes the others itself
        "title": label,
        "x": round(place[0]),
        "y": round(place[1]),
        "shape": shape,
        "size": round(node_size(cls, degree), 1),
        "color": {
            "background": colour,
            "border": "#0072B2" if boxed else "#ffffff",
            "highlight": {"background": colour, "border": "#111827"},
            "hover": {"background": colour, "border": "#111827"},
        },
        "font": {
            "size": HUB_FONT if boxed else 1,
            "color": "#16202f",
            "face": FACE,
        },
        "margin": 9,
    }


def vis_bar(node: str, label: str, spot: tuple[int, int]) -> dict[str, Any]:
    layer, name = node.split("|", 1)
    colour = labels.RESOURCE_COLOURS.get(name, "#9AA3B2") if layer == "resource" else "#3B4A63"
    return {
        "id": node,
        "label": " ",
        "title": label,
        "x": COLUMN_X[spot[0]],
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


def vis_box(node: str, label: str, spot: tuple[int, int]) -> dict[str, Any]:
    """A thing on a path: a box with its name; the resources in their colours."""
    layer, name = node.split("|", 1)
    strong = layer == "resource"
    colour = labels.RESOURCE_COLOURS.get(name, "#9AA3B2") if strong else LAYER_COLOURS[layer]
    return {
        "id": node,
        "label": " ",
        "title": label,
        "x": COLUMN_X[spot[0]],
        "y": spot[1] * 38,
        "shape": "box",
        "margin": 6,
        "font": {"size": 15, "color": "#ffffff" if strong else "#16202f", "face": FACE},
        "shapeProperties": {"borderRadius": 4},
        "color": {
            "background": colour,
            "border": colour if strong else "#8A97AB",
            "highlight": {"background": colour, "border": "#111827"},
            "hover": {"background": colour, "border": "#111827"},
        },
    }


def bar_label(node: str, data: dict[str, Any], language: str) -> str:
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


def area_choices(areas: Iterable[str]) -> list[tuple[str, str]]:
    """Choices, the area with the most first."""
    count = Counter(area for area in areas if area)
    return [(area, area) for area in sorted(count, key=lambda a: (-count[a], a))]


def coded(table: dict[str, tuple[str, str]], used: Iterable[str], language: str) -> list[tuple[str, str]]:
    wanted = set(used)
    return [(code, labels.pick(pair, language)) for code, pair in table.items() if code in wanted]


def select(name: str, label: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"id": name, "label": label, "choices": choices}


_SHAPES = {
    "hexagon": '<path d="M4 2h8l4 6-4 6H4L0 8z" fill="{c}"/>',
    "square": '<path d="M2 2h12v12H2z" fill="{c}"/>',
    "dot": '<circle cx="8" cy="8" r="6.5" fill="{c}"/>',
    "triangle": '<path d="M8 1l7 13H1z" fill="{c}"/>',
    "triangleDown": '<path d="M8 15L1 2h14z" fill="{c}"/>',
    "diamond": '<path d="M8 0l8 8-8 8-8-8z" fill="{c}"/>',
    "star": '<path d="M8 0l2.3 5 5.7.8-4.3 3.8 1.2 5.6L8 12l-5 3 1.2-5.6L0 5.8 5.7 5z" fill="{c}"/>',
    "box": '<rect x="1" y="3" width="14" height="10" rx="2" fill="{c}" stroke="#0072B2"/>',
}


def shape(cls: str) -> str:
    """The sign of a class in a box of 16 × 16, as SVG."""
    form, colour, _ = labels.STYLES[cls]
    return _SHAPES[form].replace("{c}", colour)


def swatch(cls: str) -> Any:
    from markupsafe import Markup

    return Markup(f'<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{shape(cls)}</svg>')
