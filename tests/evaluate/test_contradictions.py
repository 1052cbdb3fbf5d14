"""Gold contradictions against findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import GoldError
from kg.evaluate.contradictions import contradiction_table, load_contradictions, match

TEXTS = {"d-1": "甲为三。乙为四。丙为五。", "d-2": "别的文。"}


def gold_file(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    return path


def test_a_finding_counts_when_it_touches_two_quotes(tmp_path: Path) -> None:
    path = gold_file(
        tmp_path,
        {"quotes": ["甲为三", "乙为四"], "why": "hard: 三 is not 四"},
        {"quotes": ["丙为五"], "why": "odd", "strength": "soft"},
    )
    hard, soft = load_contradictions(path, TEXTS)
    assert (hard.doc, hard.strength, soft.strength) == ("d-1", "hard", "soft")
    both = [("d-1", 0, 2), ("d-1", 5, 6)]
    assert match(both, hard) and not match(both[:1], hard) and not match([("d-2", 0, 6)], hard)
    assert match([("d-1", 8, 9)], soft)
    table = contradiction_table([both, [("d-1", 3, 4)]], [hard, soft])
    assert table.column("found") == (True, False)
    assert table.title == "1 of 1 hard contradictions found; 2 findings, 1 beside the gold"


def test_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"gold.jsonl:1: no document of the build"):
        load_contradictions(gold_file(tmp_path, {"quotes": ["没有的话"], "why": "hard"}), TEXTS)
    with pytest.raises(GoldError, match=r"gold.jsonl:1: not a contradiction"):
        load_contradictions(gold_file(tmp_path, {"quotes": 3}), TEXTS)
