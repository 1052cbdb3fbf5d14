"""What a sentence says of a platform or an organisation: who hosts or leads it, where it lies, whom it works with,
what it belongs to, what belongs to it.

The subject is what the sentence names before its first predicate; 其, 该中心 and the like lead back to the last
platform, and clauses without a subject of their own go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.text.areas import load_areas


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Mention:
    """One place where a found name is written."""

    start: int
    end: int
    name: str
    cls: str
    specific: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """`subject` stands in `predicate` to `object`; the evidence is start:end of the shadow."""

    start: int
    end: int
    subject: str
    predicate: str
    object: str


#: no sentence without one of these says anything here
GATE = re.compile(r"依托|承建|承担|运营|托管|挂靠|牵头|组建|共建|合作|联合|携手|共同|单位|位于|落户|坐落|入驻|设在|设于|建在|选址|落地|纳入|隶属|成员|组成|构成|加入|下设|下辖|包括|包含|涵盖|签")
_JOIN = re.compile(r"[”“、和及与]{0,3}(?:以及)?[“]?(?:（[^（）]{1,16}）)?[”]?[、和及与]?[“]?")
_THING = r"(?:中心|平台|实验室|基地|院|研究院|联盟|联合体|园区?|孵化器|加速器|机构|高新区|企业|公司|体系|网络|装置|设施)"
_BACK = re.compile(
    rf"该(?:省|市)?{_THING}|(?:其|它|{_THING})(?=[，、]?(?:的|由|是|为|依托|位于|落户|坐落|入驻|设在|设于|建在|选址|与|同|和|联合|携手|隶属|属|已|将|现|纳入|加入|牵头|建设|承建|共建|合作|成员|下设|下辖|目前|还|也|获))"
)
_BEGINS = re.compile(r"(?:[12]\d{3}年(?:\d{1,2}月)?(?:\d{1,2}日)?，?|[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[）)、.．]|其中，?|同时，?|此外，?|目前，?|如，?|例如，?|[^，。；]{2,8}[：:]|近日，?)*[“]?")
_KEEPS = re.compile(r"(?:，|、)?(?:目前|已|将|现|也|还|由|并)*")

_RUN_BY = r"(?:负责|具体|共同|联合|合作|独立|发起|投资|等)*(?:承建|承担|建设|组建|运营|管理|托管|设立|成立|创建|建立|筹建|打造|发起|创办|举办|兴办)"
_BY_HOST = re.compile(_RUN_BY)
_BY_LEADER = re.compile(r"(?:等)?(?:[一二三四五六七八九十\d]+[家个所])?(?:单位|企业|高校|公司)?(?:作为)?牵头")
_LED_WITH = re.compile(r"牵头(?:[，、]|并)?(?:联合|会同|携手|协同|与|和)$")
_BY_BOTH = re.compile(r"(?:等)?(?:[一二三四五六七八九十\d]+[家个所方])?(?:单位|企业|高校|公司|机构)?(?:共建|(?:共同|联合|合作|携手)(?:出资|发起)?(?:共建|建设|组建|设立|成立|打造|创建|建立|承建|运营|举办))")
_WITH_AFTER = re.compile(r"(?:等)?(?:[一二三四五六七八九十\d]+[家个所方])?(?:[\u4e00-\u9fff]{0,6}(?:单位|企业|高校|院所|机构|公司))?[^，。；、]{0,8}?(?:合作|共建|联合|共同|签[订署约]|携手|协作|结对|对接|联动)")
_WITH_BEFORE = re.compile(r"(?:与|同|和|联合|携手|会同)$")
_HOST_UNIT = re.compile(r"(?:依托|承建|建设|承担|运营|承办|托管|建设主体|运营主体|主办)(?:单位|主体|方|机构)(?:均?(?:为|是)|：)?$")
_LEAD_UNIT = re.compile(r"牵头(?:建设|组建|承担|承建)?(?:单位|主体|方|企业|高校|院所)(?:均?(?:为|是)|：)?$")
_WITH_UNIT = re.compile(r"(?:共建|合作|协作|参建|参与|联合共建|合建|联合建设|合作共建)(?:单位|方|高校|院所|企业|机构)(?:有|为|是|：|主要)?(?:包括|包含|涵盖)?$")
_MEMBER_UNIT = re.compile(r"(?:成员|理事|会员|发起)(?:单位|企业|机构)(?:有|为|是|：|主要)?(?:包括|包含|涵盖)?$")
_ON_HOST = re.compile(r"依托(?:于)?(?:国内|省内|市内)?$")
_ON_AFTER = re.compile(r"(?:等[^，。；]{0,8})?(?:共同|联合|负责|统一)?(?:组建|建设|设立|成立|运营|建立|创建|打造|筹建|承建|布局|管理)?(?:而成)?(?=[，。；、（]|$)")
_LIES = re.compile(r"(?:落户|位于|坐落[于在]?|坐落|设在|设于|建在|入驻|落地|选址|布局在|布局于|地处|挂牌于|迁入|迁至|进驻)(?:于|在|到|至)?$")
_LIES_AREA = re.compile(r"(?:落户|位于|坐落[于在]|坐落|设在|设于|建在|落地|选址|布局在|布局于|地处|迁至)(?:于|在|到|至)?")
#: 12个项目落户: what moved in is not the subject
_OTHERS_LIE = re.compile(r"(?:项目|成果|企业|人才|机构|团队|资金|基金|产业|总部|专家|的|地|公司|[0-9]+[个家])(?:成功|相继|先后|陆续|已|正式|均|全部)?(?:落户|位于|坐落|设在|设于|建在|入驻|落地|选址|布局|地处|挂牌|迁入|迁至|进驻)[于在到至]?$")
_BELONGS = re.compile(r"(?:(?:纳入|列入|并入|加入|融入|进入|隶属于?|归属于?)|(?:是|为|作为|成为|属于?)[^，。；《》]{0,8}?)$")
_ENTERS = re.compile(r"(?:纳入|列入|并入|加入|融入|进入|隶属于?|归属于?)[^，。；《》]{0,8}?$")
_UNDER = re.compile(r"(?:隶属于?|归属于?|直属于?)$")
_MEMBER_AFTER = re.compile(r"的?(?:重要|核心|骨干|首批|一个|主要|有机|理事|关键)*(?:成员|组成部分|成员单位|分中心|分部|分院|分园|核心区|节点|子平台|一部分|组成)")
_WHOLE = ("体系", "网络", "联盟", "联合体", "共同体", "走廊", "集群", "矩阵", "群", "平台")
_MADE_OF = re.compile(r"(?:，|，?主要|，?共)?(?:由)$")
_MADE_AFTER = re.compile(r"(?:等)?(?:[^，。；、]{0,10}?)?(?:组成|构成)")
_HOLDS = re.compile(r"(?:，?(?:下设|下辖|包括|包含|涵盖|主要包括|由))(?:有|了)?(?:[一二三四五六七八九十两\d]+[个家大]?)?$")


def is_actor(m: Mention) -> bool:
    """Who can lead, host or work with others: organisations, and zones, which have administrations of their own."""
    return m.cls == "Organisation" or (m.cls == "Platform" and m.specific and m.name.endswith(("区", "科学城", "科技城", "科创城")))


def find_ties(text: str, start: int, end: int, inside: Sequence[Mention], last: Mention | None, around: str) -> tuple[list[Tie], Mention | None]:
    """The ties of the sentence start:end and the platform that a following 该中心 means.

    `inside` are its mentions in order, `last` the platform the paragraph spoke of before, `around` the province in
    which short names of places are read.
    """
    subject = _subject(text, start, end, inside, last)
    following = subject if subject is not None and subject.cls == "Platform" else last
    if GATE.search(text, start, end) is None:
        return [], following
    return list(_ties(text, start, end, inside, subject, around)), following


def _subject(text: str, start: int, end: int, inside: Sequence[Mention], last: Mention | None) -> Mention | None:
    m = _BEGINS.match(text, start, end)
    begin = m.end() if m else start
    if inside and inside[0].start - begin in ((0, 1) if text[begin : begin + 1] == "“" else (0,)) and inside[0].cls in ("Platform", "Organisation"):
        return inside[0]
    return last if text[begin : begin + 1] == "由" or (last is not None and _BACK.match(text, begin, end)) else None


def _runs_of(text: str, inside: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Mentions joined by 、, 和, 与 …"""
    run: list[Mention] = []
    for m in inside:
        if run and not (m.start >= run[-1].end and _JOIN.fullmatch(text[run[-1].end : m.start])):
            yield run
            run = []
        run.append(m)
    if run:
        yield run


