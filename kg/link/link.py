"""Claims of many documents → things: one real thing, one IRI, the reason for each merge in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg import ids
from kg.link.entities import guess_class, place
from kg.link.linked import Linked, Naming, Thing
from kg.link.names import tidy, unquoted
from kg.link.offices import is_kind_of_body
from kg.link.policies import PolicyGroups
from kg.model import Claim, Document
from kg.text.areas import Area, load_areas
from kg.text.places import current

Key = tuple[str, str, str, str]  # document, group, name, area
Places = dict[tuple[str, str], tuple[Area, ...]]
#: (thing, written, kind of reason, reason) → ids of the claims that write so
Uses = dict[tuple[str, str, str, str], set[str]]

_UNIT = re.compile("[省市区县旗州镇乡]$")


def link(documents: Sequence[Document], claims: Mapping[str, Sequence[Claim]]) -> Linked:
    """Link all claims of all documents; `claims` maps a document's id to its claims.

    A pure function of its arguments: order of documents and of claims does not matter. Nothing is merged
    across places because two names look alike.
    """
    areas = load_areas()
    ordered = [
        claim
        for document in sorted(documents, key=lambda d: d.id)
        for claim in sorted(claims.get(document.id, ()), key=lambda c: (c.start, c.end, c.id))
    ]
    places = written_places(ordered, {d.id: d.source.area for d in documents})
    things: dict[str, Thing] = {}
    mentions: dict[Key, str] = {}
    uses: Uses = {}
    _link_policies(ordered, places, PolicyGroups(areas), things, mentions, uses)
    _link_entities(ordered, places, things, mentions, uses)
    _link_indicators(ordered, things, mentions)
    _name_places(ordered, places, uses)
    namings = tuple(sorted(Naming(*key, tuple(sorted(claims))) for key, claims in uses.items()))
    return Linked(dict(sorted(things.items())), mentions, places, namings)


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


def _name_places(claims: Sequence[Claim], places: Places, uses: Uses) -> None:
    """Why a place is meant where a claim writes it otherwise than the table does."""
    areas = load_areas()
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
        uses.setdefault((ids.area(area.code), written, how, reason), set()).add(claim.id)


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


def _link_policies(
    claims: Sequence[Claim],
    places: Mapping[tuple[str, str], tuple[Area, ...]],
    groups: PolicyGroups,
    things: dict[str, Thing],
    mentions: dict[Key, str],
    uses: Uses,
) -> None:
    nodes: dict[Key, tuple[str, str]] = {}
    written: dict[tuple[str, str], dict[str, set[str]]] = {}
    for claim in claims:
        if claim.type == "policy":
            values = claim.values
            nodes[claim.doc, "Policy", values["title"], claim.area or ""] = groups.add(
                claim.doc,
                values["title"],
                _one(places, claim),
                aliases=tuple(values.get("aliases", ())),
                number=values.get("number", ""),
                weight=100 if values.get("self") else 10,
            )
            node = nodes[claim.doc, "Policy", values["title"], claim.area or ""]
            for name in (values["title"], *values.get("aliases", ())):
                written.setdefault(node, {}).setdefault(tidy(name), set()).add(claim.id)
    for claim in claims:
        for title in policy_mentions(claim):
            key = (claim.doc, "Policy", title, claim.area or "")
            node = groups.mention(claim.doc, title, _one(places, claim))
            nodes.setdefault(key, node)
            written.setdefault(node, {}).setdefault(tidy(title), set()).add(claim.id)
            if claim.type == "policy_link" and claim.values.get("number") and title == claim.values.get("to"):
                groups.number(node, claim.values["number"], claim.doc)
    iri_of: dict[tuple[str, str], str] = {}
    for root, members in groups.groups().items():
        title, others = groups.title_of(members)
        scope = next((s for s, core in members if core == groups.core(title)), root[0])
        iri = ids.thing("Policy", f"{ids.slug(scope)}-{ids.slug(groups.core(title))}")
        numbers = sorted({groups.numbers[n] for n in members if n in groups.numbers})
        reasons = sorted({reason for node in members for reason in groups.reasons[node]})
        area = "" if scope.startswith("unknown-") else scope
        things[iri] = Thing(iri, "Policy", title, tuple(others), area, tuple(reasons), "、".join(numbers[:1]))
        iri_of.update(dict.fromkeys(members, iri))
        for node in members:
            for name, by in written.get(node, {}).items():
                if name != title:
                    uses.setdefault((iri, name, *groups.why(members, name, title)), set()).update(by)
    for key, node in nodes.items():
        mentions[key] = iri_of[node]


def _link_entities(
    claims: Sequence[Claim],
    places: Mapping[tuple[str, str], tuple[Area, ...]],
    things: dict[str, Thing],
    mentions: dict[Key, str],
    uses: Uses,
) -> None:
    areas = load_areas()
    forms: dict[str, dict[tuple[str, str, str], set[str]]] = {}
    known = known_classes(claims)
    labels: dict[str, set[str]] = {}
    written: dict[str, set[str]] = {}
    reasons: dict[str, set[str]] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for claim in claims:
        for group, name in entity_mentions(claim, known):
            if claim.type == "relation" and any(
                claim.values[end] == name and relation_area(claim, end, places)
                for end in ("subject", "object")
            ):
                continue
            placed = place(group, name, _one(places, claim), areas)
            iri = ids.thing(group, ids.slug(unquoted(placed.key)))
            mentions[claim.doc, group, name, claim.area or ""] = iri
            kinds[iri] = (placed.kind, placed.area)
            labels.setdefault(iri, set()).add(placed.label)
            written.setdefault(iri, set()).add(tidy(name))
            told = (tidy(name), placed.how or "as-written", placed.reason)
            forms.setdefault(iri, {}).setdefault(told, set()).add(claim.id)
            if placed.reason:
                reasons.setdefault(iri, set()).add(placed.reason)
    for iri, (kind, area) in kinds.items():
        label = min(labels[iri], key=lambda name: (-len(name), name))
        for (name, how, reason), by in forms[iri].items():
            if name != label:
                told = reason or f"“{name}” and “{label}” are one name of one place"
                uses.setdefault((iri, name, how, told), set()).update(by)
        others = tuple(sorted((written[iri] | labels[iri]) - {label}))
        things[iri] = Thing(
            iri, kind, label, others, area, tuple(sorted(reasons.get(iri, ()))) if others else ()
        )


def _link_indicators(claims: Sequence[Claim], things: dict[str, Thing], mentions: dict[Key, str]) -> None:
    for claim in claims:
        if claim.type == "observation":
            label = tidy(claim.values["indicator"])
            iri = ids.thing("Indicator", ids.slug(label))
            mentions[claim.doc, "Indicator", claim.values["indicator"], claim.area or ""] = iri
            things.setdefault(iri, Thing(iri, "Indicator", label))
