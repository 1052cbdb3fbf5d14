"""Curators' decisions as triples: who decided what about which claim or thing, and what was withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg import ids, vocab
from kg.graph.turtle import Triple, iri, string
from kg.model import Claim

_STATUS = {"accept": "accepted", "correct": "corrected"}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was applied. `claim` is the id of a claim, `things` are IRIs, `withdrawn` its forerunner."""

    decision: str
    who: str
    why: str
    claim: str = ""
    withdrawn: Claim | None = None
    things: tuple[str, ...] = ()


def ledger_triples(decisions: Iterable[Decided]) -> Iterator[Triple]:
    """The graph `ledger`."""
    for number, made in enumerate(decisions, start=1):
        key = "\n".join((str(number), made.decision, made.who, made.why, made.claim, *made.things))
        node = iri(ids.of_claim("decision", hashlib.sha256(key.encode()).hexdigest()[:16]))
        yield node, iri(vocab.TYPE), iri(vocab.CURATOR_DECISION)
        yield node, iri(vocab.LABEL), string(f"{made.who}: {made.decision}", "zh")
        yield node, iri(vocab.HAS_DECISION), string(made.decision)
        yield node, iri(vocab.IS_DECIDED_BY), string(made.who)
        yield node, iri(vocab.HAS_DECISION_REASON), string(made.why)
        for thing in made.things:
            yield node, iri(vocab.CONCERNS), iri(thing)
        if made.claim:
            claim = iri(ids.of_claim("claim", made.claim))
            yield node, iri(vocab.CONCERNS), claim
            if made.decision in _STATUS:
                yield claim, iri(vocab.HAS_STATUS), iri(vocab.concept("status", _STATUS[made.decision]))
        if made.withdrawn is not None:
            old = made.withdrawn
            before = iri(ids.of_claim("claim", old.id))
            yield before, iri(vocab.TYPE), iri(vocab.WITHDRAWN_CLAIM)
            yield before, iri(vocab.LABEL), string(" ".join(old.quote.split())[:120], "zh")
            yield before, iri(vocab.IS_MENTIONED_IN), iri(ids.document(old.doc))
            yield before, iri(vocab.HAS_STATUS), iri(vocab.concept("status", "rejected"))
            if made.claim != old.id:
                after = iri(ids.of_claim("claim", made.claim))
                yield after, iri(vocab.PROV_WAS_REVISION_OF), before
