"""Who and what a text names: platforms, talent programmes, funding schemes, kinds of enterprise, organisations.

Heads come from the lexicons in one pass; where a name begins is found by `kg.extract.boundary`. A name inside a
longer name is no entity of its own, and nothing inside 《》 is one. Each name is reported once a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from kg.extract.boundary import Left, field_start, land_names, place_words, region_names, walk_left
from kg.extract.enterprises import find_enterprise_categories
from kg.extract.lexicon import Entry, load_lexicon, load_terms
from kg.extract.name_features import lexicon_labels
from kg.extract.name_model import judge
from kg.extract.naming import BREAKS, CLASSES, TALENT, Named, segment_start
from kg.extract.organisations import find_listed_firms, find_organisation, find_written_organisations
from kg.extract.programmes import find_programme, find_quoted
from kg.extract.reading import Finding, Reading
from kg.extract.titles import kind_of

TITLE = re.compile(r"《[^《》\n]{1,120}(?:《[^《》\n]{1,80}》[^《》\n]{0,60})*》?")

#: what follows shows that the head was part of something else
_NOT_BEFORE = re.compile(
    r"协会|学会|工作部际|建设领导小组|条例|办法|法(?!人)|管委会|管理委员会|管理局|管理(?:服务)?(?:系统|平台)|经济|指数|城市|产品|名录|企业|有限|股份|公司|税|产值|域(?!内)|学院|战略|人员|师"
)
#: 《X技术创新中心建设方案》 as the document's own title names what the document sets up
_CALL = re.compile(r"征集|申报|申请|推荐|遴选")
_SET_UP = re.compile(r"(?:建设|组建|创建|筹建)(?:实施|总体|工作)?(?:方案|规划)")
#: left parts that make no name of a dependent head
_EMPTY_LEFT = re.compile(
    r"(?:专业|综合|重要|主要|线上|线下|信息|管理|咨询|政务|便民|配套|服务|市|省|县|区|相关|地方|工作|公共|项目|业务|交流|合作|展示|统一|数据|监管|网络|技术支撑|发展|现代|智能|开放)+"
)
_PLATFORM_TOPIC = re.compile(
    r"创新|创业|科技|科学|科研|技术|研发|研究|实验|试验|成果|孵化|知识产权|专利|工程|产业|工业|制造|数字|智能|智慧|算力|信息|企业|人才|检测|检验|计量|标准|设计|"
    r"中试|转化|转移|融资|信用|金融|产权|大数据|互联网|数据|充电|换电|博士|院士|高新|服务外包|跨境|电子商务|保税|农业|合作|军民|能源|材料|医|药|海洋|航|生物|化"
)
_OWN_PLATFORM_TOPIC = re.compile(r"创新|科技|科学|科创|技术|研发|成果|实验|产业|制造|数字|智能|知识产权|融资|信用|双创|创业|军民|金融|经济|改革|开放|新")
#: talent plans as a kind: 政府人才计划, 许多人才计划
_ANY_TALENT_PLAN = re.compile(r"(?:政府|海外|国内|国家|少数|许多|一些|多数|现有|新设?|普惠性|延续|延用|这种|这些|这类|传统|大规模|的|了|科技|引进|高端|高层次|青年|各类|各级|相关|众多|类)$")
_FILING = re.compile(r"(?:登[录陆]|访问|网站|公众号|填报|在线申报)[^。；]{0,6}$")
_FUND_LEFT = re.compile(r"(?:私募|证券|公募|慈善|专项|财政|自有|社会|项目|流动|产业|配套|各类|国家|省级|市级|县级|政府|相关|投资|发展|建设|公共|行业|技术)*")
_FUND_TOPIC = re.compile(
    r"创新|创业|科技|科学|技术|研发|研究|成果|产业|工业|企业|制造|知识产权|专利|人才|投资|引导|股权|担保|小微|农户|信用|新农|风险|转化|国资|国企|科创|"
    r"保险|贷款|信贷|转贷|中试|验证|检测|算力|数据|模型|设备|仪器|云|设计|培训|软件|场景|发展|贴息|“|数字|智能|外贸|商务|服务业|金融|政府|攻关|新产品|自然|首|高新"
)
#: 市级产业基金: a level and what the fund invests in
_LEVEL_FUND = re.compile(r"(?:产业|产业投资|投资|母|天使|创投|人才|科创)$")
#: a mechanism is a scheme where it is called by those who take part in it (政银担, 银企)
_PARTIES = re.compile(r"[政银担企保园校]{2,4}$")
_LEVEL_WORD = re.compile(r"[国省市区县]家?级")
_SIBLING = re.compile(r"(?:有限公司|公司|集团|大学|学院|研究所)[、和与及]$")
#: heads of which unknown words before them are a name (X实验室), not of 高新区, before which anything may stand
_OWN_HEAD = re.compile(r"(?:实验室|中心|基地|平台|研究院|孵化器|加速器|装置|设施|联盟|联合体|科技园|产业园|创业园|软件园|科创园|工作站|资源库|综合体|创新院|走廊|创新谷|创新港)$")
#: unknown words that are a name: two characters or more, no quality, no number
_OWN_WORD = re.compile(r"(?![0-9一二三四五六七八九十两]|首|每|因)[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9]{1,9}(?<![型性式级类期年度个的地得])")
#: lands: unknown words that end like the name of one stand before a zone (清水河高新区)
_LAND = re.compile(r"[\u4e00-\u9fff]{1,3}[湖湾山江河岛港洲海原岭谷溪泉峰岳坝坪塘镇庄口]")


#: (start, end, entries) of an entry of the lexicons in a text
Match = tuple[int, int, tuple[Entry, ...]]


def find_entities(reading: Reading) -> list[Finding]:
    """Entity findings (`class`, `name`, `specific`) in text order, one for each name and paragraph."""
    text = reading.shadow.text
    terms = list(load_terms().find(text))
    rules = rule_names(reading, terms)
    closed = closed_parts(reading)
    kept = [n for n in rules if n.written or _inside(n.end - 1, closed)]
    judged = judge(text, rules, lexicon_labels(terms), reading.context.kind, closed)
    return list(_findings(reading, _one_class(text, _as_judged(text, rules, judged, kept))))


def rule_names(reading: Reading, terms: Sequence[Match]) -> list[Named]:
    """The names that lexicons and rules find, before any model judges them, in text order."""
    text = reading.shadow.text
    titles = _titles(text)
    found = list(_candidates(text, terms))
    own = reading.context.title_span
    found = [n for n in found if not _inside(n.start, titles) or (own and own[0] <= n.start < own[1] and _SET_UP.match(text, n.end) and n.specific)]
    if own is not None and kind_of(text[slice(*own)]):
        found = [n for n in found if not (own[0] <= n.start < own[1] and _is_topic(text, n, own))]
    return [_without_sum(text, n) for n in _one_class(text, _outermost(found))]


def closed_parts(reading: Reading) -> list[tuple[int, int]]:
    """Where no model finds names: titles in 《》 and the document's own title."""
    own = reading.context.title_span
    titles = _titles(reading.shadow.text)
    if own is None:
        return titles
    return sorted([own, *((a, b) for a, b in titles if b <= own[0] or own[1] <= a)])


