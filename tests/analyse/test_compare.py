"""One kind of support, place by place: which measures are of it, what the cells say, what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.analyse.compare import Kind, compare, comparison_table, fit, kind_of_words, value_table
from kg.analyse.concepts import Concepts
from kg.analyse.measures import Measure
from kg.model import Amount

FIRST = Measure(
    "对首次认定的高新技术企业，一次性奖励30万元",
    *("c-1", "甲市", "甲省"),
    beneficiaries=frozenset(("high-tech-enterprise",)),
    resources=frozenset(("funding",)),
    instruments=frozenset(("PI008",)),
    amounts=(Amount(300000, "CNY", "exact", "award"),),
    conditions=("首次认定",),
    policy="甲市创新十条",
    date="2021",
)
AGAIN = Measure(
    "通过认定的高新技术企业，最高补助10万元，分3年兑现",
    *("c-2", "甲省", "甲省"),
    beneficiaries=frozenset(("high-tech-enterprise",)),
    amounts=(Amount(100000, "CNY", "max", "award"), Amount(3, "年", "exact", "duration")),
)
SILENT = Measure(
    "经认定的高新技术企业按规定给予奖励",
    *("c-3", "乙省", "乙省"),
    beneficiaries=frozenset(("high-tech-enterprise",)),
)
PRODUCT = Measure("企业每认定1件高新技术产品，奖励1000元", "c-4", "丙省", "丙省")
TAX = Measure(
    "经认定的高新技术企业享受所得税优惠",
    *("c-5", "丁省", "丁省"),
    beneficiaries=frozenset(("high-tech-enterprise",)),
)
ALL = (FIRST, AGAIN, SILENT, PRODUCT, TAX)
AWARD = kind_of_words("高新技术企业认定奖励", {"高新技术企业": "high-tech-enterprise"})


def rows(**options: object) -> dict[object, dict[str, object]]:
    table = comparison_table(compare(ALL, AWARD, **options), **options)  # type: ignore[arg-type]
    return {row["place"]: row for row in table.records()}


def test_words_for_giving_stand_for_each_other_and_tax_relief_is_none() -> None:
    assert [bool(fit(AWARD, m)) for m in ALL] == [True, True, True, False, False]


def test_a_cell_holds_value_and_bound_and_the_number_of_its_quote() -> None:
    found = rows()["甲省"]
    assert (found["award"], found["duration"]) == ("30万元[1]；最高10万元[2]", "3年[2]")
    assert "c-1" in str(found["sources"]) and FIRST.text in str(found["sources"])
    assert "《甲市创新十条》，2021" in str(found["sources"])


def test_not_stated_is_something_else_than_not_found() -> None:
    assert (rows()["乙省"]["award"], rows()["乙省"]["measures"]) == ("未写明", 1)
    assert (rows()["丁省"]["award"], rows()["丁省"]["measures"]) == ("未见", 0)


def test_rows_may_be_places_or_policies() -> None:
    assert {"甲市", "甲省", "乙省"} <= rows(by="area").keys()
    assert "甲市《甲市创新十条》" in rows(by="policy")
    with pytest.raises(ValueError, match="province, area, policy"):
        compare(ALL, AWARD, by="colour")


def test_columns_are_those_that_are_stated_unless_named() -> None:
    assert compare(ALL, AWARD).kinds == ("award", "duration", "condition")
    assert compare(ALL, AWARD, parameters=("rate",)).kinds == ("rate",)
    table = comparison_table(compare(ALL, AWARD, parameters=("rate",)))
    assert table.column("rate") == ("未写明", "未写明", "未见", "未见")


def test_codes_choose_a_kind_without_words() -> None:
    kind = Kind(instruments=frozenset(("PI008",)), beneficiaries=frozenset(("high-tech-enterprise",)))
    assert [row.place for row in compare(ALL, kind).rows] == ["甲省"]


def test_alternatives_are_parted_by_a_bar() -> None:
    rent = Measure("给予租金补贴", "c-6", "甲省", "甲省")
    free = Measure("减免房租，给予一年补助", "c-7", "乙省", "乙省")
    assert [bool(fit(Kind("租金补贴|房租补助"), m)) for m in (rent, free, FIRST)] == [True, True, False]


def test_the_title_of_the_policy_is_no_word_of_the_measure() -> None:
    measure = Measure("《甲市高新技术企业认定奖励办法》规定对企业房租给予补助", "c-8", "甲省", "甲省")
    assert fit(Kind("高新技术企业认定奖励"), measure) == 0


def test_the_long_form_has_a_row_a_value_and_tells_what_is_missing() -> None:
    table = value_table(compare(ALL, AWARD), Concepts({("bound", "max"): "最高"}, {}))
    records = table.records()
    told = [(r["claim"], r["parameter"], r["value"], r["unit"]) for r in records if r["value"]]
    assert sorted(told, key=str) == [
        ("c-1", "奖补标准", 300000, "CNY"),
        ("c-2", "奖补标准", 100000, "CNY"),
        ("c-2", "期限", 3, "年"),
    ]
    missing = [(r["place"], r["parameter"], r["text"]) for r in records if not r["value"]]
    assert ("乙省", "奖补标准", "未写明") in missing and ("丁省", "", "未见") in missing


def test_a_row_of_many_measures_quotes_the_first_and_says_how_many_more() -> None:
    many = [replace(FIRST, claim=f"c-{n:02}", text=f"高新技术企业\n认定奖励{n}万元") for n in range(25)]
    (row,) = comparison_table(compare(many, AWARD)).records()
    assert "[20]" in str(row["sources"]) and "[21]" not in str(row["sources"])
    assert str(row["sources"]).endswith("另有 5 项，见 --long") and "高新技术企业认定奖励0万元" in str(
        row["sources"]
    )
