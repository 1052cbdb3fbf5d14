"""The first page: search."""

from __future__ import annotations

from kg.query.table import Table
from kg.serve.asked import Asked
from kg.serve.shown import Shown


def search_page(ask: Asked) -> Shown:
    """Documents and claims that hold the words."""
    return Shown("search.html.j2", "检索" if ask.language == "zh" else "Search", Table((), ()))
