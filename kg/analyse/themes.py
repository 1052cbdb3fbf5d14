"""The headline a provision stands under: 一是优化科技计划支持方式。… or the title of its section.

Texts that sum up what places do, and policies alike, name the matter in the headline and leave it out of the
provisions below; a reader carries it along.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Claim, Document
from kg.text.structure import outline
from kg.text.unwrap import unwrap

_SERIAL = re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要)")
#: a sentence longer than this says more than what the following is about
_LONGEST = 40


def headlines(document: Document) -> list[tuple[int, str]]:
    """(offset in the text where it begins to hold, headline), in the order of the text.

    The innermost heading, or inside a paragraph the last short sentence that opens with 一是, 二是 …
    """
    shadow = unwrap(document.text)
    found: list[tuple[int, str]] = []
    block, serial = -1, ""
    for sentence in outline(shadow).sentences:
        text = shadow.plain[sentence.start : sentence.end].strip()
        if sentence.block != block:
            block, serial = sentence.block, ""
        if mark := _SERIAL.match(text):
            serial = text[mark.end() :] if len(text) <= _LONGEST else ""
        theme = serial or (sentence.path[-1] if sentence.path else "")
        if not found or found[-1][1] != theme:
            found.append((shadow.to_source(sentence.start, sentence.end)[0], theme))
    return found


def themes(documents: Iterable[Document], claims: Mapping[str, Sequence[Claim]]) -> dict[str, str]:
    """Claim id → headline, for measures and recommendations that stand under one."""
    found = {}
    for document in documents:
        wanted = [c for c in claims.get(document.id, ()) if c.type in ("measure", "recommendation")]
        if not wanted:
            continue
        heads = headlines(document)
        starts = [start for start, _ in heads]
        for claim in wanted:
            at = bisect_right(starts, claim.start) - 1
            if at >= 0 and heads[at][1]:
                found[claim.id] = heads[at][1]
    return found
