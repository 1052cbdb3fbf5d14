"""Pages and references survive a build's files, and the graph says a claim's page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("reportlab")

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg import vocab
from kg.build import document_row, load_claims
from kg.build.files import document_from
from kg.cli import app
from kg.graph.facts import claim_triples
from kg.graph.turtle import integer, iri
from kg.model import Claim, Document, Source

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def test_pages_and_references_survive_documents_jsonl() -> None:
    document = Document("d-1", "甲" * 30, Source("s"), pages=((0, 1), (10, 2)), references=((20, 30),))
    assert document_from(json.loads(json.dumps(document_row(document)))) == document


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


def test_a_pdf_is_built_and_the_evidence_names_its_page(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "notice.pdf"), invariant=1)
    for line in ("青海省支持企业创新若干措施", "对首次认定的高新技术企业，给予一次性奖励20万元。"):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(60, 700, line)
        canvas.showPage()
    canvas.save()
    runner, build = CliRunner(), str(tmp_path / "build")
    made = runner.invoke(app, ["build", str(tmp_path / "notice.pdf"), "--out", build])
    assert made.exit_code == 0, made.output
    claims = next(iter(load_claims(build).values()))
    claim = next(c for c in claims if c.type == "measure")
    told = runner.invoke(app, ["evidence", claim.id, "--build", build, "--format", "jsonl"])
    rows = {row["key"]: row["value"] for row in map(json.loads, told.stdout.splitlines())}
    assert rows["page"] == 2 and rows["quote"] == claim.quote and "奖励20万元" in claim.quote
    assert "hasPage 2" in (tmp_path / "build" / "graph.trig").read_text("utf-8").replace("ip:", "")
