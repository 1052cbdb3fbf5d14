"""What a document is, for which place it speaks and of which places its sentences speak. Texts of our own."""

from __future__ import annotations

import pytest
from provisions import read

from kg.extract.context import sentence_areas
from kg.extract.reading import Context

BODY = "\n各市、州人民政府：\n根据《国务院关于优化科研管理的通知》（国发〔2018〕25号），现就有关事项通知如下。\n"


def context(head: str, body: str = BODY, **catalogue: str) -> Context:
    return read(head + body, **catalogue).context


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("甘肃省人民政府关于促进科技成果转化的意见", "policy"),
        ("# 甘肃省科技进步条例", "policy"),
        ("甘肃省创新券管理办法（试行）", "policy"),
        ("2025年甘肃省政府工作报告", "report"),
        ("甘肃省科技创新政策比较研究\n摘要：本文比较各地做法。\n关键词：政策", "article"),
        ("天水举行科技发布会\n本报讯（记者）天水市科技局发布消息", "article"),
    ],
)
def test_the_kind_of_a_document(head: str, kind: str) -> None:
    assert context(head).kind == kind


def test_the_catalogue_goes_before_the_text() -> None:
    found = context("随便一行字", "\n内容。\n", kind="report", area="青海省")
    assert (found.kind, found.area) == ("report", "青海省")


def test_title_number_issuer_and_year_of_a_notice() -> None:
    found = context("甘肃省人民政府关于促进科技成果转化的意见\n甘政发〔2021〕15号")
    assert found.title == found.policy == "甘肃省人民政府关于促进科技成果转化的意见"
    assert found.number == "甘政发〔2021〕15号"
    assert found.issuers == ("甘肃省人民政府",)
    assert (found.issued, found.year) == ("2021", 2021)


def test_a_number_that_is_cited_is_not_the_documents_own() -> None:
    assert context("关于支持科技型企业发展的若干措施").number == ""


@pytest.mark.parametrize(
    "title",
    [
        "甘肃省人民政府办公厅关于印发甘肃省创新券管理办法的通知",
        "甘肃省人民政府办公厅关于印发《甘肃省创新券管理办法》的通知",
        "甘肃省人民政府办公厅印发《甘肃省创新券管理办法》的通知（甘政办发〔2022〕7号）",
    ],
)
def test_a_notice_carries_the_policy_it_wraps(title: str) -> None:
    found = context(title)
    assert found.policy == "甘肃省创新券管理办法"
    assert found.aliases == (title.removesuffix("（甘政办发〔2022〕7号）"),)


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("科技部 财政部关于规范创新券使用的通知", ("科技部", "财政部")),
        ("国务院关于加强基础研究的若干意见", ("国务院",)),
        ("国家税务总局甘肃省税务局关于落实税收优惠的通知", ("国家税务总局甘肃省税务局",)),
        ("中共兰州市委办公室 兰州市人民政府办公室关于支持创新的意见", ("中共兰州市委办公室", "兰州市人民政府办公室")),
        ("甘肃省科学技术厅\n关于支持新型研发机构发展的若干措施", ("甘肃省科学技术厅",)),
        ("甘肃省创新券管理办法", ()),
    ],
)
def test_issuers_are_read_from_the_title(title: str, issuers: tuple[str, ...]) -> None:
    assert context(title).issuers == issuers


@pytest.mark.parametrize(
    "lines",
    [
        "发文标题：甘肃省中试基地管理办法\n成文日期：2022年8月1日",
        "成文日期\n2022年8月1日\n甘肃省中试基地管理办法",
        "甘肃省中试基地管理办法\n（2022年8月1日）",
    ],
)
def test_the_date_of_a_document(lines: str) -> None:
    found = context(lines)
    assert (found.title, found.issued, found.year) == ("甘肃省中试基地管理办法", "2022-08-01", 2022)


AREAS = [
    ("甘肃省人民政府关于促进科技成果转化的意见", "甘肃省", "甘肃省"),
    ("兰州高新技术产业开发区关于促进成果转化的若干政策", "兰州市", "甘肃省"),
    ("陕西省西安市长安区人民政府关于科技孵化的实施办法", "长安区", "陕西省"),
    ("甘肃省人民政府关于支持兰州新区发展的意见", "甘肃省", "甘肃省"),
    ("国务院关于同意兰州、天水高新技术产业开发区建设示范区的批复", "甘肃省", "甘肃省"),
    ("碧云县促进科技创新若干措施", "碧云县", "碧云县"),
    ("国务院关于加强基础研究的若干意见", "全国", "全国"),
    ("关于推进技术转移的实施意见\n渝府发〔2021〕9号", "重庆市", "重庆市"),
]


@pytest.mark.parametrize(("head", "area", "province"), AREAS)
def test_the_place_a_document_speaks_for(head: str, area: str, province: str) -> None:
    found = context(head)
    assert (found.area, found.province) == (area, province)


def test_without_a_place_in_the_title_the_text_decides() -> None:
    body = "\n我省企业享受以下政策。甘肃省设立基金。兰州市、天水市、兰州市、兰州市参加试点。\n"
    assert context("关于支持科技型企业发展的若干措施", body).area == "甘肃省"
    assert context("关于支持科技型企业发展的若干措施", "\n支持企业。\n").area == "全国"


def areas_of(text: str, kind: str, area: str = "甘肃省") -> list[tuple[str, ...]]:
    return sentence_areas(read(text, kind, area))


