"""Finding the numbers of a text with their units, bounds and ranges: 给予最高不超过50万元, 5%—20%, 2700余家.

The input is the folded text of a document (`kg.text.shadow.Shadow.text`); either width of digits and signs is
read. Values are in plain units: 1.5亿元 is 150000000 CNY.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.text.bounds import bound_after, bound_before, bound_far_before
from kg.text.numerals import DIGITS, parse_chinese, parse_number, scale_of
from kg.text.units import NOT_BEFORE, PER_WORDS, UNITS, Unit, longest_first


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text. Offsets are half-open and count characters of the text searched.

    `start`..`end` covers the number (of a range: both), its unit and the bound words that touch it;
    `number_start`..`number_end` the digits alone. `bound` is exact, max, min, about or range; `kind` is money,
    percent, points, duration, count, rank, year, times, fraction (unit %: 三分之一, 一半, shares of 4:3:2:1) or
    other (areas, energy, scores; unit "" where none is written).
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


@dataclass(frozen=True, slots=True)
class _Number:
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


_D = "0-9０-９"
_CN = "[零〇○一二两三四五六七八九十百万亿]|千(?![瓦米克伏卡])"
_SCAN = re.compile(
    rf"[{_D}一二两三四五六七八九十百千万亿半首榜末《](?:"
    rf"(?<=[{_D}])(?P<arabic>[{_D}]{{0,2}}(?:[,，][{_D}]{{3}})+(?![{_D}])(?:[.．][{_D}]+)?|[{_D}]*(?:[.．][{_D}]+)?)"
    rf"|(?<=[一二两三四五六七八九十百千万亿])(?P<chinese>(?:{_CN})*)"
    r"|(?<=半)(?P<half>年|数)|(?<=半)(?P<over>(?=[，。；、）的,;.]|$))"
    r"|(?<=[首榜末])(?P<place>位|首)"
    r"|(?<=《)(?P<title>[^《》]{0,200}》))"
)
_UNIT = "|".join(
    re.escape(w) + (f"(?![{NOT_BEFORE[w]}])" if NOT_BEFORE.get(w) else "")
    for w in sorted(UNITS, key=lambda w: (-len(w), w))
)
_PER = longest_first(PER_WORDS)
_TAIL = re.compile(
    r"[ 　]?(?P<about>[多余来])?(?P<scale>(?:[百十万亿](?!分)|千(?![瓦米克伏卡]))*)(?P<more>[多余])?"
    rf"(?:[（(]不?含[）)](?=[ 　]?(?:美元|元|%)))?[ 　]?(?P<unit>{_UNIT})?"
    r"(?:(?<=年)(?P<half>半(?![数导]))|(?<=吨)标准?煤)?"
    rf"(?P<per>[/／](?:{_PER})(?:[/／•·・・]?(?:{_PER}))*|每(?:平方米|立方米|亩|吨)|每(?:人每年|人每月|年|月)(?=[的，。；）]|$))?"
)
_RANGE = re.compile(
    r"[ 　]?(?:及?以上)?(?:[（(]不?含[）)])?[ 　]?"
    r"(?:(?P<dash>[-–—－~～〜―−‐]{1,2})|(?P<word>至|到)|(?<=以上)[、，,]?|(?<=含[）)])[、，,]?)[ 　]?"
)
_AND = re.compile(r"[ 　]?(?:、|和|以及|及|与|或)[ 　]?")
_MONTHS = re.compile(r"(?:19|20)\d\d\.\d{1,2}\D+(?:19|20)\d\d\.\d{1,2}")  # 2011.11 ~ 2014.10
_FRACTION = re.compile(rf"/([{_D}]{{1,3}})(?![{_D}/.%])")
_SHARE = re.compile(rf"分之(?P<above>[{_D}]+(?:\.[{_D}]+)?|[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)")
_RATIO = re.compile(rf"(?:[:：∶][{_D}]{{1,3}})+(?![{_D}])")
_YEAR_REST = re.compile(rf"[ 　]?[{_D}]{{1,2}}[ 　]?月(?:[ 　]?[{_D}]{{1,2}}[ 　]?[日号])?")
_MONTH_DAY = re.compile(rf"[ 　]?月(?:份|[ 　]?[{_D}]{{1,2}}[ 　]?[日号])?")
_IDENTIFIER = re.compile(rf"(?:[-+./:：_]?[{_D}A-Za-z])*")
_RANK_CONTEXT = re.compile(
    r"(?:排名|位列|位居|名列|排行|排位|排在|位次|稳居|居|跃|升至?|降至|进入|跻身|保持|全国|全省|全球|世界|国内|内地|大陆"
    r"|[东中西]部|倒数|并列|连续)[^，。；、：0-9]{0,6}$"
)
_TOP_CONTEXT = re.compile(r"(?<![摆放])(?:居|列|保持|排名|排在|位|占据)[^，。；、：]{0,6}$")
_NOUN_STOPS = re.compile(r"[，。；、：！？,.;:!?（）()“”和的及与并\s]|$|位|名")
_COUNTED_ONE = re.compile(r"(?:至少|不少于|不低于|不超过|超过|仅|只有|只|每(?:新增|新设|认定|增加|引进|建设|培育)|各)[ 　]?$")
_ONE_YEAR = re.compile(r"(?:近|满|期|为|后|续|长|至少|不少于|不低于|不超过|超过|短|短于)$")
_SLOGAN = re.compile(r"方面|(?:专项|攻坚|提升)?行动|攻坚|规划|计划|滚动|层面|维度|代表|一体|大体|创业|转变|全会|全体会议|会议")
_PAID = re.compile(r"(?:给予|奖励?|补助|补贴|资助|资金|奖补|投资|投入|金额|人民币|营收|产值|收入|税收|资本|贷款|价值)[^0-9，。；、]{0,5}$")
_PAYMENT = re.compile(r"[ 　]?的?(?:一次性)?(?:奖励|奖补|奖金|补助|补贴|资助|资金|贷款|人民币)")
_DAYS = re.compile(r"(?:以内|之内|内|以上|以下|期)")
_PAIR = re.compile("([一二两三四五六七八九])([二三四五六七八九])([十百千万]*)")
_MAX_LIST = 12
_HANZI = re.compile("[\u4e00-\u9fff]")


def find_quantities(text: str, start: int = 0, end: int | None = None, *, bare: bool = False) -> list[Quantity]:
    """All quantities in text[start:end], in order and without overlap.

    Skipped: what stands in 《》, ordinals (第5条), document numbers, list numbering, identifiers, clock times,
    months and days of dates, names in quotation marks (“三个代表”) and 一个, 一种 that count nothing. Decimals
    without unit (scores) and numbers in 万 (16万儿童) are found; other whole numbers only with `bare`.
    """
    end = len(text) if end is None else min(end, len(text))
    found: list[Quantity] = []
    pos = start
    while m := _SCAN.search(text, pos, end):
        low = max(start, found[-1].end) if found else start
        if m["title"] is not None:
            pos = m.end()
            continue
        if m["half"] or m["place"] or m["over"] is not None:
            quantities, pos = _word_quantity(text, m, low, end), m.end()
        else:
            quantities, pos = _read(text, m, low, end, bare)
        found.extend(quantities)
        pos = max(pos, m.end(), found[-1].end if found else 0)
    return found


def spread_bound(quantities: Sequence[Quantity]) -> list[Quantity]:
    """One parallel list with its bound shared out: 300万元、500万元、1000万元以上 → all min.

    A 以上 after the last item covers all exact items before it, a 最高 or 不低于 before the first one all exact
    items after it. Items of another unit keep their own bound.
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
        after = _IDENTIFIER.match(text, at, end)
        if _part_of_identifier(text, at, before):
            return [], after.end() if after else m.end()
        if ratio := _RATIO.match(text, m.end(), end):
            return _shares(text, at, m.end(), ratio.end()), ratio.end()
        fraction = _FRACTION.match(text, m.end(), end)
        if fraction and "." not in m[0]:
            return _slash_fraction(text, at, m.end(), fraction.end(), low, end), fraction.end()
    elif before in ("数", "几") or (share := _SHARE.match(text, m.end(), end)) is None and before in "“「\"" and before:
        return [], m.end()
    elif share:
        return _share(text, at, m.end(), share, low, end), share.end()
    if m["chinese"] == "" and m[0] == "一" and text.startswith("半", m.end()):
        return [_fraction(text, at, m.end() + 1, 50.0, low, end)], m.end() + 1
    number = _number(text, m, end)
    if number is None:
        return _two_digits(text, m, end), m.end()
    if text[max(0, at - 2) : at].rstrip(" ").endswith("第"):
        return _rank(text, number, at - 1, low, end), number.end
    if before == "前" and (top := _top(text, number, low, end)):
        return top, number.end
    return _settle(text, number, low, end, bare)


