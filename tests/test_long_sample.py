"""A few cases of each fuzzer of the long suite (`python tests/long/run.py`), so that it is ready when it is run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("reportlab")
pytest.importorskip("hypothesis")
sys.path.append(str(Path(__file__).parent / "long"))

import fuzz
from properties import PROPERTIES


@pytest.mark.parametrize("name", sorted(fuzz.RUNS))
def test_bent_input_breaks_nothing(name: str) -> None:
    number, failures = fuzz.run(name, 3 if name == "PDF" else 40, seed=1)
    assert number and failures == []


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_strings_of_hypothesis_break_nothing(name: str) -> None:
    number, failures = PROPERTIES[name](30)
    assert number >= 5 and failures == []


def test_the_shares_of_the_fuzzers_add_up() -> None:
    assert sum(share for _, share in fuzz.RUNS.values()) == pytest.approx(1)
