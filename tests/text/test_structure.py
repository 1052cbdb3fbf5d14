"""Blocks, headings, numbering and sentences. Texts of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.structure import Outline, cited, outline, sentence_spans, serial_start
from kg.text.unwrap import unwrap


def structure(text: str) -> tuple[str, Outline]:
    shadow = unwrap(text)
    return shadow.text, outline(shadow)


def located(text: str) -> list[tuple[str, str]]:
    """(locator, words) of each sentence that is no heading."""
    shadow, found = structure(text)
    return [(s.locator, shadow[s.start : s.end]) for s in found.sentences if not s.is_heading]


def headings(text: str) -> list[str]:
    shadow, found = structure(text)
    return [shadow[s.start : s.end] for s in found.sentences if s.is_heading]


LAW = """第一章 总则
第一条 为促进创新，制定本条例。
第二条 支持企业建设研发机构，给予补助；
（一）对国家级平台奖励100万元；
（二）对省级平台奖励50万元。
第二章 保障
第三条 根据第二条规定，给予补助。
"""


def test_articles_and_their_items_are_located_by_the_article() -> None:
    assert [where for where, _ in located(LAW)] == ["第一条", "第二条", "第二条（一）", "第二条（二）", "第三条"]


def test_chapters_are_the_path_of_their_articles() -> None:
    _, found = structure(LAW)
    assert found.sentences[-1].path == ("保障",)
    assert headings(LAW) == ["总则", "保障"]


def test_a_reference_to_an_article_opens_none() -> None:
    assert located("第二条规定的企业给予补助。\n") == [("", "第二条规定的企业给予补助")]


def test_official_numbering_goes_five_levels_deep() -> None:
    text = "一、强化主体\n（一）培育企业。对企业奖励20万元。\n1.支持研发。按5%给予补助。\n（1）适用于规上企业。\n①年度投入超过100万元。\n二、优化布局\n给予稳定支持。\n"
    assert located(text) == [
        ("一（一）", "对企业奖励20万元"),
        ("一（一）1", "按5%给予补助"),
        ("一（一）1（1）", "适用于规上企业"),
        ("一（一）1（1）①", "年度投入超过100万元"),
        ("二", "给予稳定支持"),
    ]


def test_the_path_holds_the_titles_above() -> None:
    _, found = structure("一、强化主体\n（一）培育企业。对企业奖励20万元。\n")
    assert found.sentences[-1].path == ("强化主体", "培育企业")


def test_decimal_sections_say_where_they_stand_by_themselves() -> None:
    text = "3 主要措施\n3.1 政策供给\n甘肃省出台了政策。\n3.1.1 资金\n设立基金。\n"
    assert located(text) == [("3.1", "甘肃省出台了政策"), ("3.1.1", "设立基金")]
    assert headings(text) == ["主要措施", "政策供给", "资金"]


def test_items_inside_one_line_are_blocks_of_their_own() -> None:
    text = "三、支持内容（一）支持企业创新。给予奖励。（二）支持平台建设。给予补助。\n"
    assert located(text) == [("三（一）", "给予奖励"), ("三（二）", "给予补助")]


@pytest.mark.parametrize("text", ["2024年设立基金。\n", "50家企业获得支持。\n", "3.5亿元用于补助。\n"])
def test_a_figure_at_the_start_of_a_line_is_no_number_of_a_section(text: str) -> None:
    assert located(text) == [("", text.strip("。\n"))]


def test_rows_of_tables_are_no_sentences() -> None:
    _, found = structure("指标 2021 2022 2023\n| 名称 | 金额 |\n")
    assert [b.kind for b in found.blocks] == ["table_row", "table_row"]
    assert found.sentences == ()


def test_a_short_line_without_end_heads_what_follows() -> None:
    _, found = structure("政策建议\n设立成果转化基金。\n")
    assert headings("政策建议\n设立成果转化基金。\n") == ["政策建议"]
    assert found.sentences[-1].path == ("政策建议",)


def test_a_numbered_line_that_names_a_sum_is_no_heading() -> None:
    assert headings("1.对企业奖励20万元\n") == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("给予补贴！还有吗？有；好。", ["给予补贴", "还有吗", "有", "好"]),
        ("对企业（含个体户。）给予补贴。", ["对企业（含个体户。）给予补贴"]),
        ("实施“科技兴省。强企”行动。", ["实施“科技兴省。强企”行动"]),
        ("没有句号", ["没有句号"]),
    ],
)
def test_sentences_end_outside_brackets(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == sentences


def test_a_bracket_that_is_never_closed_does_not_swallow_the_text() -> None:
    text = "对企业（含个体户" + "给予支持，" * 70 + "。设立基金。"
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))][-1] == "设立基金"


@pytest.mark.parametrize(("text", "words"), [("一是设立基金", "设立基金"), ("二要建设平台", "建设平台"), ("一流大学", "一流大学")])
def test_serial_words_stand_before_the_sentence(text: str, words: str) -> None:
    assert text[serial_start(text, 0, len(text)) :] == words


@given(st.text(alphabet="第一二条章（）、.．。；：“”《》支持企业1234①—-# |\n给予奖励万元", max_size=120))
def test_blocks_cover_the_text_once_and_sentences_lie_in_their_blocks(text: str) -> None:
    shadow, found = structure(text)
    covered = [i for b in found.blocks for i in range(b.start, b.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(shadow) if c.strip()} <= set(covered)
    for s in found.sentences:
        block = found.blocks[s.block]
        assert block.start <= s.start < s.end <= max(block.end, s.start + 1)
    assert all(x.start < y.start and x.end <= y.start for x, y in zip(found.sentences, found.sentences[1:], strict=False))


def test_circled_items_behind_a_title_without_an_end_mark() -> None:
    text = "一、支持产业集聚 ①对生物医药企业按投资额的2%给予奖励；②对租用厂房的给予补贴；③支持建设中试平台。\n"
    assert [where for where, _ in located(text)] == ["一①", "一②", "一③"]
    assert headings(text) == ["支持产业集聚"]


def test_a_footnote_mark_inside_a_sentence_opens_no_item() -> None:
    assert [where for where, _ in located("区域创新体系①的建设需要时间，各地②进展不一，仍有差距。\n")] == [""]


def test_serial_sentences_are_told_apart_within_their_part() -> None:
    text = "二、引进人才。一是对领军人才发放补贴；二是鼓励企业设站，每站资助50万元。资助分两年拨付。\n"
    assert [where for where, _ in located(text)] == ["二“一是”", "二“二是”", "二“二是”"]


NOTICE = """青海省科学技术厅关于组织申报创新平台的通知
各有关单位：
现就有关事项通知如下：
一、支持方向
重点实验室给予200万元经费。
附件：1.重点实验室建设申请书
　　　2.推荐汇总表
青海省科学技术厅
2024年3月5日
附件1
重点实验室建设申请书
一、基本信息
请填写单位名称。
"""


def test_attachments_and_the_signature_stand_outside_the_numbered_parts() -> None:
    shadow, found = structure(NOTICE)
    where = {shadow[b.start : b.end]: b.locator for b in found.blocks}
    assert where["2.推荐汇总表"] == "附件2"
    assert where["青海省科学技术厅"] == where["2024年3月5日"] == "落款"
    assert where["请填写单位名称。"] == "附件1一"


def test_the_text_that_a_notice_without_parts_wraps_is_cited_by_its_articles() -> None:
    text = "科技部关于印发《创新中心管理办法》的通知\n各省科技厅：\n现印发给你们。\n附件：创新中心管理办法\n科技部\n2021年2月10日\n附件\n创新中心管理办法\n第一条 为规范管理，制定本办法。\n"
    assert located(text)[-1] == ("第一条", "为规范管理，制定本办法")


def test_what_follows_the_sections_of_a_paper_belongs_to_none_of_them() -> None:
    assert located("1 引言\n本文讨论政策。\n参考文献\n张某，西部创新政策研究，科学学研究。\n")[-1][0] == ""


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("第二十一条", "第二十一条"),
        ("第2条（一）", "第2条（一）"),
        ("三（二）", "第三部分（二）"),
        ("三（二）1（3）①", "第三部分（二）1（3）①"),
        ("二“一是”", "第二部分“一是”"),
        ("3.2.1", "第3.2.1节"),
        ("4", "第4部分"),
        ("附件2一（一）", "附件2第一部分（一）"),
        ("附件1第三条", "附件1第三条"),
        ("（四）", "（四）"),
        ("", ""),
    ],
)
def test_a_locator_as_a_citation_says_it(locator: str, said: str) -> None:
    assert cited(locator) == said


def test_a_bracket_in_front_of_an_article_is_its_title() -> None:
    text = "第五条 （租房补贴）总部企业按实际租金的60%给予补贴。\n"
    assert located(text) == [("第五条", "总部企业按实际租金的60%给予补贴")]
    assert structure(text)[1].sentences[-1].path == ("租房补贴",)


def test_an_article_may_open_with_any_word_but_its_own_rules() -> None:
    text = "第六条 按下列标准给予补助：\n（一）首次申请的，补助5万元。\n第七条 规模以上企业建立研发机构的，补助8万元。\n"
    shadow = unwrap(text)
    assert outline(shadow).sentences[-1].locator == "第七条"


def test_a_notice_on_one_line_has_its_title_number_and_addressees_apart() -> None:
    text = "永安市人民政府关于加快冷水渔业发展的意见永政〔2021〕7号各县区人民政府，市政府各部门：近年来，渔业持续发展。为促进发展，提出如下意见。一、总体要求（一）指导思想。坚持创新。"
    shadow = unwrap(text)
    parts = [shadow.text[b.start : b.end] for b in outline(shadow).blocks]
    assert parts[:3] == ["永安市人民政府关于加快冷水渔业发展的意见", "永政〔2021〕7号", "各县区人民政府，市政府各部门："]
