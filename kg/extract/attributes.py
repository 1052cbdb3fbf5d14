"""What a provision gives, to whom, under what condition, through what and under which policy.

`complete_measures` fills the values of measure findings; it does not care which component found the spans.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from kg.extract.amounts import read_amounts
from kg.extract.attribute_model import judge_all
from kg.extract.beneficiaries import category_of, read_all, read_beneficiaries
from kg.extract.clauses import GRANT
from kg.extract.conditions import read_condition
from kg.extract.digest import restated
from kg.extract.lead_ins import LeadIn, lead_in
from kg.extract.reading import Finding, Reading
from kg.extract.responsible import find_duties, responsible_for
from kg.extract.rulefile import own_codes, spoken
from kg.model import ENTERPRISES, INSTRUMENTS, RESOURCES

_BLOCK = attrgetter("block")
_TITLE = re.compile(r"《[^》]*》")
_PROVISIONS = ("measure", "recommendation")
_THINGS = ("Platform", "TalentProgramme", "FundingScheme")
_MONEY = re.compile(r"\d[\d.]*\s*(?:万|亿)?元|奖励|补助|补贴|资助|奖补|%的")
_PLATFORM = re.compile(r"[\u4e00-\u9fff]{0,8}(?:实验室|研究中心|创新中心|技术中心|孵化器|众创空间|加速器|基地|工作站|园区|平台|研发中心)")
_MAX_INSTRUMENTS = 2
#: 面上项目每项50万元: a sum for each needs no verb
_EACH = re.compile(r"每[\u4e00-\u9fff]{1,4}(?:不超过|最高|补|奖)?\d+(?:\.\d+)?(?:万|亿)?元|奖金")


def complete_measures(
    reading: Reading, measures: Sequence[Finding], policies: Sequence[Finding], entities: Sequence[Finding]
) -> list[Finding]:
    """The measures with policy, instruments, resources, beneficiaries, via, condition and amounts filled in.

    A measure that two policies of one place provide carries the first; where the places differ each has its own.
    """
    things = sorted({e.values["name"] for e in entities if e.values.get("class") in _THINGS}, key=lambda n: (-len(n), n))
    out = []
    carried: tuple[int, list[dict[str, str]]] = (-1, [])
    before: Finding | None = None
    duties = find_duties(reading) if measures else []
    read = attributes(reading, [m for m in measures if m.type in _PROVISIONS], things)
    for m in measures:
        values, area = dict(m.values), m.area
        if m.type in _PROVISIONS:
            values = {**read[_place(m)], **values}
            _inherit(values, lead_in(reading, m))
            if "condition" not in values and (headed := _headed_by(reading, m)):
                values["condition"] = headed
            _go_on(reading, m, values, before)
            carried = _carry(reading, m, values, carried)
            if bodies := responsible_for(duties, m):
                values["responsible"] = bodies
            title, place = policy_of(reading, m, policies)
            if title and m.type == "measure":
                values["policy"] = title
                area = place or area
        before = Finding(m.type, m.start, m.end, m.rule, values, area, m.assertion)
        out.append(before)
    return out


_FOR_WHOM = re.compile(r"对于?|凡")
_FURTHER = re.compile(r"(?:在此基础上，?)?(?:每(?:再)?(?:增加|新增|超过|提高)|再(?:增加|新增)|(?:达到?|超过|突破|满)\d|之后每|后每)")


def _go_on(reading: Reading, m: Finding, values: dict[str, Any], before: Finding | None) -> None:
    """…给予10万元；每增加1亿元，另给予10万元: a further step is for whom the step before it was."""
    text = reading.shadow.text
    if before is None or m.start - before.end > 3 or "\n" in text[before.end : m.start]:
        return
    if not _FURTHER.match(text, m.start):
        # 对成效明显的市，在专项资金中予以倾斜，优先支持其…: the sentence opens with whom it is all for
        if text[before.end] == "，" and _FOR_WHOM.match(text, before.start) and not (values.get("condition") or values.get("beneficiaries")):
            values.update({k: v for k, v in before.values.items() if k in ("condition", "beneficiaries")})
        return
    if before.values.get("beneficiaries"):
        values["beneficiaries"] = before.values["beneficiaries"]
    above, own = before.values.get("condition"), values.get("condition")
    if above and own and own not in above:
        values["condition"] = f"{above}；{own}"


def _inherit(values: dict[str, Any], above: LeadIn | None) -> None:
    """What the lead-in of a list says holds for its items, before what they say themselves."""
    if above is None:
        return
    own = values.get("condition", "")
    if above.condition and above.condition not in own:
        values["condition"] = f"{above.condition}；{own}" if own else above.condition
    if above.beneficiaries and not values.get("beneficiaries"):
        values["beneficiaries"] = list(above.beneficiaries)


def _carry(
    reading: Reading, m: Finding, values: dict[str, Any], carried: tuple[int, list[dict[str, str]]]
) -> tuple[int, list[dict[str, str]]]:
    """A sum whose clause names nobody is for whom the clause or title before it in the paragraph names."""
    sentence = reading.sentence_at(m.start)
    block = sentence.block if sentence else -1
    if block != carried[0]:
        carried = (block, _of_title(reading, block, m.start))
    if not values.get("beneficiaries") and m.rule.endswith("award") and carried[1]:
        values["beneficiaries"] = carried[1]
    return block, values.get("beneficiaries") or carried[1]


_GIVES_AT_ONCE = re.compile(r"(?:每[\u4e00-\u9fff]{1,2}|一次性|最高|分别|再)*(?:给予|奖励|补助|资助|补贴|奖)")


def _headed_by(reading: Reading, m: Finding) -> str:
    """国内发明专利授权：每件奖励5000元: what stands before the colon is what must have happened."""
    text = reading.shadow.text
    sentence = reading.sentence_at(m.start)
    if sentence is None or text[m.start - 1 : m.start] != "：" or not _GIVES_AT_ONCE.match(text, m.start):
        return ""
    n = bisect_right(reading.outline.sentences, sentence.start, key=lambda s: s.start) - 1
    before = reading.outline.sentences[n - 1] if n else None
    if before is None or not before.is_heading or before.block != sentence.block:
        return ""
    return reading.shadow.value(before.start, before.end).strip("：")


def _of_title(reading: Reading, block: int, before: int) -> list[dict[str, str]]:
    """Beneficiaries that the topic sentence of a paragraph names: 支持企业…。按…给予补助。"""
    sentences = reading.outline.sentences
    for s in sentences[bisect_left(sentences, block, key=_BLOCK) :]:
        if s.block != block or s.end > before:
            break
        if s.end - s.start < 40:
            return read_beneficiaries(reading.shadow.text, s.start, s.end, reading.context.kind)
    return []


def _place(m: Finding) -> tuple[int, int, str]:
    """What the values of a provision hang on: those of several places are read once."""
    return m.start, m.end, m.rule


def attributes(
    reading: Reading, measures: Sequence[Finding], things: Sequence[str] = ()
) -> dict[tuple[int, int, str], dict[str, Any]]:
    """Values of the provision at each place, empty ones left out: the rules' reading, instruments and resources
    judged anew."""
    provisions = {_place(m): m for m in measures}
    words = [_TITLE.sub("", reading.shadow.text[start:end]) for start, end, _ in provisions]
    served = read_all([reading.shadow.text[start:end] for start, end, _ in provisions], reading.context.kind)
    named = _named_in(words, things)
    by_rules = [rule_values(reading, *given) for given in zip(provisions.values(), named, served, strict=True)]
    judged = judge_all([(w, reading.context.kind, values) for w, values in zip(words, by_rules, strict=True)])
    out = {}
    for place, w, values, (instruments, resources) in zip(provisions, words, by_rules, judged, strict=True):
        if own := own_codes(w):
            instruments = _first([c for c in own if c in INSTRUMENTS], instruments)
            resources = _first([c for c in own if c in RESOURCES], resources)
        whole = {**values, "instruments": instruments, "resources": resources}
        out[place] = {k: v for k, v in whole.items() if v}
    return out


def _first(codes: list[str], others: list[str]) -> list[str]:
    return [*codes, *(c for c in others if c not in codes)]


def rule_values(
    reading: Reading, m: Finding, things: Sequence[str] = (), served: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """Values of one provision as the rules alone read it, empty ones left out. `served` are its beneficiaries where
    they are read already."""
    text = reading.shadow.text
    body = text[m.start : m.end]
    words = _TITLE.sub("", body)
    awarded = m.rule.endswith("award") or bool(GRANT.search(body) or _EACH.search(body))
    beneficiaries = read_beneficiaries(text, m.start, m.end, reading.context.kind) if served is None else served
    condition, recipient = read_condition(text, m.start, m.end)
    if recipient and not any(recipient in b["text"] or b["text"] in recipient for b in beneficiaries):
        beneficiaries.insert(0, {"text": recipient, "category": category_of(recipient)})
    beneficiaries = _specific_first(beneficiaries, condition or "")
    if not beneficiaries and awarded and (place := _PLATFORM.search(condition or recipient or "")):
        beneficiaries = [{"text": place.group(), "category": "platform-operator"}]
    via = _through(words, things)
    amounts = [a.to_dict() for a in read_amounts(text, m.start, m.end, awarded=awarded)]
    categories = {b["category"] for b in beneficiaries}
    instruments = read_instruments(words, categories)
    resources = read_resources(words, instruments)
    values: dict[str, Any] = {
        "instruments": instruments,
        "resources": resources,
        "beneficiaries": beneficiaries,
        "via": via,
        "condition": condition,
        "amounts": amounts,
    }
    return {k: v for k, v in values.items() if v}


def policy_of(reading: Reading, m: Finding, policies: Sequence[Finding]) -> tuple[str | None, str | None]:
    """The title of the policy that provides a measure, where the text lets a reader tell, and that policy's place
    where it is another than the document's."""
    sentence = reading.sentence_at(m.start)
    context = reading.context
    begin = sentence.start if sentence else m.start
    named = [p for p in policies if begin <= p.start < m.start + 40 and p.start < m.end and not p.values.get("self")]
    if context.kind == "policy":
        opened = [p for p in named if p.start <= begin + 2 and m.assertion == "reported"]
        if opened:
            return opened[0].values["title"], opened[0].area
        return context.policy or restated(reading, m.start) or None, None
    if context.kind == "report" or m.assertion == "recommended":
        return None, None
    own = [p for p in named if p.area == m.area] or ([] if len({p.area for p in named}) > 1 else named)
    before = [p for p in own if p.end <= m.start + 2] or own
    if before:
        return before[0].values["title"], None
    return (_interpreted(context.title) or None) if m.area == context.area else None, None


