"""Figures about an area in running text: levels, shares, growth, ranks, differences, multiples.

A sentence is cut into clauses and each clause into segments, one for each figure or parallel list of figures. What
a segment does not say is carried over from the one before: the indicator (2022年达到145.2亿元), the verb (新增A 45家、B 397家),
the places (分别是山东省的1.85、1.74倍). Awards, conditions and numbers that only count a text's own points are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.clauses import GRANT, split_clauses
from kg.extract.context import sentence_areas
from kg.extract.figure_rules import (
    BUILD,
    counted,
    counts_nothing,
    is_award,
    is_condition,
    score_like,
    when_and_how,
)
from kg.extract.indicators import BARE, FOREIGN, areas_in, clean, items, read_head, strip_area
from kg.extract.ordinals import ordered_places, place_change, rank_values
from kg.extract.reading import Finding, Reading
from kg.extract.tables import find_table_observations
from kg.text.areas import load_areas
from kg.text.dates import find_periods, resolve
from kg.text.quantities import Quantity, find_quantities, parallel_runs, spread_bound
from kg.text.structure import Sentence, serial_start

_GATE = re.compile(r"\d|百分|分之|一半|[一二三四五六七八九十两百千万亿][个家所项名座位倍成]|第一|首位|榜首|翻[一两]番|无一|仅次于|紧跟")
_LATEX = re.compile(r"\$?\s*(\d[\d ]*)(?:\.\s*(\d[\d ]*))?\s*\\ ?%\s*\$?")
_REFERENCES = re.compile(r"^参考文献|^References|^注释")
_SEPARATOR = re.compile(r"、|和(?!谐|睦)|以及|及(?!其)|与|，|并")
_FIELD = re.compile(r"(\d+|[二三四五六七八九十]{1,3})个?(?:城市|省份|省市|省|市|国家|经济体)(?!级|场)")
_NOT_HERE = re.compile(r"[图表][\d一二三四五]|\[\d|[〔（]\d{4}[〕）]\d|https?:|DOI|[Vv]ol\.|pp\.|ISBN")
_SUBJECT_CLAUSE = re.compile(
    r"^(?P<s>.{2,24}?)(?:水平)?(?:最高|最低|最强|最大|最多|次之|较高|较低|相对较低|相对较高|相对较弱|领先|居首|再创新高|稳步(?:增长|提升)|持续(?:增长|提升)|不断提[高升]|保持[^，]{0,4}增长|进一步提[高升])$"
)
_COMPARED_LEVEL = re.compile(r"[较比](?P<who>[^，较比]{1,12}?)的?$")
_DIFFERS = re.compile(r"分别?(?=[高低])|要?[高低多少增提下减]")
_TOPIC_CLAUSE = re.compile(
    r"^(?:从|在)(?:全球)?(.{2,16}?)(?:方面|上|来看|中)$|^(.{2,20}?)(?:呈|超过|高于|低于|落后于?|领先于?|位于|处于|排名处于)[^，]{2,16}$"
)
SCORE_WORD = re.compile(r"(?:得分|评分|均分)$")
_ABROAD = re.compile(rf"(?:^|[以占了，])({FOREIGN.pattern})")
#: in reports and policies a place is the subject of these only; elsewhere it belongs to the indicator
_OF_A_PLACE = re.compile(
    r"地区生产总值|生产总值|GDP|经济总量|规上|规模以上|一般公共预算|社会消费品|固定资产|进出口|人均|常住人口|城镇|农村|研发|全社会|高新技术|科技型|综合|创新能力|区域创新|(?:排名|位居|位列|居|跻身|入选|进入)"
)
_FROM_TO = re.compile(
    r"(?:左右|以上)?(?:的)?(?:年均)?(?:跃升|增加|提高|提升|扩大|增长|上升|下降|降低|减少|缩小|拓展|扩展|攀升|发展|增|升|降|扩容)?(?:到|至|为)$"
)
_CARRIES_ON = re.compile(r"[^，、]*(?:增长|下降|提高|提升|增加|降低|减少|达到?|突破|超过|完成投资|总投资|提高到|提升至|实现|拥有|带动[^，、]*|为|占[^，、]*的|占比|比重|累计|加总达到|投资)$")
_SPECIAL = re.compile(r"[位名]|番|无一|前|[Tt][Oo][Pp]|之后|仅次于|紧跟|紧随|其后")
_EXTREME = re.compile(r"(?P<top>最高|最强|居首|第一|首位)|(?P<low>最低)")


@dataclass(slots=True)
class _State:
    """What the segments of a sentence hand on to the next one."""

    areas: list[str]
    indicator: str = ""
    measure: str = ""  # what was last measured or spoken of, over the sentences of a paragraph
    verb: str = ""
    phrase: str = ""
    period: str = ""
    ranked: bool = False
    top: bool = False
    field_size: int | None = None
    last: int | None = None  # index of the finding that a rank behind it belongs to
    rank: int | None = None  # of the place that is named next (排名第1的广东省…)
    counts_only: bool = False


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    run: list[Quantity]
    head: str
    tail: str
    bracket: bool
    other: int = -1  # where 较X的 begins, when the figure is X's own level


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
    for index, sentence in enumerate(reading.outline.sentences):
        if sentence.block != block:
            block, carried, measure = sentence.block, "", ""
        if sentence.is_heading or not _GATE.search(text, sentence.start, sentence.end):
            continue
        if any(_REFERENCES.match(t) for t in sentence.path) or _reference(text, sentence):
            continue
        areas = areas or sentence_areas(reading)
        how = when_and_how(reading, text, sentence, section_period)
        if how is None:
            continue
        assertion, default_period, counts_only = how
        own = areas[index] if reading.context.kind == "article" else (reading.context.area,)
        state = _State(list(own), period=carried or default_period, measure=measure, counts_only=counts_only)
        out.extend(_sentence(reading, text, sentence, state, assertion))
        measure = state.measure
        carried = state.period if state.period != default_period else ""
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


def _reference(text: str, sentence: Sentence) -> bool:
    return bool(re.match(r"\[\d+\]", text[sentence.start : sentence.start + 6]))


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


def _sentence(reading: Reading, text: str, sentence: Sentence, state: _State, assertion: str) -> list[Finding]:
    begin = serial_start(text, sentence.start, sentence.end)
    words = text[begin : sentence.end]
    if reading.context.kind != "report" and GRANT.search(words) and assertion != "planned":
        return []
    if m := _FIELD.search(text, max(0, begin - 60), sentence.end):
        state.field_size = _number(m.group(1))
    if reading.context.kind == "article" and (m := _ABROAD.search(words)) and not load_areas().find(words):
        state.areas = [m.group(1)]
    periods = find_periods(text, begin, sentence.end)
    out: list[Finding] = []
    base = list(state.areas)
    for start, end in split_clauses(text, begin, sentence.end):
        clause = text[start:end]
        if reading.context.kind != "article" and _own_words(clause):
            state.areas = list(base)
        for p in periods:
            if start <= p.start < end and not re.match(r"的|以[前来]成立|[^，]{0,3}相比", text[p.end : p.end + 3]) and not _is_compared(text, start, p.start):
                state.period = p.value or (resolve(p, reading.context.year) if reading.context.year else "") or state.period
        special = _special(reading, clause, start, end, state, assertion, out)
        if special:
            continue
        segments = [] if not _GATE.search(clause) or is_award(reading, clause) else list(_segments(text, start, end))
        known = len(out)
        for segment in segments:
            _read(reading, text, segment, state, assertion, out, periods)
        if len(out) == known and not any(s.run[0].kind == "rank" for s in segments):
            _remember(reading, re.sub(r"^\d+个(?:城市|省份|省市)", "", clause), state)
    return out


def _own_words(clause: str) -> bool:
    """Whether a clause has a subject of its own, so that the place of the one before is left."""
    return re.match(r"(?:同比|比上年|较|年均|增长|下降|占|居|位居|位列|排名|其中|增速|总量)", clause) is None


def _is_compared(text: str, start: int, at: int) -> bool:
    return text[max(start, at - 2) : at].endswith(("较", "比", "与", "于", "是", "同"))


def _number(written: str) -> int | None:
    from kg.text.numerals import parse_number

    value = parse_number(written)
    return int(value) if value else None


def _segments(text: str, start: int, end: int) -> Iterator[_Segment]:
    """One segment for each figure or parallel list of a clause, with the words before and behind it."""
    quantities = [
        _as_rank(text, q)
        for q in find_quantities(text, start, end, bare=True)
        if q.kind not in ("year", "duration", "ratio") and not counts_nothing(text, q)
    ]
    quantities = [q for q in quantities if not _is_threshold(text, q, quantities, end)]
    brackets = [(m.start(), m.end()) for m in re.compile(r"（[^（）]*）?").finditer(text, start, end)]
    runs: list[tuple[list[Quantity], tuple[int, int] | None]] = []
    for run in parallel_runs(text, quantities):
        runs.append((spread_bound(run), next((b for b in brackets if b[0] < run[0].start < b[1]), None)))
    cursor, carried = start, ""
    for n, (run, bracket) in enumerate(runs):
        low, high = run[0].start, run[-1].end
        if bracket:
            yield _Segment(min(cursor, bracket[0]), high, run, text[cursor : bracket[0]], text[high : bracket[1] - 1], True)
            cursor = max(cursor, bracket[1])
            continue
        following, inside = (runs[n + 1][0][0].start, runs[n + 1][1]) if n + 1 < len(runs) else (end, None)
        other = _COMPARED_LEVEL.search(text, cursor, low)
        if other and following < end and not inside and _DIFFERS.match(text, high):
            yield _Segment(cursor, high, run, text[cursor:low], "", False, other.start())
            carried, cursor = text[cursor:low].rstrip("的"), high
            continue
        if following < end and not inside and _belongs_to_next(text, cursor, run, following):
            from_to = re.search(r"从[^，从]{0,12}$", text[cursor:low])
            lead = text[cursor:low] if from_to else text[cursor:following]
            carried += re.sub(r"从[^，从]{0,12}$", "", lead) if from_to else lead
            cursor = following
            continue
        stop = end if following == end else inside[0] if inside else _cut(text, high, following, run[0].kind)
        yield _Segment(cursor, stop, run, carried + text[cursor:low], text[high:stop], False)
        cursor, carried = stop, ""


def _is_threshold(text: str, q: Quantity, others: list[Quantity], end: int) -> bool:
    """亿元以上项目30个, 3个年交易额10亿元以上的平台: a sum that says which things are counted."""
    if q.kind not in ("money", "percent") or q.bound not in ("min", "max") or q.end >= end:
        return False
    if not re.match(r"的?[\u4e00-\u9fff]{2}", text[q.end : q.end + 4]) or re.match(r"的(?:平均|水平|占比|比重)", text[q.end : q.end + 4]):
        return False
    return any(
        o.kind == "count" and not re.search(r"[，、；]", text[min(o.end, q.end) : max(o.start, q.start)]) for o in others if o is not q
    )


def _belongs_to_next(text: str, cursor: int, run: list[Quantity], following: int) -> bool:
    """17个传统产业增加值增长5.3%: the first number belongs to what the second measures; so does where a change began."""
    between = text[run[-1].end : following].rstrip()
    if re.search(r"从[^，从]{0,12}$", text[cursor : run[0].start]) and _FROM_TO.match(between):
        return True
    if run[0].kind == "count" and len(run) == 1 and len(between) >= 3:
        return _CARRIES_ON.match(between) is not None
    return run[0].bound in ("min", "max") and re.match(r"的[^，、]{2,}(?:达到?|为|超过|突破|占比)$", between) is not None


def _as_rank(text: str, q: Quantity) -> Quantity:
    """排名25位 is a place in an order, not a number of places."""
    if q.kind == "count" and q.unit in ("位", "名") and re.search(r"(?:排名|位列|位居|名列|排在|居)(?:全国|全省|第)?$", text[max(0, q.start - 6) : q.start]):
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


def _remember(reading: Reading, clause: str, state: _State) -> None:
    """A clause without figure may name the places and the subject of the next one."""
    words = clean(clause)
    rest, names = _subject_place(reading, words)
    state.last = None
    if m := ordered_places(rest if not names else words):
        state.areas, state.ranked = m, True
        return
    if names:
        state.areas, state.ranked = names, False
    state.top = False
    if m := _SUBJECT_CLAUSE.match(rest):
        state.indicator = state.measure = _compose(clean(m["s"]), state)
        state.top = bool((e := _EXTREME.search(rest)) and e["top"])
    elif m := _TOPIC_CLAUSE.match(rest):
        words = clean(next(g for g in m.groups() if g))
        if not BARE.match(words) and len(words) >= 3:
            state.indicator = state.measure = words


def _special(
    reading: Reading, clause: str, start: int, end: int, state: _State, assertion: str, out: list[Finding]
) -> bool:
    """Clauses whose figure is no number with a unit: 前5名为A、B, 紧跟A之后, 下滑一位, 无一入选, 翻一番."""
    if not _SPECIAL.search(clause):
        return False
    found = place_change(clause, state.indicator)
    if found:
        rest, names = strip_area(clean(found.head), reading.context.area)
        if names:
            state.areas = names
        indicator = _compose(clean(rest), state)
        if indicator:
            values = {"indicator": indicator, **found.values}
            if found.values.get("unit") == "个" and (same := next((f for f in reversed(out) if str(f.values["indicator"])[-2:] == indicator[-2:]), None)):
                values["unit"] = same.values.get("unit", "个")
            out.append(_finding(start, start + found.end, values, state, assertion))
            state.indicator = indicator.removesuffix("排名") or state.indicator
            state.last = None
        return found.whole
    ranked = rank_values(clause, state.indicator)
    if ranked is None:
        return False
    rest, names = strip_area(clean(ranked.head), reading.context.area)
    if names:
        state.areas = names
    indicator = _compose(rest, state)
    if not indicator:
        return True
    for area, values in ranked.places or [(None, ranked.values)]:
        finding = _finding(start, end, {"indicator": indicator, **values}, state, assertion)
        out.append(replace(finding, area=area) if area else finding)
    if ranked.attach and len(out) >= 2 and "rank" in out[-2].values:
        out.pop()
        out[-1] = replace(out[-1].with_values(compared_to=ranked.values["compared_to"]), end=end)
    state.indicator = indicator
    return True


def _compose(words: str, state: _State) -> str:
    """The indicator: as written, or carried over, or both (增速 → 研发经费增速)."""
    words = re.sub(r"^(?:仍?未|尚未|没有|无)$", "", clean(words))
    base = state.indicator or (state.measure if not words or BARE.match(words) else "")
    if not words:
        return base
    if not BARE.match(words) or not base or BARE.match(base):
        if BARE.match(words) and SCORE_WORD.search(words) and state.measure and not BARE.match(state.measure):
            base = state.measure
        else:
            return words
    if SCORE_WORD.search(words):
        base = state.measure or base
        if words.startswith("综合"):
            return words
    if re.match(r"(?:总量|总数|总额|数量|其|数|金额|水平|这一比例|该比例|数字|量|额)$", words) or base.endswith(words):
        return base
    if re.search(r"(?:占比|比重|比例|增速|增幅|增长率|强度)$", base) and words.endswith(base[-2:]):
        return base
    return re.sub(r"(?:平均|综合)?(?:得分|评分)$|占比$|增速$|排名$", "", base) + words


def _finding(start: int, end: int, values: dict[str, object], state: _State, assertion: str) -> Finding:
    ordered: dict[str, object] = {"indicator": values["indicator"]}
    if state.period and "period" not in values:
        ordered["period"] = state.period
    ordered.update((k, v) for k, v in values.items() if k != "indicator" and v not in (None, ""))
    return Finding("observation", start, end, "observation-figure", ordered, "、".join(state.areas), assertion)


def _read(
    reading: Reading, text: str, segment: _Segment, state: _State, assertion: str, out: list[Finding], periods: list
) -> None:
    head = segment.head
    offset = segment.start
    for p in reversed(periods):  # times go, unless they are what is compared with
        if offset <= p.start and p.end <= offset + len(head) and not _is_compared(text, offset, p.start):
            head = head[: p.start - offset] + head[p.end - offset :]
    head = head.lstrip("、，和与及 ")
    run, first = segment.run, segment.run[0]
    if _NOT_HERE.search(text, max(segment.start, first.start - 6), first.start) or is_condition(reading, text[segment.start : segment.end], head):
        return
    if segment.other >= 0:
        _other_level(reading, text, segment, state, assertion, out)
    elif segment.bracket:
        _bracket(reading, segment, head, state, assertion, out)
    elif first.kind == "rank":
        _rank(reading, text, segment, head, state, assertion, out)
    elif state.counts_only and first.kind != "count":
        return
    elif first.kind == "count" and segment.tail.strip("的 、") and len(run) == 1 and first.unit not in ("人次",):
        _count(reading, text, segment, head, state, assertion, out)
    else:
        _figure(reading, segment, head, state, assertion, out)


def _subject_place(reading: Reading, words: str) -> tuple[str, list[str]]:
    """Words without the places that open them, where these are what is spoken of."""
    rest, names = strip_area(words, reading.context.area)
    if reading.context.kind != "article" and names and names != [reading.context.area] and not _OF_A_PLACE.match(rest):
        return words, []
    return rest, names


def _place(reading: Reading, words: str, state: _State) -> str:
    """The words without the places that are their subject; these become the state's."""
    words = re.sub(r"从(?:全国|全球|世界)?$", "", clean(words))
    rest, names = _subject_place(reading, words)
    if not names:  # 受理量排名中山东省位居第6: the place stands right before the verb
        found = load_areas().find(words)
        if found and found[-1][1] == len(words) and (found[-1][0] == 0 or words[: found[-1][0]].endswith(("中", "上", "，", "率", "额", "数"))):
            names, rest = [found[-1][2].name], words[: found[-1][0]]
        elif m := re.search(r"(?:中的|的|，|中)(?=[\u4e00-\u9fff])", words):
            behind, some = strip_area(words[m.end() :], reading.context.area)
            names, rest = (some, behind) if len(some) > 1 else ([], rest)
    if names:
        state.areas, state.ranked = names, False
    return clean(re.sub(r"(?<=.)(?:排名中|指标中|排名上|(?<=指标)上|排名|方面)$", "", clean(rest)))


