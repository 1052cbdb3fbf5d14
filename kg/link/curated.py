"""Merges and splits that a curator decided, on top of what the linker found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg import ids
from kg.link.linked import Linked, Naming, Thing
from kg.link.names import tidy
from kg.text.areas import load_areas


@dataclass(frozen=True, slots=True)
class NameDecision:
    """Two names, each (name, place it is said of, "" for any), that are one thing or are not.

    `kind` is `Policy` or an entity class, `line` the line of the ledger.
    """

    decision: str  # merge, split
    kind: str
    names: tuple[tuple[str, str], tuple[str, str]]
    why: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Curated:
    """The linking after the decisions, the things each concerns, and (line, problem) of those that failed."""

    linked: Linked
    concerns: tuple[tuple[NameDecision, tuple[str, ...]], ...]
    problems: tuple[tuple[int, str], ...]


def curate(linked: Linked, decisions: Iterable[NameDecision]) -> Curated:
    """Apply merges and splits in order; a pure function. What names nothing known is told, not dropped."""
    concerns: list[tuple[NameDecision, tuple[str, ...]]] = []
    problems: list[tuple[int, str]] = []
    for decision in decisions:
        things = []
        for name, area in decision.names:
            found = _things(linked, decision.kind, name, area)
            if len(found) == 1:
                things.append(found[0])
            else:
                what = (
                    f"{len(found)} things go by that name; add the place" if found else "nothing goes by it"
                )
                problems.append((decision.line, f"{decision.kind} “{name}” ({area or 'any place'}): {what}"))
        if len(things) < 2:
            continue
        one, two = things
        if decision.decision == "merge":
            linked = _merged(linked, one, two, decision)
            concerns.append((decision, (one,)))
        elif one != two:
            concerns.append((decision, (one, two)))
        else:
            linked, new = _split(linked, one, decision)
            concerns.append((decision, (one, new)))
    return Curated(linked, tuple(concerns), tuple(problems))


def _things(linked: Linked, kind: str, name: str, area: str) -> list[str]:
    place = load_areas().resolve(area) if area else None
    found = set()
    for (doc, group, written, said_of), iri in linked.mentions.items():
        if group != kind or tidy(written) != tidy(name):
            continue
        codes = {a.code for a in linked.areas(doc, said_of)} | {linked.things[iri].area}
        if not area or (place.code if place else area) in codes:
            found.add(iri)
    # a label or alias that no claim writes so, 浙江省科学技术厅 for 省科技厅
    for iri, thing in linked.things.items():
        named = iri.startswith(ids.thing(kind, "")) and tidy(name) in (thing.label, *thing.aliases)
        if named and (not area or (place.code if place else area) == thing.area):
            found.add(iri)
    return sorted(found)


def _merged(linked: Linked, one: str, two: str, decision: NameDecision) -> Linked:
    if one == two:
        return linked
    first, second = linked.things[one], linked.things[two]
    reason = f"“{second.label}” and “{first.label}” are one by a curator: {decision.why}"
    things = {iri: thing for iri, thing in linked.things.items() if iri != two}
    things[one] = replace(
        first,
        aliases=tuple(sorted({*first.aliases, *second.aliases, second.label} - {first.label})),
        reasons=tuple(sorted({*first.reasons, *second.reasons, reason})),
        number=first.number or second.number,
    )
    mentions = {key: one if iri == two else iri for key, iri in linked.mentions.items()}
    namings = {replace(n, thing=one) if n.thing == two else n for n in linked.namings}
    namings.add(Naming(one, second.label, "curator", reason, ()))
    return replace(
        linked, things=dict(sorted(things.items())), mentions=mentions, namings=tuple(sorted(namings))
    )


def _split(linked: Linked, iri: str, decision: NameDecision) -> tuple[Linked, str]:
    """The second name, where said of its place, becomes a thing of its own."""
    name, area = decision.names[1]
    place = load_areas().resolve(area) if area else None
    old = linked.things[iri]
    new = f"{iri}-{ids.slug(tidy(name))}"
    mentions = dict(linked.mentions)
    for key, thing in linked.mentions.items():
        doc, _, written, said_of = key
        there = place is None or place.code in {a.code for a in linked.areas(doc, said_of)}
        if thing == iri and tidy(written) == tidy(name) and there:
            mentions[key] = new
    things = dict(linked.things)
    things[new] = Thing(new, old.kind, tidy(name), (), old.area)
    left = tuple(alias for alias in old.aliases if alias != tidy(name))
    label = old.label if old.label != tidy(name) else (tidy(decision.names[0][0]))
    things[iri] = replace(old, label=label, aliases=tuple(a for a in left if a != label))
    namings = tuple(n for n in linked.namings if not (n.thing == iri and n.written == tidy(name)))
    return replace(linked, things=dict(sorted(things.items())), mentions=mentions, namings=namings), new
