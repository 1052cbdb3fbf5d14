"""Which titles are policies, whose they are, how they stand to the document: text → expectation."""

from __future__ import annotations

import pytest

from kg.extract.context import read_context
from kg.extract.policies import find_policies, find_policy_links
from kg.extract.reading import Finding, Reading
from kg.extract.titles import kind_of, title_spans
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

ARTICLE = "区域创新政策比较研究\n摘要：本文比较各地做法[1]。\n关键词：创新政策\n"
NOTICE = "青山市人民政府关于支持企业创新的若干意见\n青政发〔2022〕8号\n各区县人民政府：\n"


def reading(text: str, kind: str = "", area: str = "") -> Reading:
    document = Document("d-000000000000", text, Source(id="t", kind=kind, area=area))
    shadow = unwrap(text)
    structure = outline(shadow)
    return Reading(document, shadow, structure, read_context(document, shadow, structure))


def policies(body: str, kind: str = "article", area: str = "") -> list[Finding]:
    return find_policies(reading((ARTICLE if kind == "article" else "") + body, kind, area))


def titles(body: str, **more: str) -> list[str]:
    return [p.values["title"] for p in policies(body, **more)]


def areas(body: str, **more: str) -> dict[str, str | None]:
    return {p.values["title"]: p.area for p in policies(body, **more)}


def links(body: str, area: str = "江苏省") -> set[tuple[str, str]]:
    r = reading(NOTICE + body, "policy", area)
    return {(x.values["relation"], x.values["to"]) for x in find_policy_links(r, find_policies(r))}


