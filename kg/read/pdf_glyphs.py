"""What lies on the pages of a PDF: glyphs with their boxes, ruled lines, pictures. Needs pypdfium2.

Coordinates are points from the upper left corner, y growing downwards, turned so that the page's text stands
upright. Only what reading needs is kept; whatever a page holds beyond the limits below is left out.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.text.shadow import fold

#: glyphs, drawn objects and line segments looked at on one page
MAX_GLYPHS, MAX_OBJECTS, MAX_SEGMENTS = 60_000, 20_000, 8_000
_FORM_DEPTH = 4

#: characters of Chinese fonts that name a radical where the character itself is meant (⺠ for 民)
_RADICALS = {code: fold(chr(code)) for code in range(0x2E80, 0x2FE0)}
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_HYPHENS = (0x02, 0xAD, 0xFFFE)
_TO_TEXT = {**_RADICALS, **_LIGATURES, **dict.fromkeys(_HYPHENS, "-"), 0xA0: " ", 0x200B: "", 0xFEFF: ""}


class Glyph(NamedTuple):
    """One character and its box; `size` is its font size as it is seen."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


class Rule(NamedTuple):
    """A horizontal (y0 == y1) or vertical (x0 == x1) line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Drawn:
    """One page as it is drawn. `pictures` is the share of the page under images, `unmapped` counts glyphs that
    the file gives no character for; they stand as U+FFFD. `turned` has all glyphs where some lie on their side."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    unmapped: int = 0
    turned: list[Glyph] = field(default_factory=list)


Place = Callable[[float, float], tuple[float, float]]


def read_page(page: pdfium.PdfPage, number: int) -> Drawn:
    """The glyphs, rules and pictures of a page."""
    left, bottom, right, top = page.get_cropbox()
    sideways: Counter[int] = Counter()
    textpage = page.get_textpage()
    try:
        found, unmapped = _glyphs(textpage.raw, sideways)
    finally:
        textpage.close()
    turn = max(sideways, key=lambda q: (sideways[q], -q), default=page.get_rotation() // 90 * 3 % 4)
    width, height = right - left, top - bottom
    place: Place = {
        0: lambda x, y: (x - left, top - y),
        1: lambda x, y: (y - bottom, x - left),
        2: lambda x, y: (right - x, y - bottom),
        3: lambda x, y: (top - y, right - x),
    }[turn]
    if turn % 2:
        width, height = height, width
    drawn = Drawn(number, width, height, unmapped=unmapped)
    for text, x0, y0, x1, y1, size, quarter in found:
        (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
        glyph = Glyph(text, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), size)
        if (
            -1 <= (glyph.x0 + glyph.x1) / 2 <= width + 1
            and -1 <= (glyph.top + glyph.bottom) / 2 <= height + 1
        ):
            drawn.turned.append(glyph)
            if quarter == turn:
                drawn.glyphs.append(glyph)
    if len(drawn.turned) == len(drawn.glyphs):
        drawn.turned = []
    _draw(page, drawn, place)
    return drawn


_Found = tuple[str, float, float, float, float, float, int]


def _glyphs(textpage: Any, sideways: Counter[int]) -> tuple[list[_Found], int]:
    """Characters with box, seen size and quarter turns; slanted ones (watermarks) are left out."""
    count = min(raw.FPDFText_CountChars(textpage), MAX_GLYPHS)
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    box_at, matrix_at = ctypes.byref(box), ctypes.byref(matrix)
    unicode_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    box_of, map_error = raw.FPDFText_GetLooseCharBox, raw.FPDFText_HasUnicodeMapError
    out: list[_Found] = []
    unmapped = 0
    last, size, quarter, slanted = 0, 0.0, 0, False
    high, shared = 0, 1
    owners: list[int] = []
    for i in range(count):
        code = unicode_of(textpage, i)
        if code in (10, 13) or (code == 32 and raw.FPDFText_IsGenerated(textpage, i) == 1):
            continue
        owner = ctypes.cast(object_of(textpage, i), ctypes.c_void_p).value or 0
        if owner and owner != last:
            last = owner
            raw.FPDFText_GetMatrix(textpage, i, matrix_at)
            scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
            size = raw.FPDFText_GetFontSize(textpage, i) * scale
            angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
            quarter = round(angle / 90) % 4
            slanted = abs((angle + 45) % 90 - 45) > 8
        if slanted or not box_of(textpage, i, box_at):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or (code < 32 and code not in (2, 9)) or map_error(textpage, i) == 1:
            unmapped += 1
            code = 0xFFFD
        text = _TO_TEXT.get(code) or chr(code) if code not in (0x200B, 0xFEFF) else ""
        if not text:
            continue
        sideways[quarter] += 1
        out.append((text, box.left, box.bottom, box.right, box.top, size, quarter))
        if len(out) > 1 and owner == owners[-1] and out[-2][1:5] == out[-1][1:5] and not quarter:
            shared += 1
            _share_box(out, shared)
        else:
            shared = 1
        owners.append(owner)
    return out, unmapped


def _share_box(out: list[_Found], count: int) -> None:
    """Give each of the last `count` characters, one ligature (—— in some fonts), its part of the box they share."""
    _, x0, y0, _, y1, size, quarter = out[-count]
    x1 = out[-1][3]
    step = (x1 - x0) / count
    for n in range(count):
        at = len(out) - count + n
        out[at] = (out[at][0], x0 + n * step, y0, x0 + (n + 1) * step, y1, size, quarter)


def _draw(page: pdfium.PdfPage, drawn: Drawn, place: Place) -> None:
    """Fill in rules and the share of pictures."""
    area = max(drawn.width * drawn.height, 1.0)
    budget = [MAX_SEGMENTS]
    for handle, matrix in _objects(page):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = _bounds(handle, matrix)
            drawn.pictures += abs((x1 - x0) * (y1 - y0)) / area
        elif kind == raw.FPDF_PAGEOBJ_PATH and budget[0] > 0:
            for (ax, ay), (bx, by) in _segments(handle, matrix, budget):
                (px, py), (qx, qy) = place(ax, ay), place(bx, by)
                if abs(py - qy) < 0.7 and abs(px - qx) > 4:
                    drawn.rules.append(Rule(min(px, qx), (py + qy) / 2, max(px, qx), (py + qy) / 2))
                elif abs(px - qx) < 0.7 and abs(py - qy) > 4:
                    drawn.rules.append(Rule((px + qx) / 2, min(py, qy), (px + qx) / 2, max(py, qy)))


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[Any, _Matrix]]:
    """Paths and images of a page, those in forms included, each with the matrix that places it."""
    left = MAX_OBJECTS

    def walk(
        count: int, get: Callable[[int], Any], matrix: _Matrix, depth: int
    ) -> Iterator[tuple[Any, _Matrix]]:
        nonlocal left
        for i in range(count):
            left -= 1
            if left < 0:
                return
            handle = get(i)
            kind = raw.FPDFPageObj_GetType(handle)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
                inner = raw.FPDFFormObj_CountObjects(handle)
                placed = _times(_own_matrix(handle), matrix)
                yield from walk(
                    inner, lambda n, form=handle: raw.FPDFFormObj_GetObject(form, n), placed, depth + 1
                )
            elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                yield handle, matrix

    yield from walk(
        raw.FPDFPage_CountObjects(page.raw), lambda n: raw.FPDFPage_GetObject(page.raw, n), _IDENTITY, 0
    )


def _own_matrix(handle: Any) -> _Matrix:
    own = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(own)):
        return _IDENTITY
    return own.a, own.b, own.c, own.d, own.e, own.f


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _bounds(handle: Any, matrix: _Matrix) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, sides))
    (ax, ay), (bx, by) = (_apply(matrix, sides[i].value, sides[i + 1].value) for i in (0, 2))
    return ax, ay, bx, by


def _segments(
    handle: Any, matrix: _Matrix, budget: list[int]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Straight strokes of a path, and thin filled bars as one stroke; shaded areas are no rules."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        if not fill.value:
            return
        x0, y0, x1, y1 = _bounds(handle, matrix)
        if min(abs(x1 - x0), abs(y1 - y0)) <= 2.5:
            budget[0] -= 1
            if abs(y1 - y0) <= abs(x1 - x0):
                yield (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)
            else:
                yield ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1)
        return
    placed = _times(_own_matrix(handle), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = point = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(handle), budget[0])):
        budget[0] -= 1
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = _apply(placed, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield point, here
        point = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, start
            point = start
