"""From a file to a `Document`: what the bytes are decides which reader takes them, never the file's name."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from kg.config import Limits
from kg.errors import ReadError
from kg.model import Detail, Document, Source
from kg.read.content import HEADING, Content, apart
from kg.read.encodings import decode
from kg.read.formats import format_of
from kg.read.metadata import details

#: readers name the damage they know; what else a file may do to them ends in a `ReadError` too
_UNFORESEEN = (
    RecursionError,
    MemoryError,
    ArithmeticError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
)
Reader = Callable[[bytes, str, Limits, bool], tuple[Content, str]]


def read_document(
    path: str | Path,
    source: Source | None = None,
    *,
    limits: Limits | None = None,
    ocr: bool = False,
) -> Document:
    """The document in a file: text or Markdown, HTML, a web archive, Word, PDF; .doc, .wps, .rtf and .odt where
    LibreOffice is installed.

    `source` is its row of a catalogue; without one the document's own words make one. Raises `ReadError` for a
    missing, empty, too large or damaged file and for what is no document; never anything else.
    """
    path = Path(path)
    limits = limits or Limits()
    data = file_bytes(path, limits.max_megabytes)
    return read_bytes(data, written(path), written(path.name), source, limits=limits, ocr=ocr)[0]


def read_bytes(
    data: bytes,
    where: str,
    name: str,
    source: Source | None = None,
    *,
    limits: Limits | None = None,
    ocr: bool = False,
) -> tuple[Document, tuple[str, ...]]:
    """(document, what is worth knowing of it) of bytes. `where` names them in messages, `name` (with /) is what
    the document is called. Raises `ReadError` as `read_document` does.
    """
    limits = limits or Limits()
    if not data:
        raise ReadError(f"{where}: the file is empty; give a text or take it off the list")
    digest = hashlib.sha256(data).hexdigest()
    if source is not None and source.sha256 and source.sha256 != digest:
        raise ReadError(
            f"{where}: checksum {digest[:12]}… differs from the catalogue's {source.sha256[:12]}…; "
            "restore the file, or run refresh_checksums if it was edited on purpose"
        )
    kind = format_of(data, where, PurePosixPath(name.lower()).suffix, pictures=ocr)
    if kind == "zip":
        raise ReadError(f"{where}: a ZIP archive; `kg build` reads the documents in it")
    try:
        content, encoding = _READERS[kind](data, where, limits, ocr)
        own = details(content)
    except ReadError:
        raise
    except _UNFORESEEN as error:
        raise ReadError(
            f"{where}: damaged in a way no reader knows ({type(error).__name__}); save the file anew"
        ) from error
    if not content.text.strip():
        raise ReadError(f"{where}: the file is empty; give a text or take it off the list")
    if source is None:
        source = Source(id=f"d-{digest[:12]}", title=_title(content, name, own), sha256=digest, path=name)
    document = Document(
        id=f"d-{digest[:12]}",
        text=content.text,
        source=source,
        encoding=encoding,
        pages=content.pages,
        references=apart(content),
        details=own,
    )
    return document, content.notes


def written(path: str | Path) -> str:
    """A path as text. Names that are not in UTF-8 (unpacked from archives of Chinese Windows) are taken for GBK."""
    name = str(path)
    try:
        name.encode("utf-8")
        return name
    except UnicodeEncodeError:
        return "/".join(map(_decoded, name.split("/")))


def _decoded(part: str) -> str:
    raw = os.fsencode(part)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            pass
    return raw.decode("utf-8", "backslashreplace")


def file_bytes(path: Path, max_megabytes: float) -> bytes:
    """The bytes of a file. Raises `ReadError` for one that is missing, no file, empty or over the limit."""
    where = written(path)
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(f"{where}: a folder, not a file; name a file in it")
        if not path.is_file():
            raise ReadError(f"{where}: a pipe or device, not a file; name a file")
        if size > max_megabytes * 1_000_000:
            raise ReadError(
                f"{where}: {size / 1e6:.1f} MB are over the limit of {max_megabytes:g} MB; "
                "split it, or raise max_megabytes in kg.toml"
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        what = "no such file" if missing else (getattr(error, "strerror", "") or "cannot be read")
        raise ReadError(f"{where}: {what}; check the path") from error
    if not data:
        raise ReadError(f"{where}: the file is empty; give a text or take it off the list")
    return data


def _title(content: Content, name: str, details: tuple[Detail, ...]) -> str:
    """The title the file gives itself where the text has it too, else its first heading, else, of a paper, its
    first line, else the file's name."""
    own = content.metadata.get("title", "")
    if own and "".join(own.split()) in "".join(content.text[:2000].split()):
        return own
    first = next((s for s in content.spans if s.kind == HEADING and s.start < 200), None)
    heading = content.text[first.start : first.end].lstrip("# ") if first else ""
    if not heading and any(d.key == "abstract" for d in details):
        heading = " ".join(content.text.lstrip("\ufeff \t\r\n\u3000")[:200].split("\n")[0].split())
    return heading if 6 <= len(heading) <= 100 and "。" not in heading else PurePosixPath(name).stem


def _text(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
    text, encoding = decode(data, where)
    return Content(text), encoding


def _html(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
    from kg.read.html import read_html

    return read_html(data, where)


def _mhtml(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
    from kg.read.html import read_mhtml

    return read_mhtml(data, where)


def _docx(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
    from kg.read.word import read_docx

    return read_docx(data, where, limits=limits), "docx"


def _pdf(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
    from kg.read.pdf import read_pdf

    return read_pdf(data, where, max_pages=limits.max_pages, ocr=ocr), "pdf"


def _picture(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
    from kg.read.pdf import read_picture

    return read_picture(data, where), "picture"


def _converted(suffix: str) -> Reader:
    def read(data: bytes, where: str, limits: Limits, ocr: bool) -> tuple[Content, str]:
        from kg.read.convert import convert
        from kg.read.word import read_docx

        made = convert(data, suffix, where, seconds=limits.convert_seconds)
        return read_docx(made, where, limits=limits), suffix.removeprefix(".")

    return read


_READERS: dict[str, Reader] = {
    "text": _text,
    "html": _html,
    "mhtml": _mhtml,
    "docx": _docx,
    "pdf": _pdf,
    "picture": _picture,
    "doc": _converted(".doc"),
    "rtf": _converted(".rtf"),
    "odt": _converted(".odt"),
}