def _bracket(reading: Reading, segment: _Segment, head: str, state: _State, assertion: str, out: list[Finding]) -> None:
    """广东省（53.92万件）: the place before the bracket has the indicator at hand; 第6位（3380件）: the rank's value."""
    q = segment.run[0]
    if len(segment.run) > 1 or segment.tail.strip() or q.kind == "rank":
        return
    if state.last is not None and out and "value" not in out[-1].values and "rank" in out[-1].values and not head.strip("、和 "):
        values = {k: v for k, v in out[-1].values.items()}
        out[-1] = replace(out[-1], values={**values, **_value(q, values["indicator"])}, end=segment.end + 1)
        return
    found = load_areas().find(head)
    if found and found[-1][1] == len(head) and state.indicator and q.kind in ("count", "money", "percent", "other"):
        area = found[-1][2].name
        values = {"indicator": state.indicator, **_value(q, state.indicator)}
        start = segment.start + (len(text_before(segment, head)) + found[-1][0])
        finding = _finding(start, segment.end + 1, values, state, assertion)
        out.append(replace(finding, area=area))


def _other_level(
    reading: Reading, text: str, segment: _Segment, state: _State, assertion: str, out: list[Finding]
) -> None:
    """较全国的6.57%低2.47个百分点: what the other has is said too."""
    q = segment.run[0]
    _, names = strip_area(clean(text[segment.other + 1 : q.start]), reading.context.area)
    if names and state.indicator:
        values = {"indicator": state.indicator, **_value(q, state.indicator)}
        out.append(replace(_finding(segment.other + 1, q.end, values, state, assertion), area="、".join(names)))
        state.last = None


