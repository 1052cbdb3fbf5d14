"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIELD = ROOT.parent / "shared" / "field"


@pytest.fixture(scope="session")
def field() -> Path:
    """The folder of third parties' documents with gold; tests that need it are skipped where it is absent."""
    if not (FIELD / "gold").is_dir():
        pytest.skip("../shared/field is absent: its documents may not be passed on")
    return FIELD
