"""Diagnosed shortfalls: the clauses in which an author says that something is missing, weak or behind.

A gap is stated, not aimed at: 补齐短板 and 为解决…问题 are intentions, 存在短板 is a gap. Policies and work reports
rarely diagnose; there only sentences count that own up to a problem (仍存在…, or a section on 存在的问题).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses import split_clauses
from kg.extract.context import sentence_areas
from kg.extract.reading import Finding, Reading
from kg.text.structure import Sentence, serial_start

_VERY = r"(?:比较|相对|较为|还|仍|仍然|依然|依旧|尚|都|也|明显|十分|非常|严重|普遍|整体|总体|还是)*"
_MEND = r"(?:解决|提升|提高|加强|增强|完善|突破|破解|改善|改进|健全|优化|补齐|激发|深化|进一步|丰富|拓展|规范|强化)"
#: words that state a shortfall; the first alternatives are the most specific
_CUE = re.compile(
    rf"""(?x)
    (?:存在|有|有着|尚有|仍有|还有|具有|出现|面临)[^，；。]{{0,16}}?(?:差距|短板|缺口|弱项|不足|堵点|卡点|瓶颈|障碍|困境|流失|脱节|问题)(?!的|，?进行|和短板的)
    | (?:差距|分化|落差|失衡|缺口)(?:问题)?{_VERY}(?:较大|很大|明显|显著|大(?!小)|悬殊|拉大|扩大|突出|偏大|过大)
    | (?:是|为|成为|成了)[^，；。]{{0,14}}?(?:短板|瓶颈|弱项|软肋|掣肘)(?!的)
    | (?:短板|瓶颈|矛盾|问题|现象){_VERY}(?:突出|存在|明显|严重|凸显|显著)
    | 亟(?:待|需){_MEND} | (?:有待|尚待|仍待|还待|(?<!不)[仍尚还]需){_MEND}
    | (?:提升|改进|提高|进步|改善|发展|上升)空间(?:较大|很大|巨大|广阔|仍大) | (?:较大|很大|巨大)的?(?:提升|改进|提高|进步|改善)空间
    | (?<![不非])(?:不足)(?!以|\d|[一二三四五六七八九十百千万半之为补]|部分|之处) | 偏低|偏少|偏弱|偏小|偏慢|偏窄
    | (?:较|过于|十分|相对|比较|日益|明显|尚|仍|依然|仍然|更为|较为|基础|最){{1,3}}薄弱
    | (?:严重|相对|明显|较为|仍然|长期|普遍|发展|建设|改革|供给|比较)滞后|滞后于
    | (?:相对|明显|远远?|较为|仍|依然|整体|大大|仍然)落后(?!地区|省|国家|于?产能|城市) | 落后于
    | (?<![不得高])低于(?!\d) | (?<!可)不及(?!时|格) | 难以(?:适应|满足|有效|支撑|形成|实现|得到|发挥|获得|突破|为继|充分|完全|真正|与|在|转化|融合|承担|摆脱|保证|保障|吸引|达到)
    | 受制于人 | 大而不强 | 全而不精 | (?:仍|尚|还|依然|总体|整体|层次|水平|能力|实力|力|性|度|质量|效率|程度|意愿|率|意识|作用){_VERY}不(?:强|高|优|足|够|大)(?![，]?[^，]{{0,3}}反)
    | 不(?:够|太|尽|甚)(?:完善|健全|平衡|协调|充分|合理|匹配|顺畅|紧密|明确|规范|高|强|优|深入|到位|完备|清晰|均衡|理想)
    | (?<!从|由|和)(?:不完善|不健全|不平衡|不协调|不充分|不匹配|不顺畅|不紧密|不到位|不规范|不完备|不均衡|不对称|不清晰|不合理|不明确|不配套|不快|不优)(?!的?(?:条件|问题的?(?:解决|背景)))
    | (?:数量|占比|比重|比例|水平|程度|率|投入|规模|人数|总量|收入|能力|效益|层次|评分|得分|认可度)(?:{_VERY}(?:较|偏|过|很|太|更)|{_VERY}相对较|相对)(?:低|少|小|弱|慢) | (?:较慢|低下|严重短缺|数量少|缺位|错位|虚化|流于形式)
    | (?:优势|能力|活力|力度|动力|支撑|供给|深度|广度|经验|意识|重视|投入|协同|联系|激励|保障|覆盖|程度){_VERY}(?:不够|不足|欠缺|缺失|匮乏)
    | (?:能耗|排量|排放量?|负债率?|成本|依赖度|压力|风险){_VERY}(?:较|偏|过|很|居)(?:高|大|重) | (?:压力|波动|风险|难度)(?:不断|持续|进一步)?(?:加大|增大)
    | (?:缺乏(?!的)|缺少|匮乏|欠缺|短缺|紧缺|缺失|稀缺)(?!的|人才|专业|岗位)
    | (?:人才|资源|资金|项目|成果|企业|人口)(?:外流|流失|断层) | 呈?现?(?:负值|负增长)
    | (?:受到|遭受|遭遇|面临着?)[^，；。]{{0,14}}(?:限制|打压|封锁|制约|约束|束缚|困难|短缺)
    | 被[^，；。]{{0,14}}“?卡脖子 | (?:严重|极大|仍然?|成为|主要|共同)(?:地)?(?:制约|阻碍|限制|束缚|影响)(?:了|着|其|我|企|创|科|高|发|产|成|因)
    | (?:过度|高度|严重|过于|主要(?:还是|仍)?)(?:依赖|依靠|靠)(?:于|传统|进口|国外|政府|投资|要素|外)
    | (?:仍|尚|还|都|均|仍旧|依然)(?:未|没有|不)(?:能|达到|形成|建立|完全|得到|充分|真正|摆脱|实现|从?根本|完善|出台|明确|涉及|解决) | 未能(?:真正|充分|有效|得到|形成|完全|实现|很好)
    | (?:同质化|碎片化|形式化|行政化|功利化|空心化|短期化){_VERY}(?:严重|明显|突出|现象|倾向|竞争) | (?:融资|转化|落地|招人|引才|留才|申请)(?:难|贵)(?:、|，|$|问题)
    """
)
#: a clause that aims at mending states no gap
_AIM = re.compile(
    r"^(?:为了?|以便|以期|旨在|针对|围绕)(?!此)|(?:解决|破解|突破|破除|补齐|补上|补强|弥补|消除|缓解|克服|缩小|打通|攻克|化解|避免|防止|防范|扭转|"
    r"着力|努力|聚焦|整治|清理|纠正|杜绝|遏制|改变|打破|减少|填补|找准|查找|摆脱|分析|探求|探讨|梳理|研究|讨论|识别|判断)[^，；。]*$"
)
_PURPOSE_SENTENCE = re.compile(r"^(?:为了?|针对)(?!此|何)[^，]*，")
_HYPOTHESIS = re.compile(r"如果|假如|倘若|一旦|是否|无论|不论|即使|只要|若(?!干)|[吗?？]|当[^，]{2,20}时")
_NORM = re.compile(
    r"^(?:不得|应当|应该?|必须|不应|严禁|可以|要(?!素|求))|(?:不得|应当|不应|可以)[^，]{0,12}$"
)
_REMOVED = re.compile(
    r"(?:得到|有所|逐步|基本|已经?|大幅)(?:了)?(?:有效|明显|显著|较大|基本|初步|根本)*(?:的)?(?:缓解|改善|解决|缩小|扭转|消除)|不存在|没有差距|不再"
)
#: in official texts only an admission counts
_ADMITS = re.compile(
    r"仍?(?:然|旧)?(?:还|仍|也|依然)(?:面临|存在|有)|清醒(?:地)?(?:看到|认识)|不容忽视|存在[^，]{0,8}(?:问题|不足|短板|差距|困难)|(?:仍|依然|还|尚)(?:不|未|需|有待)"
)
_ADMITS_SECTION = re.compile(
    r"(?:存在|面临|主要)的?(?:主要)?(?:问题|不足|差距|短板|困难|挑战)|问题(?:与|和|及)?(?:不足|挑战|短板)|差距$|短板$|瓶颈"
)
_REFERENCES = re.compile(r"^参考文献|^References|^注释")
_COMPARISON = re.compile(
    r"^(?:但是?|然而|而)?，?(?:与|和|同|较|相较于|相比)[^，]{2,24}(?:相比|比较|对比)?$|^(?:但是?)?在[^，]{2,30}(?:方面|上|中|指标中|领域)$"
)
_CONJUNCTION = re.compile(
    r"(?:但是|但|然而|而且|而|且|同时|此外|另外|其次|首先|最后|第[一二三四五六]|其[一二三四五六]|不过|然|因此|所以|由于|导致|一方面|另一方面|特别是|尤其是|再次|也|并且|并|侧面)+[，：]?|说明|反映[了出]|表明了?|可见"
)
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "talent",
        re.compile(r"人才|研发人员|科研人员|高技能|院士|师资|高等教育|高校|大学|学科|劳动力|技工|队伍"),
    ),
    ("funding", re.compile(r"投入|资金|经费|融资|资本|贷款|基金|金融|财政|补贴|投资")),
    ("platform", re.compile(r"平台|实验室|载体|孵化|设施|园区|基地|研发机构|高新区")),
    (
        "output",
        re.compile(r"专利|成果|产出|绩效|知识产权|新产品|销售收入|转化|出口|设计能力|知识创造|论文|细分指标"),
    ),
    ("project", re.compile(r"项目|基础研究|攻关|核心技术|卡脖子|原始创新|科研|课题")),
    ("enterprise", re.compile(r"企业|产业|集群|市场主体|创业|公司")),
)
_NATION = re.compile(r"中国|我国|国内|国外|欧美|^“?卡脖子")


def find_gaps(reading: Reading) -> list[Finding]:
    """Gaps in reading order. Headings and reference lists are left out; spans leave out a leading 一是 or 但."""
    text = reading.shadow.text
    out: list[Finding] = []
    areas: list[tuple[str, ...]] | None = None
    for index, sentence in enumerate(reading.outline.sentences):
        if sentence.is_heading or not _CUE.search(text, sentence.start, sentence.end):
            continue
        if any(_REFERENCES.match(title) for title in sentence.path):
            continue
        if reading.context.kind != "article" and not _admits(text, sentence):
            continue
        areas = areas or sentence_areas(reading)
        for start, end in _spans(text, sentence):
            words = text[start:end]
            kind = topic(words)
            if kind == "environment":  # 远落后于先进省份: the clauses before say in what
                kind = topic(text[max(sentence.start, start - 40) : start])
            area = "全国" if _NATION.search(words) else "、".join(areas[index])
            out.append(Finding("gap", start, end, "gap-cue", {"topic": kind}, area, "reported"))
    return out


def topic(words: str) -> str:
    """What is short: the most telling kind of resource named; `environment` where none is."""
    return next((name for name, pattern in _TOPICS if pattern.search(words)), "environment")


def _admits(text: str, sentence: Sentence) -> bool:
    if any(_ADMITS_SECTION.search(title) for title in sentence.path):
        return True
    return bool(_ADMITS.search(text, sentence.start, sentence.end))


def _spans(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The clauses that state a gap; a comparison before and short clauses after (认可度不高) go with them."""
    begin = serial_start(text, sentence.start, sentence.end)
    if _HYPOTHESIS.search(text, begin, sentence.end) or _PURPOSE_SENTENCE.match(text, begin, sentence.end):
        return
    spans: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for start, end in split_clauses(text, begin, sentence.end):
        if not states_gap(text[start:end]):
            previous = (start, end)
            continue
        if spans and spans[-1][1] + 1 == start and end - start <= 8:
            spans[-1] = (spans[-1][0], end)
        elif previous and previous[1] + 1 == start and _COMPARISON.match(text[previous[0] : previous[1]]):
            spans.append((previous[0], end))
        else:
            spans.append((start, end))
        previous = None
    for start, end in spans:
        m = _CONJUNCTION.match(text, start, end)
        if m and end - m.end() >= 4:
            start = m.end()
        yield start, end


def states_gap(clause: str) -> bool:
    """Whether a clause says that something falls short, rather than aiming to mend it."""
    if _NORM.search(clause) or _REMOVED.search(clause) or len(clause) < 5:
        return False
    return any(not _AIM.search(clause[: m.start()]) for m in _CUE.finditer(clause))
