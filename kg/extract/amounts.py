"""How much a provision gives: sums, rates, caps, totals, terms and numbers of recipients, thresholds kept out.

Rulings 8 to 13, 30 and 33 of the claim contract are decided here.
"""

from __future__ import annotations

import re

from kg.extract.clauses import split_clauses
from kg.model import Amount
from kg.text.quantities import Quantity, find_quantities, parallel_runs, spread_bound

_GIVES = re.compile(
    r"给予|给(?=\d)|予以|奖励|奖补|奖金|补助|资助|补贴|贴息|补偿|扶持|资金(?:支持|扶持)|申领|发放|拨付|拨给|划拨|兑付|兑现|减免|减缴|免缴|免征|免收|减征|减按|返还|退还|抵扣|扣除|赠与|支持|安排|"
    r"(?:可|同步)?获得?(?=[^，]{0,8}\d)|(?:再|另|分别|一次性|最高|每[\u4e00-\u9fff]{1,2})(?:奖|补)|提高(?:至|到)?|降低|下调|下浮|下降|放宽|担保费率|分担|承担|优惠|确定|出资|"
    r"(?:财政|共|累计|再|新增|计划|拟|省|市|县|区|级)投入|投入(?=[\d约近超])|(?:额度|金额|规模|总额|上限|标准|年限|期限)|(?:提取|计提|留成|分成|比例|权重|加回|视同|收取)"
)
_CAPS = re.compile(r"最高|不超过|最多|不高于|上限|封顶|限额|累计|总额|以内")
_TOTAL = re.compile(
    r"总规模|规模(?:达|为|不低于|不少于|超过)?|设立[^，]{0,24}(?:资金|基金|资金池)|设立了?(?:每年)?$|(?:落实|兑现|办理)[^，]{0,16}(?:扣除|减免|退税|优惠)(?:金额|额)?(?:达|共|超)?$|每年(?:安排|设立|投入|拿出|新增)|安排[^，]{0,24}(?:资金|经费|预算|总额)|"
    r"(?:扶持|补助|资助|支持|奖励|补贴)(?:金额|资金)(?:达|共|合计|超)|累计(?:投入|安排|支持|发放|补助|兑现)|资金池|共(?:投入|安排|支持|发放|计)|总投资|合计|总额|"
    r"发放[^，]{0,24}(?:资金|补贴|贷款|券[”」]?)|(?:资金|资金池|基金|规模)达到?$|(?:投入|出资|兑现|拨付|下达|筹集|筹措)[^，]{0,10}$"
)
_TERM = re.compile(
    r"连续|期限|为期|周期|年限|延长|最长|(?:执行|存续|建设|支持|租|扶持|管理|服务|培养)期|给予[^，]{0,12}$|前$|后$|减免|免收|免租|免费|补助|补贴|奖励|支持|提供$|每年[^，]*，?共|享受"
)
_NOT_TERM = re.compile(
    r"近$|过去$|最近$|满$|起$|以来$|(?<!不)超过$|注册[^，]{0,8}$|成立[^，]{0,8}$|上$|前三$|到$|未满$|缴纳[^，]{0,6}$|工作[^，]{0,4}$|每$|已$|迁入[^，]{0,8}$|分$|对连续$|的连续$"
)
_COUNTS = re.compile(
    r"选取|遴选|评选|选派|选拔|支持|资助|建设|建成|新建|共建|创建|组建|布局|打造|培育|认定|设立|实施|引进|培养|推荐|选聘|为|惠及|发布|筹集|配备|立项|招收|奖励|兑现|名额|推出|开展|组织|评定|发展|新增|奖励总数|每年"
)
_COUNT_UNITS = frozenset("家个人名项所户支座批条件类款种处张场次期套")
_THRESHOLD_AFTER = re.compile(r"^(?:（[^）]*）)?(?:元|美元)?(?:以上|以下|及以上|及以下|以内)?(?:（[^）]*）)?的(?!(?:标准|比例|税率|费率|利率|价格|补助|奖励|补贴|资助|资金|一次性|优惠|额度|扶持|奖补|配套|支持|部分|贷款|生活|安家|购房|贴息|建设|研发|经费|科研|人员|租金|综合|工作|启动|专项|创新|担保))")
_THRESHOLD_BEFORE = re.compile(r"(?:达到?|超过|不低于|不少于|高于|满|低于|突破|增长|以上至)[^，]{0,3}$")
#: 年零售额每实现2000万元，奖励2万元: what a sum is counted by
_STEP = re.compile(r"每(?:再)?(?:增加|实现|新增|增长|完成|引进|满|突破|达到?|提高|销售|出口|投资|投入)[^，；\d]{0,6}$")
_NOTE_BEHIND = re.compile(r"（[^（）]*）$")
_BY = re.compile(r"按照?|参照|依照|以|就|依据")
_LEVELS = re.compile(
    r"优秀奖|提名奖|鼓励奖|国家级|省级|市级|区级|县级|区（县）级|世界级|国际(?:标准)?|国家(?:标准)?|行业标准|地方标准|团体标准|国内|国外|一等奖|二等奖|三等奖|特等奖|[一二三四五]等奖?|金奖|银奖|铜奖|[ABCDE]类|[一二三四五]类|[1-5]A级?|[甲乙丙]级|优秀|良好|合格|第[一二三四五]名|第[一二三]年|省|市|区|县|国家"
)
_ITEM_HEAD = re.compile(r"(?:由|对|获得?|为|的|被|认定|首次|新|列入|评为|通过|获批|纳入|入选|达到?|分|含|在|且|按|至|额|于|到|取得|牵头|主导|参与|制定|修订|建设|年度|新增)+")


