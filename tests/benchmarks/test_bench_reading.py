"""The benchmark of reading runs, and what it says of this reader has a floor; no test asserts a time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

pytest.importorskip("reportlab")
pytest.importorskip("resource")


def test_the_benchmark_reads_back_what_it_set() -> None:
    spec = importlib.util.spec_from_file_location("bench_reading", Path(__file__).with_name("bench_reading.py"))
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    sys.modules["bench_reading"] = bench  # dataclasses look their module up
    spec.loader.exec_module(bench)
    made = bench.samples(3)
    for sample in made:
        got = bench.measured(sample, bench.kg(sample.ending))
        assert got["right"] >= 0.99 and got["clean"] >= 0.98, (sample.name, got)
        assert got.get("paragraphs", 1) >= 0.98 and got.get("rows", 1) >= 0.99, (sample.name, got)
    assert {s.ending for s in made} == {"pdf", "docx", "html", "txt"}
