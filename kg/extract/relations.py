"""Relations between named things: who runs a programme, who leads or hosts a platform, what is part of what,
which kind of enterprise grows into which.

Each rule needs its verb and at least one end that is one identifiable thing: 鼓励龙头企业牵头组建创新联合体 is a measure,
no relation between two categories.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.context import sentence_areas
from kg.extract.reading import Finding, Reading
from kg.text.areas import load_areas

_RUNS = re.compile(
    r"(?:组织|深入|接续|全面|启动|创新|滚动)?(?:实施|推进|开展|启动|设立|探索|实行|推行|发行|推出|加大|构建|通过)(?:实施|实行|开展|推进)?(?:好|了)?(?:新一轮|系列|国家|省级|本?市|9?\d*个)?[“]?"
)
#: with these verbs the object must be a programme named as such, not any scheme
_WEAK_RUNS = ("通过", "加大", "构建")
_OTHERS_ACT = re.compile(r"(?:鼓励|支持|引导|允许|推动|组织|要求|指导|帮助|督促)[^，。；]{0,14}(?:企业|高校|院所|机构|单位|园区|银行|部门|各地|人才|专家|县|区|市)[^，。；]{0,8}$")
_JOIN = re.compile(r"[”“、和及与]{0,3}(?:以及)?[“]?(?:（[^（）]{1,16}）)?[”]?[、和及与]?[“]?")
_LEADS = re.compile(r"(?:等)?[^，。；、]{0,10}?牵头(?:联合[^，。；]{1,24}?)?(?:，?联合[^，。；]{1,24}?)?(?:组建|建设|成立|创建|承建|建立|打造|共建|设立|筹建)(?:了|的)?(?:[^，。；“《]{0,8})$")
_HOSTED = re.compile(r"(?:建设|设立|组建|成立|打造|布局|共建|建立|创建|搭建|筹建)(?:一批|了)?[“]?$")
_HOSTS_END = re.compile(r"依托(?:于)?(?:国内|省内|市内)?$")
_PARTS = re.compile(r"，?(?:即|包括|包含|主要包括|涵盖|由)(?:建设)?(?:了)?")
_TIER = re.compile(r"”?[-—–→]{1,3}“?")
_TOGETHER = re.compile(r"(?:、[^，。；]{2,30}?(?:机构|公司|银行|院所|高校|企业))*(?:和[^，。；、]{2,16})?等?(?:[一二三四五六七八九十\d]+[家个方]?)?(?:共同|合作|携手|联手)(?:建设|共建|创设|设立|打造|组建|成立|开展|建立|推进|实施|研发|开发|举办)")
_WITH = re.compile(r"(?:与|同|和)$")
_DEAL = re.compile(r"[^，。；]{0,12}?(?:签[订署约]|共建|开展[^，。；]{0,8}合作|战略合作|建立[^，。；]{0,10}合作|深化合作|合作共建|联合共建)")


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    name: str
    cls: str
    specific: bool


def find_relations(reading: Reading, policies: Sequence[Finding], entities: Sequence[Finding]) -> list[Finding]:
    """Relation findings (`subject`, `predicate`, `object`) in text order. `policies` are kept out of the ends."""
    titles = [(p.start, p.end) for p in policies if not p.values.get("self")]
    mentions = _mentions(reading, entities, titles)
    if not mentions:
        return []
    places: list[tuple[str, ...]] | None = None
    starts = [m.start for m in mentions]
    out: list[Finding] = []
    for i, sentence in enumerate(reading.outline.sentences):
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = mentions[low:high]
        if not inside:
            continue
        if any(m.cls in ("TalentProgramme", "FundingScheme") or m.specific for m in inside) and _RUNS.search(
            reading.shadow.text, sentence.start, sentence.end
        ):
            places = sentence_areas(reading) if places is None else places
            out.extend(_runs(reading, sentence.start, sentence.end, inside, places[i]))
        out.extend(_others(reading, sentence.start, sentence.end, inside))
    seen: set[tuple[str, str, str, int]] = set()
    kept: list[Finding] = []
    blocks = [b.start for b in reading.outline.blocks]
    for f in sorted(out, key=lambda f: (f.start, f.end, f.values["subject"], f.values["object"])):
        key = (f.values["subject"], f.values["predicate"], f.values["object"], bisect_right(blocks, f.start))
        if key not in seen and f.values["subject"] != f.values["object"]:
            seen.add(key)
            kept.append(f)
    return kept


def _mentions(reading: Reading, entities: Sequence[Finding], titles: list[tuple[int, int]]) -> list[_Mention]:
    """Every place where a found name is written (findings keep one a paragraph), outside titles."""
    if not entities:
        return []
    from ahocorasick_rs import AhoCorasick, MatchKind

    text = reading.shadow.text
    by_written: dict[str, Finding] = {}
    spans = {(e.start, e.end): e for e in entities}
    for e in entities:
        by_written.setdefault(text[e.start : e.end], e)
    written = sorted(by_written)
    out: list[_Mention] = []
    for index, start, end in AhoCorasick(written, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(text):
        e = spans.get((start, end), by_written[written[index]])
        at = bisect_right(titles, (start, 1 << 40)) - 1
        if at >= 0 and titles[at][0] <= start < titles[at][1]:
            continue
        out.append(_Mention(start, end, e.values["name"], e.values["class"], bool(e.values.get("specific"))))
    return out


def _finding(start: int, end: int, subject: str, predicate: str, obj: str, area: str | None = None) -> Finding:
    values = {"subject": subject, "predicate": predicate, "object": obj}
    return Finding("relation", start, end, f"relation.{predicate}", values, area)


def _runs(reading: Reading, start: int, end: int, inside: list[_Mention], places: tuple[str, ...]) -> Iterator[Finding]:
    text = reading.shadow.text
    for m in _RUNS.finditer(text, start, end):
        first = next((x for x in inside if m.end() - 1 <= x.start <= m.end() + 1), None)
        if first is None or _OTHERS_ACT.search(text[max(start, m.start() - 40) : m.start()]):
            continue
        weak = m.group().startswith(_WEAK_RUNS)
        run = _joined(text, inside, first)
        if m.group().startswith("通过") and not re.match(r"”?等[^，。；]{0,6}(?:计划|项目|工程|专项)", text[run[-1].end : run[-1].end + 14]):
            continue
        for named in run:
            if not named.specific and not (m.group().startswith("加大") and named.name.endswith("券")):
                continue
            if named.cls == "Platform" and not (named.name.endswith("体系") or m.group().startswith("设立") or "“" in m.group()):
                continue
            if named.cls in ("Organisation", "EnterpriseCategory") or (weak and named.cls == "Platform" and "体系" not in named.name):
                continue
            for place in places or ((reading.context.area,) if reading.context.area else ()):
                yield _finding(m.start(), named.end, place, "runs", named.name, place)


def _joined(text: str, inside: list[_Mention], first: _Mention) -> list[_Mention]:
    """`first` and what is coordinated with it: A、B和C, “A”“B”."""
    run = [first]
    for m in inside:
        if m.start >= run[-1].end and _JOIN.fullmatch(text[run[-1].end : m.start]):
            run.append(m)
    return run


def _others(reading: Reading, start: int, end: int, inside: list[_Mention]) -> Iterator[Finding]:
    text = reading.shadow.text
    for i, m in enumerate(inside):
        following = inside[i + 1] if i + 1 < len(inside) else None
        same = following is not None and following.cls == m.cls
        if m.cls == "EnterpriseCategory" and same and following and _TIER.fullmatch(text[m.end : following.start]):
            yield _finding(m.start, following.end, m.name, "next_tier", following.name)
        if following is not None and m.cls in ("EnterpriseCategory", "Organisation"):
            yield from _led(text, m, inside[i + 1 :])
        if m.cls == "Organisation" and _HOSTS_END.search(text[max(start, m.start - 6) : m.start]):
            yield from _hosted(text, _joined(text, inside[i:], m), inside)
        if m.cls == "Organisation" and following is not None and following.cls == m.cls:
            yield from _cooperates(text, m, following)
        if m.name.endswith("体系") and (p := _PARTS.match(text, m.end, end)):
            stop = _clause_end(text, p.end(), end)
            for part in inside[i + 1 :]:
                if part.end <= stop and part.cls == m.cls:
                    yield _finding(m.start, part.end, part.name, "part_of", m.name)
        if m.cls in ("Platform", "Organisation") and m.specific:
            yield from _situated(reading, m, end)


def _led(text: str, leader: _Mention, later: list[_Mention]) -> Iterator[Finding]:
    for led in later:
        between = text[leader.end : led.start]
        if len(between) > 50 or "，" in between[-12:] or "。" in between:
            return
        if led.cls in ("Platform", "Organisation", "FundingScheme") and _LEADS.fullmatch(between):
            named = led.specific or leader.specific or led.name.startswith(("省", "市", "国家"))
            if named:
                yield _finding(leader.start, led.end, led.name, "led_by", leader.name)
            return


def _hosted(text: str, hosts: list[_Mention], inside: list[_Mention]) -> Iterator[Finding]:
    after = [x for x in inside if x.start > hosts[-1].end and x.cls == "Platform"]
    if not after or len(text[hosts[-1].end : after[0].start]) > 40 or not _HOSTED.search(text[hosts[-1].end : after[0].start]):
        return
    for platform in _joined(text, after, after[0]):
        for host in hosts:
            if host.cls == "Organisation" and platform.cls == "Platform":
                yield _finding(hosts[0].start, platform.end, platform.name, "hosted_by", host.name)


def _cooperates(text: str, first: _Mention, second: _Mention) -> Iterator[Finding]:
    between = text[first.end : second.start]
    after = text[second.end : second.end + 80]
    if (between in ("、", "和", "与", "及") and _TOGETHER.match(after)) or (_WITH.fullmatch(between) and _DEAL.match(after)):
        yield _finding(first.start, second.end, first.name, "cooperates_with", second.name)


def _situated(reading: Reading, m: _Mention, end: int) -> Iterator[Finding]:
    text = reading.shadow.text
    behind = text[m.end : min(end, m.end + 30)]
    v = re.match(r"[^，。；、]{0,6}?(?:落户|位于|坐落[于在]|落地|设在|布局在)(?:于|在)?", behind)
    if v is None:
        return
    for a, b, area in load_areas().find(behind, reading.context.area):
        if a == v.end() and area.code != "000000":
            yield _finding(m.start, m.end + b, m.name, "located_in", area.name)
        return


def _clause_end(text: str, begin: int, end: int) -> int:
    at = text.find("，", begin, end)
    return end if at < 0 else at
