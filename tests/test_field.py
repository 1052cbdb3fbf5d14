"""On third parties' documents, where they are: quotes, scores as the field's script has them, the article."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from kg.cli import app

pytestmark = [pytest.mark.field, pytest.mark.slow]
ROOT = Path(__file__).parents[1]


def records(*args: object) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, [*map(str, args), "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_evaluate_prints_the_numbers_of_the_fields_script(field: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "measure.py", f"{sys.executable} -m kg"]
    done = subprocess.run(command, cwd=field, env=env, capture_output=True, text=True)
    assert "inexact quotes 0" in done.stdout, done.stdout + done.stderr
    theirs = {
        m[1].strip(): (int(m[2]), int(m[3]), m[4])
        for m in re.finditer(r"^(.{44})\s*(\d+)\s+(\d+)\s+[\d.]+\s+[\d.]+\s+([\d.]+)$", done.stdout, re.M)
    }
    gold = sorted((field / "gold").glob("*-*.jsonl")) + sorted((field / "gold").glob("G_*.jsonl"))
    files = sorted(set(gold))
    rows = records("evaluate", *files, "--texts", field / "documents")
    ours = {
        row["measure"]: (row["gold"], row["found"], f"{row['f1']:.3f}")
        for row in rows
        if row["document"] == "all"
    }
    assert len(theirs) > 20
    assert {k: v[:2] for k, v in ours.items()} == {k: v[:2] for k, v in theirs.items()}
    for name, (_, _, f1) in theirs.items():
        # the script rounds precision and recall first
        assert float(ours[name][2]) == pytest.approx(float(f1), abs=0.0015), name


@pytest.fixture(scope="module")
def article(field: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("article") / "build"
    path = field / "documents" / "S01_shandong_article.txt"
    assert CliRunner().invoke(app, ["build", str(path), "--out", str(out)]).exit_code == 0
    return out


@pytest.mark.parametrize(
    "area, amount, words",
    [
        ("山东省", r"985家", "协同创新活动"),
        ("山东省", r"3亿元", "扶持金额"),
        ("山东省", r"2700", "科技型中小企业"),
        ("山东省", r"105家", "牵头建设"),
        ("山东省", r"70%", "牵头"),
        ("湖南省", r"20%", "固定资产投资"),
        ("上海市", r"10年", "亏损结转"),
    ],
)
def test_the_flows_the_article_tells_of_are_traced(article: Path, area: str, amount: str, words: str) -> None:
    rows = records("trace", "--build", article)
    hits = [r for r in rows if r["area"] == area and re.search(amount, r["amounts"])]
    assert any(words in re.sub(r"\s", "", r["quote"]) for r in hits)


def test_the_articles_graph_is_sound(article: Path) -> None:
    result = CliRunner().invoke(app, ["check", "--build", str(article)])
    assert result.exit_code == 0, result.output


def test_every_document_is_read_and_extracted_with_exact_quotes(field: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    result = CliRunner().invoke(app, ["build", str(field / "documents"), "--out", str(out)])
    assert result.exit_code == 0, result.output
    texts = {}
    for line in (out / "documents.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            texts[row["id"]] = row["text"]
    assert len(texts) >= 50
    for path in (out / "claims").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line:
                claim = json.loads(line)
                assert texts[claim["doc"]][claim["start"] : claim["end"]] == claim["quote"]
