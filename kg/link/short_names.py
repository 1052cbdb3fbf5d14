"""Usual short names of universities, parks and national programmes. Public facts, no text's."""

from __future__ import annotations

import re

from kg.text.areas import Area

#: short name → universities it means, each with the province it lies in; one alone means it everywhere
_UNIVERSITIES: dict[str, tuple[tuple[str, str], ...]] = {
    "北大": (("北京大学", "北京市"),),
    "清华": (("清华大学", "北京市"),),
    "人大": (("中国人民大学", "北京市"), ("人民代表大会", "")),
    "北航": (("北京航空航天大学", "北京市"),),
    "北理工": (("北京理工大学", "北京市"),),
    "北师大": (("北京师范大学", "北京市"),),
    "北邮": (("北京邮电大学", "北京市"),),
    "北科大": (("北京科技大学", "北京市"),),
    "中国农大": (("中国农业大学", "北京市"),),
    "国科大": (("中国科学院大学", "北京市"),),
    "复旦": (("复旦大学", "上海市"),),
    "上海交大": (("上海交通大学", "上海市"),),
    "同济": (("同济大学", "上海市"),),
    "华东师大": (("华东师范大学", "上海市"),),
    "华东理工": (("华东理工大学", "上海市"),),
    "浙大": (("浙江大学", "浙江省"),),
    "南大": (("南京大学", "江苏省"), ("南昌大学", "江西省")),
    "东大": (("东南大学", "江苏省"), ("东北大学", "辽宁省")),
    "南航": (("南京航空航天大学", "江苏省"), ("中国南方航空", "")),
    "南理工": (("南京理工大学", "江苏省"),),
    "中科大": (("中国科学技术大学", "安徽省"),),
    "中国科大": (("中国科学技术大学", "安徽省"),),
    "合工大": (("合肥工业大学", "安徽省"),),
    "哈工大": (("哈尔滨工业大学", "黑龙江省"),),
    "哈工程": (("哈尔滨工程大学", "黑龙江省"),),
    "吉大": (("吉林大学", "吉林省"),),
    "大工": (("大连理工大学", "辽宁省"),),
    "大连理工": (("大连理工大学", "辽宁省"),),
    "天大": (("天津大学", "天津市"),),
    "南开": (("南开大学", "天津市"),),
    "山大": (("山东大学", "山东省"), ("山西大学", "山西省")),
    "中国海大": (("中国海洋大学", "山东省"),),
    "武大": (("武汉大学", "湖北省"),),
    "华科": (("华中科技大学", "湖北省"),),
    "华中科大": (("华中科技大学", "湖北省"),),
    "湖大": (("湖南大学", "湖南省"), ("湖北大学", "湖北省")),
    "国防科大": (("国防科技大学", "湖南省"),),
    "中山大学": (("中山大学", "广东省"),),
    "中大": (("中山大学", "广东省"), ("中央大学", "")),
    "华工": (("华南理工大学", "广东省"), ("华中工学院", "")),
    "华南理工": (("华南理工大学", "广东省"),),
    "南科大": (("南方科技大学", "广东省"),),
    "深大": (("深圳大学", "广东省"),),
    "厦大": (("厦门大学", "福建省"),),
    "川大": (("四川大学", "四川省"),),
    "电子科大": (("电子科技大学", "四川省"),),
    "西南交大": (("西南交通大学", "四川省"),),
    "重大": (("重庆大学", "重庆市"), ("", "")),
    "西安交大": (("西安交通大学", "陕西省"),),
    "西工大": (("西北工业大学", "陕西省"),),
    "西北农大": (("西北农林科技大学", "陕西省"),),
    "西电": (("西安电子科技大学", "陕西省"),),
    "兰大": (("兰州大学", "甘肃省"),),
    "郑大": (("郑州大学", "河南省"),),
}
#: programmes of the nation by what people call them
_PROGRAMMES: dict[str, str] = {
    "杰青": "国家杰出青年科学基金",
    "国家杰青": "国家杰出青年科学基金",
    "优青": "国家优秀青年科学基金",
    "国家优青": "国家优秀青年科学基金",
    "长江学者": "长江学者奖励计划",
    "国自然": "国家自然科学基金",
    "国家社科基金": "国家社会科学基金",
}
#: kinds of parks at the end of a name
_PARKS: tuple[tuple[str, str], ...] = (
    ("高新区", "高新技术产业开发区"),
    ("高新技术开发区", "高新技术产业开发区"),
    ("经开区", "经济技术开发区"),
    ("自创区", "自主创新示范区"),
    ("自贸区", "自由贸易试验区"),
    ("自贸试验区", "自由贸易试验区"),
)
_LEVEL = re.compile(r"^国家级(?=.{3,}(?:开发区|示范区|试验区)$)")


def university(name: str, claimed: Area | None) -> str:
    """The university that a short name means, "" where it means none or more than one.

    A name that several bear is that of the province spoken of: 山大 in 山西省 is 山西大学.
    """
    bearers = _UNIVERSITIES.get(name, ())
    if len(bearers) == 1:
        return bearers[0][0]
    here = claimed.province or claimed.name if claimed else ""
    return next((full for full, province in bearers if full and province == here), "")


def programme(name: str) -> str:
    """The national programme that goes by this name, "" for other names."""
    return _PROGRAMMES.get(name, "")


def park(name: str) -> str:
    """A park's name with its kind in full: 国家级高新区 → 国家高新技术产业开发区; other names stay."""
    for short, full in _PARKS:
        if name.endswith(short):
            name = name.removesuffix(short) + full
            break
    return _LEVEL.sub("国家", name)
