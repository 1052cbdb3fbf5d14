"""The measures of `kg evaluate`, and that they are those of the field's own script."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GoldError
from kg.evaluate.gold import Passage, check_row, load_gold
from kg.evaluate.pairs import key_scores, pair_all, rule_scores
from kg.evaluate.report import evaluate, miss_table, rule_table, score_table
from kg.evaluate.score import Counts, dice, match, norm, number, score, total, unit
from kg.model import Claim, Document, Source

TEXT = "甘肃省设立飞天创新券，对科技型中小企业最高补助20万元。贵州省研发强度为1.03%。"


def measure(start: int, end: int, **values: Any) -> dict[str, Any]:
    quote = TEXT[start:end]
    return {"type": "measure", "start": start, "end": end, "quote": quote, "rule": "r1", **values}


def entity(name: str, cls: str = "FundingScheme", **values: Any) -> dict[str, Any]:
    at = TEXT.index(name)
    row = {"type": "entity", "start": at, "end": at + len(name), "quote": name, "class": cls, "name": name}
    return {**row, "rule": "r2", **values}


def test_names_are_compared_without_spaces_quotes_and_punctuation() -> None:
    assert norm("《关于支持 ＡＢ计划（试行）的意见》") == norm("关于支持AB计划(试行)的意见")
    assert unit("元") == unit("CNY") == "CNY" and unit("个百分点") == "百分点" and unit("％") == "%"
    assert number("3.00004") == 3.0 and number("三") == "三"
    assert dice("研发投入强度", "研发投入强度") == 1 and dice("研发", "出口") == 0


def test_a_perfect_answer_scores_one_and_an_empty_one_nothing() -> None:
    gold = [
        measure(3, 26, resources=["funding"], instruments=["PI010"], area="甘肃省", assertion="reported"),
        entity("飞天创新券"),
    ]
    assert all(c.f1 == 1 for c in score(gold, gold).values() if c.gold)
    empty = score(gold, [])
    assert all(c.hits == 0 and c.found == 0 for c in empty.values())
    assert empty["entity all (class+name)"].gold == 1


def test_each_error_lowers_the_measure_it_belongs_to() -> None:
    amount = {"value": 200000, "unit": "CNY", "bound": "max", "role": "cap"}
    gold = [measure(11, 26, resources=["funding", "platform"], amounts=[amount])]
    wrong_role = {**amount, "role": "award", "unit": "元"}
    found = [measure(13, 26, resources=["funding"], amounts=[wrong_role])]
    scores = score(gold, found)
    assert scores["measure found (overlap>=.5 of shorter)"] == Counts(1, 1, 1)
    assert scores["  of found: resources"] == Counts(1, 2, 1)
    assert scores["amount value+unit"] == Counts(1, 1, 1)
    assert scores["amount value+unit+role+bound"] == Counts(0, 1, 1)


def test_matching_is_one_to_one_and_the_most_alike_come_first() -> None:
    a, b = {"start": 0, "end": 10}, {"start": 5, "end": 15}
    pairs = match([a, b], [b], lambda g, f: min(g["end"], f["end"]) - max(g["start"], f["start"]))
    assert pairs == [(1, 0)]


def test_rates_of_nothing_are_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)
    assert Counts(1, 2, 4).precision == 0.25 and Counts(1, 2, 4).recall == 0.5
    assert total([{"x": Counts(1, 2, 3)}, {"x": Counts(1, 1, 1)}]) == {"x": Counts(2, 3, 4)}


def test_rules_and_keys_are_scored_on_the_claims_that_answer_each_other() -> None:
    gold = [entity("飞天创新券", area="甘肃省"), entity("科技型中小企业", "EnterpriseCategory")]
    found = [
        entity("飞天创新券", area="贵州省", rule="good"),
        entity("研发强度", "Platform", rule="bad"),
        entity("研发强度", "Platform", rule="bad"),
    ]
    paired = pair_all(gold, found)
    assert rule_scores(paired) == {("entity", "bad"): Counts(0, 0, 2), ("entity", "good"): Counts(1, 0, 1)}
    keys = key_scores(paired)
    assert keys["entity", ""] == Counts(1, 2, 2)
    assert keys["entity", "area"] == Counts(0, 1, 1)
    assert keys["entity", "name"] == Counts(1, 1, 1)


def test_the_report_lists_misses_with_their_text() -> None:
    document = Document("d-x", TEXT, Source("x", path="x.txt"))
    passage = Passage("x", document, (entity("飞天创新券"),))
    wrong = Claim("entity", "d-x", 0, 3, TEXT[:3], "r9", values={"class": "Organisation", "name": TEXT[:3]})
    results = evaluate([passage], {"d-x": [wrong]})
    rows = [(r["what"], r["start"], r["quote"], r["rule"]) for r in miss_table(results).records()]
    assert rows == [("wrong", 0, "甘肃省", "r9"), ("missed", 5, "飞天创新券", "r2")]
    assert rule_table(results).rows == (("entity", "r9", 0, 1, 0.0),)
    assert score_table(results).column("document")[0] == "all"


def test_a_window_keeps_what_lies_in_it() -> None:
    document = Document("d-x", TEXT, Source("x"))
    rows = [{"start": 3, "end": 10}, {"start": 5, "end": 13}, {"start": 2, "end": 4}]
    assert Passage("x", document, (), 3, 11).window(rows) == [
        {"start": 0, "end": 7},
        {"start": 2, "end": 10},
    ]


@pytest.mark.parametrize(
    "row, says",
    [
        ({"type": "entity", "start": 5, "end": 9, "quote": "飞天创意"}, "part at offset 8"),
        ({"type": "entity", "start": 5, "end": 10, "quote": "飞天创新"}, "part at offset 9"),
        ({"type": "entity", "start": 900, "end": 905, "quote": "飞天创新券"}, "part at offset 900"),
        ({"type": "entity", "start": 5, "end": 10}, "no key 'quote'"),
        ({"type": "entiti", "start": 5, "end": 10, "quote": "飞天创新券"}, "unknown claim type"),
        ({"type": "entity", "start": 5, "end": 10, "quote": "飞天创新券", "naem": 1}, "has no key naem"),
        ({"type": "entity", "start": 5, "end": 10, "quote": "飞天创新券"}, "needs class, name"),
        ([], "not a claim"),
    ],
)
def test_a_gold_line_that_does_not_fit_is_named(row: Any, says: str) -> None:
    with pytest.raises(GoldError, match=says) as caught:
        check_row(json.dumps(row), TEXT, "gold.jsonl:7")
    assert str(caught.value).startswith("gold.jsonl:7: ")


def test_a_broken_gold_file_is_reported_and_the_others_are_used(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.jsonl").write_text(
            json.dumps(entity("飞天创新券"), ensure_ascii=False), encoding="utf-8"
        )
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("全文" + TEXT, encoding="utf-8")
    gold = load_gold([tmp_path, tmp_path / "nowhere.jsonl"])
    assert [p.id for p in gold.passages] == ["a"]
    assert len(gold.errors) == 3
    assert "b.jsonl:1: offset 5..10" in gold.errors[0]
    assert "name the folder with --texts" in gold.errors[1]
    assert "no such file" in gold.errors[2]


def test_windows_come_from_passages_json(tmp_path: Path) -> None:
    window = [{"pid": "a-1", "doc": "a", "start": 3, "end": 26}]
    (tmp_path / "passages.json").write_text(json.dumps(window), encoding="utf-8")
    row = entity("飞天创新券")
    row = {**row, "start": row["start"] - 3, "end": row["end"] - 3}
    (tmp_path / "a-1.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    gold = load_gold([tmp_path], tmp_path / "texts")
    assert gold.errors == () and gold.passages[0].start == 3


def perturbed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Claims with errors of many kinds, the same each time."""
    out = []
    for i, row in enumerate(rows):
        if i % 7 == 0:
            continue
        row = json.loads(json.dumps(row))
        if i % 5 == 0:
            row["end"] += 9
        for a in row.get("amounts", [])[: i % 3]:
            a["role"] = "award"
        if i % 4 == 0:
            for key in ("area", "instruments", "title", "relation"):
                if key in row:
                    row[key] = row[key][:-1]
        out.append(row)
    return out


@pytest.mark.field
def test_the_numbers_are_those_of_the_fields_own_script(field: Path, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("field_score", field / "score.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    ids = sorted(p.stem for p in (field / "gold").glob("*.jsonl"))
    ours = []
    for name in ids:
        lines = (field / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        gold = [json.loads(line) for line in lines]
        found = perturbed(gold)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
        ours.append(score(gold, found))
    theirs = script.run(str(field / "gold"), str(tmp_path), ids)
    mine = total(ours)
    assert mine.keys() == theirs.keys()
    assert {k: [c.hits, c.gold, c.found] for k, c in mine.items()} == dict(theirs)
    assert 0 < mine["measure found (overlap>=.5 of shorter)"].f1 < 1
