"""The source catalogue: one CSV row for each document, with its citation, licence and checksum.

A folder of sources holds `catalogue.csv` (UTF-8, header line) and the documents its `path` column names,
relative to the folder. The columns are the fields of `kg.model.Source`. A digest names the text it restates
in the `digest_of_*` columns (titles in 《》); several texts in one column are joined by `；`.

After editing a document, bring the checksums up to date with
`python -c "from kg.read.catalogue import refresh_checksums; refresh_checksums('sources')"`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from pathlib import Path, PurePosixPath

from kg.errors import ReadError
from kg.model import Source

CATALOGUE = "catalogue.csv"
COLUMNS = tuple(f.name for f in fields(Source))
REQUIRED = ("id", "title", "licence", "sha256", "path")
KINDS = ("", "policy", "article", "report")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def load_catalogue(folder: str | Path) -> list[Source]:
    """The rows of `folder/catalogue.csv` in file order; the documents themselves are not opened.

    Raises `ReadError`, naming the file and the line, for a missing or unreadable catalogue, a missing or
    unknown column, an id that is malformed or stands twice, a path that leaves the folder, a malformed date,
    kind or checksum.
    """
    file = Path(folder) / CATALOGUE
    rows = _rows(file)
    sources: list[Source] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        where = f"{file}:{line}"
        source = Source(**row)
        for name in REQUIRED:
            if not getattr(source, name):
                raise ReadError(f"{where}: column {name} is empty; fill it in")
        if not _ID.fullmatch(source.id):
            raise ReadError(
                f"{where}: bad id {source.id!r}; use lower-case letters, digits and single hyphens"
            )
        if source.id in seen:
            raise ReadError(f"{where}: id {source.id} stands in line {seen[source.id]} too; ids are unique")
        seen[source.id] = line
        _check_values(source, where)
        sources.append(source)
    return sources


def document_path(source: Source, folder: str | Path) -> Path:
    """Where the document of a catalogue row lies. Raises `ReadError` if its path leaves the folder."""
    relative = PurePosixPath(source.path)
    if not source.path or relative.is_absolute() or ".." in relative.parts or "\\" in source.path:
        raise ReadError(f"{source.id}: bad path {source.path!r}; give it relative to the catalogue, with /")
    return Path(folder).joinpath(*relative.parts)


def checksum(path: str | Path) -> str:
    """SHA-256 of the file's bytes in hex. Raises `ReadError` if the file cannot be read."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ReadError(f"{path}: {reason}; restore the file or take its row out of the catalogue") from error


def verify(source: Source, folder: str | Path) -> Path:
    """The path of the document, once its bytes agree with the catalogue; otherwise `ReadError` names it."""
    path = document_path(source, folder)
    found = checksum(path)
    if found != source.sha256:
        raise ReadError(
            f"{path}: checksum {found[:12]}… differs from the catalogue's {source.sha256[:12]}…; "
            "restore the file, or run refresh_checksums if it was edited on purpose"
        )
    return path


def refresh_checksums(folder: str | Path) -> list[str]:
    """Write the checksums of the documents as they are now; returns the ids whose checksum changed.

    Rows, order and the other columns stay as they are; empty or outdated checksums are replaced. The file is
    left alone when nothing changed. Raises `ReadError` as `load_catalogue` does, and for a missing document.
    """
    file = Path(folder) / CATALOGUE
    sources = [Source(**row) for _, row in _rows(file)]
    fresh = [replace(s, sha256=checksum(document_path(s, folder))) for s in sources]
    changed = [new.id for old, new in zip(sources, fresh, strict=True) if old.sha256 != new.sha256]
    if changed:
        file.write_text(_as_csv(fresh), encoding="utf-8", newline="\n")
    return changed


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """(line number, cells by column) for each row; the header is checked."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"{file}: {error.strerror or 'cannot be read'}; a source folder needs it") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{file}: not UTF-8 (byte {error.start}); save the catalogue as UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        missing = [c for c in REQUIRED if c not in header]
        unknown = [c for c in header if c not in COLUMNS]
        if missing or unknown or len(set(header)) != len(header):
            what = f"missing column {', '.join(missing)}" if missing else "unknown or repeated column"
            if unknown:
                what = f"unknown column {', '.join(unknown)}"
            raise ReadError(f"{file}:1: {what}; the columns are {', '.join(COLUMNS)}")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise ReadError(
                    f"{file}:{reader.line_num}: {len(cells)} cells under {len(header)} columns; "
                    "quote a cell that contains a comma"
                )
            rows.append((reader.line_num, {c: v.strip() for c, v in zip(header, cells, strict=True)}))
    except csv.Error as error:
        raise ReadError(f"{file}:{reader.line_num}: {error}; check the quotes of this line") from error
    return rows


def _check_values(source: Source, where: str) -> None:
    for name in ("date", "digest_of_date"):
        value = getattr(source, name)
        for part in filter(None, value.split("；")):
            if not _DATE.fullmatch(part):
                raise ReadError(f"{where}: bad {name} {value!r}; use 2021, 2021-09 or 2021-09-30")
    if source.kind not in KINDS:
        raise ReadError(f"{where}: unknown kind {source.kind!r}; known: {', '.join(KINDS[1:])}")
    if not _SHA256.fullmatch(source.sha256):
        raise ReadError(f"{where}: bad sha256 {source.sha256!r}; run refresh_checksums")
    try:
        document_path(source, "")
    except ReadError as error:
        raise ReadError(f"{where}: {error}") from error


def _as_csv(sources: Iterable[Source]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(s) for s in sources)
    return out.getvalue()
