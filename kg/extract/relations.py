"""Relations between named things: who runs a programme, who leads or hosts a platform, what is part of what,
which kind of enterprise grows into which.

Each rule needs its verb and at least one end that is one identifiable thing: 鼓励骨干企业牵头组建创新联盟 is a measure,
no relation between two categories.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.context import sentence_areas
from kg.extract.reading import Finding, Reading
from kg.extract.ties import Mention, Tie, find_ties, is_actor

_VERB = (
    r"(?:组织|深入|接续|全面|启动|创新|滚动|统筹|大力|扎实|持续|积极|率先|稳步)*(?:实施|推进|开展|启动|设立|探索|实行|推行|发行|推出|加大|构建|建立|组建|安排|通过|打造|部署|谋划|发起设立|出资设立)"
    r"(?:实施|实行|开展|推进|设立|建设|发放)?(?:好|了)?"
)
#: a sum or a size between the verb and the fund: 设立总规模3亿元的, 每年安排不少于5000万元
_SUM = r"(?:(?:总|首期|首批|初始|基金|母基金)?(?:规模|金额|总额|额度|出资)?(?:为|达|约|共|不少于|不低于|不超过|最高|每年|年均|超过|超|近|首期|总计|合计|共计)*[0-9][0-9.,]*(?:多|余)?(?:[万亿]+)?元?(?:以上|左右|规模|人民币)?(?:的|，设立|设立|用于|作为)?)"
_RUNS = re.compile(rf"{_VERB}(?P<sum>{_SUM})?(?:新一轮|系列|国家|省级|本?[省市县区]|一批|若干|[一二三四五六七八九十两\d]+[个大项支只])*[“]?")
#: with these verbs the object must be a programme named as such, not any scheme
_WEAK_RUNS = ("通过", "加大", "构建", "打造", "建立", "部署", "谋划")
_FUND = re.compile(r"(?:基金|资金|资金池|专项|补偿金|准备金)$")
#: 省人民政府设立引导基金: the subject makes the fund a known one
_BUILDS = re.compile(r"(?:等)?(?:规划)?建设")
_BY_GOVERNMENT = re.compile(r"(?:人民政府|[省市县区州]政府|[厅局委省市县区州])(?:联合)?$")
_OTHERS_ACT = re.compile(r"(?:鼓励|支持|引导|允许|推动|组织|要求|指导|帮助|督促|对)[^，。；]{0,14}(?:企业|高校|院所|机构|单位|园区|银行|部门|各地|人才|专家|县|区|市)[^，。；]{0,8}$")
_JOIN = re.compile(r"[”“、和及与]{0,3}(?:以及)?[“]?(?:（[^（）]{1,16}）)?[”]?[、和及与]?[“]?")
_LEADS = re.compile(r"(?:等)?[^，。；、]{0,10}?牵头(?:联合[^，。；]{1,24}?)?(?:，?联合[^，。；]{1,24}?)?(?:组建|建设|成立|创建|承建|建立|打造|共建|设立|筹建|实施|承担|[、，][^，。；]{2,16}(?:参与|参加|配合|共建)(?=的)|(?=的))(?:了|的)?(?:[^，。；“《]{0,8})$")
_HOSTED = re.compile(r"(?:建设|设立|组建|成立|打造|布局|共建|建立|创建|搭建|筹建)(?:一批|了)?(?:国家|省级|市级|[一二三四五六七八九十\d]+[个家])*[“]?$")
_HOSTS_END = re.compile(r"依托(?:于)?(?:国内|省内|市内)?$")
_PARTS = re.compile(r"，?(?:即|包括|包含|主要包括|涵盖|由)(?:建设)?(?:了)?")
#: between the steps of a ladder
_TIER = re.compile(r"[”’]?\s?(?:[-—–－―]{1,3}>?|→|⟶|＞|>|➔)\s?[“‘]?|[”’]?(?:转型|逐步|加快|尽快|规范|梯次)?(?:成长为|发展为|升级为|培育成为?|晋级为?|跃升为|壮大为|迈向|转为|升级成为?|进阶为|成长成为?)(?:规模更大的|更多的)?[“‘]?")
_LISTED_TIER = re.compile(r"[”’]?、[“‘]?")
#: a list is a ladder where it is said to be climbed
_CLIMBED = re.compile(r"[”’]?(?:等)?(?:的)?(?:优质(?:中小)?企业|企业|科技企业)?(?:梯次|梯度|阶梯|逐级|递进|接续|分级|分层|全生命周期|成长)(?:式|型)?(?:培育|培养|成长|发展|升级|递进|孵化|链条)")
_BETWEEN = re.compile(r"[”’]?(?:向|到|至)[“‘]?")
_TOGETHER = re.compile(r"(?:、[^，。；]{2,30}?(?:机构|公司|银行|院所|高校|企业))*(?:和[^，。；、]{2,16})?等?(?:[一二三四五六七八九十\d]+[家个方])?(?:共同|合作|携手|联手|联合)(?:建设|共建|创设|设立|打造|组建|成立|开展|建立|推进|实施|研发|开发|举办)")
_WITH = re.compile(r"(?:与|同|和|联合|携手)$")
_DEAL = re.compile(r"[^，。；]{0,12}?(?:签[订署约]|共建|开展[^，。；]{0,8}合作|战略合作|建立[^，。；]{0,10}合作|深化合作|合作共建|联合共建|共同(?:建设|组建|打造|设立))")


def find_relations(reading: Reading, policies: Sequence[Finding], entities: Sequence[Finding]) -> list[Finding]:
    """Relation findings (`subject`, `predicate`, `object`) in text order. `policies` are kept out of the ends."""
    titles = [(p.start, p.end) for p in policies if not p.values.get("self")]
    mentions = _mentions(reading, entities, titles)
    if not mentions:
        return []
    blocks = [b.start for b in reading.outline.blocks]
    paragraph, last = -1, _theme(reading, entities)
    theme = last
    places: list[tuple[str, ...]] | None = None
    starts = [m.start for m in mentions]
    out: list[Finding] = []
    for i in dict.fromkeys(reading.number_of_sentence(m.start) for m in mentions):
        if i < 0:
            continue
        sentence = reading.outline.sentences[i]
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = mentions[low:high]
        if (block := bisect_right(blocks, sentence.start)) != paragraph:
            paragraph, last = block, theme
        if not inside:
            continue
        ties, last = find_ties(reading.shadow.text, sentence.start, sentence.end, inside, last, reading.context.area)
        out.extend(_tied(t) for t in ties)
        if any(m.cls in ("TalentProgramme", "FundingScheme") or m.specific for m in inside) and _RUNS.search(
            reading.shadow.text, sentence.start, sentence.end
        ):
            places = sentence_areas(reading) if places is None else places
            own = last if last is not theme else None
            out.extend(_runs(reading, sentence.start, sentence.end, inside, places[i], own))
        out.extend(_others(reading, sentence.start, sentence.end, inside))
    seen: set[tuple[str, str, str, int]] = set()
    kept: list[Finding] = []
    for f in sorted(out, key=lambda f: (f.start, f.end, f.values["subject"], f.values["object"])):
        key = (f.values["subject"], f.values["predicate"], f.values["object"], bisect_right(blocks, f.start))
        if key not in seen and f.values["subject"] != f.values["object"]:
            seen.add(key)
            kept.append(f)
    return kept


def _mentions(reading: Reading, entities: Sequence[Finding], titles: list[tuple[int, int]]) -> list[Mention]:
    """Every place where a found name is written (findings keep one a paragraph), outside titles."""
    if not entities:
        return []
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    text = reading.shadow.text
    by_written: dict[str, Finding] = {}
    spans = {(e.start, e.end): e for e in entities}
    for e in entities:
        by_written.setdefault(text[e.start : e.end], e)
    written = sorted(by_written)
    out: list[Mention] = []
    # made for one document: this kind is made four times as fast as the others
    names = AhoCorasick(written, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
    for index, start, end in names.find_matches_as_indexes(text):
        e = spans.get((start, end), by_written[written[index]])
        at = bisect_right(titles, (start, 1 << 40)) - 1
        if at >= 0 and titles[at][0] <= start < titles[at][1]:
            continue
        out.append(Mention(start, end, e.values["name"], e.values["class"], bool(e.values.get("specific"))))
    return out


def _finding(start: int, end: int, subject: str, predicate: str, obj: str, area: str | None = None) -> Finding:
    values = {"subject": subject, "predicate": predicate, "object": obj}
    return Finding("relation", start, end, f"relation.{predicate}", values, area)


def _runs(
    reading: Reading, start: int, end: int, inside: list[Mention], places: tuple[str, ...], own: Mention | None
) -> Iterator[Finding]:
    """What the places of a sentence run; `own` is the platform its paragraph speaks of, which acts for itself."""
    text = reading.shadow.text
    for m in _RUNS.finditer(text, start, end):
        first = next((x for x in inside if m.end() - 1 <= x.start <= m.end() + 1), None)
        if first is None or _OTHERS_ACT.search(text[max(start, m.start() - 40) : m.start()]):
            continue
        if "建议" in text[start : m.start()] or text[m.end() : first.start] == "的":
            continue
        weak = m.group().startswith(_WEAK_RUNS)
        run = _joined(text, inside, first)
        alone = own is None and not any(x.cls == "Platform" and x.specific and x.end <= m.start() for x in inside)
        if m.group().startswith("通过") and not re.match(r"”?等[^，。；]{0,6}(?:计划|项目|工程|专项)", text[run[-1].end : run[-1].end + 14]):
            continue
        for named in run:
            funded = (m["sum"] is not None or _BY_GOVERNMENT.search(text[start : m.start()] + ("" if m.group().startswith("设立") else "。"))) and named.cls == "FundingScheme" and alone and _FUND.search(named.name)
            if not (named.specific or funded or (m.group().startswith("加大") and named.name.endswith("券"))):
                continue
            if "安排" in m.group() and not funded:
                continue
            if named.cls == "Platform" and not (named.name.endswith("体系") or m.group().startswith("设立") or "“" in m.group() or _BUILDS.match(text, run[-1].end)):
                continue
            if named.cls in ("Organisation", "EnterpriseCategory") or (weak and not funded and not _runs_weakly(m.group(), named)):
                continue
            for place in places or ((reading.context.area,) if reading.context.area else ()):
                yield _finding(m.start(), named.end, place, "runs", named.name, place)


def _runs_weakly(verb: str, named: Mention) -> bool:
    """构建 and 打造 run a system of platforms; 建立 and the like run a named plan or fund."""
    if named.cls == "Platform":
        return "体系" in named.name
    return verb.startswith(("通过", "加大", "构建")) or named.specific


def _theme(reading: Reading, entities: Sequence[Finding]) -> Mention | None:
    """The platform that the document's own title sets up: sentences without a subject speak of it."""
    span = reading.context.title_span
    if span is None:
        return None
    for e in entities:
        if span[0] <= e.start < span[1] and e.values["class"] == "Platform" and e.values.get("specific"):
            return Mention(e.start, e.end, e.values["name"], "Platform", True)
    return None


