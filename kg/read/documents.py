"""From files to `Document`s: which of them are texts, and where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.config import Settings
from kg.errors import ReadError
from kg.model import Document, Source
from kg.read.catalogue import CATALOGUE, document_path, load_catalogue
from kg.read.encodings import decode

SUFFIXES = (".txt", ".md")
MAX_MEGABYTES = Settings().max_megabytes

#: first bytes of kinds of file that people rename to .txt, and what to do with each
_KINDS = (
    (b"%PDF", "a PDF", "extract its text first, for instance with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive (Word, Excel and WPS files are ones)", "save the text as .txt in UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .wps)", "save the text as .txt in UTF-8"),
    (b"{\\rtf", "rich text (RTF)", "save the text as .txt in UTF-8"),
    (b"\x89PNG", "a PNG picture", "give its text, not its picture"),
    (b"\xff\xd8\xff", "a JPEG picture", "give its text, not its picture"),
    (b"GIF8", "a GIF picture", "give its text, not its picture"),
    (b"II*\x00", "a TIFF picture", "give its text, not its picture"),
    (b"MM\x00*", "a TIFF picture", "give its text, not its picture"),
    (b"\x1f\x8b", "gzip data", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x7fELF", "a program", "give a text"),
    (b"SQLite format 3", "an SQLite database", "give a text"),
)


@dataclass(frozen=True, slots=True)
class Collected:
    """What `collect` found: documents in a fixed order, what could not be read, what is worth knowing."""

    documents: tuple[Document, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_document(
    path: str | Path, source: Source | None = None, *, max_megabytes: float = MAX_MEGABYTES
) -> Document:
    """The document in a file of text, in one of the encodings that `kg.read.encodings` tells apart.

    `source` is its row of a catalogue; without one the file's name is its title. Raises `ReadError` for a
    missing, empty, binary or too large file and for an encoding that is none of these.
    """
    path = Path(path)
    data = _bytes(path, max_megabytes)
    for magic, kind, advice in _KINDS:
        if data.startswith(magic):
            raise ReadError(f"{path}: this is {kind}, not text; {advice}")
    text, encoding = decode(data, str(path))
    if not text.strip():
        raise ReadError(f"{path}: the file is empty; give a text or take it off the list")
    digest = hashlib.sha256(data).hexdigest()
    if source is None:
        source = Source(id=f"d-{digest[:12]}", title=path.stem, sha256=digest, path=path.name)
    elif source.sha256 and source.sha256 != digest:
        raise ReadError(
            f"{path}: checksum {digest[:12]}… differs from the catalogue's {source.sha256[:12]}…; "
            "restore the file, or run refresh_checksums if it was edited on purpose"
        )
    return Document(id=f"d-{digest[:12]}", text=text, source=source, encoding=encoding)


def collect(
    paths: Iterable[str | Path],
    catalogue: Sequence[Source] = (),
    *,
    max_megabytes: float = MAX_MEGABYTES,
) -> Collected:
    """Read the files, and all .txt and .md files of the folders, that `paths` name.

    A folder that holds a `catalogue.csv` gives exactly the documents its rows name. Elsewhere a document
    takes the row of `catalogue` that has its checksum. A file that cannot be read is an error and the others
    go on; the same bytes twice are one document. Sorted by path within each of `paths`, in their order.
    """
    by_sum = {s.sha256: s for s in catalogue if s.sha256}
    documents: dict[str, Document] = {}
    first: dict[str, str] = {}
    errors: list[str] = []
    notes: list[str] = []
    jobs: list[tuple[Path, Source | None]] = []
    for path in map(Path, paths):
        try:
            jobs += _jobs(path)
        except ReadError as error:
            errors.append(str(error))
    for path, source in jobs:
        try:
            document = read_document(path, source, max_megabytes=max_megabytes)
        except ReadError as error:
            errors.append(str(error))
            continue
        if document.id in documents:
            notes.append(f"{path}: the same bytes as {first[document.id]}; read once")
            continue
        row = by_sum.get(document.source.sha256)
        if source is None and row is not None:
            document = Document(document.id, document.text, row, document.encoding)
        documents[document.id] = document
        first[document.id] = str(path)
    return Collected(tuple(documents.values()), tuple(errors), tuple(notes))


def _jobs(path: Path) -> list[tuple[Path, Source | None]]:
    if not path.is_dir():
        return [(path, None)]
    if (path / CATALOGUE).is_file():
        return [(document_path(source, path), source) for source in load_catalogue(path)]
    found = sorted(
        (p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()),
        key=lambda p: p.relative_to(path).as_posix(),
    )
    visible = [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]
    if not visible:
        raise ReadError(f"{path}: no {' or '.join(SUFFIXES)} file in this folder; name one that has texts")
    return [(p, None) for p in visible]


def _bytes(path: Path, max_megabytes: float) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(f"{path}: a folder, not a file; name a file in it")
        if size > max_megabytes * 1_000_000:
            raise ReadError(
                f"{path}: {size / 1e6:.1f} MB are over the limit of {max_megabytes:g} MB; "
                "split it, or raise max_megabytes in kg.toml"
            )
        data = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        what = "no such file" if missing else (error.strerror or "cannot be read")
        raise ReadError(f"{path}: {what}; check the path") from error
    if not data:
        raise ReadError(f"{path}: the file is empty; give a text or take it off the list")
    return data
