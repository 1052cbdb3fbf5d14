"""IRIs of things: readable, deterministic, the same on every machine. The graph's only way to mint one."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.vocab import IPID

#: folder of each class of thing under `…/id/`
FOLDERS: dict[str, str] = {
    "Area": "area",
    "EnterpriseCategory": "enterprise-category",
    "FundingScheme": "funding-scheme",
    "Indicator": "indicator",
    "Organisation": "organisation",
    "Platform": "platform",
    "Policy": "policy",
    "TalentProgramme": "talent-programme",
}
_UNSAFE = re.compile(r"[^\w.~-]+")


def slug(name: str) -> str:
    """`name` as one segment of an IRI: letters of any script, digits, `-`; never empty.

    Where characters were lost, a hash of the whole name keeps two names apart.
    """
    folded = unicodedata.normalize("NFC", name)
    kept = _UNSAFE.sub("-", folded).strip("-")[:60].rstrip("-")
    if kept and kept == folded:
        return kept
    digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
    return f"{kept}-{digest}" if kept else digest


def thing(kind: str, key: str) -> str:
    """`thing("Policy", "330000-科创12条")`; `kind` is one of `FOLDERS`, `key` is already safe (`slug`)."""
    return f"{IPID}{FOLDERS[kind]}/{key}"


def area(code: str) -> str:
    return thing("Area", slug(code))


def document(doc_id: str) -> str:
    return f"{IPID}document/{slug(doc_id)}"


def graph(name: str) -> str:
    """A named graph: a document's id, `things`, `vocab` or `derived`."""
    return f"{IPID}graph/{slug(name)}"


def of_claim(folder: str, claim_id: str, number: int | None = None) -> str:
    """A node that belongs to one claim: `of_claim("amount", "c-12", 1)` → `…/id/amount/c-12-1`."""
    return f"{IPID}{folder}/{claim_id}" + (f"-{number}" if number is not None else "")


def flow(claim_id: str, resource: str, category: str) -> str:
    return f"{IPID}flow/{claim_id}-{resource}-{category}"
