"""Fit the three small models of the extractor and say what they reach on documents they have not seen.

`python -m kg.evaluate.train --field DIR [--labels DIR] [--gold DIR] [--write]`. Labels are spans in documents that are
not part of the project and texts of our own (`tests/labels`), the field gold beside those documents and our own gold
(`tests/gold`).
Held-out figures come from five folds by document.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.evaluate.labels import Labelled, Provision, labelled
from kg.extract import attribute_model, beneficiaries, clause_model
from kg.extract.attributes import rule_values
from kg.extract.clauses import split_clauses
from kg.extract.context import sentence_areas
from kg.extract.linear import Packed, Table, Wide, fit, save
from kg.extract.measures import provision_sentences, provision_start, setting_of
from kg.extract.reading import Finding
from kg.resources import data_dir


def sentences(item: Labelled) -> Iterator[tuple[str, list[tuple[int, int]], clause_model.Setting, list[str]]]:
    """(text, clauses, setting, label of each clause) of the sentences that were read."""
    reading = item.reading
    for n, s, _ in provision_sentences(reading, sentence_areas(reading)):
        a, b = reading.shadow.to_source(s.start, s.end)
        if not any(x <= a and b <= y for x, y in item.read):
            continue
        text = reading.shadow.text
        clauses = split_clauses(text, provision_start(text, s.start, s.end), s.end)
        spans = [reading.shadow.to_source(x, y) for x, y in clauses]
        yield text, clauses, setting_of(reading, n), _labels(spans, item.provisions)


def _labels(spans: Sequence[tuple[int, int]], provisions: Sequence[Sequence[Any]]) -> list[str]:
    out: list[str] = []
    begun: set[tuple[int, int]] = set()
    for a, b in spans:
        inside = [(p[0], p[1]) for p in provisions if 2 * (min(b, p[1]) - max(a, p[0])) > b - a]
        if not inside:
            out.append("out")
        elif inside[0] in begun:
            out.append("go_on")
        else:
            begun.add(inside[0])
            out.append("open")
    return out


def clause_examples(items: Iterable[Labelled]) -> list[tuple[list[str], tuple[str]]]:
    examples: list[tuple[list[str], tuple[str]]] = []
    for item in items:
        for text, clauses, setting, labels in sentences(item):
            before, condition = "start", False
            for i, label in enumerate(labels):
                found = clause_model.features(text, clauses, i, setting, before, condition)
                examples.append((found, (label,)))
                condition = label == "out" and clause_model.is_condition(text[clauses[i][0] : clauses[i][1]])
                before = label
    return examples


def _spans(item: Labelled) -> Iterator[tuple[int, int, Provision]]:
    """(start, end, provision) of the labelled provisions in offsets of the unwrapped text."""
    position = {o: i for i, o in enumerate(item.reading.shadow.origin)}
    for provision in item.provisions:
        inside = [position[o] for o in range(provision[0], provision[1]) if o in position]
        if inside:
            yield inside[0], inside[-1] + 1, provision


def _attributed(items: Iterable[Labelled]) -> Iterator[tuple[str, str, dict[str, Any], frozenset[str]]]:
    """(words, kind of document, values by the rules, labels that hold) of the labelled provisions."""
    for item in items:
        for a, b, (_, _, kind, instruments, resources, _) in _spans(item):
            values = rule_values(item.reading, Finding(kind, a, b, "gold"))
            words = re.sub(r"《[^》]*》", "", item.reading.shadow.text[a:b])
            yield words, item.reading.context.kind, values, instruments | resources


def attribute_examples(items: Iterable[Labelled]) -> list[tuple[list[str], frozenset[str]]]:
    return [(attribute_model.features(words, kind, values), held) for words, kind, values, held in _attributed(items)]


def beneficiary_examples(items: Iterable[Labelled]) -> list[tuple[list[str], tuple[str, ...]]]:
    """Every actor named in a provision; it is served where the provision's labels hold its category."""
    examples: list[tuple[list[str], tuple[str, ...]]] = []
    for item in items:
        for a, b, provision in _spans(item):
            body = item.reading.shadow.text[a:b]
            for m in beneficiaries.mentions(body):
                served = beneficiaries.LABELS if m.category in provision[5] else ()
                examples.append((beneficiaries.features(body, m, item.reading.context.kind), served))
    return examples


def fit_clauses(items: Iterable[Labelled]) -> Table:
    return fit(clause_examples(items), clause_model.LABELS, exclusive=True)


def fit_attributes(items: Iterable[Labelled]) -> Table:
    return fit(attribute_examples(items), attribute_model.LABELS, exclusive=False, rate=1.0)


def fit_beneficiaries(items: Iterable[Labelled]) -> Table:
    return fit(beneficiary_examples(items), beneficiaries.LABELS, exclusive=False, rate=1.0, decay=2.5)