def read_amounts(text: str, start: int, end: int, *, awarded: bool) -> list[Amount]:
    """Amounts of the provision text[start:end] in reading order.

    `awarded` tells a grant of sums or rights from a plain provision, whose figures are counts and totals only.
    """
    quantities = find_quantities(text, start, end)
    matched = list(_MATCHED.finditer(text, start, end)) if "配套" in text[start:end] else []
    if matched:
        quantities = [q for q in quantities if not any(m.start("a") < q.end and q.start < m.end("b") for m in matched)]
    runs = [spread_bound(run) if len(run) > 1 else run for run in _runs(text, quantities)]
    out = [_matching(m) for m in matched]
    clauses = split_clauses(text, start, end) if runs else []
    for run in runs:
        a, b = next(((x, y) for x, y in clauses if x <= run[0].start < y), (start, end))
        out.extend(_run(text, run, a, b, start, out, awarded=awarded))
    return _whole_share(text, start, end, out)


#: 按国拨经费1:1配套: for each yuan that another gives, one (or half of one)
_MATCHED = re.compile(
    r"(?:按照?|给予|以)?(?P<basis>[^，；：:按照给予以\d]{2,16}?)?(?:按照?|的|以)?(?P<a>\d+(?:\.\d+)?)[:：∶](?P<b>\d+(?:\.\d+)?)(?:的?比例)?[^，；。]{0,8}配套"
)


def _matching(m: re.Match[str]) -> Amount:
    basis = m["basis"] if m["basis"] and _SUM.search(m["basis"]) else None
    return Amount(100 * float(m["b"]) / (float(m["a"]) or 1.0), "%", "exact", "rate", basis=basis)


_SUM = re.compile(r"(?:经费|资金|额|金额|资助|补助|投资|拨款|奖励|支持)$")


def _runs(text: str, quantities: list[Quantity]) -> list[list[Quantity]]:
    """Parallel lists; the members of a ratio (4:3:2:1) are one too."""
    out: list[list[Quantity]] = []
    for run in parallel_runs(text, quantities):
        if out and text[out[-1][-1].end : run[0].start] in (":", "：", "∶") and run[0].kind == out[-1][-1].kind:
            out[-1] = [*out[-1], *run]
        else:
            out.append(run)
    return out


