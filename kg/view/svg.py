"""The network as one SVG file: the same places as on its page, with labels and legend, for papers and slides."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from kg.view import labels
from kg.view.arranged import Arranged, arrange
from kg.view.layout import Point
from kg.view.parts import HUB_FONT, box, clip, coded, node_size, shape, wrapped

if TYPE_CHECKING:
    import networkx as nx

FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
MARGIN = 60
#: signs and letters of the legend, in em of a picture that is 1000 wide
_LEGEND = 15
#: characters that XML 1.0 cannot hold
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def network_svg(graph: nx.MultiDiGraph, *, title: str, language: str = "zh") -> bytes:
    """The actor network (see `kg.analyse.network.actor_network`) as an SVG file. The same graph, the same bytes.

    Nodes without any link are not drawn; the legend says how many there are.
    """
    there = arrange(graph, language)
    left, top, right, bottom = _bounds(there)
    width = max(right - left, 420.0)
    scale = max(1.0, width / 1000)  # title and legend stay readable when the picture is shown small
    head, legend = 46 * scale, _legend(there, language, width, scale)
    height = head + bottom - top + legend[1]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" font-family="{FONT}">',
        f"<title>{_text(title)}</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        _line(MARGIN / 2, 30 * scale, clip(title, 60), 22 * scale, bold=True),
        f'<g transform="translate({-left:.0f} {head - top:.0f})">',
        *_discs(there, language),
        *_links(there),
        *_nodes(there),
        "</g>",
        f'<g transform="translate(0 {head + bottom - top:.0f})">',
        *legend[0],
        "</g>",
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode("utf-8")


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _line(x: float, y: float, text: str, size: float, *, bold: bool = False, anchor: str = "", colour: str = "#16202f") -> str:
    weight = ' font-weight="700"' if bold else ""
    middle = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.1f}" fill="{colour}"{weight}{middle}>{_text(text)}</text>'


def _bounds(there: Arranged) -> tuple[float, float, float, float]:
    boxes = [(there.places[n], box(there.label[n], there.data[n]["cls"], there.degree[n])) for n in there.order]
    xs = [x + s * w / 2 for (x, _), (w, _) in boxes for s in (-1, 1)] + [d.x + s * d.radius for d in there.discs for s in (-1, 1)]
    ys = [y + s * h / 2 for (_, y), (_, h) in boxes for s in (-1, 1)] + [d.y + s * d.radius for d in there.discs for s in (-1, 1)]
    if not xs:
        return 0.0, 0.0, 420.0, 60.0
    return min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN


def _discs(there: Arranged, language: str) -> Iterable[str]:
    for disc in there.discs:
        fill, stroke = ("#f2f5f9", "#e1e7ef") if disc.name else ("#f0f7fd", "#cfe3f5")
        yield f'<circle cx="{disc.x:.0f}" cy="{disc.y:.0f}" r="{disc.radius:.0f}" fill="{fill}" stroke="{stroke}"/>'
        name = disc.name or labels.texts(language)["middle"]
        size = max(18.0, disc.radius / 14)
        yield _line(disc.x, disc.y - disc.radius - size / 3, name, size, bold=True, anchor="middle", colour="#16202f" if disc.name else "#0b5cad")


def _links(there: Arranged) -> Iterable[str]:
    for source, target, kind in there.links:
        edges = there.links[source, target, kind]
        resource = Counter(data["resource"] for data in edges).most_common(1)[0][0]
        colour = labels.RESOURCE_COLOURS.get(resource, labels.RESOURCE_COLOURS[""])
        thick = 1.2 + min(4.0, math.sqrt(len(edges)) * 0.6)
        (x1, y1), (x2, y2) = there.places[source], there.places[target]
        yield (
            f'<path d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}" stroke="{colour}" stroke-width="{thick:.1f}" '
            'stroke-opacity="0.55" fill="none"/>'
        )
        yield _arrow((x1, y1), (x2, y2), node_size(there.data[target]["cls"], there.degree[target]) + 2, thick, colour)


def _arrow(start: Point, end: Point, away: float, thick: float, colour: str) -> str:
    """A head that ends `away` from the middle of its target."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = math.hypot(dx, dy)
    if far < away + 12:
        return ""
    ux, uy = dx / far, dy / far
    x, y, wide, long = end[0] - ux * away, end[1] - uy * away, 3.5 + thick, 9 + 2 * thick
    points = ((x, y), (x - ux * long - uy * wide, y - uy * long + ux * wide), (x - ux * long + uy * wide, y - uy * long - ux * wide))
    return f'<path d="M{"L".join(f"{a:.1f} {b:.1f}" for a, b in points)}Z" fill="{colour}" fill-opacity="0.75"/>'


def _nodes(there: Arranged) -> Iterable[str]:
    for node in there.order:
        cls, (x, y), label = there.data[node]["cls"], there.places[node], there.label[node]
        lines = wrapped(label).split("\n")
        if cls == "BeneficiaryCategory":
            width, height = box(label, cls, there.degree[node])
            yield (
                f'<g><title>{_text(label)}</title><rect x="{x - width / 2 + 6:.0f}" y="{y - height / 2 + 6:.0f}" width="{width - 12:.0f}" '
                f'height="{height - 12:.0f}" rx="6" fill="#DCEEFB" stroke="#0072B2"/>'
                f"{_line(x, y + HUB_FONT * 0.36, lines[0] if len(lines) == 1 else label, HUB_FONT, anchor='middle')}</g>"
            )
            continue
        size = node_size(cls, there.degree[node])
        yield (
            f'<g><title>{_text(label)}</title><g transform="translate({x - size:.1f} {y - size:.1f}) scale({size / 8:.3f})">{shape(cls)}</g>'
        )
        if label != there.home[node]:
            for number, line in enumerate(lines):
                yield _line(x, y + size + 15 + 16 * number, line, 13, anchor="middle")
        yield "</g>"


def _legend(there: Arranged, language: str, width: float, scale: float) -> tuple[list[str], float]:
    """Signs of the classes and colours of the resources that are there, in rows; and the height they take."""
    t = labels.texts(language)
    em = _LEGEND * scale
    classes = [(shape(code), name) for code, name in coded(labels.CLASSES, {there.data[n]["cls"] for n in there.order}, language)]
    used = {data["resource"] for edges in there.links.values() for data in edges}
    stripe = '<path d="M0 8H16" stroke="{}" stroke-width="4"/>'
    lines = [(stripe.format(labels.RESOURCE_COLOURS[code]), name) for code, name in coded(labels.RESOURCES, used, language)]
    if used - set(labels.RESOURCES):
        lines.append((stripe.format(labels.RESOURCE_COLOURS[""]), t["structure"]))
    out, y = [], em
    for row in (classes, lines):
        x = MARGIN / 2
        for sign, name in row:
            needs = 1.5 * em + sum(0.56 if ord(c) < 0x2E80 else 1.0 for c in name) * em + 1.6 * em
            if x + needs > width and x > MARGIN:
                x, y = MARGIN / 2, y + 1.7 * em
            out.append(f'<g transform="translate({x:.0f} {y - em * 0.85:.0f}) scale({em / 16:.2f})">{sign}</g>')
            out.append(_line(x + 1.5 * em, y, name, em))
            x += needs
        y += 1.9 * em
    notes = [t["shown"].format(n=len(there.order), m=len(there.links))]
    if there.isolated:
        notes.append(t["isolated"].format(n=there.isolated))
    out.append(_line(MARGIN / 2, y, ("；" if language == "zh" else "; ").join([*notes, t["source"]]), em * 0.85, colour="#566173"))
    return out, y + 1.2 * em
