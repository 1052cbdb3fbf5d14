"""Pages and references survive a build's files, and the graph says a claim's page."""

from __future__ import annotations

import json

from kg import vocab
from kg.build import _document, document_row
from kg.graph.facts import claim_triples
from kg.graph.turtle import integer, iri
from kg.model import Claim, Document, Source


def test_pages_and_references_survive_documents_jsonl() -> None:
    document = Document("d-1", "甲" * 30, Source("s"), pages=((0, 1), (10, 2)), references=((20, 30),))
    assert _document(json.loads(json.dumps(document_row(document)))) == document


def test_a_document_without_pages_has_no_such_keys() -> None:
    assert document_row(Document("d-1", "甲", Source("s"))).keys() == {"id", "source", "encoding", "text"}


def test_the_graph_says_the_page_of_a_claim() -> None:
    claim = Claim("gap", "d-1", 12, 15, "甲甲甲", "r", values={"topic": "talent"})
    pages = [
        {o for _, p, o in claim_triples(claim, document) if p == iri(vocab.HAS_PAGE)}
        for document in (
            Document("d-1", "甲" * 30, Source("s"), pages=((0, 7), (10, 8))),
            Document("d-1", "甲" * 30, Source("s")),
        )
    ]
    assert pages[1] == set()
    assert pages[0] == {integer(8)}
