"""Places in an order that no number with a unit says: 前5名为A、B、C, 仅次于A, 后移两位, 无一上榜, 翻一番."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.extract.indicators import areas_in
from kg.text.numerals import parse_number

_TOP = re.compile(
    r"^(?P<head>.*?)(?:排名|排在|位列|居)?(?:前|[Tt][Oo][Pp])(?P<n>\d+|[一二三四五六七八九十]+)(?:名|位|强)?的?(?:城市|省份|省市|地区|省)?(?:分别|依次)?(?:为|是)(?P<list>[^，]+)$"
)
_BEHIND = re.compile(
    r"^(?P<head>.*?)(?:紧跟|紧随|仅次于|排?在|位列|位居)(?P<list>[^，]*?)(?:之后|后面|其后)?$"
)
_MOVE = re.compile(
    r"(?:排名|位次|名次)?(?:[较比](?P<than>上年|去年|上一年|上届|上期|(?:19|20)\d\d年))?(?P<verb>上升|提升|前移|前进|跃升|提高|下滑|下降|后退|后移|降低)(?:了)?(?P<n>\d+|[一二两三四五六七八九十]+)(?:个)?(?:位次|名次|位|名)(?!数)"
)
_DOWN = ("下滑", "下降", "后退", "后移", "降低")
_NONE = re.compile(
    r"^(?P<head>[^，]{2,16}?)无一(?:[家个所项名])?(?P<verb>入选|进入|上榜|获批|入围|获得)(?P<object>[^，]*)$"
)
_ZERO = re.compile(r"^(?P<head>[^，]{2,20}?)(?:数量)?(?:至今|目前|仍|还|依然|尚|均|都)*[为是]零$")
_DOUBLE = re.compile(r"^(?P<head>[^，]*?)(?:实现|比[^，]{2,10})?翻(?P<n>[一两])番")


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the clause says: the words before, the values for one place, or the places each with its values.

    `attach` marks a comparison that only explains the rank before it (位列第4，在A之后).
    """

    head: str
    values: dict[str, object] = field(default_factory=dict)
    places: tuple[tuple[str, dict[str, object]], ...] = ()
    attach: bool = False
    end: int = 0
    whole: bool = True


def ordered_places(words: str) -> list[str]:
    """The places of a ranking told without figures (Top10城市依次是A、B、…), best first; [] for anything else."""
    m = _TOP.match(words) if "前" in words or "op" in words or "OP" in words else None
    return areas_in(m["list"]) if m else []


def rank_values(clause: str, carried: str) -> Ordered | None:
    """An ordered list of places, or a rank told by who stands before."""
    if m := _TOP.match(clause):
        names = areas_in(m["list"])
        n = parse_number(m["n"])
        if "Top" in clause or "TOP" in clause or not names or n is None or len(names) != int(n):
            return None
        return Ordered(m["head"], places=tuple((name, {"rank": i}) for i, name in enumerate(names, start=1)))
    if (
        re.search(r"之后|仅次于|紧跟|紧随|其后", clause)
        and not re.search(r"\d", clause)
        and (m := _BEHIND.match(clause))
    ):
        names = areas_in(m["list"].removesuffix("之后").removesuffix("后"))
        if not names:
            return None
        head = m["head"]
        values: dict[str, object] = {"rank": len(names) + 1, "compared_to": "、".join(names)}
        return Ordered(head, values, attach=not head.strip("，但也"))
    return None


def place_change(clause: str, carried: str) -> Ordered | None:
    """A move in a ranking, none of a group, a doubling."""
    if m := _MOVE.search(clause):
        n = parse_number(m["n"])
        if n is None:
            return None
        value = int(n) * (-1 if m["verb"] in _DOWN else 1)
        head = clause[: m.start()]
        head = re.sub(r"^(?:19|20)\d\d年|较上年|比上年", "", head)
        name = head if head.strip() else ""
        if not name and carried:
            name = carried if carried.endswith("排名") else carried + "排名"
        elif name and not name.endswith(("排名", "位次")):
            name += "排名"
        values: dict[str, object] = {"value": value, "unit": "位", "bound": "exact", "change": True}
        values["compared_to"] = m["than"]
        return Ordered(name, values, end=m.end())
    if m := _ZERO.match(clause):
        return Ordered(m["head"], {"value": 0, "bound": "exact"}, end=m.end())
    if m := _NONE.match(clause):
        done = m["verb"] + m["object"]
        known = re.search(r"(?:进入|入选|列入)(.+?)的[^的]+$", carried)
        if known and not m["object"]:
            done = m["verb"] + known.group(1)
        return Ordered(
            f"{done}的{m['head'].lstrip('但而且')}",
            {"value": 0, "unit": "个", "bound": "exact"},
            end=len(clause),
        )
    if m := _DOUBLE.match(clause):
        value = 100 if m["n"] == "一" else 300
        whole = not re.search(r"\d", clause[m.end() :])
        return Ordered(
            m["head"],
            {"value": value, "unit": "%", "bound": "exact", "change": True},
            end=m.end(),
            whole=whole,
        )
    return None