def _run(text: str, run: list[Quantity], a: int, b: int, start: int, before: list[Amount], *, awarded: bool) -> list[Amount]:
    role = _role(text, run[0], run[-1], a, b, start, before, awarded=awarded)
    if role is None:
        return []
    items = _items(text, run, a, start)
    out = []
    for q, item in zip(run, items, strict=True):
        bound = q.bound
        if role == "duration" and "内" in text[q.number_end : q.end + 1]:
            bound = "exact"
        if bound == "exact" and q.upper is not None:
            bound = "range"
        if role == "cap" and bound == "exact":
            bound = "max"
        out.append(
            Amount(
                q.value,
                q.unit,
                bound,
                role,
                upper=q.upper,
                per=_per(text, q, a, role),
                basis=_basis(text, q, a) if role == "rate" else None,
                of=item,
            )
        )
    return out


def _role(
    text: str, first: Quantity, last: Quantity, a: int, b: int, start: int, before: list[Amount], *, awarded: bool
) -> str | None:
    """What a figure is for, None where it is a threshold or says nothing of the support."""
    lead, tail = text[a : first.start], text[last.end : b]
    if first.kind == "duration":
        yearly = text.startswith("，每年", last.end) and lead.endswith("连续")
        return _duration_role(first, text[a : first.number_start], tail, awarded=awarded or yearly)
    if first.kind == "count" or first.unit in _COUNT_UNITS:
        return _count_role(first, lead, tail, awarded=awarded)
    if first.unit not in ("CNY", "%", "‰", "百分点", "倍", "USD"):
        return None
    if re.search(r"(?:由|从)[^，]{0,2}$", lead) and re.match(r"(?:提高|增加|上调|下调|降低|调整|提升|扩大|降)", tail):
        return None  # the old value beside the new one
    if first.unit == "%" and re.search(r"(?:首|次|第[一二三]|当|先|再|剩余|其余|余下|分别|预)[^，]{0,6}(?:拨付|拨款|兑付|兑现|支付)[^，]{0,4}$", lead):
        return None  # an instalment
    if first.unit == "%" and re.match(r"的?比例(?:分[^，]{0,4})?(?:发放|拨付|兑付|兑现|支付)", tail):
        return None
    if re.search(r"(?:企业|自筹|社会资本|单位)(?:出资|配套|自筹|投入)|自筹(?:资金|经费)|占(?:比)?[^，]{0,6}$|占[^，]{1,16}(?:比例|比重|的比)[^，]{0,4}$|比重[^，]{0,4}$|同比(?:增长|下降|提高|增加)?[^，]{0,2}$", lead[-14:]):
        return None
    written = text[first.start : first.number_start]
    capped = bool(_CAPS.search(lead[-14:] + written)) or last.bound == "max"
    gives = _GIVES.search(text, a, b)
    each = bool(re.search(r"每[\u4e00-\u9fff]{1,4}$|分别为?$|单(?:个|项)[\u4e00-\u9fff]{0,4}$", lead)) or (capped and bool(before or awarded))
    if gives is None and not (each and (before or awarded)):
        part = "其中" in lead and any(x.role == "total" for x in before)
        reached = re.search(r"突破|达到|超过", lead[-6:]) or re.match(r"[^，]{0,6}的$|以上", tail)
        return "total" if first.kind == "money" and (part or (_TOTAL.search(lead) and not reached)) else None
    if first.unit == "USD" and (gives is None or gives.start() > first.start):
        return None
    after_verb = gives is not None and gives.end() <= first.start
    if _STEP.search(lead) or _is_threshold(lead, _NOTE_BEHIND.sub("", tail), first, after_verb=after_verb, each=each):
        return None
    if first.kind == "money":
        role = _money_role(lead, before, capped=capped)
        return "total" if role == "award" and first.value >= _BEYOND_ONE else role
    return "rate"


#: yuan; nobody is given so much: it is what a programme gives in all
_BEYOND_ONE = 5e8


