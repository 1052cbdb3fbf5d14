"""What documents say about themselves, in Dublin Core and schema.org terms, each with the characters that say so.

A detail that stands in the text has an annotation (Web Annotation): what it says, of which document, and where.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import ids, vocab
from kg.graph.turtle import Triple, integer, iri, string
from kg.model import Document

#: key of a detail → property of the document
PROPERTIES = {
    "title": vocab.DCTERMS + "alternative",
    "author": vocab.CREATOR,
    "affiliation": vocab.SCHEMA + "affiliation",
    "number": vocab.SCHEMA + "identifier",
    "date": vocab.DCTERMS + "created",
    "published": vocab.SCHEMA + "datePublished",
    "publisher": vocab.PUBLISHER,
    "source": vocab.DCTERMS + "source",
    "index_number": vocab.SCHEMA + "identifier",
    "status": vocab.SCHEMA + "creativeWorkStatus",
    "effective": vocab.DCTERMS + "available",
    "expires": vocab.SCHEMA + "expires",
    "validity": vocab.DCTERMS + "valid",
    "repeals": vocab.DCTERMS + "replaces",
    "addressee": vocab.DCTERMS + "audience",
    "attachment": vocab.DCTERMS + "hasPart",
    "abstract": vocab.DCTERMS + "abstract",
    "keywords": vocab.DCTERMS + "subject",
    "reference": vocab.DCTERMS + "references",
    "language": vocab.DCTERMS + "language",
    "url": vocab.SCHEMA + "url",
    "also_published": vocab.DCTERMS + "hasFormat",
}
#: in the language of the document; the others are codes and dates
_WORDS = frozenset(
    ("affiliation", "validity", "repeals", "addressee", "attachment", "abstract", "keywords", "reference")
)


def detail_triples(document: Document) -> Iterator[Triple]:
    """The details of a document and where they stand in its text."""
    node = ids.document(document.id)
    for number, detail in enumerate(document.details, start=1):
        value = string(detail.value, "zh") if detail.key in _WORDS else string(detail.value)
        yield iri(node), iri(PROPERTIES[detail.key]), value
        if detail.span is None:
            continue
        note, position = iri(f"{node}#detail-{number}"), iri(f"{node}#detail-{number}-position")
        yield note, iri(vocab.TYPE), iri(vocab.OA + "Annotation")
        yield note, iri(vocab.OA + "hasTarget"), iri(node)
        yield note, iri(vocab.OA + "bodyValue"), value
        yield note, iri(vocab.DCTERMS + "type"), string(detail.key)
        yield note, iri(vocab.OA_HAS_SELECTOR), position
        yield position, iri(vocab.TYPE), iri(vocab.OA_TEXT_POSITION)
        yield position, iri(vocab.OA_START), integer(detail.span[0])
        yield position, iri(vocab.OA_END), integer(detail.span[1])
