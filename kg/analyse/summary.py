"""What a build holds, in the few numbers that its report draws."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.analyse.flows import Flow
from kg.analyse.rows import Queryable, local_name, rows
from kg.analyse.slip import plain_name
from kg.model import Claim, Source
from kg.text.areas import load_areas

#: the three sides of policy instruments
TYPOLOGY = ("supply", "environment", "demand")


@dataclass(frozen=True, slots=True)
class Bars:
    """One indicator in several provinces, highest first: (area, value, claim id)."""

    indicator: str
    period: str
    unit: str
    rows: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """Measures between neighbouring columns: (left, right, number of measures, one claim id)."""

    columns: tuple[tuple[str, ...], ...]
    bands: tuple[tuple[tuple[str, str, int, str], ...], ...]


def as_of(sources: Iterable[Source]) -> str:
    """The latest date among the sources, "" where none has one. A digest is as old as what it restates."""
    dates = [s.digest_of_date.split("；")[-1] if s.digest_of_title else s.date for s in sources]
    return max((date for date in dates if date), default="")


def indicator_bars(claims: Iterable[Claim], *, least: int = 3, most: int = 6) -> list[Bars]:
    """Indicators that the texts give for at least `least` provinces for one period and unit, most provinces first.

    Changes, plans and figures that are compared to others are left out; of several values the first is taken.
    """
    areas = load_areas()
    groups: dict[tuple[str, str, str], dict[str, tuple[float, str]]] = defaultdict(dict)
    for claim in claims:
        v = claim.values
        if claim.type != "observation" or claim.assertion != "reported" or v.get("value") is None:
            continue
        if v.get("change") or v.get("compared_to") or not v.get("period") or not claim.area:
            continue
        place = areas.resolve(claim.area)
        if place is not None and place.level == "province":
            key = (plain_name(v.get("indicator")), str(v["period"]), str(v.get("unit") or ""))
            groups[key].setdefault(place.name, (float(v["value"]), claim.id))
    found = [
        Bars(*key, tuple(sorted(((a, v, c) for a, (v, c) in members.items()), key=lambda r: (-r[1], r[0]))))
        for key, members in groups.items()
        if len(members) >= least
    ]
    return sorted(found, key=lambda b: (-len(b.rows), b.indicator, b.period))[:most]


def flow_bands(flows: Sequence[Flow], *, most: int = 12) -> Bands:
    """Province → resource → beneficiary category; each measure counts once in each band.

    Provinces beyond the `most` largest come together under "".
    """
    size = Counter(area for area, _ in {(f.province, f.claim) for f in flows} if area)
    kept = {area for area, _ in sorted(size.items(), key=lambda item: (-item[1], item[0]))[:most]}
    left: dict[tuple[str, str], set[str]] = defaultdict(set)
    right: dict[tuple[str, str], set[str]] = defaultdict(set)
    for f in flows:
        left[f.province if f.province in kept else "", f.resource].add(f.claim)
        right[f.resource, f.beneficiary].add(f.claim)
    sides = [
        tuple((a, b, len(claims), min(claims)) for (a, b), claims in sorted(found.items()))
        for found in (left, right)
    ]

    def order(names: Iterable[tuple[str, int]]) -> tuple[str, ...]:
        total: Counter[str] = Counter()
        for name, count in names:
            total[name] += count
        return tuple(sorted(total, key=lambda name: (name == "", -total[name], name)))

    columns = (
        order((a, n) for a, _, n, _ in sides[0]),
        order((b, n) for _, b, n, _ in sides[0]),
        order((b, n) for _, b, n, _ in sides[1]),
    )
    return Bands(columns, (sides[0], sides[1]))


def sides(store: Queryable) -> dict[str, str]:
    """Instrument code → side of policy (one of `TYPOLOGY`), for those that stand on one."""
    return {
        local_name(instrument): local_name(side)
        for instrument, side in rows(
            store,
            f"""SELECT ?i ?t WHERE {{ VALUES ?t {{ {" ".join(f"<{_side(t)}>" for t in TYPOLOGY)} }}
                 ?i skos:broadMatch ?t }} ORDER BY ?i ?t""",
        )
    }


def _side(name: str) -> str:
    return f"https://w3id.org/innopolicy/vocab/typology/{name}"


def instrument_names(store: Queryable) -> dict[str, dict[str, str]]:
    """Instrument code → language → name."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for instrument, label, language in rows(
        store,
        """SELECT ?i ?l ?g WHERE { ?i skos:prefLabel ?l . BIND(LANG(?l) AS ?g)
             FILTER(CONTAINS(STR(?i), "/instrument/PI")) } ORDER BY ?i ?l""",
    ):
        names[local_name(instrument)][language] = label
    return dict(names)


def portfolio(flows: Sequence[Flow]) -> dict[tuple[str, str], tuple[int, str]]:
    """(province, instrument code) → number of measures, each once, and one claim id."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for f in flows:
        for code in f.instruments:
            if f.province:
                found[f.province, code].add(f.claim)
    return {key: (len(claims), min(claims)) for key, claims in sorted(found.items())}
