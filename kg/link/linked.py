"""The result of linking: things with their IRIs, and which mention means which thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import GraphError
from kg.text.areas import Area


@dataclass(frozen=True, slots=True)
class Thing:
    """One real thing: `kind` is its class name in the ontology, `area` the code of its place, "" for none."""

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    area: str = ""
    reasons: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Naming:
    """One written form of a thing's name: why it means the thing, and the claims that use it so.

    `how` is a concept of `ontology/vocab/link-reason.ttl`; `claims` are ids, sorted.
    """

    thing: str
    written: str
    how: str
    reason: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Things by IRI; mentions (document, group, name as written, area as written) to IRIs.

    `places` maps (document, area as written) to its places, several where a claim is about a list of them.

    `namings` are all written forms that differ from the label, places included.
    Groups are `Policy`, `Indicator` and the entity classes of the claim contract.
    """

    things: Mapping[str, Thing]
    mentions: Mapping[tuple[str, str, str, str], str]
    places: Mapping[tuple[str, str], tuple[Area, ...]]
    namings: tuple[Naming, ...] = ()

    def thing(self, doc: str, group: str, name: str, area: str | None) -> Thing:
        """The thing a mention means. Raises `GraphError` for one that was not among the claims linked."""
        key = (doc, group, name, area or "")
        if key not in self.mentions:
            raise GraphError(f"{doc}: {group} “{name}” was never linked; link the same claims that are built")
        return self.things[self.mentions[key]]

    def areas(self, doc: str, written: str | None) -> tuple[Area, ...]:
        """The places of a claim's `area`; empty where it has none."""
        return self.places.get((doc, written), ()) if written else ()

    def place(self, doc: str, written: str | None) -> Area | None:
        """The one place of a claim's `area`, None where it has none or several."""
        found = self.areas(doc, written)
        return found[0] if len(found) == 1 else None
