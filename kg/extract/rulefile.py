"""Rules as data: tab-separated tables under `sources/lexicons/`, read strictly.

The first line names the columns. A row with too many or too few fields, an unknown or missing column, a repeated
id or a pattern that does not compile is refused with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.errors import RuleError
from kg.model import BENEFICIARIES, INSTRUMENTS, RESOURCES
from kg.resources import lexicon_files
from kg.text.literals import Gate


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern that speaks for a code (an instrument, a resource) unless another pattern speaks against it."""

    id: str
    code: str
    priority: int
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    example: str
    counterexample: str
    #: a user's own cue, which holds whatever the statistics of the package's texts say
    own: bool = False
    line: int = 0

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where the cue speaks in `text`; None where `unless` covers every such place."""
        if self.unless is not None and self.unless.search(text):
            text = self.unless.sub(lambda m: "\x00" * len(m.group()), text)
        return self.pattern.search(text)


def read_rows(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table as (line number, {column: text}). Raises `RuleError` naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read as UTF-8 text ({error}); mend or remove the file") from error
    header = lines[0].split("\t")
    if unknown := set(header) - {*columns, *optional}:
        raise RuleError(f"{path}:1: unknown column {', '.join(sorted(unknown))}; known: {', '.join(columns + optional)}")
    if missing := set(columns) - set(header):
        raise RuleError(f"{path}:1: column {', '.join(sorted(missing))} is missing")
    seen: set[str] = set()
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != len(header):
            raise RuleError(f"{path}:{number}: {len(fields)} fields where the header names {len(header)}; separate them by tabs")
        row = dict(zip(header, fields, strict=True))
        if "id" in row and row["id"] in seen:
            raise RuleError(f"{path}:{number}: id {row['id']!r} stands twice; ids are unique in a file")
        seen.add(row.get("id", ""))
        yield number, row


def compile_pattern(path: Path, number: int, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(f"{path}:{number}: {pattern!r} is no valid pattern ({error})") from error


def read_number(path: Path, number: int, text: str) -> float:
    """A weight or priority of a table. Raises `RuleError` naming file and line where it is none."""
    try:
        return float(text)
    except ValueError as error:
        raise RuleError(f"{path}:{number}: {text!r} is no number; write one like 10 or 0.5") from error


_COMMON = ("id", "pattern", "unless", "label_zh", "label_en", "example", "counterexample")


#: what each column of codes may hold
_CODES = {"code": INSTRUMENTS, "resource": RESOURCES, "category": BENEFICIARIES}


def load_cues(path: Path, code: str) -> tuple[Cue, ...]:
    """Cues of a file whose column `code` names what they speak for, in order of priority (lower first).

    Raises `RuleError` naming file and line for an empty pattern or an unknown code.
    """
    cues = []
    for number, row in read_rows(path, (*_COMMON, code), ("priority",)):
        if not row["pattern"]:
            raise RuleError(f"{path}:{number}: the pattern is empty")
        if row[code] not in _CODES[code]:
            raise RuleError(f"{path}:{number}: {code} {row[code]!r} is unknown; one of {', '.join(_CODES[code])}")
        unless = compile_pattern(path, number, row["unless"]) if row["unless"] else None
        cues.append(
            Cue(
                row["id"],
                row[code],
                int(read_number(path, number, row.get("priority") or str(number))),
                compile_pattern(path, number, row["pattern"]),
                unless,
                row["example"],
                row["counterexample"],
                line=number,
            )
        )
    return tuple(sorted(cues, key=lambda c: (c.priority, c.id)))


@lru_cache(maxsize=1)
def instrument_cues() -> tuple[Cue, ...]:
    return _all_cues("instrument_cues.tsv", "code")


@lru_cache(maxsize=1)
def resource_cues() -> tuple[Cue, ...]:
    return _all_cues("resource_cues.tsv", "resource")


@lru_cache(maxsize=1)
def category_cues() -> tuple[Cue, ...]:
    """What tells kinds of beneficiary apart; a user's own rows go first."""
    return tuple(sorted(_all_cues("beneficiary_categories.tsv", "category"), key=lambda c: (not c.own, c.priority, c.id)))


def own_codes(words: str) -> list[str]:
    """Codes that a user's own cues give to the words of a provision, each once."""
    return list(dict.fromkeys(cue.code for cue, _ in spoken(words) if cue.own))


def _all_cues(name: str, code: str) -> tuple[Cue, ...]:
    """The package's cues and the user's own. Raises `RuleError` where both use one id."""
    cues: dict[str, Cue] = {}
    for path in lexicon_files(name):
        own = bool(cues)
        for cue in load_cues(path, code):
            if cue.id in cues:
                raise RuleError(f"{path}:{cue.line}: id {cue.id!r} is one of the package's own cues; choose another")
            cues[cue.id] = replace(cue, own=own)
    return tuple(sorted(cues.values(), key=lambda c: (c.priority, c.id)))


@lru_cache(maxsize=1)
def _gated_cues() -> tuple[tuple[Cue, ...], Gate]:
    cues = (*instrument_cues(), *resource_cues())
    return cues, Gate([c.pattern.pattern for c in cues])


@lru_cache(maxsize=4096)
def spoken(words: str) -> tuple[tuple[Cue, int], ...]:
    """Every cue (instruments, then resources) that speaks in `words`, with the place where it does."""
    cues, gate = _gated_cues()
    tried = (cues[n] for n in gate.open_to(words))
    return tuple((c, m.start()) for c in tried if (m := c.search(words)))
