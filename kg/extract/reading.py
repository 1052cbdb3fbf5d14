"""What every finder reads: a document's shadow, its structure and what the document is.

A finder is a plain function `find(reading) -> list[Finding]` in shadow offsets; the spaCy components in
`kg.extract.pipeline` are a thin layer that puts findings into span groups.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from kg.model import Document
from kg.text.shadow import Shadow
from kg.text.structure import Outline, Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One candidate claim: a half-open span of the shadow, the claim's type, the rule that made it, its values.

    `area` and `assertion` are None where the sentence says nothing of its own; the document's are filled in later.
    """

    type: str
    start: int
    end: int
    rule: str
    values: dict[str, Any] = field(default_factory=dict)
    area: str | None = None
    assertion: str | None = None

    def with_values(self, **values: Any) -> Finding:
        return replace(self, values={**self.values, **values})


@dataclass(frozen=True, slots=True)
class Context:
    """What the document as a whole is.

    `kind`: `policy` (the document provides what it says), `article` (an author writes about policies),
    `report` (a government's work report or news). `area` is the full name of the place it speaks for,
    `province` the province of that place (or 全国). `policy` is the title that the document's own measures carry.
    """

    kind: str
    area: str
    province: str
    title: str = ""
    title_span: tuple[int, int] | None = None
    policy: str = ""
    aliases: tuple[str, ...] = ()
    number: str = ""
    issuers: tuple[str, ...] = ()
    issued: str = ""
    year: int | None = None  # the year the document speaks from


@dataclass(frozen=True, slots=True)
class Reading:
    """A document ready for the finders."""

    document: Document
    shadow: Shadow
    outline: Outline
    context: Context
    #: what finders share while they read, e.g. the places of each sentence; never part of a reading's identity
    shared: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def text(self, sentence: Sentence) -> str:
        return self.shadow.text[sentence.start : sentence.end]

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a shadow offset (end marks belong to none)."""
        sentences = self.outline.sentences
        low, high = 0, len(sentences)
        while low < high:
            mid = (low + high) // 2
            if sentences[mid].end <= position:
                low = mid + 1
            else:
                high = mid
        if low < len(sentences) and sentences[low].start <= position:
            return sentences[low]
        return None
