"""How many of a reader's contradictions did the auditor find, and what did it find beside them?

Gold: one JSON object a line with `quotes` (words of one document), `why`, and `strength` or a `why` that begins
with its strength (`hard …: `, `mild: `). The document is the one that holds all quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GoldError
from kg.query.table import Table

Span = tuple[str, int, int]  # document id, start, end


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One contradiction that a reader found."""

    doc: str
    spans: tuple[Span, ...]
    strength: str
    why: str


def load_contradictions(path: Path, texts: Mapping[str, str]) -> list[Contradiction]:
    """The rows of a gold file. `texts` maps document ids to texts.

    Raises `GoldError` with file and line for a row that is malformed or whose quotes no text holds.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error}); give a UTF-8 file of JSON lines") from None
    rows = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            quotes, why = [str(q) for q in row["quotes"]], str(row["why"])
        except (ValueError, KeyError, TypeError):
            raise GoldError(f"{path}:{number}: not a contradiction; it needs `quotes` and `why`") from None
        doc = next((d for d, text in sorted(texts.items()) if all(q in text for q in quotes)), None)
        if doc is None:
            raise GoldError(f"{path}:{number}: no document of the build holds all quotes; build that text too")
        starts = [s for s, _ in row.get("spans", ())] or [texts[doc].index(q) for q in quotes]
        spans = tuple((doc, start, start + len(q)) for start, q in zip(starts, quotes, strict=True))
        word = re.match(r"\w+", why)
        rows.append(Contradiction(doc, spans, str(row.get("strength") or (word.group() if word else "")), why))
    return rows


def touches(found: Sequence[Span], gold: Contradiction) -> int:
    """How many of the quotes of a gold row the places of one finding touch."""
    return sum(
        any(f[0] == g[0] and f[1] < g[2] and g[1] < f[2] for f in found) for g in gold.spans
    )


def match(found: Sequence[Span], gold: Contradiction) -> bool:
    """Whether a finding is the contradiction of a gold row: it touches two of its quotes, or its only one."""
    return touches(found, gold) >= min(2, len(gold.spans))


def contradiction_table(findings: Sequence[Sequence[Span]], gold: Sequence[Contradiction]) -> Table:
    """One row a gold contradiction, hard ones first; the title counts findings that are in no row."""
    rows = []
    for row in sorted(gold, key=lambda g: g.strength != "hard"):
        hits = [n for n, spans in enumerate(findings, 1) if match(spans, row)]
        rows.append((row.strength, bool(hits), " ".join(map(str, hits)) or None, row.why))
    hard = [g for g in gold if g.strength == "hard"]
    found = sum(any(match(f, g) for f in findings) for g in hard)
    beside = sum(not any(match(f, g) for g in gold) for f in findings)
    title = (
        f"{found} of {len(hard)} hard contradictions found; {len(findings)} findings, {beside} beside the gold"
    )
    return Table(("strength", "found", "findings", "why"), tuple(rows), title=title)
