"""Figures about an area in running text: levels, shares, growth, ranks, differences, multiples.

A sentence is cut into clauses and each clause into segments, one for each figure or parallel list of figures. What
a segment does not say is carried over from the one before: the indicator (2022年达到88.8亿元), the verb
(新增A 45家、B 397家), the places (分别是A省的2.1、1.6倍). Awards, conditions and numbers that only count a text's own
points are left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kg.extract.carried import Carried, compose, remember
from kg.extract.clauses import GRANT, split_clauses
from kg.extract.context import sentence_areas
from kg.extract.figure_rules import is_award, when_and_how
from kg.extract.figures import is_compared, read_figure
from kg.extract.indicators import FOREIGN, clean, strip_area
from kg.extract.ordinals import place_change, rank_values
from kg.extract.reading import Finding, Reading
from kg.extract.segments import segments
from kg.extract.tables import find_table_observations
from kg.text.areas import load_areas
from kg.text.dates import Period, find_periods, resolve
from kg.text.literals import Signs
from kg.text.numerals import parse_number
from kg.text.pairs import Joined
from kg.text.patterns import DIGITS, HAN_DIGITS, each
from kg.text.structure import Sentence, serial_start

_GATE = re.compile(
    each(DIGITS) + "|" + each(HAN_DIGITS, "[个家所项名座位倍成]")
    + "|百分|分之|一半|第一|居[^，]{0,6}第[二三四五六七八九十]|[近超上逾][百千万](?:余)?[个家项场人户件名]|首位|榜首|为零|是零|翻[一两]番|无一|仅次于|紧跟"
)  # fmt: skip
_LATEX = re.compile(r"\$?\s*(\d[\d ]*)(?:\.\s*(\d[\d ]*))?\s*\\ ?%\s*\$?")
_REFERENCES = re.compile(r"^参考文献|^References|^注释")
_REFERENCE = re.compile(r"\[\d+\]")
_COUNT_OF_PLACES = re.compile(r"^\d+个(?:城市|省份|省市)")
_FIELD_WORD = re.compile(each((*DIGITS, *"二三四五六七八九十个"), "(?:城市|省|市|国家|经济体)"))
_FIELD = re.compile(r"(\d+|[二三四五六七八九十]{1,3})个?(?:城市|省份|省市|省|市|国家|经济体)(?!级|场)")
_ABROAD = re.compile(rf"(?:^|[以占了，])({FOREIGN.pattern})")
_SPECIAL = re.compile("位|名|番|无一|前|为零|是零|T[Oo][Pp]|t[Oo][Pp]|之后|仅次于|紧跟|紧随|其后")
#: a clause that goes on about the place of the one before
_GOES_ON = re.compile(r"(?:同比|比上年|较|年均|增长|下降|占|居|位居|位列|排名|其中|增速|总量)")
#: sums that were handed out are figures, not support that is offered
_PAID = re.compile(
    r"(?:(?:19|20)\d\d年|累计|去年|上半年|已经?)[^。；]{0,16}(?:拨付|发放|兑付|兑现|减免|下达)"
)
#: what stands beside an offer and tells of its reach
_ASIDE = re.compile(r"(?:预计|预期)[^，；。]{0,10}(?:支持|惠及|带动|服务|新增|覆盖|吸引|培育|引进|减轻|降低)")
_ADVICE = re.compile(
    r"(?:^|[，：；])(?:因此|为此|对此|故|特)?(?:我们|本文)?建议(?![案书稿])|(?:如下|以下)[^，。]{0,4}建议"
)
_NOT_WHEN = re.compile(r"的|以[前来]成立|[^，]{0,3}相比")


@lru_cache(maxsize=1)
def _signs() -> Signs:
    """Tells of all sentences at once whether they may hold a figure."""
    return Signs(_GATE)


def find_observations(reading: Reading) -> list[Finding]:
    """Observations of prose and of tables, in reading order."""
    text = reading.shadow.text
    tex: list[tuple[int, int]] = []
    if "\\%" in text or "\\ %" in text:  # OCR keeps TeX: $14 \%$
        tex = [m.span() for m in _LATEX.finditer(text)]
        text = _LATEX.sub(_plain_percent, text)
    out: list[Finding] = []
    areas: list[tuple[str, ...]] | None = None
    section_period: dict[tuple[str, ...], str] = {}
    block, carried, measure = -1, "", ""
    path: tuple[str, ...] | None = None
    skipped = False
    sentences = reading.outline.sentences
    signs = _signs().found(Joined([text[s.start : s.end] for s in sentences]))
    for index, (sentence, sign) in enumerate(zip(sentences, signs, strict=True)):
        if sentence.block != block:
            block, carried, measure = sentence.block, "", ""
        if not sign or sentence.is_heading or not _GATE.search(text, sentence.start, sentence.end):
            continue
        if sentence.path is not path:
            path, skipped = sentence.path, any(_REFERENCES.match(t) for t in sentence.path)
        if skipped or _REFERENCE.match(text, sentence.start, sentence.end):
            continue
        areas = areas or sentence_areas(reading)
        how = when_and_how(reading, text, sentence, section_period)
        if how is None:
            continue
        assertion, default_period, counts_only = how
        own = areas[index] if reading.context.kind == "article" else (reading.context.area,)
        state = Carried(
            reading,
            text,
            assertion,
            list(own),
            measure=measure,
            period=carried or default_period,
            counts_only=counts_only,
        )
        _sentence(sentence, state)
        out.extend(state.out)
        measure = state.measure
        carried = "" if state.looks_back or state.period == default_period else state.period
    out.extend(find_table_observations(reading))
    if tex:
        out = [_over(f, tex) for f in out]
    out = _distinct(out)
    out.sort(key=lambda f: (f.start, f.end))
    return out


def _plain_percent(m: re.Match[str]) -> str:
    """The same number without TeX, as long as it was: its place in the text must not move."""
    number = m.group(1) + (f".{m.group(2)}" if m.group(2) else "")
    return (number.replace(" ", "") + "%").rjust(len(m.group()))


def _over(finding: Finding, spans: list[tuple[int, int]]) -> Finding:
    """The finding with the whole of each number it begins or ends in."""
    start = next((a for a, b in spans if a < finding.start < b), finding.start)
    end = next((b for a, b in spans if a < finding.end < b), finding.end)
    return replace(finding, start=start, end=end)


def _distinct(findings: list[Finding]) -> list[Finding]:
    seen: set[tuple[object, ...]] = set()
    out = []
    for f in findings:
        v = f.values
        key = (f.start, f.end, f.area, v.get("value"), v.get("unit"), v.get("rank"), v["indicator"])
        if key not in seen:
            seen.add(key)
            out.append(f)
    return out


def _sentence(sentence: Sentence, state: Carried) -> None:
    """Read the observations of one sentence into `state.out`."""
    text, context = state.text, state.reading.context
    begin = serial_start(text, sentence.start, sentence.end)
    words = text[begin : sentence.end]
    if context.kind == "article" and "建议" in words and _ADVICE.search(words):
        return
    granted = context.kind != "report" and state.assertion != "planned" and GRANT.search(words) is not None
    if granted and not _ASIDE.search(words) and (context.kind != "article" or not _PAID.search(words)):
        for p in find_periods(text, begin, sentence.end):
            _set_period(p.start, p.end, [p], state)
        return
    around = max(0, begin - 60), sentence.end
    if _FIELD_WORD.search(text, *around) and (m := _FIELD.search(text, *around)):
        state.field_size = int(parse_number(m.group(1)) or 0) or None
    if context.kind == "article" and (m := _ABROAD.search(words)) and not load_areas().find(words):
        state.areas = [m.group(1)]
    periods = find_periods(text, begin, sentence.end)
    base = list(state.areas)
    for start, end in split_clauses(text, begin, sentence.end):
        clause = text[start:end]
        if context.kind != "article" and not _GOES_ON.match(clause):
            state.areas = list(base)
        before = state.period
        _set_period(start, end, periods, state)
        if _special(start, end, state):
            continue
        parts = (
            []
            if not _GATE.search(clause)
            or is_award(state.reading, clause)
            or (granted and not (_ASIDE.search(clause) or _PAID.search(words)))
            else list(segments(text, start, end))
        )
        known = len(state.out)
        for segment in parts:
            read_figure(segment, state, periods)
        if len(state.out) == known and not any(s.run[0].kind == "rank" for s in parts):
            remember(_COUNT_OF_PLACES.sub("", clause) if clause[0].isdigit() else clause, state)
        if "连续" in clause:  # 连续三年居第6位 dates that place, not what follows
            state.period = before


def _set_period(start: int, end: int, periods: list[Period], state: Carried) -> None:
    """A time named in a clause holds from there on, unless something is only compared with it."""
    context = state.reading.context
    for p in periods:
        if not start <= p.start < end or is_compared(state.text, start, p.start):
            continue
        if _NOT_WHEN.match(state.text, p.end):
            continue
        if context.kind == "article" and state.text.startswith(
            "连续", p.start
        ):  # up to which year, only its author knows
            state.period = ""
            continue
        found = p.value or _relative(p, state)
        state.period = found or ("" if p.kind == "deictic" else state.period)
        state.looks_back = p.kind == "relative"


def _relative(period: Period, state: Carried) -> str:
    """近两年, 连续5年: counted back from the year in hand; a report looks back from the year before its own."""
    context = state.reading.context
    named = re.match(r"\d{4}", state.period.rsplit("/", 1)[-1])
    if period.kind == "relative" and named:
        return resolve(period, int(named.group()))
    undated = context.kind == "article" and not context.issued  # its year is a guess, 今年 would be too
    if context.year is None or undated or (period.kind == "relative" and context.kind == "article"):
        return ""
    back = period.kind == "relative" and period.direction < 0 and context.kind == "report" and state.assertion == "reported"
    return resolve(period, context.year - back)


def _special(start: int, end: int, state: Carried) -> bool:
    """Clauses whose figure is no number with a unit: 前5名为A、B, 紧跟A之后, 后移两位, 无一上榜, 翻一番."""
    clause, out = state.text[start:end], state.out
    if not _SPECIAL.search(clause):
        return False
    if found := place_change(clause, state.indicator):
        rest, names = strip_area(clean(found.head), state.own)
        if names:
            state.areas = names
        indicator = compose(clean(rest), state)
        if indicator:
            values = {"indicator": indicator, **found.values}
            if values.get("unit") == "个":  # 省属高校无一入选 counts as 4所部属高校 before it
                alike = [f for f in out if str(f.values["indicator"])[-2:] == indicator[-2:]]
                values["unit"] = alike[-1].values.get("unit", "个") if alike else "个"
            state.add(start, start + found.end, values)
            state.indicator = indicator.removesuffix("排名") or state.indicator
            state.last = None
        return found.whole
    ranked = rank_values(clause, state.indicator)
    if ranked is None:
        return False
    rest, names = strip_area(clean(ranked.head), state.own)
    if names:
        state.areas = names
    indicator = compose(rest, state)
    if not indicator:
        return True
    for area, values in ranked.places or ((None, ranked.values),):
        state.add(start, end, {"indicator": indicator, **values}, area)
    if ranked.attach and len(out) >= 2 and "rank" in out[-2].values:
        out.pop()
        out[-1] = replace(out[-1].with_values(compared_to=ranked.values["compared_to"]), end=end)
    state.indicator = indicator
    return True
