"""What a text names, class by class: text → (class, name)."""

from __future__ import annotations

import pytest

from kg.extract.boundary import walk_left
from kg.extract.context import read_context
from kg.extract.entities import find_entities
from kg.extract.reading import Reading
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

P, T, F, E, O = "Platform", "TalentProgramme", "FundingScheme", "EnterpriseCategory", "Organisation"  # noqa: E741


def reading(text: str) -> Reading:
    document = Document("d-000000000000", text, Source(id="t", kind="policy", area="安徽省"))
    shadow = unwrap(text)
    structure = outline(shadow)
    return Reading(document, shadow, structure, read_context(document, shadow, structure))


def entities(text: str) -> list[tuple[str, str]]:
    return [(f.values["class"], f.values["name"]) for f in find_entities(reading(text))]


@pytest.mark.parametrize(
    "text, expected",
    [
        # where a name begins
        ("支持行业龙头企业牵头组建创新联合体。", [(E, "龙头企业"), (P, "创新联合体")]),
        ("加快建设省技术创新中心。", [(P, "省技术创新中心")]),
        ("培育一批制造业创新中心、重点实验室。", [(P, "制造业创新中心"), (P, "重点实验室")]),
        ("已建成30个市级众创空间。", [(P, "市级众创空间")]),
        ("争创国家稀土新材料技术创新中心。", [(P, "国家稀土新材料技术创新中心")]),
        ("推进合肥先进光源等重大科技基础设施建设。", [(P, "合肥先进光源"), (P, "重大科技基础设施")]),
        ("生物医药领域国家级创新平台达到5家。", [(P, "国家级创新平台")]),
        ("获批建设西部（重庆）科学城。", [(P, "西部（重庆）科学城")]),
        ("提升“赣企通”平台服务能力。", [(P, "“赣企通”平台")]),
        ("全省重点实验室数量位居前列。", [(P, "重点实验室")]),
        ("授权自贸试验区先行先试。", [(P, "自贸试验区")]),
        ("在兰州高新区试点。", [(P, "兰州高新区")]),
        ("引导中小企业公共服务平台开放资源。", [(P, "中小企业公共服务平台")]),
        ("高校区域技术转移转化中心启动。", [(P, "高校区域技术转移转化中心")]),
        # programmes, quoted and governed by a verb
        ("实施装备制造业强链补链和质量品牌提升工程。", [(F, "装备制造业强链补链和质量品牌提升工程")]),
        ("大力推进“育鹰计划”。", [(F, "育鹰计划")]),
        ("探索“周末博士”“云端院士”等人才计划。", [(T, "周末博士"), (T, "云端院士")]),
        ("面向中小企业实施“金种子”“绿树林”两大工程。", [(E, "中小企业"), (F, "金种子"), (F, "绿树林")]),
        ("实施江淮英才培养计划。", [(T, "江淮英才培养计划")]),
        ("开展“产业教授”制度试点。", [(T, "“产业教授”制度")]),
        ("发放“专利贷”。", [(F, "专利贷")]),
        ("设立省科技成果转化引导基金。", [(F, "省科技成果转化引导基金")]),
        ("落实研发费用加计扣除。", [(F, "研发费用加计扣除")]),
        ("推广科技创新券。", [(F, "科技创新券")]),
        # kinds of enterprise
        ("对高新技术企业给予奖励。", [(E, "高新技术企业")]),
        ("新认定国家级专精特新“小巨人”企业20家。", [(E, "国家级专精特新“小巨人”企业")]),
        ("新列入国家级和省级专精特新企业。", [(E, "专精特新企业")]),
        ("投向种子期、初创期科技企业。", [(E, "种子期科技企业"), (E, "初创期科技企业")]),
        ("规模以上工业企业增加值增长。", [(E, "规模以上工业企业")]),
        ("吸引世界500强投资。", [(E, "世界500强")]),
        ("鼓励省属企业加大投入。", [(E, "省属企业")]),
        # organisations
        ("（责任单位：省科技厅、市商务局）", [(O, "省科技厅"), (O, "市商务局")]),
        ("依托中国科学院和合肥工业大学。", [(O, "中国科学院"), (O, "合肥工业大学")]),
        ("由安徽江淮机械股份有限公司承担。", [(O, "安徽江淮机械股份有限公司")]),
        ("芜湖市人民政府负责落实。", [(O, "芜湖市人民政府")]),
        ("（责任单位：市人才发展局、芜湖经开区数字经济发展局）", [(O, "市人才发展局"), (O, "芜湖经开区数字经济发展局")]),
        ("由安徽江淮科技城建设运营有限公司承担。", [(O, "安徽江淮科技城建设运营有限公司")]),
        # words that no list knows, right before a head
        ("云杉湖生物育种实验室投入运行。", [(P, "云杉湖生物育种实验室")]),
        ("项目落户清水河高新区。", [(P, "清水河高新区")]),
        ("仍然缺少中试基地。", [(P, "中试基地")]),
        ("安徽大学与青禾农业工程学院开展合作。", [(O, "安徽大学"), (O, "青禾农业工程学院")]),
        ("组建山区药材仪器共享联盟。", [(P, "山区药材仪器共享联盟")]),
        # the whole field
        ("建设概念验证中心、科创飞地和离岸创新中心。", [(P, "概念验证中心"), (P, "科创飞地"), (P, "离岸创新中心")]),
        ("新建院士工作站、海智基地和场景创新中心。", [(P, "院士工作站"), (P, "海智基地"), (P, "场景创新中心")]),
        ("建设工业互联网标识解析二级节点。", [(P, "工业互联网标识解析二级节点")]),
        ("推广人才贷、研发贷，探索投贷联动和拨投结合。", [(F, "人才贷"), (F, "研发贷"), (F, "投贷联动"), (F, "拨投结合")]),
        ("发放算力券、数据券。", [(F, "算力券"), (F, "数据券")]),
        ("安排5000万元成果转化专项资金。", [(F, "成果转化专项资金")]),
        ("设立概念验证基金，建立研发准备金制度。", [(F, "概念验证基金"), (F, "研发准备金制度")]),
        ("设立海归人才专项津贴。", [(F, "海归人才专项津贴")]),
        ("实施“揭榜挂帅”制度。", [(F, "“揭榜挂帅”制度")]),
        ("实施“远山”计划，引进海外人才。", [(T, "“远山”计划")]),
        ("安徽省“远山”人才计划启动。", [(T, "“远山”人才计划")]),
        ("培育链上企业和硬科技企业。", [(E, "链上企业"), (E, "硬科技企业")]),
        ("奖励成果转化示范企业。", [(E, "成果转化示范企业")]),
        ("构建“雏鹰—瞪羚—独角兽”梯队。", [(E, "雏鹰企业"), (E, "瞪羚企业"), (E, "独角兽企业")]),
    ],
)
def test_names_are_found_whole(text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推动制造业企业数字化改造。",
        "引进建筑业企业和食品企业。",
        "建设一批智能工厂和数字化车间。",
        "打造先进制造业产业集群。",
        "高校院所和科研机构应当积极参与。",
        "县级以上人民政府应当加大投入。",
        "各市科技局负责组织。",
        "有关部门按照职责分工落实。",
        "财政部门安排资金。",
        "搭建合作交流平台。",
        "高水平研究型大学。",
        "实施年度工作计划。",
        "实施土地整治工程和乡村旅游行动。",
        "实施重大工程。",
        "坚持“双循环”格局，破解“卡脖子”难题。",
        "登录科技项目申报平台填报。",
        "国有资产评估应当公开。",
        "各类政府人才计划数量过多。",
        "提高企业效益。",
        "中国企业走出去。",
        "依据《国家重点实验室建设管理办法》执行。",
        "加强工程师队伍建设。",
    ],
)
def test_generic_words_are_no_names(text: str) -> None:
    assert entities(text) == []


