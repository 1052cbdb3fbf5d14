"""A table for a terminal: as many columns as fit, Chinese wrapped at its own marks, else one block a row.

IRIs that stand beside their label say nothing to a reader and are left out here; csv and json have them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, chop_cells

from kg.vocab import BASE

#: a column is not made narrower than this many terminal columns, if its longest cell is longer
NARROW = 12
#: …nor than its longest word, if that is no longer than this
LONGEST_WORD = 20
#: columns narrower than this are squeezed; where half the rows take more than this many lines in one, rows
#: become blocks
SQUEEZED, TALL = 24, 4
_WORD = re.compile(r"[!-~]+")
#: space between columns
GAP = "  "
#: no line starts with these
_NO_START = "，。、；：！？）》”’」』】〕%,.;:!?)]}"
_NO_END = "（《“‘「『【〔(["


def drawn(
    title: str, headings: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], width: int
) -> str:
    """Title, headings and rows within `width` terminal columns; `right` says which columns are numbers.

    Cells are one line each. Where the columns do not fit side by side, each row becomes a block of
    `heading  cell` lines without its empty cells.
    """
    head = f"{title}\n\n" if title else ""
    if not headings:
        return head
    filled = [i for i in range(len(headings)) if any(row[i] for row in cells)]
    for shown in (list(range(len(headings))), filled):  # empty columns go before any is squeezed
        grid = _grid(
            [headings[i] for i in shown],
            [[row[i] for i in shown] for row in cells],
            [right[i] for i in shown],
            width,
        )
        if grid:
            widths, wrapped = grid
            lines = [*_line(wrapped[0], widths, [right[i] for i in shown]), GAP.join("─" * w for w in widths)]
            for row in wrapped[1:]:
                lines += _line(row, widths, [right[i] for i in shown])
            return head + "\n".join(line.rstrip() for line in lines) + "\n"
    return head + _blocks(headings, cells, width)


def _grid(
    headings: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], width: int
) -> tuple[list[int], list[list[list[str]]]] | None:
    """Widths, and the lines of each cell, headings first; None where it would not be easy to read."""
    columns = list(zip(headings, *cells, strict=True))
    natural = [max(map(cell_len, column)) for column in columns]
    # ids, dates and numbers stay whole
    word = [max((len(w) for text in column for w in _WORD.findall(text)), default=0) for column in columns]
    # headings of numbers may wrap
    number = [max(map(cell_len, column[1:]), default=0) for column in columns]
    least = [
        min(n, max(figure, 6) if is_number else max(NARROW, min(w, LONGEST_WORD)))
        for n, w, figure, is_number in zip(natural, word, number, right, strict=True)
    ]
    widths = fitted(natural, least, width - len(GAP) * (len(headings) - 1))
    if widths is None:
        return None
    wrapped = [[wrap(text, w) for text, w in zip(row, widths, strict=True)] for row in (headings, *cells)]
    heights = sorted(
        max((len(lines) for lines, w in zip(row, widths, strict=True) if w < SQUEEZED), default=1)
        for row in wrapped[1:]
    )
    return None if heights and heights[len(heights) // 2] > TALL else (widths, wrapped)


def fitted(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Widths that fit into `room`: narrow columns whole, the others share what is left, none under its least.
    None where they do not fit.
    """
    if sum(least) > room:
        return None
    widths = list(least)
    left = room - sum(widths)
    while left > 0:
        # the narrowest of those that want more grow together
        hungry = [i for i, w in enumerate(widths) if w < natural[i]]
        if not hungry:
            break
        low = min(widths[i] for i in hungry)
        for i in [i for i in hungry if widths[i] == low][:left]:
            widths[i] += 1
            left -= 1
    return widths


def _line(row: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    return [
        GAP.join(
            _pad(part[i] if i < len(part) else "", width, at_right)
            for part, width, at_right in zip(row, widths, right, strict=True)
        )
        for i in range(max(map(len, row)))
    ]


def _pad(text: str, width: int, at_right: bool) -> str:
    space = " " * max(0, width - cell_len(text))
    return space + text if at_right else text + space


def _blocks(headings: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> str:
    label = max(map(cell_len, headings))
    text_width = max(NARROW, width - label - len(GAP))
    out = []
    for number, row in enumerate(cells, 1):
        out.append(f"{number} ".ljust(min(width, 40), "─"))
        for heading, text in zip(headings, row, strict=True):
            for i, line in enumerate(wrap(text, text_width) if text else ()):
                out.append(_pad("" if i else heading, label, False) + GAP + line)
    return "\n".join(out) + "\n"


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` terminal columns; all characters but spaces at breaks are kept.

    A break falls between Chinese characters or at a space, not before a closing mark nor after an opening one;
    words and numbers longer than a line are cut.
    """
    lines: list[str] = []
    rest = text.strip()
    while cell_len(rest) > width:
        first = chop_cells(rest, width)[0] or rest[0]
        cut = len(first)
        while cut > 1 and not _may_break(rest, cut):
            cut -= 1
        if cut <= 1:
            cut = len(first)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest]


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NO_START or before in _NO_END or (before.isdigit() and after != " "):
        return False
    return not (before.isascii() and after.isascii() and before != " " and after != " ")


def hidden(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> set[int]:
    """Columns of IRIs beside which a label stands (`area` with `areaLabel`), or the same id once more
    (`measure` with `claim`).
    """
    found: set[int] = set()
    for i, name in enumerate(columns):
        ids = [_id(row[i]) for row in rows]
        if not any(ids) or not all(row[i] is None or known for row, known in zip(rows, ids, strict=True)):
            continue
        twin = any(
            j != i and columns[j] == "claim" and [_id(row[j]) for row in rows] == ids
            for j in range(len(columns))
        )
        if twin or any(other in columns for other in (f"{name}Label", f"{name}Title", f"{name}Text")):
            found.add(i)
    return found


def _id(value: object) -> str:
    return value.rsplit("/", 1)[-1] if isinstance(value, str) and value.startswith(BASE) else ""
