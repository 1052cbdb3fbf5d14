"""Figures read from texts of our own, for the tests of observations."""

from __future__ import annotations

from typing import Any

from kg.extract.observations import find_observations
from kg.extract.reading import Context, Finding, Reading
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap


def read(text: str, kind: str = "article", area: str = "河北省", year: int | None = 2024) -> Reading:
    shadow = unwrap(text)
    return Reading(
        Document("d-1", text, Source("t")), shadow, outline(shadow), Context(kind, area, area, year=year)
    )


def observe(text: str, kind: str = "article", **context: Any) -> list[Finding]:
    return find_observations(read(text, kind, **context))


def rows(text: str, *keys: str, kind: str = "article", **context: Any) -> list[tuple[Any, ...]]:
    """Each observation as the named keys; `area` and `assertion` are among them."""
    return [
        tuple(f.area if k == "area" else f.assertion if k == "assertion" else f.values.get(k) for k in keys)
        for f in observe(text, kind, **context)
    ]
