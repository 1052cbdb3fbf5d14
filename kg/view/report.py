"""The report of a build: one HTML page with pictures, no script, nothing fetched."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.analyse.audit import KINDS
from kg.analyse.layers import LAYERS
from kg.analyse.slip import Slip
from kg.analyse.summary import TYPOLOGY, Bands, Bars, as_of
from kg.model import CLAIM_TYPES, Claim, Document
from kg.view import labels
from kg.view.parts import unwrap

if TYPE_CHECKING:
    import networkx as nx

SIDES = {"supply": ("供给型", "Supply"), "environment": ("环境型", "Environment"), "demand": ("需求型", "Demand")}
SIDE_COLOURS = {"supply": "#0072B2", "environment": "#009E73", "demand": "#D55E00"}
TYPES = {
    "policy": ("政策", "Policies"),
    "policy_link": ("政策关系", "Links between policies"),
    "entity": ("主体、平台与计划", "Actors, platforms, programmes"),
    "relation": ("主体关系", "Relations"),
    "measure": ("举措", "Measures"),
    "observation": ("指标数值", "Figures"),
    "gap": ("短板", "Gaps"),
    "recommendation": ("建议", "Recommendations"),
}
TEXTS = {
    "title": ("创新政策图谱报告", "Report on the innovation policy graph"),
    "lead": (
        "{documents} 份文献、{claims} 条陈述；每条都有原文。数据截至 {as_of}。",
        "{documents} documents, {claims} claims, each with its words. As of {as_of}.",
    ),
    "unknown": ("未注明", "not stated"),
    "flows": ("资源流向", "Flows of resources"),
    "flows_note": (
        "地区 → 资源 → 受益者。宽度为举措数，一项举措在每条带中计一次；指向带可见一例陈述编号。",
        "Province → resource → beneficiary. Width: measures, each once in a band; a band names one claim.",
    ),
    "portfolio": ("政策工具组合", "Portfolio of instruments"),
    "portfolio_note": (
        "各地举措数，按政策工具；右侧为供给、环境、需求三类的份额。",
        "Measures by province and instrument; on the right the shares of supply, environment and demand.",
    ),
    "network": ("行动者网络", "Network of actors"),
    "network_note": (
        "每层连接最多的节点，连线为文献所述关系；圆的大小为度。",
        "The most connected nodes of each layer; lines are relations that the documents state; size: degree.",
    ),
    "indicators": ("指标比较", "Indicators compared"),
    "indicators_note": (
        "同一时期、同一单位下至少三个省份有数值的指标。",
        "Indicators with figures of at least three provinces for one period and unit.",
    ),
    "audit": ("矛盾与待核", "Contradictions and doubts"),
    "none": ("没有", "None"),
    "sources": ("来源", "Sources"),
    "document": ("文献", "Document"),
    "licence": ("许可", "Licence"),
    "restates": ("摘编自", "Restates"),
    "claims": ("陈述", "Claims"),
    "contents": ("目录", "Contents"),
    "other": ("其他地区", "Other places"),
    "open": ("用 kg evidence 查看陈述编号的上下文。", "kg evidence shows the passage of a claim id."),
}
WIDTH = 1080


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report draws: see `kg.analyse.summary`, `kg.analyse.layers`, `kg.analyse.audit`."""

    documents: Sequence[Document]
    claims: Mapping[str, Sequence[Claim]]
    bands: Bands
    portfolio: Mapping[tuple[str, str], tuple[int, str]]
    instruments: Mapping[str, Mapping[str, str]]
    sides: Mapping[str, str]
    network: nx.Graph
    bars: Sequence[Bars]
    slips: Sequence[Slip]


def report_page(contents: Contents, *, language: str = "zh") -> str:
    """The report as an HTML page, to be written as UTF-8. The same contents give the same bytes."""
    from jinja2 import Environment, StrictUndefined

    t = {key: labels.pick(pair, language) for key, pair in TEXTS.items()}
    sources = [d.source for d in contents.documents]
    counts = Counter(c.type for claims in contents.claims.values() for c in claims)
    lead = t["lead"].format(
        documents=len(sources), claims=sum(counts.values()), as_of=as_of(sources) or t["unknown"]
    )
    return (
        Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        .from_string((files("kg.view") / "templates" / "report.html.j2").read_text(encoding="utf-8"))
        .render(
            language=language,
            t=t,
            lead=lead,
            width=WIDTH,
            counts=[(labels.pick(TYPES[kind], language), counts[kind]) for kind in CLAIM_TYPES if counts[kind]],
            flows=_bands(contents.bands, language, t["other"]),
            portfolio=_portfolio(contents, language),
            network=_network(contents.network, language),
            bars=[_bars(bars, language) for bars in contents.bars],
            slips=[_slip(slip, contents.documents, language) for slip in contents.slips],
            sources=[
                (s.title or s.id, s.digest_of_title, s.licence or t["unknown"], len(contents.claims.get(d.id, ())))
                for d in contents.documents
                for s in (d.source,)
            ],
        )
    )