def _tied(tie: Tie) -> Finding:
    return _finding(tie.start, tie.end, tie.subject, tie.predicate, tie.object)


def _joined(text: str, inside: list[Mention], first: Mention) -> list[Mention]:
    """`first` and what is coordinated with it: A、B和C, “A”“B”."""
    run = [first]
    for m in inside:
        if m.start >= run[-1].end and _JOIN.fullmatch(text[run[-1].end : m.start]):
            run.append(m)
    return run


def _others(reading: Reading, start: int, end: int, inside: list[Mention]) -> Iterator[Finding]:
    text = reading.shadow.text
    yield from _ladders(text, start, end, [m for m in inside if m.cls == "EnterpriseCategory"])
    for i, m in enumerate(inside):
        following = inside[i + 1] if i + 1 < len(inside) else None
        if following is not None and (m.cls in ("EnterpriseCategory", "Organisation") or is_actor(m)):
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


def _ladders(text: str, start: int, end: int, kinds: list[Mention]) -> Iterator[Finding]:
    """A—B—C, A成长为B, and lists that are said to be climbed (A、B、C梯次培育, 从A到B)."""
    listed: list[Mention] = []
    for m, following in zip(kinds, [*kinds[1:], None], strict=False):
        if following is not None and _TIER.fullmatch(text[m.end : following.start]):
            yield _finding(m.start, following.end, m.name, "next_tier", following.name)
        if (
            following is not None
            and _BETWEEN.fullmatch(text[m.end : following.start])
            and re.search(r"[从由]“?$|推动|促进|引导|支持|培育", text[max(start, m.start - 4) : m.start])
            and (text[max(start, m.start - 2) : m.start].rstrip("“").endswith(("从", "由")) or re.match(r"”?(?:升级|成长|转型|跃升|迈进|发展|进阶|转变|晋级|壮大)", text[following.end : end]))
        ):
            yield _finding(m.start, following.end, m.name, "next_tier", following.name)
        listed.append(m)
        if following is not None and _LISTED_TIER.fullmatch(text[m.end : following.start]):
            continue
        if len(listed) > 2 and _CLIMBED.match(text, m.end, end):
            for one, two in pairwise(listed):
                yield _finding(one.start, two.end, one.name, "next_tier", two.name)
        listed = []


