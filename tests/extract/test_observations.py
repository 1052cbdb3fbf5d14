"""Figures about an area, read from sentences of our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.observations import find_observations
from kg.extract.reading import Context, Finding, Reading
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

ROOT = Path(__file__).parents[2]


def read(text: str, kind: str = "article", area: str = "河北省", year: int | None = 2024) -> Reading:
    shadow = unwrap(text)
    return Reading(
        Document("d-1", text, Source("t")), shadow, outline(shadow), Context(kind, area, area, year=year)
    )


def observe(text: str, kind: str = "article", **context: Any) -> list[Finding]:
    return find_observations(read(text, kind, **context))


def rows(text: str, *keys: str, kind: str = "article", **context: Any) -> list[tuple[Any, ...]]:
    """Each observation as the named keys; `area` and `assertion` are among them."""
    return [
        tuple(f.area if k == "area" else f.assertion if k == "assertion" else f.values.get(k) for k in keys)
        for f in observe(text, kind, **context)
    ]


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


TALK = [
    "文件提出18条举措，推出10条改革意见。",
    "本文从3个方面、5个维度展开分析。",
    "研究分为三个阶段，采用两个模型。",
    "如图6和表2所示，见文献[12]。",
    "《行动方案（2023—2025年）》明确了4项重点任务。",
    "按设备投资的15%给予补助。",
    "亏损结转年限延长至10年。",
    "第一梯队的城市优势明显。",
]


@pytest.mark.parametrize("text", TALK)
def test_numbers_that_only_order_a_text_are_no_observations(text: str) -> None:
    assert rows(text, "indicator", "value", "rank") == []


def test_last_year_is_reported_and_next_year_planned_in_a_work_report() -> None:
    text = (
        "2026年某省政府工作报告\n一、2025年工作回顾\n全年粮食总产量稳定，工业投资增长8%，全省市场主体达到700万户。\n"
        "二、2026年重点工作\n（一）扩大有效投资。工业投资增长9%以上，新建省级中试平台12家。"
    )
    assert rows(text, "indicator", "value", "period", "assertion", kind="report", year=2026) == [
        ("工业投资", 8, "2025", "reported"),
        ("市场主体", 7_000_000, "2025", "reported"),
        ("工业投资", 9, "2026", "planned"),
        ("新建省级中试平台", 12, "2026", "planned"),
    ]


def test_a_number_that_names_a_group_belongs_to_the_indicator() -> None:
    assert rows("12个传统行业营收增长5.5%。", "indicator", "value", kind="report") == [
        ("12个传统行业营收", 5.5)
    ]


def test_a_threshold_says_what_is_counted() -> None:
    found = rows("全年签约亿元以上产业项目320个。", "value", "unit", kind="report")
    assert found == [(320, "个")]


def test_only_the_end_of_a_development_is_a_level() -> None:
    assert rows("高速铁路里程从900公里增加到1600公里。", "indicator", "value", kind="report") == [
        ("高速铁路里程", 1600)
    ]


def test_a_place_in_a_name_stays_in_the_indicator_of_a_report() -> None:
    assert rows("唐山港货物吞吐量达到8亿吨。", "area", "indicator", kind="report") == [
        ("河北省", "唐山港货物吞吐量")
    ]


def test_a_sum_provided_is_named_by_what_follows_it() -> None:
    (found,) = rows("全年发放300亿元的科技贷款。", "indicator", "value", kind="report")
    assert found == ("发放科技贷款", 30_000_000_000)


def test_two_counts_side_by_side_keep_their_own_things() -> None:
    text = "新认定8个概念验证中心、16个中试平台。"
    assert rows(text, "indicator", "value", kind="report") == [
        ("新认定概念验证中心", 8),
        ("新认定中试平台", 16),
    ]


def test_a_size_is_no_figure_of_an_area() -> None:
    assert rows("建成12英寸晶圆生产线。", "value", kind="report") == []


def test_the_years_of_an_unbroken_run_are_not_guessed() -> None:
    assert rows("2022年全省投入稳步增长。河北省创新能力连续6年排名第20位。", "rank", "period") == [(20, None)]


def test_a_foreign_country_is_the_place_of_its_own_figures() -> None:
    assert rows("德国拥有1300家隐形冠军企业。", "area", "value") == [("德国", 1300)]


def test_percent_signs_that_a_scanner_wrote_as_tex_are_read() -> None:
    text = "全省专利转化率为$1 2. 5 \\%$，高于上年。"
    (found,) = observe(text)
    assert found.values["value"] == 12.5
    assert read(text).shadow.value(found.start, found.end).endswith("%$")


def test_a_wrapped_figure_is_quoted_across_the_break() -> None:
    text = "\n".join(
        (
            "近年来全省各类平台建设步伐不断加快，其中省级重点",
            "实验室数量达到260家，覆盖了全部主导产业。各地也积",
            "极探索新的做法，为产业转型升级提供了坚实的支撑，",
            "带动了一大批企业走上依靠技术进步的发展道路。同时",
            "各类主体之间的联系更加紧密，知识流动更加顺畅，人",
            "们对未来的信心更加充足，社会各界对创新的关注也达",
            "到了新的高度，良好的风气正在形成，新的业态和新的",
            "模式不断涌现，为区域长远发展积蓄了力量，值得期待",
            "的变化正在发生。",
        )
    )
    reading = read(text)
    found = find_observations(reading)
    assert [f.values["value"] for f in found] == [260]
    assert found[0].values["indicator"] == "省级重点实验室数量"
    assert "\n" in reading.shadow.quote(found[0].start, found[0].end)


def test_reference_lists_are_left_out() -> None:
    text = "一、正文\n全省企业数量达到500家，增长显著。\n参考文献\n[1] 某某.区域创新研究[J].科研管理，2019，40（3）：12-20，占比达到35%。"
    assert [r[0] for r in rows(text, "value")] == [500]


def test_the_same_text_gives_the_same_findings_under_any_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/extract'); from test_observations import observe;"
        "print([(f.start, f.end, f.area, sorted(f.values.items(), key=str)) for f in observe('全省技术合同数同比增长18%，居全国第3位。')])"
    )
    out = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(out) == 1


@given(
    st.text(
        alphabet="全省企业增长达到占比第位排名前0123456789.%亿万元家个，。、（）分别为较低2022年\n",
        max_size=80,
    )
)
def test_any_text_is_read_without_error_and_every_finding_lies_in_it(text: str) -> None:
    reading = read(text)
    for f in find_observations(reading):
        assert 0 <= f.start < f.end <= len(reading.shadow.text)
        assert f.values["indicator"] and ("value" in f.values or "rank" in f.values)


def test_how_many_are_ranked_is_no_count() -> None:
    text = "河北省创新能力得分30.5分，在31个省区市中列第17位，比上年前移2位。"
    assert rows(text, "value", "rank", "rank_of", "compared_to") == [
        (30.5, 17, 31, None),
        (2, None, None, "上年"),
    ]


def test_places_on_a_list_take_their_own_ranks() -> None:
    text = "邯郸、沧州进入全国先进制造业百强市名单，分别列第61位和第72位。"
    assert rows(text, "area", "rank", "rank_of") == [("邯郸市", 61, 100), ("沧州市", 72, 100)]


def test_a_dated_development_gives_both_ends() -> None:
    text = "全省孵化器由2018年的120家增至2022年的260家。"
    assert rows(text, "indicator", "value", "period") == [("孵化器", 120, "2018"), ("孵化器", 260, "2022")]


def test_a_development_from_last_year_dates_its_beginning() -> None:
    text = "2022年，全省技术交易额由上年的90亿元增加到120亿元，净增30亿元。"
    assert rows(text, "indicator", "value", "period", "change") == [
        ("技术交易额", 9_000_000_000, "2021", None),
        ("技术交易额", 12_000_000_000, "2022", None),
        ("技术交易额", 3_000_000_000, "2022", True),
    ]


def test_the_parts_of_a_whole_are_shares_of_it() -> None:
    text = "全省研发支出共80亿元，其中企业、高校、院所分别占70%、18%和12%。"
    assert rows(text, "indicator", "value")[1:] == [
        ("企业研发支出占比", 70),
        ("高校研发支出占比", 18),
        ("院所研发支出占比", 12),
    ]


def test_where_a_share_is_held() -> None:
    text = "全省研发支出80亿元，四分之三以上集中在钢铁领域。"
    assert rows(text, "indicator", "value", "bound")[1] == ("钢铁领域研发支出占比", 75, "min")


def test_nothing_there_is_a_zero() -> None:
    assert rows("全省国家技术创新中心至今为零。", "indicator", "value") == [("国家技术创新中心", 0)]


def test_a_place_held_for_years_dates_nothing_else() -> None:
    text = "2023年工作回顾\n全省研发经费增长8%，总量连续三年居中部第4位。新建重点实验室6家。"
    assert rows(text, "value", "rank", "period", kind="report", year=2023)[-1] == (6, None, "2023")


def test_figures_take_the_year_of_their_title() -> None:
    text = "2023年工作情况\n全省新增孵化器12家，备案众创空间30家。"
    assert rows(text, "value", "period") == [(12, "2023"), (30, "2023")]


def test_this_year_is_unknown_where_the_article_has_no_date() -> None:
    assert rows("今年上半年，全省高新技术产品出口增长7%。", "value", "period") == [(7, None)]


def test_the_agenda_of_a_report_is_planned() -> None:
    text = "2024年，重点做好以下工作。新增瞪羚企业40家。技术合同成交额增长10%以上。"
    found = rows(text, "value", "assertion", kind="report", year=2024)
    assert [a for _, a in found] == ["planned", "planned"]


def test_money_handed_out_is_a_figure_and_money_offered_is_not() -> None:
    assert rows("2023年，省财政拨付运行经费900万元。", "indicator", "value") == [("运行经费", 9_000_000)]
    assert rows("对新认定平台拨付补助资金900万元。", "value") == []


def test_what_an_author_advises_is_no_figure() -> None:
    assert rows("建议省财政每年新增3亿元投入。", "value") == []


def test_a_pronoun_measures_nothing() -> None:
    assert rows("这一比例提高到70%。", "value") == []


def test_the_years_before_a_report_are_its_own() -> None:
    text = "一、过去五年工作回顾\n五年来，全省新建实验室30家。"
    assert rows(text, "value", "period", kind="report", year=2023) == [(30, "2018/2022")]


def test_a_figure_beside_that_of_another_place_and_a_share_of_the_whole() -> None:
    text = "唐山每万人口发明专利拥有量为6.5件，仅为江苏的40%。"
    assert ("每万人口发明专利拥有量", 40, "江苏省") in rows(text, "indicator", "value", "compared_to")
    assert ("唐山市", "高新技术企业占全省比重", 31) in rows("唐山集聚了全省31%的高新技术企业。", "area", "indicator", "value")
