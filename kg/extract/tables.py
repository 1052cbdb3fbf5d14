"""Figures in tables: rows flattened to a line of cells, and Markdown tables.

A cell is an observation where its column says which place it speaks for and its row which indicator, or the
other way round. Two columns of a place, one headed 排名 and one 指标值, make one observation with value and rank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.reading import Finding, Reading
from kg.text.areas import load_areas
from kg.text.dates import find_periods
from kg.text.quantities import find_quantities
from kg.text.structure import Block

_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?%?")
_RANK = re.compile(r"排名|位次|名次|排序|排位|序位")
_VALUE = re.compile(r"指标值|数值|得分|分值|值|评分|数量|指数|总量|金额|占比|比重|增速|增幅")
_CAPTION = re.compile(r"^(?:续?表|附表)\s*\d*")
_UNIT = re.compile(
    r"，?（?(?P<said>单位：)(?P<a>[^（），\s]{1,8})）?|（(?P<b>[^（）]{1,8})）$|/(?P<c>[^/\s]{1,6})$"
)
_SERIAL = re.compile(r"^(?:序号|编号|No\.?|#)$")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def find_table_observations(reading: Reading) -> list[Finding]:
    """One finding for each cell with a figure of a place, in reading order."""
    blocks = reading.outline.blocks
    out: list[Finding] = []
    i = 0
    while i < len(blocks):
        if blocks[i].kind != "table_row":
            i += 1
            continue
        j = i
        while j < len(blocks) and blocks[j].kind == "table_row":
            j += 1
        out.extend(_table(reading, i, j))
        i = j
    return out


def _cells(text: str, block: Block) -> list[_Cell]:
    line = text[block.start : block.end]
    pattern = re.compile(r"[^|]+") if line.lstrip().startswith("|") else re.compile(r"[^ \t\u3000]+")
    cells = []
    for m in pattern.finditer(line):
        words = m.group().strip()
        if words:
            lead = len(m.group()) - len(m.group().lstrip())
            start = block.start + m.start() + lead
            cells.append(_Cell(start, start + len(words), words))
        elif line.lstrip().startswith("|"):
            cells.append(_Cell(block.start + m.start(), block.start + m.end(), ""))
    return cells


def _table(reading: Reading, first: int, last: int) -> list[Finding]:
    text, blocks = reading.shadow.text, reading.outline.blocks
    rows = [_cells(text, b) for b in blocks[first:last]]
    rows = [r for r in rows if not all(re.fullmatch(r":?-{2,}:?", c.text) for c in r)]
    heads: list[list[_Cell]] = []
    while rows and not any(_NUMBER.fullmatch(c.text) for c in rows[0][1:]):
        heads.append(rows.pop(0))
    if not rows or not heads:
        return []
    width = max(len(r) for r in rows)
    _, period, unit = _caption(reading, first)
    columns = _columns(heads, width)
    out: list[Finding] = []
    for row in rows:
        if len(row) == width:
            out.extend(_row(row, columns, period, unit))
    return out


def _columns(heads: list[list[_Cell]], width: int) -> list[tuple[str, ...]]:
    """For each column behind the first its heads, outermost first: (广东, 排名).

    A head row with fewer cells than columns spans them evenly: six places over twelve columns.
    """
    columns: list[tuple[str, ...]] = [()] * width
    for head in heads:
        names = [c.text for c in head]
        if len(names) == width:
            names = names[1:]
        if not names or (width - 1) % len(names):
            continue
        span = (width - 1) // len(names)
        for k in range(width - 1):
            columns[k + 1] = (*columns[k + 1], names[k // span])
    return columns


def _caption(reading: Reading, first: int) -> tuple[str, str, str]:
    """The words of the table's title, the time and the unit it names."""
    text, blocks = reading.shadow.text, reading.outline.blocks
    above = [text[blocks[k].start : blocks[k].end] for k in range(first - 1, max(-1, first - 4), -1)]
    words = next((w for w in above if _CAPTION.match(w)), "")
    if not words and above and len(above[0]) <= 60 and "。" not in above[0]:
        words = above[0]
    periods = [p for p in find_periods(words) if p.value]
    unit = _unit(words)
    return words, periods[0].value if periods else "", unit[0] if unit else ""


