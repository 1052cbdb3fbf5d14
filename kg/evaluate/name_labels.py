"""Names labelled by people: offsets in field documents, texts of our own with the names marked, gold passages."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GoldError
from kg.evaluate.labels import _read, marked
from kg.extract.name_features import CLASSES
from kg.extract.reading import Reading
from kg.extract.rulefile import read_rows

_MARKED = re.compile(r"【([^【】]+)】([PFTEO])")
_LETTERS = {"P": "Platform", "F": "FundingScheme", "T": "TalentProgramme", "E": "EnterpriseCategory", "O": "Organisation"}
_TITLE = re.compile(r"《[^《》\n]{1,120}》")

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class NamedText:
    """A part of a document in which every name is labelled; offsets in the unwrapped text.

    `weight` says how much it counts in training, `unclear` are stretches of which nothing is said."""

    doc: str
    reading: Reading
    start: int
    end: int
    names: tuple[Span, ...]
    unclear: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0


def inline(text: str, where: str) -> tuple[str, list[Span]]:
    """The text without its marks, and the names that they enclose: 【words】P for a platform, F, T, E, O."""
    plain, found, at, length = [], [], 0, 0
    for m in _MARKED.finditer(text):
        before = text[at : m.start()]
        start = length + len(before)
        plain += (before, m[1])
        found.append((start, start + len(m[1]), _LETTERS[m[2]]))
        at, length = m.end(), start + len(m[1])
    out = "".join((*plain, text[at:]))
    if left := re.search("[【】]", out):
        raise GoldError(f"{where}:{out.count(chr(10), 0, left.start()) + 1}: a mark that is not closed or has no class; write 【name】P")
    return out, found


def named_texts(field: Path, labels: Path, golds: Sequence[Path]) -> Iterator[NamedText]:
    """Everything in which names are labelled. Gold that the rules were tuned on counts less."""
    for path in sorted((labels / "names").glob("*.txt")):
        text, found = inline(path.read_text(encoding="utf-8"), str(path))
        yield _part(f"names:{path.stem}", _read(path.stem, text), 0, len(text), found)
    spans: dict[str, list[Span]] = {}
    for number, row in read_rows(labels / "names.tsv", ("doc", "start", "end", "class")):
        if row["class"] not in (*CLASSES, "unclear"):
            raise GoldError(f"{labels / 'names.tsv'}:{number}: unknown class {row['class']}; one of {', '.join(CLASSES)}, unclear")
        spans.setdefault(row["doc"], []).append((int(row["start"]), int(row["end"]), row["class"]))
    readings: dict[str, Reading] = {}
    for _, row in read_rows(labels / "names_read.tsv", ("doc", "start", "end")):
        doc, start, end = row["doc"], int(row["start"]), int(row["end"])
        if doc not in readings:
            own = labels / "own" / f"{doc}.txt"
            text = marked(own.read_text(encoding="utf-8"), str(own))[0] if own.is_file() else (field / "documents" / f"{doc}.txt").read_text(encoding="utf-8")
            readings[doc] = _read(doc, text)
        yield _part(doc, readings[doc], start, end, [s for s in spans.get(doc, ()) if start <= s[0] and s[1] <= end])
    for doc, path, text, start, end in (*_field_gold(field), *((p.stem, p, p.with_suffix(".txt").read_text(encoding="utf-8"), 0, -1) for g in golds for p in sorted(g.glob("*.jsonl")))):
        reading = readings.setdefault(doc, _read(doc, text))
        yield _part(doc, reading, start, len(text) if end < 0 else end, _gold_names(path, text, start), 0.5)


def _field_gold(field: Path) -> Iterator[tuple[str, Path, str, int, int]]:
    """(document, gold file, text, start, end) of the gold beside the field documents; end -1 for the whole."""
    listed = field / "gold" / "passages.json"
    passages = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else []
    windows = {p["pid"]: (p["doc"], p["start"], p["end"] + 2) for p in passages}
    for path in sorted((field / "gold").glob("*.jsonl")):
        doc, start, end = windows.get(path.stem, (path.stem, 0, -1))
        yield doc, path, (field / "documents" / f"{doc}.txt").read_text(encoding="utf-8"), start, end


def _gold_names(path: Path, text: str, offset: int) -> list[Span]:
    found: list[Span] = []
    for c in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if c["type"] == "entity":
            a, b = c["start"] + offset, c["end"] + offset
            written = re.sub(r"\s", "", text[a:b]).strip("“”")
            found.append((a, b, c["class"] if written == re.sub(r"\s", "", c["name"]).strip("“”") else "unclear"))
    return found


def _part(doc: str, reading: Reading, start: int, end: int, found: Sequence[Span], weight: float = 1.0) -> NamedText:
    origin, text = reading.shadow.origin, reading.shadow.text
    low, high = bisect_left(origin, start), bisect_left(origin, end)
    names: list[Span] = []
    unclear: list[tuple[int, int]] = []
    for a, b, cls in found:
        a, b = bisect_left(origin, a), bisect_left(origin, b)
        if cls == "unclear":
            unclear.append((a, b))
            continue
        if text[a] == "“" and text[b - 1] == "”" and text.count("“", a, b) == 1:
            a, b = a + 1, b - 1
        names.append((a, b, cls))
    return NamedText(doc, reading, low, high, tuple(_repeated(text, low, high, names)), tuple(unclear), weight)


def _repeated(text: str, low: int, high: int, names: list[Span]) -> list[Span]:
    """The labelled names and their other places in the part: annotators marked each name once."""
    titles = [m.span() for m in _TITLE.finditer(text, low, high)]
    found = set(names)
    for words, cls in sorted({(text[a:b], cls) for a, b, cls in names}):
        found |= {(*m.span(), cls) for m in re.compile(re.escape(words)).finditer(text, low, high)}
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s not in names, s[0] - s[1], s)):
        if any(span[0] < k[1] and k[0] < span[1] for k in kept):
            continue
        if span not in names and any(a <= span[0] < b for a, b in titles):
            continue
        kept.append(span)
    return sorted(kept)

