"""Lines of all pages → the text of the document: paragraphs on one line each, tables, notes and references apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from kg.read.content import (
    CAPTION,
    FOOTNOTE,
    HEADING,
    IMPRINT,
    NOTES_TITLE,
    REFERENCE,
    REFERENCES_TITLE,
    Content,
)
from kg.read.pdf_blocks import Block, content
from kg.read.pdf_columns import Gutters, fit, gutters, regions, usual_gutters
from kg.read.pdf_furniture import is_imprint, split_notes, split_references, starts_entry, without_furniture
from kg.read.pdf_glyphs import Drawn, Rule
from kg.read.pdf_lines import Box, Item, Line, Run, is_wide, join_cells, rows_of, runs_of
from kg.read.pdf_overlays import turned_upright, watermarks, without_overlays, without_stacks
from kg.read.pdf_spread import joined
from kg.read.pdf_tables import ruled_tables, three_line_tables, unruled_tables
from kg.text.unwrap import MARKER

_ENDS = tuple("。！？!?；;：:")
_SENTENCE_ENDS = tuple("。！？!?")
#: 3.2.1 and the like before a title
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s*[\u4e00-\u9fff“《](?<![年月日万亿元倍个家项])")
_CAPTION = re.compile(
    r"(?:续\s*)?[图表]\s*\d+|附表\s*\d*|(?:Fig(?:ure)?|Table|Tab)\.?\s*\d+|[（(]?单位[:：]|资料来源[:：]|数据来源[:：]|注[:：]"
)
#: an entry of a table of contents
_LEADER = re.compile(r"[.…·．。]{4,}\s*\d{1,4}$")
_COPIED = re.compile(r"(?:抄\s*送|主\s*送|分\s*送|抄\s*报)\s*[:：]")
#: opening marks, a character or a western word, closing marks
_UNPARTED = re.compile(r"[（《〈「『【〔“‘(\[]*(?:[A-Za-z0-9.,%\-+/()]+|.)[，。、；：？！）》〉」』】〕”’)\]%％]*(?:(?<=[，、])[\d.]+[%％]?[，、]?)*")


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the document is set: size of its text, usual gap between lines, whether paragraphs are indented."""

    size: float
    gap: float
    indents: bool


def lay_out(pages: Sequence[Drawn], recognised: Mapping[int, list[Run]] | None = None) -> list[list[Line]]:
    """The lines and tables of each page in reading order. `recognised` has the runs of pages without glyphs.

    A page that does not show its columns (the last one, half empty) has those of the other pages.
    """
    pages = [turned_upright(page) for page in pages]
    parts = [_parts(page) for page in pages]
    marks = {mark for runs, _, _ in parts for mark in watermarks(runs)}
    items = [
        (recognised or {}).get(page.number) or page_items(*part, marks)
        for page, part in zip(pages, parts, strict=True)
    ]
    own = [gutters(found, page.width) for found, page in zip(items, pages, strict=True)]
    usual = usual_gutters(own)
    return [
        page_lines(page.number, found, at or (usual if fit(usual, found, page.width) else ()))
        for page, found, at in zip(pages, items, own, strict=True)
    ]


def _parts(page: Drawn) -> tuple[list[Run], list[Box], list[Rule]]:
    """The runs of a page, its ruled tables and the rules outside them."""
    boxes, glyphs, rules = ruled_tables(page)
    glyphs, upright = without_stacks(glyphs)
    return [*runs_of(glyphs), *upright], boxes, rules


def page_items(
    runs: Sequence[Run], boxes: Sequence[Box], rules: Sequence[Rule], marks: set[tuple[str, int]]
) -> list[Item]:
    """Runs and tables of a page, in no order; `marks` are watermarks."""
    items: list[Item] = list(without_overlays(runs, marks))
    found: list[Box] = list(boxes)
    for box, taken in three_line_tables(items, rules):
        gone = set(map(id, taken))
        items = [i for i in items if id(i) not in gone]
        found.append(box)
    return [*items, *found]


def page_lines(number: int, items: Sequence[Item], at: Gutters) -> list[Line]:
    """The lines and tables of a page in reading order; `at` are its gutters."""
    lines: list[Line] = []
    for column, inside in regions(items, at):
        rows = rows_of(inside)
        found = unruled_tables(rows)
        n = 0
        while n < len(rows):
            table = next((t for t in found if t[0] == n), None)
            if table:
                lines.append(_line(number, column, [table[2]]))
                n = table[1]
            else:
                lines.append(_line(number, column, rows[n]))
                n += 1
    return lines


