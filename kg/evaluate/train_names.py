"""Fit the two models that judge names, and say what they reach on documents they have not seen.

`python -m kg.evaluate.train_names --field DIR [--labels DIR] [--gold DIR …] [--write]`. Held-out figures come from
folds by document over the field documents, beside what the rules alone reach there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from kg.evaluate.name_labels import NamedText, named_texts
from kg.extract.boundary import boundary_words
from kg.extract.entities import closed_parts, rule_names
from kg.extract.lexicon import load_terms
from kg.extract.linear import Table, save
from kg.extract.name_features import (
    BEGIN,
    CLASSES,
    END,
    KINDS,
    PAD,
    REACH,
    Array,
    Coded,
    Grams,
    begin_small,
    class_small,
    code,
    folded,
    lexicon_labels,
    starts_of,
    uses,
)  # fmt: skip
from kg.extract.name_model import (
    BEGIN_LABELS,
    BEGIN_WEIGHTS,
    CLASS_LABELS,
    CLASS_WEIGHTS,
    Models,
    Weights,
    best_starts,
    block_name,
    is_gram,
    judge,
    make_models,
    pairs_inside,
    possible_ends,
)  # fmt: skip
from kg.extract.naming import Named
from kg.resources import data_dir

#: features in fewer examples are left out; a name's later places in a part count this much
LEAST, AGAIN = 3, 0.3


@dataclass(slots=True)
class Corpus:
    """All texts behind one another, with what the rules say of them."""

    items: Sequence[NamedText]
    text: str
    offset: dict[str, int]
    rules: list[Named]
    labels: list[tuple[int, int]]
    closed: list[tuple[int, int]]
    kinds: list[tuple[int, int]]


def corpus_of(items: Sequence[NamedText]) -> Corpus:
    texts: list[str] = []
    out = Corpus(items, "", {}, [], [], [], [])
    at = 0
    for item in items:
        if item.doc in out.offset:
            continue
        reading = item.reading
        text = reading.shadow.text
        out.offset[item.doc] = at
        terms = list(load_terms().find(text))
        out.rules += [replace(n, start=n.start + at, end=n.end + at) for n in rule_names(reading, terms)]
        out.labels += [(end + at, number) for end, number in lexicon_labels(terms)]
        out.closed += [(a + at, b + at) for a, b in closed_parts(reading)]
        out.kinds.append((at, KINDS.index(reading.context.kind) if reading.context.kind in KINDS else 0))
        texts.append(text + "\n" * (REACH + PAD))
        at += len(texts[-1])
    out.text = "".join(texts)
    return out


def gram_names(corpus: Corpus, items: Iterable[NamedText]) -> set[str]:
    """Grams around the ends of names, and every character and pair that is not rare."""
    text = folded(corpus.text)
    around: Counter[str] = Counter()
    common: Counter[str] = Counter()
    for item in items:
        at = corpus.offset[item.doc]
        for start, end, _ in item.names:
            grams = {text[p + k : p + k + n] for p in (start + at, end + at) for n in (1, 2, 3) for k in range(-n, 1)}
            around.update(grams | {text[i : i + 2] for i in range(start + at, end + at - 1)})
        part = text[item.start + at : item.end + at]
        common.update(part[i : i + n] for n in (1, 2) for i in range(len(part) - n + 1))
    kept = {g for g, n in around.items() if n >= 2} | {g for g, n in common.items() if n >= LEAST}
    return kept | {w for w in boundary_words() if len(w) <= 3}


def endings(corpus: Corpus, items: Iterable[NamedText], grams: Grams) -> Array:
    pairs: Counter[str] = Counter()
    for item in items:
        at = corpus.offset[item.doc]
        pairs.update(folded(corpus.text[end + at - 2 : end + at]) for _, end, _ in item.names)
    flags = np.zeros(grams.size, dtype=bool)
    for pair in {p for p, n in pairs.items() if n >= 2} | {folded(label[-2:]) for label in uses()}:
        if pair in grams.number:
            flags[grams.number[pair]] = True
    return flags


@dataclass(slots=True)
class Matrix:
    """Sparse examples: row and column of every feature that holds, and the name of each column."""

    rows: Array
    columns: Array
    shape: tuple[int, int]
    names: list[str]

    def times(self, weights: Array) -> Array:
        return np.stack([np.bincount(self.rows, weights[self.columns, k], self.shape[0]) for k in range(weights.shape[1])], axis=1)

    def back(self, values: Array) -> Array:
        return np.stack([np.bincount(self.columns, values[self.rows, k], self.shape[1]) for k in range(values.shape[1])], axis=1)


def matrix(coded: Coded, grams: Grams, places: Sequence[Any], small: Sequence[tuple[str, Array]], starts: Array, ends: Array) -> Matrix:
    words = [""] * grams.size
    for gram, number in grams.number.items():
        words[number] = gram
    rows, columns, names, base = [], [], [], 0
    every = np.arange(len(starts))
    blocks = [(block_name(p), every, coded.gram(p[1], (starts if p[0] == "b" else ends) + p[2])) for p in places]
    blocks += [("in", *pairs_inside(coded, starts, ends))] + [(name, every, values) for name, values in small]
    for block, where, values in blocks:
        held = values > 0 if is_gram(block) else np.ones(len(values), dtype=bool)
        found, at, counts = np.unique(values[held], return_inverse=True, return_counts=True)
        number = np.cumsum(counts >= LEAST) - 1 + base
        kept = counts[at] >= LEAST
        rows.append(where[held][kept])
        columns.append(number[at[kept]])
        names += [f"{block}:{words[v] if is_gram(block) else v}" for v in found[counts >= LEAST].tolist()]
        base = len(names)
    return Matrix(np.concatenate(rows), np.concatenate(columns), (len(starts), base), names)


def minimise(cost: Callable[[Array], tuple[float, Array]], shape: tuple[int, int], steps: int) -> Array:
    """Limited-memory BFGS with a halving line search, from zero."""
    w = np.zeros(shape)
    value, slope = cost(w)
    past: list[tuple[Array, Array, float]] = []
    for _ in range(steps):
        way, factors = slope.copy(), []
        for s, y, r in reversed(past):
            a = r * float((s * way).sum())
            factors.append(a)
            way -= a * y
        if past:
            s, y, r = past[-1]
            way *= 1.0 / (r * float((y * y).sum()))
        else:
            way /= max(1.0, float(np.abs(slope).sum()))
        for (s, y, r), a in zip(past, reversed(factors), strict=True):
            way += s * (a - r * float((y * way).sum()))
        down, length = float((slope * way).sum()), 1.0
        for _ in range(20):
            new = w - length * way
            new_value, new_slope = cost(new)
            if new_value <= value - 1e-4 * length * down:
                break
            length /= 2
        else:
            break
        step, change = new - w, new_slope - slope
        if (product := float((step * change).sum())) > 1e-10:
            past = [*past[-7:], (step, change, 1.0 / product)]
        if value - new_value < 1e-6 * abs(value):
            return new
        w, value, slope = new, new_value, new_slope
    return w


def _table(names: Sequence[str], weights: Array) -> Table:
    return {n: tuple(round(float(v), 2) + 0.0 for v in row) for n, row in zip(names, weights, strict=True) if np.abs(row).max() >= 0.015}


def _weighted(corpus: Corpus, items: Iterable[NamedText]) -> Iterator[tuple[int, int, int, float]]:
    """(start, end, class + 1, weight) of the names in places of the coded text."""
    for item in items:
        at = corpus.offset[item.doc] + PAD
        seen: set[str] = set()
        for start, end, cls in item.names:
            if 2 <= end - start <= REACH:
                words = item.reading.shadow.text[start:end]
                yield start + at, end + at, CLASSES.index(cls) + 1, item.weight * (AGAIN if words in seen else 1.0)
                seen.add(words)


def fit_begin(corpus: Corpus, items: Sequence[NamedText], coded: Coded, grams: Grams, decay: float = 1.0) -> Table:
    found = np.array(list(_weighted(corpus, items)))
    starts, ends, weight = found[:, 0].astype(int), found[:, 1].astype(int), found[:, 3]
    offered, possible = starts_of(coded, ends)
    right = offered == starts[:, None]
    possible |= right
    group = np.broadcast_to(np.arange(len(ends))[:, None], offered.shape)[possible]
    s, e, y = offered[possible], np.broadcast_to(ends[:, None], offered.shape)[possible], right[possible].astype(float)
    m = matrix(coded, grams, BEGIN, begin_small(coded, s, e), s, e)
    first = np.append(0, np.nonzero(np.diff(group))[0] + 1)
    sizes = np.diff(np.append(first, len(group)))
    each = np.repeat(weight, sizes)

    def cost(w: Array) -> tuple[float, Array]:
        z = m.times(w)[:, 0]
        top = np.maximum.reduceat(z, first)
        p = np.exp(z - np.repeat(top, sizes))
        total = np.add.reduceat(p, first)
        p /= np.repeat(total, sizes)
        loss = float((weight * (np.log(total) + top)).sum() - (each * y * z).sum() + 0.5 * decay * (w * w).sum())
        return loss, m.back((each * (p - y))[:, None]) + decay * w

    return _table(m.names, minimise(cost, (m.shape[1], 1), 80))


def fit_class(corpus: Corpus, items: Sequence[NamedText], coded: Coded, grams: Grams, begin: Table, ending: Array, decay: float = 1.0) -> Table:
    """Examples are all places where a name may end, with the best start there, or the right one where there is a name."""
    gold = {e: (s, c, w) for s, e, c, w in _weighted(corpus, items)}
    places = set(possible_ends(coded, ending, corpus.closed).tolist()) | set(gold)
    rows: list[tuple[int, float]] = []
    for item in items:
        at = corpus.offset[item.doc] + PAD
        unclear = [(a + at, b + at) for a, b in item.unclear]
        for e in range(item.start + at + 2, item.end + at + 1):
            if e in places and (e in gold or not any(a < e <= b for a, b in unclear)):
                rows.append((e, item.weight))
    ends = np.array([e for e, _ in rows])
    starts, held = best_starts(coded, ends, Weights(begin, grams))
    starts = np.where(held, starts, ends - 2)
    weight = np.array([w for _, w in rows])
    target = np.zeros((len(ends), len(CLASS_LABELS)))
    for i, e in enumerate(ends.tolist()):
        if e in gold:
            starts[i], weight[i] = gold[e][0], gold[e][2]
            target[i, gold[e][1]] = 1.0
        else:
            target[i, 0] = 1.0
    small = class_small(coded, starts, ends)
    kinds = np.zeros(len(coded.characters), dtype=np.int64)
    for at, kind in corpus.kinds:
        kinds[at + PAD :] = kind
    small[0] = ("kind", kinds[starts])
    m = matrix(coded, grams, BEGIN + END, small, starts, ends)

    def cost(w: Array) -> tuple[float, Array]:
        z = m.times(w)
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        loss = float((weight * (np.log(total[:, 0]) - (z * target).sum(axis=1))).sum() + 0.5 * decay * (w * w).sum())
        return loss, m.back(weight[:, None] * (p / total - target)) + decay * w

    return _table(m.names, minimise(cost, (m.shape[1], len(CLASS_LABELS)), 80))


def fit(corpus: Corpus, items: Sequence[NamedText]) -> tuple[Table, Table]:
    grams = Grams(gram_names(corpus, items))
    coded = code(corpus.text, grams, corpus.rules, corpus.labels, "policy")
    begin = fit_begin(corpus, items, coded, grams)
    return begin, fit_class(corpus, items, coded, grams, begin, endings(corpus, items, grams))


def score(items: Iterable[NamedText], models: Models | None) -> dict[str, list[int]]:
    """Class and for all: names found and labelled, labelled ones, found ones; without models what the rules find."""
    out = {c: [0, 0, 0] for c in (*CLASSES, "all")}
    judged: dict[str, list[tuple[int, int, str]]] = {}
    for item in items:
        text = item.reading.shadow.text
        if item.doc not in judged:
            terms = list(load_terms().find(text))
            rules = rule_names(item.reading, terms)
            judged[item.doc] = [(n.start, n.end, n.cls) for n in rules]
            if models is not None:
                judged[item.doc] = judge(text, rules, lexicon_labels(terms), item.reading.context.kind, closed_parts(item.reading), models)
        found = {(c, text[a:b].strip("“”")) for a, b, c in judged[item.doc] if item.start <= a and b <= item.end and not any(x <= a < y for x, y in item.unclear)}
        gold = {(c, text[a:b].strip("“”")) for a, b, c in item.names}
        for name in out:
            g, f = ({n for n in names if name in (n[0], "all")} for names in (gold, found))
            for i, n in enumerate((len(g & f), len(g), len(f))):
                out[name][i] += n
    return out


def line(name: str, counts: Sequence[int]) -> str:
    hit, gold, found = counts
    p, r = hit / max(found, 1), hit / max(gold, 1)
    return f"{name:20s} gold {gold:5d} found {found:5d}  P {p:.3f}  R {r:.3f}  F1 {2 * hit / max(gold + found, 1):.3f}"


def held_out(items: Sequence[NamedText], tested: Callable[[NamedText], bool], folds: int = 5) -> Iterator[str]:
    """Lines for rules and models on the documents that hold tested items, each judged by models that left it out."""
    corpus = corpus_of(items)
    docs = sorted({i.doc for i in items if tested(i)})
    for name, with_models in (("rules", False), ("models", True)):
        total: dict[str, list[int]] = {}
        for k in range(folds):
            out = set(docs[k::folds])
            test = [i for i in items if i.doc in out and tested(i)]
            models = make_models(*fit(corpus, [i for i in items if i.doc not in out])) if with_models else None
            for cls, counts in score(test, models).items():
                total[cls] = [a + b for a, b in zip(total.get(cls, [0, 0, 0]), counts, strict=True)]
        for cls, counts in total.items():
            yield f"{name:7s} {line(cls, counts)}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--field", type=Path, required=True, help="folder with documents/")
    parser.add_argument("--labels", type=Path, default=Path("tests/labels"))
    parser.add_argument("--gold", type=Path, action="append", default=None, help="folders of gold of our own")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="fit on everything and replace the shipped tables")
    chosen = parser.parse_args(arguments)
    golds = chosen.gold or [Path("tests/gold"), Path("tests/gold_fresh")]
    items = list(named_texts(chosen.field, chosen.labels, golds))
    print(f"{len(items)} labelled parts, {sum(len(i.names) for i in items)} names")
    if chosen.folds:
        fields = {p.stem for p in (chosen.field / "documents").glob("*.txt")}
        for text in held_out(items, lambda i: i.doc in fields, chosen.folds):
            print("held out:", text)
    if chosen.write:
        begin, kind = fit(corpus_of(items), items)
        folder = data_dir("sources") / "lexicons"
        save(folder / BEGIN_WEIGHTS, BEGIN_LABELS, begin)
        save(folder / CLASS_WEIGHTS, CLASS_LABELS, kind)
        print(f"wrote {len(begin)} and {len(kind)} weights in {folder}")


if __name__ == "__main__":
    main()
