"""Names of places that are also words, or hide across the border of two words.

`NEIGHBOURS` maps a short name to the characters that, standing just before or just after it, show that it is
no place there (推广安全 → 广安 after 推). The lists hold the language's accidents, not any text's.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: short names never taken for a place without their 市, 州 … : common words, or names that two places share
ALONE_UNSAFE = _words(
    "朝阳 白银 大同 安康 来宾 日照 长治 中卫 大理 海北 海西 山南 阿里 兴安 文山 和田 平凉 开发 中国 "
    "国家 中央 东北 黄南 甘南 红河 怒江 清水河 太子河 二道江 青山湖 观山湖 岳阳楼 七里河 水磨沟 "
    "大箐山 中山 四平"
)

#: full names that mean a place only right after the city they lie in
FULL_UNSAFE = _words(
    "新城区 老城区 市中区 市北区 市南区 城中区 城东区 城北区 城西区 城关区 城厢区 城阳区 新市区 "
    "新兴区 合作市 和平区 工农区 港口区 港北区 港南区 江北区 江南区 北市区 南市区 城子河区 平安区 "
    "友好区 安定区 振兴区 海港区"
)

#: two-character short names of county-level units that are safe alone
COUNTY_SHORTS = _words(
    "昆山 义乌 江阴 常熟 太仓 晋江 慈溪 余姚 诸暨 温岭 宜兴 浦东 鄞州 瑞安 乐清 桐乡 福清 仙桃 潜江 "
    "胶州 寿光 宁乡 浏阳 顺德 萧山 余杭"
)

NEIGHBOURS: dict[str, tuple[str, str]] = {
    "上海": ("海", ""),
    "广东": ("推", ""),
    "广西": ("推", ""),
    "广安": ("推", "全装置排"),
    "广元": ("推", ""),
    "白山": ("长", ""),
    "丽江": ("美", ""),
    "应城市": ("顺适响对", ""),
    "安定区": ("稳", ""),
    "大连": ("", "接续锁片通"),
    "大庆": ("", "典祝"),
    "三明": ("", "确显白"),
    "三亚": ("", "型"),
    "保定": ("担确", "价期向点量额"),
    "衡水": ("平均", ""),
    "新乡": ("创建", "村镇贤"),
    "新余": ("更", "额"),
    "南通": ("西东", "道"),
    "南充": ("", "分足"),
    "安阳": ("", "光"),
    "安顺": ("平", "序利"),
    "东营": ("股", "收业销"),
    "营口": ("运经", "径"),
    "运城": ("航", "市"),
    "资阳": ("投", "光"),
    "益阳": ("公", "光"),
    "承德": ("传继", ""),
    "包头": ("承", "部"),
    "乐山": ("", "水"),
    "宜春": ("", "季"),
    "玉树": ("", "临"),
    "常德": ("", "才"),
    "北海": ("东河湖", "道外"),
    "海南": ("东上", "部岸"),
    "海东": ("", "部岸"),
    "内江": ("省市", "河"),
    "河源": ("", "头"),
    "定西": ("", "北"),
    "江门": ("", "户"),
    "通化": ("普流", "学工"),
    "西安": ("", "全装"),
    "成都": ("构组", "是要能有"),
    "济南": ("", "部北"),
    "吉安": ("", "全"),
    "黄石": ("", "公"),
    "普洱": ("", "茶"),
    "海口": ("", "岸"),
    "乐清": ("", "洁"),
}