def _interpreted(title: str) -> str:
    """The one policy that a text explains: 《X》政策解读, 关于《X》的问答."""
    found = re.findall(r"《([^《》]{4,60})》", title)
    return found[0] if len(found) == 1 and re.search(r"》(?:的)?(?:政策|文件)?(?:解读|问答|图解|答记者问|政策解读)", title) else ""


def read_instruments(words: str, categories: set[str]) -> list[str]:
    """STIP codes of a provision, most specific first, two at most."""
    codes: list[str] = []
    for cue, _ in spoken(words):
        if cue.code in INSTRUMENTS and cue.code not in codes:
            codes.append(cue.code)
    business = not categories.isdisjoint(ENTERPRISES)
    if _MONEY.search(words) and GRANT.search(words) and not {"PI015", "PI012", "PI013", "PI014", "PI029", "PI016"} & set(codes):
        if categories and categories <= {"individual"}:
            codes = ["PI011", *(c for c in codes if c != "PI011")]
        elif business or not categories:
            keep = [c for c in codes if c in ("PI019", "PI027", "PI020")]
            codes = [*keep, "PI008"]
    elif "PI007" in codes and business:
        codes[codes.index("PI007")] = "PI008"
    return codes[:_MAX_INSTRUMENTS]


_IMPLIED = {
    "PI012": "funding", "PI013": "funding", "PI014": "funding", "PI015": "funding", "PI029": "funding",
    "PI011": "talent", "PI022": "platform", "PI007": "project", "PI017": "service", "PI023": "service",
}  # fmt: skip


