"""Measures and recommendations: one for each provision that a sentence makes.

A sentence is cut into clauses; clauses that open a provision start a measure, conditions before it and sums after it
belong to it, aims and slogans do not. What the measure gives, to whom and through what is read by
`kg.extract.attributes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import GRANT, NEGATIVE, Clause, classify, split_clauses
from kg.extract.context import sentence_areas
from kg.extract.reading import Finding, Reading
from kg.text.structure import Sentence, serial_start

#: a clause scores at least this to open a provision
OPENS = 1.7
_SKIPPED_SECTION = re.compile(
    r"指导思想|总体思路|基本原则|总体原则|申报(?:条件|材料|资料|程序|要求|时间|流程|方式|对象|范围)|申请(?:材料|条件|程序|流程)|受理|附\s?则|附件|附表|监督(?:管理|检查)|"
    r"法律责任|罚则|资金(?:申报|拨付)|名词解释|参考文献|摘要|关键词|组织(?:保障|领导|实施)|联系(?:人|方式)|注意事项|工作要求|文献综述|研究(?:方法|设计|假设)|理论|概述|概念"
)
_TARGET_SECTION = re.compile(r"(?:发展|主要|工作|总体|预期|具体)目标|目标(?:任务)?$|主要(?:预期)?(?:目标|指标)")
_PAST_SECTION = re.compile(r"回顾|过去(?:的)?一年|过去五年|工作成效|取得(?:的)?成(?:绩|效|就)|完成情况|发展情况|基本情况|主要做法")
_NEXT_SECTION = re.compile(r"(?:今年|20\d\d年|下一步|下步|明年).{0,14}(?:工作|任务|安排|打算|部署|重点|目标|建议)|工作安排|重点(?:工作|任务)|主要任务|目标任务|时期")
_ADVICE_SECTION = re.compile(r"建议|对策|启示|路径|展望|思考|优化策略|解决策略|改进")
_DUTY = re.compile(r"负责|会同|配合|按照职责|职责分工|牵头单位|责任单位|各(?:地|县|市|部门|单位).{0,12}(?:要|应).{0,12}(?:高度重视|加强领导|抓好落实)")
_DEFINES = re.compile(r"^(?:本(?:办法|意见|条例|规定|细则|通知|措施|政策)|前款|所称|是指|上述|文中|其中所).{0,24}(?:所称|是指|适用|包括|指|自.{0,12}起)")
_CONDITION = re.compile(
    r"^(?:对|凡|新|首次|首获|初次|当年|年度|自|符合|经|在(?!全国|全省|全市)|以|针对|面向|列入|获得|获|入选|通过|参加|参与|被|每|企业|单个|上一?年度|纳入|"
    r"每年|从|根据|按照|按|因|如|若|属于|由|将|引进|引入|依托|立足|围绕|为|国家|省|各|投资|年)|的$|后$|时$|起$|前提下$|基础上$|者$|以上$|以内$"
)
_CONTINUES_SUM = re.compile(
    r"^(?:最高|最低|最多|单个|单项|每|累计|同一|其中|总额|期限|连续|分别|再|另|按|给予|对其|补助|奖励|资助|补贴|贴息|一次性|不超过|且|前|后|第[一二三四五]年|三年|由|所需|即|标准|额度|可|全额)"
)
_SUM = re.compile(r"\d[\d,.]*\s*(?:万|亿|百万|千)?(?:元|美元)|\d[\d.]*\s*(?:%|‰|个百分点)|[一二三四五六七八九十百]+万元|全额|百分之")


@dataclass(frozen=True, slots=True)
class _Unit:
    start: int
    end: int
    score: float
    awarded: bool


def find_measures(reading: Reading) -> list[Finding]:
    """Measures and recommendations of a document, spans in shadow offsets; values still without attributes.

    Rules: `measure-award` (a sum or right is granted), `measure-verb` (a verb of support and its object),
    `recommendation-verb`.
    """
    out: list[Finding] = []
    areas = sentence_areas(reading)
    text = reading.shadow.text
    law = reading.context.policy.endswith(("条例", "法"))
    sentences = reading.outline.sentences
    for n, s in enumerate(sentences):
        if s.is_heading and not (law and reading.outline.blocks[s.block].kind == "paragraph"):
            continue
        mode = _mode(reading, s, areas[n])
        if mode is None or _is_topic_sentence(reading, n):
            continue
        start = serial_start(text, s.start, s.end)
        if _DEFINES.match(text[start : start + 40]) or text.startswith(("（责任单位", "（牵头", "责任单位", "牵头单位"), start):
            continue
        for unit in _units(text, start, s.end, reading.context.kind):
            if _DUTY.search(text[unit.start : unit.end]) and not unit.awarded:
                continue
            kind = "recommendation" if mode == "recommended" else "measure"
            rule = "measure-award" if unit.awarded else f"{kind}-verb"
            for area in areas[n]:
                out.append(Finding(kind, unit.start, unit.end, rule, {}, area, _assertion(mode, text, unit)))
    return out


def _mode(reading: Reading, s: Sentence, areas: tuple[str, ...]) -> str | None:
    """The assertion mode of a sentence's provisions, None where it makes none."""
    kind = reading.context.kind
    path = s.path[-2:] if len(s.path) > 1 else s.path
    titles = " ".join(path)
    body = reading.text(s)
    if kind == "policy":
        if s.path and any(_SKIPPED_SECTION.search(t) and len(t) < 25 for t in path):
            return None
        if body.startswith("《") and re.match(r"《[^》]+》(?!已经|的|经|等|和|、|（)", body):
            return "reported"
        if _TARGET_SECTION.search(titles):
            return "planned"
        return "in_force"
    if kind == "report":
        whole = " ".join(s.path)
        if _PAST_SECTION.search(whole):
            return "reported"
        if _NEXT_SECTION.search(whole):
            return "planned"
        return None
    if _SKIPPED_SECTION.search(titles):
        return None
    if any(_ADVICE_SECTION.search(t) for t in s.path[1:] or s.path):
        return "recommended"
    if re.search(r"(?:亟需|亟待(?!解决)|需要|应当?|建议|要(?=切实|积极|加快|进一步|推动|强化)|必须)", body) and not re.search(r"反映|说明", body):
        return "recommended"
    if _speaks_of_policy(reading, s, areas, body):
        return "reported"
    return None