def _is_threshold(lead: str, tail: str, q: Quantity, *, after_verb: bool, each: bool) -> bool:
    if re.match(r"[^，]{0,14}的$", tail) and not re.search(r"给予|奖励|补助|补贴|资助|按照?|减按", lead):
        return True
    if tail.startswith("的部分") and not re.search(r"按|给予", lead):
        return True
    if re.match(r"的[^，]{0,10}(?:企业|公司|机构|单位|团队|平台|园区)(?:$|，)|(?:以上)?的(?:新增|增量|增加|超出|增长)部分", tail):
        return True
    if not after_verb and not each:
        by = _BY.search(lead[-40:])
        if _THRESHOLD_AFTER.match(tail) or not by:
            return True
        return bool(re.search(r"以上|达到?|超过|不低于", lead[-4:])) and q.kind == "money"
    if after_verb and _THRESHOLD_AFTER.match(tail) and q.bound != "max":
        return bool(re.search(r"(?:企业|单位|项目|机构|平台|园区|人才)", tail[:16]))
    return bool(re.search(r"(?:突破|达到|超过|满|高于|增长)[^，]{0,2}$", lead)) and bool(re.search(r"的$|后$|以上", tail))


def _money_role(lead: str, before: list[Amount], *, capped: bool) -> str:
    each = capped and re.search(r"(?:单个|同一|每[个家户名])[^，]{0,10}总额", lead)
    if each:
        return "cap"  # 同一申请人每年总额: a ceiling, not a fund
    if capped and re.search(r"总额[^，]{0,6}$", lead) and any(x.role in ("rate", "award") for x in before):
        return "cap"
    one = re.search(r"给予|奖励(?!资金)|每(?:个|家|件|人|户)|单[个项一户家]", lead)
    yearly = capped and "年度" in lead and any(x.role in ("rate", "award") for x in before)
    if _TOTAL.search(lead) and not one and not yearly:
        return "total"
    if "其中" in lead and before and before[-1].role == "total":
        return "total"
    if capped and re.search(r"给予", lead) and all(x.role == "total" for x in before):
        return "award"  # 设立2亿元基金，给予最高300万元投资: the fund is not what is capped
    if before and capped and any(x.role in ("rate", "award", "total") for x in before):
        return "cap"
    if re.search(r"额度?(?:可)?(?:提高|放宽|增加|达|为)?(?:至|到)?$|不超过$", lead) and re.search(r"额度|担保额|限额|信用额|赔付", lead):
        return "cap"
    if capped and re.search(r"(?:单个|每[个家户]?|同一)(?:家)?(?:企业|单位|机构)?(?:每年|年度|年)|累计|全年|年度[^，]{0,6}总|单(?:一|个)[^，]{0,6}赔付", lead):
        return "cap"
    return "award"


def _duration_role(q: Quantity, lead: str, tail: str, *, awarded: bool) -> str | None:
    if q.unit == "年" and re.match(r"的?(?:长期)?(?:使用权|经营权|独占许可)", tail):
        return "duration"  # a right of so many years
    if q.unit not in ("年", "月") or _NOT_TERM.search(lead) or "起" in lead[-6:]:
        return None
    within = _behind_within(q, tail)
    if re.match(r"分(?:期|批|年)", within or tail):
        return None  # by instalments
    if re.match(r"免|保留|减|给予|每年|享受|按", within) and (lead.endswith("在") or not re.search(r"注册|成立|认定|毕业|获得|首次", lead)):
        return "duration"
    if re.match(r"(?:有效|奖励|补助|扶持|评估|管理|建设)?(?:周期|期)内", tail) and "每年" in tail[:10]:
        return "duration"
    if re.match(r"以上|内|以内|度|期满|前|来|后(?!每)", tail):
        return None
    if not awarded and not re.search(r"免费", tail[:4]) and not re.search(r"连续(?:支持|资助|扶持|补助)|延长|(?:执行|存续|建设|支持|租|扶持|服务)期|最长|为期", lead):
        return None
    if re.match(r"[^，]{0,4}(?:进入|获得|获评|入选|盈利|增长|未|无|被)", tail):
        return None
    return "duration" if _TERM.search(lead) or re.match(r"[^，]{0,4}(?:奖励|补助|补贴|支持|期限|免|减|房租|租金)", tail) else None


