"""Finding the times a text speaks of: 2022年, 截至2020年9月底, 2016年至2020年, “十四五”期间, 近5年.

Values are those of the claim contract: "2022", "2022-12", "2022-05-03", and "2018/2022" for a span of time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text.numerals import DIGITS, parse_chinese


@dataclass(frozen=True, slots=True)
class Period:
    """A time and where it stands (half-open offsets in the text searched).

    `kind` is "absolute" (a calendar time, in `value`), "relative" (近5年, 未来五年: `years` is how
    many, `direction` -1 or +1) or "deictic" (今年, 去年, 明年: `years` is the offset from the year of
    the document). The latter two have no value of their own: `resolve` gives it for a given year.
    """

    start: int
    end: int
    value: str
    kind: str = "absolute"
    years: int = 0
    direction: int = 0


_SP = "[ 　]?"
_Y = r"(?:(?:19|20|１９|２０)[0-9０-９]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_N = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_TO = rf"{_SP}(?:[-–—－~～〜―−]{{1,2}}|至|到){_SP}"
_PLAN = r"(?:十[一二三四五六七八九]?|[一二六七八九])五"
_SCAN = re.compile(
    r"(?=[12１２一二“\"「十六七八九近最过连未今去明上《])(?:"
    r"《[^《》]{0,200}》"
    rf"|(?<![0-9０-９.．A-Za-z/-])(?P<iso>(?:19|20)\d{{2}}([-/.])(?:0?[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]|[1-9]))(?![\d.年])"
    rf"|(?<![0-9０-９])(?P<year>{_Y}){_SP}(?:年度?|财年|(?={_TO}{_Y}{_SP}财?年))"
    rf"|[“\"「](?P<plan>{_PLAN})[”\"」](?P<phase>时期|期间|末|初)?"
    rf"|(?<![第二三四五六七八九])(?P<bareplan>{_PLAN})(?P<barephase>时期|期间|末)"
    rf"|(?P<lead>最近|近|过去的?|连续|未来|今后){_SP}(?P<n>{_N}|两)(?:{_TO}(?P<to>{_N}))?{_SP}"
    r"(?:个?会计年度|个?年度|年(?![级龄代轻份]))"
    r"|(?P<deictic>[今去明]年|上年)(?:度(?!过)|(?!度?同期|末))"
    r")"
)
_MONTH = re.compile(
    rf"{_SP}(?:(?P<month>{_N}){_SP}月(?:份|底|末|初|[上中下]旬|{_SP}(?P<day>{_N}){_SP}[日号])?"
    rf"|(?P<first>{_N}){_SP}(?:月份?)?{_TO}(?P<last>{_N}){_SP}月份?"
    r"|(?P<yearend>年?[底末终])|(?P<yearstart>年?初)"
    r"|(?P<half>[上下])半年|第?(?P<quarter>[一二三四])季度|前(?P<quarters>[一二三两])季度)"
)
_UNTIL = re.compile(
    rf"{_TO}(?:(?P<year>{_Y}){_SP}(?:年(?:[度底末])?|财年))?(?:{_SP}(?P<month>{_N}){_SP}月(?:份|底|末|{_SP}(?P<day>{_N}){_SP}[日号])?)?"
)
_VALID = re.compile(
    rf"(?P<from>{_Y}){_SP}年?(?:{_SP}(?P<frommonth>{_N}){_SP}月)?{_TO}(?P<to>{_Y}){_SP}年?(?:{_SP}(?P<tomonth>{_N}){_SP}月)?"
)
_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_HALVES = {"上": ("01", "06"), "下": ("07", "12")}
_DEICTIC = {"今年": 0, "去年": -1, "上年": -1, "明年": 1}


def find_periods(text: str, start: int = 0, end: int | None = None) -> list[Period]:
    """All times in text[start:end], in order; those in 《》 are left to `find_validity`."""
    found = []
    end = len(text) if end is None else min(end, len(text))
    pos = start
    while m := _SCAN.search(text, pos, end):
        period = _period(text, m, end)
        if period is not None:
            found.append(period)
        pos = max(m.end(), period.end if period else 0)
    return found


def find_validity(title: str) -> tuple[str, str] | None:
    """The years a title says it is for: （2023—2025年） → ("2023", "2025"), “十四五” → ("2021", "2025")."""
    if m := _VALID.search(title):
        months = (_pad(m["frommonth"]), _pad(m["tomonth"]))
        first, last = _year(m["from"]), _year(m["to"])
        if first and last and first <= last:
            both = [
                f"{year}-{month}" if month else year
                for year, month in zip((first, last), months, strict=True)
            ]
            return both[0], both[1]
    if m := re.search(
        rf"[“\"「](?P<plan>{_PLAN})[”\"」]|(?<!第)(?P<bare>十[一二三四五六]五)(?![年个届])", title
    ):
        span = five_year_plan(m["plan"] or m["bare"])
        if span:
            return str(span[0]), str(span[1])
    return None


def five_year_plan(name: str) -> tuple[int, int] | None:
    """First and last year of a five-year plan by its short name: 十四五 → (2021, 2025)."""
    number = parse_chinese(name[:-1]) if name.endswith("五") else None
    if number is None or not 1 <= number <= 20:
        return None
    first = {1: 1953, 2: 1958}.get(number, 1966 + 5 * (number - 3))
    return first, first + 4


def resolve(period: Period, year: int) -> str:
    """The value of a relative or deictic time when `year` is the last one the speaker looks back on."""
    if period.kind == "deictic":
        return str(year + period.years)
    if period.kind == "relative":
        first, last = (
            (year + 1, year + period.years) if period.direction > 0 else (year - period.years + 1, year)
        )
        return str(first) if first == last else f"{first}/{last}"
    return period.value


def _period(text: str, m: re.Match[str], end: int) -> Period | None:
    if m["iso"]:
        year, month, day = re.split("[-/.]", m["iso"])
        return Period(m.start(), m.end(), f"{year}-{int(month):02}-{int(day):02}")
    if m["year"]:
        return _calendar(text, m, end)
    if m["lead"]:
        n = _number(m["to"] or m["n"])
        direction = 1 if m["lead"] in ("未来", "今后") else -1
        return Period(m.start(), m.end(), "", "relative", n, direction) if n else None
    if m["deictic"]:
        return Period(m.start(), m.end(), "", "deictic", _DEICTIC[m["deictic"]])
    span = five_year_plan(m["plan"] or m["bareplan"] or "")
    if span is None:
        return None
    phase = m["phase"] or m["barephase"]
    value = str(span[1]) if phase == "末" else str(span[0]) if phase == "初" else f"{span[0]}/{span[1]}"
    return Period(m.start(), m.end(), value)


def _calendar(text: str, m: re.Match[str], end: int) -> Period | None:
    """A year with what follows it: month and day, end of the year, or the other end of a span."""
    year = _year(m["year"])
    if year is None:
        return None
    value, stop = year, m.end()
    if text[stop - 1] in "年度":
        part = _MONTH.match(text, stop, end)
        if part:
            if part["first"]:
                first, last = _pad(part["first"]), _pad(part["last"])
                if first and last:
                    return Period(m.start(), part.end(), f"{year}-{first}/{year}-{last}")
            value, stop = _part_of_year(year, part), part.end()
    until = _UNTIL.match(text, stop, end)
    if until and (until["year"] or until["month"]):
        last_year = _year(until["year"]) if until["year"] else year
        last = _join(last_year, _pad(until["month"]), _pad(until["day"])) if last_year else None
        if last and last[:4] >= value[:4] and (until["year"] or "-" in value):
            return Period(m.start(), until.end(), f"{value}/{last}")
    return Period(m.start(), stop, value)


def _part_of_year(year: str, part: re.Match[str]) -> str:
    if part["yearend"]:
        return f"{year}-12"
    if part["yearstart"]:
        return f"{year}-01"
    if part["half"]:
        first, last = _HALVES[part["half"]]
        return f"{year}-{first}/{year}-{last}"
    if part["quarter"]:
        quarter = DIGITS[part["quarter"]]
        return f"{year}-{3 * quarter - 2:02}/{year}-{3 * quarter:02}"
    if part["quarters"]:
        return f"{year}-01/{year}-{3 * DIGITS[part['quarters']]:02}"
    return _join(year, _pad(part["month"]), _pad(part["day"]))


def _join(year: str, month: str | None, day: str | None) -> str:
    if month is None or int(month) > 12:
        return year
    return f"{year}-{month}-{day}" if day and int(day) <= 31 else f"{year}-{month}"


def _year(written: str) -> str | None:
    year = "".join(str(DIGITS.get(c, c)) for c in written.translate(_WIDTH))
    return year if 1900 <= int(year) < 2100 else None


def _number(written: str) -> int:
    written = written.translate(_WIDTH)
    return int(written) if written.isdecimal() else parse_chinese(written) or 0


def _pad(written: str | None) -> str | None:
    return f"{_number(written):02}" if written and _number(written) else None
