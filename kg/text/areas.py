"""Places: the table in `sources/areas.csv`, resolving a written name, finding names in running text.

A name alone is often not enough in Chinese: 中山 opens 中山大学, 广安 hides in 推广安全, 朝阳区 lies in two
cities. `find` returns only what it is sure of; `resolve` takes the surrounding place as `within`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.resources import data_dir
from kg.text.area_traps import ALONE_UNSAFE, COUNTY_SHORTS, FULL_UNSAFE, NEIGHBOURS

NATION = "000000"
LEVELS = ("national", "region", "province", "city", "county", "town")

#: a short name that opens the name of an organisation is no place: 浙江大学, 北京银行
_OPENS_ORGANISATION = re.compile(
    r"(?:工业|理工|师范|交通|科技|农业|医科|财经|海洋|外国语|中医药|石油|航空航天|电子科技|邮电|林业|政法|民族)?"
    r"(?:大学|学院|银行|日报|晚报|出版社|农商行)"
)
#: 上海市场 is 上海 + 市场, 朝阳区域 is no district
_SUFFIX_READS_ON = {"市": "场", "区": "域块位间", "县": "", "省": "", "旗": "舰帜下"}
_RELATIVE = re.compile(r"^(?:全|本|我)(国|省|市|区|县|自治区)$")
_TOWN = re.compile(r"^[\u4e00-\u9fff]{2,8}(?:镇|乡|街道|苏木)$")
_TRAILER = re.compile(r"(?:地区|境内|全境|辖区|全省|全市|全区)$")


@dataclass(frozen=True, slots=True)
class Area:
    """One place. `code` is the GB/T 2260 code or, for a region or town, a slug; `parent` is a code.

    `province` is the full name of the province the place lies in (its own for a province), "" for the nation
    and for regions of several provinces. `current` is False for names no longer in the official table.
    """

    code: str
    name: str
    short: str
    level: str
    parent: str
    province: str
    aliases: tuple[str, ...] = ()
    english: str = ""
    current: bool = True


class Areas:
    """The table with its look-ups. Build it with `load_areas`."""

    def __init__(self, rows: Iterable[Area]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self.by_code: dict[str, Area] = {area.code: area for area in rows}
        names: dict[str, list[Area]] = {}
        shorts: dict[str, list[Area]] = {}
        for area in self.by_code.values():
            names.setdefault(area.name, []).append(area)
            for written in dict.fromkeys((area.short, *area.aliases)):
                if written and written != area.name:
                    shorts.setdefault(written, []).append(area)
        self._names = names
        self._shorts = shorts
        self._patterns = self._searchable()
        self._keys = sorted(self._patterns)
        self._automaton = AhoCorasick(self._keys, matchkind=MatchKind.LeftmostLongest)

    @property
    def nation(self) -> Area:
        return self.by_code[NATION]

    def province_of(self, area: Area | None) -> Area | None:
        """The province an area lies in, itself if it is one; None for the nation and regions."""
        return self._unique(area.province) if area and area.province else None

    def ancestors(self, area: Area) -> list[Area]:
        """Parents from the nearest up to the nation."""
        out: list[Area] = []
        while area.parent in self.by_code:
            area = self.by_code[area.parent]
            out.append(area)
        return out

    def contains(self, outer: Area, inner: Area) -> bool:
        """Whether `inner` is `outer` or lies in it."""
        return outer.code == inner.code or outer.code in {a.code for a in self.ancestors(inner)}

    def resolve(self, name: str, within: str | None = None) -> Area | None:
        """The place a written name means: 广东, 广东省, 粤, 全省 (with `within`), 南山区 within 深圳市.

        `within` is itself a name. Concatenated names (广东省深圳市南山区) resolve to the last part. A name
        that ends in 镇, 乡 or 街道 and is not in the table is minted as a town. None where nothing or
        several things answer.
        """
        name = re.sub(r"\s+", "", name)
        outer = self.resolve(within) if within else None
        if not name:
            return None
        relative = _RELATIVE.match(name)
        if relative and name not in self._names and name not in self._shorts:
            return self._relative(relative[1], outer)
        found = self._choose(self._names.get(name, ()), outer) or self._choose(
            self._shorts.get(name, ()), outer
        )
        if found:
            return found
        if name in self._names or name in self._shorts:
            return None
        nested = self._nested(name, outer)
        if nested:
            return nested
        if _TRAILER.search(name) and len(name) > 3:
            return self.resolve(_TRAILER.sub("", name), within)
        return self._town(name, outer) if _TOWN.match(name) else None

    def find(self, text: str, within: str | None = None) -> list[tuple[int, int, Area]]:
        """Places named in running text, leftmost longest, half-open offsets.

        Provinces and prefectures by full and short name, counties by full name (and a few by short name),
        regions. A county name that several places share is taken from the place named just before it, else
        from `within`, else left out.
        """
        outer = self.resolve(within) if within else None
        out: list[tuple[int, int, Area]] = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            written = self._keys[index]
            reads_on = _SUFFIX_READS_ON.get(written[-1], "")
            if end < len(text) and text[end] in reads_on and written[:-1] in self._patterns:
                end -= 1
                written = written[:-1]
            elif end < len(text) and text[end] in reads_on:
                continue
            candidates = self._patterns[written]
            if not self._plausible(text, start, end, written, candidates):
                continue
            before = out[-1][2] if out and out[-1][1] == start else None
            area = self._choose(candidates, before or outer)
            if area is None or (written in FULL_UNSAFE and before is None):
                continue
            out.append((start, end, area))
        return out

    def _searchable(self) -> dict[str, tuple[Area, ...]]:
        patterns: dict[str, list[Area]] = {}

        def add(written: str, area: Area) -> None:
            if len(written) >= 2 and area not in patterns.setdefault(written, []):
                patterns[written].append(area)

        for area in self.by_code.values():
            if len(area.name) >= 3 or area.level == "region":
                add(area.name, area)
            if area.level in ("province", "city", "region"):
                for written in (area.short, *area.aliases):
                    if written not in ALONE_UNSAFE and (area.current or written == area.name):
                        add(written, area)
            elif area.level == "county" and area.current:
                for written in (area.short, *area.aliases):
                    sure = len(written) >= 3 or written in COUNTY_SHORTS
                    if sure and written not in ALONE_UNSAFE and len(self._shorts.get(written, ())) == 1:
                        add(written, area)
        for written in ("全国", "我国"):
            add(written, self.nation)
        return {written: tuple(areas) for written, areas in patterns.items()}

    @staticmethod
    def _plausible(text: str, start: int, end: int, written: str, candidates: tuple[Area, ...]) -> bool:
        if written in NEIGHBOURS:
            before, after = NEIGHBOURS[written]
            if (start and text[start - 1] in before) or (end < len(text) and text[end] in after):
                return False
        if written == "全国":
            return not text.startswith(("重点实验室", "人大", "政协", "人民代表", "股转"), end)
        is_full = any(area.name == written for area in candidates)
        return is_full or not _OPENS_ORGANISATION.match(text, end, end + 8)

    def _unique(self, name: str) -> Area | None:
        found = self._names.get(name, ())
        return found[0] if len(found) == 1 else None

    def _choose(self, candidates: Iterable[Area], outer: Area | None) -> Area | None:
        """One of several places of a name: inside or around `outer`, still current, the higher level."""
        found = list(candidates)
        if len(found) > 1 and outer and outer.code != NATION:
            inside = [a for a in found if self.contains(outer, a)]
            province = [a for a in found if outer.province and a.province == outer.province]
            found = inside or province or found
        if len(found) > 1:
            found = [a for a in found if a.current] or found
        if len(found) > 1:
            highest = min(LEVELS.index(a.level) for a in found)
            found = [a for a in found if LEVELS.index(a.level) == highest]
        return found[0] if len(found) == 1 else None

    def _relative(self, unit: str, outer: Area | None) -> Area | None:
        """全省, 本市 …: the place around of that kind."""
        if unit == "国":
            return self.nation
        if outer is None:
            return None
        endings = {"省": ("省",), "市": ("市",), "县": ("县",), "区": ("区",), "自治区": ("自治区",)}[unit]
        for area in (outer, *self.ancestors(outer)):
            if area.name.endswith(endings):
                return area
        return None

    def _nested(self, name: str, outer: Area | None) -> Area | None:
        """广东省深圳市南山区, 浙江杭州: a place followed by a place in it."""
        for width in range(min(len(name) - 2, 12), 1, -1):
            head = self._choose(self._names.get(name[:width], self._shorts.get(name[:width], ())), outer)
            if head is None or head.code == NATION:
                continue
            rest = self.resolve(name[width:], head.name)
            if rest and self.contains(head, rest):
                return rest
        return None

    @staticmethod
    def _town(name: str, outer: Area | None) -> Area:
        parent = outer.code if outer else NATION
        return Area(f"{parent}-{name}", name, "", "town", parent, outer.province if outer else "")


@cache
def load_areas(path: Path | None = None) -> Areas:
    """The shipped table, or another of the same form (see `sources/areas.md`).

    Raises `KgError` naming the line where a row does not fit.
    """
    path = path or data_dir("sources") / "areas.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    parents: dict[str, tuple[str, str, str]] = {}
    for line, row in enumerate(rows, start=2):
        if not row.get("code") or not row.get("name") or row.get("level") not in LEVELS:
            raise KgError(
                f"{path.name}:{line}: a row needs code, name and level; see areas.md for the columns"
            )
        parents[row["code"]] = (row["parent"], row["name"], row["level"])
    for line, row in enumerate(rows, start=2):
        code, seen = row["code"], {row["code"]}
        while parent := parents[code][0]:
            if parent not in parents or parent in seen:
                raise KgError(
                    f"{path.name}:{line}: parent {parent} is missing or turns in a circle; correct the table"
                )
            seen.add(parent)
            code = parent

    def province(code: str) -> str:
        while code in parents:
            parent, name, level = parents[code]
            if level == "province":
                return name
            code = parent
        return ""

    return Areas(
        Area(
            code=row["code"],
            name=row["name"],
            short=row["short"] or row["name"],
            level=row["level"],
            parent=row["parent"],
            province=province(row["code"]),
            aliases=tuple(a for a in row["aliases"].split("|") if a),
            english=row["english"],
            current=not row["last_listed"],
        )
        for row in rows
    )