def _bands(bands: Bands, language: str, other: str) -> dict[str, Any]:
    names = (
        {"": other},
        labels.names(labels.RESOURCES, language) | {"": labels.pick(labels.TEXTS["none_resource"], language)},
        labels.names(labels.BENEFICIARIES, language)
        | {"": labels.pick(labels.TEXTS["none_beneficiary"], language)},
    )
    out_of = [_sums(bands.bands[0], 0), _sums(bands.bands[1], 0), _sums(bands.bands[1], 1)]
    into = [out_of[0], _sums(bands.bands[0], 1), out_of[2]]
    tall = [{n: max(a.get(n, 0), b.get(n, 0)) for n in c} for a, b, c in zip(out_of, into, bands.columns, strict=True)]
    scale = 460 / max(1, *(sum(column.values()) for column in tall))
    tops: list[dict[str, float]] = []
    for column, names_ in zip(tall, bands.columns, strict=True):
        at, spots = 10.0, {}
        for name in names_:
            spots[name] = at
            at += max(column[name] * scale, 2) + 14
        tops.append(spots)
    height = max(max(s[n] + tall[i][n] * scale for n in s) if s else 0 for i, s in enumerate(tops)) + 24
    xs = (150.0, WIDTH / 2 - 7, WIDTH - 210.0)
    shapes, nodes = [], []
    for i, side in enumerate(bands.bands):
        left, right = dict(tops[i]), dict(tops[i + 1])
        order = {name: n for n, name in enumerate(bands.columns[i + 1])}
        first = {name: n for n, name in enumerate(bands.columns[i])}
        for a, b, count, claim in sorted(side, key=lambda band: (first[band[0]], order[band[1]])):
            thick = count * scale
            y1, y2 = left[a] + thick / 2, right[b] + thick / 2
            left[a] += thick
            right[b] += thick
            x1, x2 = xs[i] + 14, xs[i + 1]
            middle = (x1 + x2) / 2
            resource = b if i == 0 else a
            shapes.append(
                {
                    "path": f"M{x1:.0f} {y1:.1f}C{middle:.0f} {y1:.1f} {middle:.0f} {y2:.1f} {x2:.0f} {y2:.1f}",
                    "width": f"{max(thick, 0.8):.1f}",
                    "colour": labels.RESOURCE_COLOURS.get(resource, "#9AA3B2"),
                    "tip": f"{names[i].get(a, a)} → {names[i + 1].get(b, b)}：{count} ({claim})",
                }
            )
    for i, spots in enumerate(tops):
        for name, top in spots.items():
            nodes.append(
                {
                    "x": xs[i],
                    "y": round(top, 1),
                    "height": round(max(tall[i][name] * scale, 2), 1),
                    "label": f"{names[i].get(name, name)} {tall[i][name]}",
                    "end": i == 0,
                    "colour": labels.RESOURCE_COLOURS.get(name, "#1F2A44") if i == 1 else "#1F2A44",
                }
            )
    return {"height": round(height), "shapes": shapes, "nodes": nodes}


def _sums(side: Sequence[tuple[str, str, int, str]], end: int) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for band in side:
        total[str(band[end])] += band[2]
    return dict(total)


def _portfolio(contents: Contents, language: str) -> dict[str, Any]:
    cells = contents.portfolio
    total: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for (area, code), (count, _) in cells.items():
        total[area] += count
        used[code] += count
    areas = sorted(total, key=lambda area: (-total[area], area))
    codes = sorted(used, key=lambda code: (TYPOLOGY.index(contents.sides.get(code, "supply")), code))
    most = max((count for count, _ in cells.values()), default=1)
    table = []
    for area in areas:
        row = []
        for code in codes:
            count, claim = cells.get((area, code), (0, ""))
            # from white to blue; dark cells take white figures
            share = (count / most) ** 0.5
            shade = f"rgb({255 - round(255 * share)},{255 - round(141 * share)},{255 - round(77 * share)})"
            row.append({"count": count, "claim": claim, "shade": shade, "light": share > 0.6})
        by_side: Counter[str] = Counter()
        for code in codes:
            if code in contents.sides:
                by_side[contents.sides[code]] += cells.get((area, code), (0, ""))[0]
        known = sum(by_side.values()) or 1
        table.append(
            {
                "area": area,
                "cells": row,
                "shares": [
                    (labels.pick(SIDES[s], language), SIDE_COLOURS[s], round(100 * by_side[s] / known, 1), by_side[s])
                    for s in TYPOLOGY
                ],
            }
        )
    heads = [
        (contents.instruments.get(code, {}).get(language, code), SIDE_COLOURS.get(contents.sides.get(code, ""), "#566173"))
        for code in codes
    ]
    return {
        "heads": heads,
        "rows": table,
        "legend": [(labels.pick(SIDES[s], language), SIDE_COLOURS[s]) for s in TYPOLOGY],
    }


