"""Claims and links → the dataset: one named graph a document, one of shared things, one of derived facts.

The bytes depend on the documents, the claims and the ontology only: no clock, no hash order, no paths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import ids, vocab
from kg.graph.closure import LOOKED_AT, higher_tiers, roll_ups, times_in_force
from kg.graph.curated import Decided, ledger_triples
from kg.graph.derive import flows
from kg.graph.details import detail_triples
from kg.graph.facts import Facts, claim_triples
from kg.graph.turtle import HEAD, Block, Triple, blocks, date, iri, section, string
from kg.link.ladder import TIERS
from kg.link.linked import Linked, Naming, Thing
from kg.link.policies import is_nickname
from kg.model import Claim, Document
from kg.resources import data_dir
from kg.text.areas import Area, load_areas
from kg.text.places import load_changes, within
from kg.text.unwrap import unwrap

_LANGUAGES = {"zh", "en"}
#: most claims given as evidence of one naming; a usual short name stands in thousands
EVIDENCE = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What one document gives to the dataset: its graph as a section of TriG, the flows that follow from its claims,
    the places it speaks of, and the triples that facts about several documents follow from.
    """

    section: bytes
    flows: tuple[Block, ...]
    areas: tuple[str, ...]
    stated: tuple[Triple, ...]


def part(document: Document, claims: Sequence[Claim], linked: Linked) -> Part:
    """The part of one document, which depends on its claims and on what they mean in `linked` only.

    Raises `GraphError` where a claim mentions what `linked` does not know.
    """
    facts = Facts(document, list(claims), linked, unwrap(document.text))
    triples: set[Triple] = set()
    flowing: set[Triple] = set()
    for claim in claims:
        triples.update(claim_triples(claim, document))
        triples.update(facts.triples(claim))
        flowing.update(flows(claim, linked))
    stated = sorted(triple for triple in triples if triple[1] in LOOKED_AT)
    return Part(
        section(ids.graph(document.id), blocks(triples)),
        tuple(blocks(flowing)),
        tuple(sorted(_areas((triples, flowing)))),
        tuple(stated),
    )


def dataset(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    linked: Linked,
    decided: Iterable[Decided] = (),
) -> bytes:
    """The dataset as TriG. `claims` maps a document's id to its claims, as given to `link`.

    `decided` are curators' decisions; they make a graph `ledger` of their own where there are any.

    Raises `GraphError` where a claim mentions what `linked` does not know.
    """
    parts = {d.id: part(d, claims.get(d.id, ()), linked) for d in documents}
    sections = {ids.graph(name): own.section for name, own in parts.items()}
    sections |= shared_sections(documents, parts.values(), linked, decided)
    return HEAD + b"".join(sections[name] for name in sorted(sections))


def shared_sections(
    documents: Sequence[Document], parts: Iterable[Part], linked: Linked, decided: Iterable[Decided] = ()
) -> dict[str, bytes]:
    """Graph IRI → section of the graphs that no one document makes: `things`, `derived`, `vocab`, `ledger`.

    The sections of `parts` are not looked at.
    """
    flowing: list[Block] = []
    stated: list[Triple] = []
    used: set[str] = set()
    for own in parts:
        flowing += own.flows
        stated += own.stated
        used.update(own.areas)
    shared = set(_documents(documents))
    for thing in linked.things.values():
        shared.update(thing_triples(thing))
    for naming in linked.namings:
        shared.update(naming_triples(naming))
    derived = {*higher_tiers(stated), *times_in_force(stated)}
    places = _places(linked, used | _areas((derived, shared)))
    for place in places:
        shared.update(area_triples(place))
    derived.update(roll_ups(places))
    out = {
        ids.graph("things"): section(ids.graph("things"), blocks(shared)),
        ids.graph("derived"): section(ids.graph("derived"), (*flowing, *blocks(derived))),
        ids.graph("vocab"): section(ids.graph("vocab"), blocks(vocabulary())),
    }
    if decisions := set(ledger_triples(decided)):
        out[ids.graph("ledger")] = section(ids.graph("ledger"), blocks(decisions))
    return out


def thing_triples(thing: Thing) -> Iterator[Triple]:
    """Type, names, place, number and reasons of a shared thing."""
    node = iri(thing.iri)
    yield node, iri(vocab.TYPE), iri(vocab.IP + thing.kind)
    yield node, iri(vocab.LABEL), string(thing.label, "zh")
    for alias in thing.aliases:
        titled = thing.kind == "Policy" and not is_nickname(alias)
        yield node, iri(vocab.ALTERNATIVE if titled else vocab.ALT_LABEL), string(alias, "zh")
    for reason in thing.reasons:
        yield node, iri(vocab.HAS_LINK_REASON), string(reason)
    if thing.kind == "Policy":
        yield node, iri(vocab.TITLE), string(thing.label, "zh")
        if thing.number:
            yield node, iri(vocab.ELI_NUMBER), string(thing.number)
        if thing.area:
            yield node, iri(vocab.ELI_JURISDICTION), iri(ids.area(thing.area))
    elif thing.area:
        yield node, iri(vocab.APPLIES_IN), iri(ids.area(thing.area))
    if thing.kind == "EnterpriseCategory" and thing.iri.rpartition("/")[2] in TIERS:
        tier = vocab.concept("enterprise-tier", thing.iri.rpartition("/")[2])
        yield node, iri(vocab.SKOS + "closeMatch"), iri(tier)


