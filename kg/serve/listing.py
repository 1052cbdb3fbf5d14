"""Claims as a list: what stands behind a number, each with its quote."""

from __future__ import annotations

from collections import Counter

from kg.model import CLAIM_TYPES, Claim
from kg.query.table import Table
from kg.serve.asked import Asked
from kg.serve.reading import claim_row, province_of
from kg.serve.shown import Shown
from kg.serve.texts import texts

PER_PAGE = 50


def claims_page(ask: Asked) -> Shown:
    """The claims of a type, place, policy or document; files hold all of them."""
    t, state = texts(ask.language), ask.state
    found = chosen(ask)
    number = ask.number("page", 1, 100_000, 1)
    shown = found if ask.ending else found[(number - 1) * PER_PAGE : number * PER_PAGE]
    rows = [claim_row(c, state.documents[c.doc]) for c in shown]
    columns = tuple(rows[0]) if rows else ("claim",)
    table = Table(columns, tuple(tuple(row.values()) for row in rows))
    counts = Counter(c.type for c in found)
    context = {
        "found": [(c, state.documents[c.doc]) for c in (() if ask.ending else shown)],
        "total": len(found),
        "counts": counts,
        "number": number,
        "page_count": max(1, -(-len(found) // PER_PAGE)),
        "first": (number - 1) * PER_PAGE + 1,
        "types": [(kind, t[f"type_{kind}"]) for kind in CLAIM_TYPES],
        "document": state.documents.get(ask.one("document")),
    }
    return Shown("claims.html.j2", t["claims"], table, context)


def chosen(ask: Asked) -> list[Claim]:
    """The claims that the address asks for, in the order of documents and places in them.

    With `counted` those of the measures that portfolios count: a measure without a policy of its own counts
    under the title of its document, and `year` is that of the policy.
    """
    state = ask.state
    kind, document, policy = ask.choice("type", CLAIM_TYPES), ask.one("document"), ask.one("policy")
    province, year = ask.one("province"), ask.one("year")
    if ask.one("counted"):
        measures = (
            m.claim
            for m in state.measures
            if (not province or m.province == province)
            and (not policy or policy == (m.policy or m.document))
            and (not year or year == (m.date[:4] or "undated"))
        )
        found = [state.claim_by_id[claim] for claim in dict.fromkeys(measures) if claim in state.claim_by_id]
    else:
        found = [
            claim
            for claims in state.claims.values()
            for claim in claims
            if (not province or province_of(claim.area or "") == province)
            and (not policy or policy == claim.values.get("policy"))
            and (not year or state.documents[claim.doc].source.date.startswith(year))
        ]
    return sorted(
        (c for c in found if (not kind or c.type == kind) and (not document or c.doc == document)),
        key=lambda c: (c.doc, c.start, c.end, c.id),
    )
