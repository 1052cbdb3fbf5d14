"""The regression suite: extraction on the project's own gold passages. Floors only rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate.gold import documents_of, load_gold
from kg.evaluate.report import evaluate
from kg.evaluate.score import Counts, total
from kg.extract.many import extract_many

GOLD = Path(__file__).parents[1] / "gold"
#: measure → least F1; set a little below what was measured, raised when it is better for good
FLOORS: dict[str, float] = {
    "policy title": 0.97,
    "entity Platform": 0.92,
    "entity FundingScheme": 0.93,
    "entity EnterpriseCategory": 0.97,
    "entity Organisation": 0.97,
    "entity all (class+name)": 0.96,
    "measure span (IoU>=.5)": 0.80,
    "measure found (overlap>=.5 of shorter)": 0.83,
    "of found: resources": 0.94,
    "of found: instruments": 0.90,
    "of found: beneficiary category": 0.71,
    "of found: area": 0.92,
    "of found: policy": 0.97,
    "of found: assertion": 0.98,
    "amount value+unit": 0.92,
    "amount value+unit+role+bound": 0.90,
    "amount with right recipient/condition": 0.76,
    "observation value+unit": 0.95,
    "observation area+indicator+value+unit": 0.84,
    "policy_link": 0.97,
    "relation": 0.96,
    "gap found": 0.95,
    "recommendation found": 0.92,
}


#: the same for passages written for one score on text nobody had tuned for; no model is trained on them
FRESH_FLOORS: dict[str, float] = {
    "policy title": 0.97,
    "entity all (class+name)": 0.77,
    "measure found (overlap>=.5 of shorter)": 0.84,
    "of found: resources": 0.82,
    "of found: instruments": 0.66,
    "of found: beneficiary category": 0.73,
    "amount value+unit": 0.89,
    "amount value+unit+role+bound": 0.88,
    "amount with right recipient/condition": 0.80,
    "observation value+unit": 0.97,
    "observation area+indicator+value+unit": 0.95,
}


def scored(folder: Path) -> dict[str, Counts]:
    gold = load_gold([folder])
    assert gold.errors == ()
    outcomes = list(extract_many(documents_of(gold.passages), workers=1))
    assert [error for _, _, error in outcomes if error] == []
    results = evaluate(gold.passages, {document.id: claims for document, claims, _ in outcomes})
    return {name.strip(): counts for name, counts in total(r.scores for r in results).items()}


@pytest.fixture(scope="module")
def fresh_scores() -> dict[str, Counts]:
    return scored(GOLD.with_name("gold_fresh"))


@pytest.mark.parametrize("measure", FRESH_FLOORS)
def test_fresh_passages_are_read_no_worse_than_they_were(fresh_scores: dict[str, Counts], measure: str) -> None:
    counts = fresh_scores[measure]
    assert counts.f1 >= FRESH_FLOORS[measure], f"{counts}: F1 {counts.f1:.3f}; see kg evaluate tests/gold_fresh --misses"


@pytest.fixture(scope="module")
def scores() -> dict[str, Counts]:
    return scored(GOLD)


@pytest.mark.parametrize("measure", FLOORS)
def test_extraction_is_no_worse_than_it_was(scores: dict[str, Counts], measure: str) -> None:
    counts = scores[measure]
    assert counts.f1 >= FLOORS[measure], f"{counts}: F1 {counts.f1:.3f}; see kg evaluate tests/gold --misses"


def test_every_measure_has_a_floor(scores: dict[str, Counts]) -> None:
    assert set(FLOORS) == {name for name, counts in scores.items() if counts.gold >= 20}


def test_where_nothing_is_promised_little_is_found() -> None:
    gold = load_gold([GOLD / "shanxi-nothing-promised.jsonl"])
    outcomes = extract_many(documents_of(gold.passages), workers=1)
    measures = [c for _, claims, _ in outcomes for c in claims if c.type == "measure"]
    assert len(measures) <= 1