def text_before(segment: _Segment, head: str) -> str:
    """What was taken off the front of a segment's head."""
    return segment.head[: len(segment.head) - len(head)]


def _value(q: Quantity, indicator: object, sign: int = 1) -> dict[str, object]:
    value = round(q.value * sign, 4 if q.kind != "fraction" else 2)
    unit = q.unit or ("分" if SCORE_WORD.search(str(indicator)) else "")
    out: dict[str, object] = {"value": int(value) if value == int(value) else value}
    if q.upper is not None:
        out["upper"] = q.upper
    if unit:
        out["unit"] = unit
    out["bound"] = q.bound
    return out


def _rank(
    reading: Reading, text: str, segment: _Segment, head: str, state: _State, assertion: str, out: list[Finding]
) -> None:
    q = segment.run[0]
    tail = segment.tail.lstrip()
    if len(segment.run) > 1 or (tail and tail[0] not in "的，、和且并" and not re.match(r"位|名", tail)):
        return
    if q.bound == "max" and tail:
        return
    rank = int(q.value)
    stripped = re.sub(
        r"(?:排名|排在|位列|位居|位次|居|列|名列|排|稳居|保持|跃居|升至|升到|跃升至|上升至|进入|跻身|处于|位于|在)*(?:到|至)?(?:全国|全省|全球|世界|国内|内地|大陆|各省区?市?|[东中西]部|同类|亚洲|副省级城市)*(?:的)?(?:排名|位居|位列|居|列|并列|稳居|均|前)*(?:了|为|中|的|在|第)*$",
        "",
        head,
    )
    if tail == "的":  # 排名第1的广东省5.9%的占比: the rank of what follows
        if q.bound == "exact":
            state.rank = rank
        return
    if tail.startswith("的"):
        return
    field_size = state.field_size
    if m := re.search(r"(\d+|[二三四五六七八九十]{1,3})(?:个?(?:省|市|城市|省份|国家|区县))[^，]{0,4}(?:中)?$", stripped):
        field_size = _number(m.group(1))
        stripped = re.sub(r"在?[^，在]{0,6}$", "", stripped[: m.start()])
    if q.from_bottom:
        field_size = field_size or (31 if reading.context.province == reading.context.area and "省" in "".join(state.areas) + "省" else None)
        if not field_size:
            return
        rank = field_size + 1 - rank
    values: dict[str, object] = {"rank": rank}
    if field_size and (q.from_bottom or re.search(r"中(?:排名|位列|位居|居|排)", head)):
        values["rank_of"] = field_size
    if q.bound == "max":
        values["bound"] = "max"
    subject = _place(reading, re.sub(r"连续[\d一二三四五六七八九十]+年|(?:过去|近)[\d一二三四五六七八九十]+年间?|作为[^，]{1,4}$", "", stripped), state)
    subject = re.sub(r"^(?:连续|稳居|仍|也|均)+$", "", subject)
    last = out[state.last] if state.last is not None and state.last < len(out) else None
    bare = not subject or (BARE.match(subject) is not None and not subject.endswith(("排名", "位次")))
    if last is not None and bare and "rank" not in last.values and (not subject or _same_kind(subject, last)):
        out[state.last] = replace(last, values={**last.values, **{k: v for k, v in values.items() if k != "bound"}}, end=segment.run[0].end)  # type: ignore[index]
        state.last = None
        return
    indicator = _compose(subject, state)
    if len(indicator) < 2:
        return
    parts = re.match(r"^在?(?P<list>[^，]+、[^，]+?)(?P<tail>综合指标|指标|方面|领域)?$", indicator)
    names = [indicator]
    if parts and parts["tail"]:
        names = [p + (parts["tail"] if parts["tail"].endswith("指标") else "") for p in re.split(r"、|和", parts["list"].removesuffix("等"))]
    for name in names:
        out.append(_finding(segment.start, q.end, {"indicator": name, **values}, state, assertion))
    state.indicator = state.measure = indicator
    state.last = len(out) - 1


