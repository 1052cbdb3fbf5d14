"""One figure with the words round it as an observation: levels, changes, shares, multiples, counts, ranks."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.carried import SCORE_WORD, Carried, compose, place, subject_place, value_of, year_before
from kg.extract.counts import counted
from kg.extract.figure_rules import BUILD, is_condition, score_like
from kg.extract.indicators import BARE, Head, clean, items, read_head, strip_area
from kg.extract.rankings import read_rank
from kg.extract.segments import EARLIER, Segment
from kg.text.areas import load_areas
from kg.text.dates import Period
from kg.text.quantities import Quantity

_NOT_HERE = re.compile(r"[图表][\d一二三四五]|\[\d|[〔（]\d{4}[〕）]\d|https?:|DOI|[Vv]ol\.|pp\.|ISBN")
_LEADS = "、，和与及 "
_PROVIDES = re.compile(r"(?:提供|投入|发放|落实|设立|安排|达成|签订)$")
_LENGTH_UNITS = frozenset(("英寸", "米", "厘米", "毫米", "微米", "纳米"))
_LENGTH = re.compile(r"(?:里程|长度|水位|深度|高度|距离|浓度|面积|幅度)$")
_NO_SUBJECT = re.compile(r"^(?:仍?未|尚未|没有|远?未|确定|保持|安排|预留|提出)$")
_SHARED_VERB = re.compile(
    r"(?:共|总共|合计)?(?P<verb>新增|净增|新建|新培育|新认定|累计|建成|建设|共有|培育|引进|完成|吸引|实现|支持|资助|立项|选派|认定|备案|培养|签约|发布)"
)
#: money handed out is named by what it is for: 财政拨付运行经费
_PAYS = re.compile(r"^[^，]{0,12}?(?:拨付|发放|兑付|兑现|下达|安排)(?:了|给|到位)?(?=[\u4e00-\u9fff]{2})")
_SPENT = re.compile(r"^(?:计划|拟|将|总|已|累计)*(?:投入|投资|安排)(?:资金|经费|财政资金)?$")
_SPENT_ON = re.compile(
    r"(?:用于)?(?:支持|改造|建设|新建|扩建|改建|升级|实施|开展|设立|购置|打造|推进|推动)[\u4e00-\u9fff“”]{2,24}$"
)
_HELD_BY = re.compile(
    r"^(?:的)?(?:以上|左右)?(?:主要)?(?:集中|分布|投向|流向|用于|来自|来源|源自)(?:在|于|到|了)?(?P<who>[^，、；]{2,16})$"
)
_PARTS = re.compile(r"^(?P<list>[^，]+?)(?:分别|依次|各|约)+占$")
_NET = re.compile(r"净增加?$|净减少?$")
#: 支持A大学与骨干企业共建联合体: who does it is not what is counted
_WITH = re.compile(r"^(?:支持|推动|引导|鼓励|组织)[^，]*(?:[与和及、])[^，]*?(?=共建|联合|组建|共同)")
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2,}")
_BIBLIOMETRIC = re.compile(r"[、，]\d|发表(?:了|学术|各类|SCI)*(?:论文|文章)|^平均每|^(?:被引|共被引|引用)")
_OF_THE_TEXT = re.compile(r"^(?:第|图|表|附件|年龄|本文|样本)|(?:页|期|版|卷)$|岁$")
_RATE_OF_CHANGE = re.compile(r"(?:增长率|增速|增幅|降幅|涨幅)$")
_YEAR_ONLY = re.compile(r"\d{4}年")
_PRONOUN = re.compile(r"^[这该其](?:一|个)?(?:比例|数字|指标|占比|比重|数据|数值)?$")


def is_compared(text: str, start: int, at: int) -> bool:
    """Whether what begins at `at` is only what something is compared with: 较2018年, 是2018年的."""
    before = text[max(start, at - 2) : at]
    return before.endswith(("较", "比", "与", "于", "是", "同")) and before not in ("但是", "而是", "于是")


def read_figure(segment: Segment, state: Carried, periods: list[Period]) -> None:
    """Add the observations of a segment to `state`, and keep what the next one may leave unsaid."""
    head = segment.head
    offset = segment.start
    for p in reversed(periods):  # times go, unless they are what is compared with
        inside = offset <= p.start and p.end <= offset + len(head)
        if inside and not is_compared(state.text, offset, p.start):
            head = head[: p.start - offset] + head[p.end - offset :]
    head = head.lstrip(_LEADS)
    run, first = segment.run, segment.run[0]
    if _NOT_HERE.search(state.text, max(segment.start, first.start - 6), first.start):
        return
    if segment.period:
        before = state.period
        state.period = "" if segment.period == EARLIER else segment.period if segment.period.isdigit() else year_before(before)
        read_figure(replace(segment, period=""), state, periods)
        if segment.development and segment.period:
            state.period, state.last = before, None
        return
    if is_condition(state.reading, state.text[segment.start : segment.end], head):
        return
    if segment.other >= 0:
        _other_level(segment, state)
    elif segment.bracket:
        _bracket(segment, head, state)
    elif first.kind == "rank":
        read_rank(segment, head, state)
    elif state.counts_only and (first.kind != "count" or not BUILD.search(head or state.verb)):
        return
    elif first.kind == "count" and segment.tail.strip("的 、") and len(run) == 1 and first.unit != "人次":
        _count(segment, head, state)
    else:
        _figure(segment, head, state)


def _bracket(segment: Segment, head: str, state: Carried) -> None:
    """A省（53万件）: the place before the bracket has the indicator at hand; 第6位（300件）: the rank's value."""
    q, out = segment.run[0], state.out
    if len(segment.run) > 1 or segment.tail.strip() or q.kind == "rank":
        return
    after_rank = state.last is not None and out and "value" not in out[-1].values and "rank" in out[-1].values
    if after_rank and not head.strip("、和 "):
        known = out[-1].values
        out[-1] = replace(out[-1], values={**known, **value_of(q, known["indicator"])}, end=segment.end + 1)
        return
    found = load_areas().find(head)
    if (
        found
        and found[-1][1] == len(head)
        and state.indicator
        and q.kind in ("count", "money", "percent", "other")
    ):
        start = segment.start + len(segment.head) - len(head) + found[-1][0]
        values = {"indicator": state.indicator, **value_of(q, state.indicator)}
        state.add(start, segment.end + 1, values, found[-1][2].name)


