"""Real PDFs for the tests, set by ReportLab in a Chinese font that needs no font file (STSong-Light)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
MARGIN, GUTTER = 56, 24

BODY = ParagraphStyle("body", fontName=FONT, fontSize=10, leading=15, firstLineIndent=20, wordWrap="CJK")
FLUSH = ParagraphStyle("flush", BODY, firstLineIndent=0)
HEAD = ParagraphStyle("head", FLUSH, fontSize=12, leading=20, spaceBefore=8, spaceAfter=4)
SUBHEAD = ParagraphStyle("subhead", FLUSH, fontSize=10.5, leading=17, spaceBefore=4)
TITLE = ParagraphStyle("title", FLUSH, fontSize=18, leading=28, alignment=TA_CENTER)
SMALL = ParagraphStyle("small", FLUSH, fontSize=8, leading=12)
CAPTION = ParagraphStyle("caption", SMALL, alignment=TA_CENTER, spaceBefore=6, spaceAfter=3)

#: draws what every page carries: (canvas, page number)
Furniture = Callable[[Canvas, int], None]


def furniture(running: str = "", foot: str = "— {} —") -> Furniture:
    """A running title with a rule at the head and a page number at the foot."""

    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 9)
        if running:
            canvas.drawCentredString(WIDTH / 2, HEIGHT - 36, running)
            canvas.line(MARGIN, HEIGHT - 42, WIDTH - MARGIN, HEIGHT - 42)
        if foot:
            canvas.drawCentredString(WIDTH / 2, 30, foot.format(number))

    return draw


def notes_at_foot(lines: Sequence[str], column: int = 0) -> Furniture:
    """A short rule and small lines above the foot of the first page's column."""

    def draw(canvas: Canvas, number: int) -> None:
        if number != 1:
            return
        x, y = MARGIN, 60 + 12 * len(lines)
        canvas.line(x, y + 4, x + 90, y + 4)
        canvas.setFont(FONT, 8)
        for n, line in enumerate(lines):
            canvas.drawString(x, y - 10 - 12 * n, line)

    return draw


def pdf(
    story: Sequence[Flowable],
    *,
    columns: int = 1,
    head: float = 0,
    foot: float = 0,
    draw: Sequence[Furniture] = (),
    **document: Any,
) -> bytes:
    """The story as a PDF. With two columns the first page has a full-width part `head` points high above them
    (end it with `FrameBreak`); `foot` points are kept free at the first page's foot.
    """
    out = io.BytesIO()
    low, high = 56.0, HEIGHT - 56
    options = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}

    def frames(bottom: float, top: float) -> list[Frame]:
        width = (WIDTH - 2 * MARGIN - GUTTER * (columns - 1)) / columns
        return [
            Frame(
                MARGIN + n * (width + GUTTER),
                bottom if n == 0 else low,
                width,
                top - (bottom if n == 0 else low),
                **options,
            )
            for n in range(columns)
        ]

    def on_page(canvas: Canvas, doc: BaseDocTemplate) -> None:
        for each in draw:
            canvas.saveState()
            each(canvas, canvas.getPageNumber())
            canvas.restoreState()

    first = frames(low + foot, high - head)
    if head:
        first.insert(0, Frame(MARGIN, high - head, WIDTH - 2 * MARGIN, head, **options))
    template = BaseDocTemplate(out, pagesize=A4, invariant=1, **document)
    template.addPageTemplates(
        [
            PageTemplate("first", first, onPage=on_page),
            PageTemplate("later", frames(low, high), onPage=on_page),
        ]
    )
    template.build([NextPageTemplate("later"), *story])
    return out.getvalue()


def grid(rows: Sequence[Sequence[str]], widths: Sequence[float] | None = None, **style: Any) -> Table:
    """A table with all its lines."""
    cells = [[Paragraph(cell, SMALL) for cell in row] for row in rows]
    return Table(cells, widths, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style.get("more", ())])


def three_lines(
    rows: Sequence[Sequence[str]], heads: int = 1, *, lines: bool = True, more: Sequence[Any] = ()
) -> Table:
    """A table as journals set it: lines above and below the head and at the end, or none at all."""
    style: list[Any] = [("FONT", (0, 0), (-1, -1), FONT, 8), ("LEADING", (0, 0), (-1, -1), 10), *more]
    style += [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    style += [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    style += [("ALIGN", (1, 0), (-1, -1), "CENTER")]
    if lines:
        style += [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)]
        style += [("LINEBELOW", (0, heads - 1), (-1, heads - 1), 0.5, colors.black)]
        style += [("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
    return Table(rows, style=style)


def journal(
    markdown: str, *, running: str = "", notes: Sequence[str] = (), references: Sequence[str] = ()
) -> bytes:
    """A text in Markdown laid out as a journal article: title and abstract over the full width, then two columns.

    Tables keep to a page of their own width: they are set over a column with short heads, as journals do.
    """
    title, *rest = markdown.strip().split("\n")
    head: list[Flowable] = [Paragraph(title.lstrip("# "), TITLE)]
    body: list[Flowable] = []
    here = head
    rows: list[list[str]] = []
    for line in [*rest, ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"[|\-: ]+", line):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            here.append(_over_two(rows) if len(rows[0]) > 8 else three_lines(rows))
            here.append(Spacer(1, 8))
            rows = []
        if not line.strip():
            continue
        if re.match(r"#+ \d|#+ 摘要", line):
            if line.startswith("## 1") and here is head:
                here = body
            level = len(line) - len(line.lstrip("#"))
            here.append(Paragraph(line.lstrip("# "), HEAD if level == 2 else SUBHEAD))
        elif re.match(r"表\d+ ", line):
            here.append(Paragraph(line, CAPTION))
        else:
            here.append(Paragraph(line, BODY))
    if references:
        body.append(Paragraph("参考文献", HEAD))
        body += [Paragraph(entry, SMALL) for entry in references]
    return pdf(
        [*head, FrameBreak(), *body],
        columns=2,
        head=330,
        foot=14 * len(notes) + 20 if notes else 0,
        draw=[furniture(running), notes_at_foot(notes)] if notes else [furniture(running)],
    )


def _over_two(rows: list[list[str]]) -> Table:
    """A wide table in small type whose first row of heads stands over two columns each, as in `| 甲省 | 甲省 |`."""
    places = rows[0][1::2]
    first = [rows[0][0], *(cell for place in places for cell in (place, ""))]
    more = [("SPAN", (2 * n + 1, 0), (2 * n + 2, 0)) for n in range(len(places))]
    more += [
        ("FONTSIZE", (0, 0), (-1, -1), 5),
        ("LEFTPADDING", (0, 0), (-1, -1), 1),
        ("RIGHTPADDING", (0, 0), (-1, -1), 1),
    ]
    return three_lines([first, *rows[1:]], 2, more=more)


__all__ = [
    "BODY",
    "FLUSH",
    "HEAD",
    "SMALL",
    "TITLE",
    "FrameBreak",
    "PageBreak",
    "Paragraph",
    "Spacer",
    "furniture",
    "grid",
    "journal",
    "notes_at_foot",
    "pdf",
    "three_lines",
]