def _same_kind(subject: str, last: Finding) -> bool:
    is_change = bool(last.values.get("change"))
    return is_change == bool(re.match(r"增速|增幅|增长|降幅|涨幅", subject))


def _count(
    reading: Reading, text: str, segment: _Segment, head: str, state: _State, assertion: str, out: list[Finding]
) -> None:
    """A number of things named behind it: 建成50个智能工厂, 3所高校进入名单."""
    q = segment.run[0]
    if reading.context.kind == "policy" and not BUILD.search(head) and not state.verb:
        return
    if _says_little(text, q, head, segment.tail, reading.context.kind):
        return
    named = counted(head, segment.tail, state.verb, state.indicator, state.phrase)
    if named is None:
        return
    indicator, verb, phrase, cut = named
    rest, names = _subject_place(reading, clean(indicator))
    if names and len(rest) >= 2:
        indicator, state.areas = rest, names
    lead = clean(head)
    _, leading = _subject_place(reading, lead)
    if leading:
        state.areas = leading
    rank_word = re.match(r"(?:国家级|省部?级|市级|国家|省)", indicator)
    if rank_word and out and re.fullmatch(r".*(?:国家级|省级|市级)", str(out[-1].values["indicator"])) and segment.start - out[-1].end <= 1:
        out[-1] = out[-1].with_values(indicator=str(out[-1].values["indicator"]) + indicator[rank_word.end() :])
    if phrase and out and state.last is not None and out[-1].end == segment.start and not head and "的" not in str(out[-1].values["indicator"]):
        out[-1] = out[-1].with_values(indicator=f"{phrase}的{out[-1].values['indicator']}")
    end = q.end + len(segment.tail) - len(segment.tail.lstrip()) + cut
    values = {"indicator": indicator, **_value(q, indicator)}
    finding = _finding(_evidence_start(segment, head), max(q.end, min(end, segment.end)), values, state, assertion)
    if re.match(r"[^，]*?(?:属于|共属|构成|组成)", segment.tail):  # counts places, so it speaks of what holds them
        finding = replace(finding, area=reading.context.area)
    out.append(finding)
    state.indicator, state.verb, state.phrase, state.last = indicator, verb, phrase or state.phrase, len(out) - 1


