"""Places that do not fit their list: a city among provinces, a place that stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyse.slip import Page, Place, Slip, at
from kg.model import Claim
from kg.text.areas import Area, load_areas

#: a list goes on over these
_LINK = re.compile(r"[、]|[ ]?(?:和|与|及|以及)[ ]?")
_MUNICIPALITIES = frozenset(("北京市", "上海市", "天津市", "重庆市"))
#: cities that the state plans like provinces: they stand among provinces rightly at times
_PLANNED_LIKE_PROVINCES = frozenset(("深圳市", "青岛市", "大连市", "宁波市", "厦门市"))
_SCOPE = re.compile(r"(?:对|以|与)[^。；\n]{0,30}?(?:省市|省份|省区市|各省)[^。；，\n]{0,12}?(?:对比|比较|评价|为依据)")

Item = tuple[int, int, Area]


def place_slips(page: Page) -> Iterator[Slip]:
    """All slips of one document that rest on lists of places and on who holds a rank."""
    lists = _lists(page)
    for items in lists:
        yield from _twice(page, items)
        yield from _city_among_provinces(page, items, lists)
    yield from _city_ranked_among_provinces(page)


def _lists(page: Page) -> list[list[Item]]:
    text = page.shadow.text
    found: list[list[Item]] = []
    end = -1
    for item in load_areas().find(text):
        between = text[end : item[0]] if end >= 0 else "-"
        if len(between) <= 3 and _LINK.fullmatch(between):
            found[-1].append(item)
        else:
            found.append([item])
        end = item[1]
    return [items for items in found if len(items) >= 3]


def _place(page: Page, items: list[Item]) -> Place:
    return page.place(items[0][0], items[-1][1])


def _twice(page: Page, items: list[Item]) -> Iterator[Slip]:
    seen: set[str] = set()
    for _, _, area in items:
        if area.code in seen:
            yield Slip(
                "area-twice",
                "hard",
                (_place(page, items),),
                f"{area.name}在同一列举中出现两次",
                f"{area.name} stands twice in one list",
            )
            return
        seen.add(area.code)


def _city_among_provinces(page: Page, items: list[Item], lists: list[list[Item]]) -> Iterator[Slip]:
    provinces = [area for _, _, area in items if area.level == "province"]
    cities = [area for _, _, area in items if area.level != "province"]
    full = [area for area in provinces if area.name not in _MUNICIPALITIES]
    if len(cities) != 1 or cities[0].level != "city" or len(full) < 2:
        return
    city = cities[0]
    companions = {area.name for area in provinces}
    here = items[0][0]
    elsewhere = [
        other
        for other in lists
        if other is not items
        and city.province in {area.name for _, _, area in other}
        and len(companions & {area.name for _, _, area in other}) >= 2
    ]
    # the nearest list on either side, and what the text says that it compares
    before = [other for other in elsewhere if other[0][0] < here][-1:]
    after = [other for other in elsewhere if other[0][0] > here][:1]
    proof = [_place(page, other) for other in before + after]
    scopes = [m for m in _SCOPE.finditer(page.shadow.text) if m.end() <= here]
    if scopes:
        proof.append(page.place(scopes[-1].start(), scopes[-1].end()))
    likely = f"，他处为{city.province}" if elsewhere else ""
    zh = f"列举的是省级地区，{city.name}是{city.province}的一个市{likely}"
    en = f"the list is of provinces, {city.name} is a city of {city.province}"
    yield Slip(
        "city-among-provinces",
        "check" if city.name in _PLANNED_LIKE_PROVINCES or not elsewhere else "hard",
        tuple(dict.fromkeys((_place(page, items), *proof))),
        zh,
        en + (f"; elsewhere it is {city.province}" if elsewhere else ""),
    )


def _city_ranked_among_provinces(page: Page) -> Iterator[Slip]:
    """A city ranks first where the very sentence compares it with a province on the same figure."""
    areas = load_areas()
    told = [c for c in page.observations if c.area]
    ranked = [c for c in told if c.values.get("rank")]
    cities: dict[object, list[tuple[Claim, Area]]] = {}
    for claim in ranked:
        city = areas.resolve(str(claim.area))
        if city is not None and city.level == "city" and city.province:
            cities.setdefault((claim.values.get("indicator"), claim.values.get("period")), []).append((claim, city))
    # where several cities have ranks, cities are what is ranked
    for claim, city in (group[0] for group in cities.values() if len({area.code for _, area in group}) == 1):
        for other in told:
            province = areas.resolve(str(other.area))
            if province is None or province.level != "province" or province.name == city.province:
                continue
            if province.name in _MUNICIPALITIES:
                continue
            near = abs(other.start - claim.start) < 80
            same = [other.values.get(k) for k in ("indicator", "unit")] == [
                claim.values.get(k) for k in ("indicator", "unit")
            ]
            if not near or not same or "。" in page.document.text[claim.end : other.start]:
                continue
            rival = _same_rank(ranked, claim, city.province)
            proof = [at(claim), at(other), *([at(rival)] if rival else [])]
            yield Slip(
                "city-among-provinces",
                "hard",
                tuple(dict.fromkeys(proof)),
                f"与{province.name}相比、排名第 {claim.values['rank']} 的是{city.name}，它是{city.province}的一个市，"
                "不在省级排名之中",
                f"{city.name} ranks {claim.values['rank']} in a comparison with {province.name}; it is a city of "
                f"{city.province} and has no place in a ranking of provinces",
            )
            break


def _same_rank(ranked: list[Claim], claim: Claim, province: str) -> Claim | None:
    """The nearest other claim that gives the rank to the province of the city."""
    rivals = [c for c in ranked if c.area == province and c.values["rank"] == claim.values["rank"]]
    return min(rivals, key=lambda c: (abs(c.start - claim.start), c.start), default=None)
