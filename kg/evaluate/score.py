"""How well claims agree with gold claims: counts of true positives, gold and found, a measure at a time.

Matching is one to one, best pairs first. Names and titles are compared without spaces, quotation marks and
punctuation, widths folded; texts of conditions and indicators by the Dice coefficient of character pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import ENTITY_CLASSES

Row = dict[str, Any]

_IGNORED = re.compile(r"[\s《》“”\"'‘’（）()·,，.。、;；:：—\-–]")
_UNITS = {
    "元": "CNY",
    "人民币": "CNY",
    "cny": "CNY",
    "rmb": "CNY",
    "%": "%",
    "个百分点": "百分点",
    "百分点": "百分点",
    "pp": "百分点",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, gold items, items found."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.gold + self.found) if self.gold + self.found else 0.0


Scores = dict[str, Counts]


def norm(text: object) -> str:
    """A name for comparison: NFKC, lower case, without spaces and punctuation."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", str(text or ""))).lower()


def unit(name: object) -> str:
    """A unit for comparison: 元 is CNY, 个百分点 is 百分点."""
    folded = unicodedata.normalize("NFKC", str(name or "")).strip()
    return _UNITS.get(folded.lower(), folded)


def number(value: object) -> float | str:
    """A value for comparison, to four decimals."""
    try:
        return round(float(value), 4)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(value)


def dice(a: object, b: object) -> float:
    """Dice coefficient of the character pairs of two texts."""
    x, y = _pairs(a), _pairs(b)
    total = sum(x.values()) + sum(y.values())
    return 2 * sum((x & y).values()) / total if total else 0.0


def _pairs(text: object) -> Counter[str]:
    folded = norm(text)
    return Counter(folded[i : i + 2] for i in range(len(folded) - 1)) or Counter([folded])


def overlap(a: Row, b: Row) -> float:
    """Shared characters, as a share of the shorter span."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared / min(a["end"] - a["start"], b["end"] - b["start"]) if shared > 0 else 0.0


def iou(a: Row, b: Row) -> float:
    """Shared characters, as a share of those of either span."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(0, shared) / (max(a["end"], b["end"]) - min(a["start"], b["start"]))


