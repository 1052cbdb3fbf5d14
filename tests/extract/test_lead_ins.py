"""What stands above a list holds for its items; sentences of our own."""

from __future__ import annotations

import pytest
from provisions import provisions, quotes

ITEMS = [
    (
        "一、集聚基金。对在永安市注册且年贡献超过100万元的各类股权投资企业可享受：（1）办公用房补助。在本市购买办公用房的，按每平方米1000元给予补助。（2）贡献奖励：按贡献的20%给予奖励。",
        ["在永安市注册且年贡献超过100万元；在本市购买办公用房", "在永安市注册且年贡献超过100万元"],
        ["股权投资企业", "股权投资企业"],
    ),
    (
        "7.新纳入限额以上的商贸企业：批发企业年销售额达到1亿元，给予奖励5万元；零售企业年零售额达2亿元，奖励8万元。",
        ["新纳入限额以上；年销售额达到1亿元", "新纳入限额以上；年零售额达2亿元"],
        ["批发企业", "零售企业"],
    ),
]


@pytest.mark.parametrize(("text", "conditions", "recipients"), ITEMS)
def test_the_items_of_a_list_have_its_condition_and_recipients(text: str, conditions: list[str], recipients: list[str]) -> None:
    found = provisions(text)
    assert [f.values["condition"] for f in found] == conditions
    assert [f.values["beneficiaries"][0]["text"] for f in found] == recipients


def test_a_lead_in_gives_nothing_itself() -> None:
    text = "第八条 科研机构按照下列标准对做出重要贡献的人员给予奖励和报酬：\n（一）转让成果的，从净收入中给予不低于60%的奖励；\n（二）自行实施的，每年从营业利润中给予不低于10%的奖励。\n"
    assert quotes(text) == ["转让成果的，从净收入中给予不低于60%的奖励", "自行实施的，每年从营业利润中给予不低于10%的奖励"]
    assert {b["text"] for f in provisions(text) for b in f.values["beneficiaries"]} == {"人员"}


def test_what_an_applicant_must_meet_is_no_lead_in() -> None:
    text = "三、申请企业应当符合以下条件：（1）在本市注册。（2）上年度研发投入超过100万元。\n四、对申请企业给予10万元补助。\n"
    assert quotes(text) == ["对申请企业给予10万元补助"]


def test_a_further_step_is_for_whom_the_first_one_was() -> None:
    first, further = provisions("市场首次实现统一结算且年销售额达到2亿元的，给予运营企业20万元奖励；每增加1亿元，另给予5万元奖励。")
    assert further.values["beneficiaries"] == first.values["beneficiaries"]
    assert further.values["condition"].endswith("；每增加1亿元")