@lru_cache(maxsize=2)
def _titles(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in TITLE.finditer(text)] if "《" in text else []


def _as_judged(text: str, rules: list[Named], judged: list[tuple[int, int, str]], kept: list[Named]) -> list[Named]:
    """The judged names, each as the rule found it or built anew, and those that only rules speak of."""
    same = {(n.start, n.end, n.cls): n for n in rules if not n.written}
    found = [same.get(name) or _newly_found(text, *name) for name in judged]
    return sorted([*found, *kept], key=lambda n: (n.start, -n.end, CLASSES.index(n.cls)))


def _newly_found(text: str, start: int, end: int, cls: str) -> Named:
    places = region_names()
    placed = any(text[start : start + n] in places for n in range(2, min(8, end - start)))
    specific = placed or "“" in (text[start - 1 : start], text[start : start + 1])
    return Named(cls, start, end, "read", specific)


def _candidates(text: str, terms: Sequence[Match]) -> Iterable[Named]:
    floors = [m.end() for m in BREAKS.finditer(text)]
    for start, end, entries in terms:
        floor = segment_start(floors, start)
        for entry in entries:
            if entry.use == "never":
                continue
            named = _READERS[entry.lexicon](text, floor, start, end, entry)
            if named is not None:
                yield named
                break
    yield from find_enterprise_categories(text)
    yield from find_written_organisations(text)
    yield from find_listed_firms(text)
    yield from _shared_heads(text)
    if "“" in text:
        yield from find_quoted(text)


