"""Titles of documents in running text: 《…》 with what stands in and behind them, nicknames, clear mentions without 《》.

Which titles are policies is told by their last word (文种); short forms (以下简称《办法》) lead back to the full title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.text.docnumber import DocNumber, find_document_numbers
from kg.text.shadow import Shadow

#: 文种 and what else names a policy; the last one of a title counts
KINDS = (
    "意见", "办法", "措施", "方案", "规划", "计划", "通知", "决定", "决议", "批复", "条例", "规定", "细则", "规则", "规程", "纲要", "政策",
    "公告", "通告", "公报", "指引", "指南", "目录", "名录", "清单", "函", "令", "复函", "要点", "举措", "若干条款", "建议", "通报", "试点方案", "法",
)  # fmt: skip
_TAIL = re.compile(
    r"(?:（[^（）]{1,24}）|[（(]?(?:19|20)\d\d(?:年)?(?:[-—–~至]+(?:20)?\d\d)?年?(?:版|度|修订|修正)?[）)]?|第[一二三四五六七八九十\d]+[批版稿]|[一二三四五六七八九十\d]+条|修订版|修订稿|送审稿)$"
)
_KIND = re.compile("(?:" + "|".join(sorted(KINDS, key=lambda k: (-len(k), k))) + ")$")
_NOT_LAW = re.compile(r"(?:方|办|做|想|看|说|用|书|章|手|疗|算|语)法$")
#: places and works that end like policies but are none
_NOT_POLICY = re.compile(
    r"(?:白皮|蓝皮|绿皮|申请|任务|计划|意向|说明|证|协议|合同|通知|建议|声明)书$|协定$|条约$|协议$|公约$|合同$|宣言$|报告$|表$|年鉴$|学报$|标准$|研究$|辞典$|手册$|公报》|统计公报$"
    r"|^(?:关于)?(?:修改|写作|投稿)|(?:投资|消费|旅游|报考|就业|用户|写作|申报材料编制|操作|使用|购物)指南$|商业计划$"
)
#: 《国家重点支持的高新技术领域》 is a list that government sets
_LISTS = re.compile(r"^国家重点支持的高新技术领域$|重点领域目录$")
#: a 文种 alone names no one document
_BARE = re.compile(
    r"^(?:(?:实施|管理|暂行|本|若干|指导|工作|认定|规划|具体|操作|总体|行动|试点|政策|专项|配套|改革|评价)*(?:" + "|".join(KINDS) + r")|纲要（草案）|纲要草案|规划纲要|征求意见稿)$"
)
_SHORT_FORM = re.compile(r"(?:以下)?(?:统称|简称|称)(?:为)?[：:]?$")
_WRAPS = re.compile(
    r"^(?P<before>.*?)(?:印发|转发|公布|发布|颁布|下发|执行|(?<!印发)实施)《?(?P<inner>[^《》]{6,}?(?:" + "|".join(KINDS) + r")(?:（[^（）]{1,12}）)*)》?的?(?:通知|公告|决定|令|函)$"
)
_NICKNAME = re.compile(r"“((?=[^“”]*[\u4e00-\u9fff]{2})[\u4e00-\u9fffA-Za-z0-9·]{2,14}?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})条)(?:政策|措施|意见)?”")
_BARE_NICKNAME = re.compile(r"(?<=[台施布行实])(?!了)([\u4e00-\u9fff]{2,6}\d{1,3}条)(?=[，。；、和等]|政策)")
_LISTED = re.compile(
    r"(?:列入|纳入|属于|符合|进入)(?:了)?(国家[\u4e00-\u9fff]{2,16}?目录)(?=的|内|中|、|，|。|和|及|或|范围|所列)"
)
_LAW = re.compile(r"(中(?<!《中)华人民共和国[\u4e00-\u9fff]{2,14}?法(?:实施条例)?)(?![律规制人定院治庭官学》典])")
_ISSUED = re.compile(
    r"(?:出台|印发|发布|颁布)了?([\u4e00-\u9fff]{4,22}?(?:专项政策|实施意见|指导意见|管理办法|暂行办法|行动方案|实施方案|行动计划|管理条例|促进条例))(?=[，。；、]|等)"
)
_NO_NAME = re.compile(
    r"^(?:支持|促进|推动|推进|加快|鼓励|扶持|激励|一系列|相关|有关|多项|若干|配套|系列|本|各类|各项|各自|一批|新的|具体|相应|以|针对|涉及|包括|实施|关于|专门|新一轮|多个|部分|一揽子)|的|了|和"
)

_ORGAN = (
    r"中共中央(?:办公厅)?|国务院(?:办公厅)?|国家税务总局[\u4e00-\u9fff]{2,8}?税务局"
    r"|[\u4e00-\u9fff]{2,20}?(?:人民政府办公[厅室]|人民政府|人民代表大会常务委员会|委员会|管委会(?:办公室)?|行政公署(?:办公室)?|办公[厅室]|(?:委(?!员会)|厅|局|(?<!总)部(?!门)|院|银行|协会)(?!办公))"
)
_ONE_ISSUER = re.compile(_ORGAN)
_ISSUERS = re.compile(rf"((?>(?:{_ORGAN})[、\s和]?){{1,6}})(?:关于|印发|转发)")


@dataclass(frozen=True, slots=True)
class Title:
    """A mention of a policy in the shadow. `start:end` is the evidence (with 《》), `name` the title as written."""

    start: int
    end: int
    name: str
    rule: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    number: str = ""
    year: int | None = None
    #: what the text calls it from there on: （以下简称“科创十条”）
    nicknames: tuple[str, ...] = ()
    #: the mention is a short form of another title
    short: bool = False
    #: titles of 〈…〉 inside, with their spans
    inside: tuple[tuple[int, int, str], ...] = ()


_MARKS = re.compile(r"[《》\n。]")
#: titles within titles go no deeper; of a longer row of marks only the last may open one
_DEEPEST = 6
_RUN = re.compile(r"《{7,}")


def title_spans(text: str) -> list[tuple[int, int, int]]:
    """(start, end, end of the inner text) of each outermost 《…》; a missing 》 is made up at the end of the 文种."""
    out: list[tuple[int, int, int]] = []
    at = text.find("《")
    while at >= 0:
        if (run := _RUN.match(text, at)) is not None:
            at = run.end() - 1
        depth, close = 0, -1
        for m in _MARKS.finditer(text, at, at + 160):
            depth += {"《": 1, "》": -1}.get(m.group(), 0)
            if depth == 0:
                close = m.start()
            if depth == 0 or depth > _DEEPEST or m.group() in "\n。":
                break
        if close >= 0:
            out.append((at, close + 1, close))
            at = text.find("《", close + 1)
            continue
        if (close := _closed_by_kind(text, at)) > 0:
            out.append((at, close, close))
            at = text.find("《", close)
        else:
            at = text.find("《", at + 1)
    return out


_UNCLOSED = re.compile(
    r"《[^《》。，；：！？\n]{5,60}?(?:意见|办法|措施|方案|条例|通知|决定|细则|规划)(?:（试行）)?(?=[，。；、]|的(?:规定|要求|精神)|等)"
)


def _closed_by_kind(text: str, at: int) -> int:
    if text.startswith("《《", at):
        return -1
    m = _UNCLOSED.match(text, at, at + 80)
    if m:
        return m.end()
    # 《A》《B》 where the inner mark was typed as an outer one: take the shortest closed part
    close = text.find("》", at, at + 80)
    return close + 1 if close > 0 and "\n" not in text[at:close] and "《" not in text[at + 1 : close] else -1


def kind_of(name: str) -> str:
    """The 文种 of a title, "" where its last word is none."""
    stripped = strip_tail(name)
    if _LISTS.search(stripped):
        return "目录"
    m = _KIND.search(stripped)
    if not m or _NOT_POLICY.search(stripped):
        return ""
    if m.group() == "法" and (_NOT_LAW.search(stripped) or len(stripped) < 3):
        return ""
    if m.group() == "建议" and "规划" not in stripped:
        return ""
    return m.group()


def strip_tail(name: str) -> str:
    """A title without （试行）, (2021—2025年) and the like at its end."""
    previous = ""
    while name != previous:
        previous, name = name, _TAIL.sub("", name).strip()
    return name


def unwrap_notice(name: str) -> tuple[str, tuple[str, ...]]:
    """印发《X》的通知 → (X, (the notice's title,)); other titles unchanged."""
    m = _WRAPS.match(name)
    if m is None or re.match(r"(?:19|20)\d\d年", m["inner"]):
        return name, ()
    if "修改" in m["before"][-6:] or len(m["inner"]) < 6:
        return name, ()
    return m["inner"], (name,)


def title_issuers(title: str) -> tuple[str, ...]:
    """Who issued, as the title's opening says: X省人民政府关于…, A部B部关于…"""
    m = _ISSUERS.match(title)
    return tuple(_ONE_ISSUER.findall(m[1])) if m else ()


def find_titles(shadow: Shadow) -> list[Title]:
    """All mentions of policies in text order; what is no policy is left out."""
    text = shadow.text
    shorts: dict[str, str] = {}
    out = list(_quoted_titles(shadow, shorts)) if "《" in text else []
    spans = [(t.start, t.end) for t in out]
    if "条”" in text or "条政策" in text:
        for m in _NICKNAME.finditer(text):
            if m[1] in shorts:  # （以下简称“科创十条”） is a short form like any other
                full = shorts[m[1]]
                out.append(Title(m.start(), m.end(), full, "policy.short", kind_of(full), short=True))
            elif not re.match(r"第?[一二三四五六七八九十\d]+条$", m[1]):
                out.append(Title(m.start(), m.end(), shadow.value(*m.span(1)), "policy.nickname"))
        for m in _BARE_NICKNAME.finditer(text):
            out.append(Title(m.start(1), m.end(1), shadow.value(*m.span(1)), "policy.nickname"))
    for m in _LISTED.finditer(text):
        out.append(Title(m.start(1), m.end(1), shadow.value(*m.span(1)), "policy.listed", "目录"))
    for m in _LAW.finditer(text):
        if not any(a <= m.start(1) < b for a, b in spans) and kind_of(m[1]):
            out.append(Title(m.start(1), m.end(1), shadow.value(*m.span(1)), "policy.law", kind_of(m[1])))
    out.sort(key=lambda t: (t.start, t.end))
    return _join_numbers(text, out)


_BEHIND = re.compile(r"[\s的]{0,2}[（(【\[](?P<inside>[^（()）\n]{4,80})[)）】\]]")
_BEFORE = re.compile(r"号(?:文件|文)?[，：的]?[（(]?$")
_AND = re.compile(r"、|和|与|及|以及")


def _join_numbers(text: str, titles: list[Title]) -> list[Title]:
    """Titles with the number that the text gives them anywhere: in a later part of the bracket behind them, in one
    bracket for several titles, in front of them, or at another mention of the same title."""
    if "号" not in text:
        return titles
    out = list(titles)
    for i, title in enumerate(out):
        if title.short or title.rule != "policy.title":
            continue
        found = _numbers_behind(text, title.end)
        if len(found) > 1:
            first = i
            while first and len(found) > i - first + 1 and _AND.fullmatch(text[out[first - 1].end : out[first].start]):
                first -= 1
            if len(found) == i - first + 1:
                out[first : i + 1] = [replace(t, number=n.text, year=n.year) for t, n in zip(out[first : i + 1], found, strict=True)]
            continue
        if not found and _BEFORE.search(text, max(0, title.start - 8), title.start):
            found = [n for n in find_document_numbers(text, max(0, title.start - 40), title.start) if title.start - n.end <= 4][-1:]
        if found and not title.number:
            out[i] = replace(title, number=found[0].text, year=found[0].year)
    known = {t.name: t for t in reversed(out) if t.number}
    return [replace(t, number=known[t.name].number, year=known[t.name].year) if not t.number and t.name in known else t for t in out]


def _numbers_behind(text: str, end: int) -> list[DocNumber]:
    """The numbers in the bracket behind a title; those behind another title in it are that title's."""
    m = _BEHIND.match(text, end)
    if m is None or re.search(r"(?<!称)(?<!称：)《", m["inside"]):
        return []
    return find_document_numbers(text, m.start("inside"), m.end("inside"))


def find_issued(shadow: Shadow) -> Iterator[Title]:
    """出台X专项政策: named without 《》, for texts about policies."""
    for m in _ISSUED.finditer(shadow.text):
        if not _NO_NAME.search(m[1]):
            yield Title(m.start(1), m.end(1), shadow.value(*m.span(1)), "policy.issued", kind_of(m[1]))


def _quoted_titles(shadow: Shadow, shorts: dict[str, str]) -> Iterator[Title]:
    """Titles in 《》 in text order; `shorts` is filled with the short forms that the text gives to them."""
    text = shadow.text
    previous: Title | None = None
    for start, end, stop in title_spans(text):
        inner = text[start + 1 : stop]
        written = shadow.value(start + 1, stop).strip("《》")
        if inner.count("《") > inner.count("》"):
            inner += "》"
        before = text[max(0, start - 8) : start]
        if previous is not None and _SHORT_FORM.search(before) and start - previous.end < 40:
            shorts[inner] = previous.name
            yield Title(start, end, previous.name, "policy.short", previous.kind, short=True)
            continue
        if inner in shorts:
            yield Title(start, end, shorts[inner], "policy.short", kind_of(shorts[inner]), short=True)
            continue
        kind = kind_of(inner)
        if not kind or _BARE.match(inner) or len(inner) < 4:
            continue
        name, aliases = unwrap_notice(written.replace("〈", "《").replace("〉", "》").replace("<", "《").replace(">", "》"))
        if not aliases:
            name = written
        title = Title(start, end, name, "policy.title", kind_of(name) or kind, aliases, inside=_inside(shadow, start, stop))
        nicknames = [
            m[1]
            for m in _CALLED.finditer(text[end : end + 60])
            if m.start() < 40 and "《" not in text[end : end + m.start()]
        ]
        shorts.update((short, name) for short in nicknames)
        previous = replace(_numbered(text, title), nicknames=tuple(n for n in nicknames if not kind_of(n) and not _BARE.match(n)))
        yield previous


_CALLED = re.compile(r"（(?:以下)?(?:统称|简称|称)(?:为)?“?([\u4e00-\u9fffA-Za-z0-9]{2,14})”?）")
_BRACKETED = re.compile(r"[《<][^《》<>\n]{3,80}[》>]")


def _inside(shadow: Shadow, start: int, stop: int) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (m.start(), m.end(), shadow.value(m.start() + 1, m.end() - 1))
        for m in _BRACKETED.finditer(shadow.text, start + 1, stop)
    )


def _numbered(text: str, title: Title) -> Title:
    """The 发文字号 in brackets right behind a title belongs to it."""
    end = title.end
    behind = text[end : end + 48]
    m = re.match(r"[\s的]{0,2}[（(【\[]", behind)
    # a number may also stand inside the brackets: 《X》（国科发火〔2016〕32号文）
    if not m and not re.match(r"[\u4e00-\u9fff]{1,6}〔\d{4}〕", behind):
        return title
    found = [n for n in find_document_numbers(behind) if n.start <= m.end() + 1] if m else find_document_numbers(behind)[:1]
    if not found:
        return title
    return replace(title, number=found[0].text, year=found[0].year)
