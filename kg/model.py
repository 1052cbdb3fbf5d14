"""Frozen value objects that pass between the rooms: documents, spans of evidence, claims, amounts.

Offsets are half-open and count Unicode code points of a document's text as it was read.
The JSON form of a claim is the project's claim contract; `Claim.to_dict` and `Claim.from_dict` are the only
places that know it.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

CLAIM_TYPES = (
    "policy",
    "policy_link",
    "entity",
    "relation",
    "measure",
    "observation",
    "gap",
    "recommendation",
)
ASSERTIONS = ("in_force", "reported", "planned", "recommended")
ENTITY_CLASSES = ("Platform", "TalentProgramme", "FundingScheme", "EnterpriseCategory", "Organisation")
PREDICATES = ("runs", "located_in", "part_of", "led_by", "hosted_by", "cooperates_with", "next_tier")
POLICY_RELATIONS = ("based_on", "implements", "cites", "amends", "repeals")
RESOURCES = ("funding", "talent", "project", "platform", "service", "space", "regulation")
BOUNDS = ("exact", "max", "min", "about", "range")
ROLES = ("award", "rate", "cap", "total", "duration", "count")
#: beneficiary categories that are enterprises
ENTERPRISES = (
    "enterprise",
    "high-tech-enterprise",
    "tech-sme",
    "specialised-sme",
    "leading-enterprise",
    "state-owned-enterprise",
    "startup",
    "large-enterprise",
)
BENEFICIARIES = (
    *ENTERPRISES,
    "individual",
    "university",
    "research-institute",
    "platform-operator",
    "financial-institution",
    "intermediary",
    "association",
    "government",
    "other",
)
GAP_TOPICS = ("platform", "talent", "funding", "project", "output", "enterprise", "environment")
INSTRUMENTS = tuple(f"PI{n:03d}" for n in range(6, 34))

#: keys that a claim of a type may carry beside those of every claim
CLAIM_KEYS: dict[str, frozenset[str]] = {
    "policy": frozenset(("title", "aliases", "kind", "number", "issuers", "issued", "valid", "self")),
    "policy_link": frozenset(("from", "to", "relation", "number")),
    "entity": frozenset(("class", "name", "specific")),
    "relation": frozenset(("subject", "predicate", "object")),
    "measure": frozenset(
        ("policy", "instruments", "resources", "beneficiaries", "via", "condition", "amounts", "responsible")
    ),
    "recommendation": frozenset(
        ("policy", "instruments", "resources", "beneficiaries", "via", "condition", "amounts", "responsible")
    ),
    "observation": frozenset(
        (
            "indicator",
            "period",
            "value",
            "upper",
            "unit",
            "bound",
            "rank",
            "rank_of",
            "change",
            "compared_to",
        )
    ),
    "gap": frozenset(("topic",)),
}
_COMMON_KEYS = frozenset(
    ("type", "id", "doc", "start", "end", "quote", "area", "assertion", "rule", "locator")
)


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the catalogue: where a document comes from and how to cite it."""

    id: str
    title: str = ""
    author: str = ""  # issuer or author, several joined by 、
    date: str = ""  # ISO date, month or year
    number: str = ""  # 发文字号
    published_in: str = ""
    licence: str = ""
    sha256: str = ""
    path: str = ""  # relative to the catalogue
    area: str = ""  # full name of the place the document speaks for, where the catalogue knows it
    kind: str = ""  # policy, article, report
    # where the document is a digest: the text it restates, several joined by ；
    digest_of_title: str = ""  # in 《》
    digest_of_issuer: str = ""
    digest_of_date: str = ""
    digest_of_number: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing a document says about itself (`kg.read.metadata.KEYS`), and the characters of its text that say it.

    `span` is None where the file says it beside its text: meta tags, properties, the place it was found at.
    """

    key: str
    value: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read. `id` is derived from the bytes, so that a renamed file keeps its facts."""

    id: str
    text: str
    source: Source
    encoding: str = "utf-8"
    #: (start, page), rising: from `start` on the text stands on that page; empty where there are no pages
    pages: tuple[tuple[int, int], ...] = ()
    #: (start, end) of lists of references and of notes on authors and funding: the document states nothing
    #: there, and no claims are taken from them
    references: tuple[tuple[int, int], ...] = ()
    #: authors, abstract, addressees, attachments, terms …
    details: tuple[Detail, ...] = ()

    def page_at(self, offset: int) -> int:
        """The page that the character at `offset` stands on; 0 where the document has no pages."""
        at = bisect_right(self.pages, offset, key=lambda entry: entry[0]) - 1
        return self.pages[at][1] if at >= 0 else 0


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit in plain units (CNY, %, 年, 家 …), what bounds it and what it is for."""

    value: float
    unit: str
    bound: str
    role: str
    upper: float | None = None
    per: str | None = None
    basis: str | None = None
    of: str | None = None

    def to_dict(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "value": plain_number(self.value),
            "unit": self.unit,
            "bound": self.bound,
            "role": self.role,
        }
        if self.upper is not None:
            out["upper"] = plain_number(self.upper)
        for key in ("per", "basis", "of"):
            if getattr(self, key):
                out[key] = getattr(self, key)
        return out


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Who may get it: the words of the text and the category they fall under."""

    text: str
    category: str

    def to_dict(self) -> dict[str, str]:
        return {"text": self.text, "category": self.category}


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a document states, with the exact characters that state it.

    `values` holds the keys of the claim's type in their JSON form (see `CLAIM_KEYS`); treat it as read-only.
    Raises ValueError for an unknown type, an unknown key or an empty span.
    """

    type: str
    doc: str
    start: int
    end: int
    quote: str
    rule: str
    area: str | None = None
    assertion: str | None = None
    locator: str | None = None  # 第二十一条, 三（二）
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.type not in CLAIM_KEYS:
            raise ValueError(f"unknown claim type {self.type!r}; known: {', '.join(CLAIM_TYPES)}")
        if not 0 <= self.start < self.end:
            raise ValueError(f"a claim needs a non-empty span, got {self.start}..{self.end}")
        unknown = self.values.keys() - CLAIM_KEYS[self.type]
        if unknown:
            raise ValueError(f"a {self.type} claim has no key {', '.join(sorted(unknown))}")

    @property
    def id(self) -> str:
        """Deterministic: same document bytes and same rules give the same id."""
        key = json.dumps(
            [self.type, self.doc, self.start, self.end, self.area, self.values],
            ensure_ascii=False,
            sort_keys=True,
        )
        return "c-" + hashlib.sha256(key.encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """The claim in the form of the contract; keys that do not apply are left out."""
        out: dict[str, Any] = {
            "type": self.type,
            "id": self.id,
            "doc": self.doc,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }
        for key in ("area", "assertion", "locator"):
            if getattr(self, key):
                out[key] = getattr(self, key)
        out["rule"] = self.rule
        out.update((k, v) for k, v in self.values.items() if v not in (None, "", [], {}))
        return out

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Claim:
        """Inverse of `to_dict`. Raises KeyError or ValueError where the row does not fit the contract."""
        return cls(
            type=row["type"],
            doc=row.get("doc", ""),
            start=row["start"],
            end=row["end"],
            quote=row["quote"],
            rule=row.get("rule", ""),
            area=row.get("area"),
            assertion=row.get("assertion"),
            locator=row.get("locator"),
            values={k: v for k, v in row.items() if k not in _COMMON_KEYS},
        )


def plain_number(value: float) -> int | float:
    """3.0 → 3, 2.50 → 2.5: the JSON form of a value."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded
