"""Measures and recommendations: one for each provision that a sentence makes.

A sentence is cut into clauses and `kg.extract.clause_model` judges which open a provision and which go on with it.
This module decides where provisions are looked for at all, and in which mode they are asserted; what a provision
gives, to whom and through what is read by `kg.extract.attributes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extract.clause_model import Setting, is_condition, judge_all
from kg.extract.clauses import COUNTED, GRANT, NEGATIVE, split_clauses
from kg.extract.context import sentence_areas
from kg.extract.lead_ins import is_lead_in
from kg.extract.reading import Finding, Reading
from kg.text.literals import Signs
from kg.text.pairs import Joined
from kg.text.structure import Sentence, serial_start

_SKIPPED_SECTION = re.compile(
    r"指导思想|总体思路|基本原则|总体原则|申报(?:条件|材料|资料|程序|要求|时间|流程|方式|对象|范围)|申请(?:材料|条件|程序|流程)|受理|附\s?则|附件|附表|监督(?:管理|检查)|"
    r"法律责任|罚则|资金(?:申报|拨付)|名词解释|参考文献|摘要|关键词|联系(?:人|方式)|注意事项|文献综述|研究(?:方法|设计|假设)|理论|概述|概念"
)
_TARGET_SECTION = re.compile(r"(?:发展|主要|工作|总体|预期|具体)目标|目标(?:任务)?$|主要(?:预期)?(?:目标|指标)")
_PAST_SECTION = re.compile(r"回顾|过去(?:的)?一年|过去五年|工作成效|取得(?:的)?成(?:绩|效|就)|完成情况|发展情况|基本情况|主要做法")
_NEXT_SECTION = re.compile(
    r"(?:今年|20\d\d年|下一步|下步|明年).{0,14}(?:工作|任务|安排|打算|部署|重点|目标|建议)|工作安排|重点(?:工作|任务)|主要任务|目标任务|时期"
)
_ADVICE_SECTION = re.compile(r"建议|对策|启示|路径|展望|思考|优化策略|解决策略|改进")
_DUTY = re.compile(r"^(?:[^，]{0,40}(?:负责|会同|按照职责|职责分工)|[（(]?(?:牵头|责任)(?:单位|部门))")
#: without a grant: what must be fulfilled, how a body is run, a duty of firms, a shortfall, a bare outcome
_NO_SUPPORT = re.compile(
    r"(?:应|须|应当|必须|还应|需)(?:当)?(?:还)?(?:同时)?(?:具备|具有|符合|满足)|^(?:(?!支持)[^。；])*行使[^，。；]{0,14}(?:职权|职责|权利)(?!.{0,40}支持)|履行出资人职责"
    r"|采取[^，。；“”]{2,30}(?:模式|方式)(?:设立|组建)?$|(?:仅有?|只有|仅为|尚无)\d"
    r"|^(?:(?!支持|鼓励|引导|推动|允许|[省市区县]|政府|国家|部门)[^，。；]){2,24}(?:企业|公司|单位|集团)(?:要|应当?|须)(?:根据|按照?|制[定订]|严格|结合|加强|落实|履行|建立健全)"
    r"|^(?:(?!建设|新建|培育|支持|打造|力争|引进|建成|培养|设立|实施|组建|认定|遴选|推动|新增|布局)[^，。；]){2,40}?(?:达到|达|突破)[\d.]+[^，。；的\d]{0,6}$"
)
#: a right, an exemption or an easier procedure that no verb of support announces
_RIGHT = re.compile(
    r"允许[^，。；]{2,12}(?:兼职|离岗|在职创业)|(?:可以?|允许)(?:按(?:照)?(?:有关|国家|相关|省)?规定|依法|直接|自主|优先)?(?:兼职|离岗|申报|申请|享受|参加(?:职称|评审)|破格|自主(?:决定|确定|聘用|调剂)|在职(?:创业|创办))"
    r"|(?:下放|放宽|取消|免除|豁免|赋予)[^，。；]{2,30}(?:权|权限|限制|门槛|责任|手续|审批|条件)(?:$|[，。；])"
    r"|[把将][^，。；]{2,24}权限?下放|税前(?:(?:加计)?扣除|摊销)|不设[^，。；]{0,8}(?:限制|门槛|比例)"
)
#: 有下列情形之一的，给予奖励：the items below carry the provision
_LEADS_IN = re.compile(r"(?:下列|以下|如下)[^，。；：]{0,8}(?:之一|情形|条件|标准)")
#: …，由市科技局负责兑现: who carries it out is read by `kg.extract.responsible`
_DUTY_BEHIND = re.compile(r"，(?:具体)?由(?:(?!企业|机构|银行|高校)[^，。；]){2,60}?(?:负责|牵头|组织实施|会同)[^，。；]{0,16}(?:，[^，。；]{2,30}(?:配合|参与|协助))?$")
_ONLY_DUTY = re.compile(r"(?:具体|申请|申报材料|材料)?由[^，。；]{2,60}?(?:负责|牵头|受理|组织实施)[^，。；]{0,8}(?:，[^，。；]{0,6}由[^，。；]{2,30}?(?:拨付|兑现|发放|负责))?")
_DEFINES = re.compile(
    r"^(?:本(?:办法|意见|条例|规定|细则|通知|措施|政策)|前款|所称|是指|上述|文中|其中所).{0,24}(?:所称|是指|适用|包括|指|自.{0,12}起)"
)
#: what takes back or withholds is no provision, whatever else its clause says (ruling 3)
_VETO = re.compile(
    r"不予|不再重复|应(?:当)?退[回还]|予以追回|追回|不得申[报请]|不得享受|不重复享受|负责解释|资金拨付[^，]{0,4}$|即行废止|同时废止|取消[^，]{0,8}资格|失信名单|弄虚作假|所称"
    r"|(?:每[\u4e00-\u9fff]{1,3}|分批)(?:集中)?(?:兑付|拨付|受理|申报|审核)[一两二三]次|现[^，。；]{0,20}如下|现印发给你们|对标[^，。；]{2,8}$|^(?:支持|奖励|补助)(?:强度|标准|方式|额度|对象|范围|内容|方向)$"
)
_ADVISES = re.compile(r"亟需|亟待(?!解决)|需要|应(?:当|该)|(?:^|，|[省市县区国府])应(?![用对急届收邀聘付时])(?=[\u4e00-\u9fff])|建议|要(?=切实|积极|加快|进一步|推动|强化|探索|打破|注重|重视|不断)|必须"
    r"|(?:^|[，也仍还]|同时)需(?=进一步|加[大快强]|打破|在|不断|借|持续|充分|积极|重视|完善|建立|构建)|可(?:同时|以)?充分?借鉴")
_SECTIONS = (("target", _TARGET_SECTION), ("past", _PAST_SECTION), ("advice", _ADVICE_SECTION), ("skipped", _SKIPPED_SECTION))


#: 发放补贴3亿元，惠及企业500家: how many a provision reached belongs to it
_REACHES = re.compile(r"(?:累计|共|已|直接)*(?:惠及|受益)[^，。；]{0,14}\d")


_RIGHT_SIGN, _REACHES_SIGN, _VETO_SIGN, _DUTY_SIGN = (1 << n for n in range(4))


@lru_cache(maxsize=1)
def _signs() -> Signs:
    """Tells of many sentences at once which of these patterns they may hold."""
    return Signs(_RIGHT, _REACHES, _VETO, _DUTY_BEHIND)


def find_measures(reading: Reading) -> list[Finding]:
    """Measures and recommendations of a document, spans in shadow offsets; values still without attributes.

    Rules: `measure-award` (a sum or right is granted), `measure-verb` and `recommendation-verb` (a verb of support
    and its object).
    """
    out: list[Finding] = []
    areas = sentence_areas(reading)
    text, kind_of_text = reading.shadow.text, reading.context.kind
    found = list(provision_sentences(reading, areas))
    cut = [split_clauses(text, provision_start(text, s.start, s.end), s.end) for _, s, _ in found]
    judged = judge_all(text, [(clauses, setting_of(reading, n)) for (n, _, _), clauses in zip(found, cut, strict=True)])
    signs = _signs().found(Joined([text[s.start : s.end] for _, s, _ in found]))
    for (n, s, mode), clauses, labels, may in zip(found, cut, judged, signs, strict=True):
        if mode in ("in_force", "reported") and kind_of_text != "report" and clauses and may & _RIGHT_SIGN and "open" not in labels and _RIGHT.search(text, clauses[0][0], s.end):
            labels = ["open" if _RIGHT.search(text, a, b) and not NEGATIVE.search(text, a, b) else x for (a, b), x in zip(clauses, labels, strict=True)]
        if may & _REACHES_SIGN:
            labels = ["go_on" if _REACHES.match(text, a, b) else x for (a, b), x in zip(clauses, labels, strict=True)]
        for a, b in _spans(text, clauses, _dated(text, clauses, labels)):
            if (may & _VETO_SIGN and _VETO.search(text[a:b])) or _ONLY_DUTY.fullmatch(text, a, b):
                continue
            if may & _DUTY_SIGN and (m := _DUTY_BEHIND.search(text, a, b)):
                b = m.start()
            if reading.context.policy and reading.context.title_span and a < reading.context.title_span[1]:
                continue
            awarded = GRANT.search(text, a, b) is not None
            if not awarded and _NO_SUPPORT.search(text[a:b]):
                continue
            if is_lead_in(text, a, b) or (_LEADS_IN.search(text, a, b) and text[b : b + 1] == "：" and GRANT.search(text, b, b + 80)):
                continue
            kind = "recommendation" if mode == "recommended" else "measure"
            rule = f"{kind}-award" if awarded else f"{kind}-verb"
            for area in areas[n]:
                out.append(Finding(kind, a, b, rule, {}, area, _assertion(mode, text, a, b)))
    return out


#: 《X办法》对…的企业: the source stands before what it says
_SOURCE_TITLE = re.compile(r"(?:《[^《》]*)?》(?=对|凡|企业|[上每]一?年度|单位|个人|给予|首次|新)")


def provision_start(text: str, start: int, end: int) -> int:
    """Where a sentence begins to speak, behind its number and the title of the policy it quotes."""
    start = serial_start(text, start, end)
    quoted = _SOURCE_TITLE.match(text, start, end)
    return quoted.end() if quoted else start


#: what is listed behind it must be met, and is given to nobody (ruling 3)
_ASKS = re.compile(r"(?:符合|具备|满足|达到)[^，。；：]{0,8}(?:条件|要求)[^，。；：]{0,4}$")


def provision_sentences(
    reading: Reading, areas: list[tuple[str, ...]]
) -> Iterator[tuple[int, Sentence, str]]:
    """The sentences in which a provision may stand: their number, themselves and the mode of their provisions."""
    text = reading.shadow.text
    law = reading.context.policy.endswith(("条例", "法"))
    asked = ""  # locator of 申请企业应当符合下列条件：
    advised = -1  # block in which a recommendation goes on behind ；
    for n, s in enumerate(reading.outline.sentences):
        if s.is_heading and not (law and reading.outline.blocks[s.block].kind == "paragraph"):
            continue
        body = text[s.start : s.end]
        if _DEFINES.match(body) or (_DUTY.match(body) and not GRANT.search(body)):
            continue
        if text[s.end : s.end + 1] == "：" and _ASKS.search(body):
            asked = s.locator
        elif asked and s.locator != asked and s.locator.startswith(asked):
            if not GRANT.search(body):
                continue  # what an applicant must have, item by item
        else:
            asked = ""
        mode = _mode(reading, s, areas[n])
        if mode == "reported" and reading.context.kind == "article" and advised == s.block:
            mode = "recommended"
        advised = s.block if mode == "recommended" and text[s.end : s.end + 1] == "；" else -1
        if mode is not None:
            yield n, s, mode


def setting_of(reading: Reading, n: int) -> Setting:
    """What the clause model may know of a sentence beside its words."""
    s = reading.outline.sentences[n]
    titles = " ".join(s.path[-2:] if len(s.path) > 1 else s.path)
    flags = [*_section_flags(titles)]
    if _is_topic_sentence(reading, n):
        flags.append("topic")
    if reading.context.policy.endswith(("条例", "法")):
        flags.append("law")
    return Setting(reading.context.kind, tuple(flags))


@lru_cache(maxsize=256)
def _section_flags(titles: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _SECTIONS if pattern.search(titles))


def _mode(reading: Reading, s: Sentence, areas: tuple[str, ...]) -> str | None:
    """The assertion mode of a sentence's provisions, None where it makes none."""
    kind = reading.context.kind
    path = s.path[-2:] if len(s.path) > 1 else s.path
    body = reading.text(s)
    if kind == "policy":
        if s.path and any(_SKIPPED_SECTION.search(t) and len(t) < 25 for t in path):
            return None
        if any(t.startswith("总体要求") for t in s.path) and not re.search(r"\d", body) and not _TARGET_SECTION.search(" ".join(path)):
            return None  # general aims, whatever their verbs
        if body.startswith("《") and re.match(r"《[^》]+》(?!已经|的|经|等|和|、|（)", body):
            return "reported"
        return "planned" if _TARGET_SECTION.search(" ".join(path)) else "in_force"
    if kind == "report":
        whole = " ".join(s.path)
        if _PAST_SECTION.search(whole):
            return "reported"
        return "planned" if _NEXT_SECTION.search(whole) else None
    if _SKIPPED_SECTION.search(" ".join(path)):
        return None
    if any(_ADVICE_SECTION.search(t) for t in s.path if t != reading.context.title):
        return "recommended"
    if _ADVISES.search(body) and not re.search(r"反映|说明", body):
        return "recommended"
    if "《" in body or re.search(r"“[^”]*\d+条”", body):
        return "reported"
    return "reported" if areas and (areas != ("全国",) or _NATIONAL_DEED.search(body)) else None


#: what the centre did, told of in an article: 科技部设立了…, 实施“X计划”
_NATIONAL_DEED = re.compile(
    r"(?:国务院|中央|国家[\u4e00-\u9fff]{1,8}委|[\u4e00-\u9fff]{1,6}部|中科院|基金委)[^，。；]{0,20}(?:实施|推出|设立|启动|出台|批复|批准|组织开展|下发)"
    r"|(?:实施|推出|设立|启动)了?“[^”]{2,16}(?:计划|工程|项目|行动|专项)?”"
)
_FIGURE_OR_QUOTE = re.compile(r"\d|“")
_NO_TOPIC = re.compile(r"，|应当|可以|给予|本[市省区县]|人民政府")


def _is_topic_sentence(reading: Reading, n: int) -> bool:
    """A short first sentence without comma, figure or obligation names what its paragraph is about (ruling 1)."""
    sentences = reading.outline.sentences
    s = sentences[n]
    body = reading.text(s)
    serial = serial_start(reading.shadow.text, s.start, s.end) > s.start
    follows = n + 1 < len(sentences) and sentences[n + 1].block == s.block
    first = n == 0 or sentences[n - 1].block != s.block or sentences[n - 1].is_heading
    if not follows or not (first or serial) or _FIGURE_OR_QUOTE.search(body):
        return False
    if _NO_TOPIC.search(body):
        return serial and len(body) < 26
    return len(body) <= (24 if serial else 20)


