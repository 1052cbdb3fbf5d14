"""Clauses of a sentence and the verbs that open them.

A provision opens with a verb that commits somebody to something (给予, 支持, 设立, 实施, 完善 …) and an object that is
a thing, not an aim (机制, 平台, 计划 … against 水平, 活力, 格局 …). Verbs and weights are data
(`sources/lexicons/measure_verbs.tsv`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.rulefile import read_number, read_rows
from kg.resources import data_dir
from kg.text.patterns import at_end, each

#: sums and rights that somebody is given
GRANT = re.compile(
    r"给予|予以|奖励|奖补|补助(?!资金管理)|资助|补贴|贴息|补偿|减免|免征|减征|减缴|免缴|减半|免收|返还|加计扣除|税前列支|加速折旧|减按"
    r"|发放|拨付|兑付|优惠(?:利率|费率|政策)|免费(?:提供|开放|使用)|免租|优先(?:支持|保障|推荐|安排|承担|立项|给予|享受)|可(?:以)?(?:享受|申请|获得|按)"
    "|" + each(("再", "另", "分别", "一次性", "最高", r"每[\u4e00-\u9fff]{1,2}", "直接"), "[奖补](?![励助贴])")
)
NEGATIVE = re.compile(
    r"不予|不得|严禁|禁止|取消(?!.{0,12}(?:限制|审批|门槛|要求|收费))|追回|追缴|收回|不再(?!享受.{0,4}之外)|不重复|不可重复|不能重复|暂停|处罚|罚款"
    r"|撤销|依法追究|不享受|均不|冒领|骗取|弄虚作假|违反|失信|就高不就低|从高不重复|最高额|不适用|除外$|不累计|不叠加|不纳入"
)
_ADVERBS = (
    "进一步|积极|加快|大力|着力|深入|持续|全面|全力|扎实|稳步|有序|优先|重点|探索性|探索|继续|率先|统筹|集中|前瞻|协同|共同|依法|合理|"
    "适当|充分|切实|逐步|不断|主动|努力|力争|及时|统一|分类|分级|分批|配套|严格|认真|坚决|抓好|并且|并|同时|还|也|"
    "应当|应该|应|需要|要|须|可以|可|将|拟|能够|多举措|多渠道|广泛|灵活|科学|高水平|高标准|高质量|协调|组织|研究|"
    "分(?:[一二三四五两\\d]+)批次?|共|累计|先后|已经?|各级|强力|加力|纵深|滚动|择优|定期|每年|鼓励和|支持和|引导和|鼓励|支持|引导|推动|促进|推进|加大力度|先行|牵头|联合"
)
ADVERB = re.compile(rf"(?:(?:{_ADVERBS})(?:[、和与及]?))*")
_OBLIGATION = re.compile(r"[^，]{2,40}?(?:应当|应该|要|可以|负责|须)(?!求|素|件|点|闻|务|位|道)")
STRONG_OBJECT = re.compile(
    r"(?:实验室|中心|平台|园区|产业园|基地|孵化|众创|加速器|研究院|机构|联盟|联合体|共同体|装置|设施|科学城|科技城|科创城|走廊|示范区|高新区|"
    r"工作站|学院|载体|计划|工程|行动|专项|基金|资金|券|贷款|信贷|担保|保险|贴息|补贴|奖励|制度|机制|模式|试点|政策|措施|办法|方案|规划|体系|"
    r"项目|攻关|任务|产品|业务|目录|名录|名单|数据库|信息库|后备库|培育库|清单|系统|网络|专区|专板|通道|窗口|渠道|名额|编制|职称|落户|审批|流程|手续|程序|"
    r"用地|厂房|用房|仪器|设备|企业|人才|团队|工程师|科学家|院士|经纪人|经理人|特派员|服务|活动|大赛|改革|车间|工厂|场景|投入|经费|投资|税|费用|标准|"
    r"权|园|库|池|站|群|矩阵|银行|组织|队伍|布局|学科|高校|院所|大学|收费|费率|额度|比例|比重|上限|年限|范围|力度|板)"
)
strong_end = at_end(STRONG_OBJECT.pattern + "$")
weak_head = at_end(
    r"(?:水平|能力|发展|优势|力量|成效|质量|作用|环境|氛围|融合|创新|突破|支撑|活力|动能|格局|生态|竞争力|影响力|需求|效益|现象|意识|规律|导向|"
    r"地位|潜力|潜能|高地|强省|强市|转型|升级|增长|提升|振兴|动力|重任|步伐|关系|价值链|循环|开放|空间|特色|品牌|名片|质效|供给|链条|重大技术|"
    r"效率|成功率|有效性|积极性|问题|责任|监管|监督|管理|落实|协调|衔接|对接|统筹|领导|安全|稳定|公平|规范|考核|宣传|评价|一体化|现代化|优化|壮大|集聚|互动|共享|结合|治理|保护)$"
)
_TAIL = re.compile(r"(?:等(?:工作|内容|方面|领域)?|建设|工作|（[^（）]*）|专项)+$")
_TAIL_ENDS = frozenset("等作容面域设）项")
QUOTED = re.compile(r"“[^”]{2,24}”|《[^》]+》")
COUNTED = re.compile(r"[\d,.一二三四五六七八九十百千两](?:[余多]?[个家项所名人座条户批支类]|(?<=一)以上)")


def without_tail(words: str) -> str:
    """`words` without what closes them and tells nothing of the object: 体系建设等工作 is about 体系."""
    return _TAIL.sub("", words) if words[-1:] in _TAIL_ENDS else words


@lru_cache(maxsize=1)
def verb_table() -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    path = data_dir("sources") / "lexicons" / "measure_verbs.tsv"
    table: dict[str, tuple[str, float]] = {}
    for number, row in read_rows(path, ("id", "class", "weight", "verbs", "label_zh", "label_en")):
        for verb in row["verbs"].split("|"):
            table.setdefault(verb, (row["class"], read_number(path, number, row["weight"])))
    longest_first = sorted(table, key=lambda v: (-len(v), v))
    return re.compile("|".join(map(re.escape, longest_first))), table


_MARKS = re.compile(r"[，：（《“〔）》”〕]")


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open spans between the commas and colons of text[start:end] that no bracket or quotation encloses."""
    spans = []
    depth = 0
    cursor = start
    for m in _MARKS.finditer(text, start, end):
        c = m.group()
        if c in "（《“〔":
            depth += 1
        elif c in "）》”〕":
            depth = max(0, depth - 1)
        elif depth == 0:
            if cursor < m.start():
                spans.append((cursor, m.start()))
            cursor = m.end()
    if cursor < end:
        spans.append((cursor, end))
    return spans


