"""PDF files → text, pages, tables. Opened in a process of their own, within limits of time and memory.

    >>> content = read_pdf(Path("notice.pdf").read_bytes(), "notice.pdf")  # doctest: +SKIP

The text is what the pages say in reading order: paragraphs on one line, without running titles and page numbers,
tables as Markdown rows, notes and references at the end. It depends on the bytes of the file alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import kg
from kg.errors import ReadError
from kg.read.content import Content, Span, Table

#: seconds for any file, and more for each page that it may have: a page takes a kilobyte or more
SECONDS, SECONDS_PER_PAGE, PAGE_BYTES = 30.0, 0.25, 1000
MAX_PAGES = 2000


def read_pdf(data: bytes, where: str, *, max_pages: int = MAX_PAGES, ocr: bool = False) -> Content:
    """The content of a PDF. `where` names it in messages; `ocr` has pages without text recognised by Tesseract.

    Raises `ReadError` for a file that is encrypted, damaged, scanned (most pages are pictures), without text,
    longer than `max_pages`, or that takes too much time or memory.
    """
    seconds = SECONDS + SECONDS_PER_PAGE * min(max_pages, len(data) // PAGE_BYTES)
    answer = _ask(data, {"max_pages": max_pages}, where, seconds=seconds)
    wanting = sorted((*answer["bare"], *answer["garbled"]))
    if ocr and wanting:
        from kg.read.pdf_ocr import recognise

        recognised = recognise(data, wanting, where)
        request = {"max_pages": max_pages, "recognised": recognised}
        answer = _ask(data, request, where, seconds=seconds)
    content = _content(answer, ocr and bool(wanting))
    if not content.text.strip() or (not ocr and 2 * len(wanting) > answer["count"]):
        raise ReadError(_without_text(where, answer, ocr))
    return content


def read_picture(data: bytes, where: str) -> Content:
    """The content of a picture (PNG, JPEG, TIFF, BMP) of pages, recognised by Tesseract. Raises `ReadError`."""
    from kg.read.pdf_ocr import recognise_picture

    runs, sizes = recognise_picture(data, where)
    answer = _ask(b"", {"recognised": runs, "sizes": sizes}, where, seconds=SECONDS)
    content = _content({**answer, "bare": list(map(int, sizes))}, recognised=True)
    if not content.text.strip():
        raise ReadError(f"{where}: a picture in which no text was recognised; give its text")
    return content


def _without_text(where: str, answer: dict[str, Any], ocr: bool) -> str:
    bare, garbled, count = len(answer["bare"]), len(answer["garbled"]), answer["count"]
    if garbled > bare and not ocr:
        return (
            f"{where}: unreadable text: on {garbled} of {count} pages the fonts give no characters or wrong ones; "
            "give --ocr to have them recognised (needs tesseract), or find another edition"
        )
    if bare and not ocr:
        return (
            f"{where}: a scan: {bare} of {count} pages are pictures without text; "
            "give --ocr to have them recognised (needs tesseract), or find an edition with text"
        )
    if bare:
        return f"{where}: a scan in which no text was recognised; find an edition with text"
    if answer["lost"]:
        return f"{where}: a damaged PDF: none of its {count} pages can be read; download it again"
    return f"{where}: no text on its {count} pages; find an edition with text"


def ask_worker(data: bytes, request: dict[str, Any], where: str, *, seconds: float) -> bytes:
    """What the worker process writes. Raises `ReadError` where it breaks off or takes too long."""
    head = json.dumps(request, ensure_ascii=False).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "kg.read.pdf_worker"],
            input=head + data,
            capture_output=True,
            timeout=seconds,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"{where}: not read within {seconds:g} s; split it, or print it to a new PDF first"
        ) from None
    except OSError as error:
        raise ReadError(f"{where}: no process to read it in ({error.strerror}); try again") from error
    if done.returncode != 0:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if told and "No module named 'pypdfium2'" in told[-1]:
            raise ReadError(f"{where}: PDFs need pypdfium2; install it with pip install pypdfium2")
        short = "took too much memory" if told and "MemoryError" in told[-1] else "broke off"
        raise ReadError(
            f"{where}: a damaged or hostile PDF: reading it {short}; download it again or print it to a new PDF"
        )
    return done.stdout


def _environment() -> dict[str, str]:
    package = str(Path(kg.__file__).parents[1])
    known = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": f"{package}{os.pathsep}{known}" if known else package,
        "PYTHONHASHSEED": "0",
    }


def _ask(data: bytes, request: dict[str, Any], where: str, *, seconds: float) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(ask_worker(data, request, where, seconds=seconds))
    reason = answer.get("error")
    if reason == "encrypted":
        raise ReadError(f"{where}: an encrypted PDF that needs a password; save it without one")
    if reason == "broken":
        raise ReadError(f"{where}: no readable PDF (damaged, cut short or something else); download it again")
    if reason == "pages":
        raise ReadError(
            f"{where}: {answer['pages']} pages are over the limit of {request['max_pages']}; split the file"
        )
    if reason:
        raise ReadError(f"{where}: more than {answer['characters']} characters; split the file")
    return answer


def _content(answer: dict[str, Any], recognised: bool) -> Content:
    found = answer["content"]
    notes = []
    if recognised:
        pages = _pages(sorted((*answer["bare"], *answer["garbled"])))
        notes.append(f"{pages} recognised by tesseract; check names and figures against the original")
    elif answer["bare"]:
        notes.append(f"{_pages(answer['bare'])} without text (pictures); --ocr has them recognised")
    if answer["garbled"] and not recognised:
        notes.append(f"{_pages(answer['garbled'])} with unreadable text (fonts without characters); --ocr has them recognised")
    if answer["unmapped"]:
        notes.append(f"{answer['unmapped']} characters that the fonts do not name stand as \ufffd")
    if answer["lost"]:
        notes.append(f"{_pages(answer['lost'])} cannot be read (damaged)")
    return Content(
        text=found["text"],
        pages=tuple((a, b) for a, b in found["pages"]),
        tables=tuple(
            Table(
                **{**t, "rows": tuple(map(tuple, t["rows"])), "header": tuple(t["header"])},
            )
            for t in found["tables"]
        ),
        spans=tuple(Span(**s) for s in found["spans"]),
        metadata=answer["metadata"],
        notes=tuple(notes),
    )


def _pages(numbers: Sequence[int]) -> str:
    told = ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
    return f"page{'s' if len(numbers) > 1 else ''} {told}"
