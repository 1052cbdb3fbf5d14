"""Figures against figures: two values for one thing, growth against levels, parts against wholes, shares."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from kg.analyse.slip import Page, Slip, at, figure, number, places, plain_name, span_of, step
from kg.model import Claim

#: two figures further apart than this are two things of one name (a year and five years), not one
_ALIKE = 1.25
#: figures this near to each other in the text are told apart by the sentence itself
_NEAR = 60
_YEARLY = re.compile(r"逐年|年均|每年|年平均")
_SHARE = re.compile(r"占比|比重|占[^ ]{1,30}的?$|覆盖率|普及率|合格率|达标率|入学率|参保率|就业率|完成率")
_REAL = re.compile(r"生产总值|增加值|GDP|收入$")
#: growth of these may pass 100 %, and a plan may be overfulfilled
_MAY_PASS = re.compile(r"增长|增速|增幅|完成率|毛入学率|覆盖率")
_STRUCTURE = re.compile(
    r"(?:产业结构|产业比|产业比例|三次产业)[^。；\n]{0,16}?(\d+(?:\.\d+)?)[:：∶](\d+(?:\.\d+)?)[:：∶](\d+(?:\.\d+)?)"
)
_COUNTS = frozenset(("家", "个", "人", "件", "项", "所", "名", "CNY", "户"))
#: whole → what is a part of it although its name does not end in the whole's
_PARTS = {
    "中小微企业": ("中小企业", "小微企业", "小型微型企业"),
    "市场主体": ("企业", "个体工商户"),
    "经营主体": ("企业", "个体工商户"),
    "科技型企业": ("科技型中小企业", "高新技术企业"),
    "专精特新中小企业": ("专精特新“小巨人”企业", "专精特新小巨人企业"),
}
#: what goes on before a name makes it more than the name, not a part of it
_MORE = re.compile(r"累计|合计|总|全部|带动|引导|关联|相关|新型|非|除|超|人均|户均|年均")
#: words by which a sentence counts fewer than all of a kind
_FEWER = re.compile(r"新(?:开工|增|建|认定|签|培育|设)|等[\s\d]")
def figure_slips(page: Page) -> Iterator[Slip]:
    """All slips of one document that rest on its figures."""
    told = [c for c in page.observations if c.values.get("value") is not None]
    levels = [c for c in told if not c.values.get("change") and not c.values.get("compared_to")]
    yield from _two_values(levels)
    yield from _multiples(told)
    yield from _growth(told, levels)
    yield from _differences(told, levels)
    yield from _parts(levels)
    yield from _within(page, levels)
    yield from _shares(page, told)


def _key(claim: Claim) -> tuple[object, ...]:
    v = claim.values
    return plain_name(v.get("indicator")), claim.area, v.get("period"), v.get("unit")


def _span(claim: Claim) -> tuple[float, float]:
    v = claim.values
    return span_of(v["value"], str(v.get("bound") or "exact"), v.get("upper"))


def _two_values(levels: list[Claim]) -> Iterator[Slip]:
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in levels:
        if claim.values.get("period") and claim.values.get("unit"):
            groups[(*_key(claim), claim.assertion)].append(claim)
    for group in groups.values():
        for a, b in combinations(group, 2):
            low, high = sorted((a.values["value"], b.values["value"]))
            if low == high or low <= 0 or high / low > _ALIKE or b.start - a.end < _NEAR:
                continue
            first, second = _span(a), _span(b)
            bounds = {a.values.get("bound"), b.values.get("bound")}
            apart = first[1] <= second[0] or second[1] <= first[0]
            # “over 500” and 512 agree
            if bounds == {"min", "exact"}:
                floor = a if a.values.get("bound") == "min" else b
                apart = apart and floor.values["value"] == high
            if apart:
                v = a.values
                yield Slip(
                    "two-values",
                    "hard",
                    places((a, b)),
                    f"{a.area} {v['period']} {v['indicator']}：一处为 {figure(a)}，另一处为 {figure(b)}，"
                    f"相差 {number(high - low)}，超出四舍五入",
                    f"{a.area} {v['period']} {v['indicator']}: {figure(a)} in one place, {figure(b)} in another; "
                    f"{number(high - low)} apart, more than rounding",
                )


def slips_between(pages: Sequence[Page]) -> Iterator[Slip]:
    """Two documents that give one indicator of one place and period exactly, and differently."""
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for page in pages:
        for claim in page.observations:
            v = claim.values
            exact = v.get("value") is not None and v.get("bound") == "exact"
            level = exact and not v.get("change") and not v.get("compared_to")
            if level and v.get("period") and v.get("unit") and claim.assertion == "reported" and claim.area:
                groups[_key(claim)].append(claim)
    for group in groups.values():
        # one that gives several values itself gives them for several things
        told: dict[str, list[Claim]] = defaultdict(list)
        for claim in group:
            told[claim.doc].append(claim)
        single = [found[0] for found in told.values() if len({c.values["value"] for c in found}) == 1]
        for a, b in combinations(single, 2):
            low, high = sorted((a.values["value"], b.values["value"]))
            first, second = _span(a), _span(b)
            if low <= 0 or high / low > _ALIKE or not (first[1] < second[0] or second[1] < first[0]):
                continue
            v = a.values
            yield Slip(
                "two-values",
                "check",
                (at(a), at(b)),
                f"{a.area} {v['period']} {v['indicator']}：一份文献为 {figure(a)}，另一份为 {figure(b)}",
                f"{a.area} {v['period']} {v['indicator']}: {figure(a)} in one document, {figure(b)} in another",
            )


def _years(period: object) -> int | None:
    text = str(period or "")
    return int(text[:4]) if re.match(r"\d{4}", text) and "/" not in text else None


def _multiples(told: list[Claim]) -> Iterator[Slip]:
    """a % a year over n years against “k times that of the first year”."""
    for times in told:
        v = times.values
        base, last = _years(v.get("compared_to")), _years(v.get("period"))
        if v.get("unit") != "倍" or not base or not last or last <= base:
            continue
        for rate in told:
            r = rate.values
            same = (r.get("indicator"), rate.area) == (v.get("indicator"), times.area)
            if not same or r.get("unit") != "%" or not r.get("change") or not _YEARLY.search(rate.quote):
                continue
            low, high = ((1 + x / 100) ** (last - base) for x in _span(rate))
            middle = (1 + r["value"] / 100) ** (last - base)
            k = v["value"] + (1 if v.get("change") else 0)
            if not low * 0.95 <= k <= high * 1.05:
                need = (k ** (1 / (last - base)) - 1) * 100
                yield Slip(
                    "growth",
                    "hard",
                    places((rate, times)),
                    f"每年增长 {number(r['value'])}%，{base} 至 {last} 年应为 {middle:.2f} 倍，文中为 {number(k)} 倍；"
                    f"{number(k)} 倍需每年增长约 {need:.0f}%",
                    f"{number(r['value'])}% a year from {base} to {last} makes {middle:.2f} times, the text says "
                    f"{number(k)} times; {number(k)} times needs about {need:.0f}% a year",
                )


def _growth(told: list[Claim], levels: list[Claim]) -> Iterator[Slip]:
    """Two levels a year apart against the growth that is stated. Sums in constant prices are left alone."""
    by_year: dict[tuple[object, ...], Claim] = {}
    for claim in levels:
        if claim.values.get("bound") == "exact" and claim.assertion == "reported":
            by_year.setdefault(_key(claim), claim)
    for rate in told:
        v = rate.values
        year = _years(v.get("period"))
        if not v.get("change") or v.get("unit") != "%" or v.get("bound") != "exact" or not year:
            continue
        if _REAL.search(str(v.get("indicator"))) or rate.assertion != "reported" or len(str(v["period"])) > 4:
            continue
        if v.get("compared_to") and not re.search(r"上年|同期|上一年|去年", str(v["compared_to"])):
            continue
        for key, now in by_year.items():
            indicator, area, period, unit = key
            if (indicator, area, period) != (_key(rate)[0], rate.area, str(year)) or unit in ("%", "位"):
                continue
            before = by_year.get((indicator, area, str(year - 1), unit))
            if before is None or before.values["value"] <= 0:
                continue
            (a, b), (c, d) = _span(now), _span(before)
            low, high = (a / d - 1) * 100, (b / c - 1) * 100
            if low - step(v["value"]) <= v["value"] <= high + step(v["value"]):
                continue
            real = (now.values["value"] / before.values["value"] - 1) * 100
            yield Slip(
                "growth",
                "hard",
                places((before, now, rate)),
                f"{year - 1} 年 {figure(before)}，{year} 年 {figure(now)}，增长 {real:.2f}%，文中为 {number(v['value'])}%",
                f"{figure(before)} in {year - 1} and {figure(now)} in {year} make {real:.2f}%, "
                f"the text says {number(v['value'])}%",
            )


def _differences(told: list[Claim], levels: list[Claim]) -> Iterator[Slip]:
    """A stated difference in percentage points, or multiple, between two places against their two values."""
    for gap in told:
        v = gap.values
        other = v.get("compared_to")
        if not other or v.get("unit") not in ("百分点", "倍") or v.get("bound") != "exact":
            continue
        same = [
            c
            for c in levels
            if c.values.get("indicator") == v.get("indicator")
            and c.values.get("period") == v.get("period")
            and c.values.get("bound") == "exact"
            and (c.values.get("unit") == "%") == (v["unit"] == "百分点")
        ]
        mine = next((c for c in same if c.area == gap.area), None)
        theirs = next((c for c in same if c.area == other), None)
        if mine is None or theirs is None or mine.values.get("unit") != theirs.values.get("unit"):
            continue
        a, b = mine.values["value"], theirs.values["value"]
        points = v["unit"] == "百分点"
        if not points and not b:
            continue
        real = a - b if points else a / b
        room = step(a) / 2 + step(b) / 2 + step(v["value"]) / 2 if points else abs(real) * 0.02 + step(v["value"])
        if abs(abs(real) - abs(v["value"])) > room + 1e-9:
            sign = "−" if points else "÷"
            zh, en = (
                f"{gap.area} {figure(mine)} {sign} {other} {figure(theirs)} = {number(real)}，"
                f"文中为 {number(v['value'])} {v['unit']}",
                f"{gap.area} {figure(mine)} {sign} {other} {figure(theirs)} = {number(real)}, "
                f"the text says {number(v['value'])} {v['unit']}",
            )
            yield Slip("difference", "hard", places((mine, theirs, gap)), zh, en)


def _is_part(part: str, whole: str) -> bool:
    """科技型中小企业 is a part of 中小微企业 and of 中小企业: the head of a Chinese name stands last."""
    heads = (whole, *_PARTS.get(whole, ()))
    for head in heads:
        before = part.removesuffix(head)
        if len(head) >= 3 and part.endswith(head) and not _MORE.search(before) and (before or head != whole):
            return True
    return False


def _parts(levels: list[Claim]) -> Iterator[Slip]:
    groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in levels:
        v = claim.values
        if v.get("unit") in _COUNTS and v.get("period") and v.get("indicator"):
            groups[(claim.area, v["period"], v["unit"], claim.assertion)].append(claim)
    for group in groups.values():
        for part in group:
            for whole in group:
                if not _is_part(plain_name(part.values["indicator"]), plain_name(whole.values["indicator"])):
                    continue
                if _FEWER.search(whole.quote):
                    continue
                if whole.values.get("bound") == "min" or _span(part)[0] <= _span(whole)[1]:
                    continue
                yield Slip(
                    "part-over-whole",
                    "hard",
                    places((part, whole)),
                    f"{part.values['indicator']}是{whole.values['indicator']}的一部分，{part.area} "
                    f"{part.values['period']} 部分为 {figure(part)}，整体为 {figure(whole)}",
                    f"{part.values['indicator']} are a part of {whole.values['indicator']}; {part.area} "
                    f"{part.values['period']}: the part is {figure(part)}, the whole {figure(whole)}",
                )


def _within(page: Page, levels: list[Claim]) -> Iterator[Slip]:
    """“N …, of which n …” in one sentence with n above N."""
    text = page.document.text
    for whole, part in pairwise(levels):
        between = text[whole.end : part.start]
        if len(between) > 40 or not re.match(r"\s*[，,（(；;]?\s*其\s*中", between) or "。" in between:
            continue
        if whole.values.get("unit") != part.values.get("unit") or whole.values.get("bound") == "min":
            continue
        if whole.values.get("unit") in _COUNTS and _span(part)[0] > _span(whole)[1]:
            yield Slip(
                "part-over-whole",
                "hard",
                places((whole, part)),
                f"“其中”之后为 {figure(part)}，大于其前的 {figure(whole)}",
                f"what follows “of which” is {figure(part)}, more than the {figure(whole)} before it",
            )


def _shares(page: Page, told: list[Claim]) -> Iterator[Slip]:
    for claim in told:
        v = claim.values
        name = str(v.get("indicator") or "")
        if v.get("unit") != "%" or v["value"] <= 100 or v.get("change") or v.get("compared_to"):
            continue
        if _SHARE.search(name) and not _MAY_PASS.search(name):
            zh = f"{name}为 {figure(claim)}，份额不能大于 100%"
            yield Slip("share", "hard", (at(claim),), zh, f"{name}: {figure(claim)}; no share is over 100%")
    for m in _STRUCTURE.finditer(page.shadow.text):
        parts = [float(x) for x in m.groups()]
        total = sum(parts)
        # each part is rounded by itself
        if abs(total - 100) > 0.5 * sum(map(step, parts)) + 0.051 and 50 < total < 200:
            shown = " + ".join(map(number, parts))
            zh = f"{shown} = {number(total)}，三次产业之和应为 100"
            place = page.place(m.start(), m.end())
            yield Slip("share", "hard", (place,), zh, f"{shown} = {number(total)}; the three sectors make 100")
