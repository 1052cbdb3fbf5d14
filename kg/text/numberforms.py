"""One written number with what follows it directly: its scale, its unit and what it is per."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kg.text.bounds import bound_after, bound_before
from kg.text.numerals import parse_chinese, parse_number, scale_of
from kg.text.units import NOT_BEFORE, PER_WORDS, UNITS, Unit, longest_first


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Quantity:
    """A number as it stands in a text. Offsets are half-open and count characters of the text searched.

    `start`..`end` covers the number (of a range: both), its unit and the bound words that touch it;
    `number_start`..`number_end` the digits alone. `bound` is exact, max, min, about or range; `kind` is
    money, percent, points, duration, count, rank, year, times, fraction (unit %: 三分之一, 一半, a share of a
    ratio) or other (areas, energy, scores; unit "" where none is written).
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    unit: str
    bound: str
    kind: str
    upper: float | None = None
    per: str | None = None
    from_bottom: bool = False  # 倒数第2


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Number:
    """A number with what follows it directly, before ranges, lists and bounds are settled."""

    start: int
    number_end: int
    end: int
    digits: Decimal  # without the scale: 1.5 of 1.5亿元
    scale: int
    unit: Unit | None
    word: str  # the unit as written
    about: bool
    chinese: str  # the Chinese numeral, "" for Arabic digits
    per: str | None = None

    @property
    def value(self) -> Decimal:
        return self.digits * self.scale


D = "0-9０-９"

_CN = "[零〇○一二两三四五六七八九十百万亿]|千(?![瓦米克伏卡])"

SCAN = re.compile(
    rf"[{D}一二两三四五六七八九十百千万亿半首榜末《](?:"
    rf"(?<=[{D}])(?P<arabic>[{D}]{{0,2}}(?:[,，][{D}]{{3}})+(?![{D}])(?:[.．][{D}]+)?|[{D}]*(?:[.．][{D}]+)?)"
    rf"|(?<=[一二两三四五六七八九十百千万亿])(?P<chinese>(?:{_CN})*)"
    r"|(?<=半)(?P<half>年|数)|(?<=半)(?P<over>(?=[，。；、）的,;.]|$))"
    r"|(?<=[首榜末])(?P<place>位|首)"
    r"|(?<=《)(?P<title>[^《》]{0,200}》))"
)

_UNIT = "|".join(
    re.escape(w) + (f"(?![{NOT_BEFORE[w]}])" if NOT_BEFORE.get(w) else "") for w in longest_first(UNITS)
)

_PER = "|".join(longest_first(PER_WORDS))

TAIL = re.compile(
    r"[ 　]?(?P<about>[多余来])?(?P<scale>(?:[百十万亿](?!分)|千(?![瓦米克伏卡]))*)(?P<more>[多余])?"
    rf"(?:[（(]不?含[）)](?=[ 　]?(?:美元|元|%)))?[ 　]?\\?(?P<unit>{_UNIT})?"
    r"(?:(?<=年)(?P<half>半(?![数导]))|(?<=吨)标准?煤)?"
    rf"(?P<per>[/／](?:{_PER})(?:[/／•·・・]?(?:{_PER}))*|每(?:平方米|立方米|亩|吨)|每(?:人每年|人每月|年|月)(?=[的，。；）]|$))?"
)

IDENTIFIER = re.compile(rf"(?:[-+./:：_]?[{D}A-Za-z])*")

_COUNTED_ONE = re.compile(
    r"(?:至少|不少于|不低于|不超过|超过|仅|只有|只|每(?:新增|新设|认定|增加|引进|建设|培育)|各)[ 　]?$"
)

_ONE_YEAR = re.compile(r"(?:近|满|期|为|后|续|长|至少|不少于|不低于|不超过|超过|短|短于)$")

_SLOGAN = re.compile(
    r"方面|(?:专项|攻坚|提升)?行动|攻坚|规划|计划|滚动|层面|维度|代表|一体|大体|创业|转变|全会|全体会议|会议"
)

_DAYS = re.compile(r"(?:以内|之内|内|以上|以下|期)")


_NUMBERING = re.compile(rf"[{D}]{{1,2}}[.．](?=(?:19|20)[{D}]{{2}}[ 　]?年)")