def _other_level(segment: Segment, state: Carried) -> None:
    """比邻省的9%低3个百分点: what the other has is said too."""
    q = segment.run[0]
    _, names = strip_area(clean(state.text[segment.other + 1 : q.start]), state.own)
    if names and state.indicator:
        values = {"indicator": state.indicator, **value_of(q, state.indicator)}
        state.add(segment.other + 1, q.end, values, "、".join(names))
        state.last = None


def _count(segment: Segment, head: str, state: Carried) -> None:
    """A number of things named behind it: 建成30个数字车间, 5家医院进入名单."""
    q, kind, out = segment.run[0], state.reading.context.kind, state.out
    if kind == "policy" and not BUILD.search(head) and not state.verb:
        return
    if _says_little(state.text, q, head, segment.tail, kind):
        return
    named = counted(head, segment.tail, state.verb, state.indicator, state.phrase)
    if named is None:
        return
    indicator = named.indicator
    rest, names = subject_place(clean(indicator), state)
    if names and len(rest) >= 2:
        indicator, state.areas = rest, names
    _, leading = subject_place(clean(head), state)
    if leading:
        state.areas = leading
    _complete_count_before(segment, head, indicator, named.phrase, state)
    end = q.end + len(segment.tail) - len(segment.tail.lstrip()) + named.used
    # a count of places speaks of what holds them
    grouped = re.match(r"[^，]*?(?:属于|共属|构成|组成)", segment.tail)
    area = _whole(segment.start, state) if grouped else None
    values = {"indicator": indicator, **value_of(q, indicator)}
    state.add(_evidence_start(segment), max(q.end, min(end, segment.end)), values, area)
    state.indicator, state.verb, state.phrase = indicator, named.verb, named.phrase or state.phrase
    state.last = len(out) - 1


def _whole(at: int, state: Carried) -> str:
    """What grouped places are part of: the region named last before, else the document's place."""
    regions = [
        a.name for _, _, a in load_areas().find(state.text[max(0, at - 2000) : at]) if a.level == "region"
    ]
    return regions[-1] if regions else state.own


