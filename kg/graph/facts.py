"""What one claim states, as triples of its document's graph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from kg import ids, vocab
from kg.graph.turtle import Triple, boolean, date, decimal, integer, iri, string
from kg.link.entities import guess_class
from kg.link.linked import Linked, Thing
from kg.link.mentions import known_classes, relation_area
from kg.link.names import tidy
from kg.link.offices import is_kind_of_body
from kg.model import Claim, Document
from kg.text.shadow import Shadow
from kg.text.terms import find_term

#: characters of context kept on each side of a quote, so that it is found again in another edition
CONTEXT = 32
#: a label is for reading: longer quotes are clipped
LABEL = 120


def claim_triples(claim: Claim, document: Document) -> Iterator[Triple]:
    """The claim itself: document, exact position, quote with context, rule, place in the text."""
    node = iri(ids.of_claim("claim", claim.id))
    position, quote = (iri(f"{ids.of_claim('claim', claim.id)}#{part}") for part in ("position", "quote"))
    text = document.text
    yield node, iri(vocab.TYPE), iri(vocab.CLAIM)
    yield node, iri(vocab.IS_STATED_IN), iri(ids.document(document.id))
    yield node, iri(vocab.HAS_CLAIM_TYPE), string(claim.type)
    yield node, iri(vocab.HAS_RULE), string(claim.rule)
    if claim.locator:
        yield node, iri(vocab.HAS_LOCATOR), string(claim.locator)
    if page := document.page_at(claim.start):
        yield node, iri(vocab.HAS_PAGE), integer(page)
    yield node, iri(vocab.OA_HAS_SELECTOR), position
    yield node, iri(vocab.OA_HAS_SELECTOR), quote
    yield position, iri(vocab.TYPE), iri(vocab.OA_TEXT_POSITION)
    yield position, iri(vocab.OA_START), integer(claim.start)
    yield position, iri(vocab.OA_END), integer(claim.end)
    yield quote, iri(vocab.TYPE), iri(vocab.OA_TEXT_QUOTE)
    yield quote, iri(vocab.OA_EXACT), string(claim.quote)
    yield quote, iri(vocab.OA_PREFIX), string(text[max(0, claim.start - CONTEXT) : claim.start])
    yield quote, iri(vocab.OA_SUFFIX), string(text[claim.end : claim.end + CONTEXT])


class Facts:
    """The facts of one document's claims; holds what turning a claim into triples needs to look up."""

    def __init__(self, document: Document, claims: list[Claim], linked: Linked, shadow: Shadow | None = None):
        self.document = document
        self.linked = linked
        self.known = known_classes(claims)
        self._shadow = shadow

    def triples(self, claim: Claim) -> Iterator[Triple]:
        """Facts of one claim. Raises `GraphError` where it mentions what was not linked."""
        yield from _BY_TYPE[claim.type](self, claim)

    def policy(self, claim: Claim) -> Iterator[Triple]:
        values = claim.values
        thing = self.thing(claim, "Policy", values["title"])
        node = iri(thing.iri)
        yield from self.evidence(thing.iri, claim)
        if values.get("kind"):
            yield node, iri(vocab.HAS_DOCUMENT_KIND), iri(vocab.document_kind(values["kind"]))
        if values.get("issued"):
            yield node, iri(vocab.ELI_DATE_DOCUMENT), date(values["issued"])
        for name in values.get("issuers", ()):
            issuer = self.thing(claim, "Organisation", name)
            yield node, iri(vocab.ELI_PASSED_BY), iri(issuer.iri)
            yield from self.evidence(issuer.iri, claim)
        if values.get("self"):
            yield from self._term(node, str(values.get("issued", "")))
        for key, value in zip((vocab.VALID_FROM, vocab.VALID_UNTIL), values.get("valid") or (), strict=False):
            if value:
                yield node, iri(key), date(str(value))

    def _term(self, node: str, issued: str) -> Iterator[Triple]:
        """Since when and until when the document's own policy is in force; its details hold the words."""
        for detail in self.document.details:
            if detail.key == "validity":
                term = find_term(detail.value, issued)
                for key, day in zip((vocab.IN_FORCE_FROM, vocab.IN_FORCE_UNTIL), term, strict=True):
                    if day:
                        yield node, iri(key), date(day)
                if any(term):
                    return

    def policy_link(self, claim: Claim) -> Iterator[Triple]:
        ends = [
            self.thing(claim, "Policy", claim.values[end]) for end in ("from", "to") if claim.values.get(end)
        ]
        for thing in ends:
            yield from self.evidence(thing.iri, claim)
        if len(ends) == 2 and ends[0].iri != ends[1].iri:
            yield iri(ends[0].iri), iri(vocab.POLICY_LINKS[claim.values["relation"]]), iri(ends[1].iri)

    def entity(self, claim: Claim) -> Iterator[Triple]:
        yield from self.evidence(self.thing(claim, claim.values["class"], claim.values["name"]).iri, claim)

    def relation(self, claim: Claim) -> Iterator[Triple]:
        subject, target = (self._end(claim, end) for end in ("subject", "object"))
        if subject != target:
            yield iri(subject), iri(vocab.RELATIONS[claim.values["predicate"]]), iri(target)
        yield from self.evidence(subject, claim)
        yield from self.evidence(target, claim)

    def measure(self, claim: Claim) -> Iterator[Triple]:
        values = claim.values
        kind = vocab.MEASURE if claim.type == "measure" else vocab.RECOMMENDATION
        node = iri(ids.of_claim(claim.type, claim.id))
        yield node, iri(vocab.TYPE), iri(kind)
        yield from self._stated(node, claim)
        yield node, iri(vocab.LABEL), string(self._label(claim), "zh")
        if values.get("policy"):
            policy = self.thing(claim, "Policy", values["policy"])
            yield node, iri(vocab.IS_PROVIDED_BY), iri(policy.iri)
            yield from self.evidence(policy.iri, claim)
        for code in values.get("instruments", ()):
            yield node, iri(vocab.USES_INSTRUMENT), iri(vocab.concept("instrument", code))
        for resource in values.get("resources", ()):
            yield node, iri(vocab.PROVIDES_RESOURCE), iri(vocab.concept("resource", resource))
        for number, beneficiary in enumerate(values.get("beneficiaries", ()), start=1):
            who = iri(ids.of_claim("beneficiary", claim.id, number))
            yield node, iri(vocab.HAS_BENEFICIARY), who
            yield who, iri(vocab.TYPE), iri(vocab.BENEFICIARY)
            yield who, iri(vocab.LABEL), string(beneficiary["text"], "zh")
            yield who, iri(vocab.HAS_CATEGORY), iri(vocab.concept("beneficiary", beneficiary["category"]))
        for name in values.get("via", ()):
            thing = self.thing(claim, self._class(name), name)
            yield node, iri(vocab.IS_DELIVERED_THROUGH), iri(thing.iri)
            yield from self.evidence(thing.iri, claim)
        if values.get("condition"):
            yield node, iri(vocab.HAS_CONDITION), string(values["condition"], "zh")
        responsible = values.get("responsible") or ()
        for name in (responsible,) if isinstance(responsible, str) else responsible:
            if is_kind_of_body(name):  # 各市人民政府 stands in the claim alone
                continue
            body = self.thing(claim, "Organisation", name)
            yield node, iri(vocab.HAS_RESPONSIBLE_BODY), iri(body.iri)
            yield from self.evidence(body.iri, claim)
        for number, amount in enumerate(values.get("amounts", ()), start=1):
            yield from self._amount(node, ids.of_claim("amount", claim.id, number), amount)

    def observation(self, claim: Claim) -> Iterator[Triple]:
        values = claim.values
        node = iri(ids.of_claim("observation", claim.id))
        indicator = self.thing(claim, "Indicator", values["indicator"])
        yield node, iri(vocab.TYPE), iri(vocab.OBSERVATION)
        yield node, iri(vocab.IS_EVIDENCED_BY), iri(ids.of_claim("claim", claim.id))
        yield node, iri(vocab.OBSERVES_INDICATOR), iri(indicator.iri)
        yield from self.evidence(indicator.iri, claim)
        for place in self.linked.areas(claim.doc, claim.area):
            yield node, iri(vocab.REF_AREA), iri(ids.area(place.code))
        if claim.assertion:
            yield node, iri(vocab.HAS_ASSERTION), iri(vocab.concept("assertion", claim.assertion))
        if values.get("period"):
            yield node, iri(vocab.REF_PERIOD), string(str(values["period"]))
        yield from _quantity(node, values)
        for key, term in (("rank", vocab.HAS_RANK), ("rank_of", vocab.HAS_RANK_OF)):
            if values.get(key) is not None:
                yield node, iri(term), integer(values[key])
        if values.get("change"):
            yield node, iri(vocab.IS_CHANGE), boolean(True)
        if values.get("compared_to"):
            yield node, iri(vocab.IS_COMPARED_TO), string(values["compared_to"], "zh")

    def gap(self, claim: Claim) -> Iterator[Triple]:
        node = iri(ids.of_claim("gap", claim.id))
        yield node, iri(vocab.TYPE), iri(vocab.GAP)
        yield from self._stated(node, claim)
        yield node, iri(vocab.LABEL), string(self._label(claim), "zh")
        if claim.values.get("topic"):
            yield node, iri(vocab.HAS_TOPIC), iri(vocab.concept("gap-topic", claim.values["topic"]))

    def thing(self, claim: Claim, group: str, name: str) -> Thing:
        return self.linked.thing(claim.doc, group, name, claim.area)

    def evidence(self, thing: str, claim: Claim) -> Iterator[Triple]:
        """That a thing is spoken of: by which claim, in which document."""
        yield iri(thing), iri(vocab.IS_EVIDENCED_BY), iri(ids.of_claim("claim", claim.id))
        yield iri(thing), iri(vocab.IS_MENTIONED_IN), iri(ids.document(claim.doc))

    def _stated(self, node: str, claim: Claim) -> Iterator[Triple]:
        yield node, iri(vocab.IS_EVIDENCED_BY), iri(ids.of_claim("claim", claim.id))
        for place in self.linked.areas(claim.doc, claim.area):
            yield node, iri(vocab.APPLIES_IN), iri(ids.area(place.code))
        if claim.assertion:
            yield node, iri(vocab.HAS_ASSERTION), iri(vocab.concept("assertion", claim.assertion))

    def _amount(self, node: str, amount_iri: str, amount: dict[str, Any]) -> Iterator[Triple]:
        which = iri(amount_iri)
        yield node, iri(vocab.HAS_AMOUNT), which
        yield which, iri(vocab.TYPE), iri(vocab.AMOUNT)
        yield from _quantity(which, amount)
        yield which, iri(vocab.HAS_AMOUNT_ROLE), iri(vocab.concept("amount-role", amount["role"]))
        if amount.get("per"):
            yield which, iri(vocab.IS_PER), string(amount["per"])
        if amount.get("basis"):
            yield which, iri(vocab.HAS_BASIS), string(amount["basis"], "zh")
        if amount.get("of"):
            yield which, iri(vocab.APPLIES_TO_ITEM), string(amount["of"], "zh")

    def _end(self, claim: Claim, end: str) -> str:
        area = relation_area(claim, end, self.linked.places)
        if area:
            return ids.area(area.code)
        name = claim.values[end]
        return self.thing(claim, self._class(name), name).iri

    def _class(self, name: str) -> str:
        return self.known.get((self.document.id, tidy(name))) or guess_class(tidy(name))

    def _label(self, claim: Claim) -> str:
        """The quote as one line: unwrapped by the document's shadow where there is one."""
        text = claim.quote
        if self._shadow is not None:
            text = readable(self._shadow, claim)
        text = re.sub(r"\s+", " ", text).strip()
        return text if len(text) <= LABEL else text[: LABEL - 1] + "…"


def readable(shadow: Shadow, claim: Claim) -> str:
    """A claim's quote without hard wraps, page furniture and stray spaces."""
    first, last = bisect_left(shadow.origin, claim.start), bisect_left(shadow.origin, claim.end)
    return shadow.value(first, last) if first < last else claim.quote


def _quantity(node: str, values: dict[str, Any]) -> Iterator[Triple]:
    if values.get("value") is not None:
        yield node, iri(vocab.HAS_VALUE), decimal(values["value"])
    if values.get("upper") is not None:
        yield node, iri(vocab.HAS_UPPER_VALUE), decimal(values["upper"])
    if values.get("unit"):
        yield node, iri(vocab.HAS_UNIT), string(values["unit"])
    if values.get("bound"):
        yield node, iri(vocab.HAS_BOUND), iri(vocab.concept("bound", values["bound"]))


_BY_TYPE = {
    "policy": Facts.policy,
    "policy_link": Facts.policy_link,
    "entity": Facts.entity,
    "relation": Facts.relation,
    "measure": Facts.measure,
    "recommendation": Facts.measure,
    "observation": Facts.observation,
    "gap": Facts.gap,
}