#: 云台、白沙、青江实验室: names that leave their head to the last one
_SHARED = re.compile(r"((?:[\u4e00-\u9fff]{2,8}、){1,4})[\u4e00-\u9fff]{2,4}(?<![级室家省市区])$")
_LABORATORY = re.compile(r"实验室")
_OTHER_THING = re.compile(r"(?:[级室院园区心地体群省市县性型家校业等]|平台)$|[的和与]")


def _shared_heads(text: str) -> Iterable[Named]:
    for head in _LABORATORY.finditer(text):
        p = head.start()
        m = _SHARED.search(text, max(0, p - 36), p) if "、" in text[max(0, p - 5) : p - 1] else None
        if m is None:
            continue
        at, found = m.start(1), []
        for item in m[1].split("、")[:-1]:
            end = at + len(item)
            start = walk_left(text, end, at, dependent=True).start if not found else at
            if not 2 <= end - start <= 4 or _OTHER_THING.search(text, start, end) or field_start(text, end) < end:
                break
            found.append(Named("Platform", start, end, "P-shared-head", True, text[start:end] + "实验室"))
            at = end + 1
        else:
            yield from found


def _is_topic(text: str, named: Named, own: tuple[int, int]) -> bool:
    """In the document's own title support and platforms are its matter (X市重点实验室管理办法), no names.

    Zones, funds and vouchers keep theirs; a plan that closes the title is the document itself.
    """
    name = text[named.start : named.end]
    if named.cls == "FundingScheme":
        return not (_CALL.search(text, *own) or (named.specific and name.endswith(("券", "基金", "”"))))
    if named.cls == "TalentProgramme":
        return not text[named.end : own[1]].strip("》的通知 \n")
    if named.cls != "Platform" or name.endswith("区"):
        return False
    head = _labels().get(named.rule, "")
    return name.endswith(("创新平台", "科创平台", "创新载体", "服务平台")) or (name != head and name.removesuffix(head) in region_names())


@cache
def _labels() -> dict[str, str]:
    return {e.id: e.label for e in load_lexicon("platforms")}


