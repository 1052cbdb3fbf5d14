"""A `Table` as text for people and tools: table, csv, json, jsonl, md. The same table gives the same text.

Tables and Markdown are for reading: headings in the reader's language, the project's IRIs cut to what follows
`id/` or `vocab/`. CSV and JSON are for tools: column names, full IRIs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.query.table import Table, Value

FORMATS = ("table", "csv", "json", "jsonl", "md")
#: characters that make a spreadsheet take a cell for a formula; the full-width ones do in East Asian versions
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]|^[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_CJK})\s*[\r\n]\s*(?={_CJK})")

_TEXTS = {
    "zh": {"none": "没有结果。", "more": "仅列出前 {count} 行。", "true": "是", "false": "否"},
    "en": {
        "none": "No rows.",
        "more": "Only the first {count} rows are shown.",
        "true": "yes",
        "false": "no",
    },
}


def render(table: Table, fmt: str, *, language: str = "zh", width: int = 160) -> str:
    """The table in one of `FORMATS`, ending in a line break.

    `language` is that of the few words added (zh or en); `width` is in terminal columns and matters to
    `table` only. Raises `KgError` for an unknown format or language.
    """
    renderers: dict[str, Callable[[], str]] = {
        "table": lambda: _as_table(table, language, width),
        "csv": lambda: _as_csv(table),
        "json": lambda: _json(table.records(), indent=2) + "\n",
        "jsonl": lambda: "".join(_json(record) + "\n" for record in table.records()),
        "md": lambda: _as_markdown(table, language),
    }
    if fmt not in renderers:
        raise KgError(f"format {fmt}: unknown; choose one of {', '.join(FORMATS)}")
    if language not in _TEXTS:
        raise KgError(f"language {language}: unknown; choose {' or '.join(_TEXTS)}")
    return renderers[fmt]()


def short(value: Value) -> Value:
    """A project IRI without what all of them share (`claim/c-…`, `resource/funding`); other values as
    they are.
    """
    if isinstance(value, str):
        for namespace in ("id/", "vocab/", "def/"):
            if value.startswith(BASE + namespace):
                return value.removeprefix(BASE + namespace)
    return value


def safe_cell(value: Value) -> str:
    """A cell for a spreadsheet: text that would be run as a formula gets an apostrophe in front, numbers
    do not.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, int | float) or _NUMBER.fullmatch(text):
        return text
    return "'" + text if _FORMULA.match(text) else text


def _as_csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([safe_cell(name) for name in table.columns])
    for row in table.rows:
        # the writer leaves a lone carriage return unquoted, and readers break the row there
        writer.writerow([re.sub(r"\r\n?", "\n", safe_cell(value)) for value in row])
    return out.getvalue()


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False, default=str)


def _as_markdown(table: Table, language: str) -> str:
    lines = [f"**{_markdown(table.title)}**", ""] if table.title else []
    if table.columns:
        lines.append("| " + " | ".join(_markdown(heading) for heading in table.headings) + " |")
        lines.append(
            "|" + "|".join("---:" if _numeric(table, i) else "---" for i in range(len(table.columns))) + "|"
        )
        lines += ["| " + " | ".join(_markdown(_read(v, language)) for v in row) + " |" for row in table.rows]
    note = _note(table, language)
    return "\n".join([*lines, *(["", note] if note else [])]) + "\n"


def _markdown(text: str) -> str:
    escaped = re.sub(r"([\\|`*_\[\]])", r"\\\1", text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _as_table(table: Table, language: str, width: int) -> str:
    from kg.export.terminal import drawn, hidden

    note = _note(table, language)
    if not table.rows:
        return "\n".join(filter(None, (_read(table.title, language), note))) + "\n"
    left_out = hidden(table.columns, table.rows)
    kept = [i for i in range(len(table.columns)) if i not in left_out]
    text = drawn(
        _read(table.title, language),
        [_read(table.headings[i], language) for i in kept],
        [[_bare_id(_read(row[i], language)) for i in kept] for row in table.rows],
        [_numeric(table, i) for i in kept],
        width,
    )
    return text + (f"{note}\n" if note else "")


def _bare_id(text: str) -> str:
    """`claim/c-1` → `c-1`: what `kg evidence` takes."""
    return text.removeprefix("claim/") if text.startswith("claim/c-") else text


def _note(table: Table, language: str) -> str:
    texts = _TEXTS[language]
    if not table.rows:
        return texts["none"]
    return texts["more"].format(count=len(table.rows)) if table.truncated else ""


def _numeric(table: Table, index: int) -> bool:
    values = [row[index] for row in table.rows if row[index] is not None]
    return bool(values) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)


def _read(value: Value, language: str) -> str:
    """A value for the eye: on one line, the line breaks that a page put between Chinese characters
    closed up.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return _TEXTS[language]["true" if value else "false"]
    text = _BREAK_IN_CHINESE.sub("", str(short(value)))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