def read_resources(words: str, instruments: list[str]) -> list[str]:
    """Kinds of resource that a provision moves, in order of first mention."""
    kinds = [code for _, code in sorted((at, cue.code) for cue, at in spoken(words) if cue.code in RESOURCES)]
    for code in instruments[:1]:
        implied = _IMPLIED.get(code)
        if implied and implied not in kinds:
            kinds.append(implied)
    if "PI015" in instruments:
        kinds = ["funding", "regulation"]
    return kinds[:3]


def _named_in(texts: Sequence[str], things: Sequence[str]) -> list[list[str]]:
    """For each text the things whose names stand in it, in the order given: one pass over all of them."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    if not things:
        return [[] for _ in texts]
    found: list[set[int]] = [set() for _ in texts]
    # made for one document: this kind is made four times as fast as the others
    names = AhoCorasick(things, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    for numbers, text in zip(found, texts, strict=True):
        numbers.update([n for n, _, _ in names.find_matches_as_indexes(text, overlapping=True)])
    return [[things[n] for n in sorted(numbers)] for numbers in found]


def _through(words: str, things: Sequence[str]) -> list[str]:
    """Names of platforms, programmes and schemes in a provision; a name inside a longer one is not repeated."""
    found: list[tuple[int, str]] = []
    rest = words
    for name in things:
        at = rest.find(name)
        if at >= 0:
            found.append((at, name))
            rest = rest.replace(name, "\x00" * len(name))
    return [name for _, name in sorted(found)]


_RECOGNISED = re.compile(
    r"(?:认定|入选|评为|列入|获评|成为)[^，]{0,12}?([^，为级]{0,8}?(?:高新技术企业|专精特新[^，]{0,8}企业|小巨人企业|瞪羚企业|独角兽企业|科技型中小企业))"
)


def _specific_first(beneficiaries: list[dict[str, str]], condition: str) -> list[dict[str, str]]:
    """给予企业20万元 to one first recognised as a high-tech enterprise: the category that the condition names."""
    m = _RECOGNISED.search(condition)
    if m and (not beneficiaries or all(b["category"] == "enterprise" for b in beneficiaries)):
        return [{"text": m.group(1), "category": category_of(m.group(1))}]
    return beneficiaries
