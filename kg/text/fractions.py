"""Shares of a whole: 1/8, 三分之一, 百分之二十, 4:3:2:1."""

from __future__ import annotations

import re

from kg.text.bounds import bound_after, bound_before, bound_far_before
from kg.text.numberforms import D, Quantity
from kg.text.numerals import parse_chinese, parse_number

SLASH = re.compile(rf"/([{D}]{{1,3}})(?![{D}/.%])")

SHARE = re.compile(
    rf"分之(?P<above>[{D}]+(?:\.[{D}]+)?|[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)"
)

RATIO = re.compile(rf"(?:[:：∶][{D}]{{1,3}})+(?![{D}])")


def slash_fraction(text: str, at: int, number_end: int, stop: int, low: int, end: int) -> list[Quantity]:
    above, below = (
        int(text[at:number_end]) if text[at:number_end].isdecimal() else 0,
        int(text[number_end + 1 : stop]),
    )
    if not 0 < above < below:
        return []
    return [fraction(text, at, stop, round(100 * above / below, 2), low, end)]


def share_of(text: str, at: int, number_end: int, share: re.Match[str], low: int, end: int) -> list[Quantity]:
    """百分之二十 → 20 %, 三分之一 → 33.33 %, 千分之五 → 5 ‰."""
    below, above = text[at:number_end], parse_number(share["above"])
    if above is None:
        return []
    if below in ("百", "千", "万"):
        unit = {"百": "%", "千": "‰", "万": "‱"}[below]
        return [
            fraction(text, at, share.end(), float(above), low, end, unit, "percent", share.start("above"))
        ]
    whole = parse_chinese(below)
    if not whole:
        return []
    return [fraction(text, at, share.end(), round(100 * float(above) / whole, 2), low, end)]


def ratio_shares(text: str, at: int, number_end: int, stop: int) -> list[Quantity]:
    """4:3:2:1 → 40, 30, 20, 10 %; 2.21∶1 → 2.21; a clock time → nothing."""
    first, *rest = re.split("[:：∶]", text[at:stop])
    value = parse_number(first)
    if value is not None and "." in first:
        return (
            [Quantity(at, stop, at, number_end, float(value), "", "exact", "other")] if rest == ["1"] else []
        )
    clock = len(rest) < 3 and all(len(part) == 2 for part in rest)
    if not (text.startswith(("比例", "的比例"), stop) or (len(rest) > 1 and not clock)):
        return []
    parts = list(re.finditer(rf"[{D}]+", text[at:stop]))
    total = sum(int(p[0]) for p in parts) or 1
    return [
        Quantity(
            at + p.start(),
            at + p.end(),
            at + p.start(),
            at + p.end(),
            round(100 * int(p[0]) / total, 2),
            "%",
            "exact",
            "fraction",
        )
        for p in parts
    ]


def fraction(
    text: str,
    at: int,
    stop: int,
    value: float,
    low: int,
    end: int,
    unit: str = "%",
    kind: str = "fraction",
    number_start: int | None = None,
) -> Quantity:
    before, start, _ = bound_before(text, at, low)
    after, after_end = bound_after(text, stop, end, time=kind == "duration")
    bound = (before if before in ("max", "min") else "") or (after if after in ("max", "min") else "")
    bound = bound or bound_far_before(text, at, low) or before or after or "exact"
    return Quantity(
        start, after_end, at if number_start is None else number_start, stop, value, unit, bound, kind
    )
