"""Figures side by side, compared, ranked and grown; sentences of our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from observing import observe, read, rows

from kg.extract.observations import find_observations

ROOT = Path(__file__).parents[2]


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


def test_both_ends_of_a_development_are_levels() -> None:
    assert rows("高速铁路里程从900公里增加到1600公里。", "indicator", "value", kind="report") == [
        ("高速铁路里程", 900),
        ("高速铁路里程", 1600),
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
        "import sys; sys.path.insert(0, 'tests/extract'); from observing import observe;"
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全省研发投入强度从2.1%提高到2.9%。", [("研发投入强度", 2.1), ("研发投入强度", 2.9)]),
        ("人均预期寿命从77.3岁提升至79.1岁。", [("人均预期寿命", 77.3), ("人均预期寿命", 79.1)]),
        ("百亿级产业链达到9条。", [("百亿级产业链", 9)]),
        ("商业价值信用贷款、农村信用贷款分别发放贷款520亿元、73亿元。", [("商业价值信用贷款发放贷款", 52_000_000_000), ("农村信用贷款发放贷款", 7_300_000_000)]),
    ],
)
def test_old_values_lives_lines_and_shared_verbs(text: str, expected: list[tuple[str, float]]) -> None:
    assert rows(text, "indicator", "value", kind="report") == expected


def test_where_a_development_began_is_not_dated_with_its_end() -> None:
    text = "2025年研发投入强度从2.1%提高到2.9%。"
    assert rows(text, "value", "period", kind="report") == [(2.1, None), (2.9, "2025")]


def test_a_place_won_in_a_ranking_and_one_said_in_words() -> None:
    text = "农村网络零售额居全国第三。航运中心发展指数从全球第12位跃升至第8位。"
    assert rows(text, "indicator", "rank", kind="report") == [("农村网络零售额", 3), ("航运中心发展指数", 8)]
