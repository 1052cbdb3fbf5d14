"""A table as an Excel workbook with its codebook. The same table gives the same bytes.

XlsxWriter writes it: pure Python, no dependency, dates of the archive's parts fixed. Text is never taken for
a formula.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kg.export.tables import short

if TYPE_CHECKING:
    from kg.export.codebook import Codebook
    from kg.query.table import Table, Value

#: Excel's limits
_CELL, _ROWS = 32_767, 1_048_575
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def workbook(table: Table, book: Codebook, *, language: str = "zh") -> bytes:
    """The workbook: the table on the first sheet, its codebook on the second.

    Raises `KgError` where a table has more rows than a sheet can hold.
    """
    import xlsxwriter

    from kg.errors import KgError

    if len(table.rows) > _ROWS:
        raise KgError(f"xlsx: {len(table.rows)} rows, a sheet holds {_ROWS}; write csv")
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as file:
        file.set_properties({"title": book.title, "author": "kg", "created": datetime(1980, 1, 1)})
        bold = file.add_format({"bold": True, "bottom": 1})
        wrap = file.add_format({"text_wrap": True, "valign": "top"})
        data = file.add_worksheet({"zh": "数据", "en": "Data"}[language])
        _fill(data, table, bold, language)
        notes = file.add_worksheet({"zh": "编码簿", "en": "Codebook"}[language])
        notes.set_column(0, 1, 22)
        notes.set_column(2, 2, 70)
        row = 0
        for what, value in book.facts:
            notes.write_string(row, 0, _text(what), bold)
            notes.write_string(row, 1, _text(value), wrap if len(value) < 40 else None)
            row += 1
        row += 1
        headings = {"zh": ("列", "标题", "含义"), "en": ("Column", "Heading", "Meaning")}[language]
        for at, heading in enumerate(headings):
            notes.write_string(row, at, heading, bold)
        for column in book.columns:
            row += 1
            for at, text in enumerate(column):
                notes.write_string(row, at, _text(text), wrap)
    return out.getvalue()


def _fill(sheet: Any, table: Table, bold: Any, language: str) -> None:
    sheet.freeze_panes(1, 0)
    for at, (name, heading) in enumerate(zip(table.columns, table.headings, strict=True)):
        sheet.write_string(0, at, _text(heading), bold)
        widths = [len(str(row[at] or "")) for row in table.rows[:200]]
        sheet.set_column(at, at, min(60, max([len(heading) * 2, len(name), *(w * 1.3 for w in widths)]) + 2))
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for number, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            _cell(sheet, number, at, value, language)


def _cell(sheet: Any, row: int, column: int, value: Value, language: str) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, {"zh": ("否", "是"), "en": ("no", "yes")}[language][value])
    elif isinstance(value, int | float) and abs(value) < 1e15:  # Excel keeps 15 digits
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _text(str(short(value))))


def _text(value: str) -> str:
    text = _NOT_XML.sub("\ufffd", value)
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"
