"""Which numbers are figures about an area, when they hold and whether they are reached or aimed at.

Left out: numbers that count a text's own points (18条举措), awards and the conditions for them, windows of time, and
in policies everything that is neither a target nor a counted action of government.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.indicators import clean
from kg.extract.reading import Reading
from kg.text.dates import find_periods
from kg.text.quantities import Quantity
from kg.text.structure import Sentence

#: verbs of government whose counted objects are observations
BUILD = re.compile(
    r"建成|建设|新建|共建|创建|打造|培育|布局|遴选|选取|选出|认定|组建|引进|集聚|形成|推广|发展|孵化|新增|建立|设立|培养|实施|推进|推动|完成|开展|达到|突破|认证|吸引|新培育|备案|扶持|带动|选派|转化"
)
#: things that are counted only to order a text
_POINTS = re.compile(
    r"^的?(?:方面|层面|阶段|维度|步骤|环节|问题|原则|[\u4e00-\u9fff]{0,6}因素|类型|部分|特征|特点|角度|指标|层次|领域|要素|大类|类别|种类|举措|措施|条款|要求|任务|意见|条件|标准|例子|案例|目标|理念|模式|关键词|变量|样本"
    r"|观点|结论|理由|原因|途径|渠道|路径|机制|关系|主题|能力|板块|系统|过程|时期|字|文件|月|季度|坚持|更加|统筹|确保|新的?|整体|世纪|政策工具|节点|聚类|文本|编码|一级指标|二级指标|概念(?!验证)|范畴"
    r"|学派|假设|命题|版本|词|词汇|高频词|小组|工作组|层级|要点|必须|关键|主要|重要|核心|方向|对象|规定|以上的?$|以内|步|大|典型|群体|平方|变化|事(?!业|务|项)|件事)"
)
_DETERMINED = re.compile(
    r"(?:第|“|图|表|[一二三四五六七八九]\+|上述|以下|以上|这|该|其他|其余|两|前|每|任|某|各|等|之|“十|同)$"
)
#: 在31个省区市中列第19位: how many are ranked
_RANKED_FIELD = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:之中|当中|中|里)?(?:综合|总)?(?:排名|排|位列|位居|名列|居|列|处|位)[在于名]?(?:第|前|倒数|末位|首位)"
)
#: 产业链达到12条, 新开航线5条: what is counted in 条 and is no point of a text
_LINES = re.compile(r"(?:链|线|路|通道|专列|班列)(?:总数|数量)?(?:达到?|增至|增加到|突破|超过|近|共|已)?$")
_POINT_UNITS = frozenset(
    (
        "条",
        "类",
        "种",
        "点",
        "批",
        "批次",
        "届",
        "轮",
        "期",
        "章",
        "字",
        "页",
        "册",
        "步",
        "幅",
        "例",
        "款",
        "层",
        "部",
        "班",
        "门",
        "间",
    )
)
_CONDITION = re.compile(
    r"(?:以上|以下|以内|不足|不满|不少于|不低于|不超过|超过|达到|以上（含）)[^，。；]{0,8}的$|的(?:企业|项目|单位|个人|申请人|团队|机构|人才)$|^(?:对|凡|符合|满足|具备|若|如果?|当|每|单个|单家|同一|首次|按照?|从业|注册|年龄|连续)"
)
_AWARD = re.compile(
    r"给予|奖励|补助|补贴|资助|贴息|减免|加计扣除|最高不超过|最高|延长至|延长到|注册资本|罚款|按[^，]{0,20}(?:比例|标准)|缴纳|申报|申请|提交|不得|应当|不予|扣减|扣除|税率|收费|费率"
)
_CONDITIONS_SECTION = re.compile(r"条件|申报|申请|对象|资格|标准|程序|材料|罚则|法律责任")
_TARGET_SECTION = re.compile(r"目标|总体要求|任务|工作安排|指标|重点工作|工作重点|工作建议|开好?局|起好?步")
_REVIEW_SECTION = re.compile(r"回顾|成就|成绩|成效|进展|主要工作和|过去|基础|现状")
_SECTION_YEAR = re.compile(r"(20\d\d)年?(?:的)?(?:重点|主要|政府)?(?:工作|目标|任务)")
_OPENING = re.compile(r"开好?局|起好?步")  # of a plan: what its first year is to bring
_BY_YEAR = re.compile(r"(?:到|至)(20\d\d)年[^。]*(?:达到|建成|突破)")
#: opens what a report plans to do: 2024年，重点抓好以下工作
_AGENDA = re.compile(
    r"(?:抓好|做好|推进|完成|开展|落实)(?:以下|如下|[\d一二三四五六七八九十]+[个项方])[^。]{0,6}(?:工作|任务|重点)|(?:预期|主要|工作)目标[是为：]|(?:工作|任务)安排如下"
)
_PAST = re.compile(r"去年|上年|过去|已(?:经|有|建)|累计|同比|(?:完成|实现)了")
_YEARLY = re.compile(r"回顾|总结|工作|情况|完成|运行|任务|目标|成效|进展|指标")
#: what is to come: 今年将新增…, 计划建设…
_WILL = re.compile(
    r"(?:今年|明年|下一步|今后|未来|下半年|年内)[^，。]{0,6}(?:将|计划|拟|预计)|(?:将|计划|拟)(?:再)?(?:新增|新建|建设|培育|引进|建成|投入|安排"
    r"|选派|实施|支持|实现|完成|遴选|打造|达到|突破|布局)"
)
_UNTIL = re.compile(
    r"^(?:总体目标|主要目标|发展目标|工作目标|目标|力争)?[：，]?(?:力争)?(?:到|至)(20\d\d)年(?:底|末)?"
)
_SCORE = re.compile(r"(?:得分|评分|均分|分值|总分)$")
_INDEXED = re.compile(r"(?:指数|得分|评分|均分|水平|系数|分值|总分|强度|数)(?:总体水平|平均)?$")


def score_like(indicator: str) -> bool:
    """Whether a number without unit measures this: a score or an index."""
    return _SCORE.search(indicator) is not None or _INDEXED.search(indicator) is not None


def counts_nothing(text: str, q: Quantity) -> bool:
    """Whether the number orders the text or has no meaning of its own."""
    after = text[q.end : q.end + 12]
    before = text[max(0, q.start - 8) : q.start]
    if q.kind == "percent" and before.endswith("前"):  # 排名前1%
        return True
    if q.kind == "count":
        if (q.unit in _POINT_UNITS and not (q.unit == "条" and _LINES.search(before))) or _POINTS.match(after):
            return True
        if _RANKED_FIELD.match(text, q.end):
            return True
        if _DETERMINED.search(before) and not before.endswith("“十"):
            return not before.endswith("等")
        return q.value == 1 and text[q.number_start : q.number_end] == "一"
    if q.kind == "other" and not q.unit:
        return bool(re.search(r"[图表第\[(（=<>≤≥α-ωA-Za-z.:/]$", before)) or bool(
            re.match(r"[\]\-/]|年代|世纪|版|时代", after)
        )
    return q.kind == "ratio" or (q.kind == "other" and q.unit == "岁" and "寿命" not in text[max(0, q.start - 24) : q.start])


def is_award(reading: Reading, clause: str) -> bool:
    """Whether a clause gives, charges or asks for something, so that its numbers are no figures of an area."""
    if reading.context.kind == "report":
        return "给予" in clause or "最高" in clause
    return bool(_AWARD.search(clause)) and not re.search(
        r"(?:申请|申报|授权|受理)[总数]?量|专利申请|申报数", clause
    )


def is_condition(reading: Reading, words: str, head: str) -> bool:
    """Whether a policy's figure is the condition for something."""
    if reading.context.kind != "policy":
        return head[:1] in ("以", "按") and head[1:2] != "来"
    return bool(_CONDITION.search(words)) or clean(head).startswith(
        ("对", "凡", "符合", "每", "单个", "如果")
    )


