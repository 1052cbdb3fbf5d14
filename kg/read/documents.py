"""From a file's bytes to a `Document`: which bytes are text, in which encoding, and where they come from.

A text is kept exactly as it stands, line ends included, so that offsets count the characters of the file;
only a byte order mark is no part of it. Encodings are told apart by strict decoding, never by guessing
characters away: a byte order mark decides, then UTF-8, then GB18030 (which takes GBK and GB2312). GB18030
accepts almost any bytes, so its result has to look like Chinese (see `_looks_chinese`).
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.config import Settings
from kg.errors import ReadError
from kg.model import Document, Source
from kg.read.catalogue import CATALOGUE, document_path, load_catalogue

SUFFIXES = (".txt", ".md")
MAX_MEGABYTES = Settings().max_megabytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
_LINE_CONTROLS = frozenset("\t\n\r\f\v\x1a\x85")


@dataclass(frozen=True, slots=True)
class Collected:
    """What `collect` found: documents in a fixed order, what could not be read, what is worth knowing."""

    documents: tuple[Document, ...]
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_document(
    path: str | Path, source: Source | None = None, *, max_megabytes: float = MAX_MEGABYTES
) -> Document:
    """The document in a file of UTF-8 (with or without mark), UTF-16 or UTF-32 (with mark) or GB18030 text.

    `source` is its row of a catalogue; without one the file's name is its title. Raises `ReadError` for a
    missing, empty, binary or too large file and for an encoding that is none of these.
    """
    path = Path(path)
    data = _bytes(path, max_megabytes)
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


def decode(data: bytes, where: str) -> tuple[str, str]:
    """(text, name of the encoding). Raises `ReadError` naming `where` for bytes that are no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return _checked(data[len(mark) :].decode(encoding), where), encoding
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"{where}: begins as {encoding.upper()} but breaks at byte {error.start + len(mark)}; "
                    "save the text anew as UTF-8"
                ) from error
    for magic, kind, advice in _KINDS:
        if data.startswith(magic):
            raise ReadError(f"{where}: this is {kind}, not text; {advice}")
    if b"\x00" in data:
        hint = "text in UTF-16 without a byte order mark, or " if data.count(b"\x00") * 4 > len(data) else ""
        raise ReadError(f"{where}: holds NUL bytes: {hint}a binary file; save the text as UTF-8")
    try:
        return _checked(data.decode("utf-8"), where), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _looks_chinese(text):
        return _checked(text, where), "gb18030"
    raise ReadError(
        f"{where}: unknown encoding: not UTF-8 (byte {broken.start}), and no Chinese text as GB18030; "
        "save the text as UTF-8"
    )


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


def _checked(text: str, where: str) -> str:
    """The text, unless its control characters show that it is none."""
    controls = sum(1 for c in text[:100_000] if c < " " and c not in _LINE_CONTROLS)
    if "\x00" in text or controls * 100 > len(text[:100_000]):
        raise ReadError(f"{where}: full of control characters: a binary file; give a text")
    return text


def _looks_chinese(text: str) -> bool:
    """Is this decoded GB18030 text Chinese, not other bytes that happen to decode?

    Of the characters beyond ASCII in Chinese prose more than nine in ten are the 3,755 common Han characters
    of GB 2312 level 1 or its punctuation; Big5, Shift-JIS, Latin-1 or random bytes, read as GB18030, give
    mostly rare characters, private-use ones and control characters.
    """
    sample = [c for c in text[:200_000] if c > "\x7f"]
    common = 0
    for c in sample:
        if "\ue000" <= c <= "\uf8ff":
            continue
        try:
            lead = c.encode("gb2312")[0]
        except UnicodeEncodeError:
            continue
        common += lead in (0xA1, 0xA3) or 0xB0 <= lead <= 0xD7
    return common >= 0.7 * len(sample)