_REPORTING = re.compile(r"[^，]*?(?:明确提出|提出|规定|明确|要求)了?(?!的)")


def _after_subject(clause: str, pattern: re.Pattern[str]) -> list[int]:
    """Offsets in a clause at which a verb may stand behind its subject."""
    found = []
    if m := _REPORTING.match(clause):
        found.append(m.end())
    for m in _SUBJECT_END.finditer(clause[:60]):
        at = m.end()
        stop = ADVERB.match(clause, at).end()  # type: ignore[union-attr]
        if pattern.match(clause, stop) or stop > at + 1:
            found.append(at)
            break
    return found


_SUBJECT_END = re.compile(
    r"(?:省市|省份|省|市|区|县|州|国家|人民政府|政府|部门|办公室|公司|集团|机构|银行|协会|大学|高校|院所|企业|人员|》|”|文件|时|要点|全市|全省|全国|本市|我省)(?:等)?(?=[\u4e00-\u9fff“])"
)


#: what opens a clause: the verb's class and weight, the verb, what follows it
Opening = tuple[str, float, str, str]


@lru_cache(maxsize=4096)
def opening(clause: str) -> Opening | None:
    """The verb that opens a clause: at its start, behind adverbs, or behind a subject that is obliged.

    Returns its class, weight, the verb and what follows it; None where no verb of the table opens the clause.
    """
    pattern, _ = verb_table()
    best = _verb_at(clause, 0)
    starts = [m.end()] if (m := _OBLIGATION.match(clause)) else []
    led_only = best is not None and best[2] in _LEADING and not pattern.match(clause, ADVERB.match(clause).end())  # type: ignore[union-attr]
    if best is None or led_only:
        starts += _after_subject(clause, pattern)
    for at in starts:
        found = _verb_at(clause, at)
        if found and (best is None or found[1] > best[1]):
            best = found
    if best is None and (m := _SERVES.match(clause)):
        return "support", 2.0, m.group("verb"), clause[m.end() :]
    return best


_LEADING = ("支持", "鼓励", "引导")


def _verb_at(clause: str, at: int) -> Opening | None:
    """The verb behind the adverbs that begin at `at`, or what of `_LEADING` is among them."""
    pattern, table = verb_table()
    stop = ADVERB.match(clause, at).end()  # type: ignore[union-attr]
    adverbs = clause[at:stop]
    led = next((v for v in _LEADING if v in adverbs), "") if adverbs else ""
    if m := pattern.match(clause, stop):
        kind, weight = table[m.group()]
        if not led or kind == "support":
            return kind, weight, m.group(), clause[m.end() :]
        stop = m.end()
    return ("support", 2.4, led, clause[stop:]) if led else None


#: 为2000家企业提供融资支持: the verb stands behind whom it serves
_SERVES = re.compile(r"(?:为|向|对|面向)[^，]{2,40}?(?P<verb>提供|发放|投放|开放|减免|实行|实施|推行)")
