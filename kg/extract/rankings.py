"""Ranks: 排名第4位, 在31个省区市中列第19位, 倒数第2, 前10位, 分别列第45位和第78位."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.carried import Carried, compose, place
from kg.extract.indicators import BARE, clean
from kg.extract.reading import Finding
from kg.extract.segments import Segment
from kg.text.numerals import parse_number

_RANK_VERB = re.compile(
    r"(?:排名|排在|位列|位居|位次|居|列|名列|排|稳居|保持|跃居|升至|升到|跃升至|上升至|进入|跻身|处于|位于|在)*(?:到|至)?"
    r"(?:全国|全省|全球|世界|国内|内地|大陆|各省区?市?|[东中西]部|同类|亚洲|副省级城市)*(?:的)?"
    r"(?:排名|位居|位列|居|列|并列|稳居|均|前)*(?:了|为|中|的|在|第)*$"
)
_SPAN_OF_YEARS = re.compile(
    r"连续[\d一二三四五六七八九十]+年|(?:过去|近)[\d一二三四五六七八九十]+年间?|作为[^，]{1,8}$"
)
_FIELD_BEFORE = re.compile(
    r"(\d+|[二三四五六七八九十]{1,3})(?:个?(?:省|市|城市|省份|国家|区县)[^，]{0,4}(?:中)?|[个家所座][\u4e00-\u9fff]{1,12}?(?:之中|当中|中|里))$"
)
_LIST_OF = re.compile(r"([\d百千十]+)强")
_PROVINCES = 31


#: 从全球第11位跃升至第7位
_FROM_PLACE = re.compile(r"[从由][^，；]{0,8}第[\d一二三四五六七八九十]+(?:位|名)?(?=[^，；]{0,6}$)")


def read_rank(segment: Segment, head: str, state: Carried) -> None:
    """排名第4位, 居全国第3, 倒数第2, 前10位."""
    q, tail = segment.run[0], segment.tail.lstrip()
    head = _FROM_PLACE.sub("", head)
    if len(segment.run) > 1:
        _ranks(segment, head, state)
        return
    if tail and tail[0] not in "的，、和且并" and not re.match(r"位|名", tail):
        return
    if q.bound == "max" and tail:  # 前8位的省市 only names a group
        return
    if tail.startswith("的"):
        if tail == "的" and q.bound == "exact":  # 排名第1的A省6%的占比: the rank of what follows
            state.rank = int(q.value)
        return
    subject, field_size = _RANK_VERB.sub("", head), state.field_size
    if m := _FIELD_BEFORE.search(subject):
        field_size = int(parse_number(m.group(1)) or 0) or None
        subject = re.sub(r"在[^，在]{0,8}$|(?:全国|全省|全市|全区)$", "", subject[: m.start()])
    subject = place(_SPAN_OF_YEARS.sub("", subject), state)
    subject = re.sub(r"^(?:连续|稳居|仍|也|均)+$", "", subject)
    values: dict[str, object] = {"rank": int(q.value)}
    if q.from_bottom:
        context = state.reading.context
        field_size = field_size or (_PROVINCES if context.province == context.area != "全国" else None)
        if not field_size:
            return
        values["rank"] = field_size + 1 - int(q.value)
    elif m := _LIST_OF.search(subject):  # 百强第45位
        field_size = int(parse_number(m.group(1)) or 0) or None
        values["rank_of"] = field_size
    if field_size and (q.from_bottom or re.search(r"[中里](?:综合|总)?(?:排|位|名列|居|列)", head)):
        values["rank_of"] = field_size
    if _joins_value(subject, values, q.end, state):
        return
    if q.bound == "max":
        values["bound"] = "max"
    indicator = compose(subject, state)
    if len(indicator) < 2:
        return
    for name in _ranked_things(indicator):
        state.add(segment.start, q.end, {"indicator": name, **values})
    state.indicator = state.measure = indicator
    state.last = len(state.out) - 1


def _ranks(segment: Segment, head: str, state: Carried) -> None:
    """分别列第45位和第78位: one rank for each of the places spoken of."""
    if len(segment.run) != len(state.areas) or any(q.bound != "exact" for q in segment.run):
        return
    subject = re.sub(r"(?:分别|依次|各)+$", "", _RANK_VERB.sub("", head))
    indicator = compose(clean(subject), state)
    if len(indicator) < 2:
        return
    m = _LIST_OF.search(indicator)
    size = int(parse_number(m.group(1)) or 0) if m else state.field_size
    for area, q in zip(list(state.areas), segment.run, strict=True):
        values = {"indicator": indicator, "rank": int(q.value), "rank_of": size}
        state.add(segment.start, segment.run[-1].end, values, area)
    state.last = None


def _joins_value(subject: str, values: dict[str, object], end: int, state: Carried) -> bool:
    """Whether a rank only says where the value before it stands: 超过900万人，位居全国第8."""
    bare = not subject or (BARE.match(subject) is not None and not subject.endswith(("排名", "位次")))
    if state.last is None or state.last >= len(state.out) or not bare:
        return False
    last = state.out[state.last]
    if "rank" in last.values or (subject and not _same_kind(subject, last)):
        return False
    state.out[state.last] = replace(last, values={**last.values, **values}, end=end)
    state.last = None
    return True


def _ranked_things(indicator: str) -> list[str]:
    """A、B、C综合指标 as three."""
    m = re.match(r"^在?(?P<list>[^，]+、[^，]+?)(?P<tail>综合指标|指标|方面|领域)$", indicator)
    if not m:
        return [indicator]
    tail = m["tail"] if m["tail"].endswith("指标") else ""
    return [p + tail for p in re.split(r"、|和", m["list"].removesuffix("等"))]


def _same_kind(subject: str, last: Finding) -> bool:
    is_change = bool(last.values.get("change"))
    return is_change == bool(re.match(r"增速|增幅|增长|降幅|涨幅", subject))
