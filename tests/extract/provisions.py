"""Texts of our own, read as the pipeline reads them, for the tests of provisions."""

from __future__ import annotations

from kg.extract.amounts import read_amounts
from kg.extract.attributes import complete_measures
from kg.extract.context import read_context
from kg.extract.entities import find_entities
from kg.extract.measures import find_measures
from kg.extract.policies import find_policies
from kg.extract.reading import Finding, Reading
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

HEAD = {
    "policy": "甘肃省促进科技创新若干措施\n",
    "article": "甘肃省科技政策研究\n",
    "report": "2025年甘肃省政府工作报告\n二、2025年重点工作\n",
}


def read(text: str, kind: str = "", area: str = "") -> Reading:
    """A document as the finders get it; `kind` and `area` as a catalogue would give them."""
    document = Document("d-000000000000", text, Source("t", kind=kind, area=area))
    shadow = unwrap(text)
    structure = outline(shadow)
    return Reading(document, shadow, structure, read_context(document, shadow, structure))


def provisions(text: str, kind: str = "policy") -> list[Finding]:
    """The measures and recommendations of a body text under the head of a document of its kind, completed."""
    reading = read(HEAD[kind] + text, kind)
    return complete_measures(reading, find_measures(reading), find_policies(reading), find_entities(reading))


def quotes(text: str, kind: str = "policy") -> list[str]:
    """What the provisions of a body text cover."""
    whole = unwrap(HEAD[kind] + text).text
    return [whole[f.start : f.end] for f in provisions(text, kind)]


def amounts(provision: str, *, awarded: bool = True) -> list[dict[str, object]]:
    """The amounts of one provision, which is the whole text."""
    return [a.to_dict() for a in read_amounts(provision, 0, len(provision), awarded=awarded)]