def _complete_count_before(segment: Segment, head: str, indicator: str, phrase: str, state: Carried) -> None:
    """5家医院9个科室进入名单; 4个国家级、18个省级中心: the count before shares the words behind this one."""
    if not state.out or state.last is None or segment.start - state.out[-1].end > 1:
        return
    last = state.out[-1]
    before = str(last.values["indicator"])
    level = re.match(r"(?:国家级|省部?级|市级|国家|省)", indicator)
    if level and re.fullmatch(r".*(?:国家级|省级|市级)", before):
        state.out[-1] = last.with_values(indicator=before + indicator[level.end() :])
    elif phrase and last.end == segment.start and not head and "的" not in before:
        state.out[-1] = last.with_values(indicator=f"{phrase}的{before}")


def _says_little(text: str, q: Quantity, head: str, tail: str, kind: str) -> bool:
    """三个层面, 5个部分: an author's own enumerations."""
    if re.search(r"属于|共属|构成|组成|入选|进入|列入|入围|获批|城市|省", tail):
        return False
    written = text[q.number_start : q.number_end]
    if kind != "article":
        return not re.search(r"\d", written)
    small = q.unit in ("个", "项") and q.value <= 10 and not BUILD.search(head)
    return small or not re.search(r"\d", written) or bool(re.search(r"发表|检索|视为|计为|收集|筛选", head))


def _evidence_start(segment: Segment) -> int:
    return segment.start + len(segment.head) - len(segment.head.lstrip(_LEADS))


def _than(parts: Head, state: Carried) -> tuple[str, str, list[str]]:
    """(subject, compared_to, places compared with): 较广东、江苏研发强度 names the indicator with the places."""
    if parts.than and _YEAR_ONLY.fullmatch(parts.than):
        return parts.subject, parts.than[:-1], []
    rest, names = strip_area(parts.than, state.own) if parts.than else ("", [])
    if rest in ("平均水平", "平均", "水平"):
        return parts.subject, parts.than, names
    subject = parts.subject
    if names and len(rest) > 2 and not subject:
        return clean(rest), "、".join(names), names
    if parts.relation == "multiple":
        return subject, "、".join(names) or parts.than, names
    return subject, parts.than if rest or not names else "、".join(names), names


def _indicator(
    segment: Segment, head: str, parts: Head, placed: str, state: Carried
) -> tuple[str, str | None]:
    """The indicator of a figure, and the place where the words behind it name one."""
    q, tail = segment.run[0], segment.tail
    if parts.relation == "share":
        before = compose(placed, state)
        if not placed and len(tail) > 3 and tail.startswith("的"):
            before = clean(tail)
        return f"{before}占{parts.whole}", None
    if not placed and tail.startswith("的") and q.kind in ("percent", "fraction", "points"):
        words = clean(re.split(r"[，、]", tail[1:])[0])
        rest, names = strip_area(words, state.own)
        if names and rest in ("平均水平", "水平", "平均", "均值", ""):  # 2.5%的全国平均水平
            return compose(placed, state), names[0]
        if words and not BARE.match(words):
            return words, None
    if q.kind in ("fraction", "percent") and not placed and (m := _HELD_BY.match(tail)) and state.indicator:
        return f"{clean(m['who'])}{state.indicator}占比", None
    if q.kind == "money" and _SPENT.match(placed) and (m := _SPENT_ON.match(tail)):
        return m.group().removeprefix("用于") + "投入", None
    if q.kind == "fraction" and re.match(r"的[\u4e00-\u9fff]", tail) and parts.relation == "level":
        return f"{compose(placed, state)}的{clean(tail[1:])}", None
    if q.kind == "money" and re.match(r"的[\u4e00-\u9fff]", tail) and _PROVIDES.search(placed):
        return placed + clean(tail[1:]), None
    in_list = segment.head[:1] in ("、", "和", "与") and state.verb and parts.relation == "level"
    if in_list and placed and not _SHARED_VERB.match(placed):
        return state.verb + placed, None
    return compose(placed, state), None


