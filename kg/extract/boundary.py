"""Where a name begins in running Chinese text: walking left from its head over words names are made of.

Chinese marks no word borders, so 推动骨干企业组建产业创新联盟 has to be cut by knowing that 组建 is a verb that no name
goes across, while 转移转化 is one that names contain. The words are data (`sources/lexicons/boundary-words.csv`);
unknown characters belong to the name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.lexicon import load_lexicon
from kg.text.areas import load_areas

LIMIT = 30  # characters of a name at most
_STOP = frozenset("，。；：、！？\n《》“”‘’\"（）()—…[]【】〔〕|·/ -~+=,.:;→")
_LEVEL = re.compile(r"(?:国家|省|市|区|县|州|部|自治区)级|省部级|国家(?!级|标准|重要|战略)")
_COUNT = re.compile(
    r"^(?:[12][0-9]{3}年度?|[0-9.,]*[万亿]*元(?:左右|以上)?|第?[0-9一二三四五六七八九十百千两几]+(?:\.\d+)?(?:万|余|多)?(?:个|家|所|批|项|座|处|条|支|类|名|种|期|届|轮|件|户)|[0-9]+(?![A-Z+])(?=[\u4e00-\u9fff])|"
    r"新一轮|一批|若干|[个家]|级|类|型|化|性|后|好|大(?!气|数据|学|科学|规模|健康|型|众|湾)|等|(?:综合|特色|行业|专业|服务|企业)型|园区|新型$)"
)

_COUNTS = re.compile(r"\d+(?:多|余)?[个家所项批]")
_LEVEL_FIRST = re.compile(r"国家|[省市县区州](?!场|域)|自治区|全国|省部")


@cache
def _words() -> tuple[dict[str, str], int]:
    words = {e.label: "region" if e.use == "place" else e.use for e in load_lexicon("boundary-words")}
    for name in region_names():
        words.setdefault(name, "region")
    return words, max(map(len, words))


def boundary_words() -> dict[str, str]:
    """Word → cut, keep, both or region: what a word says of the names around it."""
    return _words()[0]


@cache
def _widths() -> dict[str, tuple[int, ...]]:
    """Last character → how long the words are that end in it, longest first."""
    widths: dict[str, set[int]] = {}
    for word in _words()[0]:
        widths.setdefault(word[-1], set()).add(len(word))
    return {c: tuple(sorted(found, reverse=True)) for c, found in widths.items()}


@cache
def region_names() -> frozenset[str]:
    """Full names of all places and short names of provinces, cities and regions."""
    names: set[str] = set()
    for area in load_areas().by_code.values():
        if area.code == "000000":
            continue
        if len(area.name) > 2:
            names.add(area.name)
        if area.level in ("province", "city", "region") and len(area.short) >= 2:
            names.add(area.short)
    return frozenset(names - {"开发", "中国", "朝阳区域", "新城", "城区", "郊区", "矿区"})


@cache
def place_words() -> frozenset[str]:
    """Short names of all places, counties included: what a zone may be called by (昆山高新区)."""
    return frozenset(a.short for a in load_areas().by_code.values() if len(a.short) >= 2)


@cache
def land_names() -> frozenset[str]:
    """Mountains, rivers and old names of lands, which name what they stand before rather than where it is."""
    return frozenset(e.label for e in load_lexicon("boundary-words") if e.use == "place")


def field_start(text: str, end: int, limit: int = 10) -> int:
    """Where the words of a field that end at `end` begin (成果转化 before 示范企业); `end` where there are none."""
    words, longest = _words()
    p = end
    while end - p < limit:
        for width in range(min(longest, p), 1, -1):
            if words.get(text[p - width : p]) == "keep" and not _LEVEL.match(text, p - width, p):
                p -= width
                break
        else:
            break
    return p


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Left:
    """What stands left of a head: where the name starts and which kinds of words it is made of."""

    start: int
    regions: bool
    level: bool
    quoted: bool
    generic_only: bool
    #: where the name starts if unknown characters are left out
    known: int


def _quoted_part(text: str, close: int, floor: int) -> int:
    """Start of a quoted or bracketed part that ends just before `close`, or -1."""
    opening = {"”": "“", "）": "（", "’": "‘"}[text[close - 1]]
    at = text.rfind(opening, max(floor, close - 16), close)
    if at < 0:
        return -1
    inner = text[at + 1 : close - 1]
    if opening == "（" and (
        not 1 <= len(inner) <= 6 or re.search(r"[，。；：、“”\d]|以下|简称", inner) or at == floor or text[at - 1] in _STOP
    ):
        return -1
    return at


def walk_left(text: str, head: int, floor: int = 0, *, dependent: bool = False, across: str = "") -> Left:
    """The start of the name whose head begins at `head`, not before `floor`.

    `dependent` heads (服务平台) take a verb-like word right before them into the name, others (孵化器) do not.
    `across` names cut words that this head's names may go across all the same.
    """
    words, _ = _words()
    widths = _widths()
    floor = max(floor, head - LIMIT)
    p = head
    regions = quoted = False
    generic = True
    known = head  # leftmost position reached over known words alone
    glued = True
    while p > floor:
        c = text[p - 1]
        if c in _STOP:
            if c in "”）" and (at := _quoted_part(text, p, floor)) >= 0:
                quoted = quoted or c == "”"
                generic = generic and c != "”"
                p = at
                if glued:
                    known = p
                continue
            if c == "·" and p - 1 > floor and text[p - 2] not in _STOP:
                p -= 1
                continue
            break
        use = None
        for width in widths.get(c, ()):
            if width <= p - floor and (use := words.get(text[p - width : p])) is not None:
                break
        if use is None:
            p -= 1
            generic = False
            glued = False
            continue
        if use == "cut" and text[p - width : p] not in across.split("|"):
            break
        if use == "both" and not (dependent and p == head):
            break
        regions = regions or use == "region"
        p -= width
        if use == "region":
            generic = False
            if glued:
                known = p
            # a place that another place precedes goes on (山东省青岛市); a place behind anything else begins the name
            if p > floor and text[p - 1] not in _STOP and not _ends_in_region(text, p, floor):
                if text[p : p + width] in land_names() and _ends_in_field(text, p, floor):
                    continue  # 先进材料淮河实验室: a river is part of the name, not where it is
                break
            continue
        if glued:
            known = p
    start = p if head - p < LIMIT - 4 else known
    start = _trim(text, start, head, known)
    if anchors := [m for m in _LEVEL.finditer(text, start, head) if m.start() > start]:
        at = anchors[-1].start()
        before = text[start:at]
        if not (before in region_names() or before in ("企业", "中国") or _words()[0].get(before) == "region" or before.endswith(("”", "）"))):
            shorter = before[-3:] in region_names() or before[-2:] in region_names()
            start = start if shorter and len(before) <= 5 else at
    left = text[start:head]
    level = bool(_LEVEL_FIRST.match(left)) or "级" in left
    return Left(start, regions and bool(left), level, quoted and "”" in left, generic or not left, max(start, _trim(text, known, head, known)))


def _ends_in_region(text: str, p: int, floor: int) -> bool:
    names = region_names()
    return any(text[p - width : p] in names for width in range(2, min(12, p - floor) + 1))


def _ends_in_field(text: str, p: int, floor: int) -> bool:
    words, longest = _words()
    return any(words.get(text[p - width : p]) == "keep" for width in range(2, min(longest, p - floor) + 1))


def _trim(text: str, start: int, head: int, known: int) -> int:
    while start < head and (m := _COUNT.match(text[start:head])):
        if m.group() == "大" and start + 1 < known:
            break  # 大 of a name that no list knows (大清河)
        if m.end() >= head - start and m.end() > 1:
            return head
        start += m.end()
    # 金华4家高新区 counts, it names no 金华4家高新区
    counts = list(_COUNTS.finditer(text[start:head]))
    return start + counts[-1].end() if counts else start
