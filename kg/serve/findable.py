"""What can be found: the documents of a build and their sentences, each with what it can be filtered by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Claim, Document
from kg.text.areas import Areas
from kg.text.shadow import fold
from kg.text.structure import outline
from kg.text.unwrap import unwrap

#: what hits can be filtered by. `hit` tells documents from passages; the first four are the document's own,
#: but a passage whose claims speak of another province has that one
FACETS = ("hit", "province", "level", "year", "kind", "instrument", "resource", "beneficiary", "assertion")
#: fields of a document that words are looked for in, as reasons name them
FIELDS = ("title", "number", "issuer", "area")
#: between the fields of one document, so that no word is found across them
BREAK = "\x1f"
_BRACKETS = tuple(zip("〔〕［］【】", "[][][]", strict=True))
_OF_CLAIMS = ("instrument", "resource", "beneficiary", "assertion")
_NONE: dict[str, set[str]] = {name: set() for name in _OF_CLAIMS}


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document: `text` unwrapped as written, `start` and `end` in the document's own text."""

    document: int
    text: str
    start: int
    end: int
    locator: str
    claims: tuple[Claim, ...]


def searchable(text: str) -> str:
    """`text` as it is compared: folded, in small letters, brackets of 文号 alike; character for character."""
    folded = fold(text).replace("\n", " ")
    lowered = folded.lower()
    return _plain_brackets(lowered if len(lowered) == len(folded) else folded)


def _plain_brackets(text: str) -> str:
    for written, plain in _BRACKETS:  # faster than translate, which looks up every character
        text = text.replace(written, plain)
    return text


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Newest first, those without a date last; then by id."""
    return sorted(sorted(documents, key=lambda d: d.id), key=lambda d: d.source.date[:10], reverse=True)


def fields_of(document: Document) -> dict[str, str]:
    """The document's fields by name (`FIELDS`), empty where it has none."""
    source = document.source
    return dict(zip(FIELDS, (source.title, source.number, source.author, source.area), strict=True))


def passages_of(number: int, document: Document, claims: Sequence[Claim]) -> list[tuple[Passage, str]]:
    """The sentences of a document in reading order, each with its text as it is compared."""
    shadow = unwrap(document.text)
    spans, out = [], []
    for sentence in outline(shadow).sentences:
        start, end = sentence.start, sentence.end
        text = shadow.plain[start:end].replace("\n", " ")
        if not text.strip():
            continue
        spans.append((*shadow.to_source(start, end), sentence.locator, text, shadow.text[start:end]))
    held: list[list[Claim]] = [[] for _ in spans]
    ends = [span[1] for span in spans]
    for claim in sorted(claims, key=lambda c: (c.start, c.end, c.type)):
        at = bisect_left(ends, claim.start + 1)
        while at < len(spans) and spans[at][0] < claim.end:
            held[at].append(claim)
            at += 1
    for (start, end, locator, text, folded), found in zip(spans, held, strict=True):
        compared = _plain_brackets(folded.replace("\n", " ").lower())
        if len(compared) != len(text):  # one of the few letters whose small form is longer
            compared = searchable(text)
        out.append((Passage(number, text, start, end, locator, tuple(found)), compared))
    return out


class Describing:
    """Values of the facets for documents and passages; remembers the places it has resolved."""

    def __init__(self, areas: Areas) -> None:
        self._areas = areas
        self._known: dict[str, tuple[str, str]] = {}

    def document(self, document: Document, claims: Sequence[Claim]) -> dict[str, set[str]]:
        source = document.source
        province, level = self._place(source.area)
        own = next((c for c in claims if c.type == "policy" and c.values.get("self")), None)
        kind = (own.values.get("kind") if own else "") or source.kind
        year = source.date[:4] if source.date[:4].isdigit() else ""
        return {
            **_of_claims(claims),
            "hit": {"document"},
            **{
                name: {value} - {""}
                for name, value in (("province", province), ("level", level), ("year", year), ("kind", kind))
            },
        }

    def passage(self, claims: Sequence[Claim], document: Mapping[str, set[str]]) -> dict[str, set[str]]:
        if not claims:
            return {**document, **_NONE, "hit": {"passage"}}
        places = {self._place(claim.area)[0] for claim in claims if claim.area} - {""}
        return {
            **_of_claims(claims),
            "hit": {"passage"},
            "province": places or document["province"],
            **{name: document[name] for name in ("level", "year", "kind")},
        }

    def _place(self, name: str | None) -> tuple[str, str]:
        """Province (or the nation, or a region of several) and level of a place."""
        if not name:
            return "", ""
        if name not in self._known:
            area = self._areas.resolve(name)
            self._known[name] = (area.province or area.name, area.level) if area else ("", "")
        return self._known[name]


def _of_claims(claims: Iterable[Claim]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {name: set() for name in _OF_CLAIMS}
    for claim in claims:
        out["instrument"].update(claim.values.get("instruments") or ())
        out["resource"].update(claim.values.get("resources") or ())
        out["beneficiary"].update(b["category"] for b in claim.values.get("beneficiaries") or ())
        if claim.assertion:
            out["assertion"].add(claim.assertion)
    return out
