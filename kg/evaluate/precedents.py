"""How many of a reader's precedents the finder finds: recall among the first hits, mean reciprocal rank."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import GoldError
from kg.evaluate.score import norm, overlap
from kg.query.table import Table

#: strengths of a precedent in the gold, the surest first
STRONG = frozenset(("verbatim", "near-verbatim", "strong"))
STRENGTHS = (*sorted(STRONG), "partial", "weak")
W = TypeVar("W")


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


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question: how many precedents, how many of them among the first, reciprocal rank."""

    precedents: int
    hit: int
    reciprocal: float


def load_precedents(path: Path) -> list[dict[str, Any]]:
    """Rows with `recommendation` and `precedents` (area, start, end, strength, quote).

    Raises `GoldError` naming file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})") from None
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            for one in row["precedents"]:
                one["area"], one["start"], one["end"], one["strength"]
                if one["strength"] not in STRENGTHS:
                    raise ValueError(f"strength {one['strength']!r}; known: {', '.join(STRENGTHS)}")
            row["recommendation"]
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(
                f"{path}:{number}: not a recommendation with its precedents ({error}); "
                "give JSON lines with recommendation and precedents (area, start, end, strength)"
            ) from None
        found.append(row)
    return found


def measure_precedents(
    gold: Iterable[Mapping[str, Any]],
    search: Callable[[str], Sequence[Mapping[str, Any]]],
    *,
    depth: int = 5,
    strengths: frozenset[str] | None = None,
) -> Found:
    """`search` gives hits with area, start and end, best first. A hit is right where it overlaps a precedent of
    its area. `strengths` keeps precedents of these strengths only.
    """
    asked = (_ask(row, search(row["recommendation"]), depth, strengths) for row in gold)
    return _sum([one for one in asked if one.precedents], depth)


def leave_one_out(
    gold: Sequence[Mapping[str, Any]],
    search: Callable[[str, W], Sequence[Mapping[str, Any]]],
    settings: Sequence[W],
    *,
    depth: int = 5,
    strengths: frozenset[str] | None = None,
) -> Found:
    """Each question asked with the setting that is best for all the others (recall + MRR, the first of equals):
    what the finder gives on questions its weights were not set on.
    """
    results: dict[int, list[_Asked]] = defaultdict(list)
    for number, setting in enumerate(settings):
        for row in gold:
            hits = search(row["recommendation"], setting)
            results[number].append(_ask(row, hits, depth, strengths))
    kept = [i for i, one in enumerate(results[0]) if one.precedents]
    chosen = []
    for left in kept:
        figures = {
            number: _sum([asked[i] for i in kept if i != left], depth) for number, asked in results.items()
        }
        best = max(figures, key=lambda number: (figures[number].recall + figures[number].mrr, -number))
        chosen.append(results[best][left])
    return _sum(chosen, depth)


def _right(wanted: Sequence[Mapping[str, Any]], hit: Mapping[str, Any]) -> list[bool]:
    return [norm(p["area"]) == norm(hit["area"]) and overlap(dict(p), dict(hit)) > 0 for p in wanted]


def _ask(
    row: Mapping[str, Any],
    hits: Sequence[Mapping[str, Any]],
    depth: int,
    strengths: frozenset[str] | None,
) -> _Asked:
    wanted = [p for p in row["precedents"] if strengths is None or p.get("strength") in strengths]
    right = [_right(wanted, hit) for hit in hits]
    hit = sum(any(one[i] for one in right[:depth]) for i in range(len(wanted)))
    return _Asked(len(wanted), hit, next((1 / rank for rank, one in enumerate(right, 1) if any(one)), 0.0))


def _sum(asked: Sequence[_Asked], depth: int) -> Found:
    total = sum(one.precedents for one in asked)
    return Found(
        recall=sum(one.hit for one in asked) / total if total else 0.0,
        mrr=sum(one.reciprocal for one in asked) / len(asked) if asked else 0.0,
        questions=len(asked),
        precedents=total,
        depth=depth,
    )


def rank_table(
    gold: Iterable[Mapping[str, Any]], search: Callable[[str], Sequence[Mapping[str, Any]]]
) -> Table:
    """Each precedent of the gold with the rank at which it was found, None where it was not."""
    table = []
    for row in gold:
        hits = search(row["recommendation"])
        for one in row["precedents"]:
            rank = next((n for n, hit in enumerate(hits, 1) if _right([one], hit)[0]), None)
            table.append((rank, one["strength"], row["recommendation"], one["area"], one.get("quote", "")))
    columns = ("rank", "strength", "recommendation", "area", "quote")
    return Table(columns, tuple(table), title="Precedents of the gold and their ranks")
