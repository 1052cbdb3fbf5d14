"""Who runs, leads, hosts what; what is part of what; how kinds of enterprise follow each other."""

from __future__ import annotations

import pytest

from kg.extract.context import read_context
from kg.extract.entities import find_entities
from kg.extract.policies import find_policies
from kg.extract.reading import Reading
from kg.extract.relations import find_relations
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap


def relations(text: str, kind: str = "policy", area: str = "安徽省") -> set[tuple[str, str, str]]:
    document = Document("d-000000000000", text, Source(id="t", kind=kind, area=area))
    shadow = unwrap(text)
    structure = outline(shadow)
    r = Reading(document, shadow, structure, read_context(document, shadow, structure))
    found = find_relations(r, find_policies(r), find_entities(r))
    return {(f.values["subject"], f.values["predicate"], f.values["object"]) for f in found}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("深入实施江淮英才培养计划。", {("安徽省", "runs", "江淮英才培养计划")}),
        (
            "实施“春笋计划”“秋实计划”。",
            {("安徽省", "runs", "春笋计划"), ("安徽省", "runs", "秋实计划")},
        ),
        (
            "开展制造业数字化赋能行动和“金种子”计划。",
            {("安徽省", "runs", "制造业数字化赋能行动"), ("安徽省", "runs", "“金种子”计划")},
        ),
        (
            "打造“瞪羚企业—独角兽企业—上市公司”梯队。",
            {("瞪羚企业", "next_tier", "独角兽企业"), ("独角兽企业", "next_tier", "上市公司")},
        ),
        ("支持骨干企业牵头建设省制造业创新中心。", {("省制造业创新中心", "led_by", "骨干企业")}),
        (
            "依托合肥工业大学、安徽农业大学等高校建设一批中试基地。",
            {("中试基地", "hosted_by", "合肥工业大学"), ("中试基地", "hosted_by", "安徽农业大学")},
        ),
        ("安徽大学、合肥学院共同建设材料实验平台。", {("安徽大学", "cooperates_with", "合肥学院")}),
        ("设立总规模3亿元的概念验证基金。", {("安徽省", "runs", "概念验证基金")}),
        ("每年安排5000万元成果转化专项资金。", {("安徽省", "runs", "成果转化专项资金")}),
        ("省人民政府设立成果转化引导基金。", {("安徽省", "runs", "成果转化引导基金")}),
        ("合肥量子实验室由江淮机械有限公司承建。", {("合肥量子实验室", "hosted_by", "江淮机械有限公司")}),
        ("合肥量子实验室由江淮机械有限公司牵头建设。", {("合肥量子实验室", "led_by", "江淮机械有限公司")}),
        ("组建由安徽大学牵头、8家单位参与的先进计算创新联合体。", {("先进计算创新联合体", "led_by", "安徽大学")}),
        ("由安徽大学与合肥学院共建。", {("安徽大学", "cooperates_with", "合肥学院")}),
        ("由芜湖高新区牵头，联合安徽大学共建材料中试平台。", {("材料中试平台", "led_by", "芜湖高新区"), ("芜湖高新区", "cooperates_with", "安徽大学")}),
        ("合肥量子实验室位于合肥市包河区。", {("合肥量子实验室", "located_in", "包河区")}),
        ("合肥量子实验室纳入省“2+8”实验室体系。", {("合肥量子实验室", "part_of", "“2+8”实验室体系")}),
        ("合肥量子实验室隶属于安徽大学。", {("合肥量子实验室", "part_of", "安徽大学")}),
        ("推动个体工商户转型升级为小微企业。", {("个体工商户", "next_tier", "小微企业")}),
        (
            "完善创新型中小企业、专精特新中小企业、“小巨人”企业梯度培育体系。",
            {("创新型中小企业", "next_tier", "专精特新中小企业"), ("专精特新中小企业", "next_tier", "“小巨人”企业")},
        ),
        (
            "构建“雏鹰→瞪羚→独角兽”梯队。",
            {("雏鹰企业", "next_tier", "瞪羚企业"), ("瞪羚企业", "next_tier", "独角兽企业")},
        ),
    ],
)
def test_a_verb_and_named_ends_make_a_relation(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert relations(text) == expected


def test_what_a_system_consists_of_is_part_of_it() -> None:
    found = relations("构建“1+5”实验室体系，即国家实验室1家、省重点实验室5家。")
    assert ("国家实验室", "part_of", "“1+5”实验室体系") in found
    assert ("省重点实验室", "part_of", "“1+5”实验室体系") in found


def test_a_platform_lies_where_it_settled() -> None:
    assert ("国家同步辐射技术创新中心", "located_in", "合肥市") in relations("国家同步辐射技术创新中心落户合肥。")


def test_an_article_names_the_subject_itself() -> None:
    text = "政策研究\n摘要：比较[1]。\n关键词：人才\n浙江省率先探索“周末博士”等人才计划。"
    assert ("浙江省", "runs", "周末博士") in relations(text, "article", "江苏省")


def test_clauses_without_a_subject_go_on_with_the_last_one() -> None:
    found = relations("合肥量子实验室依托安徽大学组建，落户合肥高新区，与合肥学院保持合作。该实验室是省“2+8”创新平台体系的成员单位。")
    assert found == {
        ("合肥量子实验室", "hosted_by", "安徽大学"),
        ("合肥量子实验室", "located_in", "合肥高新区"),
        ("合肥量子实验室", "cooperates_with", "合肥学院"),
        ("合肥量子实验室", "part_of", "“2+8”创新平台体系"),
    }


def test_a_clause_with_a_subject_of_its_own_says_nothing_of_the_first() -> None:
    found = relations("合肥量子实验室集聚人才300名，安徽大学12个项目落户芜湖高新区。")
    assert found == set()


@pytest.mark.parametrize(
    "text",
    [
        "建议设立总规模3亿元的概念验证基金。",
        "省人民政府设立的引导基金，应当让利。",
        "支持瞪羚企业、独角兽企业、上市企业发展。",
        "重点实验室由省财政给予补助。",
        "鼓励龙头企业牵头组建创新联合体。",
        "鼓励有条件的企业实施江淮英才培养计划。",
        "支持高新技术企业、科技型中小企业发展。",
        "加强孵化器建设。",
        "科技部、财政部联合印发通知。",
        "落实贷款贴息和风险补偿。",
    ],
)
def test_without_verb_or_name_there_is_none(text: str) -> None:
    assert relations(text) == set()