def _settle(text: str, number: _Number, low: int, end: int, bare: bool) -> tuple[list[Quantity], int]:
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


def _number(text: str, m: re.Match[str], end: int) -> _Number | None:
    """The number at a match of the scan with its scale, unit and rate."""
    start, number_end = m.start(), m.end()
    chinese = m[0] if m["chinese"] is not None else ""
    digits = parse_chinese(chinese) if chinese else parse_number(m[0])
    if digits is None:
        return None
    numbering = re.match(rf"([{_D}]{{1,2}})[.．](?=(?:19|20)[{_D}]{{2}}[ 　]?年)", m[0] + text[number_end : number_end + 2])
    if numbering and not chinese:  # "1.2022年": numbering and year
        start += numbering.end()
        digits = parse_number(text[start:number_end])
    tail = _TAIL.match(text, number_end, end)
    assert tail is not None and digits is not None  # every part of the tail is optional
    word = tail["unit"] or ""
    unit = UNITS.get(word)
    scaled_end = max(number_end, tail.end("scale"), tail.end("more")) if tail["scale"] else number_end
    if unit is None:
        return _Number(start, number_end, scaled_end, Decimal(digits), scale_of(tail["scale"]), None, "", False, chinese)
    value = Decimal(digits) * Decimal(unit.factor)
    if tail["half"] or word == "个半月":
        value += Decimal("0.5")
    per = (tail["per"] or "").lstrip("/／每").replace("／", "/").replace("·", "•").replace("・", "•").replace("每", "/")
    about = bool(tail["about"] or tail["more"])
    return _Number(
        start, number_end, tail.end(), value, scale_of(tail["scale"]), unit, word, about, chinese, per or None
    )


