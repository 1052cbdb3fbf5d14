"""What documents say about themselves, each with the characters that say so."""

from __future__ import annotations

import pytest

from kg.model import Detail
from kg.read.content import Content
from kg.read.metadata import details

NOTICE = """某省科学技术厅 某省财政厅关于印发《某省科技创新券管理办法》的通知
某科发〔2022〕12号

各市、州科技局，财政局，有关单位：
现将《某省科技创新券管理办法》印发给你们，请认真贯彻执行。
附件：1.某省科技创新券管理办法
　　　2.申请表
某省科学技术厅　某省财政厅
2022年2月28日

第一条　经认定的高新技术企业，资格有效期为三年。
第十条　本办法自2022年4月1日起施行，有效期5年。《某省科技创新券管理
办法（试行）》（某科发〔2018〕3号）同时废止。
"""
ARTICLE = """某省创新资源集聚研究

王　明1　李晓红2

（某省科学技术信息研究院，某市 100000）

摘　要：本文以某省为例，分析平台、人才、资金、项目四类创新资源向企业集聚的情况，提出建议。

关键词：创新资源；企业；科技政策

一、引言
近年来，某省研发投入持续增长，企业创新主体地位不断增强，创新平台建设取得明显进展，为资源集聚打下了基础。
二、现状
某省已建成各类创新平台。

参考文献
[1] 甲某. 区域创新体系研究[J]. 某刊, 2020.
[2] 乙某. 科技政策导论[M]. 某出版社, 2019.
"""


def said(text: str) -> dict[str, list[str]]:
    found = details(Content(text))
    out: dict[str, list[str]] = {}
    for detail in found:
        out.setdefault(detail.key, []).append(detail.value)
        assert detail.span is not None
        written = text[slice(*detail.span)]
        assert "".join(written.split()) == "".join(detail.value.split()), "the span holds what is said"
    return out


def test_an_official_document_names_addressees_attachments_term_and_what_it_repeals() -> None:
    assert said(NOTICE) == {
        "addressee": ["各市、州科技局", "财政局", "有关单位"],
        "attachment": ["某省科技创新券管理办法", "申请表"],
        "validity": ["第十条本办法自2022年4月1日起施行，有效期5年"],
        "repeals": ["《某省科技创新券管理办法（试行）》（某科发〔2018〕3号）同时废止"],
    }


def test_an_article_names_authors_affiliation_abstract_keywords_and_references() -> None:
    found = said(ARTICLE)
    assert found["author"] == ["王明", "李晓红"]
    assert found["affiliation"] == ["某省科学技术信息研究院，某市 100000"]
    assert found["abstract"][0].startswith("本文以某省为例") and found["abstract"][0].endswith("提出建议。")
    assert found["keywords"] == ["创新资源", "企业", "科技政策"]
    assert [r[:2] for r in found["reference"]] == ["甲某", "乙某"]


def test_keywords_may_be_parted_by_spaces_alone() -> None:
    assert said("题目研究\n摘要：" + "某省创新资源集聚情况的分析。" * 3 + "\n关键词：创新资源 企业 科技政策\n正文。")["keywords"] == ["创新资源", "企业", "科技政策"]


def test_authors_may_have_raised_numbers_and_affiliations_share_a_line() -> None:
    text = "某省资源集聚研究\n王　明¹，李晓红²\n（1. 某省科学技术信息研究院，某市 250001；2. 某大学经济学院，某市 250014）\n摘　要：" + "分析创新资源向企业集聚的情况。" * 3
    found = said(text)
    assert found["author"] == ["王明", "李晓红"]
    assert found["affiliation"] == ["某省科学技术信息研究院，某市 250001", "某大学经济学院，某市 250014"]


def test_the_signature_of_a_notice_is_no_attachment_where_a_table_follows() -> None:
    rows = "".join(f"| {n} | 省级重点实验室建设项目第{n}批 | 高等学校 | {n + 20} |\n" for n in range(1, 40))
    text = "关于印发清单的通知\n各有关单位：\n附件：1．申报书\n2．支持事项清单\n某省科学技术厅 某省财政厅\n2022年11月20日\n附件2\n" + rows
    assert said(text)["attachment"] == ["申报书", "支持事项清单"]


@pytest.mark.parametrize(
    "text",
    [
        "省科技厅：对首次认定的企业给予奖励。",
        "关于促进科技创新的若干措施\n第一条　支持企业。\n各市要抓好落实，有关单位：\n一是加强领导。",
        "有效期满后，企业可以重新申请认定。废止的专利不再资助。",
        "总体要求\n主要任务\n一、支持企业研发。",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert said(text) == {}


def test_what_the_page_says_comes_without_a_place_and_after_what_the_text_says() -> None:
    content = Content(ARTICLE, metadata={"author": "某研究院", "published": "2022-03-05", "keywords": "a;b", "unknown": "x"})
    found = details(content)
    assert Detail("published", "2022-03-05") in found
    assert [d.value for d in found if d.key == "author"] == ["王明", "李晓红"]
    assert not [d for d in found if d.key == "unknown"]
