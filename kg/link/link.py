"""Claims of many documents → things: one real thing, one IRI, the reason for each merge in words.

`kg.link.mentions` reads each document alone; here their mentions are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg import ids
from kg.link.linked import Linked, Naming, Thing
from kg.link.mentions import Mentions, Places, mentions
from kg.link.names import tidy
from kg.link.policies import PolicyGroups, Title
from kg.model import Claim, Document
from kg.text.areas import load_areas

Key = tuple[str, str, str, str]  # document, group, name, area
Node = tuple[str, str]
#: (thing, written, kind of reason, reason) → ids of the claims that write so
Uses = dict[tuple[str, str, str, str], set[str]]


def link(documents: Sequence[Document], claims: Mapping[str, Sequence[Claim]]) -> Linked:
    """Link all claims of all documents; `claims` maps a document's id to its claims.

    A pure function of its arguments: order of documents and of claims does not matter. Nothing is merged
    across places because two names look alike.
    """
    return join(mentions(document, claims.get(document.id, ())) for document in documents)


def join(found: Iterable[Mentions]) -> Linked:
    """Link the mentions of all documents; each document once, in any order."""
    ordered = sorted(found, key=lambda m: m.doc)
    places: Places = {(m.doc, written): areas for m in ordered for written, areas in m.places}
    things: dict[str, Thing] = {}
    meant: dict[Key, str] = {}
    uses: Uses = {}
    _join_policies(ordered, things, meant, uses)
    _join_entities(ordered, things, meant, uses)
    for mine in ordered:
        for name, area in mine.indicators:
            label = tidy(name)
            iri = ids.thing("Indicator", ids.slug(label))
            meant[mine.doc, "Indicator", name, area] = iri
            things.setdefault(iri, Thing(iri, "Indicator", label))
        for *key, by in mine.placed:
            uses.setdefault((key[0], key[1], key[2], key[3]), set()).update(by)
    namings = tuple(sorted(Naming(*key, tuple(sorted(by))) for key, by in uses.items()))
    return Linked(dict(sorted(things.items())), meant, places, namings)


def _join_policies(ordered: Sequence[Mentions], things: dict[str, Thing], meant: dict[Key, str], uses: Uses) -> None:
    groups = PolicyGroups(load_areas())
    nodes: dict[Key, Node] = {}
    written: dict[Node, dict[str, set[str]]] = {}

    def write(node: Node, title: Title, claims: Iterable[str]) -> None:
        written.setdefault(node, {}).setdefault(title.tidy, set()).update(claims)

    for mine in ordered:
        for made in mine.introduced:
            node = groups.add(mine.doc, made.title, aliases=made.aliases, number=made.number, weight=made.weight)
            nodes[mine.doc, "Policy", made.title.written, made.area] = node
            for title in (made.title, *made.aliases):
                write(node, title, (made.claim,))
    for mine in ordered:
        for named in mine.named:
            node = groups.mention(mine.doc, named.title, len(named.claims))
            nodes.setdefault((mine.doc, "Policy", named.title.written, named.area), node)
            write(node, named.title, named.claims)
            if named.number:
                for _ in named.claims[:2]:  # said twice, a number is a reason of its own
                    groups.number(node, named.number, mine.doc)
    iri_of: dict[Node, str] = {}
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
    meant.update({key: iri_of[node] for key, node in nodes.items()})


def _join_entities(ordered: Sequence[Mentions], things: dict[str, Thing], meant: dict[Key, str], uses: Uses) -> None:
    forms: dict[str, dict[tuple[str, str, str], set[str]]] = {}
    labels: dict[str, set[str]] = {}
    written: dict[str, set[str]] = {}
    reasons: dict[str, set[str]] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for mine in ordered:
        for entity in mine.entities:
            iri = entity.iri
            meant[mine.doc, entity.group, entity.name, entity.area] = iri
            kinds[iri] = (entity.kind, entity.home)
            labels.setdefault(iri, set()).add(entity.label)
            written.setdefault(iri, set()).add(entity.written)
            told = (entity.written, entity.how, entity.reason)
            forms.setdefault(iri, {}).setdefault(told, set()).update(entity.claims)
            if entity.reason:
                reasons.setdefault(iri, set()).add(entity.reason)
    for iri, (kind, area) in kinds.items():
        label = min(labels[iri], key=lambda name: (-len(name), name))
        for (name, how, reason), by in forms[iri].items():
            if name != label:
                told_so = reason or f"“{name}” and “{label}” are one name of one place"
                uses.setdefault((iri, name, how, told_so), set()).update(by)
        others = tuple(sorted((written[iri] | labels[iri]) - {label}))
        things[iri] = Thing(
            iri, kind, label, others, area, tuple(sorted(reasons.get(iri, ()))) if others else ()
        )
