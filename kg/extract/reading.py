"""What every finder reads: a document's shadow, its structure and what the document is.

A finder is a plain function `find(reading) -> list[Finding]` in shadow offsets; `kg.extract.stages` runs them in order,
`kg.extract.pipeline` as spaCy components.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Any

from kg.model import Document
from kg.text.shadow import Shadow
from kg.text.structure import Outline, Sentence, cited


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
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
        if "ends" not in self.shared:
            self.shared["ends"] = [s.end for s in sentences]
        at = bisect_right(self.shared["ends"], position)
        return sentences[at] if at < len(sentences) and sentences[at].start <= position else None

    def number_of_sentence(self, position: int) -> int:
        """The number of the last sentence that begins at or before a shadow offset, -1 where none does."""
        if "starts" not in self.shared:
            self.shared["starts"] = [s.start for s in self.outline.sentences]
        return bisect_right(self.shared["starts"], position) - 1

    def locator_at(self, position: int) -> str:
        """Where a shadow offset stands, as a citation says it: 第二十一条, 第三部分（二）, 标题, else 第N段.

        Paragraphs without a number of their own are counted behind the title.
        """
        if "blocks" not in self.shared:
            self.shared["blocks"] = [b.start for b in self.outline.blocks]
        starts = self.shared["blocks"]
        block = max(0, bisect_right(starts, position) - 1)
        sentence = self.sentence_at(position)
        locator = sentence.locator if sentence else self.outline.blocks[block].locator if starts else ""
        if locator and not locator.startswith("“"):
            return cited(locator)
        span = self.context.title_span
        if span is not None and position < span[1]:
            return "标题" if position >= span[0] else "文首"
        above = bisect_right(starts, span[0]) if span else 0
        return f"第{block + 1 - above}段{locator}"
