"""A table for a terminal: as many columns as fit, Chinese wrapped at its own marks, else one block a row.

IRIs that stand beside their label say nothing to a reader and are left out here; csv and json have them.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells

from kg.vocab import BASE

#: a column is not made narrower than this many terminal columns, if its longest cell is longer
NARROW = 12
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
    natural = [max(cell_len(text) for text in column) for column in zip(headings, *cells, strict=True)]
    widths = fitted(natural, width - len(GAP) * (len(headings) - 1))
    filled = [i for i in range(len(headings)) if any(row[i] for row in cells)]
    if widths is None and 0 < len(filled) < len(headings):  # without the empty columns, then
        shown = [[row[i] for i in filled] for row in cells]
        return drawn(title, [headings[i] for i in filled], shown, [right[i] for i in filled], width)
    if widths is None:
        return head + _blocks(headings, cells, width)
    lines = [*_line(headings, widths, right), GAP.join("─" * w for w in widths)]
    for row in cells:
        lines += _line(row, widths, right)
    return head + "\n".join(line.rstrip() for line in lines) + "\n"


def fitted(natural: Sequence[int], room: int) -> list[int] | None:
    """Widths that fit into `room`: narrow columns whole, the others share what is left by what they need.
    None where they cannot all have `NARROW`.
    """
    least = [min(n, NARROW) for n in natural]
    if sum(least) > room:
        return None
    widths = [0] * len(natural)
    open_, left = sorted(range(len(natural)), key=lambda i: (natural[i], i)), room
    while open_:
        share = left // len(open_)
        if natural[open_[0]] > share:
            for place, i in enumerate(open_):
                widths[i] = share + (place < left - share * len(open_))
            break
        i = open_.pop(0)
        widths[i] = natural[i]
        left -= natural[i]
    return widths


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    wrapped = [wrap(text, width) for text, width in zip(row, widths, strict=True)]
    return [
        GAP.join(
            _pad(part[i] if i < len(part) else "", width, at_right)
            for part, width, at_right in zip(wrapped, widths, right, strict=True)
        )
        for i in range(max(map(len, wrapped)))
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
