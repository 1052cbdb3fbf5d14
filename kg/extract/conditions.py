"""Under what condition a provision is given, and the recipient that the condition names."""

from __future__ import annotations

import re

from kg.extract.beneficiaries import HEADS
from kg.extract.clauses import GRANT, opening, split_clauses

_LEADING_TITLE = re.compile(r"^《[^》]*》")
_HOLDS = re.compile(r"(?:的|后|以上|以内|者|时|前提下|基础上)$")
_OPENS = re.compile(r"^(?:对于?|凡是?|经|符合|在(?=.{2,30}(?:前提下|基础上|后)))")
_ACTOR = r"[^，的、]{0,8}?(?:企业(?!技术中心|研究院|研发机构|重点实验室|工程)|单位|机构|高校|院所|个人|团队|人员|基金)"
_SUBJECT = re.compile(rf"({_ACTOR}(?:(?:、|和|与|及|或者?){_ACTOR})*)(?=[^，]{{4,}})")
_GRANTED_IN = re.compile(r"(?:给予|予以|奖励|补助|资助|补贴|可(?:以)?(?:申请|获得|享受)|可申领|按照?|再奖|发放|赠与|每(?=[个件项种])|一次性|每(?:[人家户][•·]?)?每?[年月人](?!度|龄)|每[人家户](?!企业|单位))")
#: one recipient, or several: 领军人才、创业人才（团队）等高层次人才
_ONE = rf"[^，的、]{{0,14}}?(?:{HEADS})(?:（[^）]*）)?"
_RECIPIENTS = rf"{_ONE}(?:(?:、|和|与|及|以及|或者?){_ONE}){{0,4}}(?:等{_ONE})?"
_OF_RECIPIENT = re.compile(rf"(.{{2,}}?)的({_RECIPIENTS})")
_BARE_RECIPIENT = re.compile(_RECIPIENTS)
#: 面向新能源等领域，…: what it is about, no condition
_FIELD = re.compile(r"(?:面向|围绕|聚焦|针对|瞄准)[^，；]{2,40}(?:领域|产业|方向|需求|行业|重点)")
_HAPPENS = re.compile(
    r"认定|获|通过|达|超|满|新|引进|购|建|完成|参|列入|首次|入选|评|投|租|每|开展|实施|制定|牵头|经|注册|成立|增长|转化|签订|取得|承担|毕业|落户|入驻|招收|聘|上市|备案"
)
_NO_CONDITION = re.compile(r"^(?:本|市|省|县|区|全|各|由|从|按|将|把|给予|[12]\d{3}年|其中|每|第[一二三]年|年度)")