def _behind_within(q: Quantity, tail: str) -> str:
    """What follows 3年内, "" where no 内 stands there."""
    return tail[tail.startswith("内") :] if tail.startswith("内") or (q.bound == "max" and q.end - q.number_end == 2) else ""


def _count_role(q: Quantity, lead: str, tail: str, *, awarded: bool) -> str | None:
    if q.unit not in _COUNT_UNITS or (q.unit in ("条", "种", "类", "批", "件", "次", "期") and not awarded):
        return None
    if re.match(r"(?:以上|以下)[^，]{0,12}的|单位以上|工作日|月|年", tail) or _THRESHOLD_BEFORE.search(lead):
        return None
    if awarded:
        named = r"支持[^，]{0,8}内$|总数|名额|照顾|遴选|支持$|资助$|评选|立项|每年不[超少]|全[年市省县]|不超过$|分.{0,4}批|惠及|覆盖|发放$|奖励[^，]{2,14}$|设(?:特|一|二|三)等奖$|等奖$|优胜奖$"
        return "count" if re.search(named, lead) and not re.search(r"对|满|达", lead[-3:]) else None
    return "count" if _COUNTS.search(lead) else None


def _per(text: str, q: Quantity, a: int, role: str) -> str | None:
    """The bare unit a sum is given for; a recipient (每家企业) is none (ruling 30)."""
    if q.per:
        return q.per
    lead = text[max(a, q.start - 22) : q.number_start]
    found = None
    for m in re.finditer(r"每(人|平方米)[•·]?每(年|月|天|日)|每(年|月|天|日)[•·]?每(人|平方米)|(?:每)(年度?|月|个项目|个品种|个产品|件|项|种|个|台|套|次|场|平方米|亩|辆|篇|桩|千瓦|间|期|款|批|部|条)(?!企业|单位|机构|家|人才|团队|园区|平台|镇|村|人)|单(品种|个项目|项目|个产品|件|台)|(?:单个企业|同一企业)?(年度|每年|年(?=(?:补助|奖励|补贴|度|累计|最高)))", lead):
        of, time = m.group(1) or m.group(4), m.group(2) or m.group(3)
        if of:
            found = f"人/{time}" if of == "人" else f"{time}•{of}"
        else:
            unit = m.group(5) or m.group(6) or "年"
            found = unit.replace("个项目", "项目").replace("个品种", "品种").replace("个产品", "个").replace("年度", "年")
    if (found == "年" and role == "rate") or (role == "cap" and found not in (None, "年", "月") and "总额" in lead):
        return None
    return found


#: words of the bound or of the reckoning before what a share is a share of
_BOUND_WORDS = re.compile(r"^(?:按照?|参照|依照|以|(?:不|未)(?:超过?|高于|低于|少于)|(?:最|至)[高低多少]|原则上|其(?!他|中)|该)+(?=[\u4e00-\u9fff]{2})")


def _basis(text: str, q: Quantity, a: int) -> str | None:
    """What a share is a share of: 按[研发投入]的20%, 按不超过[设备投资]的20%, [收费标准]…降低30%."""
    named = _basis_words(text, q, a)
    return _BOUND_WORDS.sub("", named) or None if named else None


