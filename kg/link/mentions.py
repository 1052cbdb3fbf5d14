"""What one document's claims speak of, ready to be joined with other documents: the part of linking that looks at
one document alone, and therefore has to be done once for each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from kg import ids
from kg.link.entities import guess_class, place
from kg.link.names import tidy, unquoted
from kg.link.offices import is_kind_of_body
from kg.link.policies import Title, read_title
from kg.model import Claim, Document
from kg.text.areas import Area, load_areas
from kg.text.places import current

Places = dict[tuple[str, str], tuple[Area, ...]]

_UNIT = re.compile("[省市区县旗州镇乡]$")


@dataclass(frozen=True, slots=True)
class Introduced:
    """A policy claim: title, area as written, other titles, number, how much its title weighs, its id."""

    title: Title
    area: str
    aliases: tuple[Title, ...]
    number: str
    weight: int
    claim: str


@dataclass(frozen=True, slots=True)
class Named:
    """A title that claims speak of, with the number they give it, and their ids in order."""

    title: Title
    area: str
    number: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name of a thing as `kg.link.entities.place` reads it, and the ids of the claims that write so."""

    group: str
    name: str
    area: str
    iri: str
    kind: str
    home: str  # code of its place
    label: str
    written: str  # tidy
    how: str
    reason: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All of one document. `places` are areas as written with what they mean, `placed` those written otherwise
    than the table does: (area's IRI, written, kind of reason, reason, claims); `indicators` (name, area) pairs.
    """

    doc: str
    places: tuple[tuple[str, tuple[Area, ...]], ...] = ()
    introduced: tuple[Introduced, ...] = ()
    named: tuple[Named, ...] = ()
    entities: tuple[Entity, ...] = ()
    indicators: tuple[tuple[str, str], ...] = ()
    placed: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = ()

    def keys(self) -> Iterator[tuple[str, str, str]]:
        """(group, name, area as written) of everything mentioned, in a fixed order; some more than once."""
        yield from (("Policy", i.title.written, i.area) for i in self.introduced)
        yield from (("Policy", n.title.written, n.area) for n in self.named)
        yield from ((e.group, e.name, e.area) for e in self.entities)
        yield from (("Indicator", *pair) for pair in self.indicators)

    def to_row(self) -> list[Any]:
        """As JSON has it."""
        places = [(written, [_area_row(a) for a in found]) for written, found in self.places]
        introduced = [
            (_title_row(i.title), i.area, [_title_row(t) for t in i.aliases], i.number, i.weight, i.claim)
            for i in self.introduced
        ]
        named = [(_title_row(n.title), n.area, n.number, n.claims) for n in self.named]
        entities = [astuple(e) for e in self.entities]
        return [self.doc, places, introduced, named, entities, self.indicators, self.placed]

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Mentions:
        """Inverse of `to_row`."""
        doc, places, introduced, named, entities, indicators, placed = row
        by_code = load_areas().by_code
        return cls(
            doc,
            tuple(
                (written, tuple(by_code[a] if isinstance(a, str) else Area(*a) for a in found))
                for written, found in places
            ),
            tuple(
                Introduced(Title(*title), area, tuple(Title(*t) for t in aliases), number, weight, claim)
                for title, area, aliases, number, weight, claim in introduced
            ),
            tuple(Named(Title(*title), area, number, tuple(claims)) for title, area, number, claims in named),
            tuple(Entity(*rest, tuple(claims)) for *rest, claims in entities),
            tuple((name, area) for name, area in indicators),
            tuple((*rest, tuple(claims)) for *rest, claims in placed),
        )


def _title_row(title: Title) -> tuple[str, str, str, str]:
    return title.written, title.tidy, title.scope, title.core


def _area_row(area: Area) -> Any:
    return area.code if load_areas().by_code.get(area.code) == area else astuple(area)[:6]


def mentions(document: Document, claims: Sequence[Claim]) -> Mentions:
    """What the claims of `document` speak of; their order does not matter."""
    ordered = sorted(claims, key=lambda c: (c.start, c.end, c.id))
    places = written_places(ordered, {document.id: document.source.area})
    return Mentions(
        document.id,
        tuple((written, found) for (_, written), found in places.items()),
        tuple(_introduced(ordered, places)),
        tuple(_named(ordered, places)),
        tuple(_entities(ordered, places)),
        tuple(dict.fromkeys((c.values["indicator"], c.area or "") for c in ordered if c.type == "observation")),
        tuple((*key, tuple(by)) for key, by in _placed(ordered, places).items()),
    )


def written_places(claims: Sequence[Claim], home: Mapping[str, str]) -> Places:
    """(document, area as written) → its places.

    `home` gives the place a document speaks for; without it, the place most of its claims are about tells
    towns and shared county names apart. A list of places gives each of them; what no table knows is minted.
    """
    areas = load_areas()
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        alone = areas.resolve(claim.area) if claim.area else None
        if alone and alone.level in ("province", "city", "county"):
            counts.setdefault(claim.doc, Counter())[alone.name] += 1
    places: Places = {}
    for claim in claims:
        if not claim.area or (claim.doc, claim.area) in places:
            continue
        usual = min(counts.get(claim.doc, {"": 0}).items(), key=lambda item: (-item[1], item[0]))[0]
        around = home.get(claim.doc) or usual or None
        parts = [claim.area]
        if not areas.resolve(claim.area, around):
            parts = [part for part in re.split("[、，,]", claim.area) if part]
        found = (
            areas.resolve(part, around) or _minted(part, areas.resolve(around) if around else None)
            for part in parts
        )
        places[claim.doc, claim.area] = tuple(current(area)[0] for area in found)
    return places


def _minted(name: str, around: Area | None) -> Area:
    """A place that no table knows: a unit inside `around` by its ending, else a region of its own."""
    if around and _UNIT.search(name):
        return Area(f"{around.code}-{name}", name, name, "region", around.code, around.province)
    return Area(f"place-{name}", name, name, "region", "", "")


def _introduced(claims: Sequence[Claim], places: Places) -> Iterator[Introduced]:
    areas = load_areas()
    for claim in claims:
        if claim.type == "policy":
            values, around = claim.values, _one(places, claim)
            yield Introduced(
                read_title(values["title"], around, claim.doc, areas),
                claim.area or "",
                tuple(read_title(alias, around, claim.doc, areas) for alias in values.get("aliases", ())),
                values.get("number", ""),
                100 if values.get("self") else 10,
                claim.id,
            )


def _named(claims: Sequence[Claim], places: Places) -> Iterator[Named]:
    areas = load_areas()
    found: dict[tuple[str, str, str], list[str]] = {}
    around: dict[str, Area | None] = {}
    for claim in claims:
        for title in policy_mentions(claim):
            of_link = claim.type == "policy_link" and title == claim.values.get("to")
            number = claim.values.get("number") or "" if of_link else ""
            around[claim.area or ""] = _one(places, claim)
            found.setdefault((title, claim.area or "", number), []).append(claim.id)
    for (title, area, number), by in found.items():
        yield Named(read_title(title, around[area], claims[0].doc, areas), area, number, tuple(by))


def _entities(claims: Sequence[Claim], places: Places) -> Iterator[Entity]:
    areas = load_areas()
    known = known_classes(claims)
    found: dict[tuple[str, str, str], list[str]] = {}
    around: dict[str, Area | None] = {}
    for claim in claims:
        for group, name in entity_mentions(claim, known):
            if claim.type == "relation" and any(
                claim.values[end] == name and relation_area(claim, end, places) for end in ("subject", "object")
            ):
                continue
            key = (group, name, claim.area or "")
            around[claim.area or ""] = _one(places, claim)
            found[key] = [*found.pop(key, []), claim.id]  # in the order of the last mention
    for (group, name, area), by in found.items():
        placed = place(group, name, around[area], areas)
        iri = ids.thing(group, ids.slug(unquoted(placed.key)))
        how = placed.how or "as-written"
        yield Entity(
            group, name, area, iri, placed.kind, placed.area, placed.label, tidy(name), how, placed.reason, tuple(by)
        )


def _placed(claims: Sequence[Claim], places: Places) -> dict[tuple[str, str, str, str], list[str]]:
    """Why a place is meant where a claim writes it otherwise than the table does."""
    areas = load_areas()
    out: dict[tuple[str, str, str, str], list[str]] = {}
    for claim in claims:
        found = places.get((claim.doc, claim.area or ""), ())
        if len(found) != 1 or claim.area == found[0].name:
            continue
        area, written = found[0], claim.area or ""
        before = areas.resolve(written)
        renamed = current(before)[1] if before and before.code != area.code else ""
        short = written in (area.short, *area.aliases)
        how = "renamed" if renamed else "short-place" if short else "relative-place"
        reason = renamed or f"“{written}” is {area.name}" + ("" if short else " by the text around")
        out.setdefault((ids.area(area.code), written, how, reason), []).append(claim.id)
    return out


def policy_mentions(claim: Claim) -> Iterator[str]:
    """Titles a claim speaks of, beside the title a policy claim introduces."""
    if claim.type == "policy_link":
        yield from (claim.values[end] for end in ("from", "to") if claim.values.get(end))
    elif claim.type in ("measure", "recommendation") and claim.values.get("policy"):
        yield claim.values["policy"]


def entity_mentions(claim: Claim, known: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """(group, name) of entities a claim speaks of; `known` gives the class of (document, name)."""
    values = claim.values
    if claim.type == "entity":
        yield values["class"], values["name"]
    elif claim.type in ("measure", "recommendation"):
        for name in values.get("via", ()):
            yield _class_of(claim.doc, name, known), name
        yield from (
            ("Organisation", n) for n in _as_list(values.get("responsible")) if not is_kind_of_body(n)
        )
    elif claim.type == "policy":
        for name in values.get("issuers", ()):
            yield "Organisation", name
    elif claim.type == "relation":
        for end in ("subject", "object"):
            yield _class_of(claim.doc, values[end], known), values[end]


def known_classes(claims: Sequence[Claim]) -> dict[tuple[str, str], str]:
    """(document, tidy name) -> class, by entity claims; the most frequent class where they disagree."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for claim in claims:
        if claim.type == "entity":
            counts.setdefault((claim.doc, tidy(claim.values["name"])), Counter())[claim.values["class"]] += 1
    return {key: min(c, key=lambda kind: (-c[kind], kind)) for key, c in counts.items()}


def relation_area(claim: Claim, end: str, places: Mapping[tuple[str, str], tuple[Area, ...]]) -> Area | None:
    """The place that an end of a relation names (浙江省 runs …), None where it names a thing."""
    around = _one(places, claim)
    found = load_areas().resolve(tidy(claim.values[end]), around.name if around else None)
    return current(found)[0] if found and found.level != "town" else None


def _one(places: Mapping[tuple[str, str], tuple[Area, ...]], claim: Claim) -> Area | None:
    found = places.get((claim.doc, claim.area or ""), ())
    return found[0] if len(found) == 1 else None


def _class_of(doc: str, name: str, known: Mapping[tuple[str, str], str]) -> str:
    return known.get((doc, tidy(name))) or guess_class(tidy(name))


def _as_list(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []
