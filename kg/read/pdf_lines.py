"""Glyphs → runs: stretches of glyphs on one base line without a wide gap; and runs → rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kg.read.pdf_glyphs import Glyph

#: wider gaps than this share of the font size part runs; Chinese text is never set so loosely
_RUN_GAP = 0.75
#: raised marks of notes and citations: [3], ①, *; and bare numbers
_NOTE_MARK = re.compile(r"[\[［（(][\d①-⑳,，\-–—~～]+[\]］）)]|[①-⑳*※†]+")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_OPENING = frozenset("（《〈「『【〔“‘")
_EXPONENT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_NUMBER = re.compile(r"\d{1,2}(?:[,，\-–—]\d{1,2})*")


#: glyphs, each with: does it follow a space?
_Marked = list[tuple[Glyph, bool]]


@dataclass(slots=True)
class Run:
    """Text without a wide gap; the box is in points from the upper left.

    `seams` are (offset in the text, x) where two columns may touch: a gap, or an opening mark, which takes up half
    the room of its box.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    seams: tuple[tuple[int, float], ...] = ()

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Box:
    """A table that takes its place among the lines; `rows` are its cells, `edges` the left edges of its columns.

    `breaks` are (row, page) where a table that goes on over a page has its rows from there on; `full` says of
    each cell of the last row whether its last line reaches the end of the cell.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[str]]
    edges: tuple[float, ...] = ()
    breaks: list[tuple[int, int]] = field(default_factory=list)
    full: tuple[bool, ...] = ()

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Item = Run | Box


@dataclass(slots=True)
class Line:
    """A line of one column. `left` and `right` are where full lines of its column begin and end.

    `column` is "full" or the number of its column, "1" for the left one; `cells` are its runs; `box` is set where the line stands for a table.
    """

    page: int
    column: str
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    cells: list[Run]
    box: Box | None = None
    left: float = 0.0
    right: float = 0.0


def runs_of(glyphs: Sequence[Glyph]) -> list[Run]:
    """The runs of a page, top to bottom and left to right."""
    groups: list[_Marked] = []
    after_space = False
    for glyph in glyphs:
        if glyph.text.isspace():
            after_space = True
            continue
        if not groups or not _follows(groups[-1][-1][0], glyph):
            groups.append([])
        if not groups[-1] or not _doubled(groups[-1][-1][0], glyph):
            groups[-1].append((glyph, after_space))
        after_space = False
    return _rejoined(groups)


def _follows(a: Glyph, b: Glyph) -> bool:
    height = min(a.bottom - a.top, b.bottom - b.top)
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    gap = b.x0 - a.x1
    return overlap > 0.45 * height and -0.6 * b.size - 0.5 < gap < _RUN_GAP * max(a.size, b.size)


def _doubled(a: Glyph, b: Glyph) -> bool:
    """Bold made by drawing a glyph twice."""
    return a.text == b.text and abs(a.x0 - b.x0) < 0.25 * b.size and abs(a.top - b.top) < 0.25 * b.size


def _rejoined(groups: list[_Marked]) -> list[Run]:
    """Groups that the file draws out of order, put together where they touch."""
    groups.sort(key=lambda g: (round(min(x.top for x, _ in g)), g[0][0].x0))
    lines: list[list[_Marked]] = []
    for group in groups:
        first = group[0][0]
        for line in reversed(lines[-6:]):
            other = line[0][0][0]
            height = min(first.bottom - first.top, other.bottom - other.top)
            # far larger words lie over several lines (watermarks)
            alike = 0.45 * other.size < first.size < 2.2 * other.size
            if alike and min(first.bottom, other.bottom) - max(first.top, other.top) > 0.5 * height:
                line.append(group)
                break
        else:
            lines.append([group])
    runs: list[Run] = []
    for line in lines:
        line.sort(key=lambda g: g[0][0].x0)
        if _overlap(line):
            line = _by_place(line)
        current = list(line[0])
        for group in line[1:]:
            if _follows(current[-1][0], group[0][0]):
                current += [pair for pair in group if not _doubled(current[-1][0], pair[0])]
            else:
                runs.append(_run(current))
                current = list(group)
        runs.append(_run(current))
    return runs


def _overlap(line: Sequence[_Marked]) -> bool:
    """Do groups of a line stand inside one another? Quotation marks of a western font are drawn apart from the
    Chinese around them, into gaps left for them."""
    return any(b[0][0].x0 < a[-1][0].x1 - 0.3 * b[0][0].size for a, b in pairwise(line))


def _by_place(line: Sequence[_Marked]) -> list[_Marked]:
    """The glyphs of a line from left to right, parted where gaps are wide."""
    out: list[_Marked] = []
    for glyph, after_space in sorted((pair for group in line for pair in group), key=lambda p: p[0].x0):
        last = out[-1][-1][0] if out else None
        if last is None or glyph.x0 - last.x1 >= _RUN_GAP * max(last.size, glyph.size):
            out.append([])
        elif _doubled(last, glyph):
            continue
        out[-1].append((glyph, after_space))
    return out


def _run(marked: _Marked) -> Run:
    sizes = Counter(round(glyph.size, 1) for glyph, _ in marked)
    size = max(sizes, key=lambda s: (sizes[s], s))
    body = [g for g, _ in marked if g.size > 0.85 * size] or [g for g, _ in marked]
    top, bottom = median(g.top for g in body), median(g.bottom for g in body)
    usual = _usual_gap([g for g, _ in marked])
    parts: list[str] = []
    raised: list[str] = []
    seams: list[tuple[int, float]] = []
    before: Glyph | None = None
    for glyph, after_space in marked:
        is_raised = glyph.size < 0.87 * size and glyph.bottom < bottom - 0.15 * size
        if is_raised:
            raised.append(glyph.text)
            before = None  # the room that a mark takes is no space
            continue
        _flush(parts, raised)
        if (before is not None and parts and _space_between(before, glyph, after_space, size, usual)) or (
            before is not None
            and len(parts) <= 8
            and _heads(parts, glyph, glyph.x0 - before.x1 - usual, size)
        ):
            parts.append(" ")
        if before is not None and (glyph.text in _OPENING or glyph.x0 - before.x1 > 0.3 * size):
            seams.append((sum(map(len, parts)), (before.x1 + glyph.x0) / 2))
        parts.append(glyph.text)
        before = glyph
    _flush(parts, raised)
    x0, x1 = min(g.x0 for g, _ in marked), max(g.x1 for g, _ in marked)
    return Run("".join(parts), x0, top, x1, bottom, size, tuple(seams))


def _flush(parts: list[str], raised: list[str]) -> None:
    """Marks of notes go, raised numbers too where they are no exponents (m², 10³)."""
    if raised:
        text = _NOTE_MARK.sub("", "".join(raised))
        before = "".join(parts[-4:])
        if not text or not _NOTE_NUMBER.fullmatch(text):
            parts.extend(text)
        elif re.search(r"(?<!\d)10$", before) and text.isdigit():
            parts.append(text.translate(_EXPONENT))  # never 106 for 10⁶
        elif re.search(r"[A-Za-z]$", before):
            parts.append(text)
        raised.clear()


def is_wide(c: str) -> bool:
    """Does the character belong to Chinese text, where no space is needed?"""
    return (
        "\u2e80" <= c <= "\u9fff"
        or "\uf900" <= c <= "\ufaff"
        or "\uff00" <= c <= "\uff60"
        or c in "“”‘’—…·　"
    )


def _heads(parts: Sequence[str], glyph: Glyph, gap: float, size: float) -> bool:
    """Is what stands so far a section's number, a little apart from its title?"""
    return gap > 0.12 * size and is_wide(glyph.text[0]) and bool(_SECTION_NUMBER.fullmatch("".join(parts)))


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """How far the Chinese characters of a run are set apart, by justification or as an ornament."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs) if is_wide(a.text[-1]) and is_wide(b.text[0])]
    return max(median(gaps), 0.0) if gaps else 0.0


def _space_between(a: Glyph, b: Glyph, after_space: bool, size: float, usual: float) -> bool:
    gap = b.x0 - a.x1
    wide = is_wide(a.text[-1]), is_wide(b.text[0])
    if not any(wide):
        return after_space or gap > 0.2 * size
    if not all(wide) and after_space:
        return True
    # spaces in text layers of scans take no room; those that a program leaves out show by the gap alone
    return gap > usual + (0.12 if after_space else 0.35) * size


def join_cells(cells: Sequence[Run]) -> str:
    """The runs of one line with a space at each wide gap."""
    return " ".join(cell.text for cell in cells)


def rows_of(items: Sequence[Item]) -> list[list[Item]]:
    """Items on one height make a row, left to right; rows from top to bottom."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda i: (i.middle, i.x0)):
        if rows and isinstance(item, Run):
            last = rows[-1][-1]
            height = min(last.bottom - last.top, item.bottom - item.top)
            if (
                isinstance(last, Run)
                and min(last.bottom, item.bottom) - max(last.top, item.top) > 0.5 * height
            ):
                rows[-1].append(item)
                continue
        rows.append([item])
    for row in rows:
        row.sort(key=lambda i: i.x0)
    return rows
