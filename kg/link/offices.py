"""Offices of government by their full names: 省科技厅 in 浙江 → 浙江省科学技术厅. Public facts, no text's."""

from __future__ import annotations

import re

#: short form -> official form of what follows the place; the kind of office (厅, 局, 委) stays as written
_FULL: tuple[tuple[str, str], ...] = (
    ("科技", "科学技术"),
    ("工信", "工业和信息化"),
    ("经信", "经济和信息化"),
    ("发改", "发展和改革"),
    ("发展改革", "发展和改革"),
    ("人社", "人力资源和社会保障"),
    ("人力社保", "人力资源和社会保障"),
    ("市场监管", "市场监督管理"),
    ("地方金融监管", "地方金融监督管理"),
    ("金融监管", "金融监督管理"),
    ("国资", "人民政府国有资产监督管理"),
    ("农业农村", "农业农村"),
    ("卫健", "卫生健康"),
    ("财政", "财政"),
    ("教育", "教育"),
    ("商务", "商务"),
    ("科学技术", "科学技术"),
    ("科", "科学技术"),
    ("教", "教育"),
    ("人力资源社会保障", "人力资源和社会保障"),
    ("住建", "住房和城乡建设"),
    ("住房城乡建设", "住房和城乡建设"),
    ("文旅", "文化和旅游"),
    ("应急", "应急管理"),
    ("医保", "医疗保障"),
    ("退役军人", "退役军人事务"),
    ("国有资产监督管理", "人民政府国有资产监督管理"),
)
_BRANCH = re.compile(r"^(?:人民|工商|农业|建设|农业发展|邮政储蓄)银行.+(?:分行|支行|营业管理部|营业部)$")
_OFFICE = re.compile(r"^(?P<stem>[\u4e00-\u9fff]+?)(?P<kind>厅|局|委员会|委|部)$")
#: stems that are short for a commission only: 科委, 教委
_COMMISSIONS = ("科", "教")
_WHOLE: dict[str, str] = {
    "政府": "人民政府",
    "政府办公厅": "人民政府办公厅",
    "府办公厅": "人民政府办公厅",
    "府办": "人民政府办公室",
    "政府办公室": "人民政府办公室",
    "政府办": "人民政府办公室",
    "委": "委员会",
    "党委": "委员会",
    "委办公厅": "委员会办公厅",
    "委组织部": "委员会组织部",
    "科学技术委员会、中关村科技园区管理委员会": "科学技术委员会",
    "外办": "人民政府外事办公室",
    "外事办": "人民政府外事办公室",
    "外事办公室": "人民政府外事办公室",
    "侨办": "人民政府侨务办公室",
    "编办": "委员会机构编制委员会办公室",
    "总工会": "总工会",
    "妇联": "妇女联合会",
    "科协": "科学技术协会",
    "工商联": "工商业联合会",
    "农科院": "农业科学院",
    "林科院": "林业科学院",
    "社科院": "社会科学院",
    "医科院": "医学科学院",
    "社科联": "社会科学界联合会",
    "文联": "文学艺术界联合会",
}
#: bodies of the nation by their usual short names
NATIONAL_SHORT: dict[str, str] = {
    "中科院": "中国科学院",
    "社科院": "中国社会科学院",
    "中国社科院": "中国社会科学院",
    "工程院": "中国工程院",
    "中国科协": "中国科学技术协会",
    "工行": "中国工商银行",
    "工商银行": "中国工商银行",
    "农行": "中国农业银行",
    "农业银行": "中国农业银行",
    "中行": "中国银行",
    "建行": "中国建设银行",
    "建设银行": "中国建设银行",
    "交行": "交通银行",
    "国开行": "国家开发银行",
    "农发行": "中国农业发展银行",
    "进出口银行": "中国进出口银行",
    "邮储银行": "中国邮政储蓄银行",
    "自然科学基金委": "国家自然科学基金委员会",
    "国家自然科学基金委": "国家自然科学基金委员会",
    "全国工商联": "中华全国工商业联合会",
    "全总": "中华全国总工会",
    "团中央": "中国共产主义青年团中央委员会",
    "共青团中央": "中国共产主义青年团中央委员会",
    "央行": "中国人民银行",
}
#: ministries of the centre, by any of their usual short forms
MINISTRIES: dict[str, str] = {
    "科技部": "科学技术部",
    "科学技术部": "科学技术部",
    "工信部": "工业和信息化部",
    "工业和信息化部": "工业和信息化部",
    "国家发改委": "国家发展和改革委员会",
    "国家发展改革委": "国家发展和改革委员会",
    "国家发展和改革委员会": "国家发展和改革委员会",
    "财政部": "财政部",
    "教育部": "教育部",
    "商务部": "商务部",
    "人社部": "人力资源和社会保障部",
    "人力资源社会保障部": "人力资源和社会保障部",
    "人力资源和社会保障部": "人力资源和社会保障部",
    "国资委": "国务院国有资产监督管理委员会",
    "国务院国资委": "国务院国有资产监督管理委员会",
    "农业农村部": "农业农村部",
    "生态环境部": "生态环境部",
    "自然资源部": "自然资源部",
    "住房城乡建设部": "住房和城乡建设部",
    "住房和城乡建设部": "住房和城乡建设部",
    "住建部": "住房和城乡建设部",
    "交通运输部": "交通运输部",
    "水利部": "水利部",
    "公安部": "公安部",
    "民政部": "民政部",
    "司法部": "司法部",
    "海关总署": "海关总署",
    "市场监管总局": "国家市场监督管理总局",
    "国家市场监管总局": "国家市场监督管理总局",
    "国家卫生健康委": "国家卫生健康委员会",
    "国家知识产权局": "国家知识产权局",
    "国家外专局": "国家外国专家局",
    "国家外国专家局": "国家外国专家局",
    "国家药监局": "国家药品监督管理局",
    "国家林草局": "国家林业和草原局",
    "国家外汇局": "国家外汇管理局",
    "国家中医药局": "国家中医药管理局",
    "国家粮食和储备局": "国家粮食和物资储备局",
    "国家网信办": "国家互联网信息办公室",
    "国防科工局": "国家国防科技工业局",
    "银保监会": "中国银行保险监督管理委员会",
    "中国银保监会": "中国银行保险监督管理委员会",
    "证监会": "中国证券监督管理委员会",
    "中国证监会": "中国证券监督管理委员会",
    "金融监管总局": "国家金融监督管理总局",
    "人民银行": "中国人民银行",
    "中国人民银行": "中国人民银行",
    "国家税务总局": "国家税务总局",
    "税务总局": "国家税务总局",
    "国务院": "国务院",
    "国务院办公厅": "国务院办公厅",
    "中共中央": "中共中央",
    "党中央": "中共中央",
}


