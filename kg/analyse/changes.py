"""What changed between two builds: claims added, removed and changed, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Claim, Document
from kg.query.table import Table

#: keys that differ without the claim saying something else
_SILENT = ("id", "doc", "start", "end", "rule", "quote")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One claim that is new, gone or different. `how` is added, removed or changed; `words` say what differs."""

    document: str  # catalogue id or file name, else the document's id
    start: int
    how: str
    type: str
    words: str
    quote: str
    claim: str


def changes(
    before: tuple[Sequence[Document], Mapping[str, Sequence[Claim]]],
    after: tuple[Sequence[Document], Mapping[str, Sequence[Claim]]],
) -> list[Change]:
    """Differences between two builds, by document and place; a pure function.

    A document is the same by its bytes, else by its catalogue id or file name. A claim is the same by type,
    quote and values, so that an edit elsewhere in a file changes nothing here; with the same quote, or at
    overlapping places of one text, two claims of a type are one that changed.
    """
    old, new = _by_name(*before), _by_name(*after)
    out: list[Change] = []
    for name in sorted(old.keys() | new.keys()):
        out += _document(name, old.get(name, []), new.get(name, []))
    return sorted(out)


def changes_table(found: Sequence[Change]) -> Table:
    """One row a change."""
    rows = tuple((c.document, c.how, c.type, c.words, c.quote, c.claim) for c in found)
    counts = {how: sum(c.how == how for c in found) for how in ("added", "removed", "changed")}
    title = ", ".join(f"{number} {how}" for how, number in counts.items())
    return Table(("document", "change", "type", "what", "quote", "claim"), rows, title=title)


def _by_name(documents: Sequence[Document], claims: Mapping[str, Sequence[Claim]]) -> dict[str, list[Claim]]:
    out: dict[str, list[Claim]] = {}
    for document in documents:
        source = document.source
        name = source.id if source.id != document.id else source.path or document.id
        out.setdefault(name, []).extend(claims.get(document.id, ()))
    return out


def _document(name: str, old: list[Claim], new: list[Claim]) -> list[Change]:
    was, now = _unmatched(old, new), _unmatched(new, old)
    out = []
    for claim in sorted(was, key=lambda c: (c.start, c.end, c.id)):
        later = _later(claim, now)
        if later is None:
            out.append(_change(name, "removed", claim, ""))
            continue
        now.remove(later)
        out.append(_change(name, "changed", later, _difference(claim, later)))
    return [*out, *(_change(name, "added", claim, "") for claim in now)]


def _unmatched(mine: list[Claim], others: list[Claim]) -> list[Claim]:
    """Claims that have no counterpart saying the same; each counterpart counts once."""
    counts: dict[str, int] = {}
    for claim in others:
        counts[_content(claim)] = counts.get(_content(claim), 0) + 1
    out = []
    for claim in mine:
        key = _content(claim)
        if counts.get(key, 0):
            counts[key] -= 1
        else:
            out.append(claim)
    return out


def _later(claim: Claim, candidates: list[Claim]) -> Claim | None:
    near = [c for c in candidates if c.type == claim.type]
    same = [c for c in near if _flat(c.quote) == _flat(claim.quote)]
    over = [c for c in near if c.doc == claim.doc and c.start < claim.end and claim.start < c.end]
    return min(same or over, key=lambda c: (abs(c.start - claim.start), c.id), default=None)


def _change(name: str, how: str, claim: Claim, words: str) -> Change:
    quote = " ".join(claim.quote.split())
    return Change(name, claim.start, how, claim.type, words or _said(claim), quote[:80], claim.id)


def _said(claim: Claim) -> str:
    row = claim.to_dict()
    return "; ".join(f"{k}: {_word(row[k])}" for k in row if k not in (*_SILENT, "type", "locator"))


def _difference(one: Claim, two: Claim) -> str:
    before, after = one.to_dict(), two.to_dict()
    keys = [
        k for k in sorted(before.keys() | after.keys()) if k not in _SILENT and before.get(k) != after.get(k)
    ]
    told = [f"{key}: {_word(before.get(key))} → {_word(after.get(key))}" for key in keys]
    if _flat(one.quote) != _flat(two.quote):
        told.append("quote cut differently")
    return "; ".join(told)


def _word(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return " ".join(f"{k}={_word(v)}" for k, v in value.items())
    if isinstance(value, (list, tuple)):
        return " | ".join(map(_word, value)) or "nothing"
    return str(value)


def _content(claim: Claim) -> str:
    row = {k: v for k, v in claim.to_dict().items() if k not in ("id", "doc", "start", "end", "rule")}
    return repr(sorted((k, _flat(v) if k == "quote" else _word(v)) for k, v in row.items()))


def _flat(text: str) -> str:
    return "".join(text.split())
