"""The process that opens a PDF: `python -m kg.read.pdf_worker`, one file a process, called by `kg.read.pdf`.

PDFium is C++ and PDFs come from strangers, so it runs here, where a crash, a flood or an endless loop costs the one
file. Standard input: a line of JSON (the request), then the bytes of the file. Standard output: JSON, or for
a page to be rendered a grey picture (PGM). The process writes no file and takes no more than `MEMORY`. It opens
the machine's fonts where a file brings none of its own: PDFium leaves out lone characters of a font it lacks.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any

#: memory of the process in bytes, characters of all pages together
MEMORY = 2 * 1024**3
MAX_CHARACTERS = 20_000_000
#: dots an inch of a rendered page
DOTS = 300
#: fewer glyphs on a page with pictures are a scan with a stamp on it, not text
_FEW = 20
#: a larger share of glyphs without characters makes a page unreadable
_UNMAPPED = 0.1
_TITLE_OF_A_PROGRAM = re.compile(
    r"(?i)microsoft|untitled|无标题|未命名|^文档\d*$|\.(?:docx?|wps|pptx?|xlsx?|indd|html?|pdf|cdr|fh\d*|s92|tmp)\b|unspecified|^[(<]|^\W*$"
)


def main() -> None:
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    import pypdfium2 as pdfium

    import kg.read.pdf_text  # noqa: F401  loaded before memory is limited

    _set_limits()
    if "sizes" in request:
        _answer(_pictures(request))
        return
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        _answer({"error": "encrypted" if "assword" in str(error) or "ecurity" in str(error) else "broken"})
        return
    if "render" in request:
        _render(document, request["render"], request["dots"])
    else:
        _answer(_read(document, request))


def _read(document: Any, request: dict[str, Any]) -> dict[str, Any]:
    from kg.read.legible import is_garbled
    from kg.read.pdf_glyphs import Drawn, read_page
    from kg.read.pdf_text import assemble, lay_out

    count = len(document)
    if count > request["max_pages"]:
        return {"error": "pages", "pages": count}
    recognised = _runs(request)
    pages: list[Drawn] = []
    bare: list[int] = []
    garbled: list[int] = []
    lost: list[int] = []
    characters = unmapped = 0
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
            drawn = read_page(page, number)
            page.close()
        except Exception:  # pypdfium2 has no class for a page that PDFium refuses
            lost.append(number)
            continue
        characters += len(drawn.glyphs)
        if characters > MAX_CHARACTERS:
            return {"error": "characters", "characters": MAX_CHARACTERS}
        if len(drawn.glyphs) < _FEW and drawn.pictures > 0.2:
            bare.append(number)
            drawn.glyphs = []
        elif drawn.glyphs and (
            number in recognised
            or drawn.unmapped > _UNMAPPED * len(drawn.glyphs)
            or is_garbled("".join(g.text for g in drawn.glyphs))
        ):
            garbled.append(number)
            drawn.glyphs = []
        unmapped += drawn.unmapped if drawn.glyphs else 0
        pages.append(drawn)
    lines = lay_out(pages, recognised)
    content = assemble(lines, [page.height for page in pages])
    return {
        "content": asdict(content),
        "metadata": _metadata(document),
        "count": count,
        "bare": bare,
        "garbled": garbled,
        "unmapped": unmapped,
        "lost": lost,
    }


def _pictures(request: dict[str, Any]) -> dict[str, Any]:
    """Pages of which nothing is known but their size and the words recognised on them."""
    from kg.read.pdf_glyphs import Drawn
    from kg.read.pdf_text import assemble, lay_out

    pages = [Drawn(int(n), width, height) for n, (width, height) in request["sizes"].items()]
    content = assemble(lay_out(pages, _runs(request)), [page.height for page in pages])
    return {
        "content": asdict(content),
        "metadata": {},
        **dict.fromkeys(("bare", "garbled", "lost"), ()),
        "unmapped": 0,
        "count": len(pages),
    }


def _runs(request: dict[str, Any]) -> dict[int, list[Any]]:
    from kg.read.pdf_lines import Run

    return {int(n): [Run(*r) for r in runs] for n, runs in request.get("recognised", {}).items()}


def _metadata(document: Any) -> dict[str, str]:
    found = document.get_metadata_dict(skip_empty=True)
    out = {}
    for key, name in (("title", "Title"), ("author", "Author"), ("keywords", "Keywords")):
        value = " ".join(str(found.get(name, "")).replace("\x00", "").split())[:500]
        if value and not _TITLE_OF_A_PROGRAM.search(value):
            out[key] = value
    return out


def _render(document: Any, number: int, dots: int) -> None:
    page = document[number - 1]
    # a huge page is rendered at fewer dots, so that the picture stays below 40 million dots
    scale = min(dots / 72, (4e7 / max(page.get_width() * page.get_height(), 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    out = sys.stdout.buffer
    out.write(b"P5 %d %d 255\n" % (bitmap.width, bitmap.height))
    view = memoryview(bitmap.buffer)
    for row in range(bitmap.height):
        out.write(view[row * bitmap.stride : row * bitmap.stride + bitmap.width])
    out.flush()


def _answer(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _set_limits() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


if __name__ == "__main__":
    main()
