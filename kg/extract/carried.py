"""What the figures of a sentence hand on to each other: places, indicator, verb, time; and how an indicator is completed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.indicators import BARE, clean, strip_area
from kg.extract.ordinals import ordered_places
from kg.extract.reading import Finding, Reading
from kg.text.areas import load_areas
from kg.text.quantities import Quantity

SCORE_WORD = re.compile(r"(?:得分|评分|均分)$")
_SUBJECT_CLAUSE = re.compile(
    r"^(?P<s>.{2,24}?)(?:水平)?(?:最高|最低|最强|最大|最多|次之|较高|较低|相对较低|相对较高|相对较弱|领先|居首|再创新高"
    r"|稳步(?:增长|提升)|(?:明显|相对|仍然|依然|总体|整体|普遍)?(?:不足|偏低|偏少|偏弱|偏小|薄弱|滞后|不高|不强|不大)|持续(?:增长|提升)|不断提[高升]|保持[^，]{0,4}增长|进一步提[高升])$"
)
_TOPIC_CLAUSE = re.compile(
    r"^(?:从|在)(?:全球)?(.{2,16}?)(?:方面|上|来看|中)$|^(.{2,20}?)(?:呈|超过|高于|低于|落后于?|领先于?|位于|处于|排名处于)[^，]{2,16}$"
)
#: a list that places are on; their ranks follow
_ENTERS = re.compile(
    r"(?:进入|入选|入围|跻身|上榜|列入|登上)([^，]{0,20}(?:[\d十百千]强|榜|名单|排行|排名)[^，]{0,4})$"
)
_SUBJECT_ENDS = frozenset("高低强大多之弱先首长升足少小后")
_STANDS = re.compile("[呈超高低落领位处排]")
_LISTS = re.compile(r"[强榜名排]")
_FROM = re.compile(r"从(?:全国|全球|世界)?$")
_BEHIND = re.compile(r"(?:中的|的|，|中)(?=[\u4e00-\u9fff])")
_ABOUT = re.compile(r"(?<=.)(?:排名中|指标中|排名上|(?<=指标)上|排名|方面)$")
_TOP = re.compile(r"最高|最强|居首|第一|首位")
#: in reports and policies a place is the subject of these only; elsewhere it belongs to the indicator
_OF_A_PLACE = re.compile(
    r"地区生产总值|生产总值|GDP|经济总量|规上|规模以上|一般公共预算|社会消费品|固定资产|进出口|人均|常住人口|城镇|农村|研发"
    r"|全社会|高新技术|科技型|综合|创新能力|区域创新|(?:排名|位居|位列|居|跻身|入选|进入)"
)


@dataclass(slots=True)
class Carried:
    """One sentence being read: what it has said so far, and its observations (`out`)."""

    reading: Reading
    text: str  # the shadow, numbers in plain writing
    assertion: str
    areas: list[str]
    indicator: str = ""
    measure: str = ""  # what was last measured or spoken of, over the sentences of a paragraph
    verb: str = ""  # 新增A 45家、B 397家: shared by the items of a list
    phrase: str = ""  # 进入…名单: shared by counts side by side
    period: str = ""
    looks_back: bool = False  # 近3年 dates its own sentence only
    ranked: bool = False  # the places stand in their order
    top: bool = False  # the place was said to be first
    field_size: int | None = None  # how many are ranked
    rank: int | None = None  # of the place that is named next (位列第2的某省…)
    last: int | None = None  # the observation that a rank behind it belongs to
    counts_only: bool = False
    out: list[Finding] = field(default_factory=list)

    @property
    def own(self) -> str:
        """The place the document speaks for."""
        return self.reading.context.area

    def add(self, start: int, end: int, values: dict[str, object], area: str | None = None) -> None:
        """Keep an observation; period and place are filled in where `values` and `area` leave them."""
        ordered: dict[str, object] = {"indicator": values["indicator"]}
        if self.period and "period" not in values:
            ordered["period"] = self.period
        ordered.update((k, v) for k, v in values.items() if k != "indicator" and v not in (None, ""))
        place = area or "、".join(self.areas)
        self.out.append(
            Finding("observation", start, end, "observation-figure", ordered, place, self.assertion)
        )


def remember(clause: str, state: Carried) -> None:
    """A clause without figure may name the places and the subject of the next one."""
    words = clean(clause)
    rest, names = subject_place(words, state)
    state.last = None
    if ranking := ordered_places(rest if not names else words):
        state.areas, state.ranked = ranking, True
        return
    if names:
        state.areas, state.ranked = names, False
    state.top = False
    if rest and _LISTS.search(rest) and (m := _ENTERS.search(rest)):
        state.indicator = state.measure = m.group(1)
    elif rest and rest[-1] in _SUBJECT_ENDS and (m := _SUBJECT_CLAUSE.match(rest)):
        state.indicator = state.measure = compose(clean(m["s"]), state)
        state.top = _TOP.search(rest) is not None
    elif rest and (rest[0] in "从在" or _STANDS.search(rest)) and (m := _TOPIC_CLAUSE.match(rest)):
        words = clean(next(g for g in m.groups() if g))
        if not BARE.match(words) and len(words) >= 3:
            state.indicator = state.measure = words


def compose(words: str, state: Carried) -> str:
    """The indicator: as written, or carried over, or both (增速 → 研发经费增速)."""
    words = clean(words)
    if words in ("未", "仍未", "尚未", "没有", "无"):
        words = ""
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
    if re.match(
        r"(?:总量|总数|总额|数量|其|数|金额|水平|这一比例|该比例|数字|量|额)$", words
    ) or base.endswith(words):
        return base
    if re.search(r"(?:占比|比重|比例|增速|增幅|增长率|强度)$", base) and words.endswith(base[-2:]):
        return base
    return re.sub(r"(?:平均|综合)?(?:得分|评分)$|占比$|增速$|排名$", "", base) + words


def subject_place(words: str, state: Carried) -> tuple[str, list[str]]:
    """Words without the places that open them, where these are what is spoken of."""
    rest, names = strip_area(words, state.own)
    official = state.reading.context.kind != "article"
    if official and names and names != [state.own] and not _OF_A_PLACE.match(rest):
        return words, []
    return rest, names


def place(words: str, state: Carried) -> str:
    """The words without the places that are their subject; these become the state's."""
    if "连续" in words:
        words = re.sub(r"连续[\d一二三四五六七八九十]+年", "", words)
    words = _FROM.sub("", clean(words))
    rest, names = subject_place(words, state)
    if not names:  # 申请量排名中某省位居第9: the place stands right before the verb
        found = load_areas().find(words)
        at = found[-1][0] if found and found[-1][1] == len(words) else -1
        if at == 0 or (at > 0 and words[at - 1] in "中上，率额数"):
            names, rest = [found[-1][2].name], words[:at]
        elif m := _BEHIND.search(words):
            behind, some = strip_area(words[m.end() :], state.own)
            names, rest = (some, behind) if len(some) > 1 else ([], rest)
    if names:
        state.areas, state.ranked = names, False
    return clean(_ABOUT.sub("", clean(rest)))


_MONEY_LIKE = re.compile(r"生产总值|GDP|产值|余额|收入|总额|投资|市值|营收|经济总量|资产|贷款|存款|交易额|销售额")


def value_of(q: Quantity, indicator: object, sign: int = 1) -> dict[str, object]:
    """`value`, `upper`, `unit` and `bound` of a figure; a score without unit is in 分."""
    value = round(q.value * sign, 4 if q.kind != "fraction" else 2)
    unit = q.unit or ("分" if SCORE_WORD.search(str(indicator)) else "")
    if not unit and value >= 1e10 and _MONEY_LIKE.search(str(indicator)):
        unit = "CNY"  # 生产总值突破9万亿
    out: dict[str, object] = {"value": int(value) if value == int(value) else value}
    if q.upper is not None:
        out["upper"] = q.upper
    if unit:
        out["unit"] = unit
    out["bound"] = q.bound
    return out


def year_before(period: str) -> str:
    """The year before the one a period begins in; "" where it has none."""
    return str(int(period[:4]) - 1) if period[:4].isdigit() else ""