def _ties(text: str, start: int, end: int, inside: Sequence[Mention], subject: Mention | None, around: str) -> Iterator[Tie]:
    owner: Mention | None = None  # the organisation that leads, in 由A牵头，联合B…
    for run in _runs_of(text, inside):
        first, stop = run[0], run[-1].end
        if subject is not None and first.start == subject.start:
            yield from _joint(text, run, end)
            run = run[1:] if len(run) > 1 else []
            if not run:
                continue
        elif run[0].cls in ("Platform", "Organisation") and text[run[0].start - 1] in "，；" and run[0].start > start:
            subject = run[0]  # a clause with a subject of its own
            continue
        before, after = text[max(start, first.start - 24) : run[0].start].rstrip("“"), text[stop : min(end, stop + 40)]
        bodies = [m for m in run if is_actor(m)]
        if bodies and owner is not None and _LED_WITH.search(text[owner.end : run[0].start]):
            for m in bodies:
                yield Tie(owner.start, m.end, owner.name, "cooperates_with", m.name)
            continue
        if bodies and before.endswith("由"):
            if _BY_LEADER.match(after):
                owner = bodies[0]
                if subject is not None and subject.cls == "Platform":
                    yield from (Tie(_from(subject, start, m), m.end, subject.name, "led_by", m.name) for m in bodies)
            elif len(bodies) > 1 and _BY_BOTH.match(after):
                yield from (Tie(bodies[0].start, m.end, bodies[0].name, "cooperates_with", m.name) for m in bodies[1:])
            elif subject is not None and subject.cls == "Platform" and _BY_HOST.match(after):
                yield from (Tie(_from(subject, start, m), m.end, subject.name, "hosted_by", m.name) for m in bodies)
        if subject is None:
            continue
        predicate = _said_of(subject, before, after, bodies)
        if predicate:
            yield from (Tie(_from(subject, start, m), m.end, subject.name, predicate, m.name) for m in bodies)
        partners = [m for m in run if m.cls == "Organisation" or (m.cls == "Platform" and m.specific)]
        yield from _with(start, subject, partners, before, after)
        yield from _whole(text, start, subject, run, before, after)
        if run[0].cls == "Platform" and run[0].specific and _LIES.search(before) and not _OTHERS_LIE.search(before) and subject.name != run[0].name:
            yield Tie(_from(subject, start, run[0]), run[0].end, subject.name, "located_in", run[0].name)
    if subject is not None and (subject.specific or subject.cls == "Organisation" or len(subject.name) > 7):
        yield from _placed(text, start, end, subject, inside, around)


