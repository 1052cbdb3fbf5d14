"""What SECURITY.md promises is tested, each line; its limits are settings with the defaults it says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from test_whole_build import POLICY

from kg.build import build, load_claims, load_documents
from kg.config import Settings
from kg.errors import LedgerError
from kg.ledger import append, decision_on, read

ROOT = Path(__file__).parents[1]
PAPER = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
THREATS = [row for row in re.findall(r"^\| (.+) \|$", PAPER.split("## Limits")[0], re.M) if not row.startswith(("threat", "-"))]
LIMITS = re.findall(r"^\| [^|]+ \| ([^|]+) \| ([\d,]+) \|$", PAPER, re.M)


@cache
def functions(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", THREATS, ids=lambda row: row.split(" | ")[0][:40])
def test_every_threat_has_tests_that_exist(row: str) -> None:
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", row.split(" | ")[2])
    assert named
    for path, name in named:
        assert name in functions(path), f"{path}::{name}"


def test_all_the_threats_that_were_asked_for_are_there() -> None:
    assert len(THREATS) >= 12
    for word in ("injection", "SERVICE", "paths in names", "XXE", "zip bombs", "HTML", "SVG", "CSV and XLSX", "CSRF", "host and origin", "ledger tampering"):
        assert any(word in row for row in THREATS), word


def test_every_limit_is_a_setting_with_the_default_it_says() -> None:
    options = (ROOT / "kg" / "commands" / "serving.py").read_text(encoding="utf-8")
    assert len(LIMITS) > 15
    for names, default in LIMITS:
        number = float(default.replace(",", ""))
        for name in re.findall(r"`([\w-]+)`", names):
            if not name.startswith("--"):
                assert getattr(Settings(), name) == number, name
            elif name not in ("--timeout", "--limit"):
                found = re.search(rf'"{name}".*?\)\] = ([\d_.]+)', options)
                assert found and float(found[1].replace("_", "")) == number, name


@pytest.fixture
def decided(tmp_path: Path) -> Path:
    """A folder with a text and a ledger of three lines, built."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "policy.txt").write_text(POLICY, encoding="utf-8")
    build([folder], tmp_path / "build", workers=1)
    (document,) = load_documents(tmp_path / "build")
    for claim in load_claims(tmp_path / "build")[document.id][:3]:
        append(folder / "ledger.jsonl", decision_on(claim, document, "accept", who="李明", why="核对过"))
    assert build([folder], tmp_path / "build", workers=1).conflicts == ()
    return folder


def test_a_ledger_that_lost_or_changed_its_last_lines_is_told_by_the_next_build(decided: Path) -> None:
    ledger, out = decided / "ledger.jsonl", decided.parent / "build"
    whole = ledger.read_bytes()
    lines = whole.splitlines(keepends=True)
    for other in (b"".join(lines[:-1]), b"".join(lines[:-1]) + lines[-1].replace("李明".encode(), "王芳".encode()), b""):
        ledger.write_bytes(other)
        told = build([decided], out, workers=1).conflicts
        assert [line for line in told if "lines that the last build applied are gone or were changed" in line]
        ledger.write_bytes(whole)
        build([decided], out, workers=1)
    # what only grew is no tampering
    (document,) = load_documents(out)
    append(ledger, decision_on(load_claims(out)[document.id][0], document, "accept", who="李明", why="再核"))
    assert build([decided], out, workers=1).conflicts == ()


def test_a_ledger_over_its_limit_or_nested_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b"[" * 200_000 + b"\n")
    with pytest.raises(LedgerError, match="ledger_megabytes"):
        read(path, megabytes=0.1)
    with pytest.raises(LedgerError, match=r"ledger\.jsonl:1: "):
        read(path)