def test_a_policy_speaks_of_its_own_place() -> None:
    assert set(areas_of("支持企业与陕西省高校合作。陕西省高校参加。\n", "policy")) == {("甘肃省",)}


def test_a_sentence_of_an_article_speaks_of_its_subject_and_the_next_goes_on() -> None:
    text = "陕西省设立基金，支持企业融资。每年安排资金1亿元。我省也应跟进。\n浙江省、江苏省对企业给予奖励。\n"
    assert areas_of(text, "article") == [
        ("陕西省",),
        ("陕西省",),
        ("甘肃省",),
        ("浙江省", "江苏省"),
    ]


def test_the_title_of_a_section_names_the_place() -> None:
    text = "一、现状\n（一）陕西省的做法\n设立成果转化基金。\n"
    assert areas_of(text, "article")[-1] == ("陕西省",)


def test_a_policy_quoted_at_the_opening_is_of_its_own_place() -> None:
    assert areas_of("《陕西省科技进步条例》规定，支持企业。\n", "policy") == [("陕西省",)]


def test_an_empty_document_has_a_context() -> None:
    assert context("", "") == Context("article", "全国", "全国")


@pytest.mark.parametrize(
    ("text", "area"),
    [
        # the reporter's place is not what he writes of
        ("科技赋能转型\n\n本报太原讯（记者 张某）山西省科技型中小企业入库1.8万家，山西省技术合同成交额增长。\n", "山西省"),
        ("改革激活创新\n新华社西宁9月12日电（记者王某）青海省落实加计扣除1.6亿元，青海省将新建实验室。\n", "青海省"),
        # one place named among words of the nation
        ("新疆的高新技术企业偏少。科研人员流失，国家科技部已予支持。\n", "新疆维吾尔自治区"),
        # a zone is not its city
        ("拉萨高新区新增企业20家，拉萨高新区产值增长。西藏自治区给予支持。\n", "西藏自治区"),
        ("我国研发投入增长较快，我国专利居首。新疆也有增长。\n", "全国"),
    ],
)
def test_the_place_of_a_text_without_one_in_its_title(text: str, area: str) -> None:
    assert read(text, "article").context.area == area


@pytest.mark.parametrize(
    ("head", "area", "province"),
    [
        ("关于支持拉萨高新区高质量发展的若干措施\n藏政办发〔2022〕18号", "西藏自治区", "西藏自治区"),
        ("内蒙古自治区人民政府关于支持包头稀土高新区发展的意见\n内政发〔2023〕9号", "内蒙古自治区", "内蒙古自治区"),
        ("苏州市支持企业创新的若干措施\n苏府〔2020〕12号", "苏州市", "江苏省"),
        ("青岛市支持企业创新的若干措施\n青政发〔2020〕12号", "青岛市", "山东省"),
    ],
)
def test_the_number_tells_whether_the_province_or_the_city_speaks(head: str, area: str, province: str) -> None:
    found = context(head)
    assert (found.area, found.province) == (area, province)


def test_all_the_province_is_more_than_the_city_of_the_text() -> None:
    reading = read("太原市创新观察\n全省技术合同成交额达到520亿元。太原市增长8%。\n", "article")
    assert [a for s, a in zip(reading.outline.sentences, sentence_areas(reading), strict=True) if not s.is_heading] == [("山西省",), ("太原市",)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("海南省支持园区发展的若干措施\n本措施自印发之日起施行，有效期至2026年12月31日。\n", None),
        ("甘肃省创新观察\n《甘肃省攻坚方案（2021—2025年）》实施以来，2022年高企达到1500家，力争到2030年翻番。\n", 2022),
        ("2022年新疆统计公报摘要\n比2021年增长16%。\n", 2022),
        ("甘肃省科技进步条例\n（2012年9月25日省人大常委会通过　2023年11月30日修订）\n第一条 为了促进科技进步，制定本条例。\n第二条 本条例自2024年1月1日起施行。\n", 2023),
    ],
)
def test_the_year_a_text_speaks_from_is_no_year_it_looks_ahead_to(text: str, year: int | None) -> None:
    assert read(text).context.year == year


def test_who_published_it_may_stand_in_a_bracket_under_the_title() -> None:
    found = context("关于促进民营企业科技创新的实施意见\n（2020年7月1日中共通辽市委、通辽市人民政府发布）", "\n一、加大投入。\n")
    assert (found.issuers, found.issued, found.area) == (("中共通辽市委", "通辽市人民政府"), "2020-07-01", "通辽市")


def test_a_headline_that_presents_a_policy_heads_its_text() -> None:
    found = context("雄安新区管理委员会印发《关于支持企业创新的若干政策》", "\n一、对新迁入的总部给予奖励。\n")
    assert (found.kind, found.policy, found.issuers) == ("policy", "关于支持企业创新的若干政策", ("雄安新区管理委员会",))
    assert context("太原市印发《关于支持企业创新的若干政策》", "\n本报讯（记者）一、太原市出台新政。\n").kind == "article"


def test_what_applies_in_a_named_place_only_is_of_that_place() -> None:
    text = "国务院关于支持自由贸易试验区创新的通知\n（一）允许银行开展跨境结算试点。（负责部门：人民银行，适用范围：福建自贸试验区）\n（二）支持企业开展保税维修。（负责部门：商务部）\n"
    reading = read(text, "policy")
    said = {reading.text(s): areas for s, areas in zip(reading.outline.sentences, sentence_areas(reading), strict=True)}
    assert said["允许银行开展跨境结算试点"] == ("福建省",)
    assert said["支持企业开展保税维修"] == ("全国",)
