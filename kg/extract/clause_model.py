"""A small statistical judge of clauses: does this clause open a provision, belong to the one before, or neither?

A multinomial logistic regression over readable features (the verb's class, what the object ends in, whether a sum is
named, its pairs of characters, where the clause stands, what the clause before was). Its weights are a table that ships with the package
(`sources/lexicons/clause_weights.tsv`), fitted by `kg.evaluate.train`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extract.beneficiaries import HEADS
from kg.extract.clauses import (
    ADVERB,
    COUNTED,
    GRANT,
    NEGATIVE,
    QUOTED,
    STRONG_OBJECT,
    opening,
    strong_end,
    weak_head,
    without_tail,
)
from kg.extract.linear import Packed, is_word, load, pairs
from kg.resources import data_dir
from kg.text.literals import Signs
from kg.text.pairs import Joined
from kg.text.patterns import DIGITS, each

#: opens a provision, goes on with it, stands outside
LABELS = ("open", "go_on", "out")
#: added to the score of `open`, in hundredths: a missed provision costs a reader more than a slogan shown
OPEN_BIAS = 25
_OPENER = re.compile(
    r"对于?|以|在|为|围绕|按照?|经|凡|新|首|将|从|由|根据|通过|依托|立足|每|最高|单个|累计|分别|给予|其中|且|并|同时|力争|确保|实现|形成|使|到|自|符合|针对|面向|聚焦|结合|坚持|企业|本|各|市|省|县|可|应|不|有|所|同|一|该|其|是|与|加强|强化|突出|提升|提高|推动|促进|增强|营造|激发|发挥|深化"
)
_ENDS = re.compile(r"(?:的|后|以上|以下|时|起|前提下|基础上|等|者)$")
#: words that tell provisions from aims wherever they stand in a clause
_WORDS = re.compile(
    r"机制|制度|体系|平台|中心|实验室|园区|基地|计划|工程|行动|试点|基金|资金|贷款|担保|服务|政策|措施|项目|攻关|人才|企业|高校|机构|联盟|联合体|"
    r"水平|能力|发展|优势|作用|环境|氛围|融合|格局|生态|质量|效益|活力|动能|改革|管理|监督|考核|责任|工作|规划|方案|标准|数据|信息|审批|"
    r"一批|牵头|参与|纳入|优先|用于|不低于|不超过|应当|可以|符合|条件|规定|有关|高质量|建设|转化|产业|技术"
)
_SUM = re.compile(r"\d[\d,.]*\s*(?:万|亿|百万|千)?(?:元|美元)")
_SHARE = re.compile(each(DIGITS, r"[\d.]*\s*(?:%|‰|个百分点)") + "|百分之|全额|成$")
_OBLIGED = re.compile(r"应当|应|可以|要(?!求|素)|须|必须")


class Setting(NamedTuple):
    """Where a sentence stands: the kind of document and flags of its section (`target`, `past`, `advice`, …)."""

    kind: str
    flags: tuple[str, ...] = ()


class _Said(NamedTuple):
    """What a clause says, wherever it stands: its features, the class and the word of its verb, and what it names."""

    named: tuple[str, ...]
    verb_class: str
    verb: str
    granted: bool
    figure: bool


_NAMES = (("sum", _SUM), ("share", _SHARE), ("quoted", QUOTED), ("counted", COUNTED), ("negative", NEGATIVE), ("obliged", _OBLIGED))


@lru_cache(maxsize=1)
def _signs() -> Signs:
    """Tells of many clauses at once which of `_NAMES`, and then whether a grant, they may hold."""
    return Signs(*(pattern for _, pattern in _NAMES), GRANT)


_BITS = tuple((1 << n, name, pattern.search) for n, (name, pattern) in enumerate(_NAMES))
_GRANT_BIT = 1 << len(_NAMES)
_NAMED = _GRANT_BIT - 1


def _said(clause: str, kind: str, signs: int = -1) -> _Said:
    """`kind` is the document's; `signs` what `_signs` found in the clause."""
    out: list[str] = []
    verb_class = verb = "none"
    if found := opening(clause):
        verb_class, _, verb, rest = found
        out += (f"class={verb_class}", f"verb={verb}", f"{kind}+{verb_class}")
        bare = without_tail(rest)
        if m := weak_head(bare):
            out += ("weak", f"weak={m.group()}", f"{verb_class}+weak")
        if m := strong_end(bare):
            out += ("ends_strong", f"ends={m.group()}", f"{verb_class}+ends_strong")
        elif STRONG_OBJECT.search(bare):
            out += ("holds_strong", f"{verb_class}+holds_strong")
        if ADVERB.match(clause).end():  # type: ignore[union-attr]
            out.append("adverb")
    else:
        out.append("no_verb")
    if m := _OPENER.match(clause):
        out.append(f"opener={m.group()}")
    if m := _ENDS.search(clause):
        out.append(f"end={m.group()}")
    granted = signs & _GRANT_BIT != 0 and GRANT.search(clause) is not None
    names = [name for bit, name, search in _BITS if signs & bit and search(clause)] if signs & _NAMED else []
    figure = "sum" in names or "share" in names
    if granted:
        out.append("granted")
    out += names
    if granted and figure:
        out.append("granted_sum")
    tail = without_tail(clause)
    out += (f"starts={clause[:2]}", f"tail={tail[-2:]}", f"tail1={tail[-1:]}")
    words = _WORDS.findall(clause)
    out += map("has=".__add__, words if len(words) < 2 else sorted(set(words)))
    length = len(clause)
    out.append("len=" + ("xs" if length < 5 else "s" if length < 9 else "m" if length < 18 else "l" if length < 36 else "xl"))
    return _Said(tuple(out), verb_class, verb, granted, figure)