def _platform(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    if entry.label.endswith("园") and text[end : end + 1] == "区":
        end += 1
    end = _with_bracket(text, end)
    if _NOT_BEFORE.match(text, end) and not entry.label.endswith(("工作站", "孵化器")):
        return None
    if entry.use == "fixed":
        field = field_start(text, start)
        return Named("Platform", field if start - field >= 4 else start, end, entry.id, False)
    facility = entry.label.endswith(("设施", "装置"))
    left = walk_left(text, start, floor, dependent=entry.use != "bare" or facility)
    begin = left.start
    own = False
    if entry.use == "bare" and not (left.regions or left.level or left.quoted):
        # nothing anchors the unknown characters: they are rather a verb than part of the name
        begin = _own_start(text, left, start, entry.label)
        own = begin < left.known
    if left.quoted and entry.label.endswith(("体系", "网络")):
        begin = text.find("“", begin, start)  # 省“3+6”实验室体系: the level is not of the name
    body = text[begin:start]
    corridor = entry.label.endswith("走廊") and len(body) >= 2 and not _EMPTY_LEFT.fullmatch(body)
    if entry.use == "modified" and not (corridor or (facility and len(body) >= 4) or left.level):
        if not body or _EMPTY_LEFT.fullmatch(body) or not (_PLATFORM_TOPIC.search(body) or left.regions or left.quoted):
            return None
    elif entry.use == "named":
        city = entry.label.endswith(("科学城", "科技城", "科创城")) and 2 <= len(body) <= 8 and not _EMPTY_LEFT.fullmatch(body)
        if not (left.regions or left.level or left.quoted or city) or len(body) < 2:
            return None
        if entry.label in ("平台", "信息平台", "大数据平台") and not left.quoted:
            return None
        if entry.label in ("基地", "示范区", "实验区", "合作区", "开发区") and not _OWN_PLATFORM_TOPIC.search(body):
            return None
        if entry.label in ("新区", "开发区", "保税区", "工业园", "研究院") and not (left.regions or left.quoted):
            return None
        if left.quoted and _FILING.search(text[max(0, left.start - 12) : left.start]):
            return None
    specific = own or (entry.use == "named" and entry.label.endswith("城")) or left.regions or left.quoted or (body.startswith("国家") and len(body) > 4 and not body.startswith("国家级"))
    return Named("Platform", begin, end, entry.id, specific)


#: a bracket that belongs to the name before it: another head (（园区）), a place (（福建）), a type (（B型）)
_BRACKET = re.compile(r"（([\u4e00-\u9fffA-Z]{1,8})）")
_BRACKET_HEAD = re.compile(r"(?:室|园区?|区|基地|中心|站|院|平台|所|[A-Z]型|[\u4e00-\u9fff]{2,4}地区|分中心)$")


def _with_bracket(text: str, end: int) -> int:
    if text[end : end + 1] == "（" and (m := _BRACKET.match(text, end)) and (m[1] in region_names() or _BRACKET_HEAD.search(m[1])):
        return m.end()
    return end


def _own_start(text: str, left: Left, start: int, label: str) -> int:
    """Where a platform's name begins that no place or level anchors: unknown words are kept where they are a name."""
    unknown = text[left.start : left.known]
    if label.endswith("区"):
        return left.start if unknown in place_words() or _LAND.fullmatch(unknown) else start
    return left.start if _OWN_HEAD.search(label) and _OWN_WORD.fullmatch(unknown) else left.known


def _funding(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    if entry.use == "programme":
        return find_programme(text, floor, start, end, entry)
    if entry.use == "fixed":
        return Named("FundingScheme", start, end, entry.id, False)
    if (entry.label[-1] == "贷" and text[end : end + 1] == "款") or (entry.label == "券" and text[start - 1 : start] in tuple("用领兑发持凭收核费购")):
        return None
    if text.startswith(("公司", "会", "管理人", "管理办", "类", "小镇"), end):
        return None
    left = walk_left(text, start, floor, dependent=True)
    begin = left.start
    # 省级、市级新产品试制计划: the levels are a list, the name is what they share
    if (m := _LEVEL_WORD.match(text, begin, start)) and re.search(r"级[、和及]$", text[max(0, begin - 2) : begin]):
        begin = m.end()
    body = text[begin:start]
    level = left.level or left.regions
    if entry.label.endswith("机制") and not _PARTIES.search(body):
        return None
    empty = _FUND_LEFT.fullmatch(body) or not (level or _FUND_TOPIC.search(text[begin:end]))
    if entry.use == "modified" and empty and not (entry.label == "基金" and level and _LEVEL_FUND.search(body)):
        return None
    name = text[begin:end]
    people = "人才" in name or (name.endswith("计划") and TALENT.search(name))
    cls = "TalentProgramme" if people and not name.endswith(("基金", "资金", "贷", "券", "津贴", "补贴")) else "FundingScheme"
    return Named(cls, begin, end, entry.id, left.regions or left.level or left.quoted)


def _talent(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    head = entry.label[-2:]
    if entry.use == "modified" and _ANY_TALENT_PLAN.search(text[max(0, start - 6) : start]):
        return None
    if entry.use == "modified" and head in ("工程", "计划", "战略"):
        named = find_programme(text, floor, end - 2, end, entry)
        return named if named is not None and named.start < start else None
    left = walk_left(text, start, floor, dependent=True)
    body = text[left.start : start]
    if entry.use == "placed" and not _after_land(body):
        return None
    if entry.use == "modified" and head in ("学者", "专家") and not (left.regions or left.level or left.quoted):
        return None
    if entry.use == "modified" and (
        not body or re.fullmatch(r"(?:国家|省级|市级|国家级|地方|省|市|重点|重大|高端|高层次|各类|科技|创新|相关|级|两级|县|区|引进|专项)+", body)
    ):
        return None
    return Named("TalentProgramme", left.start, end, entry.id, True)


def _after_land(body: str) -> bool:
    """Whether words are a land's name, alone or with a field behind it: 荆楚, 泰山产业."""
    return any(body[:n] in land_names() and field_start(body, len(body)) <= n for n in range(2, min(6, len(body)) + 1))


def _enterprise(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    if entry.use != "term" or text.startswith(("家", "主义", "业", "法"), end) or text.startswith("协会", end):
        return None
    if entry.label in ("链主", "小巨人", "瞪羚", "单项冠军", "独角兽", "规上工业", "农业产业化龙头", "潜在独角兽", "制造业单项冠军"):
        return None  # 企业 follows or it is only an adjective
    return Named("EnterpriseCategory", start, end, entry.id, False)


_READERS = {
    "platforms": _platform,
    "funding": _funding,
    "talent": _talent,
    "enterprises": _enterprise,
    "organisations": find_organisation,
}


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    i = bisect_right(spans, (position, 1 << 40)) - 1
    return i >= 0 and spans[i][0] <= position < spans[i][1]


def _outermost(found: list[Named]) -> list[Named]:
    """Names that lie in no longer name; of equal spans the class that comes first in `CLASSES`."""
    kept: list[Named] = []
    for named in sorted(found, key=lambda n: (n.start, -n.end, CLASSES.index(n.cls))):
        if kept and named.end <= kept[-1].end and not named.written:
            continue
        kept.append(named)
    return kept


def _one_class(text: str, found: list[Named]) -> list[Named]:
    """A plan that one sentence tells to be for talent is so wherever the document names it."""
    talent = {text[n.start : n.end] for n in found if n.cls == "TalentProgramme"}
    return [
        replace(n, cls="TalentProgramme") if n.cls == "FundingScheme" and text[n.start : n.end] in talent else n for n in found
    ]


#: a sum in front of a name is none of it: 规模20亿元科创基金, 百亿元科创基金
_SUM = re.compile(r"(?:总?规模)?(?:[\d.]+|[一二两三五十百千]+)?(?:余|多)?[万亿]元(?:级|规模)?的?(?=[\u4e00-\u9fff]{2})")


def _without_sum(text: str, named: Named) -> Named:
    m = _SUM.match(text, named.start, named.end)
    return replace(named, start=m.end()) if m else named


def _findings(reading: Reading, found: list[Named]) -> Iterable[Finding]:
    text = reading.shadow.text
    starts = [block.start for block in reading.outline.blocks]
    seen: set[tuple[str, str, int]] = set()
    for named in found:
        cls = named.cls
        if cls == "Platform" and text[named.start : named.end].endswith("研究院") and _SIBLING.search(text[max(0, named.start - 8) : named.start]):
            cls = "Organisation"
        name = named.written or _unquoted(reading.shadow.value(named.start, named.end))
        key = (cls, name, bisect_right(starts, named.start))
        if key in seen:
            continue
        seen.add(key)
        values: dict[str, object] = {"class": cls, "name": name}
        if named.specific or cls in ("Organisation", "TalentProgramme"):
            values["specific"] = True
        yield Finding("entity", named.start, named.end, f"entity.{named.rule}", values)


def _unquoted(name: str) -> str:
    """Quotation marks go when they hold the whole name."""
    if name[:1] in "“\"'‘" and name[-1:] in "”\"'’" and name.count(name[0]) == 1:
        return name[1:-1]
    return name
