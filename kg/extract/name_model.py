"""Which stretches of a text are names, judged by two small linear models over characters.

The rules (`kg.extract.entities`) know heads and boundaries of many names, but not of all. Wherever words end as
names do, one model chooses where the name begins, the other tells its class or that it is none. Both add up weights
of the one, two and three characters that stand at fixed places around the two ends
(`sources/lexicons/name_begin_weights.tsv`, `name_class_weights.tsv`), of what lies inside, of its length, and of
what the rules said of the same place. All places of a text are scored at once, in whole hundredths.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kg.extract.boundary import boundary_words
from kg.extract.linear import Table, load
from kg.extract.name_features import (
    BEGIN,
    CLASSES,
    END,
    PAD,
    Array,
    Coded,
    Grams,
    begin_small,
    class_small,
    code,
    end_small,
    starts_of,
)  # fmt: skip
from kg.extract.naming import Named
from kg.resources import data_dir

BEGIN_WEIGHTS, CLASS_WEIGHTS = "name_begin_weights.tsv", "name_class_weights.tsv"
BEGIN_LABELS, CLASS_LABELS = ("begins",), ("none", *CLASSES)
#: what the rules found with the same bounds and class needs this much less (hundredths of log-odds, by class):
#: programmes for talent are few in the labels, and the rules are seldom wrong about them
TRUST = np.array([0, 300, 100, 100, 100, 100])
#: a name needs this much less than none (hundredths): labels are found in fewer places than names are
EAGER = 50
#: where even the most that the end can add stays below this, no start makes a name (hundredths; chosen on the field
#: documents, where it drops one name in four hundred and three places in four)
HOPE = 50


class Weights:
    """A table of weights as blocks of whole numbers: one block for each place of a gram, one for each small feature.

    Ids are `b2-1:支持` (the gram of two characters that begins one before the start; `e` counts from the end),
    `in:产业` (a pair inside the name) and `length:7`.
    """

    def __init__(self, table: Table, grams: Grams) -> None:
        width = len(next(iter(table.values())))
        self.width = width
        self.blocks: dict[str, Array] = {}
        rows: dict[str, list[tuple[int, tuple[float, ...]]]] = {}
        for name, weights in table.items():
            block, value = name.split(":", 1)
            at = grams.number[value] if is_gram(block) else int(value)
            rows.setdefault(block, []).append((at, weights))
        for block, found in rows.items():
            size = grams.size if is_gram(block) else max(at for at, _ in found) + 2  # the last weighs nothing
            self.blocks[block] = np.zeros((size, width) if width > 1 else size, dtype=np.int32)
            for at, weights in found:
                whole = [round(100 * w) for w in weights]
                self.blocks[block][at] = whole if width > 1 else whole[0]

    def take(self, block: str, at: Array) -> Array:
        known = self.blocks.get(block)
        if known is None:
            return np.zeros((*at.shape, self.width) if self.width > 1 else at.shape, dtype=np.int32)
        # a value that training never saw is beyond the last, and weighs nothing
        return known[at] if is_gram(block) else known[np.minimum(at, len(known) - 1)]


def block_name(place: tuple[str, int, int]) -> str:
    side, n, k = place
    return f"{side}{n}{k:+d}"


def is_gram(block: str) -> bool:
    return block == "in" or block[1:2].isdigit()


def grams_in(*tables: Table) -> set[str]:
    names = (name.split(":", 1) for table in tables for name in table)
    return {value for block, value in names if is_gram(block)} | {w for w in boundary_words() if len(w) <= 3}


@dataclass(slots=True)
class Models:
    grams: Grams
    begin: Weights
    kind: Weights
    #: whether a pair of characters ends names
    ending: Array
    #: block of an end → the most that each of its values can add to the score of any class
    most: dict[str, Array]


_END_BLOCKS = [*map(block_name, END), "said", "label"]


def make_models(begin: Table, kind: Table) -> Models:
    grams = Grams(grams_in(begin, kind))
    kinds = Weights(kind, grams)
    ending = kinds.blocks["e2-2"].any(axis=1)
    ending[0] = False
    most = {b: (kinds.blocks[b][:, 1:] - kinds.blocks[b][:, :1]).max(axis=1) for b in _END_BLOCKS if b in kinds.blocks}
    return Models(grams, Weights(begin, grams), kinds, ending, most)


@lru_cache(maxsize=1)
def models() -> Models:
    folder = data_dir("sources") / "lexicons"
    return make_models(load(folder / BEGIN_WEIGHTS, BEGIN_LABELS), load(folder / CLASS_WEIGHTS, CLASS_LABELS))


def best_starts(coded: Coded, ends: Array, begin: Weights) -> tuple[Array, Array]:
    """The best start of each end, and whether there is any."""
    size = len(coded.characters) - 2 * PAD
    score = np.zeros(size + 1, dtype=np.int32)
    for place in BEGIN:
        _, n, k = place
        score += begin.take(block_name(place), coded.grams[n - 1][PAD + k : PAD + k + size + 1])
    inside = np.append(0, np.cumsum(begin.take("in", coded.grams[1])))
    starts, possible = starts_of(coded, ends)
    rows = np.broadcast_to(ends[:, None], starts.shape)
    total = score[starts - PAD] + inside[rows - 1] - inside[starts]
    for name, values in begin_small(coded, starts, rows):
        total = total + begin.take(name, values)
    total = np.where(possible, total, -(1 << 30))
    return starts[np.arange(len(ends)), total.argmax(axis=1)], possible.any(axis=1)


def class_scores(coded: Coded, starts: Array, ends: Array, kind: Weights) -> Array:
    total = np.zeros((len(starts), kind.width), dtype=np.int64)
    for place in BEGIN + END:
        side, n, k = place
        total += kind.take(block_name(place), coded.gram(n, (starts if side == "b" else ends) + k))
    rows, pairs = pairs_inside(coded, starts, ends)
    for column in range(kind.width):
        weights = kind.blocks["in"][pairs, column]
        total[:, column] += np.bincount(rows, weights=weights, minlength=len(starts)).astype(np.int64)
    for name, values in class_small(coded, starts, ends):
        total += kind.take(name, values)
    return total


def pairs_inside(coded: Coded, starts: Array, ends: Array) -> tuple[Array, Array]:
    """(row, pair of characters) of every pair within a name."""
    lengths = np.maximum(ends - starts - 1, 0)
    rows = np.repeat(np.arange(len(starts)), lengths)
    steps = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return rows, coded.grams[1][starts[rows] + steps]


def possible_ends(coded: Coded, ending: Array, closed: Sequence[tuple[int, int]]) -> Array:
    """Where names may end: behind pairs that end names, and where the rules end one; not in `closed` stretches."""
    pairs = coded.grams[1][PAD : len(coded.characters) - PAD - 1]
    found = ending[pairs] | (coded.rule_class[PAD + 2 : PAD + 2 + len(pairs)] > 0)
    for a, b in closed:
        found[max(a - 1, 0) : b - 1] = False
    return np.nonzero(found)[0] + PAD + 2


def hopeful(coded: Coded, ends: Array, most: dict[str, Array]) -> Array:
    """The ends behind which there may be a name."""
    total = np.zeros(len(ends), dtype=np.int32)
    for place in END:
        if (known := most.get(block_name(place))) is not None:
            total += known[coded.gram(place[1], ends + place[2])]
    for name, values in end_small(coded, ends):
        if (known := most.get(name)) is not None:
            total += known[np.minimum(values, len(known) - 1)]
    return ends[total >= HOPE]


def judge(
    text: str,
    rules: Sequence[Named],
    labels: Sequence[tuple[int, int]],
    kind: str,
    closed: Sequence[tuple[int, int]],
    chosen: Models | None = None,
) -> list[tuple[int, int, str]]:
    """(start, end, class) of the names of a text in order, none overlapping; none ends in a `closed` stretch.

    `labels` are the entries of the lexicons in the text, as `lexicon_labels` gives them.
    """
    chosen = chosen or models()
    if len(text) < 2:
        return []
    coded = code(text, chosen.grams, rules, labels, kind)
    ends = hopeful(coded, possible_ends(coded, chosen.ending, closed), chosen.most)
    if not len(ends):
        return []
    starts, held = best_starts(coded, ends, chosen.begin)
    starts, ends = starts[held], ends[held]
    scores = class_scores(coded, starts, ends, chosen.kind)
    same = (coded.rule_start[ends] == starts) & (coded.rule_class[ends] > 0)
    said = coded.rule_class[ends][same]
    scores[np.nonzero(same)[0], said] += TRUST[said]
    best = scores[:, 1:].argmax(axis=1)
    margin = scores[np.arange(len(scores)), best + 1] - scores[:, 0] + EAGER
    at = np.nonzero(margin > 0)[0]
    found = [(int(starts[i]) - PAD, int(ends[i]) - PAD, CLASSES[best[i]], int(margin[i])) for i in at]
    return [f[:3] for f in _apart(found)]


def _apart(found: list[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """The names of the highest total that do not overlap."""
    found.sort(key=lambda f: (f[1], f[0]))
    ends = [f[1] for f in found]
    best, before = [0], []
    for i, f in enumerate(found):
        earlier = bisect_right(ends, f[0], 0, i)
        with_it = best[earlier] + f[3]
        before.append(earlier if with_it > best[-1] else -1)
        best.append(max(with_it, best[-1]))
    kept, i = [], len(found)
    while i:
        if before[i - 1] >= 0:
            kept.append(found[i - 1])
            i = before[i - 1]
        else:
            i -= 1
    return kept[::-1]
