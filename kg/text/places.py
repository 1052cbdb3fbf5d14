"""Places over time and across maps: names given up, units dissolved, regions with their members.

The tables are `sources/area-changes.csv` and `sources/area-members.csv`; `sources/areas.md` explains them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KgError
from kg.resources import data_dir
from kg.text.areas import Area, Areas, load_areas

KINDS = ("renamed", "spelling", "merged")


@dataclass(frozen=True, slots=True)
class AreaChange:
    """What became of a unit: `successors` are codes, one for all kinds but `merged`."""

    code: str
    name: str
    year: int
    kind: str
    successors: tuple[str, ...]
    source: str


def current(area: Area) -> tuple[Area, str]:
    """The unit of today that `area` is under an earlier name, and the reason; `area` itself and "" else.

    A unit that was dissolved into others stays what it was.
    """
    change = load_changes().get(area.code)
    if change is None or change.kind == "merged":
        return area, ""
    later = load_areas().by_code[change.successors[0]]
    told = "is another spelling of" if change.kind == "spelling" else f"became in {change.year}"
    return later, f"“{area.name}” {told} {later.name} ({change.source})"


@cache
def load_changes(path: Path | None = None) -> dict[str, AreaChange]:
    """Code → change. Raises `KgError` naming the line where a row does not fit the table of places."""
    areas = load_areas()
    path = path or data_dir("sources") / "area-changes.csv"
    out = {}
    for line, row in _rows(path):
        successors = tuple(row["successors"].split("|"))
        known = all(code in areas.by_code for code in (row["code"], *successors))
        single = row["kind"] == "merged" or len(successors) == 1
        if not known or row["kind"] not in KINDS or not row["year"].isdigit() or not single:
            raise KgError(f"{path.name}:{line}: codes of areas.csv, a year and one of {', '.join(KINDS)}; see areas.md")
        out[row["code"]] = AreaChange(
            row["code"], row["name"], int(row["year"]), row["kind"], successors, row["source"]
        )
    return out


@cache
def load_members(path: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Region → codes of the units in it. Raises `KgError` naming the line."""
    areas = load_areas()
    path = path or data_dir("sources") / "area-members.csv"
    out = {}
    for line, row in _rows(path):
        members = tuple(row["members"].split("|"))
        if any(code not in areas.by_code for code in (row["region"], *members)):
            raise KgError(f"{path.name}:{line}: codes of areas.csv are wanted; correct the row")
        out[row["region"]] = members
    return out


def within(area: Area, areas: Areas) -> set[str]:
    """Codes of all units and regions that `area` lies in: parents up to the nation, and regions of each."""
    chain = [area.code, *(a.code for a in areas.ancestors(area))]
    regions = {region for region, members in load_members().items() if not set(members).isdisjoint(chain)}
    above = {a.code for region in regions for a in areas.ancestors(areas.by_code[region])}
    return (set(chain) | regions | above) - {area.code}


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(enumerate(csv.DictReader(handle), start=2))
