"""Facts that follow from others: resource flows, one for each measure × resource × beneficiary category."""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids, vocab
from kg.graph.turtle import Triple, iri
from kg.link.linked import Linked
from kg.model import Claim

#: what is in force or planned is a promise, what is reported has happened; a recommendation moves nothing
_BASIS = {"in_force": vocab.IS_PROMISED_BY, "planned": vocab.IS_PROMISED_BY, "reported": vocab.IS_REPORTED_BY}


def flows(claim: Claim, linked: Linked) -> Iterator[Triple]:
    """Flows of one measure claim, from its area, else from the place of its policy; none without either."""
    basis = _BASIS.get(claim.assertion or "")
    if claim.type != "measure" or basis is None:
        return
    origins = _origins(claim, linked)
    if not origins:
        return
    categories = sorted({b["category"] for b in claim.values.get("beneficiaries", ())})
    for resource in sorted(set(claim.values.get("resources", ()))):
        for category in categories:
            node = iri(ids.flow(claim.id, resource, category))
            yield node, iri(vocab.TYPE), iri(vocab.RESOURCE_FLOW)
            for origin in origins:
                yield node, iri(vocab.FLOWS_FROM), iri(ids.area(origin))
            yield node, iri(vocab.FLOWS_TO), iri(vocab.concept("beneficiary", category))
            yield node, iri(vocab.CARRIES_RESOURCE), iri(vocab.concept("resource", resource))
            yield node, iri(basis), iri(ids.of_claim("measure", claim.id))
            yield node, iri(vocab.IS_EVIDENCED_BY), iri(ids.of_claim("claim", claim.id))
            for number in range(1, len(claim.values.get("amounts", ())) + 1):
                yield node, iri(vocab.HAS_AMOUNT), iri(ids.of_claim("amount", claim.id, number))


def _origins(claim: Claim, linked: Linked) -> list[str]:
    places = linked.areas(claim.doc, claim.area)
    if places:
        return [place.code for place in places]
    title = claim.values.get("policy")
    area = linked.thing(claim.doc, "Policy", title, claim.area).area if title else ""
    return [area] if area else []
