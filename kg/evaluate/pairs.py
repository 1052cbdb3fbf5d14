"""Which claim answers which gold claim: the ground for agreement key by key, misses and scores of rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.score import (
    Counts,
    Row,
    dice,
    half,
    match,
    norm,
    number,
    of_type,
    overlap,
    same_observation,
    triple,
    unit,
)
from kg.model import CLAIM_KEYS, CLAIM_TYPES

#: claim types that are the same claim when these words agree, wherever they stand
_WORDS: dict[str, Callable[[Row], Any]] = {
    "policy": lambda row: norm(row.get("title")),
    "entity": lambda row: (row.get("class"), norm(row.get("name"))),
    "policy_link": lambda row: (row.get("relation"), norm(row.get("to"))),
    "relation": triple,
}
#: written texts that two careful readers cut a little differently
_LOOSE = frozenset(("condition", "indicator", "compared_to", "from", "policy", "to"))


@dataclass(frozen=True, slots=True)
class Paired:
    """Claims of one type in one passage: pairs (gold, found), gold ones missed, found ones that are wrong.

    Claims that repeat a name already paired are in neither list.
    """

    kind: str
    pairs: tuple[tuple[Row, Row], ...]
    missed: tuple[Row, ...]
    wrong: tuple[Row, ...]
    repeated: tuple[Row, ...] = ()

    @property
    def counts(self) -> Counts:
        hits = len(self.pairs)
        return Counts(hits, hits + len(self.missed), hits + len(self.wrong))


def pair(kind: str, gold: Sequence[Row], found: Sequence[Row]) -> Paired:
    """Pair the claims of one type."""
    g, f = of_type(gold, kind), of_type(found, kind)
    if kind in _WORDS:
        return _pair_words(kind, g, f, _WORDS[kind])
    likeness = half(overlap)
    if kind == "observation":
        likeness = lambda a, b: float(same_observation(a, b))  # noqa: E731
    indices = match(g, f, likeness)
    hit_gold, hit_found = {i for i, _ in indices}, {j for _, j in indices}
    return Paired(
        kind,
        tuple((g[i], f[j]) for i, j in sorted(indices)),
        tuple(row for i, row in enumerate(g) if i not in hit_gold),
        tuple(row for j, row in enumerate(f) if j not in hit_found),
    )


def _pair_words(kind: str, gold: list[Row], found: list[Row], words: Callable[[Row], Any]) -> Paired:
    by_words: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        by_words[words(row)].append(row)
    pairs, missed, seen = [], [], set()
    for row in gold:
        key = words(row)
        if key in seen:
            continue
        seen.add(key)
        if key in by_words:
            # the mention nearest to the gold one shows best whether the other keys agree
            pairs.append((row, min(by_words[key], key=lambda c: abs(c["start"] - row["start"]))))
        else:
            missed.append(row)
    used = {id(f) for _, f in pairs}
    wrong = [rows[0] for key, rows in by_words.items() if key not in seen]
    repeated = [
        row
        for rows in by_words.values()
        for row in rows
        if id(row) not in used and not any(row is w for w in wrong)
    ]
    return Paired(kind, tuple(pairs), tuple(missed), tuple(wrong), tuple(repeated))


def pair_all(gold: Sequence[Row], found: Sequence[Row]) -> list[Paired]:
    """The claims of every type, in the order of the contract."""
    return [pair(kind, gold, found) for kind in CLAIM_TYPES]


def key_scores(paired: Iterable[Paired]) -> dict[tuple[str, str], Counts]:
    """(claim type, key) → agreement of that key over the pairs; the key `` is the type as a whole.

    Lists count item by item, other keys once where gold or the found claim has them; area and assertion where
    gold has them, since a claim always carries those that its document implies.
    """
    out: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for one in paired:
        out[one.kind, ""] += one.counts
        for g, f in one.pairs:
            for key in (*sorted(CLAIM_KEYS[one.kind]), "area", "assertion"):
                items = [_items(key, row) for row in (g, f)]
                if items[0] or (items[1] and key not in ("area", "assertion")):
                    out[one.kind, key] += _agree(key, *items)
    return {key: out[key] for key in sorted(out, key=lambda k: (CLAIM_TYPES.index(k[0]), k[1]))}


def _items(key: str, row: Row) -> list[Any]:
    value = row.get(key)
    if value in (None, "", [], {}):
        return []
    if key == "amounts":
        return [(number(a.get("value")), unit(a.get("unit")), a.get("role"), a.get("bound")) for a in value]
    if key == "beneficiaries":
        return [b.get("category") for b in value]
    if key in ("value", "upper", "rank", "rank_of"):
        return [number(value)]
    if key == "unit":
        return [unit(value)]
    return [norm(item) for item in value] if isinstance(value, list) else [norm(value)]


def _agree(key: str, gold: list[Any], found: list[Any]) -> Counts:
    if key in _LOOSE and gold and found:
        return Counts(int(dice(gold[0], found[0]) >= 0.5), 1, 1)
    g, f = set(gold), set(found)
    return Counts(len(g & f), len(g), len(f))


def rule_scores(paired: Iterable[Paired]) -> dict[tuple[str, str], Counts]:
    """(claim type, rule) → true positives (`hits`) among the claims the rule made (`found`).

    A repeated mention of a right name counts as right, of a wrong one as wrong.
    """
    out: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for one in paired:
        right_words = {_WORDS[one.kind](f) for _, f in one.pairs} if one.kind in _WORDS else set()
        for _, f in one.pairs:
            out[one.kind, f.get("rule", "")] += Counts(1, 0, 1)
        for f in one.wrong:
            out[one.kind, f.get("rule", "")] += Counts(0, 0, 1)
        for f in one.repeated:
            right = _WORDS[one.kind](f) in right_words
            out[one.kind, f.get("rule", "")] += Counts(int(right), 0, 1)
    return {key: out[key] for key in sorted(out, key=lambda k: (CLAIM_TYPES.index(k[0]), k[1]))}
