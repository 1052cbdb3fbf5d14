"""Observations of tables: flattened rows and Markdown."""

from __future__ import annotations

from typing import Any

from kg.extract.reading import Context, Reading
from kg.extract.tables import find_table_observations
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

FLAT = """表2 2021年河北、山西、湖北得分及排名

指标
河北 山西 湖北
排名 得分 排名 得分 排名 得分

人才供给 12 31.20 19 25.44 6 40.10
资金供给 15 22.08 21 18.95 8 35.77
"""

MARKDOWN = """表3 各省技术合同成交额

| 地区 | 2021年成交额（亿元） | 增速 |
| --- | --- | --- |
| 河北省 | 860 | 12.5% |
| 湖北省 | 2,111 | 25% |
| 合计 | 2,971 | 20% |
"""


def read(text: str) -> Reading:
    shadow = unwrap(text)
    return Reading(
        Document("d-1", text, Source("t")), shadow, outline(shadow), Context("article", "河北省", "河北省")
    )


def rows(text: str, *keys: str) -> list[tuple[Any, ...]]:
    found = find_table_observations(read(text))
    return [tuple(f.area if k == "area" else f.values.get(k) for k in keys) for f in found]


def test_each_pair_of_cells_is_one_observation_with_value_and_rank() -> None:
    assert rows(FLAT, "area", "indicator", "value", "rank", "period") == [
        ("河北省", "人才供给", 31.2, 12, "2021"),
        ("山西省", "人才供给", 25.44, 19, "2021"),
        ("湖北省", "人才供给", 40.1, 6, "2021"),
        ("河北省", "资金供给", 22.08, 15, "2021"),
        ("山西省", "资金供给", 18.95, 21, "2021"),
        ("湖北省", "资金供给", 35.77, 8, "2021"),
    ]


def test_the_quote_of_a_pair_holds_both_cells() -> None:
    reading = read(FLAT)
    first = find_table_observations(reading)[0]
    assert reading.shadow.quote(first.start, first.end) == "12 31.20"


def test_columns_of_places_without_ranks_hold_values() -> None:
    text = "表1 2020年研发强度\n\n指标 河北 山西 湖北\n研发强度 1.75 1.12 2.31\n企业研发强度 1.20 0.92 1.64\n"
    assert rows(text, "area", "indicator", "value", "rank")[:3] == [
        ("河北省", "研发强度", 1.75, None),
        ("山西省", "研发强度", 1.12, None),
        ("湖北省", "研发强度", 2.31, None),
    ]


def test_rows_of_places_take_the_indicator_from_the_column() -> None:
    assert rows(MARKDOWN, "area", "indicator", "value", "unit", "period") == [
        ("河北省", "成交额", 86_000_000_000, "CNY", "2021"),
        ("河北省", "增速", 12.5, "%", None),
        ("湖北省", "成交额", 211_100_000_000, "CNY", "2021"),
        ("湖北省", "增速", 25, "%", None),
    ]


def test_a_table_that_names_no_place_says_nothing_about_one() -> None:
    text = "表4 变量说明\n\n| 变量 | 均值 | 标准差 |\n| --- | --- | --- |\n| 企业规模 | 3.2 | 1.1 |\n"
    assert rows(text, "value") == []


def test_serial_numbers_are_no_figures() -> None:
    text = "| 序号 | 地区 | 园区数 |\n| --- | --- | --- |\n| 1 | 河北省 | 12 |\n"
    assert all(value != 1 for (value,) in rows(text, "value"))


def test_cells_without_a_figure_are_passed_over() -> None:
    text = "表1 2020年研发强度\n\n指标 河北 山西 湖北\n研发强度 1.75 — 2.31\n企业研发强度 1.20 0.92 1.64\n"
    assert [r for r in rows(text, "area", "indicator") if r == ("山西省", "研发强度")] == []


def test_a_unit_behind_a_slash_and_the_year_of_the_caption() -> None:
    text = """表4 部分市创新指标（2021年）

城市 研发强度/% 瞪羚企业/家 技术交易额/亿元
邯郸 1.62 85 40.5
沧州 1.48 63 22.0
"""
    assert rows(text, "area", "indicator", "value", "unit", "period")[:3] == [
        ("邯郸市", "研发强度", 1.62, "%", "2021"),
        ("邯郸市", "瞪羚企业", 85, "家", "2021"),
        ("邯郸市", "技术交易额", 4_050_000_000, "CNY", "2021"),
    ]


def test_heads_longer_than_a_word_are_cells_where_the_rows_have_as_many() -> None:
    text = """表4 各市创新主体（2022年）
地区 省级以上重点实验室（个） 户均研发支出（万元） 技术合同成交额（亿元）
石家庄 21 310.5 412.0
唐山 8 275.0 186.3
"""
    assert rows(text, "area", "indicator", "value", "unit")[:3] == [
        ("石家庄市", "省级以上重点实验室", 21, "个"),
        ("石家庄市", "户均研发支出", 3_105_000, "CNY"),
        ("石家庄市", "技术合同成交额", 41_200_000_000, "CNY"),
    ]
