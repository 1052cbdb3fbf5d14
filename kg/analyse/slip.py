"""What the auditor finds: a slip, the places that show it, and the computation in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Claim, Document
from kg.text.shadow import Shadow
from kg.text.unwrap import unwrap

#: `hard`: the places cannot all be true; `check`: they hardly fit together, a reader has to decide
SEVERITIES = ("hard", "check")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Words of a document; offsets are those of its text, `claim` is "" where no claim states them."""

    doc: str
    start: int
    end: int
    quote: str
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """One contradiction. `zh` and `en` say what was computed."""

    kind: str
    severity: str
    places: tuple[Place, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its claims and its unwrapped text."""

    document: Document
    claims: tuple[Claim, ...]
    shadow: Shadow

    @property
    def observations(self) -> list[Claim]:
        """Claims that state a figure or a rank."""
        return [c for c in self.claims if c.type == "observation"]

    def place(self, start: int, end: int) -> Place:
        """A place from a span of the unwrapped text."""
        a, b = self.shadow.to_source(start, end)
        return Place(self.document.id, a, b, self.document.text[a:b])


def page(document: Document, claims: Iterable[Claim]) -> Page:
    """The document as the auditor reads it."""
    return Page(document, tuple(claims), unwrap(document.text))


def at(claim: Claim) -> Place:
    """Where a claim stands."""
    return Place(claim.doc, claim.start, claim.end, claim.quote, claim.id)


def places(claims: Sequence[Claim]) -> tuple[Place, ...]:
    """Where claims stand, in reading order, each once."""
    return tuple(sorted({at(claim) for claim in claims}))


def step(value: float) -> float:
    """The last decimal place that is written: 26700 → 100, 2.49 → 0.01. Zeros at the end count as unwritten."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(exponent)) if isinstance(exponent, int) and value else 1.0


def span_of(value: float, bound: str, upper: float | None = None) -> tuple[float, float]:
    """The values that a rounded figure can stand for.

    超过 N (`min`) is read as the last round figure passed: from N to one step above; `about` as ± 10 %.
    """
    unit = step(value)
    if bound == "exact" and abs(value) < 10_000:
        unit = min(unit, 1.0)  # the zeros of 300家 are written out
    if bound == "range" and upper is not None:
        return value, upper
    if bound == "min":
        return value, value + unit
    if bound == "max":
        return value - unit, value
    if bound == "about":
        return value - max(unit, abs(value) * 0.1), value + max(unit, abs(value) * 0.1)
    return value - unit / 2, value + unit / 2


def number(value: float) -> str:
    """A figure for a sentence: no trailing zeros, no exponent, at most four decimals."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def plain_name(indicator: object) -> str:
    """An indicator's name without what the claim's area says already, or what only says that there are some."""
    return _LEAD.sub("", str(indicator))


_LEAD = re.compile(r"^(?:全[省市区县国]|地区|现?有|共有|拥有)(?=[\u4e00-\u9fff]{3})")


def figure(claim: Claim) -> str:
    """The value of an observation with its unit."""
    unit = str(claim.values.get("unit") or "")
    signs = {"min": "≥", "max": "≤", "about": "≈"}
    sign = signs.get(str(claim.values.get("bound")), "")
    return sign + number(claim.values["value"]) + (unit if unit in ("%", "") else f" {unit}")
