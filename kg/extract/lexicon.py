"""The word lists the finders run on: `sources/lexicons/*.csv`, checked strictly, found in one pass.

Each file has the columns id, label, use, not. `use` says what the label can do (see `USES`), `not` holds texts,
separated by |, in which the label is to yield nothing; they are run as tests.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import RuleError
from kg.resources import lexicon_files

COLUMNS = ["id", "label", "use", "not"]
#: per lexicon the uses a label may have
#:
#: bare: a name on its own, longer with words of its field before it; fixed: always just itself; modified: needs words of its field to the left; named: needs a place, a level or a
#: quoted part; placed: names a programme behind a land's own name (荆楚工匠), people in general elsewhere; programme: takes the words back to the verb that governs it; never: a trap, found and dropped.
#: strong, weak: status and trade words before 企业; term: a whole name; head: what such words stand before.
#: national: an organisation's full name; department: needs its place in front; local: 省委 and its like.
#: cut: a word no name goes across; keep: a word of names; both: of names only right before a dependent head;
#: place: a stretch of land that the table of places does not hold.
USES: dict[str, frozenset[str]] = {
    "platforms": frozenset(("bare", "fixed", "modified", "named", "never")),
    "funding": frozenset(("bare", "fixed", "modified", "programme", "never")),
    "talent": frozenset(("bare", "modified", "placed", "never")),
    "enterprises": frozenset(("strong", "weak", "head", "term", "never")),
    "organisations": frozenset(("national", "department", "local", "head", "never")),
    "boundary-words": frozenset(("cut", "keep", "both", "place")),
}
_ID = re.compile(r"[A-Z]\d{3,4}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon."""

    id: str
    label: str
    use: str
    negatives: tuple[str, ...]
    lexicon: str


@cache
def load_lexicon(name: str, folder: Path | None = None) -> tuple[Entry, ...]:
    """The entries of `<name>.csv` in file order.

    Raises `RuleError` naming file and line for unknown columns, uses, malformed or repeated ids, repeated labels.
    """
    paths = [folder / f"{name}.csv"] if folder else lexicon_files(f"{name}.csv")
    uses = USES.get(name)
    if uses is None or not paths[0].is_file():
        raise RuleError(f"{paths[0].name}: no such lexicon; known are {', '.join(sorted(USES))}")
    entries: list[Entry] = []
    ids: set[str] = set()
    labels: set[str] = set()
    for path in paths:
        for where, row in _rows(path, path.name if path == paths[0] else str(path)):
            if len(row) != len(COLUMNS):
                raise RuleError(f"{where}: {len(row)} columns instead of {len(COLUMNS)}; quote labels with commas")
            identifier, label, use, negatives = row
            if not _ID.fullmatch(identifier) or identifier in ids:
                raise RuleError(f"{where}: id {identifier!r} is malformed or taken; use a letter and three digits")
            if not label.strip() or label != label.strip() or label in labels:
                raise RuleError(f"{where}: label {label!r} is empty, padded or repeated; keep one line of it")
            if use not in uses:
                raise RuleError(f"{where}: use {use!r} is unknown here; one of {', '.join(sorted(uses))}")
            ids.add(identifier)
            labels.add(label)
            entries.append(Entry(identifier, label, use, tuple(n for n in negatives.split("|") if n), name))
    return tuple(entries)


def _rows(path: Path, name: str) -> Iterator[tuple[str, list[str]]]:
    """(`name:line`, cells) of each row of a lexicon file; its header is checked."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle)
            if next(reader, None) != COLUMNS:
                raise RuleError(f"{name}:1: the columns must be {','.join(COLUMNS)}; correct the first line")
            for row in reader:
                yield f"{name}:{reader.line_num}", row
    except UnicodeDecodeError as error:
        raise RuleError(f"{name}: not UTF-8 (byte {error.start}); save the file as UTF-8") from error


class Terms:
    """Every label of the given lexicons (with uses that stand in text on their own), found leftmost longest."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        by_label: dict[str, list[Entry]] = {}
        for entry in entries:
            by_label.setdefault(entry.label, []).append(entry)
        self._entries = [tuple(group) for group in by_label.values()]
        self._automaton = AhoCorasick(list(by_label), matchkind=MatchKind.LeftmostLongest)

    def groups(self) -> list[tuple[Entry, ...]]:
        """The entries of each label."""
        return self._entries

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Start, end and entries of each label in `text`; labels do not overlap."""
        entries = self._entries
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            yield start, end, entries[index]


@cache
def load_terms() -> Terms:
    """The labels of all entity lexicons; 企业's modifiers and the boundary words are looked up from the right."""
    names = ("platforms", "funding", "talent", "enterprises", "organisations")
    return Terms(tuple(e for name in names for e in load_lexicon(name) if e.use not in ("strong", "weak")))
