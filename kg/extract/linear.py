"""Linear models over readable features: fitting, the table that ships, scores.

`fit` is a full-batch gradient descent with momentum from zero over features in sorted order, so the same examples
always give the same table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from kg.extract.rulefile import read_number, read_rows

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


def scores(table: Table, features: Iterable[str], size: int) -> list[float]:
    """The sum of the weights of `features` for each of `size` labels."""
    rows = list(filter(None, map(table.get, features)))
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * size


class Wide:
    """A table with many labels as one matrix: adding up its rows is much faster than adding numbers one by one."""

    def __init__(self, table: Table) -> None:
        import numpy as np

        names = sorted(table)
        self._index = {f: i for i, f in enumerate(names)}
        self._rows = np.array([table[f] for f in names], dtype=np.float64)

    def scores(self, features: Iterable[str]) -> list[float]:
        rows = [i for i in map(self._index.get, features) if i is not None]
        if not rows:
            return [0.0] * self._rows.shape[1]
        return self._rows.take(rows, axis=0).sum(axis=0).tolist()


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
