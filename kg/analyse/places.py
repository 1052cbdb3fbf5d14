"""Places as a user names them: a province, a city or a region, by any of its names, in Chinese or in English."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kg.text.areas import Area, load_areas
from kg.text.places import within


@cache
def named(text: str) -> Area | None:
    """The place of a name: 浙江, 浙江省, 浙, Zhejiang, 长三角; None where there is none."""
    return load_areas().resolve(text) or _english().get(text.strip().casefold())


@cache
def is_in(asked: str) -> Callable[[str, str], bool]:
    """Whether a place (its name, and the name of its province) is the one asked for or lies in it.

    The nation stands for itself only. Words that are no place are looked for in the names; "" is anywhere.
    """
    place = named(asked) if asked else None

    @cache
    def lies_in(area: str, province: str) -> bool:
        if not place:
            return asked in area or asked in province
        here = load_areas().resolve(area, province or None)
        if not here:
            return place.name in (area, province)
        return here.code == place.code or (place.level != "national" and place.code in within(here, load_areas()))

    return lies_in


@cache
def _english() -> dict[str, Area]:
    return {area.english.casefold(): area for area in load_areas().by_code.values() if area.english}