class _Standing(NamedTuple):
    """How a clause stands to its neighbours: what they are like, and what the one before was judged to be."""

    first: bool
    last: bool
    verb_class: str
    granted: bool
    figure: bool
    next_class: str
    next_granted: bool
    previous_class: str
    same_verb: bool
    before: str
    after_condition: bool


def _standing(said: Sequence[_Said], i: int, before: str, after_condition: bool) -> _Standing:
    own, last = said[i], i + 1 == len(said)
    following = None if last else said[i + 1]
    previous = said[i - 1] if i else None
    return _Standing(
        not i,
        last,
        own.verb_class,
        own.granted,
        own.figure,
        following.verb_class if following else "",
        following.granted if following else False,
        previous.verb_class if previous else "",
        own.verb == previous.verb if previous else False,
        before,
        after_condition,
    )


def _of_standing(s: _Standing) -> Iterator[str]:
    if s.first:
        yield "first"
        if s.last:
            yield "alone"
    if s.last:
        yield "last"
    else:
        if s.next_granted:
            yield "next_granted"
        yield f"next={s.next_class}"
    if not s.first:
        yield f"previous={s.previous_class}"
        if "none" not in (s.verb_class, s.previous_class):
            yield f"classes={s.previous_class}+{s.verb_class}"
            if s.same_verb:
                yield "same_verb"
    kind = "no_verb" if s.verb_class == "none" else f"class={s.verb_class}"
    yield from (f"before={s.before}", f"before={s.before}+{kind}")
    if s.after_condition:
        yield from ("after_condition", f"after_condition+before={s.before}")
    if s.granted:
        yield f"before={s.before}+granted"
    if s.figure:
        yield f"before={s.before}+figure"


def _of_setting(setting: Setting) -> Iterator[str]:
    yield from ("bias", f"kind={setting.kind}", *(f"{setting.kind}:{f}" for f in setting.flags))


def _of_marks(text: str, clauses: Sequence[tuple[int, int]], i: int) -> list[str]:
    """How the clause before ends and the next one begins."""
    out = [f"previous_tail={text[clauses[i - 1][1] - 1]}"] if i else []
    if i + 1 < len(clauses):
        start, end = clauses[i + 1]
        out.append(f"next_starts={text[start : min(start + 2, end)]}")
    return out


