"""Provisions labelled by people: spans of field documents, gold, and texts of our own with the labels inside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.extract.context import read_context
from kg.extract.reading import Reading
from kg.extract.rulefile import read_rows
from kg.model import BENEFICIARIES, INSTRUMENTS, RESOURCES, Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

#: columns of `tests/labels`
_SENTENCE = ("doc", "start", "end")
_PROVISION = (*_SENTENCE, "type", "resources", "instruments", "beneficiaries")
_MARKED = re.compile(r"⟦([^⟦⟧|]+)\|([^⟦⟧|]*)\|([^⟦⟧|]*)\|([^⟦⟧|]*)⟧")


Provision = tuple[int, int, str, frozenset[str], frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with the provisions found in the parts of it that were read; all offsets are the source's.

    `provisions` are (start, end, type, instruments, resources, categories of beneficiaries)."""

    doc: str
    reading: Reading
    read: tuple[tuple[int, int], ...]
    provisions: tuple[Provision, ...]


def _reading(doc: str, path: Path) -> Reading:
    return _read(doc, path.read_text(encoding="utf-8"))


def _read(doc: str, text: str) -> Reading:
    document = Document(doc, text, Source(doc))
    shadow = unwrap(document.text)
    structure = outline(shadow)
    return Reading(document, shadow, structure, read_context(document, shadow, structure))


def _gold_provisions(path: Path, offset: int) -> Iterator[Provision]:
    for line in path.read_text(encoding="utf-8").splitlines():
        c = json.loads(line)
        if c["type"] in ("measure", "recommendation"):
            yield (
                c["start"] + offset,
                c["end"] + offset,
                c["type"],
                frozenset(c.get("instruments", ())),
                frozenset(c.get("resources", ())),
                frozenset(b["category"] for b in c.get("beneficiaries", ())),
            )


def labelled(field: Path, labels: Path, gold: Path) -> Iterator[Labelled]:
    """Everything that is labelled, one object for each document and source of labels."""
    passages = json.loads((field / "gold" / "passages.json").read_text(encoding="utf-8"))
    in_gold = {p["pid"] for p in passages}
    for path in sorted((field / "gold").glob("*.jsonl")):
        if path.stem not in in_gold:
            passages.append({"pid": path.stem, "doc": path.stem, "start": 0, "end": 10**9})
    for p in passages:
        reading = _reading(p["doc"], field / "documents" / f"{p['doc']}.txt")
        found = sorted(set(_gold_provisions(field / "gold" / f"{p['pid']}.jsonl", p["start"])), key=_key)
        yield Labelled(p["doc"], reading, ((p["start"], p["end"] + 2),), tuple(found))
    for path in sorted(gold.glob("*.jsonl")):
        reading = _reading(path.stem, path.with_suffix(".txt"))
        yield Labelled(path.stem, reading, ((0, 10**9),), tuple(sorted(set(_gold_provisions(path, 0)), key=_key)))
    read: dict[str, list[tuple[int, int]]] = {}
    for _, row in read_rows(labels / "sentences.tsv", _SENTENCE):
        read.setdefault(row["doc"], []).append((int(row["start"]), int(row["end"])))
    provisions: dict[str, list[Any]] = {}
    for _, row in read_rows(labels / "provisions.tsv", _PROVISION):
        provisions.setdefault(row["doc"], []).append(
            (
                int(row["start"]),
                int(row["end"]),
                row["type"],
                frozenset(filter(None, row["instruments"].split(","))),
                frozenset(filter(None, row["resources"].split(","))),
                frozenset(filter(None, row["beneficiaries"].split(","))),
            )
        )
    for path in sorted((labels / "own").glob("*.txt")):
        text, found = marked(path.read_text(encoding="utf-8"), str(path))
        yield Labelled(path.stem, _read(path.stem, text), ((0, len(text)),), tuple(found))
    for doc in sorted(read):
        reading = _reading(doc, field / "documents" / f"{doc}.txt")
        yield Labelled(doc, reading, tuple(sorted(read[doc])), tuple(sorted(provisions.get(doc, ()), key=_key)))


def marked(text: str, where: str) -> tuple[str, list[Provision]]:
    """The text without its marks, and the provisions they enclose: ⟦words|instruments|resources|beneficiaries⟧.

    Raises `GoldError` naming `where` and the line for unbalanced marks and unknown codes.
    """
    plain: list[str] = []
    found: list[Provision] = []
    at = length = 0
    for m in _MARKED.finditer(text):
        codes = [frozenset(filter(None, field.split(","))) for field in m.groups()[1:]]
        for held, known in zip(codes, (INSTRUMENTS, RESOURCES, BENEFICIARIES), strict=True):
            if unknown := sorted(held - set(known)):
                line = text.count("\n", 0, m.start()) + 1
                raise GoldError(f"{where}:{line}: unknown code {', '.join(unknown)}; see kg.model")
        plain += (text[at : m.start()], m[1])
        start = length + m.start() - at
        found.append((start, start + len(m[1]), "measure", codes[0], codes[1], codes[2]))
        at, length = m.end(), start + len(m[1])
    plain.append(text[at:])
    out = "".join(plain)
    if left := re.search("[⟦⟧]", out):
        line = out.count("\n", 0, left.start()) + 1
        raise GoldError(f"{where}:{line}: a mark that is not closed or lacks its three lists of codes")
    return out, found


def _key(provision: Sequence[Any]) -> tuple[int, int, str]:
    return provision[0], provision[1], provision[2]