def _part_of_identifier(text: str, at: int, before: str) -> bool:
    """PM2.5, 3.2.1, 020-38458669, 1+6: digits that are part of a name or number of another kind."""
    if before.isascii() and (before.isalnum() or before in "_./+^#&=@" and before):
        return True
    return before in ("-", "－", "—") and text[at - 2 : at - 1].isascii() and text[at - 2 : at - 1].isalnum()


def _unit_fits(text: str, n: _Number, end: int) -> bool:
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
        return False  # “1小时交通圈”
    if not n.chinese:
        return True
    if not n.unit.chinese or _SLOGAN.match(following):
        return False
    if n.word in ("元", "块", "圆") and n.value < 10 or n.word == "次" and n.value == 2:
        return False
    if n.chinese == "一" and n.unit.kind in ("count", "duration", "other"):
        if n.word == "年" and (_ONE_YEAR.search(text, max(0, n.start - 4), n.start) or following[:1] in ("内", "期")):
            return True
        return bool(_COUNTED_ONE.search(text, max(0, n.start - 6), n.start) or following.startswith(("以上", "及以上")))
    if all(c in "百千万亿" for c in n.chinese):  # 千家, 万元: a number only with a bound
        return n.about or bool(bound_before(text, n.start, max(0, n.start - 8))[0] or bound_after(text, n.end, end)[0])
    return True


