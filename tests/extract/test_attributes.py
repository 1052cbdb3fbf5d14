"""Instruments, resources, beneficiaries and ways of a provision, on clear cases of our own."""

from __future__ import annotations

from typing import Any

import pytest
from provisions import provisions, read

from kg.extract.attributes import complete_measures
from kg.extract.reading import Finding


def values(provision: str, kind: str = "policy") -> dict[str, Any]:
    (found,) = provisions(provision + "。", kind)
    return found.values


INSTRUMENTS = [
    ("对首次认定的高新技术企业，给予一次性奖励20万元", "PI008", "funding"),
    ("设立总规模10亿元的科技成果转化引导基金", "PI013", "funding"),
    ("面向初创企业发放科技创新券", "PI014", "funding"),
    ("鼓励金融机构开展知识产权质押贷款", "PI012", "funding"),
    ("设立科技信贷风险补偿资金", "PI029", "funding"),
    ("对引进的领军人才给予100万元安家补贴", "PI011", "talent"),
    ("允许高校科研人员兼职创新", "PI018", "talent"),
    ("支持企业牵头组建创新联合体", "PI021", "platform"),
    ("建设省级重点实验室", "PI022", "platform"),
    ("建立科技型企业名录库", "PI023", "service"),
    ("建立科技创新协调机制", "PI026", "service"),
    ("支持行业协会制定团体标准", "PI027", "regulation"),
    ("简化科研项目审批流程", "PI032", "regulation"),
    ("对创新产品实行政府首购", "PI010", None),
    ("对孵化器免收两年租金", None, "space"),
]


@pytest.mark.parametrize(("provision", "instrument", "resource"), INSTRUMENTS)
def test_instrument_and_resource_of_a_clear_case(provision: str, instrument: str | None, resource: str | None) -> None:
    found = values(provision)
    assert instrument is None or instrument in found["instruments"]
    assert resource is None or resource in found["resources"]


def test_a_category_that_the_condition_names_goes_before_the_bare_word() -> None:
    found = values("对首次认定为高新技术企业的，给予企业20万元奖励")
    assert found["beneficiaries"][0]["category"] == "high-tech-enterprise"


def test_a_sum_without_recipient_is_for_whom_the_clause_before_names() -> None:
    found = provisions("鼓励金融机构开展知识产权质押贷款。对不良贷款损失给予50%的风险补偿。")
    assert [f.values["beneficiaries"][0]["category"] for f in found] == ["financial-institution"] * 2


def test_the_thing_a_provision_works_through_is_named_once() -> None:
    assert values("设立总规模10亿元的科技成果转化引导基金")["via"] == ["科技成果转化引导基金"]


def test_nothing_empty_is_kept() -> None:
    assert all(values("支持企业牵头组建创新联合体").values())
    assert "amounts" not in values("支持企业牵头组建创新联合体")


def test_an_observation_among_the_findings_is_passed_through() -> None:
    other = Finding("gap", 0, 2, "gap-x", {"topic": "talent"})
    assert complete_measures(read("甘肃省人才短缺。\n"), [other], [], []) == [other]


def test_the_title_of_an_item_says_what_its_sum_is_for() -> None:
    found = provisions("（1）国内发明专利授权：每件奖励5000元。\n")
    assert [f.values["condition"] for f in found] == ["国内发明专利授权"]
