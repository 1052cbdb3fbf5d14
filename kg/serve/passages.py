"""A text cut where claims begin and end, so that each piece has its claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.model import Claim


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text and the claims on it, shortest first; `begins` are those that begin here."""

    text: str
    claims: tuple[Claim, ...]
    begins: tuple[str, ...] = ()


def segments(text: str, claims: Sequence[Claim], start: int, end: int) -> list[Segment]:
    """The text from `start` to `end`, cut at the ends of claims. The pieces joined are that text."""
    end = min(end, len(text))
    here = [c for c in claims if c.start < end and c.end > start]
    cuts = sorted({start, end, *(max(start, c.start) for c in here), *(min(end, c.end) for c in here)})
    starting: dict[int, list[Claim]] = {}
    for claim in here:
        starting.setdefault(max(start, claim.start), []).append(claim)
    found: list[Segment] = []
    active: list[Claim] = []
    for left, right in pairwise(cuts):
        begins = sorted(starting.get(left, ()), key=lambda c: (c.end - c.start, c.id))
        active = [c for c in active if c.end > left] + begins
        over = tuple(sorted(active, key=lambda c: (c.end - c.start, c.id)))
        found.append(Segment(text[left:right], over, tuple(c.id for c in begins if c.start >= start)))
    return found


def covered(claims: Iterable[Claim]) -> int:
    """How many characters at least one claim stands on."""
    total = reached = 0
    for start, end in sorted((c.start, c.end) for c in claims):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total
