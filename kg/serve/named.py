"""Names of places and kinds of documents in the language of the page; what has none keeps its own."""

from __future__ import annotations

from functools import cache

from kg.vocab import DOCUMENT_KINDS

#: columns of tables whose values are places
PLACES = frozenset(("area", "province", "home", "place", "areaLabel", "provinceLabel", "appliesIn"))


def place(name: object, language: str) -> str:
    """The name of a place: 浙江省, Zhejiang. Several with 、 between are named one by one."""
    text = "" if name is None else str(name)
    return text if language != "en" else ", ".join(_english(part) for part in text.split("、"))


@cache
def _english(name: str) -> str:
    from kg.text.areas import load_areas

    found = load_areas().resolve(name) if name else None
    # a city without an English name stays as the text has it
    return found.english if found and found.english and name in (found.name, found.short, *found.aliases) else name


def kind(code: str, language: str) -> str:
    """The kind of a document: 办法, measures."""
    return DOCUMENT_KINDS[code].replace("-", " ") if language == "en" and code in DOCUMENT_KINDS else code
