"""What a provision gives, to whom, under what condition, through what and under which policy.

`complete_measures` fills the values of measure findings; it does not care which component found the spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.amounts import read_amounts
from kg.extract.attribute_model import features, judge
from kg.extract.beneficiaries import HEADS, category_of, read_beneficiaries
from kg.extract.clauses import GRANT, split_clauses
from kg.extract.reading import Finding, Reading
from kg.extract.rulefile import instrument_cues, resource_cues

_THINGS = ("Platform", "TalentProgramme", "FundingScheme")
_MONEY = re.compile(r"\d[\d.]*\s*(?:万|亿)?元|奖励|补助|补贴|资助|奖补|%的")
_MAX_INSTRUMENTS = 2


def complete_measures(
    reading: Reading, measures: Sequence[Finding], policies: Sequence[Finding], entities: Sequence[Finding]
) -> list[Finding]:
    """The measures with policy, instruments, resources, beneficiaries, via, condition and amounts filled in.

    A measure that two policies of one place provide carries the first; where the places differ each has its own.
    """
    things = sorted({e.values["name"] for e in entities if e.values.get("class") in _THINGS}, key=lambda n: (-len(n), n))
    out = []
    for m in measures:
        values = dict(m.values)
        if m.type in ("measure", "recommendation"):
            values = {**attributes(reading, m, things), **values}
            policy = policy_of(reading, m, policies)
            if policy and m.type == "measure":
                values["policy"] = policy
        out.append(Finding(m.type, m.start, m.end, m.rule, values, m.area, m.assertion))
    return out


def attributes(reading: Reading, m: Finding, things: Sequence[str] = ()) -> dict[str, object]:
    """Values of one provision, empty ones left out: the rules' reading, instruments and resources judged anew."""
    values = rule_values(reading, m, things)
    words = re.sub(r"《[^》]*》", "", reading.shadow.text[m.start : m.end])
    instruments, resources = judge(features(words, reading.context.kind, values))
    judged = {**values, "instruments": instruments, "resources": resources}
    return {k: v for k, v in judged.items() if v}


def rule_values(reading: Reading, m: Finding, things: Sequence[str] = ()) -> dict[str, object]:
    """Values of one provision as the rules alone read it, empty ones left out."""
    text = reading.shadow.text
    body = text[m.start : m.end]
    words = re.sub(r"《[^》]*》", "", body)
    awarded = m.rule.endswith("award") or bool(GRANT.search(body))
    beneficiaries = read_beneficiaries(text, m.start, m.end)
    condition, recipient = read_condition(text, m.start, m.end)
    if recipient and not any(recipient in b["text"] or b["text"] in recipient for b in beneficiaries):
        beneficiaries.insert(0, {"text": recipient, "category": category_of(recipient)})
    beneficiaries = _specific_first(beneficiaries, condition or "")
    via = _through(words, things)
    amounts = [a.to_dict() for a in read_amounts(text, m.start, m.end, awarded=awarded)]
    categories = {b["category"] for b in beneficiaries}
    instruments = read_instruments(words, categories)
    resources = read_resources(words, instruments)
    values: dict[str, object] = {
        "instruments": instruments,
        "resources": resources,
        "beneficiaries": beneficiaries,
        "via": via,
        "condition": condition,
        "amounts": amounts,
    }
    return {k: v for k, v in values.items() if v}


def policy_of(reading: Reading, m: Finding, policies: Sequence[Finding]) -> str | None:
    """The title of the policy that provides a measure, where the text lets a reader tell."""
    sentence = reading.sentence_at(m.start)
    context = reading.context
    begin = sentence.start if sentence else m.start
    named = [p for p in policies if begin <= p.start < m.start + 40 and p.start < m.end and not p.values.get("self")]
    if context.kind == "policy":
        opened = [p for p in named if p.start <= begin + 2 and m.assertion == "reported"]
        return opened[0].values["title"] if opened else context.policy or None
    if context.kind == "report" or m.assertion == "recommended":
        return None
    own = [p for p in named if p.area == m.area] or ([] if len({p.area for p in named}) > 1 else named)
    before = [p for p in own if p.end <= m.start + 2] or own
    return before[0].values["title"] if before else None


