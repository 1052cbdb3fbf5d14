"""Which provisions a text makes and in which mode, sentences of our own."""

from __future__ import annotations

import pytest
from provisions import HEAD, amounts, provisions, quotes, read

from kg.extract.attributes import complete_measures
from kg.extract.measures import find_measures
from kg.extract.policies import find_policies


def modes(text: str, kind: str = "policy") -> list[tuple[str, str | None]]:
    return [(f.type, f.assertion) for f in provisions(text, kind)]


ONE_PROVISION = [
    "支持企业牵头组建创新联合体",
    "设立总规模10亿元的科技成果转化引导基金",
    "建立科技创新协调机制，统筹重大事项",
    "简化科研项目审批流程",
    "对首次认定的高新技术企业，给予一次性奖励20万元",
    "对投资1亿元以上的项目，按固定资产投资额的3%给予补助，最高1500万元",
    "企业购买检测服务的，可使用创新券抵扣",
    "企业引进的博士，每人给予6万元安家补贴",
    "对创新产品实行政府首购",
]


@pytest.mark.parametrize("provision", ONE_PROVISION)
def test_a_provision_is_one_measure_with_its_condition_and_ceiling(provision: str) -> None:
    assert quotes(provision + "。") == [provision]


def test_clauses_with_objects_of_their_own_are_measures_of_their_own() -> None:
    text = "支持企业建设研发机构，鼓励高校开放实验室。"
    assert quotes(text) == ["支持企业建设研发机构", "鼓励高校开放实验室"]


