"""From a document to its claims."""

from __future__ import annotations

from kg.model import Claim, Document


def extract(document: Document) -> list[Claim]:
    """The claims of a document in reading order; `kg.extract.pipeline` finds the same and takes other components."""
    from kg.extract.stages import extract_plainly

    return extract_plainly(document)