def _quantity(text: str, n: _Number, low: int, end: int) -> Quantity | None:
    """One number with a unit as a quantity, None where the unit is none after all."""
    if n.unit is None or not _unit_fits(text, n, end):
        return None
    kind = n.unit.kind
    if n.word == "年" and _is_year(n):
        return Quantity(n.start, n.end, n.start, n.number_end, float(n.value), "年", "exact", "year")
    value, start = n.value, n.start
    if kind in ("percent", "points") and text[start - 1 : start] in ("-", "−", "－") and start - 1 >= low:
        value, start = -value, start - 1
    before, bound_start, word = bound_before(text, start, low)
    if before and (word in ("近", "过") and kind == "duration" or word == "过" and kind == "count" and value < 10**4):
        before, bound_start = "", start
    after, after_end = bound_after(text, n.end, end, time=kind == "duration")
    bound = before if before in ("max", "min") else ""
    bound = bound or (after if after in ("max", "min") else "") or bound_far_before(text, start, low)
    if not bound:
        bound = "about" if n.about or "about" in (before, after) else "exact"
    return Quantity(
        bound_start, after_end, n.start, n.number_end, float(value), n.unit.name, bound, kind, per=n.per
    )


def _is_year(n: _Number) -> bool:
    return n.scale == 1 and n.number_end - n.start == 4 and 1900 <= n.digits < 2100 and not n.about


def _next_number(text: str, at: int, end: int) -> _Number | None:
    m = _SCAN.match(text, at, end)
    if not m or m["arabic"] is None and m["chinese"] is None:
        return None
    return _number(text, m, end)


def _upper(text: str, n: _Number, low: int, end: int) -> _Number | None:
    """The upper end where the number begins a range: 5%—20%, 3-5年, 50万-100万（不含）美元."""
    sep = _RANGE.match(text, n.end if n.unit or n.scale > 1 else n.number_end, end)
    if not sep or n.per:
        return None
    if sep["word"] and text[max(low, n.start - 3) : n.start].rstrip(" ").endswith(("从", "由", "自")):
        return None
    upper = _next_number(text, sep.end(), end)
    if upper is None or bool(upper.chinese) != bool(n.chinese):
        return None
    if not sep["dash"] and not sep["word"] and not text.startswith("以下", upper.end):
        return None
    if upper.unit is None:
        written = text[n.start : upper.number_end]
        scores = sep["dash"] and n.unit is None and written.count(".") == 2 and not _MONTHS.fullmatch(written)
        return upper if scores else None
    if n.unit is not None and n.unit.name != upper.unit.name or not _unit_fits(text, upper, end):
        return None
    return upper if _lower_value(n, upper) < upper.value else None


def _lower_value(n: _Number, upper: _Number) -> Decimal:
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
    tail = _TAIL.match(text, m.end(), end)
    unit = UNITS.get(tail["unit"] or "") if tail else None
    if tail is None or unit is None or not unit.chinese or tail["scale"] and "万" not in tail["scale"]:
        return []
    if text[m.start() - 1 : m.start()] in ("第", "“") and m.start():
        return []
    factor = scale_of(pair[3] + tail["scale"]) * unit.factor
    low, high = DIGITS[pair[1]] * factor, DIGITS[pair[2]] * factor
    return [
        Quantity(m.start(), tail.end(), m.start(), m.end(), low, unit.name, "range", unit.kind, upper=high)
    ]  # fmt: skip


def _range(text: str, n: _Number, upper: _Number, low: int, end: int) -> list[Quantity]:
    lower = _lower_value(n, upper)
    if lower >= upper.value:
        return []
    unit = upper.unit or Unit("", "other")
    kind = "year" if upper.word == "年" and _is_year(upper) and 1900 <= lower < 2100 else unit.kind
    _, start, _ = bound_before(text, n.start, low)
    _, after = bound_after(text, upper.end, end, time=kind == "duration")
    return [
        Quantity(
            start if kind != "year" else n.start, after, n.start, upper.number_end, float(lower), unit.name, "range",
            kind, upper=float(upper.value), per=upper.per,
        )
    ]  # fmt: skip


