"""Indicators as a page: one small bar chart each, as SVG in one HTML file that fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kg.analyse.indicators import Group
from kg.model import plain_number

_LINE, _LEFT, _BAR, _RIGHT = 24, 110, 420, 150
_OWN, _OTHER, _AVERAGE = "#D55E00", "#0072B2", "#1F2A44"
_STYLE = (
    "body{font:15px/1.5 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:2rem auto;"
    "max-width:76rem;padding:0 1rem;color:#1F2A44;background:#fff}"
    "h1{font-size:1.4rem}main{display:grid;grid-template-columns:repeat(auto-fill,minmax(34rem,1fr));gap:1.5rem 2rem}"
    "figure{margin:0}figcaption{font-weight:600}figcaption span{font-weight:400;color:#5b6472}"
    "svg{width:100%;height:auto}svg text{font-size:13px;fill:#1F2A44;paint-order:stroke;stroke:#fff;stroke-width:3px}a{color:inherit}"
    "details{font-size:.86rem;color:#444}li{margin:.2rem 0}code{font-size:.8rem}"
)
_TEXTS = {
    "zh": {
        "average": "竖线：库内均值",
        "rank": "第{n}位",
        "quotes": "原文依据",
        "note": "同一指标、单位与时期方可并列；只有文献写到的地区，均值不是全国均值。括号内为文献所载位次。",
        "none": "没有可以并列的指标。",
    },
    "en": {
        "average": "vertical line: average here",
        "rank": "rank {n}",
        "quotes": "Quotes",
        "note": "Side by side where indicator, unit and period are the same; only places the documents tell of, so "
        "the average is not the country's. In brackets the rank that a document states.",
        "none": "No indicators can stand side by side.",
    },
}


def indicators_page(groups: Sequence[Group], *, title: str, area: str = "", language: str = "zh") -> str:
    """One chart a group, the bar of `area` in another colour. The same groups give the same bytes."""
    t = _TEXTS[language]
    charts = "\n".join(_figure(group, area, t) for group in groups) or f"<p>{t['none']}</p>"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"<p>{t['note']}</p>\n<main>\n{charts}\n</main>\n</body>\n</html>\n"
    )


def _figure(group: Group, area: str, t: dict[str, str]) -> str:
    detail = "，".join(part for part in (group.period, group.unit, t["average"]) if part)
    quotes = "".join(
        f"<li>{escape(f.area)}：“{escape(' '.join(f.quote.split()))}” "
        f"<code>{escape(f.claim)}</code>，{escape(f.document)}</li>"
        for f in group.figures
    )
    return (
        f"<figure>\n<figcaption>{escape(group.indicator)} <span>{escape(detail)}</span></figcaption>\n"
        f"{bars(group, area, t['rank'])}\n"
        f"<details><summary>{t['quotes']}</summary><ul>{quotes}</ul></details>\n</figure>"
    )


def bars(group: Group, area: str = "", rank: str = "{n}") -> str:
    """The chart of one group: bars from zero, or from the least value where one is below zero."""
    values = [f.value or 0.0 for f in group.figures]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0

    def x(value: float) -> float:
        return round(_LEFT + _BAR * (value - low) / span, 1)

    height = _LINE * len(values) + 6
    width = _LEFT + _BAR + _RIGHT
    rects, texts = [], []
    for n, (figure, value) in enumerate(zip(group.figures, values, strict=True)):
        y = n * _LINE + 4
        left, right = sorted((x(0.0), x(value)))
        told = _number(value) + (f"（{rank.format(n=figure.rank)}）" if figure.rank else "")
        rects.append(
            f'<rect x="{left}" y="{y}" width="{max(round(right - left, 1), 1)}" height="{_LINE - 7}" '
            f'fill="{_OWN if figure.area == area else _OTHER}"/>'
        )
        texts += [
            f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(figure.area)}</text>',
            f'<text x="{right + 6}" y="{y + 13}">{escape(told)}</text>',
        ]
    mean = x(group.average)
    line = f'<line x1="{mean}" y1="0" x2="{mean}" y2="{height}" stroke="{_AVERAGE}" stroke-dasharray="4 3"/>'
    name = escape(group.indicator, quote=True)
    head = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{name}">'
    return "\n".join([head, *rects, line, *texts, "</svg>"])


def _number(value: float) -> str:
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{plain_number(value / size)}{word}"
    return str(plain_number(value))
