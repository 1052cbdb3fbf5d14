"""From a document to its claims."""

from __future__ import annotations

from kg.model import Claim, Document


def extract(document: Document) -> list[Claim]:
    """The claims of a document in reading order; see `kg.extract.pipeline` for the spaCy pipeline behind it."""
    from kg.extract.pipeline import claims_of

    return claims_of(document)