def read_condition(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """What must hold, as written, and who then gets it: 对[年产值超1亿元]的[企业] gives both.

    None where the provision of text[start:end] names none.
    """
    clauses = split_clauses(text, start, end)
    given = next((i for i, (a, b) in enumerate(clauses) if _gives(text[a:b])), None)
    if given is None:
        given = next((i for i, (a, b) in enumerate(clauses) if not _HOLDS.search(text[a:b])), 0)
    leading = [c for c in clauses[:given] if not (_LINKS.fullmatch(text, *c) or _sets_up(text[c[0] : c[1]]) or _FIELD.fullmatch(text, *c) or _OBLIGED.match(text, *c))]
    if leading:
        condition, recipient = take_apart(text[leading[0][0] : leading[-1][1]].rstrip("，："))
    else:
        a, b = clauses[given] if clauses else (start, end)
        condition, recipient = _inside(text[a:b])
    if condition is None and (m := _MEETS.search(text, start, end)):
        condition = m["met"] or m["given"]
    return condition, recipient


def _gives(clause: str) -> bool:
    return bool(GRANT.search(clause)) and not re.search(r"的$|后$", clause)


#: words that only join a clause to the one before
_LINKS = re.compile(r"(?:其中|同时|此外|另外|在此基础上|除此之外|对此|根据新政|根据(?:该|本)?(?:政策|办法|措施|规定))")
#: 各部门在制定办法时, 高校要按照…的规定: a duty
_OBLIGED = re.compile(r"各(?:地|部门|级|市|县|有关)|[^，]{2,40}?(?:要|应当?|须)(?:按照?|根据|结合)")
_SETS_UP = re.compile(
    r"[^，]{0,8}?(?:设立|建立(?!.{0,8}(?:实验室|中心|研究院|分支机构))|实施|开展|安排|出台|推出|推进|支持|鼓励|引导|完善|健全|优化|加大|推动|加快|强化|落实|组织|制定|搭建|探索|保障|设置)"
)


_HELPS = re.compile(r"[^，]{0,8}?(?:支持|鼓励|引导|推动|完善|健全|优化|加大|加快|强化|落实|探索|保障|设立|安排)")


def _sets_up(clause: str) -> bool:
    """设立专项资金，…: a clause by which government acts is no condition of the next one."""
    named = _OF_RECIPIENT.fullmatch(clause) and not _HELPS.match(clause)  # 主导制定标准的单位
    return not (named or _OPENS.match(clause) or _HOLDS.search(clause)) and bool(_SETS_UP.match(clause))


def take_apart(lead: str) -> tuple[str | None, str | None]:
    """Condition and recipient of words that hold both or one: 对年产值超1亿元的企业 → 年产值超1亿元, 企业."""
    lead = _LEADING_TITLE.sub("", lead)
    lead = re.sub(r"^(?:[^，对]{2,10}?(?:省|市|区|县|州|盟|旗|财政|政府))?(?:对于?|凡是?)", "", lead)
    lead = _FOR_YEARS.sub("", lead)
    first, colon, rest = lead.partition("：")
    if colon and rest and _OF_RECIPIENT.fullmatch(first):  # …的商贸企业：批发企业年销售额达到…
        (above, _), (own, recipient) = take_apart(first), take_apart(rest)
        return "；".join(filter(None, (above, own))) or None, recipient
    if m := _OF_RECIPIENT.fullmatch(lead):
        return m.group(1), m.group(2)
    if m := _LISTED_AT.fullmatch(lead):
        return m.group(1), m.group(2)
    if _BARE_RECIPIENT.fullmatch(lead):
        return None, lead
    first, comma, rest = lead.partition("，")
    if comma and (m := _OF_RECIPIENT.fullmatch(first)):  # 贡献超40万元的金融组织，贡献比上年增长的部分…
        return (f"{m.group(1)}，{rest}".removesuffix("的") if _HOLDS.search(rest) else m.group(1)), m.group(2)
    recipient = None
    subject = _SUBJECT.match(lead)
    if subject and not re.match(r".{0,2}(?:名录|家|个)", lead[subject.end() :]):
        recipient = subject.group(1)
        lead = lead[subject.end() :].lstrip("，")
    if recipient and re.match(r"可(?:以)?[^，]{0,6}(?:从|按|享|获)", lead):
        return None, recipient  # what they may, not what they must
    return re.sub(r"的$", "", lead) or None, recipient


#: 在三年内给予…: how long, no condition
_FOR_YEARS = re.compile(r"，?在[一二三四五六七八九十\d]+年内$")
#: 在新三板挂牌企业
_LISTED_AT = re.compile(r"(在[^，的]{2,16}?(?:上市|挂牌|注册|落户|备案))((?:企业|公司|机构))")
#: conditions that stand anywhere in a clause: 符合条件的保险机构, 在风险可控的前提下
_MEETS = re.compile(r"(?:^|[^不])(?P<met>符合[^，；的]{0,14}?(?:条件|要求|标准|资格)|有条件)的(?=[\u4e00-\u9fff])|在(?P<given>[^，；]{3,30}?)的?前提下")
#: the condition and the recipient within one clause, or one of them
_WHO_GETS = re.compile(
    rf"(?:.{{0,12}}?)(?:对于?|凡|面向|将|把|支持|鼓励|引导|给予)([^，；]{{2,60}}?)的([^，；的]{{0,14}}?(?:{HEADS}))"
    r"(?=[^，；]{0,4}(?:给予|按|，|每|奖励|适当|实行|予以|建|开|创|津贴|资助|补)|$|，)"
)
_TURNED_INTO = re.compile(rf".{{0,8}}?(?:把|将)([^，的]{{0,12}}?)((?:{HEADS}))的?(?:奖励|补助|补贴|津贴|资助)")
_FOR_COSTS = re.compile(r"(?:对于?)([^，；的]{2,14}?)(?:新增|发生|开展|购置|投入|用于|实施|改造|产生|缴纳|支付)[^，]{0,24}(?:费用?|投入|支出|投资|设备)[^，]{0,6}?给予")
_FOR_DEEDS = re.compile(r"(?:对于?|凡)([^，；]{4,60}?)的(?=给予|奖励|补助|资助|每|再|按)")
_FOR_WHOM = re.compile(rf"(?:.{{0,12}}?)对([^，；的]{{2,16}}?(?:{HEADS}|中心|实验室))(?=[^，；]{{0,4}}(?:给予|按|每|奖励|予以|补助))")
_OF_WHOM = re.compile(rf"([^，；]{{3,40}}?)的([^，；的]{{0,10}}?(?:{HEADS}))(?=可|给予|奖励|按|新增|，)")


_SOURCE = re.compile(r"(?:用于|用以|用来|作为|不低于|不少于|提取|从中|可以?)$")


def _inside(clause: str) -> tuple[str | None, str | None]:
    """The condition within the one clause that also gives."""
    clause = _LEADING_TITLE.sub("", clause)
    m = _WHO_GETS.match(clause)
    if m:
        return m.group(1), m.group(2)
    m = _TURNED_INTO.match(clause)
    if m:
        return m.group(1) or None, m.group(2)
    m = _FOR_COSTS.match(clause)
    if m:
        return None, m.group(1)
    m = _FOR_DEEDS.match(clause)
    if m:
        return m.group(1), None
    m = _FOR_WHOM.match(clause)
    if m:
        return None, m.group(1)
    m = _OF_WHOM.match(clause)
    if m and not _NO_CONDITION.match(clause):
        return m.group(1), m.group(2)
    m = _GRANTED_IN.search(clause)
    if m is None or m.start() < 6 or _NO_CONDITION.match(clause) or opening(clause) is not None:
        return None, None
    lead = clause[: m.start()]
    if _SOURCE.search(lead):
        return None, None  # 净收入用于奖励…: where the money comes from
    return take_apart(lead) if _HAPPENS.search(lead) else (None, None)
