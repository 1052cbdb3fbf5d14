"""Who has to carry a provision out: （牵头单位：…；责任单位：…）, 责任单位：… on a line of its own, 由…会同…负责.

A bracket or line speaks for the provisions of its item that come before it; in a title it speaks for all that stand
under the title; a body said to act speaks for the provisions of its own sentence and those just before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.reading import Finding, Reading

_LABEL = (
    r"(?:牵头|责任|实施|承办|主办|主要责任|配合|协办|协同|参与|负责|落实|牵头责任)(?:单位|部门|机构)"
)
_HAS_DUTY = re.compile(rf"{_LABEL}|负责|牵头|分工|会同")
_BRACKET = re.compile(r"（([^（）]*(?:（[^（）]*）[^（）]*)*)）")
_LABELLED = re.compile(rf"(?:{_LABEL})(?:为)?[：:]")
_LINE = re.compile(rf"[（\[【]?{_LABEL}[：:]")
_TAIL = re.compile(
    r"(?:等)?(?:有关|相关)?(?:单位|部门)?(?:共同|分别|具体)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?(?:分别)?)?(?:组织)?(?:负责|牵头(?:负责|落实)?|配合|参与|落实|实施|组织实施)?$"
)
_DUTY_BRACKET = re.compile(r"(?:负责|牵头|配合|职责分工|落实|参与)$|牵头[，；]")
#: bodies end in one of these
_ORGAN = (
    r"(?:委员会|管委会|(?<!各)委|厅|局|部(?!门)|办公室|办|院|会|行|署|人民政府|政府|公司|集团|中心|海关|联社|银行|大学|行署|公署|兵团|科协|工商联|残联|团委|妇联)"
)
_BODY = re.compile(rf"(?!(?:同|由|并|和|及|其|该|此))[\u4e00-\u9fff（）()]{{2,24}}?{_ORGAN}(?:（[\u4e00-\u9fff]{{1,8}}）)?(?:办公室)?")
#: 各市、县（市、区）人民政府 is one body
_EACH = re.compile(r"各(?:(?![厅局部委])[^，；。：])*?(?:人民政府|政府|管委会|管理委员会|(?:行署|公署)(?!、[市州盟]))")
_OFFICE = r"(?:委员会|管委会|(?<!各)委|厅|局|部(?!门)|办公室|办|署|政府|公署|海关|兵团)"
_ONE = r"(?:(?!支持|鼓励|引导)[\u4e00-\u9fff]){1,18}?" + _OFFICE
_LIST = rf"{_ONE}(?:(?:、|和|与|及|，会同|会同|，联合|联合|商){_ONE}){{0,8}}"
_ACTS = r"(?:等(?:部门|单位)?)?(?:共同|分别|统一|具体|牵头|按照?职责分工)*(?:负责|牵头|组织实施|承办|落实|兑现|实施|受理|制定|拨付|会同)"
_BY = re.compile(rf"由(?P<bodies>{_LIST}){_ACTS}(?!解释)")
_SUBJECT = re.compile(rf"(?P<bodies>{_LIST})(?:等(?:部门|单位)?)?(?:负责|牵头)(?!解释|人|编制|起草|的)")
_HELPED = re.compile(rf"[^，。；]{{0,8}}，(?P<bodies>{_LIST})(?:等(?:部门|单位)?)?(?:予以|积极)?(?:配合|参与|协助)")
_EXPLAINS = re.compile(r"^[^，。；]{0,12}解释")
_NOBODY = re.compile(r"^(?:有关|相关|其他|县级以上|所在|当地|地方|上述|属地|设区的市|国家有关)")


@dataclass(frozen=True, slots=True)
class Duty:
    """Bodies (as written) and the half-open shadow span of the provisions they carry out."""

    start: int
    end: int
    bodies: tuple[str, ...]


def find_duties(reading: Reading) -> list[Duty]:
    """The duties a policy or report assigns, in text order."""
    text = reading.shadow.text
    if reading.context.kind == "article" or _HAS_DUTY.search(text) is None:
        return []
    blocks = reading.outline.blocks
    out: list[Duty] = []
    floor = 0
    for n, block in enumerate(blocks):
        if _HAS_DUTY.search(text, block.start, block.end) is None:
            continue
        heading = block.kind == "heading" and not _LINE.match(text[block.start : block.end])
        if _LINE.match(text[block.start : block.end]):
            bodies = _bodies(text[block.start : block.end])
            begin = max(floor, _item_start(reading, n))
            floor = block.end if n + 1 == len(blocks) or not _LINE.match(text[blocks[n + 1].start : blocks[n + 1].end]) else floor
            out.append(Duty(begin, block.start, bodies))
            continue
        cursor = block.start
        for m in _BRACKET.finditer(text, block.start, block.end):
            bodies = _bracketed(m.group(1))
            if not bodies:
                continue
            titled = heading or _in_title(reading, m.start())
            out.append(Duty(block.start, _part_end(reading, n), bodies) if titled else Duty(cursor, m.start(), bodies))
            cursor = m.end()
        if reading.context.kind == "policy":
            out.extend(_said(reading, block.start, block.end))
    return [d for d in out if d.bodies and d.start < d.end]


def _said(reading: Reading, start: int, end: int) -> Iterator[Duty]:
    """由A会同B负责, A牵头: for its own sentence; a sentence of its own speaks for those before it in the block."""
    text = reading.shadow.text
    for pattern in (_BY, _SUBJECT):
        for m in pattern.finditer(text, start, end):
            sentence = reading.sentence_at(m.start())
            if sentence is None or _EXPLAINS.match(text[m.end() : m.end() + 20]):
                continue
            if pattern is _SUBJECT and m.start() != sentence.start and text[m.start() - 1] != "，":
                continue
            helped = _HELPED.match(text, m.end(), sentence.end)
            bodies = tuple(dict.fromkeys((*_bodies(m["bodies"]), *(_bodies(helped["bodies"]) if helped else ()))))
            alone = m.start() == sentence.start and pattern is _BY
            yield Duty(start if alone else sentence.start, sentence.end, bodies)


def _bracketed(inside: str) -> tuple[str, ...]:
    if _LABELLED.match(inside):
        return _bodies(inside)
    if not _DUTY_BRACKET.search(inside) or "》" in inside:
        return ()
    return _bodies(inside)


def _bodies(words: str) -> tuple[str, ...]:
    """The bodies of a list, in order, each once: 市商务委、各区县政府 → (市商务委, 各区县政府)."""
    found: dict[str, None] = {}
    words = re.sub(rf"[。\]】]+$|^[（\[【]|{_LABEL}(?:为)?[：:]|适用范围[：:].*$", "、", words)
    groups = {m.group(): None for m in _EACH.finditer(words)}
    words = _EACH.sub("、", words)
    for part in re.split(r"、|，|；|,|;|和|及|与|会同|联合|牵头", words):
        name = _TAIL.sub("", part.strip("（）()。 ：:"))
        if (m := _BODY.fullmatch(name)) and not _NOBODY.match(name):
            found[m.group()] = None
    return (*found, *groups)


def _in_title(reading: Reading, position: int) -> bool:
    sentence = reading.sentence_at(position)
    return sentence is not None and sentence.is_heading


def _item_start(reading: Reading, n: int) -> int:
    """Where the item begins in which block `n` stands: the first block before it with the same locator, or of the
    same line where its items run on in one."""
    blocks = reading.outline.blocks
    first = n
    while first and blocks[first - 1].locator.startswith(blocks[n].locator) and blocks[n].locator:
        first -= 1
    while first and first < n and "\n" not in reading.shadow.text[blocks[first - 1].end : blocks[first].start + 1]:
        first -= 1
    return blocks[first if first < n else max(0, n - 1)].start


def _part_end(reading: Reading, n: int) -> int:
    blocks = reading.outline.blocks
    last = n
    own = blocks[n].locator
    while own and last + 1 < len(blocks) and blocks[last + 1].locator.startswith(own):
        last += 1
    return blocks[last].end


def responsible_for(duties: list[Duty], measure: Finding) -> list[str]:
    """The bodies of every duty that covers a provision's start, in text order."""
    found: dict[str, None] = {}
    for duty in duties:
        if duty.start <= measure.start < duty.end:
            found.update(dict.fromkeys(duty.bodies))
    return list(found)

