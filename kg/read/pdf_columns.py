"""Columns of a page, and its runs in reading order.

A page has two columns where a strip without text parts it over several lines that fill their side, and three or
four where such strips stand at equal distances. Whatever crosses a strip (title, abstract, wide table) parts the
columns into bands, read from top to bottom, in each the left column first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from kg.read.pdf_lines import Box, Item, Run, rows_of

#: where the columns but the first begin, less a little; () on a page of one column
Gutters = tuple[float, ...]


def gutters(items: Sequence[Item], width: float) -> Gutters:
    """The gutters of a page."""
    runs = [r for r in items if isinstance(r, Run)]
    if several := _several(items, runs, width):
        return several
    at = _gutter(items, runs, width)
    return () if at is None else (at,)


def usual_gutters(found: Sequence[Gutters]) -> Gutters:
    """Those that a third of the pages have, for pages that do not show theirs (the last one, half empty)."""
    known = sorted(at for at in found if at)
    return known[len(known) // 2] if 3 * len(known) >= len(found) else ()


def fit(at: Gutters, items: Sequence[Item], width: float) -> bool:
    """Whether no wide item crosses one of the gutters."""
    return not any(i.x0 < x < i.x1 and i.x1 - i.x0 > 0.3 * width for i in items for x in at)


def _several(items: Sequence[Item], runs: Sequence[Run], width: float) -> Gutters:
    """Gutters of three or four columns of one width, at least two of them filled."""
    starts = Counter(round(r.x0) for r in runs)
    near = {x: starts[x - 1] + starts[x] + starts[x + 1] for x in starts}
    lefts = [x for x in sorted(near) if near[x] >= 3 and x < 0.3 * width][:6]
    best: tuple[float, Gutters] | None = None
    for count in (3, 4):
        for left in lefts:
            for second in (x for x in near if near[x] >= 3 and x - left > 70):
                pitch = second - left
                beyond = left + count * pitch - (width - left)  # the space between columns
                if not -10 < beyond < 60 or pitch * count < 0.6 * width:
                    continue
                edges = [left + n * pitch for n in range(1, count)]
                snapped = [max((x for x in near if abs(x - e) <= 5), key=lambda x: (near[x], -x), default=0) for e in edges]
                if not all(snapped):
                    continue
                score = _columns_height(items, snapped)
                if score > 0 and (best is None or score > best[0]):
                    best = (score, tuple(x - 3.0 for x in snapped))
    return best[1] if best else ()


def _gutter(items: Sequence[Item], runs: Sequence[Run], width: float) -> float | None:
    """Where the right column of two begins, less a little."""
    starts = Counter(round(r.x0) for r in runs if 0.3 * width < r.x0 < 0.72 * width)
    near = {x: starts[x - 1] + starts[x] + starts[x + 1] for x in starts}
    best: tuple[float, int] | None = None
    for x in sorted(x for x in near if near[x] >= 3):
        score = _columns_height(items, [x])
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


def _columns_height(items: Sequence[Item], starts: Sequence[float]) -> float:
    """How much height of the page is set in columns, those but the first beginning at `starts`."""
    crossing = sorted((i.top, i.bottom) for i in items if any(i.x0 < x - 6 and i.x1 > x - 2.5 for x in starts))
    floor = max((i.bottom for i in items), default=0.0) + 1
    total, y = 0.0, 0.0
    for top, bottom in [*crossing, (floor, floor)]:
        if top - y > 30:
            inside = [r for r in items if isinstance(r, Run) and r.top >= y - 1 and r.bottom <= top + 1]
            parts: list[list[Run]] = [[] for _ in range(len(starts) + 1)]
            for run in inside:
                n = bisect_right(starts, run.x0 + 3)
                if n == len(starts) or run.x1 <= starts[n] - 2:
                    parts[n].append(run)
            if all(map(_fills, parts)):
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


def regions(items: Sequence[Item], at: Gutters) -> Iterator[tuple[str, list[Item]]]:
    """(column, items) in reading order; `at` are the gutters."""
    if not at:
        yield "full", list(items)
        return
    items = _parted(items, at)
    over = _heads(items, at)
    crossing = [i for i in items if _crosses(i, at) or id(i) in over]
    beside = [i for i in items if not _crosses(i, at) and id(i) not in over]
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
            columns: list[list[Item]] = [[] for _ in range(len(at) + 1)]
            for item in band:
                columns[bisect_left(at, (item.x0 + item.x1) / 2)].append(item)
            if wide and not any(columns[1:]) and _closes(wide[-1], columns[0]):
                wide += columns[0]  # the short last line of a wide paragraph
            else:
                if wide:
                    yield "full", wide
                    wide = []
                for n, inside in enumerate(columns, 1):
                    if inside:
                        yield str(n), inside
        if number < len(full):
            wide.append(full[number])
    if wide:
        yield "full", wide


def _parted(items: Sequence[Item], at: Gutters) -> list[Item]:
    """The items with lines of two columns that touch over a gutter taken apart."""
    runs = [i for i in items if isinstance(i, Run)]
    usual = median(r.size for r in runs) if runs else 0.0
    out: list[Item] = []
    for item in items:
        if not isinstance(item, Run) or not item.seams or abs(item.size - usual) > 0.6:
            out.append(item)
            continue
        rest = item
        for x in at:
            seam = next((s for s in rest.seams if abs(s[1] - x) < 9), None)
            if seam is None or not (rest.x0 < x - 9 and rest.x1 > x + 9) or not _in_columns(rest, runs, x):
                continue
            n, edge = seam
            seams = tuple((k - n, y) for k, y in rest.seams if k > n)
            out.append(Run(rest.text[:n].rstrip(), rest.x0, rest.top, edge, rest.bottom, rest.size))
            rest = Run(rest.text[n:], max(edge, x), rest.top, rest.x1, rest.bottom, rest.size, seams)
        out.append(rest)
    return out


def _in_columns(run: Run, runs: Sequence[Run], x: float) -> bool:
    """Do the lines right above or below keep to the columns on both sides of x, wide enough for lines of text?"""
    for sign in (-1, 1):
        near = [r for r in runs if r is not run and 0.5 * run.size < sign * (r.middle - run.middle) < 2.2 * run.size]
        left = [r for r in near if r.x1 <= x + 4 and r.x1 - r.x0 > 8 * r.size]
        right = [r for r in near if r.x0 >= x - 4 and r.x1 - r.x0 > 8 * r.size]
        if left and right and not any(r.x0 < x - 9 and r.x1 > x + 9 for r in near):
            return True
    return False


def _heads(items: Sequence[Item], at: Gutters) -> set[int]:
    """Ids of titles over an odd number of columns so short that they keep to the middle one."""
    runs = sorted((i for i in items if isinstance(i, Run)), key=lambda i: i.top)
    if len(at) % 2 or not runs:
        return set()
    usual = median(r.size for r in runs)
    middle = (min(r.x0 for r in runs) + max(r.x1 for r in runs)) / 2
    out: set[int] = set()
    for run in runs:
        if run.size < 1.25 * usual or abs((run.x0 + run.x1) / 2 - middle) > run.size:
            break
        out.add(id(run))
    return out


def _crosses(item: Item, at: Gutters) -> bool:
    """Does it reach into two columns? A table a little wider than its column does not."""
    slack = 0.12 * (item.x1 - item.x0) if isinstance(item, Box) else 0.0
    return any(item.x0 < x - slack and item.x1 > x + 2 + slack for x in at)


def _level(a: Item, b: Item) -> bool:
    if isinstance(b, Box) or isinstance(a, Box):
        return False
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _closes(above: Item, band: Sequence[Item]) -> bool:
    return (
        isinstance(above, Run) and len(rows_of(band)) == 1 and band[0].top - above.bottom < 1.2 * above.size
    )
