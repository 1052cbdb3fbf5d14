"""Linear models over readable features: fitting, the table that ships, scores.

`fit` is a full-batch gradient descent with momentum from zero over features in sorted order, so the same examples
always give the same table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import repeat
from operator import add
from pathlib import Path
from typing import Any

from kg.extract.rulefile import read_number, read_rows
from kg.text.pairs import Joined, Pairs

#: feature → one weight for each label
Table = dict[str, tuple[float, ...]]


def fit(
    examples: Sequence[tuple[Sequence[str], Collection[str]]],
    labels: Sequence[str],
    *,
    exclusive: bool,
    steps: int = 400,
    rate: float = 0.5,
    decay: float = 1.5,
    least: int = 3,
) -> Table:
    """Weights for `labels` from (features, labels that hold) pairs.

    `exclusive`: exactly one label holds (softmax), else each is a question of its own (sigmoid). `decay` is the L2
    penalty; features seen in fewer than `least` examples are left out.
    """
    import numpy as np

    counts: dict[str, int] = {}
    for features, _ in examples:
        for f in set(features):
            counts[f] = counts.get(f, 0) + 1
    names = sorted(f for f, n in counts.items() if n >= least)
    index = {f: i for i, f in enumerate(names)}
    x = np.zeros((len(examples), len(names)), dtype=np.float32)
    y = np.zeros((len(examples), len(labels)), dtype=np.float32)
    for row, (features, held) in enumerate(examples):
        for f in features:
            if f in index:
                x[row, index[f]] = 1.0
        for label in held:
            if label in labels:
                y[row, labels.index(label)] = 1.0
    w = np.zeros((len(names), len(labels)), dtype=np.float32)
    v = np.zeros_like(w)
    n = len(examples)
    for _ in range(steps):
        z = x @ w
        if exclusive:
            p = np.exp(z - z.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
        else:
            p = 1.0 / (1.0 + np.exp(-z))
        v = 0.9 * v - rate * (x.T @ (p - y) + decay * w) / n
        w = w + v
    return {f: tuple(round(float(t), 2) for t in w[i]) for f, i in index.items()}


def pairs(text: str) -> dict[str, None]:
    """The pairs of neighbouring characters of a text, each once, in order; `is_word` tells which can be features."""
    return dict.fromkeys(map(add, text, text[1:]))


#: a pair of Chinese characters; other pairs are no features, so a table holds no weight for them
is_word = re.compile(r"[\u4e00-\u9fff]{2}").fullmatch


class Packed:
    """A table with up to three labels whose weights stand side by side in one whole number for each feature.

    One look-up and one addition do for all labels, and the sums, in hundredths, are exact in any order. A sum must
    stay within ±10,000 for each label.
    """

    _BITS = 21
    _HALF = 1 << (_BITS - 1)

    def __init__(self, table: Table, size: int) -> None:
        self._size = size
        self._shift = sum(self._HALF << (self._BITS * n) for n in range(size))
        self.weights = {
            f: sum(round(100 * w) << (self._BITS * n) for n, w in enumerate(row)) for f, row in table.items()
        }

    def total(self, features: Iterable[str]) -> int:
        """The packed sum of the weights of `features`; sums of parts add up to the sum of the whole."""
        return sum(map(self.weights.get, features, repeat(0)))

    def hundredths(self, total: int) -> list[int]:
        """The score of each label that a packed sum holds."""
        total += self._shift
        return [(total >> (self._BITS * n) & (2 * self._HALF - 1)) - self._HALF for n in range(self._size)]

    @cached_property
    def _pairs(self) -> dict[str, tuple[Pairs, Any]]:
        """The pairs of characters among the features, by what stands before them in the feature, and the packed weight
        of each number."""
        import numpy as np

        words: dict[str, list[str]] = {}
        for f in self.weights:
            prefix, word = f[:-2], f[-2:]
            if prefix[-1:] == ":" or (not prefix and is_word(word)):
                words.setdefault(prefix, []).append(word)
        weights = {p: np.array([0, *(self.weights[p + w] for w in of)], np.int64) for p, of in words.items()}
        return {p: (Pairs(of), weights[p]) for p, of in words.items()}

    def of_pairs(self, texts: Joined, prefix: str = "") -> Any:
        """For each text the packed sum of its pairs of characters, as an array: each once, or with a prefix (`before:`)
        as often as it stands."""
        import numpy as np

        words, weights = self._pairs.get(prefix) or (Pairs(()), np.zeros(1, np.int64))
        return words.sums(weights, texts) if prefix else words.sums_once(weights, texts)

    def scores(self, totals: Sequence[int], *more: Any) -> list[tuple[int, ...]]:
        """The scores of each label for many texts, from packed sums that are added up."""
        import numpy as np

        sums = sum(more, np.array(totals, np.int64)) + self._shift
        labels = [(sums >> (self._BITS * n) & (2 * self._HALF - 1)) - self._HALF for n in range(self._size)]
        return list(zip(*(scores.tolist() for scores in labels), strict=True))


class Wide:
    """A table with many labels as one matrix: adding up its rows is much faster than adding numbers one by one."""

    def __init__(self, table: Table) -> None:
        import numpy as np

        names = sorted(table)
        self._index = {f: i for i, f in enumerate(names, 1)}
        #: row 0 stands for features without weight; whole numbers this small add up exactly
        self._rows = np.array([[0] * len(table[names[0]]), *([round(100 * w) for w in table[f]] for f in names)], dtype=np.float32)

    def hundredths(self, features: Iterable[str]) -> list[float]:
        """The score of each label: whole hundredths."""
        rows = list(filter(None, map(self._index.get, features)))
        return self._rows.take(rows, axis=0).sum(axis=0).tolist()

    @cached_property
    def _words(self) -> Pairs:
        """The pairs of characters among the features; `_word_rows` has the row of each number."""
        return Pairs(filter(is_word, self._index))

    @cached_property
    def _word_rows(self) -> Any:
        return self._rows.take([0, *(self._index[w] for w in self._index if is_word(w))], axis=0)

    def with_pairs(self, features: Sequence[Collection[str]], texts: Joined) -> Any:
        """A matrix of scores, one row for each text: what its features (each once) and its pairs of characters say."""
        scores = self._words.sums_once(self._word_rows, texts)
        for score, named in zip(scores, features, strict=True):
            score += self._rows.take(list(filter(None, map(self._index.get, named))), axis=0).sum(axis=0)
        return scores


def load(path: Path, labels: Sequence[str]) -> Table:
    """A shipped table. Raises `RuleError` naming file and line where it does not fit `labels`."""
    return {
        row["id"]: tuple(read_number(path, number, row[label]) for label in labels)
        for number, row in read_rows(path, ("id", *labels))
    }


def save(path: Path, labels: Sequence[str], table: Table) -> None:
    lines = ["\t".join(("id", *labels))]
    lines += ["\t".join((f, *(f"{w:g}" for w in table[f]))) for f in sorted(table) if any(table[f])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
