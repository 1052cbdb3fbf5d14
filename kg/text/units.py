"""The units a number may be followed by: how they are written, what they are called here and their kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement in the plain form of the claim contract: CNY, %, 年, 家 …"""

    name: str
    kind: str
    factor: float = 1.0
    chinese: bool = True  # may a Chinese numeral stand before it: 三年, but not 十分


MONEY = {
    "元": "CNY",
    "块": "CNY",
    "圆": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "英镑": "GBP",
    "韩元": "KRW",
    "新元": "SGD",
    "卢布": "RUB",
}
DURATIONS = {
    "年": "年",
    "周年": "年",
    "个会计年度": "年",
    "会计年度": "年",
    "个年度": "年",
    "个月": "月",
    "个自然月": "月",
    "个半月": "月",
    "个工作日": "工作日",
    "工作日": "工作日",
    "个自然日": "日",
    "个日历日": "日",
    "个交易日": "交易日",
    "日": "日",
    "天": "日",
    "周": "周",
    "个星期": "周",
    "星期": "周",
    "个季度": "季度",
    "季度": "季度",
    "个小时": "小时",
    "小时": "小时",
    "分钟": "分钟",
    "秒": "秒",
}
#: what is counted, with the characters that must not follow (人 but not 人均)
COUNTS = {
    "家": "庭长",
    "个": "",
    "人": "均工民",
    "名": "单称义誉录额",
    "项": "",
    "件": "套",
    "所": "得有属在需以示列占持",
    "户": "籍外",
    "座": "谈",
    "种": "植子业",
    "条": "件例款",
    "台": "湾阶账州",
    "套": "",
    "批": "准复发示",
    "批次": "",
    "篇": "",
    "次": "年日月于之级",
    "人次": "",
    "家次": "",
    "户次": "",
    "项次": "",
    "人年": "均度底初末龄来内前后薪产收销",
    "车次": "",
    "班次": "",
    "艘次": "",
    "架次": "",
    "列次": "",
    "场次": "",
    "位": "于居列置次数一",
    "辆": "",
    "艘": "",
    "架": "构",
    "张": "家江店",
    "场": "所景地馆均",
    "处": "于理置罚级长在",
    "部": "门委署分队长级",
    "颗": "",
    "棵": "",
    "株": "",
    "支": "持付出撑部行柱援",
    "只": "有能要需减增见是",
    "头": "部",
    "列": "入为",
    "例": "如外",
    "宗": "旨教",
    "笔": "",
    "间": "接隔",
    "层": "次级面",
    "轮": "值岗",
    "款": "项",
    "门": "类槛店户",
    "册": "",
    "幅": "度",
    "席": "",
    "床": "",
    "艇": "",
    "枚": "",
    "届": "",
    "类": "似型",
    "单": "位元一独个",
    "套次": "",
    "件次": "",
    "人天": "",
    "学时": "",
    "课时": "",
    "标准箱": "",
    "机架": "",
    "标准机架": "",
    "个标准机架": "",
    "名额": "",
    "个名额": "",
    "期": "间限末初货",
    "字": "号样典段符",
    "页": "",
    "班": "组子",
    "市场主体": "",
    "份": "额",
    "对": "",
    "组": "织建成合团长",
}
#: measured things, kind "other"
MEASURES = [
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "公里",
    "千米",
    "海里",
    "米",
    "厘米",
    "毫米",
    "微米",
    "纳米",
    "英寸",
    "公顷",
    "亩",
    "吨",
    "公斤",
    "千克",
    "克",
    "毫克",
    "微克",
    "斤",
    "升",
    "毫升",
    "千瓦时",
    "千瓦",
    "兆瓦时",
    "兆瓦",
    "吉瓦时",
    "吉瓦",
    "瓦",
    "千伏安",
    "千伏",
    "岁",
    "周岁",
    "摄氏度",
    "℃",
    "分贝",
    "分",
    "度",
    "立方",
    "方",
    "桶",
    "卡",
    "公里/小时",
]
_LETTERS = {
    "km²": "平方公里",
    "㎡": "平方米",
    "m²": "平方米",
    "m³": "立方米",
    "km": "公里",
    "kW": "千瓦",
    "MW": "兆瓦",
    "GW": "吉瓦",
    "kWh": "千瓦时",
    "nm": "纳米",
    "TEU": "标准箱",
    "EFLOPS": "EFLOPS",
    "PFLOPS": "PFLOPS",
}
_NOT_CHINESE = frozenset("对组份届分度方单层处间期席床班只头支字门卡斤克秒周升部页册幅张架列例")
#: characters that must not follow a unit that is no count
_NOT_BEFORE = {
    "元": "宇旦素器年月件",
    "块": "链状",
    "年": "级龄代轻份薪",
    "分": "别钟之类级支布析贝公校",
    "米": "兰其",
    "方": "面案向式法",
    "度": "假过电",
    "日": "本元均前常报",
    "周": "岁年边期围",
    "天": "然津",
    "卡": "路口车",
    "斤": "",
    "克": "服里隆",
    "亩": "",
    "升": "级至到高",
    "吨": "",
    "瓦": "斯",
}


