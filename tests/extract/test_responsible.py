"""Who carries a provision out. Texts of our own."""

from __future__ import annotations

import pytest
from provisions import provisions, quotes

from kg.link.offices import is_kind_of_body


def bodies(text: str) -> list[tuple[str, ...]]:
    return [tuple(f.values.get("responsible", ())) for f in provisions(text)]


GRANT = "对首次入库的企业，给予一次性补助10万元。"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("（责任单位：省科技厅、各市人民政府）", ("省科技厅", "各市人民政府")),
        ("（牵头单位：省科技厅；配合单位：省财政厅、兰州海关）", ("省科技厅", "省财政厅", "兰州海关")),
        ("（省科技厅、省财政厅按职责分工负责）", ("省科技厅", "省财政厅")),
        ("（省科技厅牵头，省教育厅、各市州政府配合）", ("省科技厅", "省教育厅", "各市州政府")),
        ("（负责部门：省商务厅，适用范围：兰州新区）", ("省商务厅",)),
        ("（责任单位：省科技厅，各市、县（市、区）人民政府）", ("省科技厅", "各市、县（市、区）人民政府")),
        ("\n责任单位：省科技厅、省教育厅。\n", ("省科技厅", "省教育厅")),
        ("\n牵头单位：省科技厅\n责任单位：省财政厅\n", ("省科技厅", "省财政厅")),
        ("由省科技厅会同省财政厅负责。", ("省科技厅", "省财政厅")),
        ("由省科技厅会同省财政厅负责解释。", ()),
        ("（适用于省内企业）", ()),
    ],
)
def test_the_bodies_that_carry_a_provision_out(said: str, named: tuple[str, ...]) -> None:
    assert bodies(f"（一）{GRANT}{said}\n") == [named]


def test_each_item_has_the_bodies_of_its_own_line() -> None:
    text = f"1.{GRANT}\n责任单位：省科技厅\n2.对新建的众创空间奖励30万元。\n责任单位：省商务厅\n3.对新上市的企业奖励50万元。\n"
    assert bodies(text) == [("省科技厅",), ("省商务厅",), ()]


def test_bodies_behind_a_title_speak_for_all_that_stands_under_it() -> None:
    text = f"一、培育企业（责任单位：省科技厅）\n（一）{GRANT}\n（二）对新上市的企业奖励50万元。\n二、建设平台\n对新建的众创空间奖励30万元。\n"
    assert bodies(text) == [("省科技厅",), ("省科技厅",), ()]


def test_who_carries_it_out_is_no_part_of_what_is_given() -> None:
    text = "第一条 对首次入规的软件企业一次性奖励20万元，由市科技局负责兑现。\n"
    assert quotes(text) == ["对首次入规的软件企业一次性奖励20万元"]
    assert bodies(text) == [("市科技局",)]


def test_who_only_pays_out_makes_no_provision() -> None:
    assert quotes("申请由市知识产权局受理，资金由市财政局拨付。\n由市科技局负责落实。\n") == []


def test_those_encouraged_to_lead_carry_nothing_out() -> None:
    assert bodies("支持甘肃农业大学牵头组建创新联合体，给予100万元补助。\n") == [()]


@pytest.mark.parametrize(("name", "kind"), [("各市人民政府", True), ("有关部门", True), ("省科技厅", False)])
def test_bodies_of_a_kind_are_no_one_thing(name: str, kind: bool) -> None:
    assert is_kind_of_body(name) is kind


def test_who_helps_carries_it_out_too() -> None:
    text = "第一条 市财政每年安排3000万元专项经费，由市科技局牵头，市财政局配合。\n"
    assert bodies(text) == [("市科技局", "市财政局")]
    assert quotes(text) == ["市财政每年安排3000万元专项经费"]


def test_a_line_speaks_for_all_items_that_run_on_in_the_line_above() -> None:
    text = f"1、培育企业。{GRANT}2、培育平台。对新建的众创空间奖励30万元。\n责任单位：省科技厅\n"
    assert bodies(text) == [("省科技厅",), ("省科技厅",)]
