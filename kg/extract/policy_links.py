"""How one policy stands to another: based on it, carrying it out, citing, amending or repealing it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.reading import Finding, Reading
from kg.extract.titles import Title, find_titles

_REPEALS = re.compile(r"(?:（[^）]{0,40}）|[^。；《]){0,30}?(?:同时|自行|即行|一并|相应)?(?:予以)?(?:废止|停止执行|失效|不再执行)")
_REPEALS_BEFORE = re.compile(r"(?:废止|替代|取代|停止执行)(?:了|原)?$")
_AMENDS_AFTER = re.compile(r"(?:（[^）]{0,40}）)?(?:作如下修改|作出?(?:如下|以下)?修[改订]|进行(?:了)?修[改订]|中的?[^。；]{0,12}(?:修改为|调整为)|第[一二三四五六七八九十]+条[^。；]{0,12}修改为)")
_AMENDS_BEFORE = re.compile(r"(?:修[改订]|修订印发|修正)(?:了|后的?)?$")
_IMPLEMENTS = re.compile(r"(?:贯彻|落实|实施|执行)(?:好)?(?:党中央、国务院|国务院|省委、省政府|国家|省|市|[^，。；《]{0,14}?)(?:关于)?(?:印发|转发)?的?$")
_BASED_ON = re.compile(r"(?:根据|依据|按照|依照|遵照|按|依)(?:(?!制定|出台|印发|本办法|本条例|本意见|本规定)[^，。；《》]){0,20}$")
_COMPARED = re.compile(r"(?:参照|参考|对照|比照|借鉴|详见|参见|查阅)[^，。；《》]{0,12}$")
_LISTED = re.compile(r"(?:(?:[（(][^（()）《》]{1,40}[）)])?(?:[、，和及与]|以及)原?《[^《》]{2,80}》){1,30}")
_RUN = re.compile(r"(?:（[^）]{0,60}）|的?(?:通知|规定|要求|精神|文件)){0,2}(?:[、和及与]|以及|及其|，)?(?:[^，。；《》]{0,8})")
_REFERS = re.compile(
    r"(贯彻落实|贯彻|落实|根据|依据|按照)(?:上述|该|这一|前述|此|这项)([\u4e00-\u9fff]{2,4}?)(?:精神|要求|规定)?，[^。；《]{0,24}(?:印发|出台|制定|发布|修订)(?:了|实施)?$"
)
_ONE_FROM_OTHER = re.compile(r"(?:根据|依据|按照|贯彻|落实)[^。；《]{0,12}$")


def find_policy_links(reading: Reading, policies: Sequence[Finding]) -> list[Finding]:
    """Links from the document's own policy to those it names; in articles only where one is said to rest on another.

    `policies` are what `find_policies` found; a link needs both ends.
    """
    own = next((p.values["title"] for p in policies if p.values.get("self")), "")
    titles = find_titles(reading.shadow)
    known = {p.values["title"] for p in policies}
    if not own:
        return _between_others(reading, [t for t in titles if t.name in known])
    blocks = [b.start for b in reading.outline.blocks]
    span = next((p.start, p.end) for p in policies if p.values.get("self"))
    out: list[Finding] = []
    seen: set[tuple[str, str, int]] = set()
    relation = ""
    for i, title in enumerate(titles):
        if title.start < span[1] or title.name not in known or title.name.endswith(own):
            continue
        grounds = _in_grounds(reading, title)
        if _is_subject(reading, title) and not grounds:
            continue
        relation = _relation(reading, titles, i, relation)
        if grounds and relation == "cites":
            relation = "based_on"
        key = (relation, title.name, bisect_right(blocks, title.start))
        if key in seen or (title.short and _introduced(reading.shadow.text, title)):
            continue
        seen.add(key)
        values = {"from": own, "to": title.name, "relation": relation}
        if title.number:
            values["number"] = title.number
        out.append(Finding("policy_link", title.start, title.end, f"policy_link.{relation}", values))
    return out


def _in_grounds(reading: Reading, title: Title) -> bool:
    """Does a title stand in a part headed 政策依据, 制定依据, 编制依据?"""
    sentence = reading.sentence_at(title.start)
    return sentence is not None and any(re.fullmatch(r"(?:主要)?(?:政策|制定|编制|文件|申报|法律)?依据", t) for t in sentence.path[-1:])


def _introduced(text: str, title: Title) -> bool:
    """（以下简称《办法》） names the short form; the link belongs to the full title."""
    return bool(re.search(r"(?:简称|统称|称为?)$", text[max(0, title.start - 4) : title.start]))


def _is_subject(reading: Reading, title: Title) -> bool:
    """《X办法》对…给予…: a sentence about what X says; the document only reports it."""
    sentence = reading.sentence_at(title.start)
    return (
        sentence is not None
        and sentence.start == title.start
        and not _REPEALS.match(reading.shadow.text, title.end)
        and not _REPEALS.match(_behind_list(reading.shadow.text, title.end))
        and not _AMENDS_AFTER.match(reading.shadow.text, title.end)
    )


def _relation(reading: Reading, titles: list[Title], i: int, previous: str) -> str:
    text, title = reading.shadow.text, titles[i]
    sentence = reading.sentence_at(title.start)
    begin = sentence.start if sentence else max(0, title.start - 80)
    before = text[begin : title.start]
    after = text[title.end : title.end + 70].split("。")[0]
    if _REPEALS.match(after) or _REPEALS_BEFORE.search(before) or _REPEALS.match(_behind_list(text, title.end)):
        return "repeals"
    if _AMENDS_AFTER.match(after) or _AMENDS_BEFORE.search(before):
        return "amends"
    if _COMPARED.search(before):
        return "cites"
    if _BASED_ON.search(before):
        return "based_on"
    if _IMPLEMENTS.search(before):
        return "implements"
    if i and titles[i - 1].end >= begin and previous and _RUN.fullmatch(text[titles[i - 1].end : title.start]):
        return previous
    return "cites"


def _behind_list(text: str, end: int) -> str:
    """What follows the titles listed behind one: 《A》（…号）、《B》同时废止."""
    listed = _LISTED.match(text, end)
    return text[listed.end() : listed.end() + 70].split("。")[0] if listed else ""


def _between_others(reading: Reading, titles: list[Title]) -> list[Finding]:
    """根据《B》制定《A》 in a text about policies."""
    text = reading.shadow.text
    out: list[Finding] = []
    out.extend(_by_reference(text, titles))
    for first, second in pairwise(titles):
        if _REPEALS_BEFORE.search(text[max(first.end, second.start - 10) : second.start]) and "。" not in text[first.end : second.start]:
            values = {"from": first.name, "to": second.name, "relation": "repeals"}
            out.append(Finding("policy_link", first.start, second.end, "policy_link.repeals", values))
            continue
        between = text[first.end : second.start]
        before = text[max(0, first.start - 20) : first.start]
        if len(between) > 40 or "。" in between or first.name == second.name:
            continue
        m = _ONE_FROM_OTHER.search(before)
        if m and re.search(r"(?:制定|出台|印发|发布|修订)(?:了)?$", between):
            relation = "implements" if m.group().startswith(("贯彻", "落实")) else "based_on"
            values = {"from": second.name, "to": first.name, "relation": relation}
            if first.number:
                values["number"] = first.number
            out.append(Finding("policy_link", first.start, second.end, f"policy_link.{relation}", values))
    return out


def _by_reference(text: str, titles: list[Title]) -> list[Finding]:
    """为贯彻上述意见，…印发《A》: the last title of that kind is carried out."""
    out: list[Finding] = []
    for i, title in enumerate(titles):
        m = _REFERS.search(text[max(0, title.start - 60) : title.start])
        meant = next((t for t in reversed(titles[:i]) if m and t.kind == m[2] and t.name != title.name), None)
        if m is None or meant is None:
            continue
        relation = "implements" if m[1] in ("贯彻", "落实", "贯彻落实") else "based_on"
        values = {"from": title.name, "to": meant.name, "relation": relation}
        if meant.number:
            values["number"] = meant.number
        out.append(Finding("policy_link", title.start, title.end, f"policy_link.{relation}", values))
    return out
