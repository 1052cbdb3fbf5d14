"""Layout undone, every character traced back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.shadow import fold
from kg.text.unwrap import unwrap

WRAPPED = (
    "为加快培育科技型企业梯队,省里决定对研发投入\n"
    "\n"
    "持续增长的企业给予后补助,补助比例不超过当年新\n"
    "\n"
    "增研发费用的10%,单个企业每年最高补助200万\n"
    "\n"
    "元。同时支持高校院所向中小企业开放仪器设备,按\n"
    "\n"
    "服务收入的一定比例给予奖励,并对绩效突出的机构\n"
    "\n"
    "优先推荐承担省级科技计划项目。\n"
    "二、强化人才支撑\n"
    "实施青年人才托举行动,每年遴选一百名青年科技人\n"
    "\n"
    "才给予稳定支持,鼓励企业设立博士后工作站,并对\n"
    "\n"
    "出站后留在本省工作的博士给予安家补贴。\n"
)


def test_hard_wrapped_lines_become_paragraphs():
    shadow = unwrap(WRAPPED)
    assert "单个企业每年最高补助200万元。" in shadow.text
    assert "\n二、强化人才支撑\n" in shadow.text
    assert "青年科技人才给予稳定支持" in shadow.text


def test_a_quote_is_the_exact_source_with_its_line_breaks():
    shadow = unwrap(WRAPPED)
    start = shadow.text.index("最高补助200万元")
    assert shadow.quote(start, start + 9) == "最高补助200万\n\n元"
    assert shadow.value(start, start + 9) == "最高补助200万元"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("高于 全 国 平 均 水 平。", "高于全国平均水平。"),
        ("给予企业30 万元奖 励", "给予企业30万元奖励"),
        ("第 2 5 条 本办法自发布之日起施行。", "第25条本办法自发布之日起施行。"),
        ("使用 Web of Science 数据", "使用Web of Science数据"),
        ("知识创造 2 51.50 1 77.91 4 43.60", "知识创造 2 51.50 1 77.91 4 43.60"),
        ("⺠营企业", "民营企业"),
        ("奖励２０％，（含税）", "奖励20%，（含税）"),
        ("按4:3:2:1分担,共1,200万元", "按4:3:2:1分担，共1,200万元"),
    ],
)
def test_noise_inside_a_line_is_undone(source, expected):
    assert unwrap(source).text == expected


def test_a_running_title_inside_a_sentence_is_dropped():
    page = "青川区产业扶持办法\n"
    body = "第{}条 对新认定的省级工程研究中心，经核定后按照实际投入给予运营单位一次性建设补助，补助资金累计不超过\n"
    text = "".join(page + body.format(n) + page + f"{n}00万元，由区财政列支。\n" for n in "一二三四")
    assert "补助资金累计不超过200万元" not in text.replace("\n", "")
    shadow = unwrap(text.replace("一00", "100").replace("二00", "200"))
    assert "补助资金累计不超过100万元" in shadow.text
    assert shadow.text.count("青川区产业扶持办法") == 1


def test_paragraphs_set_apart_by_ideographic_spaces_are_separate():
    text = "各市人民政府：\u3000\u3000为推动创新发展，制定本措施。\u3000\u3000一、支持平台建设\u3000\u3000（一）对新建省级实验室，给予500万元建设经费，并优先保障用地。"
    assert unwrap(text).text.split("\n")[1:3] == ["为推动创新发展，制定本措施。", "一、支持平台建设"]


@given(st.text(alphabet="一企业给予1 2\n\u3000。，(《》)ａ％⺠", max_size=200))
def test_every_shadow_character_leads_back_to_its_source(text):
    shadow = unwrap(text)
    assert len(shadow.text) == len(shadow.plain) == len(shadow.origin)
    assert list(shadow.origin) == sorted(set(shadow.origin)) or "\n" in shadow.text
    for i, c in enumerate(shadow.plain):
        if c not in " \n":
            assert shadow.source[shadow.origin[i]] == c
            assert fold(c) == shadow.text[i] or c in ",:：，"


@given(st.text(max_size=200))
def test_any_text_unwraps_and_spans_stay_inside(text):
    shadow = unwrap(text)
    if shadow.text:
        start, end = shadow.to_source(0, len(shadow.text))
        assert 0 <= start < end <= len(text)


def test_traditional_characters_are_folded_and_quoted_as_written() -> None:
    shadow = unwrap("對首次認定的高新技術企業，給予50萬元獎勵；於2022年發放「創新券」。")
    assert shadow.text == "对首次认定的高新技术企业，给予50万元奖励；于2022年发放“创新券”。"
    assert shadow.value(0, 12) == "對首次認定的高新技術企業"


def test_characters_that_both_scripts_use_stay_in_simplified_texts() -> None:
    assert unwrap("乾县於陵镇的企业申报高新技术企业。").text == "乾县於陵镇的企业申报高新技术企业。"


def test_a_passage_of_few_lines_set_apart_by_blank_lines_is_rejoined() -> None:
    text = "林芝市支持返乡创业\n若干措施（试行）\n\n为鼓励返乡人员创\n\n业，制定本措施。\n\n一、对返乡创业人员首\n\n次创办企业的，给予一\n\n次性补贴1万元。\n"
    assert unwrap(text).text.split("\n") == [
        "林芝市支持返乡创业若干措施（试行）",
        "为鼓励返乡人员创业，制定本措施。",
        "一、对返乡创业人员首次创办企业的，给予一次性补贴1万元。",
    ]


def test_page_numbers_and_running_titles_inside_a_sentence_of_a_short_text_go() -> None:
    title = "新疆关于支持成果转化的若干规定"
    text = f"{title}\n\n第一条　对购买成果的企业，按\n\n— 1 —\n\n{title}\n\n实际成交额的10%给予补助，总额不\n\n超过100万元。\n"
    assert unwrap(text).text.split("\n") == [title, "第一条对购买成果的企业，按实际成交额的10%给予补助，总额不超过100万元。"]


def test_a_list_of_short_lines_is_not_taken_for_a_wrapped_text() -> None:
    text = "支持范围\n国家级孵化器\n省级孵化器\n国家级众创空间\n省级众创空间\n"
    assert unwrap(text).text.split("\n") == ["支持范围", "国家级孵化器", "省级孵化器", "国家级众创空间", "省级众创空间"]


def test_no_line_begins_with_what_is_given() -> None:
    text = "某市措施\n1．对建有研发机构的企业，按上年度研发费用的5%\n给予补助，最高50万元。\n"
    assert unwrap(text).text.split("\n")[1] == "1.对建有研发机构的企业，按上年度研发费用的5%给予补助，最高50万元。"


def test_a_title_on_two_lines_is_one() -> None:
    text = "进一步加快现代物流业\n高质量发展的若干政策意见\n为推动物流业集聚，制定本意见。\n"
    assert unwrap(text).text.split("\n")[0] == "进一步加快现代物流业高质量发展的若干政策意见"