def _runs(labels: Sequence[str]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        if label == "open":
            runs.append((i, i))
        elif label == "go_on" and runs and runs[-1][1] == i - 1:
            runs[-1] = (runs[-1][0], i)
    return runs


def score_clauses(items: Iterable[Labelled], table: Table) -> tuple[int, int, int]:
    """Provisions found (any shared clause), provisions labelled, provisions judged."""
    hit = gold = judged = 0
    packed = Packed(table, len(clause_model.LABELS))
    for item in items:
        for text, clauses, setting, labels in sentences(item):
            want, got = _runs(labels), _runs(clause_model.judge(text, clauses, setting, packed))
            used: set[int] = set()
            for a, b in want:
                match = next((j for j, (x, y) in enumerate(got) if j not in used and max(a, x) <= min(b, y)), None)
                if match is not None:
                    used.add(match)
                    hit += 1
            gold += len(want)
            judged += len(got)
    return hit, gold, judged


def score_attributes(items: Iterable[Labelled], table: Table) -> dict[str, tuple[int, int, int]]:
    totals = {"instruments": [0, 0, 0], "resources": [0, 0, 0]}
    wide = Wide(table)
    for words, kind, values, held in _attributed(items):
        judged = attribute_model.judge(words, kind, values, wide)
        for name, got in zip(("instruments", "resources"), judged, strict=True):
            want = {x for x in held if x.startswith("PI") == (name == "instruments")}
            for i, n in enumerate((len(want & set(got)), len(want), len(got))):
                totals[name][i] += n
    return {k: (v[0], v[1], v[2]) for k, v in totals.items()}


def score_beneficiaries(items: Iterable[Labelled], table: Table) -> tuple[int, int, int]:
    """Categories of beneficiaries that agree, labelled ones, found ones."""
    hit = gold = found = 0
    packed = Packed(table, len(beneficiaries.LABELS))
    for item in items:
        text, kind = item.reading.shadow.text, item.reading.context.kind
        for a, b, provision in _spans(item):
            got = {x["category"] for x in beneficiaries.read_beneficiaries(text, a, b, kind, packed)}
            hit += len(got & provision[5])
            gold += len(provision[5])
            found += len(got)
    return hit, gold, found


def _line(name: str, hit: int, gold: int, got: int) -> str:
    p, r = hit / max(got, 1), hit / max(gold, 1)
    return f"{name:24s} gold {gold:5d} found {got:5d}  P {p:.3f}  R {r:.3f}  F1 {2 * hit / max(gold + got, 1):.3f}"


def held_out(items: Sequence[Labelled], folds: int = 5) -> Iterator[str]:
    """One line for each model: what it reaches on documents that its training left out."""
    docs = sorted({i.doc for i in items})
    clause = [0, 0, 0]
    served = [0, 0, 0]
    attribute = {"instruments": [0, 0, 0], "resources": [0, 0, 0]}
    for k in range(folds):
        out = set(docs[k::folds])
        train = [i for i in items if i.doc not in out]
        test = [i for i in items if i.doc in out]
        for j, n in enumerate(score_clauses(test, fit_clauses(train))):
            clause[j] += n
        for j, n in enumerate(score_beneficiaries(test, fit_beneficiaries(train))):
            served[j] += n
        for name, counts in score_attributes(test, fit_attributes(train)).items():
            for j, n in enumerate(counts):
                attribute[name][j] += n
    yield _line("provisions", *clause)
    yield _line("beneficiary categories", *served)
    for name, total in attribute.items():
        yield _line(name, *total)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--field", type=Path, required=True, help="folder with documents/ and gold/")
    parser.add_argument("--labels", type=Path, default=Path("tests/labels"))
    parser.add_argument("--gold", type=Path, default=Path("tests/gold"))
    parser.add_argument("--write", action="store_true", help="fit on everything and replace the shipped tables")
    parser.add_argument("--skip-held-out", action="store_true")
    chosen = parser.parse_args(arguments)
    items = list(labelled(chosen.field, chosen.labels, chosen.gold))
    print(f"{len(items)} labelled documents and passages, {sum(len(i.provisions) for i in items)} provisions")
    if not chosen.skip_held_out:
        for line in held_out(items):
            print("held out:", line)
    if chosen.write:
        folder = data_dir("sources") / "lexicons"
        # the features of the attributes hold the beneficiaries as they are judged
        save(folder / beneficiaries.WEIGHTS, beneficiaries.LABELS, fit_beneficiaries(items))
        beneficiaries.weights.cache_clear()
        save(folder / "clause_weights.tsv", clause_model.LABELS, fit_clauses(items))
        save(folder / "attribute_weights.tsv", attribute_model.LABELS, fit_attributes(items))
        print(f"wrote the weights in {folder}")


if __name__ == "__main__":
    main()
