"""Glyphs → runs → columns → lines in reading order.

A run is a stretch of glyphs on one base line without a wide gap. A page has two columns where a strip without
text parts it over several lines that fill their side; whatever crosses the strip (title, abstract, wide table)
parts the columns into bands, read from top to bottom, the left column before the right one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.read.pdf_glyphs import Glyph

#: wider gaps than this share of the font size part runs; Chinese text is never set so loosely
_RUN_GAP = 0.75
#: raised marks of notes and citations: [3], ①, *; and bare numbers
_NOTE_MARK = re.compile(r"[\[［（(][\d①-⑳,，\-–—~～]+[\]］）)]|[①-⑳*※†]+")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_NOTE_NUMBER = re.compile(r"\d{1,2}(?:[,，\-–—]\d{1,2})*")


#: glyphs, each with: does it follow a space?
_Marked = list[tuple[Glyph, bool]]


@dataclass(slots=True)
class Run:
    """Text without a wide gap; the box is in points from the upper left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Box:
    """A table that takes its place among the lines; `rows` are its cells."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[list[str]]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Item = Run | Box


@dataclass(slots=True)
class Line:
    """A line of one column. `left` and `right` are where full lines of its column begin and end.

    `column` is "full", "left" or "right"; `cells` are its runs; `box` is set where the line stands for a table.
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
            if min(first.bottom, other.bottom) - max(first.top, other.top) > 0.5 * height:
                line.append(group)
                break
        else:
            lines.append([group])
    runs: list[Run] = []
    for line in lines:
        line.sort(key=lambda g: g[0][0].x0)
        current = list(line[0])
        for group in line[1:]:
            if _follows(current[-1][0], group[0][0]):
                current += [pair for pair in group if not _doubled(current[-1][0], pair[0])]
            else:
                runs.append(_run(current))
                current = list(group)
        runs.append(_run(current))
    return runs


def _run(marked: _Marked) -> Run:
    sizes = Counter(round(glyph.size, 1) for glyph, _ in marked)
    size = max(sizes, key=lambda s: (sizes[s], s))
    body = [g for g, _ in marked if g.size > 0.85 * size] or [g for g, _ in marked]
    top, bottom = median(g.top for g in body), median(g.bottom for g in body)
    usual = _usual_gap([g for g, _ in marked])
    parts: list[str] = []
    raised: list[str] = []
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
        parts.append(glyph.text)
        before = glyph
    _flush(parts, raised)
    x0, x1 = min(g.x0 for g, _ in marked), max(g.x1 for g, _ in marked)
    return Run("".join(parts), x0, top, x1, bottom, size)


def _flush(parts: list[str], raised: list[str]) -> None:
    """Marks of notes go, raised numbers too where they are no exponents (m², 10³)."""
    if raised:
        text = _NOTE_MARK.sub("", "".join(raised))
        behind = parts[-1][-1] if parts else ""
        if text and not (
            _NOTE_NUMBER.fullmatch(text) and behind and not (behind.isascii() and behind.isalnum())
        ):
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


def gutter(items: Sequence[Item], width: float) -> float | None:
    """Where the right column begins, less a little; None on a page of one column."""
    runs = [r for r in items if isinstance(r, Run)]
    starts = Counter(round(r.x0) for r in runs if 0.3 * width < r.x0 < 0.72 * width)
    near = {x: starts[x - 1] + starts[x] + starts[x + 1] for x in starts}
    best: tuple[float, int] | None = None
    for x in sorted(x for x in near if near[x] >= 3):
        score = _columns_height(items, x)
        if score > 0 and (best is None or score > best[0]):
            best = (score, x)
    return best[1] - 3.0 if best else _gutter_of_a_full_column(runs, width)