def full_office(rest: str) -> str:
    """The official form of an office's name without its place: 科技厅 → 科学技术厅; others stay."""
    if rest in _WHOLE:
        return _WHOLE[rest]
    match = _OFFICE.match(rest)
    if match and not (match["stem"] in _COMMISSIONS and match["kind"] not in ("委", "委员会")):
        kind = "委员会" if match["kind"] == "委" else match["kind"]
        for short, full in _FULL:
            if match["stem"] == short:
                return full + kind
    return rest


def full_bank(name: str) -> str:
    """A branch under its bank's full name: 人民银行武汉分行 → 中国人民银行武汉分行; other names stay."""
    return f"中国{name}" if _BRANCH.match(name) else name


def is_kind_of_body(name: str) -> bool:
    """Whether a name means bodies of a kind (各市人民政府), which no one thing stands for."""
    return name.startswith(("各", "有关", "相关", "其他"))


def is_office(name: str) -> bool:
    """Whether a name is an office that needs its place to be told apart: 科技厅, 市政府, 工信局."""
    return bool(re.search(r"(?:厅|局|委|委员会|政府|办公厅|办公室|部门|科协|工商联|办|部|处|管委会)$", name))


def organisation_class(name: str) -> str:
    """Class of an organisation by how its name ends; `Organisation` where the name does not tell."""
    for ending, kind in _ENDINGS:
        if ending.search(name):
            return kind
    return "Organisation"


_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?:银行|证券|保险公司|担保公司|投资公司|基金公司|信托|信用社|融资担保集团|农商行)$"),
        "FinancialInstitution",
    ),
    (re.compile(r"(?:协会|学会|商会|联盟|促进会|基金会|交易所|交易中心|联合会)$"), "Intermediary"),
    (re.compile(r"(?:大学|学院|学校)$"), "University"),
    (re.compile(r"(?:公司|集团|厂|企业)$"), "Enterprise"),
    (re.compile(r"(?:研究院|研究所|科学院|工程院|院|所|实验室)$"), "ResearchInstitute"),
    (
        re.compile(
            r"(?:厅|局|委|委员会|政府|办公厅|办公室|部|法院|国务院|党中央|中共中央|人大|政协|部门|管委会|科协)$"
        ),
        "GovernmentOrganisation",
    ),
)
