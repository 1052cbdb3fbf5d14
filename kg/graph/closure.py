"""What follows from the facts of all documents together: places within places, higher tiers, time in force.

Functions of written triples (`kg.graph.turtle`); the results stand in graph `derived`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date as Day
from datetime import timedelta

from kg import ids, vocab
from kg.graph.turtle import Triple, date, iri
from kg.text.areas import Area, load_areas
from kg.text.places import load_changes, within

#: properties that `higher_tiers` and `times_in_force` look at
LOOKED_AT = frozenset(
    iri(term)
    for term in (
        vocab.HAS_NEXT_TIER,
        vocab.VALID_FROM,
        vocab.VALID_UNTIL,
        vocab.ELI_DATE_DOCUMENT,
        vocab.IN_FORCE_FROM,
        vocab.IN_FORCE_UNTIL,
        vocab.POLICY_LINKS["repeals"],
    )
)
_DATE = re.compile(r'^"(\d{4})(?:-(\d\d))?(?:-(\d\d))?"')


def roll_ups(areas: Iterable[Area]) -> Iterator[Triple]:
    """Each place in all units and regions around it, and the successors of places that were dissolved."""
    table = load_areas()
    for area in areas:
        node = iri(ids.area(area.code))
        for code in sorted(within(area, table)):
            yield node, iri(vocab.IS_WITHIN), iri(ids.area(code))
        change = load_changes().get(area.code)
        for code in change.successors if change else ():
            yield node, iri(vocab.IS_SUCCEEDED_BY), iri(ids.area(code))


def higher_tiers(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The transitive closure of the steps of the enterprise ladder; a circle adds nothing of a tier to itself."""
    steps: dict[str, set[str]] = {}
    for subject, predicate, value in triples:
        if predicate == iri(vocab.HAS_NEXT_TIER):
            steps.setdefault(subject, set()).add(value)
    for tier in sorted(steps):
        seen: set[str] = set()
        waiting = sorted(steps[tier])
        while waiting:
            step = waiting.pop()
            if step not in seen:
                seen.add(step)
                waiting += sorted(steps.get(step, ()))
        for step in sorted(seen - {tier}):
            yield tier, iri(vocab.HAS_HIGHER_TIER), step


def times_in_force(triples: Iterable[Triple]) -> Iterator[Triple]:
    """First and last day in force of each policy as far as the documents tell; nothing where they do not.

    From the day the text gives, else the first day of its date; until the end the text gives, or the day
    before the first day of a policy that repeals it, whichever is earlier. What a document's own validity
    note already says (`ip:inForceFrom`, `ip:inForceUntil`) is not derived a second time.
    """
    starts: dict[str, set[Day]] = {}
    dated: dict[str, set[Day]] = {}
    ends: dict[str, set[Day]] = {}
    repeals: set[tuple[str, str]] = set()
    told: set[tuple[str, str]] = set()
    for subject, predicate, value in triples:
        if predicate == iri(vocab.VALID_FROM):
            starts.setdefault(subject, set()).update(_span(value)[:1])
        elif predicate == iri(vocab.ELI_DATE_DOCUMENT):
            dated.setdefault(subject, set()).update(_span(value)[:1])
        elif predicate == iri(vocab.VALID_UNTIL):
            ends.setdefault(subject, set()).update(_span(value)[1:])
        elif predicate in (iri(vocab.IN_FORCE_FROM), iri(vocab.IN_FORCE_UNTIL)):
            told.add((subject, predicate))
            (starts if predicate == iri(vocab.IN_FORCE_FROM) else ends).setdefault(subject, set()).update(
                _span(value)[:1]
            )
        elif predicate == iri(vocab.POLICY_LINKS["repeals"]):
            repeals.add((subject, value))
    first = {
        policy: min(starts.get(policy) or dated[policy])
        for policy in starts.keys() | dated.keys()
        if starts.get(policy) or dated.get(policy)
    }
    for later, earlier in repeals:
        if later in first and later != earlier:
            ends.setdefault(earlier, set()).add(first[later] - timedelta(days=1))
    for policy in sorted(p for p in first if (p, iri(vocab.IN_FORCE_FROM)) not in told):
        yield policy, iri(vocab.IN_FORCE_FROM), date(first[policy].isoformat())
    for policy in sorted(ends):
        if ends[policy] and (policy, iri(vocab.IN_FORCE_UNTIL)) not in told:
            yield policy, iri(vocab.IN_FORCE_UNTIL), date(min(ends[policy]).isoformat())


def _span(written: str) -> list[Day]:
    """First and last day of a date, month or year as written in Turtle; empty where it is none."""
    match = _DATE.match(written)
    if not match:
        return []
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        if day:
            return [Day(year, month, day)] * 2
        last = month or 12
        return [Day(year, month or 1, 1), Day(year, last, calendar.monthrange(year, last)[1])]
    except ValueError:  # 2021-02-30 in a text
        return []
