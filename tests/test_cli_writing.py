"""cite, memo and audit as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

POLICY = """湖北省人民政府关于支持科技创新的若干措施
鄂政发〔2023〕7号

第一条　对新认定的高新技术企业，给予一次性奖励20万元。
第二条　支持科技型中小企业使用科技创新券，最高补助30万元。
"""
ARTICLE = """云南省创新资源研究

企业数量低于浙江、江苏、北京、广州、上海，也低于广东、江苏、浙江。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "policy.txt").write_text(POLICY, encoding="utf-8")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    assert kg("build", folder, "--out", folder / "build").exit_code == 0
    return folder / "build"


def kg(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def measures(built: Path) -> list[str]:
    rows = [json.loads(line) for path in (built / "claims").iterdir() for line in path.read_text("utf-8").splitlines()]
    return [row["id"] for row in rows if row["type"] == "measure"]


def test_cite_prints_the_reference_and_the_place(built: Path) -> None:
    first = measures(built)[0]
    (row,) = json.loads(kg("cite", first[:12], "--build", built, "--format", "json").stdout)
    assert row["claim"] == first and row["where"] == "第一条"
    assert row["reference"].startswith(
        "湖北省人民政府. 湖北省人民政府关于支持科技创新的若干措施：鄂政发〔2023〕7号[Z]."
    )


def test_cite_for_reference_managers(built: Path, tmp_path: Path) -> None:
    ids = measures(built)
    assert json.loads(kg("cite", *ids, "--build", built, "--as", "csl").stdout)[0]["number"] == "鄂政发〔2023〕7号"
    out = tmp_path / "new" / "refs.bib"
    assert kg("cite", *ids, "--build", built, "--as", "bibtex", "--out", out).stdout.strip() == str(out)
    assert out.read_text("utf-8").count("@misc{") == 1


def test_errors_name_the_claim_and_the_form(built: Path) -> None:
    for args, word in (
        (("cite", "c-none"), "c-none: no such claim"),
        (("cite", measures(built)[0], "--accessed", "today"), "--accessed today"),
        (("memo", measures(built)[0], "--out", "memo.pdf"), ".docx or .md"),
    ):
        result = kg(*args, "--build", built)
        assert result.exit_code != 0 and word in result.output


@pytest.mark.parametrize(("group", "heading"), [("province", "湖北省"), ("theme", "资金"), ("document", "湖北省人民政府")])
def test_memo_groups_claims(built: Path, group: str, heading: str, tmp_path: Path) -> None:
    text = kg("memo", *measures(built), "--build", built, "--group", group).stdout
    assert f"## {heading}" in text and "第一条" in text
    out = tmp_path / "memo.docx"
    assert kg("memo", *measures(built), "--build", built, "--group", group, "--out", out).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"


def test_audit_lists_the_slip_with_both_quotes(built: Path) -> None:
    (row,) = json.loads(kg("audit", "--build", built, "--format", "json").stdout)
    assert row["kind"] == "省级列举中的城市" and "广州" in row["quote"] and "广东" in row["quote_2"]
    assert json.loads(kg("audit", "--build", built, "--kind", "growth", "--format", "json").stdout) == []
    assert "known: two-values" in kg("audit", "--build", built, "--kind", "nonsense").output
