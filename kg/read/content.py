"""What a reader of a format hands over: the text of a file, and what the layout said about its parts.

Each reader (PDF, Word, HTML …) returns a `Content`; `kg.read` makes a `Document` of it. The text is the one that
offsets and quotes count in: one line a paragraph, tables as Markdown rows, notes and references at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

#: kinds of `Span`
HEADING, CAPTION, FOOTNOTE, REFERENCE = "heading", "caption", "footnote", "reference"
#: notes on authors, funding and dates of a paper
IMPRINT = "imprint"
KINDS = (HEADING, CAPTION, FOOTNOTE, REFERENCE, IMPRINT)
#: keys of `Content.metadata` that readers share; all values are text, empty ones are left out
METADATA = (
    *("title", "author", "date", "number", "publisher", "source", "index_number"),
    *("language", "abstract", "keywords", "affiliation"),
)
#: lines that set notes and references apart from the running text
NOTES_TITLE, REFERENCES_TITLE = "注释", "参考文献"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the text: `text[start:end]` are its Markdown rows. `header` is the first row, `rows` the others.

    `page` counts from 1, 0 where the format has no pages. A cell that spans several stands in each of them.
    """

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    page: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` plays a part of its own, one of `KINDS`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Content:
    """A file's text with its pages, tables, spans and metadata; all offsets count code points of `text`.

    `pages` holds (start, page) in rising order of start: the text from there on stands on that page. A page may
    come up again, for notes and references that were moved to the end. Empty for formats without pages.
    """

    text: str
    pages: tuple[tuple[int, int], ...] = ()
    tables: tuple[Table, ...] = ()
    spans: tuple[Span, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    #: worth telling the user: pages without text, …; each a sentence without the file's name
    notes: tuple[str, ...] = ()


def apart(content: Content) -> tuple[tuple[int, int], ...]:
    """`Document.references`: (start, end) of references and imprint, neighbours put together."""
    out: list[tuple[int, int]] = []
    for span in content.spans:
        if span.kind not in (REFERENCE, IMPRINT):
            continue
        if out and not content.text[out[-1][1] : span.start].strip():
            out[-1] = (out[-1][0], span.end)
        else:
            out.append((span.start, span.end))
    return tuple(out)


def markdown_rows(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as a Markdown table, the first row being its head; cells are kept on one line.

    >>> print(markdown_rows([["指标", "甲省"], ["强度", "2.4"]]))
    | 指标 | 甲省 |
    |---|---|
    | 强度 | 2.4 |
    """
    width = max(map(len, rows), default=0)
    lines = []
    for number, row in enumerate(rows):
        cells = [" ".join(cell.split()).replace("|", "｜") for cell in (*row, *[""] * (width - len(row)))]
        lines.append(f"| {' | '.join(cells)} |")
        if number == 0:
            lines.append("|" + "---|" * width)
    return "\n".join(lines)
