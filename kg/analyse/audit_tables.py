"""Ranks and tables: ranks that cannot be, ranks against values, what the prose says of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kg.analyse.slip import Page, Slip, at, number, places
from kg.model import Claim
from kg.text.areas import load_areas

#: provinces, with and without Hong Kong, Macao and Taiwan
_PROVINCES = 34
#: 前列 means the upper quarter of 31 at most
_FRONT = 8
_NUMBER = re.compile(r"表[ ]?(\d+)")
_ALL_IN_FRONT = re.compile(
    r"(?:均|都|全部)(?:排名|排|居|位居|位列|处于|名列)(?:全国)?(?:前列|前(\d+)[位名])[^。；\n]{0,6}?[（(][^）)]{0,8}?表[ ]?(\d+)[）)]"
)
_FIRST = re.compile(r"前(\d+|[一二两三四五六七八九十])[位名]?的?(?:省市|省份|省区市|地区|城市)")
_HAN = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def rank_slips(page: Page) -> Iterator[Slip]:
    """All slips of one document that rest on ranks."""
    ranked = [c for c in page.observations if c.values.get("rank")]
    yield from _out_of_range(ranked)
    yield from _two_ranks(ranked)
    yield from _rank_against_value(ranked)
    tables = _tables(page)
    yield from _front(page, tables)
    yield from _overall(ranked, tables)


def _out_of_range(ranked: list[Claim]) -> Iterator[Slip]:
    areas = load_areas()
    for claim in ranked:
        rank, of = int(claim.values["rank"]), claim.values.get("rank_of")
        area = areas.resolve(claim.area) if claim.area else None
        national = area and area.level == "province" and re.search("全国|各省|省份", claim.quote)
        most = int(of) if of else _PROVINCES if national else 0
        if rank < 1 or (most and rank > most):
            zh = f"排名第 {rank}，而参加排名的只有 {most} 个" if most else f"没有第 {rank} 位"
            en = f"rank {rank} among {most}" if most else f"there is no rank {rank}"
            yield Slip("rank-out-of-range", "hard", (at(claim),), zh, en)


def _key(claim: Claim) -> tuple[object, ...]:
    return claim.values.get("indicator"), claim.values.get("period")


def _two_ranks(ranked: list[Claim]) -> Iterator[Slip]:
    exact = [c for c in ranked if c.values.get("period") and c.values.get("bound", "exact") == "exact"]
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in exact:
        groups[(*_key(claim), claim.area, claim.values.get("unit"))].append(claim)
    for (indicator, period, area, _), group in groups.items():
        for a, b in combinations(group, 2):
            first, second = a.values["rank"], b.values["rank"]
            if first != second and b.start - a.end >= 20:
                yield Slip(
                    "two-ranks",
                    "hard",
                    places((a, b)),
                    f"{area} {period} {indicator}：一处第 {first}，一处第 {second}",
                    f"{area} {period} {indicator}: rank {first} in one place, {second} in another",
                )


def _rank_against_value(ranked: list[Claim]) -> Iterator[Slip]:
    """In a row of ranks with their values the order must be that of the values, up or down."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in ranked:
        if claim.values.get("value") is not None and claim.values.get("period"):
            groups[(*_key(claim), claim.values.get("unit"))].append(claim)
    for (indicator, *_), group in groups.items():
        if len(group) < 4:
            continue
        against = [
            (a, b)
            for a, b in combinations(sorted(group, key=lambda c: (c.values["rank"], c.start)), 2)
            if a.values["rank"] < b.values["rank"] and a.values["value"] < b.values["value"]
        ]
        with_ = len(group) * (len(group) - 1) // 2 - len(against)
        if not against or with_ < 3 * len(against):
            continue  # in order, or low is good
        for a, b in against:
            pair = [(c.area, c.values["rank"], number(c.values["value"])) for c in (a, b)]
            zh = "；".join(f"{area}第 {rank}，值 {value}" for area, rank, value in pair)
            en = "; ".join(f"{area} rank {rank}, value {value}" for area, rank, value in pair)
            yield Slip("rank-against-value", "hard", places((a, b)), f"{indicator}：{zh}", f"{indicator}: {en}")


Tables = dict[str, list[Claim]]


