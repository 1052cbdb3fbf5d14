"""How many of a reader's precedents the finder finds: recall among the first hits, mean reciprocal rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.score import norm, overlap


@dataclass(frozen=True, slots=True)
class Found:
    """Over the questions that have precedents: share of precedents among the first `depth` hits, mean
    reciprocal rank of the first right hit, number of questions and precedents.
    """

    recall: float
    mrr: float
    questions: int
    precedents: int
    depth: int


def measure_precedents(
    gold: Iterable[Mapping[str, Any]],
    search: Callable[[str], Sequence[Mapping[str, Any]]],
    *,
    depth: int = 5,
    strengths: frozenset[str] | None = None,
) -> Found:
    """`gold` rows have `recommendation` and `precedents` (area, start, end, strength); `search` gives hits
    with area, start and end, best first. A hit is right where it overlaps a precedent of its area.

    `strengths` keeps precedents of these strengths only.
    """
    hit = asked = total = 0
    ranks = 0.0
    for row in gold:
        wanted = [p for p in row["precedents"] if strengths is None or p.get("strength") in strengths]
        if not wanted:
            continue
        asked += 1
        total += len(wanted)
        hits = search(row["recommendation"])
        right = [
            [norm(p["area"]) == norm(h["area"]) and overlap(dict(p), dict(h)) > 0 for p in wanted]
            for h in hits
        ]
        hit += sum(any(one[i] for one in right[:depth]) for i in range(len(wanted)))
        ranks += next((1 / rank for rank, one in enumerate(right, 1) if any(one)), 0.0)
    return Found(hit / total if total else 0.0, ranks / asked if asked else 0.0, asked, total, depth)
