"""A few texts are read without spaCy; what is found is the same."""

from __future__ import annotations

import tomllib

import pytest

from kg.extract.pipeline import CONFIG, claims_of
from kg.extract.stages import STAGES, claims_alone
from kg.model import Document, Source
from kg.resources import data_dir

TEXTS = sorted((data_dir("sources") / "documents").rglob("*.txt")) + sorted((data_dir("sources") / "documents").rglob("*.md"))


def test_the_default_pipeline_is_the_stages_in_their_order() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("pipeline = "))
    assert tomllib.loads(line)["pipeline"] == [stage.name for stage in STAGES]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_same_claims_come_with_and_without_spacy(path) -> None:
    document = Document("d-1", path.read_text(encoding="utf-8"), Source("d-1"))
    assert [c.to_dict() for c in claims_alone(document)] == [c.to_dict() for c in claims_of(document)]
