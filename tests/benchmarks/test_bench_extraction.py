"""The benchmark of extraction runs; no test asserts a time."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


def test_the_benchmark_sets_kg_beside_its_peers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("bench_extraction", Path(__file__).with_name("bench_extraction.py"))
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    (tmp_path / "a.txt").write_text("某市科技创新办法\n对新认定的高新技术企业，给予20万元奖励。\n", encoding="utf-8")
    bench.main([str(tmp_path), "--repeats", "1", "--copies", "0"])
    printed = capsys.readouterr().out
    assert "1 texts, 31 characters" in printed
    assert "kg " in printed and "EntityRuler" in printed and "jieba" in printed
