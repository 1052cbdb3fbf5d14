"""The file of the ledger: JSON lines, each with the hash of the line before.

Changing, removing or inserting a line breaks the chain at the next one and is reported with its number. The
last line is guarded by `Ledger.head` (printed by `kg build` and kept in report.json): note it down where the
file itself could be exchanged.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.config import Limits
from kg.errors import LedgerError
from kg.model import CLAIM_KEYS, Claim, Document

DECISIONS = ("accept", "reject", "correct", "merge", "split")
ON_CLAIMS = ("accept", "reject", "correct")
FIRST = "0" * 64
#: keys of a claim that a correction may change beside those of its type
_CORRECTABLE = frozenset(("area", "assertion", "locator"))
_KEYS = frozenset(("prev", "decision", "who", "why", "claim", "source", "becomes", "class", "names", "when"))


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. About a claim: `claim` (its row as extracted) and `source` (catalogue id or file name).

    `becomes` holds the keys that a correction sets, None where it takes one away. `merge` and `split` have a
    `kind` (Policy, Organisation …) and two `names`, each (name, area). `line` counts from 1, 0 before it is
    written.
    """

    decision: str
    who: str
    why: str
    claim: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    becomes: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    names: tuple[tuple[str, str], ...] = ()
    when: str = ""
    line: int = 0
    prev: str = ""

    def to_row(self) -> dict[str, Any]:
        """The JSON form; keys that do not apply are left out."""
        row: dict[str, Any] = {"prev": self.prev, "decision": self.decision, "who": self.who, "why": self.why}
        for key, value in (("when", self.when), ("source", self.source), ("claim", self.claim)):
            if value:
                row[key] = dict(value) if isinstance(value, Mapping) else value
        if self.becomes:
            row["becomes"] = dict(self.becomes)
        if self.names:
            row["class"] = self.kind
            row["names"] = [list(name) for name in self.names]
        return row


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines of a file and the hash of the last one."""

    decisions: tuple[Decision, ...] = ()
    head: str = FIRST

    def follows(self, head: str) -> bool:
        """Whether a ledger whose last hash was `head` is the beginning of this one."""
        return head == self.head or any(decision.prev == head for decision in self.decisions)


def decision_on(
    claim: Claim,
    document: Document,
    decision: str,
    *,
    who: str,
    why: str,
    becomes: Mapping[str, Any] | None = None,
) -> Decision:
    """A decision about a claim as it is now. Raises `LedgerError` where it does not hold together."""
    source = document.source
    named = source.id if source.id != document.id else source.path
    made = Decision(decision, who, why, claim.to_dict(), named, dict(becomes or {}))
    _check(made.to_row(), "decision")
    return made


def read(path: Path, megabytes: float = Limits().ledger_megabytes) -> Ledger:
    """The ledger in `path`, empty where there is no such file.

    Raises `LedgerError` naming the line that is malformed or does not follow from the one before, and for a file of
    more than so many megabytes (10⁶ bytes).
    """
    try:
        size = path.stat().st_size
        if size > megabytes * 1_000_000:
            raise LedgerError(
                f"{path}: {size / 1e6:.1f} MB are over the limit of {megabytes:g} MB; raise ledger_megabytes in kg.toml"
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}; name a readable ledger") from None
    decisions = []
    head = FIRST
    if raw and not raw.endswith(b"\n"):
        raise LedgerError(f"{path}: the last line is cut short; restore the file from its last good copy")
    for number, line in enumerate(raw.split(b"\n")[:-1], start=1):
        where = f"{path.name}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise LedgerError(
                f"{where}: not JSON ({error}); restore the file from its last good copy"
            ) from None
        _check(row, where)
        if row.get("prev") != head:
            raise LedgerError(
                f"{where}: does not follow from the line before; a line was changed, removed or put in between"
            )
        head = hashlib.sha256(line).hexdigest()
        decisions.append(_decision(row, number))
    return Ledger(tuple(decisions), head)


def append(path: Path, decision: Decision) -> Decision:
    """Write one line at the end of `path`, under a lock, in one piece; returns it with number and hash.

    Raises `LedgerError` where the file is broken, the decision malformed, or nothing can be written.
    """
    _check(decision.to_row(), "decision")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}; give --ledger another place") from None
    try:
        _lock(handle)
        ledger = read(path)
        row = decision.to_row() | {"prev": ledger.head}
        data = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")
        if os.write(handle, data) != len(data):
            raise LedgerError(f"{path}: the line was cut short; free some space and restore the file")
        os.fsync(handle)
        return _decision(row, len(ledger.decisions) + 1)
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:  # not a Unix: one writer at a time is the user's care
        return
    fcntl.flock(handle, fcntl.LOCK_EX)


def _decision(row: Mapping[str, Any], line: int) -> Decision:
    return Decision(
        row["decision"],
        row["who"],
        row["why"],
        row.get("claim", {}),
        row.get("source", ""),
        row.get("becomes", {}),
        row.get("class", ""),
        tuple((name, area) for name, area in row.get("names", ())),
        row.get("when", ""),
        line,
        row["prev"],
    )


def _check(row: Any, where: str) -> None:
    def refuse(what: str) -> None:
        raise LedgerError(f"{where}: {what}")

    if not isinstance(row, dict) or row.get("decision") not in DECISIONS:
        refuse(f"a line is an object with a decision, one of {', '.join(DECISIONS)}")
    for key in ("who", "why"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            refuse(f"a decision says {key}; give a text")
    if unknown := sorted(row.keys() - _KEYS):
        refuse(f"unknown key {', '.join(unknown)}; known: {', '.join(sorted(_KEYS))}")
    if row["decision"] in ON_CLAIMS:
        try:
            claim = Claim.from_dict(row["claim"])
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise LedgerError(
                f"{where}: the claim is malformed ({error}); copy it from `kg extract`"
            ) from None
        becomes = row.get("becomes", {})
        if (row["decision"] == "correct") != bool(becomes) or not isinstance(becomes, dict):
            refuse("a correction, and nothing else, has `becomes` with the keys it sets")
        if unknown := sorted(becomes.keys() - CLAIM_KEYS[claim.type] - _CORRECTABLE):
            refuse(f"a {claim.type} claim has no key {', '.join(unknown)}")
        return
    names = row.get("names")
    pairs = isinstance(names, list) and len(names) == 2
    if not pairs or any(
        not (isinstance(n, list) and len(n) == 2 and all(isinstance(x, str) for x in n)) for n in names
    ):
        refuse("merge and split have two `names`, each a name and the place it is said of (may be empty)")
    if not row.get("class"):
        refuse("merge and split name the `class` of the things")
