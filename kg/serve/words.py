"""Values as the pages write them: links for claims, names for codes, quotes on one line."""

from __future__ import annotations

import re
from typing import Any

from kg.export.tables import short
from kg.view.parts import clip, unwrap

_CLAIM = re.compile(r"(c-[0-9a-f]{16})")


def cell(value: Any) -> str:
    """A table's value for the eye."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        return str(value)
    return unwrap(str(short(value)))


def parts(value: Any) -> list[tuple[str, bool]]:
    """The text of a cell in pieces, each with whether it is the id of a claim."""
    return [(piece, bool(_CLAIM.fullmatch(piece))) for piece in _CLAIM.split(cell(value)) if piece]


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


FILTERS = {"cell": cell, "parts": parts, "is_number": is_number, "clip": clip, "unwrap": unwrap}