def number_at(text: str, m: re.Match[str], end: int) -> Number | None:
    """The number at a match of the scan with its scale, unit and rate."""
    start, number_end = m.start(), m.end()
    chinese = m[0] if m["chinese"] is not None else ""
    digits = parse_chinese(chinese) if chinese else parse_number(m[0])
    if digits is None:
        return None
    numbering = _NUMBERING.match(text, start, number_end + 2)
    if numbering and not chinese:  # "1.2022年": numbering and year
        start = numbering.end()
        digits = parse_number(text[start:number_end])
    tail = TAIL.match(text, number_end, end)
    assert tail is not None and digits is not None  # every part of the tail is optional
    word = tail["unit"] or ""
    unit = UNITS.get(word)
    scaled_end = max(number_end, tail.end("scale"), tail.end("more")) if tail["scale"] else number_end
    if unit is None:
        return Number(
            start, number_end, scaled_end, Decimal(digits), scale_of(tail["scale"]), None, "", False, chinese
        )
    value = Decimal(digits) * Decimal(unit.factor)
    if tail["half"] or word == "个半月":
        value += Decimal("0.5")
    per = (
        (tail["per"] or "")
        .lstrip("/／每")
        .replace("／", "/")
        .replace("·", "•")
        .replace("・", "•")
        .replace("每", "/")
    )
    about = bool(tail["about"] or tail["more"])
    return Number(
        start, number_end, tail.end(), value, scale_of(tail["scale"]), unit, word, about, chinese, per or None
    )


def next_number(text: str, at: int, end: int) -> Number | None:
    m = SCAN.match(text, at, end)
    if not m or (m["arabic"] is None and m["chinese"] is None):
        return None
    return number_at(text, m, end)


def part_of_identifier(text: str, at: int, before: str) -> bool:
    """PM2.5, 3.2.1, 010-12345678, 1+6: digits that are part of a name or number of another kind."""
    if before.isascii() and (before.isalnum() or (before in "_./+^#&=@" and before)):
        return True
    return before in ("-", "－", "—") and text[at - 2 : at - 1].isascii() and text[at - 2 : at - 1].isalnum()


def unit_fits(text: str, n: Number, end: int) -> bool:
    """Whether the unit is really one here: 30日内 but not 6月30日; 三年 but not 一年一度."""
    following = text[n.end : n.end + 4]
    if n.word == "日" and not (_DAYS.match(following) or bound_before(text, n.start, max(0, n.start - 8))[0]):
        return False
    if n.word == "对" and following and following[0] not in "，。；、）":
        return False
    if n.word == "分" and text[n.start - 1 : n.start] in ("时", "点"):
        return False
    if n.word == "季度" and text[n.start - 1 : n.start] in ("前", "第"):
        return False
    if n.word == "成" and n.value > 100:
        return False
    if n.word == "条" and following.startswith("”") and not n.chinese:  # “科创12条”
        return False
    assert n.unit is not None
    if text[n.start - 1 : n.start] == "“" and (n.unit.kind == "duration" or following.startswith("”")):
        return False  # “2小时生活圈”
    if not n.chinese:
        return True
    if not n.unit.chinese or _SLOGAN.match(following):
        return False
    if (n.word in ("元", "块", "圆") and n.value < 10) or (n.word == "次" and n.value == 2):
        return False
    if n.chinese == "一" and n.unit.kind in ("count", "duration", "other"):
        if n.word == "年" and (
            _ONE_YEAR.search(text, max(0, n.start - 4), n.start) or following[:1] in ("内", "期")
        ):
            return True
        return bool(
            _COUNTED_ONE.search(text, max(0, n.start - 6), n.start)
            or following.startswith(("以上", "及以上"))
        )
    if all(c in "百千万亿" for c in n.chinese):  # 千家, 万元: a number only with a bound
        return n.about or bool(
            bound_before(text, n.start, max(0, n.start - 8))[0] or bound_after(text, n.end, end)[0]
        )
    return True


def is_year(n: Number) -> bool:
    return n.scale == 1 and n.number_end - n.start == 4 and 1900 <= n.digits < 2100 and not n.about
