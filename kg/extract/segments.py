"""A clause cut into segments: the words before a figure, the figure or parallel list of figures, the words behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.figure_rules import counts_nothing
from kg.text.quantities import Quantity, find_quantities, parallel_runs, spread_bound

_SEPARATOR = re.compile(r"、|和(?!谐|睦)|以及|及(?!其)|与|，|并")
_COMPARED_LEVEL = re.compile(r"(?:较|(?<![占之同对])比(?![重例率值]))(?P<who>[^，较比从由]{1,12}?)的?$")
_DIFFERS = re.compile(r"分别?(?=[高低])|要?[高低多少增提下减]")
_BRACKETS = re.compile(r"（[^（）]*）?")
_FROM = re.compile(r"[从由][^，从由]{0,12}$")
_FROM_TO = re.compile(
    r"(?:左右|以上)?(?:的)?(?:年均)?(?:跃升|增加|提高|提升|扩大|增长|上升|下降|降低|减少|缩小|拓展|扩展|攀升|发展|整合|精简|压减|调整|合并"
    r"|增|升|降|扩容)?(?:到|至|为)(?:(?P<year>(?:19|20)\d\d)年[底末初]?的?)?$"
)
_FROM_YEAR = re.compile(r"[从由](?:(?P<year>(?:19|20)\d\d)年[底末初]?|(?P<last>上年|去年))的?$")
_CARRIES_ON = re.compile(
    r"[^，、]*(?:增长|下降|提高|提升|增加|降低|减少|达到?|突破|超过|完成投资|总投资|提高到|提升至|实现|拥有|带动[^，、]*"
    r"|为|占[^，、]*的|占比|比重|累计|加总达到|投资)$"
)
_RANKED = re.compile(r"(?:排名|位列|位居|名列|排在|居)(?:全国|全省|第)?$")


#: the period of a figure that a development began with, where the text does not date it
EARLIER = "earlier"


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Segment:
    """Half-open offsets of the text, the figures (`run`) and the words round them.

    `bracket` marks a figure in brackets. `other` is where 较X的 begins when the figure is X's own level, else -1.
    """

    start: int
    end: int
    run: list[Quantity]
    head: str
    tail: str
    bracket: bool
    other: int = -1
    period: str = ""  # 从2019年的310人增至2023年的1240人 dates both ends
    development: bool = False  # the figure is where a development began


def segments(text: str, start: int, end: int) -> Iterator[Segment]:
    """One segment for each figure or parallel list of a clause, with the words before and behind it."""
    quantities = [
        _as_rank(text, q)
        for q in find_quantities(text, start, end, bare=True)
        if q.kind not in ("year", "duration", "ratio") and not counts_nothing(text, q)
    ]
    quantities = [q for q in quantities if not _is_threshold(text, q, quantities, end)]
    brackets = [(m.start(), m.end()) for m in _BRACKETS.finditer(text, start, end)]
    runs: list[tuple[list[Quantity], tuple[int, int] | None]] = []
    for run in parallel_runs(text, quantities):
        runs.append((spread_bound(run), next((b for b in brackets if b[0] < run[0].start < b[1]), None)))
    cursor, carried, dated = start, "", ""
    for n, (run, bracket) in enumerate(runs):
        low, high = run[0].start, run[-1].end
        if bracket:
            yield Segment(
                min(cursor, bracket[0]),
                high,
                run,
                text[cursor : bracket[0]],
                text[high : bracket[1] - 1],
                True,
            )
            cursor = max(cursor, bracket[1])
            continue
        following, inside = (runs[n + 1][0][0].start, runs[n + 1][1]) if n + 1 < len(runs) else (end, None)
        other = _COMPARED_LEVEL.search(text, cursor, low)
        if other and following < end and not inside and _DIFFERS.match(text, high):
            yield Segment(cursor, high, run, text[cursor:low], "", False, other.start())
            carried, cursor = text[cursor:low].rstrip("的"), high
            continue
        if following < end and not inside and _belongs_to_next(text, cursor, run, following):
            from_to = _FROM.search(text, cursor, low)
            lead = text[cursor:low] if from_to else text[cursor:following]
            dated = ""
            if from_to and (goal := _FROM_TO.match(text[high:following])):
                dated = goal["year"] or ""
                if since := _FROM_YEAR.search(lead):
                    head = carried + lead[: since.start()]
                    when = since["year"] or since["last"]
                    yield Segment(cursor, high, run, head, "", False, period=when, development=True)
                elif not dated and runs[n + 1][0][0].kind == run[0].kind and (head := carried + _FROM.sub("", lead)).strip("，、"):
                    yield Segment(cursor, high, run, head, "", False, period=EARLIER, development=True)
            carried += _FROM.sub("", lead) if from_to else lead
            cursor = following
            continue
        stop = end if following == end else inside[0] if inside else _cut(text, high, following, run[0].kind)
        yield Segment(cursor, stop, run, carried + text[cursor:low], text[high:stop], False, period=dated)
        cursor, carried, dated = stop, "", ""


def _is_threshold(text: str, q: Quantity, others: list[Quantity], end: int) -> bool:
    """亿元以上项目30个, 6个年产值5亿元以上的园区: a sum that says which things are counted."""
    if q.kind not in ("money", "percent") or q.bound not in ("min", "max") or q.end >= end:
        return False
    if not re.match(r"的?[\u4e00-\u9fff]{2}", text[q.end : q.end + 4]) or re.match(
        r"的(?:平均|水平|占比|比重)", text[q.end : q.end + 4]
    ):
        return False
    return any(
        o.kind == "count" and not re.search(r"[，、；]", text[min(o.end, q.end) : max(o.start, q.start)])
        for o in others
        if o is not q
    )


def _belongs_to_next(text: str, cursor: int, run: list[Quantity], following: int) -> bool:
    """12个重点行业产值增长4.6%: the first number belongs to what the second measures; so does where a change began."""
    between = text[run[-1].end : following].rstrip()
    if _FROM.search(text, cursor, run[0].start) and _FROM_TO.match(between):
        return True
    if run[0].kind == "count" and len(run) == 1 and len(between) >= 3:
        return _CARRIES_ON.match(between) is not None
    return (
        run[0].bound in ("min", "max")
        and re.match(r"的[^，、]{2,}(?:达到?|为|超过|突破|占比)$", between) is not None
    )


def _as_rank(text: str, q: Quantity) -> Quantity:
    """排名25位 is a place in an order, not a number of places."""
    if q.kind == "count" and q.unit in ("位", "名") and _RANKED.search(text, max(0, q.start - 6), q.start):
        return replace(q, kind="rank")
    return q


def _cut(text: str, low: int, high: int, kind: str) -> int:
    """Where between two figures the first segment ends."""
    between = text[low:high]
    if kind == "rank" and between.startswith("的"):
        return low + 1
    if between.startswith("的") and "占" in between and kind in ("percent", "fraction"):
        return low + 1
    marks = list(_SEPARATOR.finditer(between))
    if not marks:
        return high if between and not re.match(r"的?(?:增长|下降|是|占|达)", between) else low
    if between[:1] in "、，" or between.startswith(("和", "与", "及", "以及", "并")):
        return low
    return low + marks[-1].start()
