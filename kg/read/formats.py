"""What a file is, told by its bytes: names lie, and pages are saved as .doc, archives as .txt."""

from __future__ import annotations

import io
import re
import zipfile

from kg.errors import ReadError

#: formats `kg.read` makes documents of, with the endings they are looked for under in folders
READABLE = {
    "text": (".txt", ".md", ".text", ".markdown"),
    "html": (".html", ".htm", ".xhtml", ".shtml"),
    "mhtml": (".mhtml", ".mht"),
    "docx": (".docx", ".docm", ".dotx"),
    "pdf": (".pdf",),
    "doc": (".doc", ".wps", ".wpt", ".dot"),
    "rtf": (".rtf",),
    "odt": (".odt", ".fodt"),
}
SUFFIXES = tuple(s for suffixes in READABLE.values() for s in suffixes)
_RECOGNISE = "give its text, or --ocr to have it recognised"
#: first bytes of what is no document, and what to do with each
_KINDS = (
    (b"\x89PNG", "a PNG picture", _RECOGNISE),
    (b"\xff\xd8\xff", "a JPEG picture", _RECOGNISE),
    (b"GIF8", "a GIF picture", "give its text, not its picture"),
    (b"BM", "a BMP picture", _RECOGNISE),
    (b"II*\x00", "a TIFF picture", _RECOGNISE),
    (b"MM\x00*", "a TIFF picture", _RECOGNISE),
    (b"\x1f\x8b", "gzip data", "unpack it first"),
    (b"BZh", "bzip2 data", "unpack it first"),
    (b"\xfd7zXZ", "xz data", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"\x7fELF", "a program", "give a text"),
    (b"MZ\x90", "a program", "give a text"),
    (b"SQLite format 3", "an SQLite database", "give a text"),
    (b"%!PS", "PostScript", "give its text or a PDF"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script|div|table|article|section|center|font)\b",
    re.I | re.S,
)
_TAGS = re.compile(r"</(?:p|div|td|span|li|a|h[1-6]|body|html)\s*>", re.I)
_MAIL_HEAD = re.compile(
    rb"(?:From|MIME-Version|Subject|Date|Snapshot-Content-Location|Content-Type|Message-ID)\s*:", re.I
)


def format_of(data: bytes, where: str, suffix: str = "", *, pictures: bool = False) -> str:
    """One of `READABLE` or `zip`, and with `pictures` also `picture`. The ending decides nothing but whether a
    text with tags is a page.

    Raises `ReadError`, naming `where`, for what is no document.
    """
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(data, where)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _office_format(data, where)
    if data.startswith(b"{\\rtf"):
        return "rtf"
    for magic, kind, advice in _KINDS:
        # BM may begin a text
        if data.startswith(magic) and (magic != b"BM" or b"\x00" in data[:64]):
            if pictures and advice == _RECOGNISE:
                return "picture"
            raise ReadError(f"{where}: this is {kind}, not text; {advice}")
    head = _head(data)
    if _MAIL_HEAD.match(data.lstrip()) and re.search(
        rb"multipart/(?:related|mixed|alternative)|text/html", data[:8192], re.I
    ):
        return "mhtml"
    if _HTML.match(head) or (suffix in READABLE["html"] and _TAGS.search(head)):
        return "html"
    if head.lstrip().startswith("<") and (_TAGS.search(head) or len(_TAGS.findall(head)) >= 3):
        return "html"
    if head.lstrip().lower().startswith("<?xml"):
        if "opendocument" in head:
            return "odt"
        raise ReadError(f"{where}: this is an XML file, not a document; give its text")
    return "text"


def _head(data: bytes) -> str:
    """The beginning with its ASCII characters, whatever the encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:16_384].decode("utf-16", "ignore")
    return data[:16_384].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _zip_format(data: bytes, where: str) -> str:
    """By its members. A damaged one is called a zip, and whoever opens it says so."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if at >= 0 and int.from_bytes(data[at + 12 : at + 16], "little") > 1_000_000:
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lstrip("/") for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return "docx" if b"word/document.xml" in data[:4096] else "zip"
    if any(n.startswith("word/") for n in names):
        return "docx"
    for member, kind in (
        ("xl/", "an Excel table"), ("ppt/", "a PowerPoint file"), ("OFD.xml", "an OFD file"),
        ("META-INF/container.xml", "an electronic book"),
    ):  # fmt: skip
        if any(n.startswith(member) for n in names):
            raise ReadError(f"{where}: this is {kind}, which is not read; save its text as .docx or .txt")
    if "content.xml" in names and "mimetype" in names:
        return "odt"
    return "zip"


def _office_format(data: bytes, where: str) -> str:
    """A compound file of old Office: the names of its streams stand in it as UTF-16."""
    for stream, kind in (("Workbook", "an Excel table"), ("PowerPoint Document", "a PowerPoint file")):
        if stream.encode("utf-16-le") in data and "WordDocument".encode("utf-16-le") not in data:
            raise ReadError(f"{where}: this is {kind}, which is not read; save its text as .docx or .txt")
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadError(f"{where}: a Word file locked with a password; unlock it")
    if "WordDocument".encode("utf-16-le") not in data:
        raise ReadError(
            f"{where}: an old Office file without a Word text in it; save its text as .docx or .txt"
        )
    return "doc"