def read_instruments(words: str, categories: set[str]) -> list[str]:
    """STIP codes of a provision, most specific first, two at most."""
    codes: list[str] = []
    for cue in instrument_cues():
        if cue.code not in codes and cue.search(words):
            codes.append(cue.code)
    business = bool(categories & _BUSINESS)
    if _MONEY.search(words) and GRANT.search(words) and not {"PI015", "PI012", "PI013", "PI014", "PI029", "PI016"} & set(codes):
        if categories and categories <= {"individual"}:
            codes = ["PI011", *(c for c in codes if c != "PI011")]
        elif business or not categories:
            keep = [c for c in codes if c in ("PI019", "PI027", "PI020")]
            codes = [*keep, "PI008"]
    elif "PI007" in codes and business:
        codes[codes.index("PI007")] = "PI008"
    return codes[:_MAX_INSTRUMENTS]


_BUSINESS = frozenset(
    (
        "enterprise",
        "high-tech-enterprise",
        "tech-sme",
        "specialised-sme",
        "leading-enterprise",
        "state-owned-enterprise",
        "startup",
        "large-enterprise",
    )
)
_IMPLIED = {
    "PI012": "funding", "PI013": "funding", "PI014": "funding", "PI015": "funding", "PI029": "funding",
    "PI011": "talent", "PI022": "platform", "PI007": "project", "PI017": "service", "PI023": "service",
}  # fmt: skip


def read_resources(words: str, instruments: list[str]) -> list[str]:
    """Kinds of resource that a provision moves, in order of first mention."""
    found: list[tuple[int, str]] = []
    for cue in resource_cues():
        if m := cue.search(words):
            found.append((m.start(), cue.code))
    kinds = [code for _, code in sorted(found)]
    for code in instruments[:1]:
        implied = _IMPLIED.get(code)
        if implied and implied not in kinds:
            kinds.append(implied)
    if "PI015" in instruments:
        kinds = ["funding", "regulation"]
    return kinds[:3]


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


def read_condition(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """What must hold to get it, as written, and the recipient that the condition names: 对[年产值超1亿元]的[企业]."""
    clauses = split_clauses(text, start, end)
    lead_end = start
    for a, b in clauses:
        if GRANT.search(text, a, b) and not re.search(r"的$|后$", text[a:b]):
            lead_end = a
            break
    else:
        lead_end = start
    lead = text[start:lead_end].rstrip("，：")
    if not lead:
        head = re.match(r"(?:对|凡|面向|将|给予|支持|鼓励|引导)([^，；]{2,60}?)的([^，；的]{0,12}?(?:" + HEADS + r"))(?=[^，；]{0,2}(?:给予|按|，|每|奖励|适当|实行|予以|建|开|创)|$|，)", text[start:end])
        if head:
            return head.group(1), head.group(2)
        return None, None
    lead = re.sub(r"^《[^》]*》", "", lead)
    lead = re.sub(r"^(?:对于?|凡是?)", "", lead)
    m = re.fullmatch(r"(.{2,}?)的([^，的]{0,14}?(?:" + HEADS + r"))(?:（[^）]*）)?", lead)
    if m:
        return m.group(1), m.group(2)
    bare = re.fullmatch(r"[^，的]{0,14}?(?:" + HEADS + ")", lead)
    if bare:
        return None, lead
    subject = re.match(r"([^，的]{0,8}?(?:企业|单位|机构|高校|个人|团队))(?=[^，]{4,})", lead)
    recipient = None
    if subject and not re.match(r".{0,2}(?:名录|家|个)", lead[subject.end() :]):
        recipient = subject.group(1)
        lead = lead[subject.end() :].lstrip("，")
    return re.sub(r"的$", "", lead) or None, recipient


def _specific_first(beneficiaries: list[dict[str, str]], condition: str) -> list[dict[str, str]]:
    """给予企业20万元 to one first recognised as a high-tech enterprise: the category that the condition names."""
    m = re.search(r"(?:认定|入选|评为|列入|获评|成为)[^，]{0,12}?([^，为级]{0,8}?(?:高新技术企业|专精特新[^，]{0,8}企业|小巨人企业|瞪羚企业|独角兽企业|科技型中小企业))", condition)
    if m and (not beneficiaries or all(b["category"] == "enterprise" for b in beneficiaries)):
        return [{"text": m.group(1), "category": category_of(m.group(1))}]
    return beneficiaries