def _list(text: str, n: _Number, low: int, end: int) -> list[_Number]:
    """Numbers without unit that share that of the last item: 0.93、0.63和0.62个百分点; [] where there is none."""
    items = [n]
    while len(items) < _MAX_LIST:
        joint = _AND.match(text, items[-1].end, end)
        following = _next_number(text, joint.end(), end) if joint else None
        if following is None or following.chinese:
            return []
        items.append(following)
        if following.unit is not None:
            break
    last = items[-1]
    if last.unit is None or not _unit_fits(text, last, end):
        return []
    numbering = text[n.end : n.end + 1] == "、" and text[n.start : n.number_end].isdecimal()
    if numbering and len(items) == 2 and (n.start == 0 or text[n.start - 1] in "。；\n "):  # "2、3家企业"
        return []
    shared = [
        replace(item, digits=_lower_value(item, last) if last.scale > 1 else item.digits * Decimal(last.unit.factor),
                scale=1 if last.scale > 1 else item.scale, unit=last.unit, word=last.word, per=last.per)
        for item in items[:-1]
    ]  # fmt: skip
    return [*shared, last]


def _colloquial_money(text: str, n: _Number, low: int) -> _Number:
    """给予50万奖励: 万 and 亿 without unit are money where something is paid."""
    if n.scale < 10**4:
        return n
    if _PAID.search(text, max(low, n.start - 10), n.start) or _PAYMENT.match(text, n.end):
        if _HANZI.match(text, n.end) and not _PAYMENT.match(text, n.end) and text[n.end] not in "的以左":
            return n
        return replace(n, unit=UNITS["元"], word="元")
    return n


def _bare(text: str, n: _Number, low: int, end: int, bare: bool) -> list[Quantity]:
    """A number without unit: decimals as scores, whole numbers only on demand."""
    written = text[n.start : n.number_end]
    following = text[n.number_end : n.number_end + 1]
    if n.chinese or following.isascii() and following and (following.isalnum() or following in "./-+:_)]"):
        return []
    if following in ("号", "版", "级", "线", "时", "年", "月", "日"):
        return []
    decimal = "." in written or "．" in written
    heading = n.scale == 1 and (n.start == 0 or text[n.start - 1] in "\n。；]" or text.startswith("工业", n.start - 2))
    if not (decimal and not heading or n.scale >= 10**4 or bare):
        return []
    bound, start, _ = bound_before(text, n.start, low)
    after, after_end = bound_after(text, n.end, end)
    bound = bound or after or "exact"
    return [Quantity(start, max(n.end, after_end), n.start, n.number_end, float(n.value), "", bound, "other")]


def _rank(text: str, n: _Number, ordinal: int, low: int, end: int) -> list[Quantity]:
    """第N: a rank where the words round it say so, else an ordinal (第5条) and no quantity."""
    placed = n.word in ("位", "名") or text[n.number_end : n.number_end + 1] in ("位", "名")
    stop = n.end if n.word in ("位", "名") else n.number_end
    if n.unit is not None and not placed or n.value < 1:
        return []
    context = _RANK_CONTEXT.search(text, max(0, ordinal - 12), ordinal)
    if not _NOUN_STOPS.match(text, stop) or not (context or placed and _NOUN_STOPS.match(text, stop)):
        return []
    bottom = text[max(low, ordinal - 2) : ordinal] == "倒数"
    start = ordinal - 2 if bottom else ordinal
    return [
        Quantity(
            start, stop, n.start, n.number_end, float(n.value), "位", "exact", "rank", from_bottom=bottom
        )
    ]  # fmt: skip


