"""Figures about an area, read from sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest
from observing import observe, rows

LEVELS = [
    ("2021年，全省技术市场交易额达到860亿元。", ("技术市场交易额", 86_000_000_000, "CNY", "exact")),
    ("全省瞪羚企业突破1.2万家。", ("瞪羚企业", 12_000, "家", "min")),
    ("规上企业研发机构覆盖率为47.3%。", ("规上企业研发机构覆盖率", 47.3, "%", "exact")),
    ("全省登记在册的技术经理人近3000名。", ("登记在册的技术经理人", 3000, "名", "about")),
    ("企业牵头项目占省级项目总数的72%。", ("企业牵头项目占省级项目总数比重", 72, "%", "exact")),
    ("高校成果本地转化率在30%—35%之间。", ("高校成果本地转化率", 30, "%", "range")),
    ("全省县域创新指数平均得分为61.7。", ("县域创新指数平均得分", 61.7, "分", "exact")),
]


@pytest.mark.parametrize(("text", "expected"), LEVELS)
def test_a_level_has_indicator_value_unit_and_bound(text: str, expected: tuple[Any, ...]) -> None:
    assert rows(text, "indicator", "value", "unit", "bound") == [expected]


def test_a_range_has_an_upper_value() -> None:
    assert rows("高校成果本地转化率在30%—35%之间。", "value", "upper") == [(30, 35)]


CHANGES = [
    ("全省技术合同数同比增长18.4%。", ("技术合同数", 18.4, True, None)),
    ("单位产值能耗下降3.5%。", ("单位产值能耗", -3.5, True, None)),
    ("企业研发强度比上年提高0.2个百分点。", ("企业研发强度", 0.2, True, "上年")),
    ("全省数字化车间数量较2019年增加40%。", ("数字化车间数量", 40, True, "2019")),
    (
        "全省高技术制造业投资增速高于全国平均水平4.1个百分点。",
        ("高技术制造业投资增速", 4.1, True, "全国平均水平"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_growth_and_difference_are_changes_and_declines_are_negative(
    text: str, expected: tuple[Any, ...]
) -> None:
    assert rows(text, "indicator", "value", "change", "compared_to") == [expected]


def test_a_growth_verb_with_a_goal_is_a_level() -> None:
    assert rows("全省宽带普及率提高到92%。", "indicator", "value", "change") == [("宽带普及率", 92, None)]


def test_what_a_clause_leaves_unsaid_is_carried_over() -> None:
    text = "全省孵化器在孵企业逐年增长8%，2023年达到1.6万家，是2015年的3.2倍。"
    assert rows(text, "indicator", "value", "unit", "period", "compared_to") == [
        ("孵化器在孵企业", 8, "%", None, None),
        ("孵化器在孵企业", 16_000, "家", "2023", None),
        ("孵化器在孵企业", 3.2, "倍", "2023", "2015"),
    ]


def test_a_measuring_word_is_completed_by_what_was_spoken_of() -> None:
    text = "全省研发经费同比增长9.3%，增速超出全国平均水平1.4个百分点。"
    assert [r[0] for r in rows(text, "indicator")] == ["研发经费", "研发经费增速"]


def test_a_share_of_what_was_just_measured() -> None:
    text = "民营企业研发经费812亿元，占全省的近8成。"
    assert rows(text, "indicator", "value", "unit", "bound")[1] == (
        "民营企业研发经费占全省比重",
        80,
        "%",
        "about",
    )


def test_the_verb_of_a_list_is_shared() -> None:
    text = "2025年新增创新型中小企业900家、专精特新企业120家。"
    assert rows(text, "indicator", "value", kind="report") == [
        ("新增创新型中小企业", 900),
        ("新增专精特新企业", 120),
    ]


PARALLEL = [
    ("单位产值电耗、水耗较“十三五”末分别下降12%、15%。", [("单位产值电耗", -12), ("单位产值水耗", -15)]),
    ("装备制造业、生物医药产业增加值分别增长6%、9%。", [("装备制造业增加值", 6), ("生物医药产业增加值", 9)]),
    ("船舶、电子材料行业增加值分别增长6%、9%。", [("船舶行业增加值", 6), ("电子材料行业增加值", 9)]),
    (
        "城镇和农村居民人均可支配收入分别增长4%、6%。",
        [("城镇居民人均可支配收入", 4), ("农村居民人均可支配收入", 6)],
    ),
    (
        "设研发机构、有研发活动的企业占比分别达到50%、65%。",
        [("设研发机构的企业占比", 50), ("有研发活动的企业占比", 65)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARALLEL)
def test_a_parallel_list_is_distributed(text: str, expected: list[tuple[str, float]]) -> None:
    assert rows(text, "indicator", "value", kind="report") == expected


def test_a_list_that_cannot_be_distributed_is_left_out() -> None:
    assert rows("三个方面的得分分别为7.1、8.2、9.3和6.4。", "value") == []


def test_several_places_share_an_indicator() -> None:
    text = "2022年，湖北、安徽的技术合同成交额分别是河北省的2.1、1.6倍。"
    assert rows(text, "area", "indicator", "value", "compared_to") == [
        ("湖北省", "技术合同成交额", 2.1, "河北省"),
        ("安徽省", "技术合同成交额", 1.6, "河北省"),
    ]


def test_one_place_is_compared_with_several() -> None:
    text = "河北省科技支出占比较湖北、安徽、江西分别低1.2、0.9和0.4个百分点。"
    assert rows(text, "area", "value", "unit", "compared_to") == [
        ("河北省", -1.2, "百分点", "湖北省"),
        ("河北省", -0.9, "百分点", "安徽省"),
        ("河北省", -0.4, "百分点", "江西省"),
    ]


def test_the_level_of_the_other_is_an_observation_too() -> None:
    text = "河北省基础研究经费占比为3.1%，仍较全国的6.6%低3.5个百分点。"
    assert rows(text, "area", "value", "change") == [
        ("河北省", 3.1, None),
        ("全国", 6.6, None),
        ("河北省", -3.5, True),
    ]


def test_a_figure_in_brackets_belongs_to_the_place_before_it() -> None:
    text = "全省有效商标注册量41万件，落后于浙江省（390万件）、福建省（210万件）。"
    assert rows(text, "area", "value") == [("河北省", 410_000), ("浙江省", 3_900_000), ("福建省", 2_100_000)]


RANKS = [
    ("河北省创新能力排名第12位。", ("创新能力", 12, None)),
    ("全省技术出口额居全国第9。", ("技术出口额", 9, None)),
    ("河北省每万人发明专利数排名18位。", ("每万人发明专利数", 18, None)),
    ("河北省科研设施共享率居全国前10位。", ("科研设施共享率", 10, "max")),
    ("全省技能人才占比居全国首位。", ("技能人才占比", 1, None)),
]


@pytest.mark.parametrize(("text", "expected"), RANKS)
def test_places_in_a_ranking(text: str, expected: tuple[Any, ...]) -> None:
    assert rows(text, "indicator", "rank", "bound") == [expected]


def test_a_rank_from_the_bottom_is_counted_from_the_top_of_31_provinces() -> None:
    assert rows("河北省企业技改投资增长率排名倒数第3。", "rank", "rank_of") == [(29, 31)]


def test_a_rank_behind_a_value_is_the_rank_of_that_value() -> None:
    text = "全省人才总量超过900万人，位居全国第8。"
    assert rows(text, "indicator", "value", "rank", "bound") == [("人才总量", 9_000_000, 8, "min")]


def test_a_rank_of_growth_joins_the_growth() -> None:
    text = "全省进出口总额增长11%，增速居全国第5位。"
    assert rows(text, "value", "change", "rank", kind="report") == [(11, True, 5)]


def test_a_move_in_a_ranking_is_a_change_of_places() -> None:
    text = "河北省创新能力连续3年排名第19位，2023年上升两位，排名第17位。"
    assert rows(text, "value", "unit", "change", "rank", "period")[1:] == [
        (2, "位", True, None, "2023"),
        (None, None, None, 17, "2023"),
    ]


def test_an_ordered_list_of_places_gives_each_its_rank() -> None:
    text = "每亿元产值用水量由低到高排序前3名为天津、北京、山西。"
    assert rows(text, "area", "rank") == [("天津市", 1), ("北京市", 2), ("山西省", 3)]


def test_standing_behind_named_places_is_a_rank() -> None:
    text = "河北省钢铁行业研发投入紧跟江苏、山东之后。"
    assert rows(text, "rank", "compared_to") == [(3, "江苏省、山东省")]


def test_places_ranked_in_one_clause_take_the_values_of_the_next() -> None:
    text = "创新指数Top3城市依次是石家庄、唐山、保定，创新指数得分分别为71.2、66.0、60.4。"
    assert rows(text, "area", "value", "rank") == [
        ("石家庄市", 71.2, 1),
        ("唐山市", 66, 2),
        ("保定市", 60.4, 3),
    ]


def test_counts_of_things_that_entered_a_list() -> None:
    text = "仅有2所高校7个学科进入国家一流建设名单，市属高校无一入选。"
    assert rows(text, "indicator", "value", "unit") == [
        ("进入国家一流建设名单的高校", 2, "所"),
        ("进入国家一流建设名单的学科", 7, "个"),
        ("入选国家一流建设名单的市属高校", 0, "所"),
    ]


def test_a_group_of_places_is_counted_in_the_region_that_holds_them() -> None:
    text = "长三角各地差异明显。宁波、无锡、合肥等3个城市属于第二方阵。"
    assert rows(text, "area", "indicator", "value") == [("长三角", "第二方阵城市", 3)]


def test_doubling_is_a_growth_of_a_hundred_percent() -> None:
    text = "全省算力规模翻一番，达到30万机架。"
    assert rows(text, "value", "unit", "change")[0] == (100, "%", True)


def test_targets_of_a_policy_are_planned_and_take_the_year_of_their_section() -> None:
    text = (
        "关于加快园区建设的意见\n一、发展目标\n到2027年，园区体系基本形成。\n（一）规模壮大。园区营业收入年均增长7%以上，"
        "建成绿色工厂60家和15个零碳车间。\n二、保障措施\n（一）资金支持。对年营业收入超过2亿元的企业，给予最高50万元奖励。"
    )
    found = rows(text, "indicator", "value", "period", "assertion", kind="policy")
    assert [(v, p, a) for _, v, p, a in found] == [
        (7, "2027", "planned"),
        (60, "2027", "planned"),
        (15, "2027", "planned"),
    ]


NOTHING = [
    "对首次认定的企业，给予20万元奖励。",
    "年销售额达到5000万元以上的企业可以申报。",
    "单个项目资助最高不超过100万元，期限为3年。",
    "本办法自2024年1月1日起施行，有效期5年。",
    "申请人年龄不超过40周岁，从业3年以上。",
    "根据第12条和第3款规定办理。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_awards_and_conditions_of_a_policy_are_no_observations(text: str) -> None:
    assert rows("一、支持政策\n（一）奖励办法。" + text, "indicator", "value", kind="policy") == []


def test_a_yearly_report_looks_back_on_the_year_before_its_own() -> None:
    head = "2026年永安省政府工作报告\n一、工作回顾\n"
    text = head + "全省新增高新技术企业300家。建成面积占比达到61%，近3年提升19个百分点。农民人均收入增加1100元。\n"
    found = {str(o.values["indicator"]): o.values.get("period") for o in observe(text, "report", year=2026)}
    assert found["新增高新技术企业"] == "2025"
    assert found["农民人均收入"] == "2025"
    assert "2023/2025" in found.values()
