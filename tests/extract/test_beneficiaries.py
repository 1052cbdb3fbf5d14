"""Who a provision is for: the words of the text and their category. Sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.beneficiaries import category_of, read_beneficiaries
from kg.model import BENEFICIARIES

CATEGORIES = [
    ("企业", "enterprise"),
    ("高新技术企业", "high-tech-enterprise"),
    ("科技型中小企业", "tech-sme"),
    ("专精特新中小企业", "specialised-sme"),
    ("小巨人企业", "specialised-sme"),
    ("科技领军企业", "leading-enterprise"),
    ("产业链链主企业", "leading-enterprise"),
    ("省属国有企业", "state-owned-enterprise"),
    ("初创企业", "startup"),
    ("规上工业企业", "large-enterprise"),
    ("高层次人才", "individual"),
    ("科研人员", "individual"),
    ("高等学校", "university"),
    ("科研院所", "research-institute"),
    ("科技企业孵化器", "platform-operator"),
    ("商业银行", "financial-institution"),
    ("技术转移机构", "intermediary"),
    ("行业协会", "association"),
    ("社会资本", "other"),
    ("某种别的", "other"),
]


@pytest.mark.parametrize(("words", "category"), CATEGORIES)
def test_words_fall_under_a_category(words: str, category: str) -> None:
    assert category_of(words) == category


def test_the_categories_of_the_contract_are_covered() -> None:
    assert {c for _, c in CATEGORIES} | {"government"} == set(BENEFICIARIES)


def served(provision: str) -> list[tuple[str, str]]:
    return [(b["text"], b["category"]) for b in read_beneficiaries(provision, 0, len(provision))]


SERVED = [
    ("对专精特新企业给予担保费补贴", [("专精特新企业", "specialised-sme")]),
    ("支持企业与高校共建联合实验室", [("企业", "enterprise"), ("高校", "university")]),
    ("鼓励高校院所转化科技成果", [("高校", "university"), ("院所", "research-institute")]),
    ("引导银行开展知识产权质押贷款", [("银行", "financial-institution")]),
    ("对获奖团队给予奖励", [("获奖团队", "individual")]),
    ("允许科研人员兼职", [("科研人员", "individual")]),
    ("对国家级孵化器奖励100万元", [("国家级孵化器", "platform-operator")]),
    ("减免企业所得税", [("企业", "enterprise")]),
    ("各类企业从事研发的，给予补助", [("企业", "enterprise")]),
    ("鼓励规模以上工业企业加大投入", [("规模以上工业企业", "large-enterprise")]),
    ("进一步助力服务业企业转型", [("服务业企业", "enterprise")]),
    ("对“双创”企业给予贴息", [("“双创”企业", "enterprise")]),
    ("对“瞪羚企业”给予奖励", [("瞪羚企业", "startup")]),
    ("鼓励从业人员参加培训", [("从业人员", "individual")]),
]


@pytest.mark.parametrize(("provision", "expected"), SERVED)
def test_actors_that_a_provision_helps_are_its_beneficiaries(
    provision: str, expected: list[tuple[str, str]]
) -> None:
    assert served(provision) == expected


@pytest.mark.parametrize(
    "provision",
    [
        "建设省级重点实验室",
        "各级人民政府应当增加科技投入",
        "制定《科技型企业认定办法》",
        "打造人才高地",
    ],
)
def test_words_that_are_part_of_something_else_are_no_beneficiaries(provision: str) -> None:
    assert served(provision) == []


def test_nobody_is_named_twice() -> None:
    assert served("支持企业研发，对企业给予补助") == [("企业", "enterprise")]


@given(st.text(alphabet="支持对给予企业高校人才园区孵化器《》“”（）、，的和与获得科研人员各市县", max_size=40))
def test_the_words_of_a_beneficiary_stand_in_the_text(text: str) -> None:
    for words, category in served(text):
        assert category in BENEFICIARIES
        assert words in text or words in ("高校", "院所")


@pytest.mark.parametrize(
    ("provision", "named"),
    [
        ("对规模以上工业企业给予20万元奖励", ["规模以上工业企业"]),
        ("对营业收入1亿元以上软件企业给予20万元奖励", ["软件企业"]),
        ("对全职引进的E类以上人才发放补贴", ["E类以上人才"]),
        ("对首次创办企业的返乡创业人员给予补贴", ["返乡创业人员"]),
        ("将收益权授予成果完成人", ["成果完成人"]),
    ],
)
def test_levels_stay_in_and_what_is_founded_stays_out(provision: str, named: list[str]) -> None:
    assert [b["text"] for b in read_beneficiaries(provision, 0, len(provision))] == named


@pytest.mark.parametrize("words", ["评选30名优秀企业家给予奖励", "设立1亿元企业发展基金", "可申请入住人才公寓"])
def test_parts_of_longer_words_are_no_recipients(words: str) -> None:
    found = [b["text"] for b in read_beneficiaries(words, 0, len(words))]
    assert not any(f.endswith(("企业", "人才")) for f in found)


@pytest.mark.parametrize(
    ("provision", "named"),
    [
        ("对首次认定的高新技术企业，给予企业20万元奖励", ["高新技术企业"]),
        ("对新发展的药材种植基地，一次性奖励企业2万元", ["企业"]),
        ("企业租用标准厂房的，给予租金补助", ["企业"]),
    ],
)
def test_who_is_given_to_may_stand_for_who_was_named(provision: str, named: list[str]) -> None:
    assert [b["text"] for b in read_beneficiaries(provision, 0, len(provision))] == named