def features(
    text: str, clauses: Sequence[tuple[int, int]], i: int, setting: Setting, before: str, was_condition: bool
) -> list[str]:
    """Features of clause `i`: what it says, what stands round it, and what the clause before was judged to be
    (`start` for the first clause). `judge` adds up the weights of the same parts."""
    said = [_said(text[a:b], setting.kind) for a, b in clauses]
    return [
        *_of_setting(setting),
        *said[i].named,
        *filter(is_word, pairs(text[slice(*clauses[i])])),
        *_of_marks(text, clauses, i),
        *_of_standing(_standing(said, i, before, was_condition)),
    ]


@lru_cache(maxsize=1)
def weights() -> Packed:
    """The shipped table: feature → weight for each of `LABELS`."""
    return Packed(load(data_dir("sources") / "lexicons" / "clause_weights.tsv", LABELS), len(LABELS))


@lru_cache(maxsize=64)
def _setting_total(setting: Setting, table: Packed) -> int:
    return table.total(_of_setting(setting))


@lru_cache(maxsize=4096)
def _standing_scores(standing: _Standing, table: Packed) -> list[int]:
    return table.hundredths(table.total(_of_standing(standing)))


#: the clauses of a sentence and where it stands
Clauses = tuple[Sequence[tuple[int, int]], Setting]


def judge(text: str, clauses: Sequence[tuple[int, int]], setting: Setting, table: Packed | None = None) -> list[str]:
    """For each clause of a sentence one of `LABELS`, judged from left to right."""
    return judge_all(text, [(clauses, setting)], table)[0]


def judge_all(text: str, sentences: Sequence[Clauses], table: Packed | None = None) -> list[list[str]]:
    """`judge` for many sentences of a text: what their clauses say is looked up for all of them at once."""
    table = weights() if table is None else table
    words = [text[a:b] for clauses, _ in sentences for a, b in clauses]
    joined = Joined(words)
    signs = _signs().found(joined)
    said: list[_Said] = []
    totals: list[int] = []
    for clauses, setting in sentences:
        alike = _setting_total(setting, table)
        for i in range(len(clauses)):
            own = _said(words[len(said)], setting.kind, signs[len(said)])
            said.append(own)
            totals.append(alike + table.total(own.named) + table.total(_of_marks(text, clauses, i)))
    scores = table.scores(totals, table.of_pairs(joined))
    out: list[list[str]] = []
    first = 0
    for clauses, _ in sentences:
        sentence = slice(first, first + len(clauses))
        out.append(_from_left_to_right(words[sentence], said[sentence], scores[sentence], table))
        first = sentence.stop
    return out


def _from_left_to_right(
    words: Sequence[str], said: Sequence[_Said], scores: Sequence[tuple[int, ...]], table: Packed
) -> list[str]:
    """The labels of a sentence's clauses from what each says, wherever it stands, and how it stands to the others."""
    out: list[str] = []
    before, condition = "start", False
    for i, (own_open, own_go_on, own_out) in enumerate(scores):
        a, b, c = _standing_scores(_standing(said, i, before, condition), table)
        a, b, c = a + own_open + OPEN_BIAS, b + own_go_on, c + own_out
        if before in ("start", "out"):  # nothing to go on with
            b = min(a, c) - 1
        label = "open" if a >= b and a >= c else "go_on" if b >= c else "out"
        out.append(label)
        condition = label == "out" and is_condition(words[i])
        before = label
    return out


#: …的, …后, or …的 and who it is said of: 企业引进的博士，每人…
_CONDITION_START = re.compile(r"对|凡|符合|经|在.{2,30}(?:前提下|基础上|后)$")
_CONDITION_END = re.compile(rf"(?:的|后|起|的[^，的]{{0,10}}?(?:{HEADS}))$")


@lru_cache(maxsize=1024)
def is_condition(clause: str) -> bool:
    return bool(_CONDITION_START.match(clause) or _CONDITION_END.search(clause))
