"""From a text to a graph and back: what a curator decides is in the next build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.analyse.rows import rows
from kg.build import GRAPH, build, load_claims, load_documents
from kg.cli import app
from kg.errors import LedgerError
from kg.graph.check import check
from kg.graph.store import open_store
from kg.ledger import append, decision_on, read

TEXT = """甘肃省人民政府关于支持科技创新的若干措施
甘政发〔2023〕12号

第一条　设立飞天创新券，对科技型中小企业最高补助20万元。
第二条　鼓励高新技术企业牵头建设省技术创新中心，给予500万元资助。
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "policy.txt").write_text(TEXT, encoding="utf-8")
    return folder


def measures(out: Path) -> list:
    return [c for found in load_claims(out).values() for c in found if c.type == "measure"]


def decide(texts: Path, out: Path, decision: str, **becomes):
    claim = measures(out)[0]
    (document,) = load_documents(out)
    made = decision_on(claim, document, decision, who="李明", why="核对过", becomes=becomes or None)
    append(texts / "ledger.jsonl", made)
    return claim


def test_a_rejection_takes_the_fact_out_and_leaves_who_and_why(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    rejected = decide(texts, out, "reject")
    before = len(measures(out))
    build([texts], out)
    store = open_store(out / GRAPH)
    assert len(measures(out)) == before - 1
    found = rows(
        store,
        """SELECT ?who ?why ?decision WHERE { ?d a ip:CuratorDecision ; ip:concerns ?c ; ip:isDecidedBy ?who ;
           ip:hasDecisionReason ?why ; ip:hasDecision ?decision . ?c a ip:WithdrawnClaim }""",
    )
    assert found == [("李明", "核对过", "reject")]
    assert rows(store, f"SELECT ?m WHERE {{ ?m ip:isEvidencedBy ipid:claim\\/{rejected.id} }}") == []
    assert [i for i in check(store, load_documents(out)) if i.severity == "violation"] == []


def test_a_correction_stands_in_the_graph_as_a_revision(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    decide(texts, out, "correct", area="兰州市")
    build([texts], out)
    assert "兰州市" in {claim.area for claim in measures(out)}
    store = open_store(out / GRAPH)
    found = rows(
        store,
        """SELECT ?status WHERE { ?c prov:wasRevisionOf ?old ; ip:hasStatus ?status . ?old a ip:WithdrawnClaim }""",
    )
    assert [status.rsplit("/", 1)[1] for (status,) in found] == ["corrected"]
    assert [i for i in check(store, load_documents(out)) if i.severity == "violation"] == []


def test_the_same_ledger_gives_the_same_bytes_and_the_report_names_its_head(texts, tmp_path):
    build([texts], tmp_path / "a")
    decide(texts, tmp_path / "a", "accept")
    build([texts], tmp_path / "b")
    build([texts], tmp_path / "c")
    assert (tmp_path / "b" / GRAPH).read_bytes() == (tmp_path / "c" / GRAPH).read_bytes()
    report = json.loads((tmp_path / "b" / "report.json").read_text(encoding="utf-8"))["ledger"]
    assert (report["lines"], report["applied"], report["conflicts"]) == (1, 1, [])
    assert report["head"] == read(texts / "ledger.jsonl").head


def test_a_decision_outlives_an_edit_elsewhere_in_the_file(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    rejected = decide(texts, out, "reject")
    (texts / "policy.txt").write_text(TEXT + "第三条　对专精特新企业奖励30万元。\n", encoding="utf-8")
    built = build([texts], out)
    assert built.conflicts == ()
    assert rejected.quote not in {claim.quote for claim in measures(out)}


def test_a_line_whose_words_are_gone_is_a_conflict_that_is_told(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    decide(texts, out, "accept")
    (texts / "policy.txt").write_text(TEXT.replace("飞天创新券", "科技券"), encoding="utf-8")
    built = build([texts], out)
    assert len(built.conflicts) == 1 and built.conflicts[0].startswith("ledger line 1: accept")
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["ledger"]["conflicts"]


def test_a_merge_makes_one_thing_of_two(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    runner = CliRunner()
    names = ["--name", "飞天创新券@甘肃省", "--name", "省技术创新中心"]
    done = runner.invoke(
        app,
        [
            *("review", "--decision", "merge", "--class", "FundingScheme", *names),
            *("--who", "李明", "--why", "试", "--ledger", str(texts / "ledger.jsonl")),
        ],
    )
    assert done.exit_code == 0, done.output
    built = build([texts], out)
    assert any("省技术创新中心" in conflict for conflict in built.conflicts), "it is no FundingScheme"


def test_a_broken_ledger_stops_the_build_and_the_last_one_stays(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    decide(texts, out, "accept")
    path = texts / "ledger.jsonl"
    path.write_text(path.read_text(encoding="utf-8") * 2, encoding="utf-8")
    before = (out / GRAPH).read_bytes()
    with pytest.raises(LedgerError, match="does not follow"):
        build([texts], out)
    assert (out / GRAPH).read_bytes() == before


def test_a_ledger_that_is_named_must_be_there(texts, tmp_path):
    with pytest.raises(LedgerError, match="no such ledger"):
        build([texts], tmp_path / "out", ledger=tmp_path / "none.jsonl")


def test_review_walks_doubtful_claims_and_writes_what_was_decided(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    ledger = tmp_path / "mine.jsonl"
    args = ["review", "--build", str(out), "--ledger", str(ledger), "--who", "李明"]
    claim = measures(out)[0]
    done = CliRunner().invoke(app, [*args, claim.id, "--decision", "reject", "--why", "旧"])
    assert done.exit_code == 0, done.output
    walked = CliRunner().invoke(app, args, input="a\n核对过\nq\n")
    assert walked.exit_code == 0, walked.output
    made = read(ledger).decisions
    assert made[0].claim["id"] == claim.id and made[0].decision == "reject"
    if "1/" in walked.output:  # there was something doubtful
        assert [d.decision for d in made] == ["reject", "accept"]


def test_review_refuses_what_it_cannot_write(texts, tmp_path):
    out = tmp_path / "out"
    build([texts], out)
    args = [
        "review",
        "--build",
        str(out),
        "--ledger",
        str(tmp_path / "x.jsonl"),
        "--who",
        "李明",
        "--why",
        "x",
    ]
    for more, told in (
        (["c-none", "--decision", "reject"], "no such claim"),
        (["--decision", "reject"], "on which claim"),
        ([measures(out)[0].id, "--decision", "correct", "--set", "{"], "not JSON"),
        (["--decision", "merge", "--class", "Policy", "--name", "甲"], "two names"),
    ):
        done = CliRunner().invoke(app, [*args, *more])
        assert done.exit_code == 1 and told in done.output
    assert not (tmp_path / "x.jsonl").exists()
