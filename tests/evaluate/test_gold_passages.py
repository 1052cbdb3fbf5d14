"""The gold passages agree with their texts and use only the words of the claim contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import (
    ASSERTIONS,
    BENEFICIARIES,
    BOUNDS,
    CLAIM_TYPES,
    ENTITY_CLASSES,
    GAP_TOPICS,
    INSTRUMENTS,
    POLICY_RELATIONS,
    PREDICATES,
    RESOURCES,
    ROLES,
    Claim,
)

GOLD = Path(__file__).parents[1] / "gold"
NAMES = sorted(p.stem for p in GOLD.glob("*.jsonl"))


def passage(name: str) -> tuple[str, list[dict[str, Any]]]:
    text = (GOLD / f"{name}.txt").read_bytes().decode("utf-8")
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return text, [json.loads(line) for line in lines]


def test_every_text_has_claims_and_every_claim_file_a_text() -> None:
    assert sorted(p.stem for p in GOLD.glob("*.txt")) == NAMES
    assert len(NAMES) >= 78


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_characters_at_its_offsets(name: str) -> None:
    text, rows = passage(name)
    for row in rows:
        assert text[row["start"] : row["end"]] == row["quote"], row
        assert row["quote"] == row["quote"].strip().rstrip("。"), row


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_uses_the_contracts_words(name: str) -> None:
    _, rows = passage(name)
    for row in rows:
        values = Claim.from_dict(row).values  # refuses unknown types and keys
        assert row.get("assertion", "reported") in ASSERTIONS
        assert values.get("class", "Platform") in ENTITY_CLASSES
        assert values.get("predicate", "runs") in PREDICATES
        assert values.get("relation", "cites") in POLICY_RELATIONS
        assert values.get("topic", "talent") in GAP_TOPICS
        assert set(values.get("instruments", ())) <= set(INSTRUMENTS)
        assert set(values.get("resources", ())) <= set(RESOURCES)
        assert {b["category"] for b in values.get("beneficiaries", ())} <= set(BENEFICIARIES)
        for amount in values.get("amounts", ()):
            assert amount["bound"] in BOUNDS and amount["role"] in ROLES
            assert ("upper" in amount) == (amount["bound"] == "range")


@pytest.mark.parametrize("name", NAMES)
def test_what_a_measure_works_through_is_named_as_an_entity(name: str) -> None:
    _, rows = passage(name)
    entities = {r["name"] for r in rows if r["type"] == "entity"}
    for row in rows:
        assert set(row.get("via", ())) <= entities, row


def test_no_claim_stands_twice() -> None:
    for name in NAMES:
        _, rows = passage(name)
        assert len({json.dumps(r, sort_keys=True) for r in rows}) == len(rows), name


def test_the_passages_hold_every_claim_type() -> None:
    assert {r["type"] for n in NAMES for r in passage(n)[1]} == set(CLAIM_TYPES)
