"""Finding the numbers of a text with their units, bounds and ranges: 给予最高不超过50万元, 5%—20%, 600余家.

The input is the folded text of a document (`kg.text.shadow.Shadow.text`); either width of digits and signs is
read. Values are in plain units: 1.5亿元 is 150000000 CNY.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kg.text.bounds import bound_after, bound_before, bound_far_before
from kg.text.fractions import RATIO, SHARE, SLASH, fraction, ratio_shares, share_of, slash_fraction
from kg.text.numberforms import (
    IDENTIFIER,
    SCAN,
    TAIL,
    D,
    Number,
    Quantity,
    is_year,
    next_number,
    number_at,
    part_of_identifier,
    unit_fits,
)
from kg.text.numerals import DIGITS, scale_of
from kg.text.ranks import rank, top_rank, word_quantity
from kg.text.units import UNITS, Unit

__all__ = ["Quantity", "find_quantities", "parallel_runs", "spread_bound"]

_RANGE = re.compile(
    r"[ 　]?(?:及?以上)?(?:[（(]不?含[）)])?[ 　]?"
    r"(?:(?P<dash>[-–—－~～〜―−‐]{1,2})|(?P<word>至|到)|(?<=以上)[、，,]?|(?<=含[）)])[、，,]?)[ 　]?"
)

_AND = re.compile(r"[ 　]?(?:、|和|以及|及|与|或)[ 　]?")

_MONTH = re.compile(r"(?:19|20)\d\d\.\d{1,2}")  # 2011.11

_YEAR_REST = re.compile(rf"[ 　]?[{D}]{{1,2}}[ 　]?月(?:[ 　]?[{D}]{{1,2}}[ 　]?[日号])?")

_MONTH_DAY = re.compile(rf"[ 　]?月(?:份|[ 　]?[{D}]{{1,2}}[ 　]?[日号])?")

_PAID = re.compile(
    r"(?:给予|奖励?|补助|补贴|资助|资金|奖补|投资|投入|金额|人民币|营收|产值|收入|税收|资本|贷款|价值)[^0-9，。；、]{0,5}$"
)

_PAYMENT = re.compile(r"[ 　]?的?(?:一次性)?(?:奖励|奖补|奖金|补助|补贴|资助|资金|贷款|人民币)")

_PAIR = re.compile("([一二两三四五六七八九])([二三四五六七八九])([十百千万]*)")

_MAX_LIST = 12
_LONGEST_NUMBER = 30

_HANZI = re.compile("[\u4e00-\u9fff]")


def find_quantities(
    text: str, start: int = 0, end: int | None = None, *, bare: bool = False
) -> list[Quantity]:
    """All quantities in text[start:end], in order and without overlap.

    Skipped: what stands in 《》, ordinals (第5条), document numbers, list numbering, identifiers,
    times of day, months and days of dates, names in quotation marks (“三个代表”) and 一个, 一种
    that count nothing. Decimals without unit (scores) and numbers in 万 (16万儿童) are found;
    other whole numbers only with `bare`.
    """
    end = len(text) if end is None else min(end, len(text))
    found: list[Quantity] = []
    pos = start
    while m := SCAN.search(text, pos, end):
        low = max(start, found[-1].end) if found else start
        if m["title"] is not None:
            pos = m.end()
            continue
        if m["half"] or m["place"] or m["over"] is not None:
            quantities, pos = word_quantity(text, m, low, end), m.end()
        else:
            quantities, pos = _read(text, m, low, end, bare)
        found.extend(quantities)
        pos = max(pos, m.end(), found[-1].end if found else 0)
    return found


def spread_bound(quantities: Sequence[Quantity]) -> list[Quantity]:
    """One parallel list with its bound shared out: 200万元、400万元、800万元以上 → all min.

    A 以上 after the last item covers all exact items before it, a 最高 or 不低于 before the first one all
    exact items after it. Items of another unit keep their own bound.
    """
    items = list(quantities)
    if len(items) < 2:
        return items
    last, first = items[-1], items[0]
    if last.bound in ("min", "max") and last.number_start == last.start:
        items = [replace(q, bound=last.bound) if _takes(q, last) else q for q in items]
    if first.bound in ("min", "max") and first.bound != items[-1].bound:
        items = [replace(q, bound=first.bound) if _takes(q, first) else q for q in items]
    return items


def parallel_runs(text: str, quantities: Sequence[Quantity]) -> list[list[Quantity]]:
    """The quantities grouped into parallel lists: neighbours of one unit joined by 、 和 与 及 或 only."""
    runs: list[list[Quantity]] = []
    for q in quantities:
        if runs:
            before = runs[-1][-1]
            joined = _AND.fullmatch(text, before.end, q.start)
            if joined and (before.unit, before.kind) == (q.unit, q.kind):
                runs[-1].append(q)
                continue
        runs.append([q])
    return runs


def _takes(q: Quantity, giver: Quantity) -> bool:
    return q.bound == "exact" and (q.unit, q.kind) == (giver.unit, giver.kind)


def _read(text: str, m: re.Match[str], low: int, end: int, bare: bool) -> tuple[list[Quantity], int]:
    """The quantities that begin with the number at `m`, and where to go on."""
    at = m.start()
    before = text[at - 1] if at > 0 else ""
    if m["arabic"] is not None:
        after = IDENTIFIER.match(text, at, end)
        if part_of_identifier(text, at, before) or len(m[0]) > _LONGEST_NUMBER:
            return [], after.end() if after else m.end()
        if ratio := RATIO.match(text, m.end(), end):
            return ratio_shares(text, at, m.end(), ratio.end()), ratio.end()
        slash = SLASH.match(text, m.end(), end)
        if slash and "." not in m[0]:
            return slash_fraction(text, at, m.end(), slash.end(), low, end), slash.end()
    elif before in ("数", "几") or (
        (share := SHARE.match(text, m.end(), end)) is None and before in '“「"' and before
    ):
        return [], m.end()
    elif share:
        return share_of(text, at, m.end(), share, low, end), share.end()
    if m["chinese"] == "" and m[0] == "一" and text.startswith("半", m.end()):
        return [fraction(text, at, m.end() + 1, 50.0, low, end)], m.end() + 1
    number = number_at(text, m, end)
    if number is None:
        return _two_digits(text, m, end), m.end()
    if text[max(0, at - 2) : at].rstrip(" ").endswith("第"):
        return rank(text, number, at - 1, low, end), number.end
    if before == "前" and (top := top_rank(text, number, low, end)):
        return top, number.end
    return _settle(text, number, low, end, bare)


def _settle(text: str, number: Number, low: int, end: int, bare: bool) -> tuple[list[Quantity], int]:
    """Range, list or single: what the number turns out to be."""
    if upper := _upper(text, number, low, end):
        return _range(text, number, upper, low, end), upper.end
    if number.unit is None and not number.chinese:
        items = _list(text, number, low, end)
        if items:
            return [q for item in items if (q := _quantity(text, item, low, end))], items[-1].end
        if month := _MONTH_DAY.match(text, number.number_end, end):
            return [], month.end()
        number = _colloquial_money(text, number, low)
    if number.unit is None:
        return _bare(text, number, low, end, bare), number.number_end
    q = _quantity(text, number, low, end)
    if q is None:
        return [], number.number_end
    rest = _YEAR_REST.match(text, number.end, end) if q.kind == "year" else None
    return [q], rest.end() if rest else q.end


def _quantity(text: str, n: Number, low: int, end: int) -> Quantity | None:
    """One number with a unit as a quantity, None where the unit is none after all."""
    if n.unit is None or not unit_fits(text, n, end):
        return None
    kind = n.unit.kind
    if n.word == "年" and is_year(n):
        return Quantity(n.start, n.end, n.start, n.number_end, float(n.value), "年", "exact", "year")
    value, start = n.value, n.start
    if kind in ("percent", "points") and text[start - 1 : start] in ("-", "−", "－") and start - 1 >= low:
        value, start = -value, start - 1
    before, bound_start, word = bound_before(text, start, low)
    if before and (
        (word in ("近", "过") and kind == "duration") or (word == "过" and kind == "count" and value < 10**4)
    ):
        before, bound_start = "", start
    after, after_end = bound_after(text, n.end, end, time=kind == "duration")
    bound = before if before in ("max", "min") else ""
    bound = bound or (after if after in ("max", "min") else "") or bound_far_before(text, start, low)
    if not bound:
        bound = "about" if n.about or "about" in (before, after) else "exact"
    return Quantity(
        bound_start, after_end, n.start, n.number_end, float(value), n.unit.name, bound, kind, per=n.per
    )


def _upper(text: str, n: Number, low: int, end: int) -> Number | None:
    """The upper end where the number begins a range: 5%—20%, 3-5年, 50万-100万（不含）美元."""
    sep = _RANGE.match(text, n.end if n.unit or n.scale > 1 else n.number_end, end)
    if not sep or n.per:
        return None
    if sep["word"] and text[max(low, n.start - 3) : n.start].rstrip(" ").endswith(("从", "由", "自")):
        return None
    upper = next_number(text, sep.end(), end)
    if upper is None or bool(upper.chinese) != bool(n.chinese):
        return None
    if not sep["dash"] and not sep["word"] and not text.startswith("以下", upper.end):
        return None
    if upper.unit is None:
        written = text[n.start : upper.number_end]
        scores = sep["dash"] and n.unit is None and written.count(".") == 2 and not _MONTH.match(written)
        return upper if scores else None
    if (n.unit is not None and n.unit.name != upper.unit.name) or not unit_fits(text, upper, end):
        return None
    return upper if _lower_value(n, upper) < upper.value else None


def _lower_value(n: Number, upper: Number) -> Decimal:
    """In a range or list the number without unit takes the scale of the one with it: 5—10万元."""
    if n.unit is None and upper.unit is not None:
        factor = Decimal(upper.unit.factor) * (upper.scale if n.scale == 1 else n.scale)
        if n.digits * factor <= upper.value or n.scale > 1:
            return n.digits * factor
    return n.value


def _two_digits(text: str, m: re.Match[str], end: int) -> list[Quantity]:
    """六七年, 三五家, 三四十个: two neighbouring digits are a range."""
    pair = _PAIR.fullmatch(m[0])
    if not pair or DIGITS[pair[1]] >= DIGITS[pair[2]] or m[0] == "二三":
        return []
    tail = TAIL.match(text, m.end(), end)
    unit = UNITS.get(tail["unit"] or "") if tail else None
    if tail is None or unit is None or not unit.chinese or (tail["scale"] and "万" not in tail["scale"]):
        return []
    if text[m.start() - 1 : m.start()] in ("第", "“") and m.start():
        return []
    factor = scale_of(pair[3] + tail["scale"]) * unit.factor
    low, high = DIGITS[pair[1]] * factor, DIGITS[pair[2]] * factor
    return [
        Quantity(m.start(), tail.end(), m.start(), m.end(), low, unit.name, "range", unit.kind, upper=high)
    ]


def _range(text: str, n: Number, upper: Number, low: int, end: int) -> list[Quantity]:
    lower = _lower_value(n, upper)
    if lower >= upper.value:
        return []
    unit = upper.unit or Unit("", "other")
    kind = "year" if upper.word == "年" and is_year(upper) and 1900 <= lower < 2100 else unit.kind
    _, start, _ = bound_before(text, n.start, low)
    _, after = bound_after(text, upper.end, end, time=kind == "duration")
    return [
        Quantity(
            start if kind != "year" else n.start,
            after,
            n.start,
            upper.number_end,
            float(lower),
            unit.name,
            "range",
            kind,
            upper=float(upper.value),
            per=upper.per,
        )
    ]


def _list(text: str, n: Number, low: int, end: int) -> list[Number]:
    """Numbers that share the unit of the last item: 0.5、0.4和0.3个百分点; [] where there is none."""
    items = [n]
    while len(items) < _MAX_LIST:
        joint = _AND.match(text, items[-1].end, end)
        following = next_number(text, joint.end(), end) if joint else None
        if following is None or following.chinese:
            return []
        items.append(following)
        if following.unit is not None:
            break
    last = items[-1]
    if last.unit is None or not unit_fits(text, last, end):
        return []
    numbering = text[n.end : n.end + 1] == "、" and text[n.start : n.number_end].isdecimal()
    if (
        numbering and n.digits < 100 and len(items) == 2 and (n.start == 0 or text[n.start - 1] in "。；\n ")
    ):  # "2、3家企业"
        return []
    factor = Decimal(last.unit.factor)
    shared = [
        replace(
            item,
            digits=_lower_value(item, last) if last.scale > 1 else factor * item.digits,
            scale=1 if last.scale > 1 else item.scale,
            unit=last.unit,
            word=last.word,
            per=last.per,
        )
        for item in items[:-1]
    ]
    return [*shared, last]


def _colloquial_money(text: str, n: Number, low: int) -> Number:
    """给予50万奖励: 万 and 亿 without unit are money where something is paid."""
    if n.scale < 10**4:
        return n
    if _PAID.search(text, max(low, n.start - 10), n.start) or _PAYMENT.match(text, n.end):
        if _HANZI.match(text, n.end) and not _PAYMENT.match(text, n.end) and text[n.end] not in "的以左":
            return n
        return replace(n, unit=UNITS["元"], word="元")
    return n


def _bare(text: str, n: Number, low: int, end: int, bare: bool) -> list[Quantity]:
    """A number without unit: decimals as scores, whole numbers only on demand."""
    written = text[n.start : n.number_end]
    following = text[n.number_end : n.number_end + 1]
    if n.chinese or (following.isascii() and following and (following.isalnum() or following in "./-+:_)]")):
        return []
    if following in ("号", "版", "级", "线", "时", "年", "月", "日"):
        return []
    decimal = "." in written or "．" in written
    heading = n.scale == 1 and (
        n.start == 0 or text[n.start - 1] in "\n。；]" or text.startswith("工业", n.start - 2)
    )
    if _MONTH.fullmatch(written):
        return []
    if not ((decimal and not heading) or n.scale >= 10**4 or bare):
        return []
    bound, start, _ = bound_before(text, n.start, low)
    after, after_end = bound_after(text, n.end, end)
    bound = bound or after or "exact"
    return [Quantity(start, max(n.end, after_end), n.start, n.number_end, float(n.value), "", bound, "other")]