def _top(text: str, n: _Number, low: int, end: int) -> list[Quantity]:
    """前10位, 全国前十: a rank of at most N."""
    placed = n.word in ("位", "名")
    stop = n.end if placed else n.number_end
    if n.unit is not None and not placed or n.scale > 1:
        return []
    if not placed and not (
        _RANK_CONTEXT.search(text, max(low, n.start - 13), n.start - 1) and _NOUN_STOPS.match(text, stop)
    ):
        return []
    return [Quantity(n.start - 1, stop, n.start, n.number_end, float(n.value), "位", "max", "rank")]


def _word_quantity(text: str, m: re.Match[str], low: int, end: int) -> list[Quantity]:
    """半年, 半数以上, 过半; 首位, 榜首, 末位."""
    at, stop = m.start(), m.end()
    before = text[at - 1 : at]
    if m["place"]:
        if m[0] not in ("首位", "榜首", "末位") or not _TOP_CONTEXT.search(text, max(0, at - 9), at):
            return []
        return [Quantity(at, stop, at, stop, 1.0, "位", "exact", "rank", from_bottom=m[0] == "末位")]
    if m["over"] is not None:
        return [Quantity(at - 1, at + 1, at, at + 1, 50.0, "%", "min", "fraction")] if before in ("过", "超") else []
    if m[0] == "半年" and before in ("上", "下", "前", "后"):
        return []
    unit, kind, value = ("年", "duration", 0.5) if m[0] == "半年" else ("%", "fraction", 50.0)
    return [_fraction(text, at, stop, value, low, end, unit, kind)]


def _slash_fraction(text: str, at: int, number_end: int, stop: int, low: int, end: int) -> list[Quantity]:
    above, below = int(text[at:number_end]) if text[at:number_end].isdecimal() else 0, int(text[number_end + 1 : stop])
    if not 0 < above < below:
        return []
    return [_fraction(text, at, stop, round(100 * above / below, 2), low, end)]


def _share(text: str, at: int, number_end: int, share: re.Match[str], low: int, end: int) -> list[Quantity]:
    """百分之二十 → 20 %, 三分之一 → 33.33 %, 千分之五 → 5 ‰."""
    below, above = text[at:number_end], parse_number(share["above"])
    if above is None:
        return []
    if below in ("百", "千", "万"):
        unit = {"百": "%", "千": "‰", "万": "‱"}[below]
        return [_fraction(text, at, share.end(), float(above), low, end, unit, "percent", share.start("above"))]
    whole = parse_chinese(below)
    if not whole:
        return []
    return [_fraction(text, at, share.end(), round(100 * float(above) / whole, 2), low, end)]


def _shares(text: str, at: int, number_end: int, stop: int) -> list[Quantity]:
    """4:3:2:1 → 40, 30, 20, 10 %; 2.21∶1 → 2.21; a clock time → nothing."""
    first, *rest = re.split("[:：∶]", text[at:stop])
    value = parse_number(first)
    if value is not None and "." in first:
        return [Quantity(at, stop, at, number_end, float(value), "", "exact", "other")] if rest == ["1"] else []
    clock = len(rest) < 3 and all(len(part) == 2 for part in rest)
    if not (text.startswith(("比例", "的比例"), stop) or len(rest) > 1 and not clock):
        return []
    parts = list(re.finditer(rf"[{_D}]+", text[at:stop]))
    total = sum(int(p[0]) for p in parts) or 1
    return [
        Quantity(at + p.start(), at + p.end(), at + p.start(), at + p.end(), round(100 * int(p[0]) / total, 2),
                 "%", "exact", "fraction")
        for p in parts
    ]  # fmt: skip


def _fraction(
    text: str, at: int, stop: int, value: float, low: int, end: int,
    unit: str = "%", kind: str = "fraction", number_start: int | None = None,
) -> Quantity:  # fmt: skip
    before, start, _ = bound_before(text, at, low)
    after, after_end = bound_after(text, stop, end, time=kind == "duration")
    bound = (before if before in ("max", "min") else "") or (after if after in ("max", "min") else "")
    bound = bound or bound_far_before(text, at, low) or before or after or "exact"
    return Quantity(start, after_end, at if number_start is None else number_start, stop, value, unit, bound, kind)