def _line(page: int, column: str, row: Sequence[Item]) -> Line:
    x0, top = min(i.x0 for i in row), min(i.top for i in row)
    x1, bottom = max(i.x1 for i in row), max(i.bottom for i in row)
    if isinstance(row[0], Box):
        return Line(page, column, "", x0, top, x1, bottom, 0.0, [], row[0])
    cells = [i for i in row if isinstance(i, Run)]
    size = max(cells, key=lambda c: len(c.text)).size
    return Line(page, column, join_cells(cells), x0, top, x1, bottom, size, cells)


def assemble(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Content:
    """The content of a document from the lines of its pages, in reading order."""
    kept = without_furniture(pages, heights)
    _set_bounds(kept)
    every = [line for lines in kept for line in lines]
    text, references = split_references(every)
    manner = _manner(text)
    listed = set(map(id, references))
    body: list[Line] = []
    notes: list[Line] = []
    for lines, height in zip(kept, heights, strict=True):
        own, below = split_notes([x for x in lines if id(x) not in listed], manner.size, height)
        body += [x for x in own if not _is_references_title(x, references, every)]
        notes += below
    blocks = _paragraphs(joined(body), manner)
    for title, kind, lines in (
        (NOTES_TITLE, FOOTNOTE, notes),
        (REFERENCES_TITLE, REFERENCE, references),
    ):
        if lines:
            blocks.append(Block(kind, [(lines[0].page, title)]))
            blocks += _entries(lines, kind)
    for block in blocks:
        if block.kind == FOOTNOTE and is_imprint(block.parts[0][1]):
            block.kind = IMPRINT
    return content(blocks)


def _is_references_title(line: Line, references: Sequence[Line], every: Sequence[Line]) -> bool:
    if not references:
        return False
    first = next(n for n, x in enumerate(every) if x is references[0])
    return every[first - 1] is line


def _set_bounds(pages: Sequence[Sequence[Line]]) -> None:
    """Tell each line where full lines of its column begin and end; left and right pages may differ."""
    mirrored = len(pages) >= 6
    starts: dict[tuple[str, int], Counter[int]] = {}
    ends: dict[tuple[str, int], list[float]] = {}

    def key(line: Line) -> tuple[str, int]:
        return line.column, line.page % 2 if mirrored else 0

    for lines in pages:
        for line in lines:
            if line.box is None:
                starts.setdefault(key(line), Counter())[round(line.x0)] += 1
                ends.setdefault(key(line), []).append(line.x1)
    lefts: dict[tuple[str, int], float] = {}
    rights: dict[tuple[str, int], float] = {}
    for name, counted in starts.items():
        most = max(counted.values())
        lefts[name] = min(x for x, n in counted.items() if n >= 0.25 * most)
        far = sorted(ends[name])
        rights[name] = far[ceil(0.93 * (len(far) - 1))]
    for lines in pages:
        for line in lines:
            line.left, line.right = lefts.get(key(line), line.x0), rights.get(key(line), line.x1)
        _narrow_blocks(lines)


def _narrow_blocks(lines: Sequence[Line]) -> None:
    """Lines between wider margins than their column's (an abstract, a quotation) have bounds of their own."""
    first = 0
    while first < len(lines):
        last = first
        while last + 1 < len(lines) and _end_alike(lines[last], lines[last + 1]):
            last += 1
        block = lines[first : last + 1]
        if len(block) >= 3:
            left, right = min(x.x0 for x in block[1:]), max(x.x1 for x in block)
            tail = lines[last + 1] if last + 1 < len(lines) else None
            if (
                tail
                and tail.box is None
                and tail.column == block[0].column
                and abs(tail.x0 - left) < 0.4 * tail.size
            ):
                block = [*block, tail]
            for line in block:
                line.left, line.right = left, right
        first = last + 1


def _end_alike(a: Line, b: Line) -> bool:
    if a.box is not None or b.box is not None or a.column != b.column or b.top < a.top:
        return False
    inset = a.x1 < a.right - 1.2 * a.size and b.x1 < b.right - 1.2 * b.size
    return inset and abs(a.x1 - b.x1) < 0.5 * b.size and b.x1 - b.x0 > 0.5 * (b.right - b.left)


def _manner(lines: Sequence[Line]) -> _Manner:
    sizes: Counter[float] = Counter()
    gaps: list[float] = []
    indented = starts = 0
    for before, line in zip([None, *lines], lines, strict=False):
        if line.box is not None:
            continue
        sizes[line.size] += len(line.text)
        if (
            before is not None
            and before.box is None
            and before.page == line.page
            and before.column == line.column
        ):
            gaps.append(line.top - before.bottom)
            if before.x1 < before.right - 3 * before.size and before.text.endswith(_SENTENCE_ENDS):
                starts += 1
                indented += line.x0 > line.left + 0.9 * line.size
    size = max(sizes, key=lambda s: (sizes[s], s), default=10.0)
    usual = [g for g in gaps if -0.5 * size < g < 2.5 * size]
    return _Manner(size, median(usual) if usual else 0.0, 2 * indented >= starts)


def _paragraphs(lines: Sequence[Line], manner: _Manner) -> list[Block]:
    """Lines joined to paragraphs. Tables and captions that interrupt a paragraph follow it."""
    blocks: list[Block] = []
    floats: list[Block] = []
    current: Block | None = None
    last: Line | None = None
    for line in lines:
        aside = _aside(line, manner)
        if aside:
            floats.append(aside)
            if last is None or not _open(last):
                blocks += floats
                floats, current, last = [], None, None
            continue
        if (
            current is not None
            and last is not None
            and (_goes_on(last, line, manner, apart=bool(floats)) or _copied(current, last, line))
        ):
            current.parts.append((line.page, line.text))
        else:
            blocks += floats
            floats = []
            current = Block(
                HEADING if line.size > 1.07 * manner.size else "paragraph", [(line.page, line.text)]
            )
            blocks.append(current)
        last = line
        if floats and not _open(line):
            blocks += floats
            floats, current, last = [], None, None
    return [*blocks, *floats]


def _aside(line: Line, manner: _Manner) -> Block | None:
    """A table or a caption."""
    if line.box is not None:
        return Block("table", [(line.page, "")], line.box)
    if not _CAPTION.match(line.text) or len(line.text) > 80 or line.text.endswith("。"):
        return None
    if _centred(line) or line.size < 0.96 * manner.size:
        return Block(CAPTION, [(line.page, line.text)])
    return None


def _full(line: Line, following: Line) -> bool:
    """Does the line reach the end of its column, as far as what may not be parted at the next one's head lets it?"""
    head = _UNPARTED.match(following.text)
    ahead = sum(1.0 if is_wide(c) else 0.55 for c in head.group()[:22]) if head else 1.0
    return line.x1 + (0.7 + max(ahead, 1.0)) * line.size > line.right


def _open(line: Line) -> bool:
    """May the line's paragraph go on behind what interrupts it?"""
    return line.x1 > line.right - 2 * line.size and not line.text.endswith(_ENDS)


def _goes_on(last: Line, line: Line, manner: _Manner, *, apart: bool) -> bool:
    beside = last.page == line.page and last.column == line.column and line.top >= last.top
    gap = line.top - last.bottom
    if abs(last.size - line.size) > 0.035 * max(last.size, line.size):
        return False
    if (
        line.size > 1.15 * manner.size
        and beside
        and gap < 0.9 * line.size
        and (_centred(last) or _full(last, line))
        and _centred(line)
    ):
        return not last.text.endswith(_SENTENCE_ENDS)
    if beside and not apart and gap > manner.gap + 0.9 * manner.size:
        return False
    if _LEADER.search(last.text) or (_CAPTION.match(last.text) and _SECTION.match(line.text)):
        return False
    ended = last.text.endswith(_ENDS)
    indented = line.x0 > line.left + 0.9 * line.size
    if not _full(last, line):
        return last.text.endswith(("，", "、", "《", "“", "（")) and not indented and beside
    if _centred(last) and last.size > 1.05 * manner.size:
        return False
    if (MARKER.match(line.text) or _SECTION.match(line.text)) and (ended or indented):
        return False
    if not ended:
        return not (indented and manner.indents)
    if indented or apart:
        return False
    return manner.indents or (beside and gap < manner.gap + 0.35 * manner.size)


def _copied(paragraph: Block, last: Line, line: Line) -> bool:
    """抄送 at the foot of an official document is set between margins of its own."""
    return (
        bool(_COPIED.match(paragraph.parts[0][1]))
        and not last.text.endswith(_SENTENCE_ENDS)
        and last.page == line.page
        and abs(last.size - line.size) < 0.5
        and not _COPIED.match(line.text)
        and not line.text.endswith("印发")
    )


def _centred(line: Line) -> bool:
    before, behind = line.x0 - line.left, line.right - line.x1
    return before > 0.9 * line.size and abs(before - behind) < max(
        0.8 * line.size, 0.02 * (line.right - line.left)
    )


def _entries(lines: Sequence[Line], kind: str) -> list[Block]:
    """Notes or references, one a block."""
    out: list[Block] = []
    for line in lines:
        if line.box is not None:
            continue
        if out and not starts_entry(line):
            out[-1].parts.append((line.page, line.text))
        else:
            out.append(Block(kind, [(line.page, line.text)]))
    return out