def _unit(words: str) -> tuple[str, int] | None:
    """The unit that a head or title names at its end, and where it begins: 研发投入强度/%, 成交额（亿元）."""
    for m in _UNIT.finditer(words):
        unit = m["a"] or m["b"] or m["c"]
        read = [] if unit[0].isdigit() else find_quantities(f"1{unit}")
        if m["said"] or (len(read) == 1 and read[0].unit and read[0].end == len(unit) + 1):
            return unit, m.start()
    return None


def _place(words: str) -> str | None:
    area = load_areas().resolve(words) if 2 <= len(words) <= 12 and not _VALUE.fullmatch(words) else None
    return area.name if area and area.level != "town" else None


def _row(row: list[_Cell], columns: list[tuple[str, ...]], period: str, unit: str) -> list[Finding]:
    label = row[0].text
    row_place = _place(label)
    out: list[Finding] = []
    k = 1
    while k < len(row):
        cell, heads = row[k], columns[k]
        paired = (
            k + 1 < len(row)
            and heads[:-1] == columns[k + 1][:-1]
            and len(heads) > 1
            and bool(_RANK.search(heads[-1]))
            != bool(_RANK.search(columns[k + 1][-1] if columns[k + 1] else ""))
        )
        group = [(cell, heads), (row[k + 1], columns[k + 1])] if paired else [(cell, heads)]
        k += len(group)
        finding = _observation(label, row_place, group, period, unit)
        if finding is not None:
            out.append(finding)
    return out


def _observation(
    label: str,
    row_place: str | None,
    group: list[tuple[_Cell, tuple[str, ...]]],
    period: str,
    unit: str,
) -> Finding | None:
    heads = group[0][1]
    column_place = next((p for h in heads if (p := _place(h))), None)
    place = column_place or row_place
    named = [h for h in heads if _place(h) is None and not _RANK.search(h)]
    if len(named) > 1:  # a head like 数值 says nothing beside a telling one
        named = [h for h in named if not _VALUE.fullmatch(h)] or named
    indicator = label if column_place else "".join(named)
    if place is None or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", indicator) or _SERIAL.match(indicator):
        return None
    values: dict[str, object] = {}
    if own_unit := _unit(indicator):
        unit, indicator = own_unit[0], indicator[: own_unit[1]]
    for cell, names in group:
        if not _NUMBER.fullmatch(cell.text):
            continue
        number = float(cell.text.replace(",", "").replace("−", "-").rstrip("%"))
        if names and any(_RANK.search(n) for n in names) and number == int(number):
            values["rank"] = int(number)
        elif not (names and _SERIAL.match(names[-1])):
            values.update(_scaled(number, "%" if cell.text.endswith("%") else unit))
    if not values:
        return None
    ordered: dict[str, object] = {"indicator": indicator.strip()}
    found = find_periods("".join(h for h in heads))
    if when := next((p.value for p in found if p.value), period):
        ordered["period"] = when
        ordered["indicator"] = re.sub(r"(?:19|20)\d\d年", "", str(ordered["indicator"])) or indicator
    ordered.update({key: values[key] for key in ("value", "unit", "bound", "rank") if key in values})
    return Finding(
        "observation", group[0][0].start, group[-1][0].end, "observation-table", ordered, place, "reported"
    )


def _scaled(number: float, unit: str) -> dict[str, object]:
    """A cell's number in plain units: 3.54 under 万家 is 35400 家."""
    out: dict[str, object] = {"value": number, "bound": "exact"}
    if unit:
        read = find_quantities(f"1{unit}")
        if len(read) == 1 and read[0].unit:
            out["value"], out["unit"] = round(number * read[0].value, 6), read[0].unit
        else:
            out["unit"] = unit
    return out
