"""Tables of a page: by their grid of lines, by the three lines that journals use, or by aligned columns alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from kg.read.pdf_glyphs import Drawn, Glyph, Rule
from kg.read.pdf_lines import Box, Item, Run, is_wide, rows_of, runs_of

_NUMBER = re.compile(r"[-+−±]?\d[\d,，]*(?:\.\d+)?[%％‰]?|[-—–－/]")
_SNAP = 2.0
_MAX_RULES = 600
_MAX_CELLS = 5_000


def ruled_tables(page: Drawn) -> tuple[list[Box], list[Glyph], list[Rule]]:
    """Tables drawn as grids, the glyphs outside them, the horizontal rules that belong to none."""
    flat = _merged([r for r in page.rules if r.y0 == r.y1], upright=False)
    upright = _merged([r for r in page.rules if r.x0 == r.x1], upright=True)
    glyphs = page.glyphs
    boxes: list[Box] = []
    loose = list(flat)
    for hs, vs in _connected(flat, upright):
        found = _grid(hs, vs, glyphs)
        if found:
            box, glyphs = found
            boxes.append(box)
            loose = [r for r in loose if r not in hs]
    return boxes, glyphs, loose


def _merged(rules: list[Rule], *, upright: bool) -> list[Rule]:
    """Rules that lie on one another or continue one another are one."""
    out: list[Rule] = []
    key = (lambda r: (r.x0, r.y0)) if upright else (lambda r: (r.y0, r.x0))
    for rule in sorted(rules, key=lambda r: (round(key(r)[0]), key(r)[1]))[: 20 * _MAX_RULES]:
        last = out[-1] if out else None
        if last and upright and abs(last.x0 - rule.x0) < _SNAP and rule.y0 <= last.y1 + _SNAP:
            out[-1] = Rule(last.x0, last.y0, last.x0, max(last.y1, rule.y1))
        elif last and not upright and abs(last.y0 - rule.y0) < _SNAP and rule.x0 <= last.x1 + _SNAP:
            out[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0)
        else:
            out.append(rule)
    return out[:_MAX_RULES]


def _connected(flat: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Horizontal and vertical rules that meet, a group for each table."""
    group = list(range(len(flat) + len(upright)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for i, h in enumerate(flat):
        for j, v in enumerate(upright, start=len(flat)):
            meets = h.x0 - _SNAP <= v.x0 <= h.x1 + _SNAP and v.y0 - _SNAP <= h.y0 <= v.y1 + _SNAP
            if meets:
                group[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate([*flat, *upright]):
        groups.setdefault(root(i), ([], []))[0 if i < len(flat) else 1].append(rule)
    return [(hs, vs) for hs, vs in groups.values() if len(hs) >= 2 and vs]


def _positions(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > 2 * _SNAP:
            out.append(value)
    return out


def _grid(hs: list[Rule], vs: list[Rule], glyphs: list[Glyph]) -> tuple[Box, list[Glyph]] | None:
    xs = _positions([v.x0 for v in vs] + [min(h.x0 for h in hs), max(h.x1 for h in hs)])
    ys = _positions([h.y0 for h in hs] + [min(v.y0 for v in vs), max(v.y1 for v in vs)])
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 1 or high < 1 or not 4 <= wide * high <= _MAX_CELLS:
        return None
    owner = list(range(wide * high))

    def root(n: int) -> int:
        while owner[n] != n:
            n = owner[n]
        return n

    for r in range(high):
        for c in range(wide):
            y, x = (ys[r] + ys[r + 1]) / 2, (xs[c] + xs[c + 1]) / 2
            if c + 1 < wide and not any(abs(v.x0 - xs[c + 1]) <= 2 * _SNAP and v.y0 <= y <= v.y1 for v in vs):
                owner[root(r * wide + c + 1)] = root(r * wide + c)
            if r + 1 < high and not any(abs(h.y0 - ys[r + 1]) <= 2 * _SNAP and h.x0 <= x <= h.x1 for h in hs):
                owner[root((r + 1) * wide + c)] = root(r * wide + c)
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    for glyph in glyphs:
        c = bisect_right(xs, (glyph.x0 + glyph.x1) / 2) - 1
        r = bisect_right(ys, (glyph.top + glyph.bottom) / 2) - 1
        if 0 <= c < wide and 0 <= r < high:
            inside.setdefault(root(r * wide + c), []).append(glyph)
        else:
            outside.append(glyph)
    cells = {root(n) for n in range(wide * high)}
    if len(cells) < 4 or len(inside) < 3:
        return None
    texts = {n: cell_text(found) for n, found in inside.items()}
    rows = [[texts.get(root(r * wide + c), "") for c in range(wide)] for r in range(high)]
    kept = [row for row in rows if any(row)]
    columns = [c for c in range(wide) if any(row[c] for row in kept)]
    words = [[row[c] for c in columns] for row in kept]
    bottom = max((r for r in range(high) if any(rows[r])), default=0)
    full = tuple(_is_full(inside.get(root(bottom * wide + c), ()), xs[c + 1]) for c in columns)
    edges = tuple(xs[c] for c in columns)
    return Box(xs[0], ys[0], xs[-1], ys[-1], words, edges, full=full), outside


def _is_full(glyphs: Sequence[Glyph], right: float) -> bool:
    """Does the last line of a cell reach its end?"""
    floor = max((g.bottom for g in glyphs), default=0.0)
    last = [g for g in glyphs if g.bottom > floor - 0.5 * g.size]
    return bool(last) and max(g.x1 + 1.9 * g.size for g in last) > right


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The words of a cell on one line, a space only between Latin words."""
    return _stacked([run for row in rows_of(runs_of(glyphs)) for run in row if isinstance(run, Run)])


def _stacked(runs: Sequence[Run]) -> str:
    text = ""
    for run in runs:
        if text and not is_wide(text[-1]) and not is_wide(run.text[0]):
            text += " "
        text += run.text
    return text


def three_line_tables(items: Sequence[Item], rules: Sequence[Rule]) -> list[tuple[Box, list[Run]]]:
    """Tables between horizontal rules of one width, each with the runs it takes up."""
    stacks: list[list[Rule]] = []
    for rule in sorted((r for r in rules if r.x1 - r.x0 > 60), key=lambda r: r.y0):
        for stack in stacks:
            if abs(stack[-1].x0 - rule.x0) < 5 and abs(stack[-1].x1 - rule.x1) < 5:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    out: list[tuple[Box, list[Run]]] = []
    for stack in stacks:
        strips: list[list[Run]] = []
        for above, below in pairwise(stack):
            strips.append(
                [
                    r
                    for r in items
                    if isinstance(r, Run)
                    and above.y0 - 1 < r.middle < below.y0 + 1
                    and r.x1 > above.x0 - 3
                    and r.x0 < above.x1 + 3
                ]
            )
        first = 0
        while first < len(strips):
            last = first
            while last < len(strips) and _tabular(strips[last], stack[0]):
                last += 1
            taken = [r for strip in strips[first:last] for r in strip]
            rows = aligned([_pieces(row) for row in rows_of(taken)]) if taken else None
            if rows and len(rows) >= 2:
                box = Box(stack[first].x0, stack[first].y0, stack[first].x1, stack[last].y0, rows)
                out.append((box, taken))
            first = max(last, first + 1)
    return out


def _tabular(strip: Sequence[Run], rule: Rule) -> bool:
    rows = [_pieces(row) for row in rows_of(list(strip))]
    if not rows:
        return False
    several = [row for row in rows if len(row) >= 2]
    widths = [(r.x1 - r.x0) / (rule.x1 - rule.x0) for row in rows for r in row]
    return len(several) >= 0.6 * len(rows) and median(widths) < 0.36 and max(widths) < 0.7


def _pieces(row: Sequence[Item]) -> list[Run]:
    """The runs of a row; heads set so close that they make one run are told apart by their spaces."""
    out: list[Run] = []
    for run in row:
        if not isinstance(run, Run):
            continue
        words = run.text.split(" ")
        if len(words) < 3 or max(map(len, words)) > 8:
            out.append(run)
            continue
        widths = [sum(1.0 if is_wide(c) else 0.5 for c in word) for word in words]
        unit = (run.x1 - run.x0) / (sum(widths) + 0.4 * (len(words) - 1))
        x = run.x0
        for word, width in zip(words, widths, strict=True):
            out.append(Run(word, x, run.top, x + width * unit, run.bottom, run.size))
            x += (width + 0.4) * unit
    return out


def unruled_tables(rows: Sequence[Sequence[Item]]) -> list[tuple[int, int, Box]]:
    """(first row, row behind the last, table) where rows of a column stand in aligned columns of their own."""
    out: list[tuple[int, int, Box]] = []
    first = floor = 0
    while first < len(rows):
        last = first
        while last < len(rows) and _cells(rows[last]) >= 3:
            last += 1
        while last - first >= 3 and first > floor and len(_pieces(rows[first - 1])) >= 3:
            first -= 1  # heads set close together
        block = [_pieces(row) for row in rows[first:last]]
        if len(block) >= 3 and _figures(block) and (cells := aligned(block)):
            runs = [r for row in block for r in row]
            box = Box(
                min(r.x0 for r in runs),
                min(r.top for r in runs),
                max(r.x1 for r in runs),
                max(r.bottom for r in runs),
                cells,
            )
            out.append((first, last, box))
            floor = last
        first = max(last, first + 1)
    return out


def _cells(row: Sequence[Item]) -> int:
    return len(row) if all(isinstance(i, Run) for i in row) else 0


def _figures(block: Sequence[Sequence[Run]]) -> bool:
    """Most rows hold figures, or all cells are short."""
    with_figures = sum(1 for row in block if any(_NUMBER.fullmatch(r.text) for r in row[1:]))
    return 2 * with_figures >= len(block) or all(len(r.text) <= 10 for row in block for r in row)


def aligned(rows: Sequence[Sequence[Run]]) -> list[list[str]] | None:
    """Cells of rows under the columns that most of them share; None where there are no such columns.

    A head over several columns stands over each of them; a row without its first cell continues the row above.
    """
    counts = Counter(len(row) for row in rows if len(row) >= 2)
    if not counts:
        return None
    width = max(counts, key=lambda n: (counts[n] * min(n, 4), n))
    base = [row for row in rows if len(row) == width]
    spans = [(min(row[c].x0 for row in base), max(row[c].x1 for row in base)) for c in range(width)]
    if any(a[1] > b[0] + 1 for a, b in pairwise(spans)):
        return None
    body = next((n for n, row in enumerate(rows) if any(_NUMBER.fullmatch(r.text) for r in row[1:])), 1)
    out: list[list[str]] = []
    for number, row in enumerate(rows):
        cells = [""] * width
        if number < body and 1 <= len(row) < width:
            _spread(row, spans, cells)
        else:
            for run in row:
                cells[_column(run, spans)] += ("" if not cells[_column(run, spans)] else " ") + run.text
            if out and number > body and not cells[0] and len(row) < width:
                out[-1] = [above + below for above, below in zip(out[-1], cells, strict=True)]
                continue
        out.append(cells)
    return out


def _column(run: Run, spans: Sequence[tuple[float, float]]) -> int:
    def distance(c: int) -> tuple[float, float]:
        a, b = spans[c]
        return max(a - run.x1, run.x0 - b, 0.0), abs((a + b) - (run.x0 + run.x1))

    return min(range(len(spans)), key=distance)


def _spread(row: Sequence[Run], spans: Sequence[tuple[float, float]], cells: list[str]) -> None:
    """A row of heads with fewer cells than columns: each column takes the head nearest to it."""
    labelled = any(run.x0 < spans[0][1] and run.x1 > spans[0][0] for run in row)
    heads = [run for run in row if not (labelled and _column(run, spans) == 0)]
    for run in row:
        if run not in heads:
            cells[0] += run.text
    for c in range(1, len(spans)):
        middle = (spans[c][0] + spans[c][1]) / 2
        if heads:
            cells[c] = min(heads, key=lambda r: abs((r.x0 + r.x1) / 2 - middle)).text
