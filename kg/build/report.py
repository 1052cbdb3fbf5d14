"""`report.json` of a build: what it was made of and what did not work, the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.build.stages import Extracted
from kg.model import Document
from kg.read import Outcome


def report_row(
    documents: Sequence[Document],
    claims: Extracted,
    errors: Sequence[str],
    notes: Sequence[str],
    outcomes: Iterable[Outcome],
) -> dict[str, Any]:
    """Documents with their claims by type, totals, messages, and what became of each file."""
    total: Counter[str] = Counter()
    rows = []
    for document in documents:
        counts = claims.counts(document.id)
        total.update(counts)
        rows.append(
            {
                "id": document.id,
                "title": document.source.title,
                "source": document.source.id,
                "area": document.source.area,
                "characters": len(document.text),
                "claims": counts,
            }
        )
    return {
        "documents": rows,
        "characters": sum(len(d.text) for d in documents),
        "claims": dict(sorted(total.items())),
        "errors": [_bare(message) for message in errors],
        "notes": [_bare(message) for message in notes],
        "files": sorted((_file_row(o) for o in outcomes), key=lambda row: sorted(row.items())),
    }


def _file_row(outcome: Outcome) -> dict[str, str]:
    row = {key: value for key, value in asdict(outcome).items() if value}
    return {**row, "where": Path(outcome.where).name}


def _bare(message: str) -> str:
    """The message with file names instead of paths, so that the report is the same on every machine."""
    where, colon, rest = message.partition(": ")
    return f"{Path(where).name}{colon}{rest}" if colon else message
