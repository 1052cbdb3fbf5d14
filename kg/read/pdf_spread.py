"""Tables that go on over the foot of a page or column, put together again.

The second part goes on with the first where nothing but `续表` stands between them and both have the same
columns. Heads that are repeated are left out; a row that is parted in the middle of its cells is one row; a cell
that spans the rows on both sides of the break stands in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.pdf_lines import Box, Line

_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*(?:上\s*)?表|表\s*[\d一二三四五六七八九十.\-]+\s*[（(]?\s*续).{0,40}")
_ENDS = tuple("。；！？")
#: repeated heads have no more rows
_HEADS = 4
_SAME = 4.0


def joined(lines: Sequence[Line]) -> list[Line]:
    """The lines of a document in which each table is one."""
    out: list[Line] = []
    for line in lines:
        if line.box is not None and (above := _above(out)) is not None and above.box is not None:
            whole = _together(above.box, line.box, line.page)
            if whole is not None and (above.page, above.column) != (line.page, line.column):
                del out[out.index(above) + 1 :]
                above.box = whole
                continue
        out.append(line)
    return out


def _above(lines: Sequence[Line]) -> Line | None:
    """The table that stands right above what comes next, 续表 apart."""
    last = lines[-1] if lines else None
    if last is not None and last.box is None and _CONTINUED.fullmatch(last.text) and len(lines) > 1:
        last = lines[-2]
    return last


def _together(a: Box, b: Box, page: int) -> Box | None:
    rows = _same_columns(a, b)
    if rows is None:
        return None
    upper, lower, edges = rows
    heads = 0
    while heads < min(_HEADS, len(lower), len(upper)) and _same_row(lower[heads], upper[heads]):
        heads += 1
    lower = lower[heads:]
    if lower and not heads and _begins(lower[0], upper[0]):
        # no line is drawn between a repeated head and the rest of a parted row
        lower[0] = [cell[len(head) :] for cell, head in zip(lower[0], upper[0], strict=True)]
    if lower and _goes_on(upper[-1], lower[0], a.full):
        upper[-1] = [above + below for above, below in zip(upper[-1], lower[0], strict=True)]
        lower = lower[1:]
    elif lower and upper[-1][0]:
        for row in lower:
            if row[0]:
                break
            row[0] = upper[-1][0]
    return Box(a.x0, a.top, a.x1, a.bottom, [*upper, *lower], edges, [*a.breaks, (len(upper), page)], b.full if len(b.full) == len(upper[0]) else ())


def _same_columns(a: Box, b: Box) -> tuple[list[list[str]], list[list[str]], tuple[float, ...]] | None:
    """The rows of both under the columns of the wider one, and its edges; a column that is empty in one of
    them may be missing there. None where they are tables of their own."""
    alike = abs((a.x1 - a.x0) - (b.x1 - b.x0)) <= _SAME
    if not a.edges or not b.edges:  # columns told by their words alone
        if len(a.rows[0]) != len(b.rows[0]) or not (alike or _same_row(a.rows[0], b.rows[0])):
            return None
        return [list(r) for r in a.rows], [list(r) for r in b.rows], ()
    if not alike:
        return None
    ours, theirs = _offsets(a), _offsets(b)
    wide, narrow = (ours, theirs) if len(ours) >= len(theirs) else (theirs, ours)
    places = [next((n for n, w in enumerate(wide) if abs(w - x) <= _SAME), -1) for x in narrow]
    if not narrow or -1 in places or len(set(places)) < len(places) or len(narrow) < 0.6 * len(wide):
        return None

    def widened(rows: list[list[str]]) -> list[list[str]]:
        made = [[""] * len(wide) for _ in rows]
        for row, cells in zip(made, rows, strict=True):
            for place, cell in zip(places, cells, strict=True):
                row[place] = cell
        return made

    if len(ours) >= len(theirs):
        return [list(r) for r in a.rows], widened(b.rows), a.edges
    return widened(a.rows), [list(r) for r in b.rows], tuple(x + a.x0 - b.x0 for x in b.edges)


def _offsets(box: Box) -> list[float]:
    return [x - box.x0 for x in box.edges]


def _same_row(a: Sequence[str], b: Sequence[str]) -> bool:
    return any(a) and ["".join(c.split()) for c in a] == ["".join(c.split()) for c in b]


def _begins(row: Sequence[str], head: Sequence[str]) -> bool:
    return len([h for h in head if h]) >= 2 and all(c.startswith(h) for c, h in zip(row, head, strict=True))


def _goes_on(above: Sequence[str], below: Sequence[str], full: Sequence[bool]) -> bool:
    """Whether the page parts a row: no number or name begins the lower part, and a text that fills its cell to
    the end breaks off in the upper one, or each cell stands on one side as a whole."""
    if below[0] or not any(below):
        return False
    pairs = [(a, b, f) for a, b, f in zip(above, below, full or [False] * len(above), strict=False) if a and b]
    return not pairs or any(f and len(a) >= 8 and not a.endswith(_ENDS) for a, _, f in pairs)