def _table() -> dict[str, Unit]:
    units = {word: Unit(name, "money") for word, name in MONEY.items()}
    units |= {
        word: Unit(name, "duration", chinese=word not in _NOT_CHINESE) for word, name in DURATIONS.items()
    }
    units |= {word: Unit(_count(word), "count", chinese=word not in _NOT_CHINESE) for word in COUNTS}
    units |= {word: Unit(word, "other", chinese=word not in _NOT_CHINESE) for word in MEASURES}
    units |= {word: Unit(name, "other", chinese=False) for word, name in _LETTERS.items()}
    units |= {word: Unit("%", "percent") for word in ("%", "％")}
    units |= {
        "标箱": Unit("标准箱", "count"),
        "‰": Unit("‰", "percent"),
        "周岁": Unit("岁", "other"),
        "个百分点": Unit("百分点", "points"),
        "百分点": Unit("百分点", "points"),
        "个基点": Unit("基点", "points"),
        "基点": Unit("基点", "points"),
        "倍": Unit("倍", "times"),
        "成": Unit("%", "percent", 10),
    }
    return units


def _count(word: str) -> str:
    return word[1:] if word.startswith("个") and len(word) > 1 else word


UNITS: dict[str, Unit] = _table()
NOT_BEFORE: dict[str, str] = {
    **{word: follow for word, follow in COUNTS.items() if follow},
    **{word: follow for word, follow in _NOT_BEFORE.items() if follow},
    "成": "果本立功就长员为熟效都渝交套品型分组绩文渝立",
    "倍": "增",
    "人民币": "",
}

#: what a rate is per: 元/平方米•月, 万元/个
PER_WORDS = [
    "平方米",
    "立方米",
    "平方公里",
    "千瓦时",
    "千瓦",
    "瓦时",
    "公里",
    "万元",
    "亿元",
    "人次",
    "项目",
    "平台",
    "企业",
    "课时",
    "学时",
    "小时",
    "工作日",
    "标准箱",
    "品种",
    "万人",
    "年",
    "月",
    "日",
    "天",
    "人",
    "户",
    "家",
    "个",
    "件",
    "项",
    "台",
    "套",
    "亩",
    "吨",
    "瓦",
    "次",
    "辆",
    "座",
    "名",
    "篇",
    "班",
    "场",
    "张",
    "例",
    "村",
    "所",
    "条",
    "公顷",
    "升",
    "克",
    "千克",
    "公斤",
    "斤",
    "位",
    "头",
    "只",
    "米",
    "㎡",
    "种",
]


def longest_first(words: Iterable[str]) -> list[str]:
    """The words ordered so that in an alternation a longer word wins over its beginning."""
    return sorted(words, key=lambda word: (-len(word), word))
