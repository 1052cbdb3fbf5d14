"""Diagnosed shortfalls: the clauses in which an author says that something is missing, weak or behind.

A gap is stated, not aimed at: 补齐短板 and 为解决…问题 are intentions, 存在短板 is a gap. Policies and work reports
rarely diagnose; there only sentences count that own up to a problem (仍存在…, or a section on 存在的问题).
"""

from __future__ import annotations

import re

from kg.extract.clauses import split_clauses
from kg.extract.context import sentence_areas
from kg.extract.gap_cues import FIGURE, cues, families_by_sentence
from kg.extract.reading import Finding, Reading
from kg.text.patterns import each
from kg.text.structure import Sentence, serial_start

#: a clause that aims at mending states no gap
_AIM = re.compile(
    r"^(?:为了?|以便|以期|旨在|针对|围绕)(?!此)|(?:解决|破解|突破|破除|补齐|补上|补强|弥补|消除|缓解|克服|缩小|打通|攻克|化解|避免|防止|防范|扭转|"
    r"着力|努力|聚焦|整治|清理|纠正|杜绝|遏制|改变|打破|减少|填补|找准|查找|摆脱|盘活|整合|淘汰|处置|避开|规避|应对|帮助|支持|扶持|鼓励|降低|减轻|化解|探求|探讨|梳理"
    r"|(?:^|[本此该]?文章?|将|来|深入|进一步|逐一|加强|重点|系统)(?:研究|分析|讨论|识别|判断))[^，；。]*$"
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
    each(("还", "仍", "也", "依然"), "(?:面临|存在|有)")
    + r"|清醒(?:地)?(?:看到|认识)|不容忽视|存在[^，]{0,8}(?:问题|不足|短板|差距|困难)|"
    + each(("仍", "依然", "还", "尚"), "(?:不|未|需|有待)")
)
_ADMITS_SECTION = re.compile(
    r"(?:存在|面临|主要)的?(?:主要)?(?:问题|不足|差距|短板|困难|挑战)|问题(?:与|和|及)?(?:不足|挑战|短板)|差距$|短板$|瓶颈"
)
_REFERENCES = re.compile(r"^参考文献|^References|^注释")
_COMPARISON = re.compile(
    r"^(?:但是?|然而|而)?，?(?:与|和|同|较|相较于|相比)[^，]{2,24}(?:相比|比较|对比)?$|^(?:但是?)?在[^，]{2,30}(?:方面|上|中|指标中|领域)$"
)
_CONJUNCTION = re.compile(
    r"(?:但是|但|然而|而且|而|且|同时|此外|另外|其次|首先|最后|第[一二三四五六]|其[一二三四五六]|不过|然|因此|所以|由于|导致|一方面|另一方面|特别是|尤其是|再次|也|并且|并)+[，：]?|说明|反映[了出]|表明了?|可见"
)
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "talent",
        re.compile(
            r"人才|研发人员|科研人员|高技能|(?:科研|青年|研发|技术|专业)人员|院士|师资|高等教育|高校|大学|学科|劳动力|技工|队伍|科研力量|博士|硕士|专家|科学家|工程师|经纪人|经理人|特派员|带头人|招工|用工|引才|留才"
        ),
    ),
    ("funding", re.compile(r"投入|资金|经费|融资|资本|贷款|基金|金融|财政|补贴|投资")),
    (
        "platform",
        re.compile(
            r"平台|实验室|载体|孵化|设施|园区|基地|研发机构|高新区|(?:检测|检验|服务|中介|转移|转化)机构|仪器|装置|中试|众创|数据库|基础设施"
        ),
    ),
    (
        "output",
        re.compile(r"专利|成果|产出|绩效|知识产权|新产品|销售收入|转化|出口|知识创造|论文"),
    ),
    ("project", re.compile(r"项目|基础研究|攻关|核心技术|卡脖子|原始创新|科研|课题")),
    ("enterprise", re.compile(r"企业|产业|集群|(?:市场|创新|经营)主体|创业|公司")),
)
_NATION = re.compile(r"中国|我国|国内|国外|欧美|^“?卡脖子")


def find_gaps(reading: Reading) -> list[Finding]:
    """Gaps in reading order. Headings and reference lists are left out; spans leave out a leading 一是 or 但."""
    text, sentences = reading.shadow.text, reading.outline.sentences
    out: list[Finding] = []
    areas: list[tuple[str, ...]] | None = None
    official = reading.context.kind != "article"
    for index, families in families_by_sentence(text, sentences).items():
        sentence = sentences[index]
        run_in = (
            sentence.is_heading
            and index + 1 < len(sentences)
            and sentences[index + 1].block == sentence.block
        )
        if (sentence.is_heading and not run_in) or (official and not _admits(text, sentence)):
            continue
        spans = _spans(text, sentence, families)
        if not spans or any(_REFERENCES.match(title) for title in sentence.path):
            continue
        areas = areas or sentence_areas(reading)
        for start, end in spans:
            words = text[start:end]
            kind = topic(words)
            if kind == "environment":  # 远落后于先进省份: the clauses before say in what
                kind = topic(text[max(sentence.start, start - 40) : start])
            for area in ("全国",) if _NATION.search(words) else areas[index]:
                out.append(Finding("gap", start, end, "gap-cue", {"topic": kind}, area, "reported"))
    return out


def topic(words: str) -> str:
    """What is short: the most telling kind of resource named; `environment` where none is."""
    return next((name for name, pattern in _TOPICS if pattern.search(words)), "environment")


def _admits(text: str, sentence: Sentence) -> bool:
    if any(_ADMITS_SECTION.search(title) for title in sentence.path):
        return True
    return bool(_ADMITS.search(text, sentence.start, sentence.end))


def _spans(text: str, sentence: Sentence, families: int) -> list[tuple[int, int]]:
    """The clauses that state a gap; a comparison before and short clauses after (认可度不高) go with them."""
    begin = serial_start(text, sentence.start, sentence.end)
    clauses = split_clauses(text, begin, sentence.end)
    stated = [states_gap(text[start:end], families) for start, end in clauses]
    if not any(stated) or _HYPOTHESIS.search(text, begin, sentence.end):
        return []
    if _PURPOSE_SENTENCE.match(text, begin, sentence.end):
        return []
    spans: list[tuple[int, int]] = []
    previous: tuple[int, int] | None = None
    for n, (start, end) in enumerate(clauses):
        if not stated[n] and not (spans and _low_figure(text[start:end])):
            previous = (start, end)
            continue
        if spans and spans[-1][1] + 1 == start and end - start <= 8:
            spans[-1] = (spans[-1][0], end)
        elif previous and previous[1] + 1 == start and _COMPARISON.match(text[previous[0] : previous[1]]):
            spans.append((previous[0], end))
        else:
            spans.append((start, end))
        previous = None
    out = []
    for start, end in spans:
        m = _CONJUNCTION.match(text, start, end)
        out.append((m.end(), end) if m and end - m.end() >= 4 else (start, end))
    return out


def states_gap(clause: str, families: int = -1) -> bool:
    """Whether a clause says that something falls short, rather than aiming to mend it.

    `families` narrows the search to those families of cues (a bit mask).
    """
    if len(clause) < 5:
        return False
    stated = any(not _AIM.search(clause[:at]) for at in cues(clause, families))
    return stated and not _NORM.search(clause) and not _REMOVED.search(clause)


def _low_figure(clause: str) -> bool:
    """从业者不足200人 behind a shortfall is one too: the thing that is too few is named with it."""
    m = FIGURE.search(clause)
    return m is not None and m.start() >= 3 and not _NORM.search(clause)
