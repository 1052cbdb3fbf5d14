"""What lies over or beside the text of a page and is no part of it: watermarks, texts set upright, line numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from kg.read.pdf_glyphs import Drawn, Glyph
from kg.read.pdf_lines import Run

_HAN = re.compile(r"[\u3400-\u9fff]")
_COUNT = re.compile(r"\d{1,4}")
#: characters of a vertical line; shorter ones are columns of a table
_UPRIGHT = 4


def turned_upright(page: Drawn) -> Drawn:
    """A page set in vertical lines, read as if its lines lay: right to left becomes top to bottom."""
    stacks = _stacks(page.glyphs)
    if 2 * sum(len(s) for s in stacks) < len(page.glyphs) or len(page.glyphs) < 40:
        return page
    every = page.turned or page.glyphs
    glyphs = [g._replace(x0=g.top, top=page.width - g.x1, x1=g.bottom, bottom=page.width - g.x0) for g in every]
    return Drawn(page.number, page.height, page.width, glyphs, pictures=page.pictures, unmapped=page.unmapped)


def without_stacks(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[Run]]:
    """The glyphs without vertical lines of Chinese, and those of them that lie beside the text, each as a run.

    One that lies across lines (a seal, a warning) is left out.
    """
    stacks = _stacks(glyphs)
    if not stacks:
        return list(glyphs), []
    gone = {id(g) for stack in stacks for g in stack}
    rest = [g for g in glyphs if id(g) not in gone]
    runs: list[Run] = []
    for stack in stacks:
        first, last = stack[0], stack[-1]
        across = sum(
            1 for g in rest if first.top < (g.top + g.bottom) / 2 < last.bottom and abs(g.x0 - first.x0) < 3 * first.size
        )
        if across < len(stack):
            text = "".join(g.text for g in stack)
            runs.append(Run(text, first.x0, first.top, first.x1, first.bottom, first.size))
    return rest, runs


def _stacks(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Chinese characters drawn one below the other without the room that lines have between them."""
    out: list[list[Glyph]] = []
    current: list[Glyph] = []
    for a, b in pairwise(glyphs):
        below = (
            abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 0.5 * b.size
            and 0.6 * b.size < b.top - a.top < 1.25 * b.size
            and abs(a.size - b.size) < 0.5
        )
        if not below:
            _keep(out, current)
            current = []
            continue
        current = current or [a]
        current.append(b)
    _keep(out, current)
    return out


def _keep(stacks: list[list[Glyph]], stack: list[Glyph]) -> None:
    if len(stack) >= _UPRIGHT and 2 * len(_HAN.findall("".join(g.text for g in stack))) >= len(stack):
        stacks.append(stack)


def watermarks(runs: Sequence[Run]) -> set[tuple[str, int]]:
    """(words, size) of large words that lines of text run through."""
    large = 1.8 * median(r.size for r in runs) if runs else 0.0
    small = [r for r in runs if r.size < 0.7 * large]
    return {_mark(r) for r in runs if r.size > large and sum(_inside(s, r) for s in small) >= 2}


def without_overlays(runs: Sequence[Run], marks: set[tuple[str, int]]) -> list[Run]:
    """The runs of a page without watermarks (those of any of the pages) and line numbers."""
    text = [r for r in runs if _mark(r) not in marks]
    numbers = set(map(id, _line_numbers(text)))
    return [r for r in text if id(r) not in numbers]


def _mark(run: Run) -> tuple[str, int]:
    return run.text, round(run.size)


def _inside(line: Run, mark: Run) -> bool:
    return mark.top < line.middle < mark.bottom and line.x0 < mark.x1 and line.x1 > mark.x0


def _line_numbers(runs: Sequence[Run]) -> list[Run]:
    """Numbers that count the lines beside them, one by one or each fifth."""
    numbers = sorted((r for r in runs if _COUNT.fullmatch(r.text)), key=lambda r: r.top)
    others = [r for r in runs if not _COUNT.fullmatch(r.text)]
    if len(numbers) < 5 or not others:
        return []
    left = min(r.x0 for r in others)
    beside = [r for r in numbers if r.x1 < left]
    if len(beside) < 5:
        return []
    steps = {int(b.text) - int(a.text) for a, b in pairwise(beside)}
    if len(steps) != 1 or not steps <= {1, 5}:
        return []
    if median(r.size for r in beside) < 0.85 * median(r.size for r in others):
        return beside
    # numbers of a list or a table stand beside short cells, and not beside each line
    within = [r for r in others if beside[0].top - 2 < r.middle < beside[-1].bottom + 2]
    width = max(r.x1 for r in others) - left
    long = [r for r in within if r.x1 - r.x0 > 0.5 * width]
    counted = len(beside) * min(steps)
    return beside if 2 * len(long) >= len(within) and len(within) <= 1.3 * counted else []
