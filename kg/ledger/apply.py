"""Decisions on freshly extracted claims: what holds is applied, what no longer fits is told, nothing is lost."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.ledger.lines import ON_CLAIMS, Decision
from kg.model import Claim, Document

#: a quote counts as the same one, cut a little differently, from this likeness on
LIKE = 0.8
#: rule of a claim that a curator wrote
RULE = "ledger"


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """A line that could not be applied as it stands. `problem` says what happened and what to do."""

    line: int
    decision: str
    problem: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line that was applied: `claim` is the id of the claim it now concerns, `before` of the one withdrawn."""

    decision: Decision
    claim: str
    before: str = ""
    withdrawn: Claim | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """Claims after all decisions, what was done, what was not, and the merges and splits for the linker."""

    claims: dict[str, list[Claim]]
    outcomes: tuple[Outcome, ...]
    conflicts: tuple[Conflict, ...]
    names: tuple[Decision, ...]


def apply(
    decisions: Sequence[Decision], documents: Sequence[Document], claims: Mapping[str, Sequence[Claim]]
) -> Applied:
    """Apply the lines of a ledger, in order, to the claims of `documents`; a pure function.

    A claim is found by document, type, quote and values; where its offsets moved, by the quote; where the
    file changed, in the file of the same catalogue id or name. A line about a document that is not among
    `documents` is a conflict too, so that a build over fewer files says what it leaves out.
    """
    kept = {doc: list(found) for doc, found in claims.items()}
    outcomes: list[Outcome] = []
    conflicts: list[Conflict] = []
    for decision in decisions:
        if decision.decision not in ON_CLAIMS:
            continue
        document, problem = _document(decision, documents)
        if document is None:
            conflicts.append(Conflict(decision.line, decision.decision, problem))
            continue
        found = _apply_one(decision, document, kept.setdefault(document.id, []))
        if isinstance(found, Conflict):
            conflicts.append(found)
        else:
            outcomes.append(found)
    for found in kept.values():
        found.sort(key=lambda c: (c.start, c.end, c.type, c.id))
    names = tuple(d for d in decisions if d.decision not in ON_CLAIMS)
    return Applied(kept, tuple(outcomes), tuple(sorted(conflicts)), names)


def concerned(decisions: Sequence[Decision], documents: Sequence[Document]) -> list[str]:
    """Ids of the documents that decisions on claims are about, sorted."""
    found = (_document(decision, documents)[0] for decision in decisions if decision.decision in ON_CLAIMS)
    return sorted({document.id for document in found if document is not None})


def _document(decision: Decision, documents: Sequence[Document]) -> tuple[Document | None, str]:
    by_id = {document.id: document for document in documents}
    doc = str(decision.claim.get("doc", ""))
    if doc in by_id:
        return by_id[doc], ""
    same = [d for d in documents if decision.source and decision.source in (d.source.id, d.source.path)]
    if len(same) == 1:
        return same[0], ""
    what = "several files go by that name" if same else "it is not in this build"
    return None, f"document {decision.source or doc}: {what}; add the file, or decide anew on its claims"


def _apply_one(decision: Decision, document: Document, claims: list[Claim]) -> Outcome | Conflict:
    wanted = Claim.from_dict({**decision.claim, "doc": document.id})
    found, how = _find(wanted, claims)
    if how in ("", "values") and decision.decision == "correct":
        done, as_said = _find(_corrected(wanted, decision.becomes), claims)
        if done and as_said in ("exact", "quote"):
            return Outcome(decision, done.id, wanted.id, wanted, "the extraction now says the same")
    if found is None:
        return _without(decision, wanted, document, claims)
    if how == "values":
        problem = f"the text is the same and the extraction now says otherwise ({_difference(wanted, found)})"
        return Conflict(decision.line, decision.decision, f"“{_clip(wanted.quote)}”: {problem}; decide anew")
    note = "the quote is cut differently now" if how == "quote" else ""
    if decision.decision == "accept":
        return Outcome(decision, found.id, note=note)
    claims.remove(found)
    if decision.decision == "reject":
        return Outcome(decision, found.id, found.id, found, note)
    corrected = _corrected(found, decision.becomes)
    claims.append(corrected)
    return Outcome(decision, corrected.id, found.id, found, note)