def _led(text: str, leader: Mention, later: list[Mention]) -> Iterator[Finding]:
    for led in later:
        between = text[leader.end : led.start]
        if len(between) > 50 or "。" in between or ("，" in between[-12:] and "牵头" not in between):
            return
        if led.cls in ("Platform", "Organisation", "FundingScheme") and _LEADS.fullmatch(between):
            named = led.specific or leader.specific or led.name.startswith(("省", "市", "国家"))
            if named:
                yield _finding(leader.start, led.end, led.name, "led_by", leader.name)
            return


def _hosted(text: str, hosts: list[Mention], inside: list[Mention]) -> Iterator[Finding]:
    after = [x for x in inside if x.start > hosts[-1].end and x.cls == "Platform"]
    if not after or len(text[hosts[-1].end : after[0].start]) > 40 or not _HOSTED.search(text[hosts[-1].end : after[0].start]):
        return
    for platform in _joined(text, after, after[0]):
        for host in hosts:
            if host.cls == "Organisation" and platform.cls == "Platform":
                yield _finding(hosts[0].start, platform.end, platform.name, "hosted_by", host.name)


def _cooperates(text: str, first: Mention, second: Mention) -> Iterator[Finding]:
    between = text[first.end : second.start]
    after = text[second.end : second.end + 80]
    if (between in ("、", "和", "与", "及") and _TOGETHER.match(after)) or (_WITH.fullmatch(between) and _DEAL.match(after)):
        yield _finding(first.start, second.end, first.name, "cooperates_with", second.name)


def _clause_end(text: str, begin: int, end: int) -> int:
    at = text.find("，", begin, end)
    return end if at < 0 else at
