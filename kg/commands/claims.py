"""Claims as a table, and the passage around one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.analyse.amounts import amount_text
from kg.errors import KgError
from kg.model import Amount, Claim, Document
from kg.query.table import Table


def claim_table(found: Iterable[tuple[Document, Sequence[Claim]]]) -> Table:
    """One row a claim: what it says in words, where, and the quote."""
    rows = [
        (
            *(document.source.path or document.source.title, claim.type, claim.area, claim.assertion),
            *(said(claim), claim.locator, claim.start, claim.end, claim.quote, claim.rule, claim.id),
        )
        for document, claims in found
        for claim in claims
    ]
    columns = (
        "document",
        "type",
        "area",
        "assertion",
        "says",
        "locator",
        "start",
        "end",
        "quote",
        "rule",
        "claim",
    )
    return Table(columns, tuple(rows), title="Claims")


def said(claim: Claim) -> str:
    """What the claim adds to its quote, in few words."""
    v = claim.values
    if claim.type == "policy":
        return "、".join(filter(None, (v.get("title"), v.get("number"))))
    if claim.type == "entity":
        return f"{v['class']} {v['name']}"
    if claim.type == "relation":
        return f"{v['subject']} {v['predicate']} {v['object']}"
    if claim.type == "policy_link":
        return f"{v['relation']} {v['to']}"
    if claim.type == "observation":
        value = amount_text(_amount({"role": "", **v})) if "value" in v else ""
        rank = f"第{v['rank']}位" if v.get("rank") else ""
        return " ".join(filter(None, (v.get("indicator"), v.get("period"), value, rank)))
    if claim.type == "gap":
        return str(v.get("topic", ""))
    amounts = "；".join(amount_text(_amount(a)) for a in v.get("amounts", ()))
    receivers = "、".join(b["text"] for b in v.get("beneficiaries", ()))
    codes = " ".join((*v.get("instruments", ()), *v.get("resources", ())))
    return "；".join(filter(None, (codes, receivers, amounts)))


def _amount(row: Mapping[str, object]) -> Amount:
    keys = ("value", "unit", "bound", "role", "upper", "per", "basis", "of")
    told = {"unit": "", "bound": "exact", "role": "", **{k: row[k] for k in keys if k in row}}
    return Amount(**told)  # type: ignore[arg-type]


def chosen(folder: Path, claim_ids: Sequence[str]) -> list[tuple[Document, Claim]]:
    """Claims of a build by their ids, in the order given, each with its document.

    An id may be an IRI, and cut short as long as it is unique. Raises `KgError` where there is no such claim,
    or several.
    """
    from kg.build import load_claims, load_documents

    documents = {d.id: d for d in load_documents(folder)}
    known = {c.id: c for claims in load_claims(folder).values() for c in claims}
    found = []
    for claim_id in claim_ids:
        wanted = claim_id.rsplit("/", 1)[-1]
        hits = [c for c in known.values() if wanted.startswith("c-") and c.id.startswith(wanted)]
        if len(hits) != 1:
            what = f"{len(hits)} claims begin so" if hits else "no such claim"
            raise KgError(f"{claim_id}: {what} in {folder}; `kg extract` and `kg ask` print ids (c-…)")
        found.append((documents[hits[0].doc], hits[0]))
    return found


def evidence(folder: Path, claim_id: str, around: int = 120) -> Table:
    """The passage around a claim of a build. `claim_id` may be cut short as long as it is unique.

    Raises `KgError` where there is no such claim, or several.
    """
    ((document, claim),) = chosen(folder, [claim_id])
    source = document.source
    before = document.text[max(0, claim.start - around) : claim.start]
    after = document.text[claim.end : claim.end + around]
    pairs = (
        ("claim", claim.id),
        ("type", claim.type),
        ("says", said(claim)),
        ("area", claim.area),
        ("assertion", claim.assertion),
        ("document", source.title),
        ("author", source.author),
        ("date", source.date),
        ("number", source.number),
        ("restates", source.digest_of_title),
        ("locator", claim.locator),
        ("page", document.page_at(claim.start)),
        ("offsets", f"{claim.start}..{claim.end}"),
        ("rule", claim.rule),
        ("before", before),
        ("quote", claim.quote),
        ("after", after),
    )
    return Table(("key", "value"), tuple((k, v) for k, v in pairs if v), title=claim.id)
