"""The stages of extraction, in order, and the claims that their findings make.

A stage reads a document and what the stages before it found. The spaCy components of `kg.extract.pipeline` are these
stages; a configuration exchanges some or adds others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.extract.attributes import complete_measures
from kg.extract.context import read_context
from kg.extract.entities import find_entities
from kg.extract.gaps import find_gaps
from kg.extract.measures import find_measures
from kg.extract.observations import find_observations
from kg.extract.policies import find_policies, find_policy_links
from kg.extract.reading import Finding, Reading
from kg.extract.relations import find_relations
from kg.model import Claim, Document
from kg.text.structure import outline
from kg.text.unwrap import unwrap

#: claim type → what was found so far; a type that no stage has looked for is empty
Known = Mapping[str, Sequence[Finding]]


class Stage(NamedTuple):
    """`find` gives findings of the type `group`; with `replaces` they stand in the place of those known before."""

    name: str
    group: str
    find: Callable[[Reading, Known], Iterable[Finding]]
    replaces: bool = False


STAGES = (
    Stage("kg_policies", "policy", lambda reading, known: find_policies(reading)),
    Stage("kg_entities", "entity", lambda reading, known: find_entities(reading)),
    Stage("kg_measures", "measure", lambda reading, known: find_measures(reading)),
    Stage("kg_observations", "observation", lambda reading, known: find_observations(reading)),
    Stage("kg_gaps", "gap", lambda reading, known: find_gaps(reading)),
    Stage("kg_policy_links", "policy_link", lambda reading, known: find_policy_links(reading, known["policy"])),
    Stage("kg_relations", "relation", lambda reading, known: find_relations(reading, known["policy"], known["entity"])),
    Stage(
        "kg_attributes",
        "measure",
        lambda reading, known: complete_measures(reading, known["measure"], known["policy"], known["entity"]),
        replaces=True,
    ),
)  # fmt: skip


def read(document: Document) -> Reading:
    """The document with its unwrapped text, its structure and what it is as a whole."""
    shadow = unwrap(document.text)
    structure = outline(shadow)
    return Reading(document, shadow, structure, read_context(document, shadow, structure))


def claims_from(reading: Reading, groups: Iterable[Iterable[Finding]]) -> list[Claim]:
    """The claims of all groups of findings in reading order, each with exact source offsets and quote.

    What a list of references says is said by the works it lists: no claims are taken from it.
    """
    claims: list[Claim] = []
    references = reading.document.references
    alike: dict[tuple[str, int, int, str | None], list[Claim]] = {}  # ids are dear: only claims alike compare them
    for group in groups:
        for f in group:
            claim = _claim(reading, f)
            if references and any(a <= claim.start < b for a, b in references):
                continue
            others = alike.setdefault((claim.type, claim.start, claim.end, claim.area), [])
            if not others or claim.id not in [c.id for c in others]:
                others.append(claim)
                claims.append(claim)
    # stable: provisions of several places stay in the order in which the text names the places
    return sorted(claims, key=lambda c: (c.start, c.end, c.type))


def _claim(reading: Reading, f: Finding) -> Claim:
    shadow = reading.shadow
    start, end = f.start, f.end
    while end > start + 1 and shadow.text[end - 1] in "。\n ":
        end -= 1
    a, b = shadow.to_source(start, end)
    area, assertion = f.area, f.assertion
    if f.type not in ("policy_link",):
        area = area or (reading.context.area if f.type != "entity" or f.values.get("specific") else None)
    if assertion is None:
        assertion = "in_force" if reading.context.kind == "policy" else "reported"
    return Claim(
        type=f.type,
        doc=reading.document.id,
        start=a,
        end=b,
        quote=shadow.source[a:b],
        rule=f.rule,
        area=area,
        assertion=assertion,
        locator=reading.locator_at(f.start),
        values=f.values,
    )