def _gutter_of_a_full_column(runs: Sequence[Run], width: float) -> float | None:
    """The gutter of a page whose right column has only begun: the left one is set to its own width."""
    left = [r for r in runs if r.x0 < 0.3 * width and r.x1 < 0.6 * width]
    ends = Counter(round(r.x1) for r in left if r.x1 > 0.38 * width)
    if not ends:
        return None
    edge = max(ends, key=lambda x: (ends[x - 1] + ends[x] + ends[x + 1], x))
    filled = [r for r in left if edge - 1.2 * r.size < r.x1 < edge + 0.8 * r.size]
    beside = [r.x0 for r in runs if r.x0 > edge]
    low, high = min((r.top for r in left), default=0.0), max((r.bottom for r in left), default=0.0)
    wide = [r for r in runs if r.x0 < edge < r.x1 - 12 and low < r.middle < high]
    if len(filled) < 8 or 2 * len(filled) < len(rows_of(list(left))) or wide or not beside:
        return None
    return max(edge + 2.0, min(beside) - 3.0)


def _columns_height(items: Sequence[Item], x: float) -> float:
    """How much height of the page is set in two columns, the right one beginning at x."""
    crossing = sorted((i.top, i.bottom) for i in items if i.x0 < x - 6 and i.x1 > x - 2.5)
    floor = max((i.bottom for i in items), default=0.0) + 1
    total, y = 0.0, 0.0
    for top, bottom in [*crossing, (floor, floor)]:
        if top - y > 30:
            inside = [r for r in items if isinstance(r, Run) and r.top >= y - 1 and r.bottom <= top + 1]
            left = [r for r in inside if r.x1 <= x - 2]
            right = [r for r in inside if r.x0 >= x - 3]
            if _fills(left) and _fills(right):
                total += top - y
        y = max(y, bottom)
    return total


def _fills(runs: Sequence[Run]) -> bool:
    """At least three lines, most of which reach from side to side."""
    if len(runs) < 3:
        return False
    left, right = min(r.x0 for r in runs), max(r.x1 for r in runs)
    wide = [r for r in runs if r.x1 - r.x0 > 0.55 * (right - left)]
    return right - left > 90 and len(wide) >= 3 and 2 * len(wide) >= len(rows_of(list(runs)))


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


def regions(items: Sequence[Item], at: float | None) -> Iterator[tuple[str, list[Item]]]:
    """(column, items) in reading order; `at` is the gutter."""
    if at is None:
        yield "full", list(items)
        return
    crossing = [i for i in items if _crosses(i, at)]
    beside = [i for i in items if not _crosses(i, at)]
    full = sorted(
        crossing + [i for i in beside if any(_level(i, c) for c in crossing)], key=lambda i: i.middle
    )
    rest = sorted((i for i in beside if not any(_level(i, c) for c in crossing)), key=lambda i: i.middle)
    heights = [c.middle for c in full]
    bands: list[list[Item]] = [[] for _ in range(len(full) + 1)]
    for item in rest:
        bands[bisect_left(heights, item.middle)].append(item)
    wide: list[Item] = []
    for number, band in enumerate(bands):
        if band:
            left = [i for i in band if (i.x0 + i.x1) / 2 <= at]
            right = [i for i in band if (i.x0 + i.x1) / 2 > at]
            if wide and not right and _closes(wide[-1], left):
                wide += left  # the short last line of a wide paragraph
            else:
                if wide:
                    yield "full", wide
                    wide = []
                if left:
                    yield "left", left
                if right:
                    yield "right", right
        if number < len(full):
            wide.append(full[number])
    if wide:
        yield "full", wide


def _crosses(item: Item, at: float) -> bool:
    """Does it reach into both columns? A table a little wider than its column does not."""
    slack = 0.12 * (item.x1 - item.x0) if isinstance(item, Box) else 0.0
    return item.x0 < at - slack and item.x1 > at + 2 + slack


def _level(a: Item, b: Item) -> bool:
    if isinstance(b, Box) or isinstance(a, Box):
        return False
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _closes(above: Item, band: Sequence[Item]) -> bool:
    return (
        isinstance(above, Run) and len(rows_of(band)) == 1 and band[0].top - above.bottom < 1.2 * above.size
    )