def when_and_how(
    reading: Reading, text: str, sentence: Sentence, section: dict[tuple[str, ...], str]
) -> tuple[str, str, bool] | None:
    """`assertion`, period and whether only counted actions count; None where a sentence holds no observations.

    `section` remembers 到2025年 for the paragraphs that follow under the same title.
    """
    context = reading.context
    words = text[sentence.start : sentence.end]
    key = sentence.path[:1]
    if context.kind == "policy":
        if any(_CONDITIONS_SECTION.search(t) for t in sentence.path if t != context.title):
            return None
        in_targets = any(re.search(r"目标", t) for t in sentence.path)
        if m := _UNTIL.match(words):
            section[key] = m.group(1)
        if in_targets:
            return "planned", section.get(key, ""), False
        if re.search(r"(?:到|至)20\d\d年|力争|争取|预计|预期", words) and not re.search(
            r"给予|奖励|补助|申报", words
        ):
            return "planned", "", False
        if re.search(r"截至|截止|20\d\d年(?:底)?[，,]?(?:全[省市]|我[省市])", words) and not _AWARD.search(
            words
        ):
            return "reported", "", False
        if BUILD.search(words) and not re.search(
            r"给予|奖励|补助|应当|不得|每[家个年]|符合|条件|可以|或者", words
        ):
            return "planned", section.get(key, ""), True
        return None
    if context.kind == "report":
        found = _report(sentence, words, context.year)
        if found == ("reported", "") and section.get(sentence.path) and not _PAST.search(words):
            return "planned", section[sentence.path], False
        if _AGENDA.search(words):
            section[sentence.path] = str(context.year or "")
        return (*found, False)
    planned = bool(
        re.match(r"(?:力争|争取|预计|计划)", words)
        or _WILL.search(words)
        or re.search(
            r"(?:力争|争取)(?:到|全年|在)?[^。]*\d|(?:构建|打造|布局)[^，。]{0,24}体系，(?:即|包括)",
            words,
        )
        or any(int(m.group(1)) > (context.year or 9999) for m in _BY_YEAR.finditer(words))
    )
    return ("planned" if planned else "reported"), _heading_year(sentence), False