def _figure(segment: Segment, head: str, state: Carried) -> None:
    """A level, change, share or multiple, or a parallel list of them."""
    run, q = segment.run, segment.run[0]
    if (m := _PARTS.match(head)) and state.indicator and q.kind in ("percent", "fraction"):
        names = re.split(r"、|和|与|及", clean(m["list"]))
        if len(names) == len(run):  # 企业、高校分别占61%、39%: of what was just measured
            for name, one in zip(names, run, strict=True):
                indicator = f"{name}{state.indicator}占比"
                state.add(
                    _evidence_start(segment), run[-1].end, {"indicator": indicator, **value_of(one, "")}
                )
            state.last = None
            return
    parts = read_head(head, q.kind)
    subject, than, than_names = _than(parts, state)
    placed = _NO_SUBJECT.sub("", place(subject, state))
    placed = _WITH.sub("", placed)
    net = parts.relation == "level" and state.indicator and _NET.match(placed)
    if net:  # 由98亿元增至154亿元，净增56亿元
        placed = ""
    if q.kind == "money" and parts.relation == "level":
        placed = _PAYS.sub("", placed)
    indicator, area = _indicator(segment, head, parts, placed, state)
    if not _worth(indicator, q):
        state.indicator = state.indicator or placed
        return
    start = _evidence_start(segment)
    short_tail = segment.tail.startswith("的") and len(segment.tail) < 9
    end = run[-1].end + (len(segment.tail) if short_tail else 0)
    if parts.relation == "above" and re.match(r"的?(?:平均)?水平", segment.tail):
        if than_names:  # 远低于A40%的水平: A's own level
            state.add(start, q.end, {"indicator": indicator, **value_of(q, indicator)}, than_names[0])
        return
    last = state.out[-1] if state.out and state.last == len(state.out) - 1 else None
    alone = len(run) == 1 and parts.relation == "level"
    if last is not None and alone and "value" not in last.values and BARE.match(placed):
        # 位列榜首，得分高达95: place and score are one observation
        merged = {**last.values, "indicator": indicator, **value_of(q, indicator)}
        state.out[-1] = replace(last, values=merged, end=end)
        return
    spread = _spread(indicator, head, than, than_names, run, state)
    if spread is None:
        return
    differs = parts.relation in ("change", "above") or bool(net)
    change = differs or _RATE_OF_CHANGE.search(indicator) is not None
    for n, (one, (name, other, where)) in enumerate(zip(run, spread, strict=True)):
        values: dict[str, object] = {"indicator": name, **value_of(one, name, parts.sign if differs else 1)}
        if change:
            values["change"] = True
        if parts.relation == "multiple" and "相当于" in head and values["bound"] == "exact":
            values["bound"] = "about"
        values["compared_to"] = other
        if where and state.ranked:
            values["rank"] = n + 1
            if state.field_size and state.field_size > len(run):
                values["rank_of"] = state.field_size
        elif alone and (state.top or state.rank):
            values["rank"] = 1 if state.top else state.rank
        state.add(start, end, values, where or area)
    _hand_on(indicator, head, placed, parts, segment, state)
    if net:
        state.last = None


def _spread(
    indicator: str, head: str, than: str, than_names: list[str], run: list[Quantity], state: Carried
) -> list[tuple[str, str, str | None]] | None:
    """(indicator, compared_to, place) for each figure of a list; None where nobody could tell them apart."""
    count = len(run)
    if count > 1 and len(than_names) == count:
        return [(indicator, name, None) for name in than_names]
    if count > 1 and len(state.areas) == count:
        return [(indicator, than, name) for name in state.areas]
    names = items(indicator, count) if count > 1 else []
    if names:
        return [(name, than, None) for name in names]
    if count > 1 and re.search(r"分别|依次", head):
        return None
    return [(indicator, than, None)] * count


def _hand_on(indicator: str, head: str, placed: str, parts: Head, segment: Segment, state: Carried) -> None:
    state.rank, state.top = None, False
    state.indicator = indicator
    if parts.relation == "share" and not re.search(r"占[^，]{2,}(?:比重|比例|份额|比率)", head):
        state.indicator = indicator.split("占")[0] or indicator
    if not (state.measure and SCORE_WORD.search(indicator)):
        state.measure = state.indicator
    verb = _SHARED_VERB.match(placed)
    state.verb = verb["verb"] if verb else state.verb if segment.head[:1] in ("、", "和", "与") else ""
    state.last = len(state.out) - 1 if len(segment.run) == 1 else None


def _worth(indicator: str, q: Quantity) -> bool:
    """Whether the words make an indicator at all."""
    if not _WORDS.search(indicator) or len(indicator) > 60:
        return False
    if _PRONOUN.match(indicator):
        return False
    if q.kind == "other" and not q.unit:
        return (
            score_like(indicator) or re.search(r"系数|倍差|满意度|比$|值$|浓度|面积", indicator) is not None
        )
    if q.unit in _LENGTH_UNITS and not _LENGTH.search(indicator):
        return False
    return not (_BIBLIOMETRIC.search(indicator) or _OF_THE_TEXT.search(indicator))
