"""Judging the linker on pairs of names: are they taken for one thing exactly where they are one?

A pairs file is a CSV with the columns `class`, `a`, `area_a`, `said_a`, `b`, `area_b`, `said_b`, `same`
(`yes`, `no`) and `why`. Each name is linked as a document of its own would use it. What a text says beside
the name stands in `said_…`: `number=…` and `alias=…` (several joined by `;`), `doc=same` where the second name
stands in the document of the first.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.link.link import link
from kg.model import ENTITY_CLASSES, Claim, Document, Source
from kg.query.table import Table

COLUMNS = ("class", "a", "area_a", "said_a", "b", "area_b", "said_b", "same", "why")
CLASSES = ("Policy", "Area", *ENTITY_CLASSES)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names as written, the places they are said of, and whether they are one thing."""

    kind: str
    a: str
    area_a: str
    said_a: str
    b: str
    area_b: str
    said_b: str
    same: bool
    why: str


@dataclass(frozen=True, slots=True)
class PairScore:
    """Pairs of one class: merged rightly, merged wrongly, missed, rightly left apart."""

    kind: str
    right: int
    wrong: int
    missed: int
    apart: int

    @property
    def precision(self) -> float:
        """Of the pairs that were merged, the part that are one; 1.0 where none was merged."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one, the part that was merged; 1.0 where there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def load_pairs(path: Path) -> list[Pair]:
    """The pairs of a file. Raises `GoldError` naming file and line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise GoldError(f"{path}: the columns are {', '.join(COLUMNS)}; write them in the first line")
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error}); name a CSV file of pairs") from None
    pairs = []
    for line, row in enumerate(rows, start=2):
        known = row["class"] in CLASSES and row["same"] in ("yes", "no") and row["a"] and row["b"]
        if not known or None in row:
            raise GoldError(
                f"{path}:{line}: a pair needs a class ({', '.join(CLASSES)}), two names and yes or no"
            )
        values = [row[column] for column in COLUMNS]
        pairs.append(Pair(*values[:7], row["same"] == "yes", row["why"]))
    return pairs


def is_merged(pair: Pair) -> bool:
    """Whether the linker takes the two names of a pair for one thing."""
    second = "d-1" if "doc=same" in pair.said_b else "d-2"
    first = _claim(pair.kind, "d-1", pair.a, pair.area_a, pair.said_a, 0)
    other = _claim(pair.kind, second, pair.b, pair.area_b, pair.said_b, 10)
    by_doc: dict[str, list[Claim]] = {}
    for claim in (first, other):
        by_doc.setdefault(claim.doc, []).append(claim)
    homes = {"d-1": pair.area_a, "d-2": pair.area_b}
    documents = [Document(doc, "字" * 40, Source(doc, area=homes[doc])) for doc in sorted(by_doc)]
    linked = link(documents, by_doc)
    if pair.kind == "Area":
        one, two = linked.place(first.doc, first.area), linked.place(other.doc, other.area)
        return one is not None and two is not None and one.code == two.code
    one, two = (
        linked.thing(claim.doc, pair.kind, name, claim.area)
        for claim, name in ((first, pair.a), (other, pair.b))
    )
    return one.iri == two.iri


def score_pairs(pairs: Iterable[Pair]) -> tuple[list[PairScore], list[tuple[Pair, bool]]]:
    """Scores by class with the total last, and the pairs judged wrongly with what the linker did."""
    counts: dict[str, list[int]] = {}
    faults = []
    for pair in pairs:
        merged = is_merged(pair)
        slot = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[merged, pair.same]
        counts.setdefault(pair.kind, [0, 0, 0, 0])[slot] += 1
        if merged != pair.same:
            faults.append((pair, merged))
    scores = [PairScore(kind, *counts[kind]) for kind in sorted(counts)]
    total = [sum(column) for column in zip(*counts.values(), strict=True)] or [0, 0, 0, 0]
    return [*scores, PairScore("all", *total)], faults


def pairs_table(scores: Sequence[PairScore]) -> Table:
    """One row a class, the total last."""
    rows: list[tuple[Any, ...]] = [
        (s.kind, s.right, s.wrong, s.missed, s.apart, round(s.precision, 3), round(s.recall, 3))
        for s in scores
    ]
    columns = ("class", "merged rightly", "merged wrongly", "missed", "left apart", "precision", "recall")
    return Table(columns, tuple(rows), title="Linking: pairs of names")


def faults_table(faults: Sequence[tuple[Pair, bool]]) -> Table:
    """The pairs judged wrongly."""
    rows = [
        (p.kind, p.a, p.area_a, p.b, p.area_b, "merged" if merged else "left apart", p.why)
        for p, merged in faults
    ]
    return Table(
        ("class", "a", "area a", "b", "area b", "linker", "why"), tuple(rows), title="Judged wrongly"
    )


def _claim(kind: str, doc: str, name: str, area: str, said: str, start: int) -> Claim:
    told: dict[str, list[str]] = {}
    for part in filter(None, said.split(";")):
        key, _, value = part.partition("=")
        told.setdefault(key, []).append(value)

    def claim(type_: str, where: str, **values: Any) -> Claim:
        return Claim(type_, doc, start, start + 2, "字字", "pair", area=where or None, values=values)

    if kind == "Area":
        return claim("gap", name, topic="talent")
    if kind != "Policy":
        return claim("entity", area, **{"class": kind, "name": name})
    if "doc" in told:
        return claim("measure", area, policy=name)
    extra: dict[str, Any] = {"aliases": told["alias"]} if "alias" in told else {}
    if "number" in told:
        extra["number"] = told["number"][0]
    return claim("policy", area, title=name, **extra)