def _speaks_of_policy(reading: Reading, s: Sentence, areas: tuple[str, ...], body: str) -> bool:
    """In an author's text a provision is reported of somebody: a policy or a place is named or carried on."""
    if "《" in body or re.search(r"“[^”]*\d+条”", body):
        return True
    if areas and areas != ("全国",):
        return bool(re.search(r"实施|支持|鼓励|引导|推动|开展|设立|建设|探索|出台|给予|强化|构建|推进|布局|加速|优化|减轻|完善|提供|综合运用", body))
    return False


def _is_topic_sentence(reading: Reading, n: int) -> bool:
    """A short first sentence without comma, figure or obligation names what its paragraph is about (ruling 1)."""
    s = reading.outline.sentences[n]
    sentences = reading.outline.sentences
    body = reading.text(s)
    serial = serial_start(reading.shadow.text, s.start, s.end) > s.start
    follows = n + 1 < len(sentences) and sentences[n + 1].block == s.block
    first = n == 0 or sentences[n - 1].block != s.block or sentences[n - 1].is_heading
    if not follows or not (first or serial):
        return False
    if re.search(r"[，\d“]|应当|可以|给予|本[市省区县]|人民政府", body):
        return serial and len(body) < 26 and not re.search(r"\d", body)
    return len(body) <= (24 if serial else 20)


def _units(text: str, start: int, end: int, kind: str) -> list[_Unit]:
    clauses = [classify(text, a, b) for a, b in split_clauses(text, start, end)]
    if not clauses or (NEGATIVE.search(text, start, clauses[0].end) and not any(c.granted for c in clauses[1:])):
        return []
    units: list[_Unit] = []
    pending: int | None = None
    for i, c in enumerate(clauses):
        body = text[c.start : c.end]
        if c.score <= -3:
            pending = None
            continue
        summed = bool(c.granted and _SUM.search(body)) or bool(c.granted and re.search(r"给予|免征|减免|减征|加计扣除|优先|可(?:以)?|予以|奖励", body))
        if units and units[-1].awarded and pending is None and (
            _CONTINUES_SUM.match(body) or c.granted and not body.startswith(("对", "凡"))
        ) and (c.granted or _SUM.search(body)):
            units[-1] = _Unit(units[-1].start, c.end, units[-1].score, True)
            continue
        if summed:
            begin = pending if pending is not None else c.start
            if units and not units[-1].awarded and units[-1].end <= begin and _leads_to(units[-1], begin, text):
                begin = units.pop().start
            units.append(_Unit(begin, c.end, c.score, True))
            pending = None
        elif c.score >= OPENS:
            begin = pending if pending is not None and _binds(text[pending : c.start]) else c.start
            units.append(_Unit(begin, c.end, c.score, False))
            pending = None
        elif _CONDITION.search(body):
            pending = c.start if pending is None else pending
        elif units and units[-1].awarded and _SUM.search(body):
            units[-1] = _Unit(units[-1].start, c.end, units[-1].score, True)
        elif not body.startswith(("且", "并", "或", "及", "（")):
            pending = None if c.verb_class else pending
    return units


def _leads_to(unit: _Unit, begin: int, text: str) -> bool:
    """支持企业建设研发机构，对认定为省级的给予50万元: the first clause only names the matter."""
    return begin - unit.end <= 1 and not GRANT.search(text, unit.start, unit.end) and unit.end - unit.start < 24


def _binds(condition: str) -> bool:
    """Conditions belong to the provision after them, purposes and circumstances do not."""
    return bool(re.match(r"对|凡|在|符合|针对|面向|经|依托|以.{2,40}(?:依托|平台)|立足|因|将", condition))


def _assertion(mode: str, text: str, unit: _Unit) -> str:
    if mode == "in_force" and re.search(r"(?:我[市省区县]|本[市省区县]|全[市省])将(?!.{0,20}纳入)", text[unit.start : unit.end]):
        return "planned"
    return mode