def _tables(page: Page) -> Tables:
    """Claims of tables by the number that stands over them."""
    cells = [c for c in page.observations if c.rule.startswith("observation-table")]
    found: Tables = {}
    block: list[Claim] = []
    for claim in cells:
        if block and claim.start - block[-1].end > 400:
            _keep(page, block, found)
            block = []
        block.append(claim)
    _keep(page, block, found)
    return found


def _keep(page: Page, block: list[Claim], found: Tables) -> None:
    if block:
        above = page.document.text[max(0, block[0].start - 300) : block[0].start]
        numbers = _NUMBER.findall(above)
        if numbers:
            found.setdefault(numbers[-1], block)


def _front(page: Page, tables: Tables) -> Iterator[Slip]:
    """“All rank near the top (table 1)” against the ranks of table 1."""
    text = page.shadow.text
    for m in _ALL_IN_FRONT.finditer(text):
        cells = [c for c in tables.get(m.group(2), ()) if c.values.get("rank")]
        if not cells:
            continue
        limit = int(m.group(1) or _FRONT)
        whom = list(_FIRST.finditer(text, max(0, m.start() - 40), m.start()))
        by_area: dict[str, list[int]] = defaultdict(list)
        for c in cells:
            by_area[str(c.area)].append(int(c.values["rank"]))
        best = sorted(by_area, key=lambda a: (sum(by_area[a]) / len(by_area[a]), a))
        if whom:
            count = whom[-1].group(1)
            best = best[: int(count) if count.isdigit() else _HAN[count]]
        beyond = [c for c in cells if c.area in best and c.values["rank"] > limit]
        if beyond:
            start = text.rfind("，", 0, whom[-1].start() if whom else m.start()) + 1
            shown = [(c.area, c.values["indicator"], c.values["rank"]) for c in beyond]
            zh = "、".join(f"{area}的{name}第 {rank}" for area, name, rank in shown)
            en = ", ".join(f"{area} {rank} on {name}" for area, name, rank in shown)
            yield Slip(
                "table-against-prose",
                "hard",
                (page.place(start, m.end()), *places(beyond)),
                f"正文称均在前列，表 {m.group(2)} 中{zh}",
                f"the prose says that all rank near the top; table {m.group(2)}: {en}",
            )


def _overall(ranked: list[Claim], tables: Tables) -> Iterator[Slip]:
    """A place before another overall, behind it on the mean of the parts that a table gives."""
    cells = {c.id for block in tables.values() for c in block}
    prose = [c for c in ranked if c.id not in cells and c.values.get("bound", "exact") == "exact"]
    for number_, block in sorted(tables.items()):
        values: dict[str, dict[str, Claim]] = defaultdict(dict)
        for c in block:
            if c.values.get("value") is not None and c.values.get("rank"):
                values[str(c.area)][str(c.values["indicator"])] = c
        periods = {c.values.get("period") for c in block}
        for a, b in combinations(prose, 2):
            if a.values["rank"] > b.values["rank"]:
                a, b = b, a
            if _key(a) != _key(b) or a.values.get("period") not in periods or a.values["rank"] == b.values["rank"]:
                continue
            first, second = values.get(str(a.area), {}), values.get(str(b.area), {})
            shared = sorted(first.keys() & second.keys())
            if len(shared) < 4 or str(a.values["indicator"]) in shared:
                continue
            mean = [sum(v[name].values["value"] for name in shared) / len(shared) for v in (first, second)]
            if mean[1] <= mean[0] * 1.02:
                continue
            behind = [n for n in shared if second[n].values["value"] > first[n].values["value"]]
            yield Slip(
                "table-against-prose",
                "check",
                (*places((a, b)), *places([v[n] for n in behind for v in (first, second)])),
                f"正文称{a.area}第 {a.values['rank']}、{b.area}第 {b.values['rank']}；表 {number_} 中 {len(shared)} 项的"
                f"平均值{a.area}为 {mean[0]:.2f}，{b.area}为 {mean[1]:.2f}，{b.area}在{'、'.join(behind)}上更高",
                f"the prose ranks {a.area} {a.values['rank']} and {b.area} {b.values['rank']}; the mean of "
                f"{len(shared)} rows of table {number_} is {mean[0]:.2f} for {a.area} and {mean[1]:.2f} for {b.area}, "
                f"which is higher on {'、'.join(behind)}",
            )
