"""Values as the pages write them: links for claims, names for codes, quotes on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.export.tables import short
from kg.serve.named import place
from kg.view.parts import clip, unwrap

if TYPE_CHECKING:
    from kg.analyse.concepts import Concepts
    from kg.model import Amount, Claim
    from kg.query.table import Table

_CLAIM = re.compile(r"(c-[0-9a-f]{16})")
#: codes of claims that are no concepts of the graph
PREDICATES = {
    "runs": ("实施", "runs"),
    "located_in": ("位于", "is in"),
    "part_of": ("隶属于", "is part of"),
    "led_by": ("牵头单位", "is led by"),
    "hosted_by": ("依托单位", "is hosted by"),
    "cooperates_with": ("合作", "cooperates with"),
    "next_tier": ("培育为", "grows into"),
    "based_on": ("依据", "is based on"),
    "implements": ("贯彻落实", "implements"),
    "cites": ("引用", "cites"),
    "amends": ("修订", "amends"),
    "repeals": ("废止", "repeals"),
}


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
    return unwrap(str(short(value))).removeprefix("claim/")


def parts(value: Any) -> list[tuple[str, bool]]:
    """The text of a cell in pieces, each with whether it is the id of a claim."""
    return [(piece, bool(_CLAIM.fullmatch(piece))) for piece in _CLAIM.split(cell(value)) if piece]


def tight(text: str) -> str:
    """A passage with its lines, without the blank ones that a page's layout left."""
    return re.sub(r"\n[ \t\u3000]*(?:\n[ \t]*)+", "\n", text)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def facts(claim: Claim, concepts: Concepts, language: str) -> list[tuple[str, str]]:
    """What a claim says, as pairs of a heading's key and words."""
    from kg.commands.claims import said
    from kg.view import labels

    v = claim.values
    found: list[tuple[str, str]] = []

    def add(key: str, value: Any) -> None:
        if value not in (None, "", [], ()):
            found.append((key, "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)))

    if claim.type in ("measure", "recommendation"):
        add("policy", v.get("policy"))
        add("instrument", [concepts.name("instrument", c) for c in v.get("instruments", ())])
        add("resource", [concepts.name("resource", c) for c in v.get("resources", ())])
        kinds = labels.names(labels.BENEFICIARIES, language)
        add("beneficiary", [f"{b['text']}（{kinds.get(b['category'], '')}）" for b in v.get("beneficiaries", ())])
        add("amounts", amounts(claim, language))
        add("condition", v.get("condition"))
        add("via", v.get("via"))
        add("responsible", v.get("responsible"))
    elif claim.type == "relation":
        add("says", f"{v['subject']} {named(v['predicate'], language)} {v['object']}")
    elif claim.type == "policy_link":
        add("says", f"{v.get('from', '')} {named(v['relation'], language)} {v['to']}")
    elif claim.type == "entity":
        add("says", v["name"])
        add("class", labels.pick(labels.CLASSES[v["class"]], language) if v["class"] in labels.CLASSES else v["class"])
    elif claim.type == "policy":
        for key in ("title", "aliases", "number", "issuers", "issued", "valid"):
            add(key, v.get(key))
    elif claim.type == "gap":
        add("topic", concepts.name("gap-topic", v.get("topic", "")))
    else:
        add("says", said(claim))
    add("area", place(claim.area, language))
    add("assertion", concepts.name("assertion", claim.assertion) if claim.assertion else "")
    return found


def amounts(claim: Claim, language: str = "zh") -> str:
    """The amounts of a measure as readable text."""
    from kg.analyse.amounts import amount_text
    from kg.model import Amount

    found = [Amount(**a) for a in claim.values.get("amounts", ())]
    if language == "en":
        return "; ".join(map(_amount_in_english, found))
    return "；".join(map(amount_text, found))


_BOUNDS = {"max": "up to ", "min": "at least ", "about": "about "}
_UNITS = {"CNY": "CNY ", "USD": "USD "}


def _amount_in_english(amount: Amount) -> str:
    """`up to CNY 3 million a 年 (cap)`: what the text counts stays in its words."""

    def plain(value: float) -> str:
        if amount.unit not in _UNITS:
            return f"{value:,.12g}{'' if amount.unit == '%' else ' '}{amount.unit}"
        for size, word in ((1e9, " billion"), (1e6, " million")):
            if abs(value) >= size:
                return f"{_UNITS[amount.unit]}{value / size:,.12g}{word}"
        return f"{_UNITS[amount.unit]}{value:,.12g}"

    text = plain(amount.value) if amount.upper is None else f"{plain(amount.value)} to {plain(amount.upper)}"
    text = _BOUNDS.get(amount.bound, "") + text
    if amount.per:
        text += f" per {amount.per}"
    if amount.of:
        text = f"{amount.of}: {text}"
    detail = ", ".join(part for part in (amount.role, f"of {amount.basis}" if amount.basis else "") if part)
    return f"{text} ({detail})" if detail else text


def named(code: str, language: str) -> str:
    pair = PREDICATES.get(code)
    return pair[language == "en"] if pair else code


def doubles(table: Table) -> set[int]:
    """Columns that say what a neighbour says more readably: IRIs beside their labels."""
    from kg.export.terminal import hidden

    return hidden(table.columns, table.rows)


def doubled(values: Any) -> list[tuple[str, str]]:
    """Values as choices that are their own names."""
    return [(str(v), str(v)) for v in values]


FILTERS = {"doubles": doubles, "doubled": doubled, "cell": cell, "parts": parts, "is_number": is_number, "clip": clip, "unwrap": unwrap, "tight": tight}