def _from(subject: Mention, start: int, other: Mention) -> int:
    """Where the evidence begins: at the subject if it stands in the sentence, else at the sentence."""
    return subject.start if start <= subject.start < other.start else start


def _said_of(subject: Mention, before: str, after: str, bodies: list[Mention]) -> str:
    if subject.cls != "Platform" or not bodies:
        return ""
    if _HOST_UNIT.search(before) or (_ON_HOST.search(before) and _ON_AFTER.match(after)):
        return "hosted_by"
    if _LEAD_UNIT.search(before):
        return "led_by"
    return "cooperates_with" if _WITH_UNIT.search(before) else ""


def _with(start: int, subject: Mention, bodies: list[Mention], before: str, after: str) -> Iterator[Tie]:
    if _WITH_BEFORE.search(before) and _WITH_AFTER.match(after):
        for m in bodies:
            yield Tie(_from(subject, start, m), m.end, subject.name, "cooperates_with", m.name)


def _joint(text: str, run: list[Mention], end: int) -> Iterator[Tie]:
    """A与B签署合作协议, A联合B共建 …: organisations that open the sentence together."""
    after = text[run[-1].end : min(end, run[-1].end + 60)]
    if len(run) > 1 and all(m.cls == "Organisation" for m in run) and re.match(r"[^，。；、]{0,12}?(?:签[订署约]|共建|合作|携手|共同(?:组建|建设|设立|创设|打造|研发|举办)|联合(?:组建|建设|共建|设立|研发|攻关))", after):
        for m in run[1:]:
            yield Tie(run[0].start, m.end, run[0].name, "cooperates_with", m.name)


def _whole(text: str, start: int, subject: Mention, run: list[Mention], before: str, after: str) -> Iterator[Tie]:
    first = run[0]
    if first.name == subject.name:
        return
    member = _BELONGS.search(before) and _MEMBER_AFTER.match(after)
    enters = _ENTERS.search(before) and first.name.endswith(_WHOLE)
    under = first.cls == "Organisation" and _UNDER.search(before)
    if under or (first.cls == "Platform" and first.specific and (member or enters)):
        yield Tie(_from(subject, start, first), first.end, subject.name, "part_of", first.name)
        return
    if subject.cls != "Platform" or not subject.specific:
        return
    parts = (_HOLDS.search(before) and first.cls == "Platform" and not before.endswith("由")) or (
        _MADE_OF.search(before) and _MADE_AFTER.match(after)
    )
    if parts or _MEMBER_UNIT.search(before):
        for m in run:
            if m.cls in ("Platform", "Organisation"):
                yield Tie(_from(subject, start, m), m.end, m.name, "part_of", subject.name)


def _placed(text: str, start: int, end: int, subject: Mention, inside: Sequence[Mention], around: str) -> Iterator[Tie]:
    begin = subject.end if start <= subject.start < end else start
    for v in _LIES_AREA.finditer(text, begin, end):
        if any(v.end() <= m.start <= v.end() + 1 and m.cls == "Platform" for m in inside) or _OTHERS_LIE.search(text, begin, v.end()):
            continue
        behind = text[v.end() : min(end, v.end() + 24)]
        place, stop = None, 0
        for a, b, area in load_areas().find(behind, around):
            if a != stop or area.code == "000000":
                break
            place, stop = area, b  # 合肥市包河区: the narrowest of the places in a row
        if place is not None:
            yield Tie(start if begin == start else subject.start, v.end() + stop, subject.name, "located_in", place.name)
        return
