"""What a build folder holds as files: documents and claims, written and read back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from kg.config import CLAIMS, DOCUMENTS
from kg.manifest import checked_bytes, load_manifest, of_one_build
from kg.model import Claim, Detail, Document, Source

_SOURCE = tuple(f.name for f in fields(Source))


def document_row(document: Document) -> dict[str, Any]:
    """A line of `documents.jsonl`: id, the catalogue's words under `source`, encoding, text.

    A document with pages has `pages`, pairs of the offset where a page begins and its number; one with a list
    of references has its start and end under `references`. What it says about itself stands under `details`,
    with start and end where the text says it.
    """
    source = {name: value for name in _SOURCE if (value := getattr(document.source, name))}
    row: dict[str, Any] = {"id": document.id, "source": source, "encoding": document.encoding}
    for key in ("pages", "references"):
        if pairs := getattr(document, key):
            row[key] = pairs
    if document.details:
        row["details"] = [_detail_row(d) for d in document.details]
    return {**row, "text": document.text}


def document_from(row: dict[str, Any]) -> Document:
    """Inverse of `document_row`."""
    pages, references = (tuple((a, b) for a, b in row.get(key, ())) for key in ("pages", "references"))
    details = tuple(
        Detail(d["key"], d["value"], (d["start"], d["end"]) if "start" in d else None)
        for d in row.get("details", ())
    )
    return Document(row["id"], row["text"], Source(**row["source"]), row["encoding"], pages, references, details)


def _detail_row(detail: Detail) -> dict[str, Any]:
    place = {} if detail.span is None else {"start": detail.span[0], "end": detail.span[1]}
    return {"key": detail.key, "value": detail.value, **place}


def claim_lines(claims: Sequence[Claim]) -> bytes:
    """The file of a document's claims."""
    return "".join(json_line(claim.to_dict()) for claim in claims).encode()


def load_documents(folder: str | Path) -> list[Document]:
    """The documents of a build folder. Raises `KgError` where there is no build, or one that is damaged."""
    return of_one_build(folder, lambda: [document_from(row) for row in _document_rows(folder)])


def load_claims(folder: str | Path) -> dict[str, list[Claim]]:
    """Document id → claims of a build folder. Raises `KgError` where there is no build, or one that is damaged."""


    def load() -> dict[str, list[Claim]]:
        manifest = load_manifest(folder)
        names = [row["id"] for row in _document_rows(folder)]
        return {name: claims_in(checked_bytes(folder, f"{CLAIMS}/{name}.jsonl", manifest)) for name in names}

    return of_one_build(folder, load)


def _document_rows(folder: str | Path) -> list[dict[str, Any]]:
    return _rows(checked_bytes(folder, DOCUMENTS, load_manifest(folder)))


def claims_in(data: bytes) -> list[Claim]:
    """The claims in the bytes of a claims file."""
    return [Claim.from_dict(row) for row in _rows(data)]


def _rows(data: bytes) -> list[dict[str, Any]]:
    # not splitlines: texts hold line separators of other kinds
    return [json.loads(line) for line in data.split(b"\n") if line]


def json_line(row: Any) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
