"""Shortfalls that an author states, and sentences that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.gaps import find_gaps, states_gap, topic
from kg.extract.reading import Context, Reading
from kg.model import GAP_TOPICS, Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap


def read(text: str, kind: str = "article", area: str = "河北省") -> Reading:
    shadow = unwrap(text)
    return Reading(
        Document("d-1", text, Source("t")), shadow, outline(shadow), Context(kind, area, area, year=2024)
    )


def quotes(text: str, kind: str = "article") -> list[str]:
    reading = read(text, kind)
    return [reading.shadow.value(f.start, f.end) for f in find_gaps(reading)]


STATED = [
    "全省科技服务业规模偏小",
    "县域创新平台数量不足",
    "技术转移机构专业化程度不高",
    "企业间协同创新机制不完善",
    "装备制造业关键部件受制于人",
    "青年科研人员流失现象突出",
    "研发投入强度低于湖北和安徽",
    "成果供给难以满足企业需求",
    "融资渠道单一问题依然突出",
    "产教融合深度有待提升",
    "公共检测设施缺乏",
    "制造业整体大而不强",
    "产业链协同仍有较大的提升空间",
    "高端装备进口依赖度较高，风险不断增大",
    "在工业设计领域与先进地区差距较大",
    "传统产业比重过高、新兴产业占比偏低",
    "标准制定滞后于产业发展",
    "技术市场起步晚、底子薄",
    "高校毕业生持续净流出",
    "产学研之间信息渠道不畅",
    "园区公共设备老化",
    "检验检测力量分散",
    "创业投资来源单一",
    "基础研究投入不足",
    "中小企业普遍反映融资难",
    "科技成果与市场需求脱节",
    "部门之间各自为政",
    "科研人员不愿转化",
    "县域平台散而不强",
    "研发成本居高不下",
    "审批环节多、周期长",
    "院所与企业的合作机制尚未形成",
    "传统产业增长乏力",
]


@pytest.mark.parametrize("clause", STATED)
def test_a_stated_shortfall_is_a_gap(clause: str) -> None:
    assert quotes(f"从实际情况看，{clause}。")


NOT_STATED = [
    "为解决企业融资难问题，设立专项资金。",
    "加快补齐公共服务短板。",
    "着力破解制约发展的瓶颈。",
    "缩小与先进地区的差距是未来的方向。",
    "资金占用不得低于总额的三成。",
    "人才短缺问题得到有效缓解。",
    "如果投入不足，创新就难以持续。",
    "本文分析了区域创新的优势和短板。",
    "全省创新能力稳步提升，位居前列。",
    "应当避免重复建设和人才流失。",
    "完善引进紧缺人才的办法。",
    "支持投入大、周期长、风险高的研发活动。",
    "盘活低效用地，改造老旧小区。",
    "项目成本不高，见效很快。",
    "交易不受地域制约。",
    "文章分析了园区发展存在的主要问题。",
]


@pytest.mark.parametrize("text", NOT_STATED)
def test_aims_norms_and_good_news_are_no_gaps(text: str) -> None:
    assert quotes(text) == []


def test_each_clause_with_its_own_shortfall_is_a_gap_of_its_own() -> None:
    text = "全省领军人才数量偏少，企业研发投入强度不高，但是产业基础较好。"
    assert quotes(text) == ["全省领军人才数量偏少", "企业研发投入强度不高"]


def test_a_low_number_is_a_gap_beside_another_shortfall() -> None:
    assert quotes("全省检测行业小而散，持证人员不足90人。") == ["全省检测行业小而散", "持证人员不足90人"]
    assert quotes("该平台运行3年，服务企业不足90家。") == []


def test_short_clauses_about_the_same_thing_stay_together() -> None:
    assert quotes("本地品牌推广速度不快，市场认可度不高。") == ["本地品牌推广速度不快，市场认可度不高"]


def test_a_comparison_before_goes_with_the_shortfall() -> None:
    assert quotes("与长三角地区相比，科技金融产品仍然偏少。") == ["与长三角地区相比，科技金融产品仍然偏少"]


def test_the_serial_number_and_the_conjunction_stay_outside() -> None:
    assert quotes("一是企业创新意识不强。") == ["企业创新意识不强"]
    assert quotes("园区数量不少，但园区产出效益偏低。") == ["园区产出效益偏低"]


def test_headings_are_left_out() -> None:
    assert quotes("4.2 创新能力有待进一步提升\n全省围绕主导产业建设平台，取得了积极进展。") == []


def test_a_policy_only_admits_in_so_many_words() -> None:
    assert quotes("一、总体要求\n（一）面向产业基础薄弱地区布局平台，支持园区建设。", "policy") == []
    assert quotes("一、总体要求\n当前，我省园区发展还存在产业层次不高等问题。", "policy")


def test_a_report_owns_up_in_its_section_on_problems() -> None:
    text = "我们也清醒看到，新兴产业规模偏小，县域经济活力不足。"
    assert (
        quotes(text, "report") == ["新兴产业规模偏小，县域经济活力不足"] or len(quotes(text, "report")) == 2
    )


def test_a_gap_of_the_nation_is_not_the_provinces() -> None:
    (found,) = find_gaps(read("我国基础软件仍受制于人。"))
    assert found.area == "全国"


def test_a_gap_is_reported_by_the_author() -> None:
    (found,) = find_gaps(read("全省高校学科优势不够突出，博士点数量偏少。")) or [None]  # type: ignore[list-item]
    assert found is not None and found.assertion == "reported" and found.values["topic"] == "talent"


TOPICS = [
    ("高层次人才总量偏少", "talent"),
    ("财政科技投入不足", "funding"),
    ("中试平台数量不足", "platform"),
    ("专利转化率偏低", "output"),
    ("基础研究薄弱", "project"),
    ("龙头企业带动不强", "enterprise"),
    ("营商氛围有待改善", "environment"),
    ("持证技术经理人偏少", "talent"),
    ("检测机构分布不均", "platform"),
]


@pytest.mark.parametrize(("words", "expected"), TOPICS)
def test_the_topic_is_what_is_short(words: str, expected: str) -> None:
    assert topic(words) == expected
    assert expected in GAP_TOPICS


def test_a_later_clause_takes_its_topic_from_the_one_before() -> None:
    found = find_gaps(read("全省人才密度不高，明显落后于东部省份的平均状况。"))
    assert {f.values["topic"] for f in found} == {"talent"}


@given(st.text(alphabet="不足差距短板偏低企业人才为解决仍存在问题，。一是但全省", max_size=60))
def test_any_text_is_read_and_every_gap_states_one(text: str) -> None:
    reading = read(text)
    for f in find_gaps(reading):
        assert 0 <= f.start < f.end <= len(reading.shadow.text)


def test_a_mended_shortfall_is_none() -> None:
    assert not states_gap("融资困难状况得到缓解")


@pytest.mark.parametrize(
    "text",
    [
        "部分城市依然存在能耗相对较高、生态空间较小等问题。",
        "高校争抢“帽子”人才成风。",
        "我国在国际人才竞争中处于下风。",
        "多元化职业发展通道被堵塞。",
        "城市发展对传统路径依赖严重。",
        "区域内部差异仍显著存在。",
    ],
)
def test_shortfalls_are_told_in_many_ways(text: str) -> None:
    found = find_gaps(read(text))
    assert [(f.start, f.end) for f in found] == [(0, len(text) - 1)]
