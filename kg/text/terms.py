"""How long a policy is in force, as its final provision says: 本办法自2022年4月1日起施行，有效期5年."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.text.numerals import parse_chinese

_DAY = r"(?P<{0}year>(?:19|20)\d\d)年(?P<{0}month>\d{{1,2}})月(?P<{0}day>\d{{1,2}})日"
_FROM = re.compile(
    rf"自(?:{_DAY.format('')}|(?P<issue>印发|发布|公布|颁布|下发)之日)起?(?:(?P<later>\d{{1,3}})[日天]后)?(?:正式)?(?:起)?(?:施行|实施|执行|生效|试行)"
)
_UNTIL = re.compile(rf"有效期?(?:限)?(?:截止?|执行)?(?:至|到){_DAY.format('')}|(?:施行|实施|执行)(?:至|到){_DAY.format('s')}")
_YEARS = re.compile(r"(?:有效期(?:限)?|试行期?|期限)(?:暂定)?(?:为)?(?P<a>[一二三四五六七八九十两]{1,2}|\d{1,2})年|暂定(?P<b>[一二三四五六七八九十两]{1,2}|\d{1,2})年")


def find_term(clause: str, issued: str = "") -> tuple[str, str]:
    """(first day, last day) as ISO dates, "" for what is not said. `issued` is the ISO date that 印发之日 means.

    >>> find_term("本办法自2022年4月1日起施行，有效期5年")
    ('2022-04-01', '2027-03-31')
    """
    first = _first(clause, issued)
    last = None
    if m := _UNTIL.search(clause):
        mark = "" if m["year"] else "s"
        last = _day(m[f"{mark}year"], m[f"{mark}month"], m[f"{mark}day"])
    elif first and (m := _YEARS.search(clause)):
        written = m["a"] or m["b"]
        years = int(written) if written.isdecimal() else parse_chinese(written.replace("两", "二"))
        if years:
            # 29 February has no anniversary in most years: its term ends with that February
            last = _day(first.year + years, first.month, first.day) or date(first.year + years, 3, 1)
            last -= timedelta(days=1)
    return (first.isoformat() if first else "", last.isoformat() if last else "")


def _first(clause: str, issued: str) -> date | None:
    m = _FROM.search(clause)
    if m is None:
        return None
    parts = issued.split("-")
    day = _day(m["year"], m["month"], m["day"]) if m["year"] else (_day(*parts) if len(parts) == 3 else None)
    return day + timedelta(days=int(m["later"])) if day and m["later"] else day


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
