"""Which claims a curator should look at first, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.ledger.lines import ON_CLAIMS, Decision
from kg.model import Claim, Document

#: more of one thing in a quote than a provision usually holds
_MANY = 6
_LONG = 300


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim with the reasons to look at it, the more reasons the earlier it comes."""

    document: Document
    claim: Claim
    reasons: tuple[str, ...]


def uncertain(
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    decided: Iterable[Decision] = (),
) -> list[Doubt]:
    """Claims that their own values, or their neighbours, make doubtful; those decided on are left out."""
    done = {str(d.claim.get("id")) for d in decided if d.decision in ON_CLAIMS}
    out = []
    for document in sorted(documents, key=lambda d: d.id):
        mine = claims.get(document.id, ())
        spans = Counter(
            (c.type, c.start, c.end, c.area) for c in mine if c.type in ("measure", "recommendation")
        )
        for claim in mine:
            reasons = (*_own(claim), *_shared(claim, spans))
            if reasons and claim.id not in done:
                out.append(Doubt(document, claim, reasons))
    return sorted(out, key=lambda d: (-len(d.reasons), d.document.id, d.claim.start, d.claim.id))


def _own(claim: Claim) -> Iterable[str]:
    values = claim.values
    placed = claim.type in ("measure", "recommendation", "observation", "gap", "policy")
    if placed and not claim.area:
        yield "no place"
    if claim.type in ("measure", "recommendation"):
        if not values.get("beneficiaries"):
            yield "nobody benefits"
        elif any(b["category"] == "other" for b in values["beneficiaries"]):
            yield "beneficiary of no known category"
        if len(values.get("amounts", ())) > _MANY:
            yield "many amounts in one provision"
        if any(
            a["role"] == "rate" and a["unit"] == "%" and a["value"] > 100 for a in values.get("amounts", ())
        ):
            yield "a rate above 100 %"
    if claim.type == "observation" and not values.get("period"):
        yield "no period"
    if claim.type == "policy" and not values.get("issuers") and not values.get("number"):
        yield "neither issuer nor number"
    if len(claim.quote) > _LONG:
        yield "a long quote"


def _shared(claim: Claim, spans: Counter[tuple[str, int, int, str | None]]) -> Iterable[str]:
    if spans[claim.type, claim.start, claim.end, claim.area] > 1:
        yield "several claims of one kind on the same words"