def test_a_name_inside_a_longer_name_is_none_of_its_own() -> None:
    assert entities("建设科技企业孵化器。") == [(P, "科技企业孵化器")]


def test_an_institute_beside_companies_is_an_organisation() -> None:
    found = entities("依托安徽微芯科技有限公司、合肥智能应用技术研究院等单位。")
    assert (O, "合肥智能应用技术研究院") in found


def test_a_name_is_reported_once_a_paragraph() -> None:
    text = "支持孵化器发展。鼓励孵化器提质。\n\n二、推动孵化器升级。"
    assert entities(text).count((P, "孵化器")) == 2


def test_one_thing_is_specific_and_a_kind_is_not() -> None:
    found = {f.values["name"]: f.values.get("specific") for f in find_entities(reading("建设孵化器和合肥科技园，实施江淮英才培养计划。"))}
    assert found == {"孵化器": None, "合肥科技园": True, "江淮英才培养计划": True}


def test_offsets_point_at_the_name_across_a_hard_wrap() -> None:
    r = reading("支持建设国家燃气轮机技\n创新中心。推动建设制造业创新中心。")
    for f in find_entities(r):
        assert r.shadow.value(f.start, f.end) == f.values["name"]


@pytest.mark.parametrize(
    "text, head, name",
    [
        ("持续推进科技成果转移转化示范区", "示范区", "科技成果转移转化示范区"),
        ("支持华东师范园区建设10个省级研发中心", "研发中心", "省级研发中心"),
        ("建好银川全国节水技术交易中心", "交易中心", "银川全国节水技术交易中心"),
    ],
)
def test_walking_left_stops_at_verbs_and_counts(text: str, head: str, name: str) -> None:
    at = text.index(head)
    assert text[walk_left(text, at, dependent=True).start :] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("通过楚天学者、荆楚工匠等吸引青年人才。", "荆楚工匠"),
        ("安排省科技计划、天山产业领军人才等项目。", "天山产业领军人才"),
        ("实施“远帆计划”，围绕全省产业需求，每年引进一批卓越工程师和领军人才。", "远帆计划"),
    ],
)
def test_a_lands_name_before_a_kind_of_talent_is_a_programme(text: str, name: str) -> None:
    assert ("TalentProgramme", name) in entities(text)


