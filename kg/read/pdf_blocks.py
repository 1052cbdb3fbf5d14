"""The blocks of a PDF (paragraphs, captions, tables, notes) → its text, with where pages, tables and spans begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.read.content import CAPTION, KINDS, Content, Span, Table, markdown_rows
from kg.read.layout import is_grid, paragraphs
from kg.read.pdf_lines import Box, is_wide


@dataclass(slots=True)
class Block:
    """A paragraph, or a table with its rows; `parts` are (page, words of a line)."""

    kind: str
    parts: list[tuple[int, str]] = field(default_factory=list)
    box: Box | None = None


def _space_between(a: str, b: str) -> bool:
    """Between lines a space stands where Latin words meet; figures broken over two lines are one figure."""
    if is_wide(a) or is_wide(b) or (a.isdigit() and b.isdigit()):
        return False
    return (a.isalnum() or a in ".,;:!?)%]\"'") and (b.isalnum() or b in "([\"'")


def content(blocks: Sequence[Block]) -> Content:
    """The blocks as one text, with where each page, table and span begins."""
    text: list[str] = []
    length = 0
    pages: list[tuple[int, int]] = []
    tables: list[Table] = []
    spans: list[Span] = []
    caption = ""

    def add(words: str, page: int) -> None:
        nonlocal length
        if not pages or pages[-1][1] != page:
            pages.append((length, page))
        text.append(words)
        length += len(words)

    for block in blocks:
        start, page = length, block.parts[0][0]
        if block.box is not None and is_grid(block.box.rows):
            for words, on in _rows(block.box, page):
                add(words, on)
            rows = tuple(tuple(row) for row in block.box.rows)
            tables.append(Table(start, length, rows[1:], rows[0], page, caption))
        elif block.box is not None:
            for n, (row, cell) in enumerate(paragraphs(block.box.rows)):
                add(("\n" if n else "") + cell, _page_of(block.box, page, row))
        else:
            before = ""
            for part_page, words in block.parts:
                if before.endswith("-") and before[-2:-1].isalpha() and words[:1].islower():
                    text[-1] = text[-1][:-1]  # a word parted at the end of its line
                    length -= 1
                elif before and _space_between(before[-1], words[0]):
                    add(" ", part_page)
                add(words, part_page)
                before = words
            if block.kind in KINDS:
                spans.append(Span(start, length, block.kind))
        caption = "".join(words for _, words in block.parts) if block.kind == CAPTION else ""
        add("\n", _page_of(block.box, page, len(block.box.rows)) if block.box else block.parts[-1][0])
    return Content("".join(text), tuple(pages), tuple(tables), tuple(spans))


def _page_of(box: Box, page: int, row: int) -> int:
    """The page that a row of a table which begins on `page` stands on."""
    return next((on for first, on in reversed(box.breaks) if row >= first), page)


def _rows(box: Box, page: int) -> Iterator[tuple[str, int]]:
    """The lines of a table in Markdown, each with its page; the rule of dashes stands behind the first row."""
    lines = markdown_rows(box.rows).split("\n")
    for number, line in enumerate(lines):
        end = "\n" if number + 1 < len(lines) else ""
        yield line + end, _page_of(box, page, max(number - 1, 0))