def _basis_words(text: str, q: Quantity, a: int) -> str | None:
    lead = text[a : q.start]
    m = re.search(r"(?:按照?|参照|依照|给予|超过|不高于|以|对其?|享受)?(?:其(?!他|中)|该)?([^，；、按照对给予]{2,28}?)的?(?:最高)?(?:不超过)?$", lead)
    if (m and lead.endswith("的")) or (m and re.search(r"的(?:最高|不超过)+$", lead)):
        return m.group(1).strip("的")
    tail = re.match(r"的?(?:比例)?(?:给予|予以)?", text[q.end : q.end + 10])
    if m := re.search(r"([^，；、的对按\d]{1,12}?(?:租金|房租|费用?|投入|投资额?|支出|利息|金额|价款|税款|收入|经费|成本))按照?(?:最高|不超过)?$", lead):
        return re.sub("^前[一二三四五两]年", "", m.group(1))
    near = re.search(r"对(?:其)?([^，；]{2,24}?)(?:，|给予|按)", text[max(0, a - 30) : q.start])
    if near and tail:
        return near.group(1)
    named = re.search(r"将([^，；]{2,16}?)(?:在|总体|再|降低)|([^，；]{2,12}?(?:费率|标准|利率|比例))(?:不超过|降低|下浮|按)?$", lead)
    return next((g for g in named.groups() if g), None) if named else None


def _items(text: str, run: list[Quantity], a: int, start: int) -> list[str | None]:
    """For each figure of a parallel list the item it belongs to (分别), else the item that its clause names."""
    if len(run) == 1:
        return [_single_item(text, run[0], a, start)]
    lead = text[start : run[0].start]
    at = lead.rfind("分别")
    zone = lead[: at if at >= 0 else len(lead)]
    # a list of thresholds or of words with as many members
    for candidate in (_quantity_items(text, zone, start, len(run)), _word_items(zone, len(run))):
        if candidate:
            return list(candidate)
    return [None] * len(run)


_COUNTED = re.compile(r"(?:以上|左右)?的?([\u4e00-\u9fff“”（）A-Za-z]{2,18}?)(?=[、，。；]|和|及|以及|等|$)")

#: 10个概念验证中心、20个中试平台: numbers of a list, each before what it counts
_COUNT_BEHIND = re.compile(r"[\u4e00-\u9fff“”（）A-Za-z]{2,18}?(?:、|和|及|以及)\d+(?:个|家|项|所|名|支|件)(?=[\u4e00-\u9fff“])")
#: 200个智能车间、智能工厂: one number for all of them
_COUNTED_GROUP = re.compile(r"([\u4e00-\u9fff“”]{2,12}(?:、[\u4e00-\u9fff“”]{2,12})+)(?=$|[，。；等])")
_COUNT_BEFORE = re.compile(r"\d+(?:个|家|项|所|名|支|件)[\u4e00-\u9fff“”（）A-Za-z]{2,18}?(?:、|和|及|以及)$")


def _quantity_items(text: str, zone: str, start: int, n: int) -> list[str] | None:
    for run in reversed(_segments(zone)):
        if len(run) == n and all(re.search(r"\d|[一二三四五六七八九十]", r) and re.search(r"元|%|年|家|人|亩|万|亿|平方米|分", r) for r in run):
            first = re.sub(r"^[^\d]*?(?=\d)", "", run[0])
            return [first, *run[1:-1], re.sub(r"(?:的.*|，.*)$", "", run[-1])]
    return None


def _word_items(zone: str, n: int) -> list[str] | None:
    for run in reversed(_segments(zone)):
        if len(run) != n:
            continue
        if lettered := _lettered(run):
            return lettered
        first = run[0]
        head = _LEVELS.search(first)
        if head and first.endswith(head.group()):
            first = head.group()
        else:
            first = _ITEM_HEAD.split(first)[-1] or first
        last = re.sub(r"(?:按照?|分别).*$", "", run[-1])
        level = _LEVELS.match(last)
        if level and _LEVELS.fullmatch(first if n == 2 else run[-2]):
            last = level.group()
        elif (graded := re.match(r"[\dA-Z]+级", last)) and first.endswith("级"):
            last = graded.group()
        else:
            last = re.sub(r"(?:的|，|（).*$", "", last)
        if all(1 <= len(x) <= 24 for x in (first, *run[1:-1], last)):
            return [first, *run[1:-1], last]
    return None