def test_a_plan_for_talent_is_one_in_every_sentence() -> None:
    found = entities("实施“远帆”计划，引进青年科学家和创新人才。\n“远帆”计划每年支持一批合作项目，由省级财政安排。")
    assert [c for c, n in found if n == "“远帆”计划"] == ["TalentProgramme"] * 2


def test_a_river_is_part_of_a_name_behind_words_of_its_field() -> None:
    assert ("Platform", "先进材料淮河实验室") in entities("建设先进材料淮河实验室。")


@pytest.mark.parametrize("text", ["湖北省领军人才较少。", "湖南学者认为差距明显。", "培养一批工匠。"])
def test_people_of_a_place_are_no_programme(text: str) -> None:
    assert not [n for c, n in entities(text) if c == "TalentProgramme"]


def test_a_mechanism_is_a_scheme_where_it_is_called_by_its_parties() -> None:
    assert ("FundingScheme", "政银担风险分担机制") in entities("推广政银担风险分担机制。")
    assert not [n for c, n in entities("完善信贷风险分担机制。") if c == "FundingScheme"]


@pytest.mark.parametrize("name", ["南湖科学城", "西部（兰州）科学城", "强流质子加速器", "河源重工"])
def test_names_that_no_list_holds_are_found_by_their_last_word(name: str) -> None:
    assert name in [n for _, n in entities(f"支持{name}开展研究。")]


def test_a_sum_in_front_of_a_name_is_none_of_it() -> None:
    names = [f.values["name"] for f in find_entities(reading("甘肃省设立百亿元科创基金，兰州市设立规模20亿元科创母基金。\n"))]
    assert names == ["科创基金", "科创母基金"]


def test_names_that_share_a_head_are_each_found() -> None:
    found = entities("持续支持云台、白沙、青江实验室发展。")
    assert {("Platform", "云台实验室"), ("Platform", "白沙实验室")} <= set(found)
    assert ("Platform", "国家级实验室") not in entities("新认定国家级、省级重点实验室的，给予奖励。")


def test_firms_in_a_list_are_found_by_what_closes_it() -> None:
    assert {n for c, n in entities("支持远擎科技、曜川、北岭重工等龙头企业做强。") if c == "Organisation"} == {"远擎科技", "曜川", "北岭重工"}
    assert not [n for c, n in entities("培育光伏、储能、新材料等龙头企业。") if c == "Organisation"]


def test_a_quoted_word_names_a_platform_where_the_list_ends_in_one() -> None:
    assert ("Platform", "乡乐购") in entities("推广“乡乐购”等平台。")