def test_serial_words_stay_outside() -> None:
    assert quotes("一是支持企业建设研发机构。二是设立技术转移奖补资金。") == [
        "支持企业建设研发机构",
        "设立技术转移奖补资金",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "未按规定使用资金的，不予支持。",
        "企业不得重复申报同类项目。",
        "弄虚作假的，应退回资金并追回奖励。",
        "本办法所称科技型企业，是指在本省注册的企业。",
        "省科技厅负责项目的组织实施和监督检查。",
        "充分发挥创新的引领作用，增强发展动能，营造良好生态。",
        "申请人应当提交以下材料。",
        "本措施由省科技厅负责解释。",
    ],
)
def test_refusals_definitions_duties_and_slogans_are_no_measures(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize("title", ["一、申报条件", "二、指导思想", "三、附则"])
def test_sections_that_provide_nothing_are_skipped(title: str) -> None:
    assert quotes(f"{title}\n支持企业建设研发机构，给予补助20万元。\n") == []


def test_a_heading_is_no_measure_beside_its_provision() -> None:
    assert quotes("一、支持企业创新\n（一）培育科技企业。对首次认定的企业奖励20万元。\n") == ["对首次认定的企业奖励20万元"]


MODES = [
    ("支持企业建设研发机构。", "policy", ("measure", "in_force")),
    ("我省将设立50亿元的产业基金。", "policy", ("measure", "planned")),
    ("《甘肃省创新券管理办法》规定，每家企业每年最高可申领10万元。", "policy", ("measure", "reported")),
    ("兰州市对高新技术企业给予20万元奖励。", "article", ("measure", "reported")),
    ("甘肃省今年将对瞪羚企业给予50万元奖励。", "article", ("measure", "planned")),
    ("建议甘肃省设立科技创新基金。", "article", ("recommendation", "recommended")),
    ("甘肃省应完善人才评价机制。", "article", ("recommendation", "recommended")),
    ("设立10亿元科创基金。", "report", ("measure", "planned")),
]


@pytest.mark.parametrize(("text", "kind", "expected"), MODES)
def test_who_speaks_and_how_decides_the_mode(text: str, kind: str, expected: tuple[str, str]) -> None:
    assert modes(text, kind) == [expected]


def test_targets_of_a_policy_are_planned() -> None:
    assert modes("一、发展目标\n到2027年，设立总规模100亿元的科技创新基金。\n") == [("measure", "planned")]


def test_a_report_tells_of_last_year_and_announces_the_next() -> None:
    report = "2025年甘肃省政府工作报告\n一、2024年工作回顾\n设立10亿元科创基金。\n二、2025年重点工作\n设立20亿元中试基金。\n"
    found = find_measures(read(report))
    assert [f.assertion for f in found] == ["reported", "planned"]


def test_a_section_of_advice_recommends() -> None:
    assert modes("一、现状\n二、对策建议\n设立科技成果转化基金。\n", "article") == [("recommendation", "recommended")]


def test_an_article_on_the_nation_reports_no_measure() -> None:
    assert modes("我国实施创新驱动发展战略。", "article") == []


def test_places_side_by_side_each_have_the_measure() -> None:
    found = provisions("甘肃省、陕西省设立科技成果转化基金。", "article")
    assert [f.area for f in found] == ["甘肃省", "陕西省"]


def test_a_measure_carries_the_policy_that_provides_it() -> None:
    assert provisions("支持企业建设研发机构。")[0].values["policy"] == HEAD["policy"].strip()
    reported = provisions("甘肃省出台《科技创新若干措施》，对瞪羚企业奖励50万元。", "article")
    assert reported[0].values["policy"] == "科技创新若干措施"
    assert "policy" not in provisions("设立10亿元科创基金。", "report")[0].values


def test_a_grant_is_told_from_a_plain_provision_by_its_rule() -> None:
    assert provisions("对瞪羚企业奖励50万元。")[0].rule == "measure-award"
    assert provisions("支持企业建设研发机构。")[0].rule == "measure-verb"
    assert amounts("对瞪羚企业奖励50万元")[0]["role"] == "award"


@pytest.mark.parametrize(
    "text",
    [
        "科研人员可按规定兼职取酬。",
        "下放职称评审权。",
        "企业发生的研发费用按规定在税前加计扣除。",
        "取消企业申报科技项目的所有制限制。",
        "在藏工作满5年的急需紧缺人才，可直接申报副高级职称。",
        "把设备费预算调剂权下放给项目承担单位。",
        "项目承担单位可自主决定间接费用使用，不设比例限制。",
    ],
)
def test_a_right_is_a_measure(text: str) -> None:
    assert len(quotes(text)) == 1


def test_a_pool_that_is_set_up_is_a_measure() -> None:
    assert quotes("设立科技信贷风险补偿资金池。") == ["设立科技信贷风险补偿资金池"]


def test_the_measures_of_a_text_that_explains_a_policy_are_that_policys() -> None:
    text = "《甘肃省创新券管理办法》政策解读\n一、支持谁？\n对高新技术企业奖励20万元。\n"
    reading = read(text)
    found = complete_measures(reading, find_measures(reading), find_policies(reading), [])
    assert [(f.values["policy"], f.assertion) for f in found] == [("甘肃省创新券管理办法", "reported")]


@pytest.mark.parametrize(
    "text",
    [
        "试点企业应具备较强的研发能力，并具有专业人才队伍。",
        "改革后的企业由国资监管部门行使股东会职权。",
        "投资公司可以采取改组和新设两种方式设立。",
        "纳入试点的企业要根据省有关规定，结合实际制定试点方案。",
        "示范服务组织达到1000个。",
        "省级实验室仅有1家，平台数量不足。",
    ],
)
def test_duties_conditions_governance_and_bare_outcomes_are_no_measures(text: str) -> None:
    assert quotes(text) == []


def test_a_lead_in_leaves_the_provision_to_its_items() -> None:
    text = "有下列情形之一的，由市人民政府给予奖励：\n（一）新建企业技术中心的，奖励100万元；\n（二）制定国际标准的，奖励50万元。\n"
    assert quotes(text) == ["新建企业技术中心的，奖励100万元", "制定国际标准的，奖励50万元"]


def test_the_title_of_a_policy_is_none_of_its_measures() -> None:
    reading = read("大连市支持科技企业孵化器发展办法（大政办发〔2020〕8号）\n第一条 制定本办法。\n")
    assert find_measures(reading) == []


@pytest.mark.parametrize(
    "text",
    [
        "根据国家有关规定，现就支持创新有关事项公告如下：\n",
        "支持强度：\n",
        "市科技局每半年兑付一次，剩余资金在年底拨付。",
        "全国重点实验室仅1家，平台不足。",
    ],
)
def test_what_opens_a_text_or_tells_of_its_handling_is_no_measure(text: str) -> None:
    assert quotes(text) == []


def test_answers_are_read_without_their_label() -> None:
    text = "《甘肃省创新券管理办法》答记者问\n问：有哪些激励？\n答：一是科研人员可以获得不低于70%的奖励；二是允许科研人员离岗创业。\n"
    reading = read(text)
    assert [reading.shadow.text[f.start : f.end] for f in find_measures(reading)] == ["科研人员可以获得不低于70%的奖励", "允许科研人员离岗创业"]


def test_what_an_applicant_must_have_is_given_to_nobody() -> None:
    text = "第五条 申请企业应同时符合以下条件：\n（一）上年度研发费用占营业收入比例达到3%以上；\n（二）在省内注册。\n第六条 对申请企业给予10万元补助。\n"
    assert quotes(text) == ["对申请企业给予10万元补助"]


def test_how_many_a_provision_reached_belongs_to_it() -> None:
    assert quotes("2024年发放科技创新券900万元，惠及企业260家。", "article")[:1] != ["发放科技创新券900万元"]


def test_a_recommendation_goes_on_behind_a_semicolon() -> None:
    found = provisions("建议省级财政设立中试专项，对服务突出的平台给予奖补；推动甘肃与宁夏共建重点实验室。", "article")
    assert {f.type for f in found} == {"recommendation"}


def test_the_title_a_sentence_opens_with_is_the_source_and_no_part_of_the_provision() -> None:
    text = "《永安市企业培育办法》对取得省级证书的新产品，企业可以申请每个产品6000元补助，单个企业年度补助不超过4万元。"
    provision = text.partition("》")[2].rstrip("。")
    assert quotes("以下是各地做法。\n" + text) == [provision]


def test_what_was_done_in_a_year_is_a_provision_of_its_own() -> None:
    text = "我省持续实施中小企业提升工程，支持企业突破关键技术，2023年，分两批支持870家企业开展协同创新，扶持金额达2亿元。"
    assert quotes(text, "article")[-1] == "分两批支持870家企业开展协同创新，扶持金额达2亿元"