def naming_triples(naming: Naming) -> Iterator[Triple]:
    """A written form of a thing's name, why it means the thing, and the first claims that use it."""
    key = hashlib.sha256("\n".join((naming.thing, naming.written, naming.how, naming.reason)).encode())
    node = iri(ids.of_claim("naming", key.hexdigest()[:16]))
    yield node, iri(vocab.TYPE), iri(vocab.NAMING)
    yield node, iri(vocab.LABEL), string(naming.written, "zh")
    yield node, iri(vocab.NAMES_THING), iri(naming.thing)
    yield node, iri(vocab.HAS_REASON_KIND), iri(vocab.concept("link-reason", naming.how))
    yield node, iri(vocab.HAS_LINK_REASON), string(naming.reason)
    for claim in naming.claims[:EVIDENCE]:
        yield node, iri(vocab.IS_EVIDENCED_BY), iri(ids.of_claim("claim", claim))


def area_triples(area: Area) -> Iterator[Triple]:
    """Names, code, level and parent of a place."""
    node = iri(ids.area(area.code))
    yield node, iri(vocab.TYPE), iri(vocab.ADMINISTRATIVE_AREA)
    yield node, iri(vocab.LABEL), string(area.name, "zh")
    if area.english:
        yield node, iri(vocab.LABEL), string(area.english, "en")
    for alias in sorted({area.short, *area.aliases} - {area.name, ""}):
        yield node, iri(vocab.ALT_LABEL), string(alias, "zh")
    yield node, iri(vocab.HAS_LEVEL), string(area.level)
    if area.code[:6].isdigit() and len(area.code) == 6:
        yield node, iri(vocab.NOTATION), string(area.code)
    if area.parent:
        yield node, iri(vocab.IS_PART_OF), iri(ids.area(area.parent))


def vocabulary(folder: Path | None = None) -> Iterator[Triple]:
    """The taxonomies of `ontology/vocab/`, so that the dataset reads on its own; lists are left out."""
    import pyoxigraph as ox

    def written(term: object) -> str:
        if isinstance(term, ox.NamedNode):
            return iri(term.value)
        assert isinstance(term, ox.Literal)
        return string(term.value, term.language if term.language in _LANGUAGES else "")

    for path in sorted((folder or data_dir("ontology") / "vocab").glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not (isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)):
                yield written(quad.subject), written(quad.predicate), written(quad.object)


def _documents(documents: Sequence[Document]) -> Iterator[Triple]:
    for document in documents:
        source = document.source
        node = iri(ids.document(document.id))
        yield node, iri(vocab.TYPE), iri(vocab.SOURCE_DOCUMENT)
        title = source.title or source.id or document.id
        yield node, iri(vocab.LABEL), string(title, "zh")
        yield node, iri(vocab.TITLE), string(title, "zh")
        for term, value in (
            (vocab.CREATOR, source.author),
            (vocab.ISSUED, source.date),
            (vocab.PUBLISHER, source.published_in),
            (vocab.LICENSE, source.licence),
            (vocab.HAS_CHECKSUM, source.sha256),
            (vocab.IDENTIFIER, source.id),
        ):
            if value:
                yield node, iri(term), string(value)
        restated = [title for title in source.digest_of_title.split("；") if title]
        for title in restated:
            yield node, iri(vocab.RESTATES_TEXT), string(title)
        if len(restated) == 1 and source.digest_of_date:
            yield node, iri(vocab.RESTATES_TEXT_DATED), date(source.digest_of_date)
        yield from detail_triples(document)


def _areas(used: Iterable[set[Triple]]) -> set[str]:
    """The terms that may be places."""
    begin = f"<{vocab.IPID}area/"
    return {
        term for triples in used for subject, _, value in triples for term in (subject, value) if term.startswith(begin)
    }


def _places(linked: Linked, used: Iterable[str]) -> list[Area]:
    """The places among the terms `used`, all above them, the regions around and the successors."""
    areas = load_areas()
    known = {ids.area(area.code): area for area in areas.by_code.values()}
    known.update({ids.area(area.code): area for found in linked.places.values() for area in found})
    by_term = {f"<{name}>": area for name, area in known.items()}
    wanted: dict[str, Area] = {}
    for term in used:
        if term in by_term:
            area = by_term[term]
            wanted.update({a.code: a for a in (area, *areas.ancestors(area))})
    for area in list(wanted.values()):
        change = load_changes().get(area.code)
        for code in change.successors if change else ():
            wanted.update({a.code: a for a in (areas.by_code[code], *areas.ancestors(areas.by_code[code]))})
    for area in list(wanted.values()):
        wanted.update({code: areas.by_code[code] for code in within(area, areas) if code in areas.by_code})
    return [wanted[code] for code in sorted(wanted)]
