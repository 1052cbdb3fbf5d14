"""Blind spots: what in a document speaks of support, money or names, and no claim accounts for.

The places are found by the text core alone, with words of its own, so that a rule that misses something does
not hide it here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluate.score import norm, number
from kg.model import Claim, Document
from kg.query.table import Table
from kg.text.quantities import find_quantities
from kg.text.structure import outline
from kg.text.unwrap import unwrap

KINDS = ("support sentence", "money", "percentage", "quoted name", "title")

_SUPPORT = re.compile(
    r"给予|予以|奖励|奖补|补助|资助|补贴|贴息|补偿|减免|免征|减征|加计扣除|拨付|发放|优先|支持|鼓励|引导|扶持|设立|"
    r"建立|组建|打造|培育|推动|推进|实施|开展|完善|健全"
)
#: sentences that forbid, punish or tell of law are not expected to give anything
_NOT_SUPPORT = re.compile(r"不予|不得|严禁|禁止|追回|追缴|处罚|罚款|依法追究")
_PROVIDING = ("measure", "recommendation", "observation", "gap")
_TITLE = re.compile(r"《([^《》]{2,120})》")
_QUOTED = re.compile(r"“([^“”]{2,24})”")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that asks for a claim: half-open source offsets, kind, words, whether a claim has it."""

    document: str
    start: int
    end: int
    kind: str
    text: str
    covered: bool


def spots(document: Document, claims: Sequence[Claim]) -> list[Spot]:
    """The places of a document that ask for a claim, in reading order.

    A support sentence is accounted for by a measure, recommendation, observation or gap that overlaps it; a
    figure by a claim over it that carries its value or has it in its condition; a name or title by a policy,
    entity, relation or link over it, or by a claim that carries it.
    """
    shadow = unwrap(document.text)
    text = shadow.text
    carried = {word for claim in claims for word in _names(claim)}
    at = _Index(claims, len(document.text))
    name = document.source.path or document.id
    found: list[Spot] = []

    def add(start: int, end: int, kind: str, covered: bool) -> None:
        found.append(Spot(name, *shadow.to_source(start, end), kind, shadow.value(start, end), covered))

    for sentence in outline(shadow).sentences:
        words = text[sentence.start : sentence.end]
        if sentence.is_heading or not _SUPPORT.search(words) or _NOT_SUPPORT.search(words):
            continue
        a, b = shadow.to_source(sentence.start, sentence.end)
        covered = any(c.type in _PROVIDING for c in at.overlapping(a, b))
        add(sentence.start, sentence.end, "support sentence", covered)
    for q in find_quantities(text):
        if q.kind not in ("money", "percent"):
            continue
        a, b = shadow.to_source(q.start, q.end)
        figure = norm(text[q.number_start : q.number_end])
        covered = any(
            number(q.value) in _values(c) or figure in norm(c.values.get("condition"))
            for c in at.overlapping(a, b)
        )
        add(q.start, q.end, "money" if q.kind == "money" else "percentage", covered)
    for pattern, kind in ((_QUOTED, "quoted name"), (_TITLE, "title")):
        for m in pattern.finditer(text):
            word = norm(m.group(1))
            a, b = shadow.to_source(m.start(1), m.end(1))
            named = any(c.type in ("policy", "entity", "relation") for c in at.overlapping(a, b))
            add(m.start(), m.end(), kind, named or any(word in other for other in carried))
    return sorted(found, key=lambda s: (s.start, s.end, s.kind))


class _Index:
    """Claims by the stretch of text they lie in."""

    def __init__(self, claims: Sequence[Claim], length: int, width: int = 256):
        self._width = width
        self._cells: list[list[Claim]] = [[] for _ in range(length // width + 1)]
        for claim in claims:
            for cell in range(claim.start // width, (claim.end - 1) // width + 1):
                self._cells[cell].append(claim)

    def overlapping(self, start: int, end: int) -> Iterator[Claim]:
        for cell in range(start // self._width, (end - 1) // self._width + 1):
            for claim in self._cells[cell]:
                if claim.start < end and start < claim.end:
                    yield claim


def _names(claim: Claim) -> Iterator[str]:
    values = claim.values
    for key in ("title", "name", "to", "from", "subject", "object", "policy"):
        if values.get(key):
            yield norm(values[key])
    for key in ("aliases", "via", "issuers"):
        for name in values.get(key) or ():
            yield norm(name)


def _values(claim: Claim) -> set[Any]:
    rows = [claim.values, *claim.values.get("amounts", ())]
    return {number(row[key]) for row in rows for key in ("value", "upper") if row.get(key) is not None}


def coverage_table(found: Sequence[Spot]) -> Table:
    """One row a document and kind: how many places, how many accounted for, and the share; `all` last."""
    names = list(dict.fromkeys(s.document for s in found))
    rows = []
    for name in (*names, "all") if len(names) != 1 else names:
        for kind in KINDS:
            chosen = [s for s in found if s.kind == kind and name in (s.document, "all")]
            if chosen:
                covered = sum(s.covered for s in chosen)
                rows.append((name, kind, len(chosen), covered, round(covered / len(chosen), 4)))
    return Table(("document", "kind", "places", "covered", "share"), tuple(rows), title="Coverage")


def blind_spots(found: Sequence[Spot]) -> Table:
    """One row a place that no claim accounts for."""
    rows = tuple((s.document, s.start, s.end, s.kind, s.text) for s in found if not s.covered)
    return Table(("document", "start", "end", "kind", "text"), rows, title="Not accounted for")
