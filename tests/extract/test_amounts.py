"""What a provision gives in figures: value, unit, bound, role and what belongs to them. Sentences of our own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from provisions import amounts


def figures(provision: str, *keys: str, awarded: bool = True) -> list[Any]:
    """Each amount as the named keys, a bare value where one key is asked for."""
    rows = [tuple(a.get(k) for k in keys) for a in amounts(provision, awarded=awarded)]
    return [r[0] for r in rows] if len(keys) == 1 else rows


ONE = [
    ("给予每家企业30万元奖励", (300_000, "CNY", "exact", "award")),
    ("给予最高75万元补助", (750_000, "CNY", "max", "award")),
    ("给予不低于500万元支持", (5_000_000, "CNY", "min", "award")),
    ("给予约200万元补助", (2_000_000, "CNY", "about", "award")),
    ("按其上年度研发投入的12%给予补助", (12, "%", "exact", "rate")),
    ("按成交额的8‰给予奖励", (8, "‰", "exact", "rate")),
    ("由财政给予1.5个百分点的贴息", (1.5, "百分点", "exact", "rate")),
    ("减按15%的税率征收企业所得税", (15, "%", "exact", "rate")),
    ("贷款利率下浮不少于20%", (20, "%", "min", "rate")),
    ("担保费率不超过1%", (1, "%", "max", "rate")),
    ("对首次通过认证的企业给予认证费用全额补助", (100, "%", "exact", "rate")),
    ("设立总规模20亿元的成果转化基金", (2_000_000_000, "CNY", "exact", "total")),
    ("每年安排专项资金8000万元", (80_000_000, "CNY", "exact", "total")),
    ("给予连续三年的房租补贴", (3, "年", "exact", "duration")),
    ("免收前两年场地租金", (2, "年", "exact", "duration")),
    ("贷款期限最长不超过3年", (3, "年", "max", "duration")),
    ("补助年限不超过5年", (5, "年", "max", "duration")),
    ("提供为期6个月的免费培训", (6, "月", "exact", "duration")),
    ("每年遴选不超过40个项目给予资助", (40, "个", "max", "count")),
    ("每家每年不超过100万元", (1_000_000, "CNY", "max", "cap")),
]


@pytest.mark.parametrize(("provision", "expected"), ONE)
def test_a_figure_has_value_unit_bound_and_role(provision: str, expected: tuple[Any, ...]) -> None:
    assert figures(provision, "value", "unit", "bound", "role") == [expected]


@pytest.mark.parametrize("provision", ["给予5万元至10万元的补助", "给予5—10万元补助", "给予5万—10万元补助"])
def test_a_range_has_both_ends(provision: str) -> None:
    assert figures(provision, "value", "upper", "bound") == [(50_000, 100_000, "range")]


def test_counts_and_totals_stand_without_a_grant() -> None:
    assert figures("建设50个中试基地", "value", "unit", "role", awarded=False) == [(50, "个", "count")]
    assert figures("设立规模3亿元的天使基金", "value", "role", awarded=False) == [(300_000_000, "total")]


@pytest.mark.parametrize(
    "provision",
    [
        "按照设备购置额的15%给予补助，单个企业最高不超过260万元",
        "按照设备购置额的15%、最高260万元给予补助",
    ],
)
def test_a_ceiling_behind_a_rate_is_its_cap(provision: str) -> None:
    expected = [(15, "rate", "exact", "设备购置额", None), (2_600_000, "cap", "max", None, None)]
    assert figures(provision, "value", "role", "bound", "basis", "of") == expected


def test_a_part_of_a_total_is_a_total() -> None:
    expected = [(150_000_000, "total"), (50_000_000, "total")]
    assert figures("安排资金1.5亿元，其中人才资金5000万元", "value", "role") == expected


def test_each_member_of_a_parallel_list_has_its_own_sum() -> None:
    by_level = "对国家级、省级、市级孵化器分别给予200万元、80万元、30万元奖励"
    assert figures(by_level, "of", "value") == [("国家级", 2_000_000), ("省级", 800_000), ("市级", 300_000)]
    by_prize = "对一等奖、二等奖、三等奖分别奖励10万元、6万元、3万元"
    assert figures(by_prize, "of", "value") == [("一等奖", 100_000), ("二等奖", 60_000), ("三等奖", 30_000)]


def test_sums_that_follow_their_items_one_by_one() -> None:
    assert figures("国家级每个奖励60万元，省级每个奖励20万元", "of", "value") == [("国家级", 600_000), ("省级", 200_000)]
    assert figures("发放服务券800万元、设备券400万元", "of", "value") == [("服务券", 8_000_000), ("设备券", 4_000_000)]


def test_the_sum_of_a_prize_is_not_an_item_called_prize_money() -> None:
    expected = [(1, "count", "一等奖"), (300_000, "award", None)]
    assert figures("设一等奖1名、奖金30万元", "value", "role", "of") == expected


def test_a_ratio_is_one_share_for_each() -> None:
    assert figures("由省、市、县按照4:3:3的比例分担", "of", "value", "unit") == [
        ("省", 40, "%"),
        ("市", 30, "%"),
        ("县", 30, "%"),
    ]


PER = [
    ("每件发明专利资助3000元", "件"),
    ("每项标准奖励30万元", "项"),
    ("给予每人每月2000元生活补贴", "人/月"),
    ("给予用人单位每年每人1.2万元补贴", "人/年"),
    ("按每平方米每月15元的标准给予租金补贴", "月•平方米"),
    ("每年安排专项资金8000万元", "年"),
    ("给予每家企业30万元奖励", None),
    ("对2家以上企业联合申报的，给予每家10万元补助", None),
]


@pytest.mark.parametrize(("provision", "unit"), PER)
def test_what_a_sum_is_given_for_is_a_unit_never_a_recipient(provision: str, unit: str | None) -> None:
    assert figures(provision, "per") == [unit]


THRESHOLDS = [
    ("对年营业收入首次突破10亿元的企业给予100万元奖励", 1_000_000),
    ("对年出口额500万美元以上的企业给予10万元奖励", 100_000),
    ("对研发投入占营业收入比重达到5%以上的企业奖励20万元", 200_000),
    ("对成立3年以内的企业给予5万元补助", 50_000),
    ("对超过100万元的部分按10%给予补助", 10),
    ("将资助标准由每年5万元提高到8万元", 80_000),
]


@pytest.mark.parametrize(("provision", "value"), THRESHOLDS)
def test_thresholds_and_old_values_are_no_amounts(provision: str, value: float) -> None:
    assert figures(provision, "value") == [value]


def test_a_condition_in_figures_leaves_no_amount() -> None:
    assert amounts("对注册满两年、员工不少于20人的机构给予补助") == []


def test_a_threshold_a_rate_and_its_cap_are_told_apart() -> None:
    provision = "对投资1亿元以上的项目，按固定资产投资额的3%给予补助，最高1500万元"
    assert figures(provision, "value", "role") == [(3, "rate"), (15_000_000, "cap")]


@pytest.mark.parametrize(
    ("provision", "value", "basis"),
    [
        ("按国家资助额给予1:1配套支持", 100, None),
        ("对获得国家项目的单位，按国拨经费1:1配套，最高100万元", 100, "国拨经费"),
        ("对获批的中心，自治区按1∶0.5比例给予配套资金支持", 50, None),
    ],
)
def test_matching_funds_are_a_share(provision: str, value: float, basis: str | None) -> None:
    assert figures(provision, "value", "role")[0] == (value, "rate")
    assert amounts(provision)[0].get("basis") == basis


def test_shares_of_a_risk_stay_shares_of_the_risk() -> None:
    assert figures("省担保集团、银行和地方政府按照5:3:2的比例承担风险责任", "value") == [50, 30, 20]


@pytest.mark.parametrize(
    ("provision", "said"),
    [
        ("鼓励园区建设实验室，每年安排运行经费200万元，连续支持3年", [(2_000_000, "total"), (3, "duration")]),
        ("设立了5亿元的科创基金", [(500_000_000, "total")]),
        ("落实研发费用加计扣除1.6亿元", [(160_000_000, "total")]),
        ("每家企业每年最高可申领20万元创新券", [(200_000, "cap")]),
    ],
)
def test_totals_terms_and_ceilings(provision: str, said: list[tuple[float, str]]) -> None:
    assert [(a["value"], a["role"]) for a in amounts(provision, awarded="申领" in provision)] == said


def test_an_instalment_is_no_share() -> None:
    assert figures("每个支持100万元，分两年拨付，首年拨付60%", "value") == [1_000_000]


@pytest.mark.parametrize(
    ("provision", "basis"),
    [
        ("对租用标准厂房的，前三年租金按70%给予补贴", "租金"),
        ("对参加展会的企业，展位费按50%给予补贴", "展位费"),
    ],
)
def test_what_a_share_is_a_share_of_may_stand_before_it(provision: str, basis: str) -> None:
    assert amounts(provision)[-1]["basis"] == basis


def test_items_keep_their_own_words() -> None:
    assert [a["of"] for a in amounts("对获得金奖、银奖、优秀奖的，分别奖励100万元、50万元、20万元")] == ["金奖", "银奖", "优秀奖"]
    assert [a["of"] for a in amounts("对通过CMMI5级、4级、3级认证的企业，分别给予30万元、20万元、10万元奖励")] == ["CMMI5级", "4级", "3级"]
    assert [a["of"] for a in amounts("初创企业房租按第一年100%、第二年50%补贴")] == ["第一年", "第二年"]


@given(st.text(alphabet="给予奖励按的最高不超过每年企业分别对、，：；（）《》0123456789.%‰万亿元个家年以上—至", max_size=60), st.booleans())
def test_amounts_of_any_text_are_well_formed(text: str, awarded: bool) -> None:
    for a in amounts(text, awarded=awarded):
        assert a["bound"] in ("exact", "max", "min", "about", "range")
        assert a["role"] in ("award", "rate", "cap", "total", "duration", "count")
        assert (a["bound"] == "range") == ("upper" in a) or a["role"] == "cap"


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("按不超过设备投资额的20%给予补助", "设备投资额"),
        ("按不低于实际支出的10%给予补助", "实际支出"),
        ("不超过合同金额的5%给予补贴", "合同金额"),
        ("按其他费用的5%给予补贴", "其他费用"),
    ],
)
def test_words_of_the_bound_are_none_of_what_a_share_is_a_share_of(text: str, basis: str) -> None:
    assert figures(text, "role", "basis") == [("rate", basis)]


def test_letters_share_the_word_behind_the_last_of_them() -> None:
    assert [a["of"] for a in amounts("全职引进的A、B、C类人才，分别给予90万元、50万元、20万元补助")] == ["A类", "B类", "C类"]


def test_an_item_with_a_noun_of_its_own_keeps_it() -> None:
    given_to = amounts("新设立的国家级博士后工作站、省级博士后实践基地，分别给予40万元、15万元补助")
    assert [a["of"] for a in given_to] == ["国家级博士后工作站", "省级博士后实践基地"]


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("每件资助2万元，同一申请人每年资助总额不超过30万元", ["award", "cap"]),
        ("设立2亿元发展基金，对初创企业可给予单笔不超过300万元的股权投资", ["total", "award"]),
        ("可以赋予科研人员不少于十年的长期使用权，并给予奖励", ["duration"]),
        ("指标权重分别不低于25%、40%", ["rate", "rate"]),
        ("企业研发费用在核算利润时，按150%加回", ["rate"]),
    ],
)
def test_ceilings_funds_rights_and_weights_have_their_roles(provision: str, expected: list[str]) -> None:
    assert figures(provision, "role") == expected


def test_a_ratio_that_a_firm_must_reach_is_no_rate_of_support() -> None:
    assert figures("对研发费用占营业收入的比例达到4%以上的企业，给予10万元奖励", "value") == [100_000]


@pytest.mark.parametrize(
    ("provision", "expected"),
    [
        ("零售企业年零售额每实现3000万元，给予奖励4万元", [(40_000, "award")]),
        ("每增加2亿元，另给予15万元奖励", [(150_000, "award")]),
        ("按贡献比上一年增长12%以上的新增部分给予60%的奖励", [(60, "rate")]),
        ("资金规模达到3000万元且期限已满2年的（可合并计算），按2%的比例给予奖励", [(2, "rate")]),
        ("按20元/平方米•月且每年总额不超过12万元的标准给予租房补助", [(20, "award"), (120_000, "cap")]),
        ("给予购房补助，并在设立后三年内分期兑现", []),
        ("新认定的示范企业在三年内给予共计6万元奖励", [(3, "duration"), (60_000, "award")]),
        ("为科技型企业发放信用贷款900亿元", [(90_000_000_000, "total")]),
        ("转化成果的收入全部留归本单位", [(100, "rate")]),
    ],
)
def test_what_sums_are_counted_by_and_what_they_sum_up_to(provision: str, expected: list[tuple[float, str]]) -> None:
    assert figures(provision, "value", "role") == expected


def test_counts_of_a_list_say_what_they_count() -> None:
    assert figures("新培育8个概念验证中心、15个中试平台", "of", "value", awarded=False) == [("概念验证中心", 8), ("中试平台", 15)]
    text = "力争培育国家级示范基地（园区）3个、市级示范园区20家"
    assert figures(text, "of", "value", awarded=False) == [("国家级示范基地（园区）", 3), ("市级示范园区", 20)]