def match(
    gold: Sequence[Row], found: Sequence[Row], likeness: Callable[[Row, Row], float]
) -> list[tuple[int, int]]:
    """Index pairs of a one-to-one matching, the most alike first; likeness 0 is no match."""
    candidates = sorted(
        ((likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True
    )
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for value, i, j in candidates:
        if value <= 0:
            break
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


def half(measure: Callable[[Row, Row], float]) -> Callable[[Row, Row], float]:
    """The likeness where it is at least one half, else 0."""

    def likeness(g: Row, f: Row) -> float:
        value = measure(g, f)
        return value if value >= 0.5 else 0.0

    return likeness


def of_type(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["type"] == kind]


def amounts(rows: Iterable[Row]) -> list[Row]:
    """The amounts of all measures, each with its measure's span and the measure itself as `m`."""
    return [
        dict(amount, start=row["start"], end=row["end"], m=row)
        for row in of_type(rows, "measure")
        for amount in row.get("amounts", [])
    ]


def same_value(g: Row, f: Row) -> bool:
    return number(g["value"]) == number(f.get("value")) and unit(g.get("unit")) == unit(f.get("unit"))


def observed(row: Row) -> tuple[object, object]:
    """What an observation says: its value, or its rank where it has no value."""
    return (number(row.get("value")), None) if "value" in row else (None, row.get("rank"))


def same_observation(g: Row, f: Row) -> bool:
    """Same value (or rank) and unit at the same place in the text."""
    return observed(g) == observed(f) and unit(g.get("unit")) == unit(f.get("unit")) and overlap(g, f) > 0


def score(gold: Sequence[Row], found: Sequence[Row]) -> Scores:
    """The measures of one passage, in a fixed order; offsets of both lists are relative to the same point."""
    out: Scores = {}

    def sets(name: str, g: set[Any], f: set[Any]) -> None:
        out[name] = out.get(name, Counts()) + Counts(len(g & f), len(g), len(f))

    def pairs(name: str, g: Sequence[Row], f: Sequence[Row], likeness: Callable[[Row, Row], float]) -> None:
        out[name] = Counts(len(match(g, f, likeness)), len(g), len(f))

    titles = [{norm(row.get("title")) for row in of_type(rows, "policy")} for rows in (gold, found)]
    sets("policy title", *titles)
    for cls in ENTITY_CLASSES:
        names = [
            {norm(row.get("name")) for row in of_type(rows, "entity") if row.get("class") == cls}
            for rows in (gold, found)
        ]
        sets(f"entity {cls}", *names)
    named = [
        {(row.get("class"), norm(row.get("name"))) for row in of_type(rows, "entity")}
        for rows in (gold, found)
    ]
    sets("entity all (class+name)", *named)

    g_measures, f_measures = of_type(gold, "measure"), of_type(found, "measure")
    pairs("measure span (IoU>=.5)", g_measures, f_measures, half(iou))
    matched = match(g_measures, f_measures, half(overlap))
    out["measure found (overlap>=.5 of shorter)"] = Counts(len(matched), len(g_measures), len(f_measures))
    for i, j in matched:
        _attributes(g_measures[i], f_measures[j], out, sets)

    g_amounts, f_amounts = amounts(gold), amounts(found)
    pairs("amount value+unit", g_amounts, f_amounts, lambda g, f: same_value(g, f) and overlap(g, f) > 0)
    pairs(
        "amount value+unit+role+bound",
        g_amounts,
        f_amounts,
        lambda g, f: (
            same_value(g, f)
            and g.get("role") == f.get("role")
            and g.get("bound") == f.get("bound")
            and overlap(g, f) > 0
        ),
    )
    pairs("amount with right recipient/condition", g_amounts, f_amounts, _same_recipient)

    g_observed, f_observed = of_type(gold, "observation"), of_type(found, "observation")
    pairs("observation value+unit", g_observed, f_observed, same_observation)
    pairs(
        "observation area+indicator+value+unit",
        g_observed,
        f_observed,
        lambda g, f: (
            same_observation(g, f)
            and norm(g.get("area")) == norm(f.get("area"))
            and dice(g.get("indicator"), f.get("indicator")) >= 0.6
        ),
    )
    links = [
        {(row.get("relation"), norm(row.get("to"))) for row in of_type(rows, "policy_link")}
        for rows in (gold, found)
    ]
    sets("policy_link", *links)
    sets("relation", *({triple(row) for row in of_type(rows, "relation")} for rows in (gold, found)))
    for kind in ("gap", "recommendation"):
        pairs(f"{kind} found", of_type(gold, kind), of_type(found, kind), half(overlap))
    return out


def triple(row: Row) -> tuple[str, object, str]:
    return norm(row.get("subject")), row.get("predicate"), norm(row.get("object"))


def _attributes(g: Row, f: Row, out: Scores, sets: Callable[[str, set[Any], set[Any]], None]) -> None:
    sets("  of found: resources", set(g.get("resources", [])), set(f.get("resources", [])))
    sets("  of found: instruments", set(g.get("instruments", [])), set(f.get("instruments", [])))
    categories = [{b.get("category") for b in row.get("beneficiaries", [])} for row in (g, f)]
    sets("  of found: beneficiary category", *categories)
    agree = {
        "area": norm(g.get("area")) == norm(f.get("area")),
        "policy": dice(g.get("policy"), f.get("policy")) >= 0.9,
        "assertion": g.get("assertion") == f.get("assertion"),
    }
    for key, agrees in agree.items():
        if g.get(key):
            name = f"  of found: {key}"
            out[name] = out.get(name, Counts()) + Counts(int(agrees), 1, 1)


def _same_recipient(g: Row, f: Row) -> bool:
    def told(amount: Row) -> str:
        measure = amount["m"]
        receivers = "".join(b.get("text", "") for b in measure.get("beneficiaries", []))
        return f"{measure.get('condition') or ''}{amount.get('of') or ''}{receivers}"

    return (
        same_value(g, f)
        and g.get("role") == f.get("role")
        and overlap(g, f) > 0
        and dice(told(g), told(f)) >= 0.5
    )


def total(scores: Iterable[Scores]) -> Scores:
    """The sum over passages: micro averages, measures in the order of their first passage that has them."""
    out: Scores = {}
    for one in scores:
        for name, counts in one.items():
            out[name] = out.get(name, Counts()) + counts
    return out
