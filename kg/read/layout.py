"""From a document's parts (paragraphs, headings, tables, notes) to its text, the form all readers share.

One line a paragraph; a heading without a number of its own begins with `#`; a table of short cells stands as
Markdown rows, which `kg.extract` reads as figures; a table whose cells hold prose stands as paragraphs, one a
cell, because its cells hold provisions; notes stand at the end under `注释`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.read.content import FOOTNOTE, HEADING, NOTES_TITLE, Content, Span, Table, markdown_rows

#: the widest and longest tables anybody writes; spans beyond are cut
MAX_COLUMNS, MAX_ROWS = 200, 20_000
_NUMBERED = re.compile(
    r"第[^\s]{1,9}[章节条编部篇]|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d|#|——"
)
_BREAK_IN_CHINESE = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uff60“”‘’])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uff60“”‘’])"
)
_BLANK = re.compile(r"[ \t\r\n\f\v\xa0\u2002-\u200b\ufeff]+")
_PROSE = re.compile(r"[。；]")


def one_line(text: str) -> str:
    """White space as a page shows it: runs are one space, a line break of the source inside Chinese is none."""
    return _BLANK.sub(" ", _BREAK_IN_CHINESE.sub("", text)).strip(" \u3000")


def is_prose(rows: Sequence[Sequence[str]]) -> bool:
    """Whether cells hold provisions rather than figures and names: a sentence with its end, or much text."""
    return any(len(cell) > 120 or (len(cell) > 30 and _PROSE.search(cell)) for row in rows for cell in row)


def is_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table stands as rows: one column, one row or cells of prose stand as paragraphs."""
    return len(rows) >= 2 and max(map(len, rows)) >= 2 and not is_prose(rows)


def paragraphs(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """(row, cell) of a table that is none, a spanning cell once."""
    previous: Sequence[str] = ()
    for number, row in enumerate(rows):
        for k, cell in enumerate(row):
            spans = (k > 0 and row[k - 1] == cell) or (
                k < len(previous) and previous[k] == cell and len(cell) > 1
            )
            if cell and not spans:
                yield number, cell
        previous = row


@dataclass(slots=True)
class Writer:
    """Collects lines and knows the offset at which each will stand; `content` gives the result."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def line(self, text: str) -> int:
        """Add a paragraph; returns the offset it begins at. Empty ones are left out."""
        start = self.length
        if text:
            self.lines.append(text)
            self.length += len(text) + 1
        return start

    def heading(self, text: str, level: int) -> None:
        if text:
            start = self.line(text if _NUMBERED.match(text) else f"{'#' * min(max(level, 1), 6)} {text}")
            self.spans.append(Span(start, self.length - 1, HEADING))

    def table(self, rows: Sequence[Sequence[str]], *, has_header: bool = True) -> None:
        """Add a table. One column, one row or cells of prose are paragraphs, a spanning cell once."""
        rows = [row for row in rows[:MAX_ROWS] if any(row)]
        if not is_grid(rows):
            for _, cell in paragraphs(rows):
                for part in cell.split("\n"):
                    self.line(part.strip())
            return
        width = max(map(len, rows))
        cells = [tuple(" ".join(c.split()) for c in (*row, *[""] * (width - len(row)))) for row in rows]
        text = markdown_rows(cells)
        # what stands next to it is no part of the table
        start = self.line(text)
        self.tables.append(Table(start, start + len(text), tuple(cells[1:]), cells[0] if has_header else ()))

    def notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """Add footnotes, (mark, text) each, at the end."""
        if not notes:
            return
        self.line(NOTES_TITLE)
        for mark, text in notes:
            start = self.line(f"[{mark}] {text}")
            self.spans.append(Span(start, self.length - 1, FOOTNOTE))

    def content(self, metadata: Mapping[str, str], notes: Sequence[str] = ()) -> Content:
        text = "\n".join(self.lines)
        if text:
            text += "\n"
        kept = {key: value.strip() for key, value in metadata.items() if value and value.strip()}
        return Content(text, (), tuple(self.tables), tuple(self.spans), kept, tuple(notes))


@dataclass(slots=True)
class Grid:
    """A table being read: cells that span rows or columns stand in each place they cover."""

    rows: list[list[str]] = field(default_factory=list)
    #: column → (text, rows still to fill)
    _open: dict[int, tuple[str, int]] = field(default_factory=dict)

    def row(self, cells: Sequence[tuple[str, int, int]]) -> None:
        """Add a row of (text, columns, rows) cells."""
        out: list[str] = []
        pending, self._open = self._open, {}
        for text, columns, rows in cells:
            self._fill(out, pending)
            for _ in range(min(max(columns, 1), MAX_COLUMNS - len(out))):
                if rows > 1:
                    self._open[len(out)] = (text, rows - 1)
                out.append(text)
        self._fill(out, pending)
        if len(self.rows) < MAX_ROWS:
            self.rows.append(out)

    def _fill(self, out: list[str], pending: dict[int, tuple[str, int]]) -> None:
        while len(out) in pending:
            text, left = pending.pop(len(out))
            if left > 1:
                self._open[len(out)] = (text, left - 1)
            out.append(text)