def _spans(text: str, clauses: list[tuple[int, int]], labels: list[str]) -> Iterator[tuple[int, int]]:
    """Runs of an opening clause and those that go on with it, with the conditions just before."""
    begin: int | None = None
    end = 0
    condition: int | None = None
    for (a, b), label in zip(clauses, labels, strict=True):
        if label == "open":
            if begin is not None:
                yield begin, end
            begin, end = (condition if condition is not None else a), b
            condition = None
        elif label == "go_on" and begin is not None:
            end = b
        else:
            if begin is not None:
                yield begin, end
            begin = None
            body = text[a:b]
            condition = (a if condition is None else condition) if is_condition(body) and not NEGATIVE.search(body) else None
    if begin is not None:
        yield begin, end


#: 2022年，分两批支持900家企业: what was done in a year is a provision of its own
_DATE_CLAUSE = re.compile(r"(?:截至)?[12]\d{3}年(?:上半年|底|末|以来)?")


def _dated(text: str, clauses: list[tuple[int, int]], labels: list[str]) -> list[str]:
    """The labels, with a new provision behind a bare date where the clause after it counts what was done."""
    out = list(labels)
    for i in range(len(clauses) - 1):
        if labels[i] == labels[i + 1] == "go_on" and _DATE_CLAUSE.fullmatch(text, *clauses[i]) and COUNTED.search(text, *clauses[i + 1]):
            out[i], out[i + 1] = "out", "open"
    return out


_OWN_PLANS = re.compile(r"(?:我[市省区县]|本[市省区县]|全[市省])将(?!.{0,20}纳入)")
_PLANS = re.compile(
    r"(?:今年|明年|下一步|年内|下半年)(?:[^，]{0,6})?(?:将|拟|计划)|^(?:[^，]{0,8})(?:将|拟|计划)(?=实施|建设|新建|设立|开展|投入|支持|推出|启动)|预计(?:支持|新增|建成)"
)


def _assertion(mode: str, text: str, start: int, end: int) -> str:
    """Announced intentions are planned, in a policy only where the place itself announces (我市将…)."""
    body = text[start:end]
    if mode == "in_force" and _OWN_PLANS.search(body):
        return "planned"
    if mode == "reported" and _PLANS.search(body):
        return "planned"
    return mode
