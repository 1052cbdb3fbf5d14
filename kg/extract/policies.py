"""Policies a text names, itself included: title, 文种, number, issuers, dates, and the place whose policy it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from kg.extract.context import narrowest, sentence_areas
from kg.extract.policy_links import find_policy_links
from kg.extract.reading import Finding, Reading
from kg.extract.titles import Title, find_issued, find_titles, kind_of, title_issuers
from kg.text.areas import Areas, load_areas
from kg.text.dates import find_validity

__all__ = ["find_policies", "find_policy_links"]

_NATIONAL_ORGAN = (
    r"国务院(?:办公厅|国资委)?|中共中央(?:办公厅)?|全国人大(?:常委会)?|全国人民代表大会(?:常务委员会)?|科技部|科学技术部|财政部|教育部|工业和信息化部|工信部|国家发展改革委|国家发展和改革委员会|"
    r"国家发改委|人力资源社会保障部|人力资源和社会保障部|人社部|商务部|公安部|农业农村部|自然资源部|生态环境部|税务总局|国家税务总局|国家知识产权局|市场监管总局|海关总署|中国人民银行|中国科学院|中科院|中央"
)
_NATIONAL_TITLE = re.compile(rf"^(?:关于印发)?(?:中华人民共和国|中国|国家(?!实验室)|全国|(?:{_NATIONAL_ORGAN})(?!支持))")
_NATIONAL_ISSUER = re.compile(rf"(?:{_NATIONAL_ORGAN}|国家)(?:等[^，。；《]{{0,8}}|[、和][^，。；《]{{2,30}})?(?:联合)?(?:先后|首次|近日)?(?:出台|印发|发布|制定|下发|颁布|公布|修订|通过|批准)?(?:了|的)?$")
_ISSUING = re.compile(
    r"(?:人民政府|政府|省委|市委|科技厅|财政厅|办公厅)?(?:于?\d{4}年)?(?:也|还|又|均|已|近年来|率先|首次|先后|相继|专门|研究|积极|联合|在全国)*(?:出台|印发|发布|制定|实施|颁布|修订|通过|提出|推出|执行|落实)?(?:了|的)?(?:“[^”]{2,20}”|《[^《》]*》|[、和及与])*$"
)
_COORDINATED = re.compile(r"(?:（[^）]{0,40}）)?[、和及与或]?(?:以及)?")
_OWN_PLACE = re.compile(r"[我本](?:省|市|区|县|州|自治区)|全(?:省|市|县)")
_TOWN = re.compile(r"^([\u4e00-\u9fff]{2,4}?(?:镇|乡|街道))(?![村域])")


def find_policies(reading: Reading) -> list[Finding]:
    """Policy findings in text order; each title once a paragraph, the document itself first with `self`."""
    context = reading.context
    own = _own(reading)
    known = {_key(n) for n in (context.policy, context.title, *context.aliases) if n} if own else set()
    titles = find_titles(reading.shadow)
    if context.kind == "article":
        titles = sorted([*titles, *find_issued(reading.shadow)], key=lambda t: (t.start, -t.end))
    places = _places(reading, titles)
    blocks = [b.start for b in reading.outline.blocks]
    out = [own] if own else []
    seen: set[tuple[str, int]] = set()
    for title, area in zip(titles, places, strict=True):
        key = (_key(title.name), bisect_right(blocks, title.start))
        if key[0] in known or _is_own(key[0], own, context.area) or key in seen or (own and title.start < own.end):
            continue
        seen.add(key)
        values = _values(title.name, title.kind, title.aliases, title.number, title.nicknames)
        if title.year:
            values["issued"] = str(title.year)
        out.append(Finding("policy", title.start, title.end, title.rule, values, area))
    return out


def _is_own(key: str, own: Finding | None, area: str) -> bool:
    """The document's own title with its place in front: 某省推进… for 推进…"""
    if own is None or not area:
        return False
    return key == area + _key(own.values["title"])


def _key(title: str) -> str:
    return re.sub(r"[\s《》“”\"'（）()]", "", title)


