"""The commands as a user meets them: what they print, where errors go, how they end."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

ROOT = Path(__file__).parents[1]
POLICY = """湖北省人民政府关于支持科技创新的若干措施
鄂政发〔2023〕7号

第一条　对新认定的高新技术企业，给予一次性奖励20万元。
第二条　支持科技型中小企业使用科技创新券，最高补助30万元。
"""
ARTICLE = """云南省创新资源研究

2022年，云南省支持300家科技型中小企业开展协同创新，扶持金额达1.2亿元。
云南省仍存在企业创新平台不足的问题。
建议对新认定的高新技术企业给予奖励。
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "policy.txt").write_text(POLICY, encoding="utf-8")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(texts: Path) -> Path:
    out = texts / "build"
    result = kg("build", texts, "--out", out)
    assert result.exit_code == 0, result.output
    assert "2 documents" in result.stdout
    return out


def kg(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def records(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_help_is_there_at_once() -> None:
    def spent() -> float:  # processor time: a busy machine makes a test wait, not work
        times = os.times()
        return times.children_user + times.children_system

    before = spent()
    done = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, cwd=ROOT)
    took = spent() - before
    assert done.returncode == 0 and "precedents" in done.stdout
    assert took < 2, "0.2 s where it was written"


def test_version_and_no_arguments() -> None:
    assert kg("--version").stdout.startswith("kg ")
    assert "Usage" in kg().output


def test_extract_prints_one_claim_a_line_in_reading_order(texts: Path) -> None:
    claims = records(kg("extract", texts / "policy.txt", "--format", "jsonl"))
    assert [c["start"] for c in claims] == sorted(c["start"] for c in claims)  # type: ignore[type-var]
    for claim in claims:
        assert POLICY[claim["start"] : claim["end"]] == claim["quote"]  # type: ignore[misc]
    measures = [c for c in claims if c["type"] == "measure"]
    assert [m["amounts"][0]["value"] for m in measures] == [200000, 300000]  # type: ignore[index]


@pytest.mark.parametrize("fmt", ["table", "csv", "json", "md"])
def test_extract_speaks_the_other_formats(texts: Path, fmt: str) -> None:
    result = kg("extract", texts / "policy.txt", "--format", fmt)
    assert result.exit_code == 0
    assert "高新技术企业" in result.stdout
    if fmt == "json":
        assert isinstance(json.loads(result.stdout), list)
    if fmt == "csv":
        assert {"type", "quote", "rule"} <= set(next(csv.reader(io.StringIO(result.stdout))))


def test_extract_goes_on_after_a_bad_file_and_fails_at_the_end(texts: Path, tmp_path: Path) -> None:
    bad = tmp_path / "scan.txt"
    bad.write_bytes(b"%PDF-1.7")
    result = kg("extract", bad, texts / "policy.txt", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) > 3, "the good file's claims are there"
    lines = result.stderr.splitlines()
    assert [line.startswith("kg: ") for line in lines] == [True, True]
    assert "no readable PDF" in lines[0] and "no such file" in lines[1]


def test_ask_lists_the_library_and_answers(built: Path) -> None:
    listing = records(kg("ask", "--format", "jsonl"))
    assert len(listing) >= 15 and {"id", "question", "params"} <= listing[0].keys()
    rows = records(kg("ask", "who-gets-what", "-p", "area=湖北", "--build", built, "--format", "jsonl"))
    assert any("奖励" in str(row) or "20" in str(row) for row in rows)
    english = kg("ask", "--language", "en")
    assert "Library of questions" in english.stdout


def test_every_question_of_the_library_runs_on_a_build(built: Path) -> None:
    for row in records(kg("ask", "--format", "jsonl")):
        assert kg("ask", row["id"], "--build", built, "--format", "jsonl").exit_code == 0, row["id"]


@pytest.mark.parametrize(
    "args, says",
    [
        (("ask", "resource-pahts"), "did you mean resource-paths?"),
        (("ask", "resource-paths", "-p", "regoin=湖北"), "regoin"),
        (("ask", "resource-paths", "-p", "湖北"), "write it as name=value"),
        (("ask", "--sparql", "nowhere.rq"), "cannot be read"),
        (("trace", "--resource", "fundign"), "did you mean funding?"),
        (("trace", "--beneficiary", "sme"), "unknown"),
        (("precedents", "c-0123456789abcdef"), "no measure or recommendation"),
        (("precedents", "好"), "too short"),
        (("precedents", "对高新技术企业给予奖励", "--home", "亚特兰蒂斯"), "no such place"),
        (("evidence", "c-0000"), "no such claim"),
        (("evidence", "c-"), "claims begin so"),
    ],
)
def test_wrong_questions_get_one_clear_line(built: Path, args: tuple[str, ...], says: str) -> None:
    result = kg(*args, "--build", built)
    assert result.exit_code == 1
    assert says in result.stderr and result.stderr.startswith("kg: ")
    assert result.stdout == "" and "Traceback" not in result.stderr


def test_without_a_build_the_message_says_what_to_do(tmp_path: Path) -> None:
    for args in (("ask", "who-gets-what"), ("trace",), ("check",), ("evidence", "c-1"), ("view", "flows")):
        result = kg(*args, "--build", tmp_path)
        assert result.exit_code == 1 and "run `kg build` first" in result.stderr, args
    result = kg("export", "--format", "trig", "--out", tmp_path / "x", "--build", tmp_path)
    assert "run `kg build` first" in result.stderr


def test_your_own_sparql_runs_and_may_not_reach_out(built: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", encoding="utf-8")
    assert records(kg("ask", "--sparql", query, "--build", built, "--format", "jsonl"))[0]["n"] > 100  # type: ignore[operator]
    for text in (
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT ?x WHERE { SERVICE <http://x.test/> { ?x ?y ?z } }",
        "SELEKT",
    ):
        query.write_text(text, encoding="utf-8")
        result = kg("ask", "--sparql", query, "--build", built)
        assert result.exit_code == 1 and "q.rq" in result.stderr


def test_a_broken_query_file_is_named_and_the_others_are_listed(tmp_path: Path) -> None:
    good = (ROOT / "queries" / "network" / "enterprise-ladder.rq").read_text(encoding="utf-8")
    (tmp_path / "enterprise-ladder.rq").write_text(good, encoding="utf-8")
    (tmp_path / "broken.rq").write_text("SELECT * WHERE {}", encoding="utf-8")
    result = kg("ask", "--queries", tmp_path)
    assert result.exit_code == 1
    assert "enterprise-ladder" in result.stdout
    assert "broken.rq:1: no head" in result.stderr


def test_trace_shows_who_gets_how_much_with_the_quote(built: Path) -> None:
    rows = records(kg("trace", "--build", built, "--format", "jsonl"))
    amounts = {row["amounts"]: row for row in rows}
    sums = [row for text, row in amounts.items() if "1.2亿元" in str(text)]
    assert sums and "300家" in str(sums[0]["amounts"]) and sums[0]["period"] == "2022"
    assert "扶持金额达1.2亿元" in str(sums[0]["quote"])
    assert any("20万元" in str(text) for text in amounts)
    here = records(kg("trace", "--build", built, "--area", "湖北", "--format", "jsonl"))
    assert here and {row["area"] for row in here} == {"湖北省"}
    promised = kg("trace", "--build", built, "--summary", "--language", "en")
    assert "Promised, CNY" in promised.stdout


def test_trace_writes_what_it_shows_as_page_and_graph(built: Path, tmp_path: Path) -> None:
    page, graph = tmp_path / "flows.html", tmp_path / "flows.graphml"
    done = kg("trace", "--build", built, "--area", "湖北", "--html", page, "--graph", graph)
    assert done.exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "高新技术企业" in text and "扶持金额" not in text and "http-equiv" in text
    assert "beneficiary|high-tech-enterprise" in graph.read_text(encoding="utf-8")
    wrong = kg("trace", "--build", built, "--graph", tmp_path / "flows.dot")
    assert wrong.exit_code == 1 and ".graphml or .gexf" in wrong.stderr


def test_trace_tells_promises_without_report_and_flows_without_policy(built: Path) -> None:
    promised = records(kg("trace", "--build", built, "--without", "report", "--format", "jsonl"))
    assert promised and {row["standing"] for row in promised} == {"承诺"}
    loose = records(kg("trace", "--build", built, "--without", "policy", "--format", "jsonl"))
    assert loose and {row["policy"] for row in loose} == {""}
    assert kg("trace", "--build", built, "--standing", "deliverd").stderr.count("did you mean delivered") == 1


def test_precedents_come_from_other_places_or_the_answer_is_none(built: Path) -> None:
    found = records(
        kg(
            "precedents",
            "对认定的高新技术企业给予奖励",
            "--home",
            "云南",
            "--build",
            built,
            "--format",
            "jsonl",
        )
    )
    assert found[0]["area"] == "湖北省" and "高新技术企业" in str(found[0]["words"])
    assert found[0]["number"] == "鄂政发〔2023〕7号"
    none = kg("precedents", "禁止在长江干流采砂", "--build", built)
    assert none.exit_code == 0 and "没有先例" in none.stdout and "2 份文献" in none.stdout
    own = kg(
        "precedents", "对认定的高新技术企业给予奖励", "--home", "湖北", "--build", built, "--format", "jsonl"
    )
    assert "湖北省" not in own.stdout


def test_evidence_shows_the_passage_around_a_claim(built: Path) -> None:
    claim = records(kg("extract", built.parent / "policy.txt"))[-1]
    rows = records(kg("evidence", str(claim["id"])[:10], "--build", built, "--format", "jsonl"))
    told = {row["key"]: row["value"] for row in rows}
    assert told["quote"] == claim["quote"]
    assert f"{told['before']}{told['quote']}{told['after']}" in POLICY


def test_view_and_export_write_files(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "net.html"
    assert kg("view", "network", "--out", page, "--build", built).exit_code == 0
    assert "<html" in page.read_text(encoding="utf-8")
    for fmt in ("json", "graphml", "gexf", "trig", "nt"):
        out = tmp_path / f"x.{fmt}"
        assert kg("export", "--format", fmt, "--out", out, "--build", built).exit_code == 0, fmt
        assert out.stat().st_size > 100
    assert kg("export", "--format", "csv", "--out", tmp_path / "csv", "--build", built).exit_code == 0
    names = ["claims.csv", "edges.csv", "flows.csv", "nodes.csv"]
    assert sorted(p.name for p in (tmp_path / "csv").iterdir()) == names
    blocked = kg("export", "--format", "nt", "--out", page / "x", "--build", built)
    assert blocked.exit_code == 1 and "give --out another place" in blocked.stderr


def test_a_build_passes_its_own_check(built: Path) -> None:
    result = kg("check", "--build", built, "--format", "jsonl")
    assert result.exit_code == 0, result.stdout


def test_evaluate_and_coverage_print_tables(texts: Path, tmp_path: Path) -> None:
    claims = kg("extract", texts / "policy.txt").stdout
    (tmp_path / "policy.jsonl").write_text(claims, encoding="utf-8")
    rows = records(kg("evaluate", tmp_path, "--texts", texts, "--format", "jsonl"))
    assert {row["f1"] for row in rows if row["gold"]} == {1.0}, "its own claims agree with themselves"
    for flag in ("--by-rule", "--misses"):
        assert kg("evaluate", tmp_path, "--texts", texts, flag).exit_code == 0
    lines = claims.splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), "start": 1})
    (tmp_path / "policy.jsonl").write_text("\n".join(lines), encoding="utf-8")
    wrong = kg("evaluate", tmp_path, "--texts", texts)
    assert wrong.exit_code == 1 and "policy.jsonl:2: offset 1.." in wrong.stderr
    shares = kg("coverage", texts / "policy.txt", "--format", "md")
    assert shares.exit_code == 0 and "| money |" in shares.stdout


def test_settings_files_and_environment_are_read(texts: Path, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "KG_BUILD": "elsewhere"}
    command = [sys.executable, "-m", "kg", "build", str(texts / "policy.txt")]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and (tmp_path / "elsewhere" / "graph.trig").is_file()
    env["KG_WORKERS"] = "many"
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "kg: KG_WORKERS: 'many' is not a whole number\n"


def test_a_reader_that_stops_reading_is_no_error(texts: Path) -> None:
    command = f"{sys.executable} -m kg extract {texts / 'policy.txt'} | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 1 and done.stderr == ""


def test_a_folder_of_rules_adds_entries_and_is_checked(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("江西省产业研究\n\n江西省建设赣鄱云谷试飞场，服务企业。\n", encoding="utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    own = rules / "platforms.csv"
    command = [sys.executable, "-m", "kg", "extract", str(text), "--rules", str(rules)]

    def run(content: str, name: str = "platforms.csv") -> subprocess.CompletedProcess[str]:
        own.write_text(content, encoding="utf-8")
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    found = run("id,label,use,not\nP9001,试飞场,bare,\n")
    assert found.returncode == 0, found.stderr
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert any(r["rule"].endswith("P9001") and "试飞场" in r["name"] for r in rows if r["type"] == "entity")
    for content, says in [
        ("id,label,use,not\nP9001,试飞场,bear,\n", "platforms.csv:2: use 'bear' is unknown"),
        ("id,label,kind,not\n", "platforms.csv:1: the columns must be"),
        ("id,label,use,not\nP001,试飞场,bare,\n", "platforms.csv:2: id 'P001' is malformed or taken"),
    ]:
        broken = run(content)
        assert broken.returncode == 1 and says in broken.stderr, broken.stderr
        assert str(own) in broken.stderr, "the user's file is meant, not the package's"
    (rules / "plattforms.csv").write_text("", encoding="utf-8")
    assert "plattforms.csv: not a file of rules" in run("id,label,use,not\n").stderr


def test_a_folder_of_rules_adds_cues_and_categories(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("江西省扶持飞行营地若干措施\n一、对飞行营地企业提供机库停机位，给予10万元补助。\n", encoding="utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    head = "id\t{}\tpattern\tunless\tlabel_zh\tlabel_en\texample\tcounterexample\n"
    (rules / "resource_cues.tsv").write_text(head.format("resource") + "R-own\tspace\t停机位\t\t停机位\tapron\t停机位\t停车\n", encoding="utf-8")
    (rules / "instrument_cues.tsv").write_text(head.format("code") + "I-own\tPI023\t机库\t\t机库\thangar\t机库\t仓库\n", encoding="utf-8")
    categories = rules / "beneficiary_categories.tsv"
    categories.write_text(head.format("category") + "C-own\tplatform-operator\t飞行营地\t\t营地\tcamp\t飞行营地\t营地\n", encoding="utf-8")

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "kg", "extract", str(text), *options], cwd=ROOT, capture_output=True, text=True)

    def provision(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
        return next(r for r in map(json.loads, done.stdout.splitlines()) if r["type"] == "measure")

    plain, own = provision(run()), provision(run("--rules", str(rules)))
    assert "space" not in plain["resources"] and own["resources"][0] == "space"
    assert "PI023" not in plain["instruments"] and own["instruments"][0] == "PI023"
    assert [b["category"] for b in plain["beneficiaries"]] == ["enterprise"]
    assert [b["category"] for b in own["beneficiaries"]] == ["platform-operator"]
    categories.write_text(head.format("category") + "C-own\tpilot\t飞行营地\t\t营地\tcamp\t飞行营地\t营地\n", encoding="utf-8")
    broken = run("--rules", str(rules))
    assert broken.returncode == 1 and f"{categories}:2: category 'pilot' is unknown" in broken.stderr