@pytest.mark.parametrize(
    "title, kind",
    [
        ("促进数字经济发展若干措施", "措施"),
        ("科技企业孵化器管理办法（试行）", "办法"),
        ("制造业强省建设行动计划（2021—2025年）", "计划"),
        ("产业结构调整指导目录（2019年本）", "目录"),
        ("中华人民共和国公司法", "法"),
        ("高新技术企业培育专项行动方案2016-2020年", "方案"),
        ("国家重点支持的高新技术领域", "目录"),
        ("科技创新白皮书", ""),
        ("中国科技统计年鉴", ""),
        ("国家高新技术企业认定申请书", ""),
        ("世界知识产权组织版权条约", ""),
        ("设备采购合同", ""),
        ("科学学研究", ""),
        ("统计分析方法", ""),
        ("区域创新能力评价报告", ""),
        ("专利申请表", ""),
        ("信息安全技术标准", ""),
    ],
)
def test_the_last_word_of_a_title_tells_whether_it_is_a_policy(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_titles_stand_in_marks_and_what_is_no_policy_is_left_out() -> None:
    assert titles("海南省出台《海南省科技计划管理办法》，参考《中国创新指数报告》《科研管理》。") == ["海南省科技计划管理办法"]


def test_coordinated_titles_share_the_subject_of_the_sentence() -> None:
    found = areas("贵州省先后出台《关于加快大数据发展的若干意见》《数字经济提升行动方案》等文件。")
    assert found == {"关于加快大数据发展的若干意见": "贵州省", "数字经济提升行动方案": "贵州省"}


def test_each_of_two_titles_keeps_its_own_place() -> None:
    found = areas("天津市《支持企业研发平台的实施意见》和《河北省技术创新中心管理办法》都提出了补助标准。")
    assert found == {"支持企业研发平台的实施意见": "天津市", "河北省技术创新中心管理办法": "河北省"}


def test_a_law_is_national_whoever_cites_it() -> None:
    assert areas("云南省落实《中华人民共和国专利法》。")["中华人民共和国专利法"] == "全国"


def test_the_number_tells_the_place_when_the_title_does_not() -> None:
    [found] = policies("依据《关于加强技术交易的若干措施》（鲁政发〔2020〕12号）的规定。")
    assert (found.values["number"], found.values["issued"], found.area) == ("鲁政发〔2020〕12号", "2020", "山东省")


def test_an_organ_of_the_centre_makes_it_national() -> None:
    assert areas("2016年国务院印发的《关于新型研发机构的指导意见》影响深远。") == {"关于新型研发机构的指导意见": "全国"}


def test_years_in_brackets_are_its_validity() -> None:
    [found] = policies("江西省印发《江西省未来产业发展规划（2023—2035年）》。")
    assert found.values["valid"] == ["2023", "2035"]


def test_issuers_open_the_title() -> None:
    [found] = policies("参见《甘肃省人民政府关于促进科技金融的意见》。")
    assert found.values["issuers"] == ["甘肃省人民政府"]


def test_joint_issuers_are_told_apart() -> None:
    [found] = policies("参见《吉林省财政厅吉林省科学技术厅关于创新券管理的通知》。")
    assert found.values["issuers"] == ["吉林省财政厅", "吉林省科学技术厅"]


def test_a_notice_that_issues_a_policy_is_its_alias() -> None:
    [found] = policies("见《福建省人民政府办公厅印发〈福建省科技特派员工作办法〉的通知》。")
    assert found.values["title"] == "福建省科技特派员工作办法"
    assert found.values["aliases"] == ["福建省人民政府办公厅印发《福建省科技特派员工作办法》的通知"]
    assert found.area == "福建省"


def test_a_short_form_leads_back_to_the_full_title() -> None:
    body = "根据《科技计划项目管理办法》（以下简称《办法》）实施。\n申报须符合《办法》的条件。"
    assert set(titles(body, area="山西省")) == {"科技计划项目管理办法"}


def test_a_short_form_that_nothing_explains_names_no_policy() -> None:
    assert titles("具体要求见《办法》和《实施细则》。") == []


@pytest.mark.parametrize("name", ["人才新政20条", "科创十六条", "光谷青桐25条"])
def test_nicknames_end_in_a_count_of_articles(name: str) -> None:
    assert titles(f"湖北省实施“{name}”，成效明显。") == [name]


@pytest.mark.parametrize("text", ["开辟“六条通道”", "坚持“三个面向”", "稳增长“18条”"])
def test_other_quoted_counts_are_no_policies(text: str) -> None:
    assert titles(f"辽宁省{text}。") == []


def test_a_missing_closing_mark_is_made_up() -> None:
    assert titles("四川省出台《四川省职务科技成果转化管理办法，明确了权属。") == ["四川省职务科技成果转化管理办法"]


def test_a_hard_wrapped_title_is_one() -> None:
    body = "安徽省制定《安徽省科技成果转化促\n进条例》，规定了收益分配。"
    assert "安徽省科技成果转化促进条例" in titles(body)


def test_a_list_of_government_counts_without_marks() -> None:
    assert "国家鼓励发展产品目录" in titles("对列入国家鼓励发展产品目录的产品给予奖励。", kind="article")


def test_the_document_itself_comes_first_with_number_and_issuer() -> None:
    [own, *_] = find_policies(reading(NOTICE + "一、加大支持力度。", "policy", "江苏省"))
    assert own.values["self"] is True
    assert own.values["title"].endswith("关于支持企业创新的若干意见")
    assert own.values["number"] == "青政发〔2022〕8号"


def test_a_work_report_is_no_policy_of_its_own() -> None:
    assert not any(p.values.get("self") for p in policies("我代表省人民政府报告工作。", kind="report", area="江苏省"))


@pytest.mark.parametrize(
    "sentence, relation",
    [
        ("根据《江苏省科学技术进步条例》，制定本意见。", "based_on"),
        ("按照《江苏省科学技术进步条例》规定执行。", "based_on"),
        ("为贯彻落实《江苏省科学技术进步条例》，提出如下意见。", "implements"),
        ("申报条件可查阅《江苏省科学技术进步条例》。", "cites"),
        ("原《江苏省科学技术进步条例》同时废止。", "repeals"),
        ("对《江苏省科学技术进步条例》作如下修改。", "amends"),
    ],
)
def test_the_words_around_a_title_tell_the_link(sentence: str, relation: str) -> None:
    assert links(sentence) == {(relation, "江苏省科学技术进步条例")}


def test_coordinated_titles_share_the_link() -> None:
    found = links("根据《中华人民共和国科学技术进步法》《江苏省科学技术进步条例》，制定本意见。")
    assert found == {("based_on", "中华人民共和国科学技术进步法"), ("based_on", "江苏省科学技术进步条例")}


@pytest.mark.parametrize("first", ["", "原"])
def test_all_titles_of_a_list_are_repealed(first: str) -> None:
    found = links(f"{first}《江苏省创新券管理办法》（苏科发〔2020〕9号）、《江苏省创新券操作指引》同时废止。")
    assert found == {("repeals", "江苏省创新券管理办法"), ("repeals", "江苏省创新券操作指引")}


def test_a_title_that_is_the_subject_is_reported_not_linked() -> None:
    assert links("《江苏省科学技术进步条例》对新认定的企业给予奖励。") == set()


def test_what_is_still_to_be_made_is_cited() -> None:
    assert links("市科技局根据本意见另行制定《江苏省创新券管理办法》。") == {("cites", "江苏省创新券管理办法")}


def test_an_article_links_only_what_rests_on_another() -> None:
    r = reading(ARTICLE + "根据《中华人民共和国促进科技成果转化法》制定《湖南省实施办法条例》，又发布《湖南省创新规划》。", "article")
    assert [(x.values["from"], x.values["relation"]) for x in find_policy_links(r, find_policies(r))] == [
        ("湖南省实施办法条例", "based_on")
    ]


def test_nested_marks_make_one_span() -> None:
    assert title_spans("见《A《B》C》和《D》") == [(1, 8, 7), (9, 12, 11)]


def test_comparison_cites_and_an_active_verb_repeals() -> None:
    assert links("参照《国家技术创新中心管理办法》制定。同时废止《青山市孵化器管理办法》。") == {
        ("cites", "国家技术创新中心管理办法"),
        ("repeals", "青山市孵化器管理办法"),
    }


def test_a_nickname_given_to_a_title_is_its_short_form() -> None:
    assert titles("《关于加快科技创新的十条措施》（以下简称“创新十条”）印发。“创新十条”提出加大投入。") == ["关于加快科技创新的十条措施"]


def test_what_上述_means_is_the_last_title_of_that_kind() -> None:
    r = reading(ARTICLE + "国家印发《中试基地建设指引》。为贯彻上述指引，江苏省印发《江苏省中试基地管理办法》，同时废止了《江苏省中试平台办法》。")
    found = {(f.values["from"], f.values["relation"], f.values["to"]) for f in find_policy_links(r, find_policies(r))}
    assert found == {
        ("江苏省中试基地管理办法", "implements", "中试基地建设指引"),
        ("江苏省中试基地管理办法", "repeals", "江苏省中试平台办法"),
    }


def test_a_nickname_is_told_with_its_title_and_a_short_kind_is_none() -> None:
    found = find_policies(reading("《关于加快科技创新的十条措施》（以下简称“创新十条”）和《青山市孵化器管理办法》（以下简称办法）印发。"))
    assert [f.values.get("aliases") for f in found] == [["创新十条"], None]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("根据《甘肃省创新条例》和《甘肃省创新券管理办法》（甘科规〔2023〕4号），制定本措施。", ["", "甘科规〔2023〕4号"]),
        ("根据《甘肃省创新券管理办法》（以下简称《办法》，甘科规〔2023〕4号），制定本措施。", ["甘科规〔2023〕4号"]),
        ("按照甘科规〔2023〕4号文件《甘肃省创新券管理办法》执行。", ["甘科规〔2023〕4号"]),
        ("根据《甘肃省创新券管理办法》和《甘肃省仪器共享办法》（甘科规〔2023〕4号、甘科规〔2023〕9号），制定本措施。", ["甘科规〔2023〕4号", "甘科规〔2023〕9号"]),
        ("落实《甘肃省创新券管理办法》。\n二、保障\n根据《甘肃省创新券管理办法》（甘科规〔2023〕4号）兑付。", ["甘科规〔2023〕4号", "甘科规〔2023〕4号"]),
    ],
)
def test_a_cited_policy_has_its_number_wherever_the_text_gives_it(sentence: str, numbers: list[str]) -> None:
    found = reading("甘肃省促进科技创新若干措施\n" + sentence + "\n")
    policies = find_policies(found)
    links = find_policy_links(found, policies)
    assert [p.values.get("number", "") for p in policies if not p.values.get("self")] == numbers
    assert [link.values.get("number", "") for link in links] == numbers


def test_a_part_headed_grounds_names_the_legal_basis() -> None:
    found = reading("甘肃省促进科技创新若干措施\n一、政策依据\n《甘肃省创新券管理办法》（甘科规〔2023〕4号）第八条。\n")
    (link,) = find_policy_links(found, find_policies(found))
    assert (link.values["relation"], link.values["number"]) == ("based_on", "甘科规〔2023〕4号")


def test_of_a_long_row_of_marks_only_the_last_may_open_a_title() -> None:
    assert title_spans("《" * 5000 + "A办法》") == [(4999, 5004, 5003)]
