"""The model of the innovation chain as a page: an SVG for each place, arrows that open to their measures.

No script: an arrow is a link to its measures below the picture. The same models give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from itertools import combinations
from typing import Any

from kg.analyse.amounts import amount_text
from kg.analyse.chain import ACTORS, RESOURCES, ROLES, TOGETHER, Chain, Role, pairs
from kg.analyse.flows import Flow
from kg.view import labels
from kg.view.parts import unwrap

WIDTH, HEIGHT = 640, 600
#: centre of each actor's box
_AT = {
    "organiser": (320.0, 50.0),
    "knowledge-creator": (118.0, 320.0),
    "technology-innovator": (522.0, 320.0),
    "transfer-agent": (320.0, 540.0),
}
_BOX = (196.0, 68.0)
#: between the parallel lines of one bundle
_GAP = 10.0
TEXTS = {
    "title": ("创新资源集聚模型", "How innovation resources gather"),
    "lead": (
        "政府、高校院所、企业与服务机构之间四类资源的流动。线宽与数字为举措数；灰色虚线为文献中没有举措的流动。"
        "点按箭头或下表数字查看原文。",
        "Four resources between government, universities and institutes, enterprises and service agencies. Width "
        "and number: measures; grey dashes: no measure in the documents. Select an arrow or a number to read them.",
    ),
    "from": ("自", "From"),
    "to": ("至", "To"),
    "resource": ("资源", "Resource"),
    "together": ("同时面向两类主体", "for both at once"),
    "beside": (
        "另有 {n} 项举措只面向个人或未注明受益者，未画出",
        "{n} more measures name people only, or nobody, and are not drawn",
    ),
    "missing": ("缺", "none"),
    "measures": ("举措", "Measures"),
    "acts": ("环节", "Stages"),
    "source": (
        "所有内容均由原文抽取，每条均附引文。没有举措只说明这些文献没有写到。",
        "Everything here was extracted from documents, with its quote. No measure means that these documents tell "
        "of none.",
    ),
}


def chain_page(chains: Sequence[Chain], roles: Sequence[Role], *, language: str = "zh") -> str:
    """The models of one or two places, side by side, as an HTML page to be written as UTF-8."""
    from jinja2 import Environment, StrictUndefined

    t = {key: labels.pick(pair, language) for key, pair in TEXTS.items()}
    resources = labels.names(labels.RESOURCES, language) | {TOGETHER: t["together"]}
    actors = labels.names(ACTORS, language)
    keys = [(a, b, r) for a, b in pairs() for r in RESOURCES]
    keys += [(a, b, TOGETHER) for a, b in combinations(ROLES[1:], 2)]
    keys = [key for key in keys if key[2] != TOGETHER or any(key in one.arrows for one in chains)]
    rows = [
        {
            "giver": actors[a],
            "taker": actors[b],
            "resource": resources[r],
            "colour": _colour(r),
            "cells": [_cell(one, n, (a, b, r), language) for n, one in enumerate(chains)],
        }
        for a, b, r in keys
    ]
    template = (files("kg.view") / "templates" / "chain.html.j2").read_text(encoding="utf-8")
    return (
        Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        .from_string(template)
        .render(
            language=language,
            t=t,
            title=f"{t['title']}：{' / '.join(one.area for one in chains)}",
            size=(WIDTH, HEIGHT),
            legend=[(resources[r], _colour(r)) for r in RESOURCES],
            tie=(resources[TOGETHER], _colour(TOGETHER)),
            places=[_place(one, n, roles, language, t) for n, one in enumerate(chains)],
            rows=rows,
        )
    )


def _colour(resource: str) -> str:
    return labels.RESOURCE_COLOURS.get(resource, "#4b5563")


def _anchor(n: int, key: tuple[str, str, str]) -> str:
    return f"a{n}-" + "-".join(key)


def _cell(one: Chain, n: int, key: tuple[str, str, str], language: str) -> dict[str, Any]:
    return {
        "anchor": _anchor(n, key),
        "count": len(one.arrows.get(key, ())),
        "measures": [_measure(flow, language) for flow in one.arrows.get(key, ())],
    }


def _measure(flow: Flow, language: str) -> dict[str, str]:
    standing = labels.names(labels.STANDINGS, language)[flow.standing]
    return {
        "quote": unwrap(flow.quote),
        "standing": standing.partition("：" if language == "zh" else ":")[0],
        "amounts": "；".join(map(amount_text, flow.amounts)),
        "where": "，".join(part for part in (flow.policy or flow.document, flow.locator) if part),
        "claim": flow.claim,
    }


def _place(one: Chain, n: int, roles: Sequence[Role], language: str, t: dict[str, str]) -> dict[str, Any]:
    index = labels.LANGUAGES.index(language)
    most = max((len(found) for found in one.arrows.values()), default=1)
    lines = [_line(one, n, key, most, language) for key in _drawn(one)]
    boxes = [
        {
            "x": _AT[role.code][0] - _BOX[0] / 2,
            "y": _AT[role.code][1] - _BOX[1] / 2,
            "width": _BOX[0],
            "height": _BOX[1],
            "cx": _AT[role.code][0],
            "cy": _AT[role.code][1],
            "actor": ACTORS[role.code][index],
            "role": role.names[index],
            "stages": " → ".join(stage[index] for stage in role.stages) if len(role.stages) < 5 else "",
            "tip": f"{ACTORS[role.code][1 - index]}; {t['acts']}: {' → '.join(s[index] for s in role.stages)}",
        }
        for role in roles
    ]
    # what is there comes last, so that it lies on top
    return {
        "area": one.area,
        "lines": sorted(lines, key=lambda line: line["count"] > 0),
        "boxes": boxes,
        "stages": [stage[index] for stage in roles[0].stages],
        "beside": t["beside"].format(n=len(one.beside)) if one.beside else "",
    }


def _drawn(one: Chain) -> list[tuple[str, str, str]]:
    ties = [(a, b, TOGETHER) for a, b in combinations(ROLES[1:], 2)]
    return [(a, b, r) for a, b in pairs() for r in RESOURCES] + [key for key in ties if key in one.arrows]


def _line(one: Chain, n: int, key: tuple[str, str, str], most: int, language: str) -> dict[str, Any]:
    """One line from edge to edge of two boxes, beside the others of its bundle."""
    giver, taker, resource = key
    (x1, y1), (x2, y2) = _AT[giver], _AT[taker]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    both_ways = ROLES[0] not in (giver, taker)
    at = 0.0 if resource == TOGETHER else RESOURCES.index(resource) - 1.5
    # the two directions of a pair lie side by side, the tie between them
    shift = (at + 2.6) * _GAP if both_ways and resource != TOGETHER else at * _GAP * (1.6 if not both_ways else 0)
    sx, sy = -uy * shift, ux * shift
    start = _leaves(sx, sy, ux, uy) + 3
    end = length - _leaves(-sx, -sy, ux, uy) - 11
    count = len(one.arrows.get(key, ()))
    if not both_ways and taker == "transfer-agent":
        along = 0.2 + 0.07 * (at + 1.5)  # above the lines that cross
    else:
        along = 0.3 if resource == TOGETHER else 0.34 + 0.1 * (at + 1.5)
    middle = start + (end - start) * along
    points = [
        round(value, 1)
        for value in (
            *(x1 + ux * start + sx, y1 + uy * start + sy, x1 + ux * end + sx, y1 + uy * end + sy),
            *(x1 + ux * middle + sx, y1 + uy * middle + sy),
        )
    ]
    names = labels.names(ACTORS, language)
    word = labels.names(labels.RESOURCES, language).get(resource) or labels.pick(TEXTS["together"], language)
    return {
        "points": points,
        "count": count,
        "width": round(1.6 + 6.4 * (count / most) ** 0.5, 1) if count else 1,
        "colour": _colour(resource),
        "resource": resource,
        "anchor": _anchor(n, key),
        "tip": f"{names[giver]} → {names[taker]}：{word} {count}",
    }


def _leaves(sx: float, sy: float, ux: float, uy: float) -> float:
    """How far along (ux, uy) a line that starts (sx, sy) beside the centre of a box leaves the box."""
    sides = []
    for offset, step, half in ((sx, ux, _BOX[0] / 2), (sy, uy, _BOX[1] / 2)):
        if abs(step) > 1e-9:
            sides.append(max((half - offset) / step, (-half - offset) / step))
    return min(sides)