def _lettered(run: list[str]) -> list[str] | None:
    """引进的A、B、C类人才: letters and Chinese numbers share the word behind the last of them."""
    last = re.match(r"(?P<mark>[A-Z]|[一二三四五甲乙丙])(?P<kind>类|级|等奖|等|档)", run[-1])
    first = re.search(r"(?:^|[^A-Za-z])([A-Z]|[一二三四五甲乙丙])$", run[0])
    if last is None or first is None or not all(re.fullmatch(r"[A-Z]|[一二三四五甲乙丙]", m) for m in run[1:-1]):
        return None
    return [m + last["kind"] for m in (first.group(1), *run[1:-1], last["mark"])]


def _segments(zone: str) -> list[list[str]]:
    """Lists joined by 、和与及或 in a text, each as its members."""
    lists = []
    for part in re.split(r"[，；：]|(?<=的)，", zone):
        members = re.split(r"、|和(?!谐)|以及|及(?!以上|以下)|与|或者?", part)
        if len(members) >= 2:
            lists.append([m.strip() for m in members])
    return lists


def _single_item(text: str, q: Quantity, a: int, start: int) -> str | None:
    """The item that a figure of its own belongs to: 市级每个奖励2万元，省级每个奖励6万元; 服务券900万元、设备券300万元."""
    if q.kind == "count" and (_COUNT_BEFORE.search(text, a, q.start) or _COUNT_BEHIND.match(text, q.end)):
        m = _COUNTED.match(text, q.end)
        return m.group(1) if m else None
    if q.kind == "count" and (m := _COUNTED_GROUP.match(text, q.end)):
        return m.group(1)
    lead = text[a : q.start]
    bracket = lead.rfind("（")
    lead = lead[bracket + 1 :] if bracket >= 0 and "）" not in lead[bracket:] else lead
    m = re.match(
        r"(?:其中)?(?:对|属于|获|为|达到?)?([^，。；\d]{1,16}?)(?:的)?(?:，)?"
        r"(?:每[个件项种家名台套]|按|给予|奖励|补助|资助|最高|再|一次性|不超过|担保费率)",
        lead,
    )
    if m and (a > start or bracket >= 0 or "每" in lead):
        word = m.group(1)
        named = re.search(r"(?:级|类|等奖|项目|企业|产品|地区|标准|人才|额度?|博士|硕士)$", word)
        if _LEVELS.fullmatch(word) or (named and not re.match(r"对|按|给|经|每|单个|同一|企业$|项目$", word)):
            return word
    listed = re.search(r"(?:^|[、：]|和|及|其中|建设|设立|设(?!备|施)|发放|分为|培育|新增|打造|认定|引进|遴选|建成)([^、，：\d]{2,18}?)(?:每[个项件])?(?:约|近|超过?)?$", lead)
    if listed and (re.match(r"(?:左右|以上)?(?:、|和|及)", text[q.end : q.end + 4]) or re.search(r"\d[^，]{0,8}(?:、|和|及)[^、，\d]{2,18}$", lead)):
        item = re.sub(r"^(?:其中|建设|设立|设(?!备|施)|发放)|^.+按照?(?=第[一二三]年)", "", listed.group(1))
        item = re.sub(r"^(?:力争|新)?(?:惠及|服务(?=企业)|带动|培育|新增|打造|认定|引进|遴选|建成)", "", item)
        return None if not item or re.search(r"^按|的$|^奖金$|^(?:总?规模|企业|总额|金额|合计)$", item) else item
    return None


_WHOLE = re.compile(r"全部(?:留归|归|返还|奖励给)|全额(?:退还|奖励|补助|补贴|资助|返还|贴息|给予|奖补|免|补)")


def _whole_share(text: str, start: int, end: int, amounts: list[Amount]) -> list[Amount]:
    """全额 is a rate of 100 %."""
    m = _WHOLE.search(text, start, end)
    if m and not any(x.role == "rate" for x in amounts):
        return [*amounts, Amount(100.0, "%", "exact", "rate")]
    return amounts
