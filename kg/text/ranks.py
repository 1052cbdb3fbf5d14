"""Places in a ranking: 第12位, 前10位, 倒数第2, 首位; and the words 半年, 过半."""

from __future__ import annotations

import re

from kg.text.fractions import fraction
from kg.text.numberforms import Number, Quantity

_RANK_CONTEXT = re.compile(
    r"(?:排名|位列|位居|名列|排行|排位|排在|位次|稳居|居|跃|升至?|降至|进入|跻身|保持|全国|全省|全球|世界|国内|内地|大陆"
    r"|[东中西]部|倒数|并列|连续)[^，。；、：0-9]{0,6}$"
)

_TOP_CONTEXT = re.compile(r"(?<![摆放])(?:居|列|保持|排名|排在|位|占据)[^，。；、：]{0,6}$")

_NOUN_STOPS = re.compile(r"[，。；、：！？,.;:!?（）()“”和的及与并\s]|$|位|名")


def rank(text: str, n: Number, ordinal: int, low: int, end: int) -> list[Quantity]:
    """第N: a rank where the words round it say so, else an ordinal (第5条) and no quantity."""
    placed = n.word in ("位", "名") or text[n.number_end : n.number_end + 1] in ("位", "名")
    stop = n.end if n.word in ("位", "名") else n.number_end
    if (n.unit is not None and not placed) or n.value < 1:
        return []
    context = _RANK_CONTEXT.search(text, max(0, ordinal - 12), ordinal)
    if not _NOUN_STOPS.match(text, stop) or not (context or (placed and _NOUN_STOPS.match(text, stop))):
        return []
    bottom = text[max(low, ordinal - 2) : ordinal] == "倒数"
    start = ordinal - 2 if bottom else ordinal
    return [
        Quantity(
            start, stop, n.start, n.number_end, float(n.value), "位", "exact", "rank", from_bottom=bottom
        )
    ]


def top_rank(text: str, n: Number, low: int, end: int) -> list[Quantity]:
    """前10位, 全国前十: a rank of at most N."""
    placed = n.word in ("位", "名")
    stop = n.end if placed else n.number_end
    if (n.unit is not None and not placed) or n.scale > 1:
        return []
    if not placed and not (
        _RANK_CONTEXT.search(text, max(low, n.start - 13), n.start - 1) and _NOUN_STOPS.match(text, stop)
    ):
        return []
    return [Quantity(n.start - 1, stop, n.start, n.number_end, float(n.value), "位", "max", "rank")]


def word_quantity(text: str, m: re.Match[str], low: int, end: int) -> list[Quantity]:
    """半年, 半数以上, 过半; 首位, 榜首, 末位."""
    at, stop = m.start(), m.end()
    before = text[at - 1 : at]
    if m["place"]:
        if m[0] not in ("首位", "榜首", "末位") or not _TOP_CONTEXT.search(text, max(0, at - 9), at):
            return []
        return [Quantity(at, stop, at, stop, 1.0, "位", "exact", "rank", from_bottom=m[0] == "末位")]
    if m["over"] is not None:
        return (
            [Quantity(at - 1, at + 1, at, at + 1, 50.0, "%", "min", "fraction")]
            if before in ("过", "超")
            else []
        )
    if m[0] == "半年" and before in ("上", "下", "前", "后"):
        return []
    unit, kind, value = ("年", "duration", 0.5) if m[0] == "半年" else ("%", "fraction", 50.0)
    return [fraction(text, at, stop, value, low, end, unit, kind)]
