"""Gold claims and the texts they belong to, checked character by character before anything is scored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GoldError, ReadError
from kg.model import Claim, Document
from kg.read import read_document

PASSAGES = "passages.json"
SUFFIXES = (".txt", ".md")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """Gold claims of a window of a document, offsets relative to `start`. `end` None: to the end."""

    id: str
    document: Document
    claims: tuple[Row, ...]
    start: int = 0
    end: int | None = None

    def window(self, rows: Iterable[Row]) -> list[Row]:
        """The claims of the document that lie in the window, with offsets relative to it.

        A claim may reach two characters beyond the end: windows are cut at line ends, claims end before 。
        """
        end = len(self.document.text) if self.end is None else self.end
        return [
            dict(row, start=row["start"] - self.start, end=row["end"] - self.start)
            for row in rows
            if row["start"] >= self.start and row["end"] <= end + 2
        ]


@dataclass(frozen=True, slots=True)
class Gold:
    """The passages that could be used, and one message for each that could not."""

    passages: tuple[Passage, ...]
    errors: tuple[str, ...] = ()


def load_gold(paths: Iterable[str | Path], texts: str | Path | None = None) -> Gold:
    """The passages of gold files (JSON lines, one claim a line) and of folders of such files.

    The text of `x.jsonl` is `x.txt` (or `.md`) in `texts`, or beside the gold file without `texts`. Where a
    `passages.json` lies beside it and lists `x`, its `doc`, `start` and `end` say which window of which text.
    What is malformed goes to `errors`, naming file, line and offset; the other files go on.
    """
    passages: list[Passage] = []
    errors: list[str] = []
    documents: dict[Path, Document] = {}
    windows: dict[Path, dict[str, Row]] = {}
    for file in _files(paths, errors):
        try:
            if file.parent not in windows:
                windows[file.parent] = _windows(file.parent / PASSAGES)
            window = windows[file.parent].get(file.stem, {"doc": file.stem, "start": 0, "end": None})
            path = _text_path(window["doc"], Path(texts) if texts else file.parent, file)
            if path not in documents:
                documents[path] = read_document(path)
            passages.append(_passage(file, documents[path], window))
        except (GoldError, ReadError) as error:
            errors.append(str(error))
    return Gold(tuple(passages), tuple(errors))


def _files(paths: Iterable[str | Path], errors: list[str]) -> Iterable[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(path.glob("*.jsonl"))
            if not found:
                errors.append(f"{path}: no .jsonl file in this folder; name one that has gold claims")
            yield from found
        elif path.name != PASSAGES:
            yield path


def _text_path(name: str, folder: Path, file: Path) -> Path:
    for suffix in SUFFIXES:
        if (folder / f"{name}{suffix}").is_file():
            return folder / f"{name}{suffix}"
    if not file.is_file():
        raise GoldError(f"{file}: no such file; check the path")
    raise GoldError(f"{file}: its text {name}.txt is not in {folder}; name the folder with --texts")


def _windows(path: Path) -> dict[str, Row]:
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {row["pid"]: {"doc": row["doc"], "start": row["start"], "end": row["end"]} for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: not a list of {{pid, doc, start, end}} ({error!r}); mend it") from error


def _passage(file: Path, document: Document, window: Row) -> Passage:
    text = document.text[window["start"] : window["end"]]
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{file}: cannot be read as UTF-8 ({error}); save it as UTF-8") from error
    rows = [check_row(line, text, f"{file}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    return Passage(file.stem, document, tuple(rows), window["start"], window["end"])


def check_row(line: str, text: str, where: str) -> Row:
    """One line of a gold file as a claim of the contract whose quote stands at its offsets.

    Raises `GoldError` naming `where`, and the offset where quote and text part.
    """
    try:
        row = json.loads(line)
        claim = Claim.from_dict(row)
    except KeyError as error:
        raise GoldError(f"{where}: the claim has no key {error}; add it") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise GoldError(f"{where}: not a claim of the contract ({error}); mend the line") from error
    found = text[claim.start : claim.end]
    if found != claim.quote:
        at = claim.start + next(
            (i for i, (a, b) in enumerate(zip(found, claim.quote, strict=False)) if a != b),
            min(len(found), len(claim.quote)),
        )
        raise GoldError(
            f"{where}: offset {claim.start}..{claim.end}: the quote {_short(claim.quote)} and the text "
            f"{_short(found)} part at offset {at}; correct start, end or quote"
        )
    missing = _MUST.get(claim.type, frozenset()) - row.keys()
    if missing:
        raise GoldError(f"{where}: a {claim.type} needs {', '.join(sorted(missing))}; add it")
    return row


_MUST: dict[str, frozenset[str]] = {
    "policy": frozenset(("title",)),
    "entity": frozenset(("class", "name")),
    "policy_link": frozenset(("relation", "to")),
    "relation": frozenset(("subject", "predicate", "object")),
}


def _short(text: str) -> str:
    flat = "".join(text.split())
    return f"“{flat[:20]}…”" if len(flat) > 20 else f"“{flat}”"


def documents_of(passages: Sequence[Passage]) -> list[Document]:
    """Each document of the passages once, in their order."""
    return list({p.document.id: p.document for p in passages}.values())
