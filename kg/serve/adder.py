"""The process that adds documents to a build: `python -m kg.serve.adder BUILD LEDGER FILE…`, "" for no ledger.

It tells what it does on stdout, one JSON object a line: `stage`, `done`, `of`; at the end `built`, or `error`.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kg.adding import add
from kg.build import Built, load_claims, load_documents
from kg.config import load_settings
from kg.errors import KgError


def main(build: str, ledger: str, files: list[str]) -> None:
    if hasattr(os, "nice"):
        os.nice(5)  # the pages come first
    settings = load_settings()
    last = ("", -1)

    def tell(stage: str, done: int, of: int) -> None:
        nonlocal last
        percent = 100 * done // max(1, of)
        if (stage, percent) != last:
            last = stage, percent
            _say({"stage": stage, "done": done, "of": of})

    try:
        built = add(files, build, workers=settings.workers, rules=settings.rules, limits=settings.limits, ledger=ledger, progress=tell)
    except KgError as error:
        _say({"error": _named(str(error), files)})
        return
    _say({"built": _told(built, files)})


def _told(built: Built, files: list[str]) -> dict[str, Any]:
    documents = {document.id: document for document in load_documents(built.out)}
    claims = load_claims(built.out)
    rows = []
    for outcome in built.files:
        document = documents.get(outcome.document)
        counts = Counter(claim.type for claim in claims.get(outcome.document, ()))
        rows.append(
            {
                "file": _named(outcome.where, files),
                "result": outcome.result,
                "why": _named(outcome.why, files),
                "document": document.id if document else "",
                "title": (document.source.title or document.source.path) if document else "",
                "claims": dict(sorted(counts.items())),
            }
        )
    return {
        "documents": built.documents,
        "claims": built.claims,
        "files": rows,
        "errors": [_named(error, files) for error in built.errors],
        "conflicts": list(built.conflicts),
    }


def _named(text: str, files: list[str]) -> str:
    """The text with names of files in the place of their paths."""
    for folder in sorted({str(Path(file).parent) for file in files}, key=len, reverse=True):
        text = text.replace(f"{folder}{os.sep}", "")
    return text


def _say(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