def _heading_year(sentence: Sentence) -> str:
    """The one year that the nearest title of a review or a plan names: 2023年工作回顾."""
    for title in reversed(sentence.path):
        years = {m for m in re.findall(r"(20\d\d)年", title)}
        if years and _YEARLY.search(title):
            return years.pop() if len(years) == 1 else ""
    return ""


@lru_cache(maxsize=256)
def _plan_years(title: str) -> str:
    """The years of the five-year plan that a title is about; "" where it names a single year too."""
    found = [p.value for p in find_periods(title)]
    return found[0] if len(found) == 1 and "/" in found[0] else ""


_SPAN_OF_YEARS = re.compile(r"五年|“?十[一二三四五]?五”?(?!个)|本届|任期|以来|时期")


def _report(sentence: Sentence, words: str, year: int | None) -> tuple[str, str]:
    top = next(
        (
            t
            for t in sentence.path
            if _TARGET_SECTION.search(t) or _REVIEW_SECTION.search(t) or _SECTION_YEAR.search(t)
        ),
        "",
    )
    if (span := _plan_years(top)) and not _OPENING.search(top) and not _REVIEW_SECTION.search(top):
        return "planned", span
    m = re.search(r"(20\d\d)年", top)
    if _REVIEW_SECTION.search(top) or (m and year and int(m.group(1)) < year):
        if year and "五年" in words:  # the five years before the report's own
            return "reported", f"{year - 5}/{year - 1}"
        if m or year is None or _SPAN_OF_YEARS.search(top):
            return "reported", m.group(1) if m else ""
        return "reported", str(year - 1)  # a yearly report looks back on the year before its own
    if top or re.match(r"(?:力争|争取)", words):
        return "planned", (m.group(1) if m else str(year or ""))
    periods = [p for p in find_periods(words) if p.value[:4].isdigit()]
    if periods and year and int(periods[0].value[:4]) < year:
        return "reported", ""
    return ("planned" if re.search(r"力争|争取", words) else "reported"), ""