def _values(name: str, kind: str, aliases: tuple[str, ...], number: str, nicknames: tuple[str, ...] = ()) -> dict[str, object]:
    values: dict[str, object] = {"title": name}
    if kind:
        values["kind"] = kind
    if aliases or nicknames:
        values["aliases"] = [*aliases, *nicknames]
    if number:
        values["number"] = number
    if issuers := title_issuers(aliases[0] if aliases else name):
        values["issuers"] = list(issuers)
    if valid := find_validity(name):
        values["valid"] = list(valid)
    return values


def _own(reading: Reading) -> Finding | None:
    context = reading.context
    if context.kind != "policy" or not context.title or context.title_span is None:
        return None
    name = context.policy or context.title
    values = _values(name, kind_of(name), context.aliases, context.number)
    if context.issuers:
        values["issuers"] = list(context.issuers)
    if context.issued:
        values["issued"] = context.issued
    values["self"] = True
    return Finding("policy", *context.title_span, "policy.self", values, context.area or None)


def _places(reading: Reading, titles: list[Title]) -> list[str | None]:
    """For each title the place whose policy it is; the same title keeps the place that was surest."""
    areas = load_areas()
    sure: dict[str, str] = {}
    out: list[str | None] = []
    subjects: list[tuple[str, ...]] | None = None
    starts = [s.start for s in reading.outline.sentences]
    for i, title in enumerate(titles):
        key = _key(title.name)
        place = _by_title(title, areas, reading.context.area) or sure.get(key) or _by_number(title, areas)
        if place is None:
            place = _by_sentence(reading, titles, i, out, areas)
        if place is not None:
            sure.setdefault(key, place)
        elif reading.context.kind == "policy":
            place = reading.context.area or None
        else:
            subjects = sentence_areas(reading) if subjects is None else subjects
            s = bisect_right(starts, title.start) - 1
            place = subjects[s][0] if s >= 0 and subjects[s] else reading.context.area or None
        out.append(place)
    return out


def _by_title(title: Title, areas: Areas, around: str) -> str | None:
    name = title.name
    full = title.aliases[0] if title.aliases else name
    if _NATIONAL_TITLE.match(full) or title.rule == "policy.listed":
        return "全国"
    if m := _TOWN.match(name):
        found = areas.resolve(m[1], around)
        if found is not None:
            return found.name
    hits = [hit for hit in areas.find(full, around) if hit[2].code != "000000"]
    # a place deep in the title is a matter (长三角一体化), at its head or after a verb it is whose policy it is
    if hits and (hits[0][0] <= 16 or not title_issuers(full)):
        return narrowest(hits).name
    if name.endswith("法") and not name.endswith(("办法", "做法")):
        return "全国"
    return None


def _by_number(title: Title, areas: Areas) -> str | None:
    if not title.number:
        return None
    if title.number.startswith(("国", "中", "财", "教", "工信", "科技", "人社", "发改", "税", "商")):
        return "全国"
    found = areas.resolve(title.number[0])
    return found.name if found is not None else None


def _by_sentence(reading: Reading, titles: list[Title], i: int, places: list[str | None], areas: Areas) -> str | None:
    """Who is said to issue it: the organ or place just before, or what a coordinated title before it has."""
    text = reading.shadow.text
    title = titles[i]
    sentence = reading.sentence_at(title.start)
    begin = sentence.start if sentence else max(0, title.start - 60)
    before = text[begin : title.start]
    if _NATIONAL_ISSUER.search(before):
        return "全国"
    found = [hit for hit in areas.find(before, reading.context.area) if "《" not in before[hit[0] :] or _ISSUING.match(before, hit[1])]
    for _, end, area in reversed(found):
        if area.code != "000000" and _ISSUING.fullmatch(before[end:]):
            return area.name
    if i and places[i - 1] and titles[i - 1].end <= title.start:
        between = text[titles[i - 1].end : title.start]
        if len(between) < 46 and _COORDINATED.fullmatch(between):
            return places[i - 1]
    if m := _OWN_PLACE.search(before[-12:]):
        own = areas.resolve(m.group(), reading.context.area)
        return own.name if own else reading.context.area or None
    return None


def policy_titles(findings: list[Finding]) -> Iterator[str]:
    """The titles of policy findings, aliases included."""
    for f in findings:
        yield f.values["title"]
        yield from f.values.get("aliases", ())
