"""A folder as people have it, through `kg build`: what documents say of themselves in the graph, the table of files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent / "read"))

from pages import STYLES
from test_metadata import ARTICLE

from kg.build import load_claims, load_documents
from kg.cli import app
from kg.graph.store import open_store

TITLE = "浙江省科学技术厅关于支持科技型企业创新发展的若干措施"
LINES = [
    "各市、县科技局，各有关单位：",
    "第一条 对首次认定的高新技术企业，给予最高50万元奖励，由省级财政和市级财政各承担一半，在认定的次年兑现。",
    "第二条 支持企业牵头组建创新联合体，按研发投入的20%给予补助，单个联合体每年最高200万元，连续支持三年。",
    "第三条 支持科技型中小企业申领科技创新券，用于购买检验检测、研究开发等服务，每家每年最高10万元。",
    "第四条 本措施自2022年4月1日起施行，有效期3年。《浙江省科技型企业若干措施（试行）》同时废止。",
]
PREFIXES = (
    "PREFIX ip: <https://w3id.org/innopolicy/def/> PREFIX dcterms: <http://purl.org/dc/terms/> "
    "PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/> "
)


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    folder = tmp_path_factory.mktemp("reading")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "1 notice.html").write_text(STYLES["central"](TITLE, LINES), encoding="utf-8")
    (texts / "2 the same.html").write_bytes(STYLES["department"](TITLE, LINES).encode("gb18030"))
    (texts / "3 article.txt").write_text(ARTICLE, encoding="gb18030")
    (texts / "4 picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (texts / "5 broken.docx").write_bytes(b"PK\x03\x04 nothing")
    return kg("build", texts, "--out", folder / "build", "--workers", 1), folder / "build"


def rows(build: Path, query: str) -> list[tuple[str, ...]]:
    found = open_store(build / "graph.trig").query(PREFIXES + query)
    return sorted(tuple(value.value for value in row) for row in found)


def test_the_build_ends_with_a_table_of_what_was_read_and_what_not(run: tuple[Result, Path]) -> None:
    result, build = run
    assert result.exit_code == 1 and "2 documents" in result.stdout
    words = " ".join(result.stdout.split())
    for part in ("read html 1", "read text 1", "left out: read already html 1", "skipped 1", "failed 1"):
        assert part in words
    for line in ("the same text as", "this is a PNG picture", "a damaged zip archive"):
        assert line in words
    assert len([line for line in result.stderr.splitlines() if "5 broken.docx" in line]) == 1
    report = json.loads((build / "report.json").read_text(encoding="utf-8"))
    assert [f["result"] for f in report["files"]] and str(build.parent) not in json.dumps(report)


def test_the_details_of_a_notice_are_in_the_graph_with_their_place(run: tuple[Result, Path]) -> None:
    _, build = run
    notice = next(d for d in load_documents(build) if d.encoding == "utf-8")
    found = rows(build, "SELECT ?type ?value ?start ?end { ?n oa:bodyValue ?value ; oa:hasTarget <https://w3id.org/innopolicy/id/document/" + notice.id + "> ; dcterms:type ?type ; oa:hasSelector/oa:start ?start ; oa:hasSelector/oa:end ?end }")
    assert ("addressee", "各市、县科技局") in [row[:2] for row in found]
    for _, value, start, end in found:
        assert "".join(notice.text[int(start) : int(end)].split()) == "".join(value.split())
    assert rows(build, "SELECT ?v { ?d schema:identifier ?v }") == [("000014349/2022-00012",), ("某科发〔2022〕12号",)]
    assert rows(build, "SELECT ?v { ?d dcterms:hasFormat ?v }") == [("2 the same.html",)]


def test_the_policy_is_in_force_from_and_until_and_repeals_another(run: tuple[Result, Path]) -> None:
    _, build = run
    assert rows(build, "SELECT ?a ?b { ?p ip:inForceFrom ?a ; ip:inForceUntil ?b }") == [("2022-04-01", "2025-03-31")]
    repealed = [c for claims in load_claims(build).values() for c in claims if c.values.get("relation") == "repeals"]
    assert [c.values["to"] for c in repealed] == ["浙江省科技型企业若干措施（试行）"]


def test_an_article_has_its_authors_keywords_abstract_and_references(run: tuple[Result, Path]) -> None:
    _, build = run
    article = next(d for d in load_documents(build) if d.encoding == "gb18030")
    assert article.source.author == "王明、李晓红"
    assert {d.key for d in article.details} == {"author", "affiliation", "abstract", "keywords", "reference"}
    assert rows(build, "SELECT ?v { ?d dcterms:subject ?v }") == [("企业",), ("创新资源",), ("科技政策",)]
    assert len(rows(build, "SELECT ?v { ?d dcterms:references ?v }")) == 2


def test_the_graph_of_all_that_passes_its_checks(run: tuple[Result, Path]) -> None:
    result = kg("check", "--build", run[1])
    assert result.exit_code == 0, result.output
