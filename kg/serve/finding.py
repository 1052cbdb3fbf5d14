"""The first page: search in titles, numbers, actors and every sentence, with facets."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Claim
from kg.query.table import Table
from kg.serve.asked import Asked
from kg.serve.findable import FACETS
from kg.serve.named import kind, place
from kg.serve.search import Hit, Index, SearchResult
from kg.serve.shown import Shown
from kg.serve.texts import texts

PER_PAGE = 20
IN_FILES = 1000  # most hits of a file


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many hits it leaves, and the address that takes or drops it."""

    label: str
    count: int
    chosen: bool
    href: str


def index_of(ask: Asked) -> Index:
    state = ask.state
    return state.keep("search", lambda: Index.from_build(state.documents.values(), state.claims))


def search_page(ask: Asked) -> Shown:
    """Documents and sentences that hold all the words; without words all documents."""
    t = texts(ask.language)
    query = ask.one("q")
    filters = {name: ask.many(name) for name in FACETS}
    if not query.strip() and not any(filters.values()):
        filters["hit"] = ["document"]
    number = ask.number("page", 1, 10_000, 1)
    limit = IN_FILES if ask.ending else PER_PAGE
    found = index_of(ask).search(query, filters, offset=0 if ask.ending else (number - 1) * PER_PAGE, limit=limit)
    columns = ("kind", "document", "title", "text", "locator", "start", "end", "why", "claims")
    rows = tuple(
        (
            *(h.kind, h.document, h.title, h.text, h.locator, h.start, h.end),
            *("；".join(f"{r.word}: {r.where} {r.what}" for r in h.why), " ".join(c.id for c in h.claims)),
        )
        for h in found.hits
    )
    return Shown(
        "search.html.j2",
        t["search"],
        Table(columns, rows, truncated=found.total > len(rows)),
        {
            "q": query,
            "found": found,
            "cards": [(hit, marked(hit), signs(hit), ask.state.documents[hit.document]) for hit in found.hits],
            "facets": _facets(ask, found),
            "number": number,
            "page_count": max(1, -(-found.total // PER_PAGE)),
            "total_claims": len(ask.state.claim_by_id),
            "filtered": [(name, value) for name, values in filters.items() if ask.many(name) for value in values],
        },
        data={"total": found.total, "words": found.words, "facets": dict(found.facets),
              "hits": [dict(zip(columns, row, strict=True)) for row in rows]},
    )  # fmt: skip


def marked(hit: Hit) -> list[tuple[str, bool]]:
    """The text of a hit in pieces, each with whether the words are there."""
    pieces, at = [], 0
    for start, end in hit.marks:
        pieces += [(hit.text[at:start], False), (hit.text[start:end], True)]
        at = end
    return [piece for piece in (*pieces, (hit.text[at:], False)) if piece[0]]


def signs(hit: Hit) -> list[tuple[Claim, str]]:
    """The claims of a hit to choose from: of actors their names, of other types one each."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in hit.claims:
        found.setdefault((claim.type, claim.values["name"] if claim.type == "entity" else ""), claim)
    return [(claim, name) for (_, name), claim in found.items()]


def _facets(ask: Asked, found: SearchResult) -> list[tuple[str, str, list[Choice]]]:
    t = texts(ask.language)
    out = []
    for name in FACETS:
        chosen = ask.many(name)
        choices = []
        for value, count in found.facets.get(name, ()):
            taken = value in chosen
            changed = [v for v in chosen if v != value] if taken else [*chosen, value]
            values: dict[str, object] = {name: changed, "page": ""}
            href = ask.here(ending="", language="", **values)
            choices.append(Choice(named(ask, name, value), count, taken, href))
        if choices:
            out.append((name, t.get(f"facet_{name}", t.get(name, name)), choices))
    return out


def named(ask: Asked, facet: str, value: str) -> str:
    """A facet's value in words."""
    from kg.view import labels

    t = texts(ask.language)
    if facet in ("instrument", "resource", "assertion"):
        return ask.state.concepts(ask.language).name(facet, value)
    if facet == "province":
        return place(value, ask.language)
    if facet == "beneficiary":
        return labels.names(labels.BENEFICIARIES, ask.language).get(value, value)
    return t.get(f"value_{value}", kind(value, ask.language))