def _without(
    decision: Decision, wanted: Claim, document: Document, claims: list[Claim]
) -> Outcome | Conflict:
    """The extraction no longer finds the claim: a rejection is satisfied, the others are written again."""
    if decision.decision == "reject":
        return Outcome(decision, wanted.id, wanted.id, wanted, "no longer extracted")
    start = _position(document.text, wanted)
    if start < 0:
        problem = "these words are no longer in the text; decide anew"
        return Conflict(decision.line, decision.decision, f"“{_clip(wanted.quote)}”: {problem}")
    there = replace(wanted, start=start, end=start + len(wanted.quote), rule=RULE)
    made = _corrected(there, decision.becomes) if decision.decision == "correct" else there
    claims.append(made)
    return Outcome(decision, made.id, "", None, "no longer extracted; kept as decided")


def _find(wanted: Claim, claims: Sequence[Claim]) -> tuple[Claim | None, str]:
    """The claim meant and how it was found: `exact`, `quote` (cut differently) or `values` (says otherwise)."""
    mine = [c for c in claims if c.type == wanted.type]
    nearest = sorted(mine, key=lambda c: (abs(c.start - wanted.start), c.id))
    for claim in nearest:
        if _squashed(claim.quote) == _squashed(wanted.quote) and _content(claim) == _content(wanted):
            return claim, "exact"
    for claim in nearest:
        if _content(claim) == _content(wanted) and _alike(claim.quote, wanted.quote):
            return claim, "quote"
    for claim in nearest:
        same_place = claim.start == wanted.start or len(nearest) == 1
        if same_place and _squashed(claim.quote) == _squashed(wanted.quote):
            return claim, "values"
    same = [c for c in mine if _squashed(c.quote) == _squashed(wanted.quote)]
    return (same[0], "values") if len(same) == 1 else (None, "")


def _corrected(claim: Claim, becomes: Mapping[str, Any]) -> Claim:
    values = {
        **claim.values,
        **{k: v for k, v in becomes.items() if k not in ("area", "assertion", "locator")},
    }
    return replace(
        claim,
        rule=RULE,
        area=becomes.get("area", claim.area),
        assertion=becomes.get("assertion", claim.assertion),
        locator=becomes.get("locator", claim.locator),
        values={key: value for key, value in values.items() if value is not None},
    )


def _position(text: str, wanted: Claim) -> int:
    """Where the quote stands now, the occurrence nearest to where it stood; -1 without one."""
    found = [m.start() for m in re.finditer(re.escape(wanted.quote), text)]
    return min(found, key=lambda at: (abs(at - wanted.start), at), default=-1)


def _content(claim: Claim) -> tuple[Any, ...]:
    row = {k: v for k, v in claim.to_dict().items() if k in claim.values}
    return (claim.area or "", claim.assertion or "", _frozen(row))


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple(sorted((k, _frozen(v)) for k, v in value.items() if v not in (None, "", [], {})))
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(v) for v in value)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _difference(wanted: Claim, found: Claim) -> str:
    before, now = wanted.to_dict(), found.to_dict()
    skipped = ("id", "start", "end", "quote", "rule", "doc")
    keys = [k for k in sorted(before.keys() | now.keys()) if k not in skipped and before.get(k) != now.get(k)]
    return "; ".join(f"{key}: {_clip(str(before.get(key)))} → {_clip(str(now.get(key)))}" for key in keys)


def _alike(one: str, two: str) -> bool:
    a, b = _squashed(one), _squashed(two)
    return a in b or b in a or difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= LIKE


def _squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _clip(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"