_DRAWN = ("issuer", "policy", "programme", "platform", "university", "firm", "enterprise-category")


def _network(graph: nx.Graph, language: str, most: int = 14) -> dict[str, Any]:
    members: dict[str, list[str]] = {}
    for layer in _DRAWN:
        nodes = [n for n, data in graph.nodes(data=True) if data["layer"] == layer and data["degree"]]
        chosen = sorted(nodes, key=lambda n: (-graph.nodes[n]["degree"], graph.nodes[n]["label"], n))[:most]
        if chosen:
            members[layer] = chosen
    names = labels.names(labels.BENEFICIARIES, language)
    step = WIDTH / max(1, len(members))
    spots, dots = {}, []
    for column, (layer, nodes) in enumerate(members.items()):
        for row, node in enumerate(nodes):
            data = graph.nodes[node]
            x, y = step * column + 14, 52 + row * 36 + (18 if column % 2 else 0)
            spots[node] = (x, y)
            label = names.get(data["label"], data["label"]) if data["cls"] == "BeneficiaryCategory" else data["label"]
            dots.append(
                {
                    "x": round(x, 1),
                    "y": y,
                    "r": round(3 + min(7.0, data["degree"] ** 0.5), 1),
                    "label": _fit(label, (step - 36) / 11.5),
                    "tip": f"{label}：{labels.pick(LAYERS[layer], language)}, {data['degree']}",
                    "colour": _LAYER_COLOURS[layer],
                }
            )
    lines = []
    seen = set()
    for a, b, _ in sorted(graph.edges(data=True), key=lambda e: (e[0], e[1], e[2].get("kind", ""))):
        pair = tuple(sorted((a, b)))
        if a in spots and b in spots and pair not in seen and spots[a][0] != spots[b][0]:
            seen.add(pair)
            (x1, y1), (x2, y2) = sorted((spots[a], spots[b]))
            middle = (x1 + x2) / 2
            lines.append(f"M{x1:.0f} {y1}C{middle:.0f} {y1} {middle:.0f} {y2} {x2:.0f} {y2}")
    heads = [
        (round(step * column + 8, 1), _fit(labels.pick(LAYERS[layer], language), (step - 12) / 13)) for column, layer in enumerate(members)
    ]
    height = 90 + 36 * max((len(nodes) for nodes in members.values()), default=0)
    return {"height": height, "heads": heads, "lines": lines, "dots": dots}


def _fit(label: str, width: float) -> str:
    """The label cut to so many Chinese characters; Latin ones are about half as wide."""
    used = 0.0
    for at, char in enumerate(label):
        used += 0.56 if ord(char) < 0x2E80 else 1.0
        if used > width:
            return label[:at] + "…"
    return label


_LAYER_COLOURS = {
    "issuer": "#6B7280",
    "policy": "#0072B2",
    "programme": "#E69F00",
    "platform": "#009E73",
    "university": "#CC79A7",
    "firm": "#8A6D3B",
    "enterprise-category": "#D55E00",
}


def _bars(bars: Bars, language: str) -> dict[str, Any]:
    most = max(abs(value) for _, value, _ in bars.rows) or 1
    by, unit = (1.0, bars.unit)
    if bars.unit == "CNY":
        by, unit = {"zh": (1e8, "亿元"), "en": (1e9, "CNY bn")}[language]
    return {
        "title": f"{bars.indicator}，{bars.period}" + (f"（{unit}）" if unit else ""),
        "rows": [
            {
                "area": area,
                "value": f"{value / by:,.4f}".rstrip("0").rstrip("."),
                "share": round(100 * abs(value) / most, 1),
                "claim": claim,
            }
            for area, value, claim in bars.rows
        ],
    }


def _slip(slip: Slip, documents: Sequence[Document], language: str) -> dict[str, Any]:
    titles = {d.id: d.source.title or d.id for d in documents}
    return {
        "kind": labels.pick(KINDS[slip.kind], language),
        "said": slip.zh if language == "zh" else slip.en,
        "document": titles.get(slip.places[0].doc, ""),
        "quotes": [(unwrap(p.quote), p.claim or f"{p.doc}:{p.start}-{p.end}") for p in slip.places[:4]],
    }