def _says_little(text: str, q: Quantity, head: str, tail: str, kind: str) -> bool:
    """三个研究领域, 4个子计划: an author's own enumerations."""
    if re.search(r"属于|共属|构成|组成|入选|进入|列入|入围|获批|城市|省", tail):
        return False
    written = text[q.number_start : q.number_end]
    if kind != "article":
        return not re.search(r"\d", written)
    small = q.unit in ("个", "项") and q.value <= 10 and not BUILD.search(head)
    return small or not re.search(r"\d", written) or bool(re.search(r"发表|检索|视为|计为|收集|筛选", head))


def _evidence_start(segment: _Segment, head: str) -> int:
    return segment.start + len(segment.head) - len(segment.head.lstrip("、，和与及 "))


def _figure(reading: Reading, segment: _Segment, head: str, state: _State, assertion: str, out: list[Finding]) -> None:
    run, q = segment.run, segment.run[0]
    parts = read_head(head, q.kind)
    subject = parts.subject
    than_names: list[str] = []
    if parts.than and parts.relation in ("above", "change"):
        rest, than_names = strip_area(parts.than, reading.context.area)
        if than_names and rest and not subject and len(rest) > 2:
            subject = clean(rest)
            than = "、".join(than_names)
        else:
            than = parts.than if not than_names or rest else "、".join(than_names)
    elif parts.than:
        rest, than_names = strip_area(parts.than, reading.context.area)
        than = "、".join(than_names) if than_names else parts.than
        if not subject and len(rest) > 2 and than_names:
            subject = clean(rest)
    else:
        than = ""
    placed = re.sub(r"^(?:仍?未|尚未|没有|远?未|确定|保持|安排|预留|提出)$", "", _place(reading, subject, state))
    verb = re.match(r"(?:新增|净增|新建|新培育|新认定|累计|建成|建设|共有|培育|引进|完成|吸引|实现)", placed)
    indicator = _compose(placed, state)
    if segment.head[:1] in ("、", "和", "与") and state.verb and placed and not verb and parts.relation == "level":
        indicator = state.verb + placed
    if parts.relation == "share":
        base = _compose(placed, state)
        if not placed and len(segment.tail) > 3 and segment.tail.startswith("的"):
            base = clean(segment.tail)
        indicator = f"{base}占{parts.whole}"
    elif not placed and segment.tail.startswith("的") and q.kind in ("percent", "fraction", "points"):
        tail = clean(re.split(r"[，、]", segment.tail[1:])[0])
        rest, names = strip_area(tail, reading.context.area)
        if names and rest in ("平均水平", "水平", "平均", "均值", ""):
            state = replace(state, areas=names)
        elif tail and not BARE.match(tail):
            indicator = tail
    elif q.kind == "fraction" and re.match(r"的[\u4e00-\u9fff]", segment.tail) and parts.relation == "level":
        indicator = f"{indicator}的{clean(segment.tail[1:])}"
    if not _worth(indicator, q, parts.relation, head, reading):
        if not state.indicator and placed:
            state.indicator = placed
        return
    if parts.relation == "above" and re.match(r"的?(?:平均)?水平", segment.tail):
        if than_names:
            values = {"indicator": indicator, **_value(q, indicator)}
            out.append(replace(_finding(_evidence_start(segment, head), q.end, values, state, assertion), area=than_names[0]))
        return
    change = parts.relation in ("change", "above") or bool(re.search(r"(?:增长率|增速|增幅|降幅|涨幅)$", indicator))
    extra: dict[str, object] = {}
    if change:
        extra["change"] = True
    start = _evidence_start(segment, head)
    end = run[-1].end + (len(segment.tail) if segment.tail.startswith("的") and len(segment.tail) < 9 else 0)
    names = items(indicator, len(run)) if len(run) > 1 else []
    others = than_names if len(than_names) == len(run) and len(run) > 1 else []
    places = state.areas if len(state.areas) == len(run) and len(run) > 1 and not others else []
    if places:
        names = []
    if others:
        names = []
    if len(run) > 1 and not (names or others or places) and re.search(r"分别|依次", head):
        return
    last = out[-1] if out and state.last == len(out) - 1 else None
    if last is not None and len(run) == 1 and "value" not in last.values and BARE.match(placed) and parts.relation == "level":
        # 稳居第一，得分高达87.82: place and score are one observation
        merged = {**last.values, "indicator": indicator, **_value(q, indicator)}
        out[-1] = replace(last, values=merged, end=end)
        return
    for n, one in enumerate(run):
        name = names[n] if names else indicator
        values = {"indicator": name, **_value(one, name, parts.sign if parts.relation in ("change", "above") else 1), **extra}
        if than or others:
            values["compared_to"] = others[n] if others else than
        if places and state.ranked:
            values["rank"] = n + 1
            if state.field_size and state.field_size > len(run):
                values["rank_of"] = state.field_size
        elif state.top and len(run) == 1 and parts.relation == "level":
            values["rank"] = 1
        elif state.rank and parts.relation == "level" and len(run) == 1:
            values["rank"] = state.rank
        finding = _finding(start, end, values, state, assertion)
        out.append(replace(finding, area=places[n]) if places else finding)
    state.rank = None
    state.top = False
    state.indicator = indicator
    if parts.relation == "share" and not re.search(r"占[^，]{2,}(?:比重|比例|份额|比率)", head):
        state.indicator = indicator.split("占")[0] or indicator
    if not (state.measure and SCORE_WORD.search(indicator)):
        state.measure = state.indicator
    state.verb = verb.group() if verb else (state.verb if segment.head[:1] in "、和与" else "")
    state.last = len(out) - 1 if len(run) == 1 else None


def _worth(indicator: str, q: Quantity, relation: str, head: str, reading: Reading) -> bool:
    """Whether the words make an indicator at all."""
    if not re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2,}", indicator) or len(indicator) > 60:
        return False
    if q.kind == "other" and not q.unit:
        return score_like(indicator) or re.search(r"系数|倍差|满意度|比$|值$|浓度|面积", indicator) is not None
    if q.kind == "ratio":
        return False
    if re.search(r"发表(?:了|学术|各类|SCI)*(?:论文|文章)|^平均每|^(?:被引|共被引|引用)", indicator):
        return False
    return not re.search(r"^(?:第|图|表|附件|年龄|本文|样本)|(?:页|期|版|卷)$|岁$", indicator)
