"""The curator's ledger in a build: find it, apply it to claims and names, say what became of each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.config import Limits
from kg.errors import LedgerError
from kg.graph.curated import Decided
from kg.ledger import Ledger, apply, concerned, read
from kg.ledger.apply import Applied, Outcome
from kg.link.curated import NameDecision, curate
from kg.link.linked import Linked
from kg.model import Claim, Document

LEDGER = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class Curation:
    """A ledger applied: claims of the documents it is about, what to write of it, and lines that need a curator's eye."""

    claims: dict[str, list[Claim]]
    ledger: Ledger
    applied: Applied | None = None


def find_ledger(paths: Sequence[str | Path], named: str | Path | None = None) -> Path | None:
    """The ledger a build uses: the one named, else `ledger.jsonl` in one of the folders named.

    Raises `LedgerError` where the one named is missing, or several folders have one.
    """
    if named:
        if not Path(named).is_file():
            raise LedgerError(f"{named}: no such ledger; `kg review --ledger {named}` begins one")
        return Path(named)
    found = [Path(p) / LEDGER for p in paths if (Path(p) / LEDGER).is_file()]
    if len(found) > 1:
        raise LedgerError(f"{', '.join(map(str, found))}: one build uses one ledger; choose it with --ledger")
    return found[0] if found else None


def curated_claims(
    path: Path | None,
    documents: Sequence[Document],
    claims: Mapping[str, Sequence[Claim]],
    megabytes: float = Limits().ledger_megabytes,
) -> Curation:
    """Claims after the decisions about them, of the documents that decisions are about.

    Raises `LedgerError` where the ledger is broken.
    """
    if path is None:
        return Curation({}, Ledger())
    ledger = read(path, megabytes)
    applied = apply(ledger.decisions, documents, {name: claims[name] for name in concerned(ledger.decisions, documents)})
    return Curation(applied.claims, ledger, applied)


def tampered(curation: Curation, last_head: str) -> list[str]:
    """What is to be told where the ledger is not the one of the last build with lines added. The chain of hashes alone
    does not show that its last lines were cut off or written anew.
    """
    if not last_head or curation.ledger.follows(last_head):
        return []
    return [
        "ledger: lines that the last build applied are gone or were changed; if nobody meant that, bring the ledger back from a backup"
    ]


def curated_names(curation: Curation, linked: Linked) -> tuple[Linked, list[Decided], list[str]]:
    """The linking after merges and splits, the decisions for the graph, and lines that were not applied."""
    if curation.applied is None:
        return linked, [], []
    applied = curation.applied
    standing = {claim.id for found in applied.claims.values() for claim in found}
    decided = [_on_claim(outcome, standing) for outcome in applied.outcomes]
    wanted = [
        NameDecision(d.decision, d.kind, (d.names[0], d.names[1]), d.why, d.line) for d in applied.names
    ]
    result = curate(linked, wanted)
    who = {d.line: d.who for d in applied.names}
    for made, things in result.concerns:
        decided.append(Decided(made.decision, who[made.line], made.why, things=things))
    lines = [(c.line, f"{c.decision}: {c.problem}") for c in applied.conflicts]
    lines += [(line, problem) for line, problem in result.problems]
    return result.linked, decided, [f"ledger line {line}: {problem}" for line, problem in sorted(lines)]


def ledger_report(curation: Curation, conflicts: Sequence[str]) -> dict[str, Any]:
    """What report.json says of a ledger: lines, hash of the last, lines applied with a note, conflicts."""
    applied = curation.applied
    if applied is None:
        return {}
    notes = [f"ledger line {o.decision.line}: {o.note}" for o in applied.outcomes if o.note]
    return {
        "lines": len(curation.ledger.decisions),
        "head": curation.ledger.head,
        "applied": len(applied.outcomes) + len(applied.names) - _failed(conflicts, applied),
        "notes": notes,
        "conflicts": list(conflicts),
    }


def _failed(conflicts: Sequence[str], applied: Applied) -> int:
    on_names = {d.line for d in applied.names}
    lines = {int(text.split(":")[0].rsplit(" ", 1)[1]) for text in conflicts}
    return len(lines & on_names)


def _on_claim(outcome: Outcome, standing: set[str]) -> Decided:
    made = outcome.decision
    withdrawn = outcome.withdrawn if outcome.withdrawn and outcome.withdrawn.id not in standing else None
    claim = outcome.claim if outcome.claim in standing or withdrawn else ""
    return Decided(made.decision, made.who, made.why, claim, withdrawn)
