"""Named plans, actions and projects, in quotes or governed by a verb: which of them support innovation or talent.

实施装备强链补链和质量品牌提升工程: verbs and 和 inside the name belong to it, so its start is the verb
that governs it. Quoted lists (“A”“B”“C”等人才计划) take their class from the noun that closes the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.boundary import region_names, walk_left
from kg.extract.lexicon import Entry, load_lexicon
from kg.extract.naming import OTHER_FIELD, TALENT, TOPIC, Named

_GOVERNS = re.compile(
    r"(?:组织实施|深入实施|推进实施|启动实施|接续实施|创新实施|滚动实施|实施好|实施|继续开展|开展|推进|启动|推行|发起|落实好?|纳入|列入|入选|承担|执行|推动|打好|抓好|探索|通过|依托|参与|设立|实行)(?!方案|细则|意见|办法|计划|主体|情况)"
    r"(?:[“‘])?"
)
_LEAD = re.compile(
    r"^(?:国家|省|市)?(?:\d+|[一二三四五六七八九十]+)(?:个|项|大(?=重点))|^(?:新一轮|一批|若干|了|好|以|各类|系列|一系列|国家级?重大(?=工程)|[我本全]?[省市区县](?=“))"
)
#: which pilots are schemes of science, finance for it, or talent
_PILOT = re.compile(r"科技|科学|科研|技术|创新|成果|知识产权|专利|金融|人才|数字|研发")
#: stages of building: 中试基地二期工程 is no plan
_BUILT = re.compile(r"(?:[一二三四五1-5]期|首期|扩建|改建|新建|续建|主体|配套|附属|装修|土建|选址)$")
_EMPTY = re.compile(
    r"(?:国家|省级?|市级?|重大|重点|科技|技术|创新|项目|工作|年度|建设|三年|五年|专项|实施|推进|发展|战略|投资|生产|教学|示范|试点|工程|行动|计划|综合|改革|先行|相关|专题|产业|企业|研究|研发|人才|培养|引进|培育|标准化|基础|试验|一期|二期|配套|产业化|技改|技术改造|信息化|攻关|技术攻关|科研|应用|及其|的|等|“|”|[一二三四五六七八九十两0-9]+[大项个]?)*"
)
_QUOTED = re.compile(r"“([^“”，。；\n]{2,24})”")
_AFTER = re.compile(
    r"(?:[（(][^）]{1,20}[）)])?(?:等|等系列|系列|[一二三四五六七八九十]大|[0-9]+[大项个])?(?:重点|政策|科技|产业|国家|省级|市级|区域)?"
    r"(?P<head>人才(?:支持|引进|培养|培育)?(?:计划|工程|项目|政策|专项)|专项行动|[\u4e00-\u9fff]{0,6}?(?:行动|工程|计划)|科技计划|制度|机制|试点|专项|基金|平台|[\u4e00-\u9fff]{0,6}?活动|产品模式|产品|贷款|模式|项目)"
)
#: a 模式 is a scheme where it lends, guarantees, insures or invests
_FINANCE = re.compile(r"贷|担|保|投|券|基金|融|租|补")
_PEOPLE = re.compile(r"人才|学者|院士|博士|教授|英才|技师|引智|引才")
_OWN_FUND = re.compile(r"(?:贷|券|基金|贴息|专项资金|保)$")
_OWN_PLAN = re.compile(r"(?:计划|工程|行动|专项|攻关项目)$")
_RHETORIC = re.compile(
    r"^(?:十[一二三四五]五|双循环|放管服|一带一路|卡脖子|互联网\+|[\d+]{1,4}|一[^、]{1,3}一[^、]{1,3}|最后一公里|专精特新|小巨人|链主|高精尖缺|新三板|揭榜挂帅|瞪羚|独角兽|单项冠军|双碳|两[个山]|五[位篇].*|四[个新].*|三[农新资].*|千亿.*|双万亿|一[业企县园].*策?|上云.*|.*[工倍]程$|活水|短板|引擎|[一二三四五六七八九十\d]+[项大个](?:重大|重点)?(?:工程|行动|计划)|火车头|国家队|主力军|领头[雁羊])$"
)
#: what a platform for dealings with government is called
_FILED = re.compile(r"办$|一网|一件事|码上|通办")
_BARE_VERB = re.compile(r"(?:实施|推进|开展|推行)(?:好|了)?(?:“[^”]{1,24}”)*$")
_VERB_BEFORE = re.compile(r"(?:实施|推进|开展|启动|推行|探索|推广|创设|设立|发放|推出|深化|实行|发行|打造|建设|优化|线[上下])(?:好|了)?(?:“[^”]{1,24}”[、和与]?)*$")


def find_programme(text: str, floor: int, start: int, end: int, entry: Entry) -> Named | None:
    """The named plan whose head (工程, 行动, 试点 …) stands at start:end, if it is one of science, industry or talent."""
    if re.match(r"[师类化学系造]|项目|企业|单位|地区|城市|方案|示范|办法|范围|任务|体系|书|表|指标|管理|主管|总结|经验|工作(?!站)|津贴|资金|经费|补助|奖励|基金|贷款", text[end : end + 2]):
        return None
    # a comma-like 、 inside a governed name is rare, a verb before it is common: look within the segment only
    governing = list(_GOVERNS.finditer(text, floor, start))
    governed = governing[-1] if governing else None
    begin = floor
    if governed is not None:
        begin = governed.end()
    elif text[floor - 1 : floor] == "、" and (end >= len(text) or text[end] in "、等，。；和及与\n"):
        begin = floor
    else:
        begin = walk_left(text, start, floor, dependent=True).start
    for cut in ("工程和", "行动和", "计划和", "工程及", "计划及", "”和", "计划与", "专项和", "的"):
        at = text.rfind(cut, begin, start)
        if at >= 0:
            begin = at + len(cut)
    while m := _LEAD.match(text[begin:start]):
        begin += m.end()
    while (mark := text.find("“", begin, start)) > begin and text[begin:mark] in region_names():
        begin = mark  # 江南省“英才”计划 bears the name in quotes
    if text[begin - 1 : begin] == "“" and "”" in text[begin:start]:
        begin -= 1
    if text[begin : begin + 1] != "“" and "”" in text[begin:start] and "“" not in text[begin:start]:
        begin = text.rfind("“", max(0, begin - 20), begin)
        if begin < 0:
            return None
    body = text[begin:start]
    name = text[begin:end]
    if re.search(r"”(?:等|“|[一二三四五六七八九十\d]+[大项个])", body):
        return None  # a list of quoted names; each is found on its own
    if (governed is None and re.search(r"(?<!高)等", body)) or (entry.label == "攻关项目" and governed is None):
        return None
    if not 2 <= len(body) <= 36 or _EMPTY.fullmatch(body) or ("（" in body and "）" not in body):
        return None
    if entry.label.endswith("试点") and (governed is None or not _PILOT.search(body) or re.search("领域|与|和", body)):
        return None
    if _BUILT.search(body):
        return None
    if entry.label == "战略" and not body.startswith("人才"):
        return None
    if OTHER_FIELD.search(name) and not (TALENT.search(name) or re.search(r"科技|技术|创新|人才|知识产权|金融|制造", name)):
        return None
    if not (TOPIC.search(body) or TALENT.search(body) or body.startswith("“")):
        return None
    if name.count("“") > name.count("”") and text[end : end + 1] == "”":
        end += 1
    return Named(_class(name), begin, end, entry.id, True)


def _class(name: str) -> str:
    """Plans for people are talent programmes; a 专项 or a contest for research is money for it, whoever wins it."""
    if re.search(r"揭榜|赛马|挂帅|农民工|企业融资", name) or (name.endswith("专项") and not name.endswith(("人才专项", "引才专项", "培养专项", "培育专项"))):
        return "FundingScheme"
    return "TalentProgramme" if TALENT.search(name) else "FundingScheme"


@cache
def _talent_names() -> frozenset[str]:
    return frozenset(e.label for e in load_lexicon("talent") if e.use == "bare")


def _of_people(text: str, start: int, end: int, inner: str) -> bool:
    """A plan whose own words say nothing (“远山计划”) is of talent where its sentence speaks of people to win."""
    if inner in _talent_names():
        return True
    if TOPIC.search(inner) or TALENT.search(inner):
        return False
    begin = max(text.rfind("。", max(0, start - 40), start), start - 40, 0)
    stop = text.find("。", end, end + 60)
    return bool(_PEOPLE.search(text, begin, stop if stop > 0 else end + 60))


def find_quoted(text: str) -> Iterator[Named]:
    """Plans, vouchers, loans and services named by a quoted word: “远山计划”, “A”“B”三大工程, “X”计划."""
    matches = list(_QUOTED.finditer(text))
    for i, m in enumerate(matches):
        inner = m.group(1)
        if "、" in inner and (len(inner) > 12 or all(len(part) == 1 for part in inner.split("、"))):
            continue  # “投、贷、保” lists kinds of support
        last = i  # a run of quotes shares what follows its end
        while last + 1 < len(matches) and text[matches[last].end() : matches[last + 1].start()] in ("", "、", "和", "及", "与"):
            last += 1
        named = _quoted(text, m, inner, matches[last].end(), last == i)
        if named is not None:
            yield named


def _quoted(text: str, m: re.Match[str], inner: str, run_end: int, alone: bool) -> Named | None:
    around = text[max(0, m.start() - 40) : m.start()]
    other = bool(OTHER_FIELD.search(text[max(0, m.start() - 12) : m.start()] + inner + text[run_end : run_end + 8]))
    if OTHER_FIELD.search(inner):
        return None
    if _RHETORIC.match(inner) and inner != "揭榜挂帅" and not inner.endswith("券"):
        return None
    verb = bool(_VERB_BEFORE.search(around))
    after = _AFTER.match(text, run_end)
    if _OWN_PLAN.search(inner):
        if (TOPIC.search(inner) or TALENT.search(inner) or (verb and not other)) and (verb or not _EMPTY.fullmatch(inner)):
            people = _of_people(text, m.start(), m.end(), inner)
            return Named("TalentProgramme" if people else _class(inner), m.start(), m.end(), "F-quoted", True)
        return None
    if _OWN_FUND.search(inner) and len(inner) > 2 and not other:
        return Named("FundingScheme", m.start(), m.end(), "F-quoted", True)
    if after is None and not other and _BARE_VERB.search(around) and text[run_end : run_end + 1] in ("。", "；", "，"):
        run = text[m.start() : run_end] if alone else text[max(0, m.start() - 24) : run_end]
        if re.search(r"揭榜|攻关|科技|技术|创新|成果|院所|专利|研发", run):
            return Named(_class(inner), m.start(), m.end(), "F-quoted-object", True)
    if after is None or (_RHETORIC.match(inner) and inner != "揭榜挂帅") or other:
        return None
    head = after.group("head")
    alone = alone and not re.match(r"(?:[（(][^）)]{1,20}[）)])?(?:等|系列|[一二三四五六七八九十\d]+[大项个])", text[run_end : run_end + 24])
    of_talent = bool(TALENT.search(head) or (TALENT.search(inner) and head != "平台"))
    if (alone and head in ("工程", "制度", "专项", "基金")) or (alone and head.endswith(("行动", "计划"))) or (alone and head == "项目" and of_talent):
        if head in ("制度", "机制") and not (verb or TOPIC.search(inner) or of_talent):
            return None
        end = after.end()
        if "的" in text[run_end:end]:
            return None
        return Named("TalentProgramme" if of_talent or _of_people(text, m.start(), end, inner) else "FundingScheme", m.start(), end, "F-quoted-head", True)
    if head == "平台" and not alone and not _FILED.search(inner):
        return Named("Platform", m.start(), m.end(), "P-quoted-list", True)
    if not verb and head not in ("人才计划", "人才工程"):
        return None
    if head.endswith("模式") and not _FINANCE.search(inner):
        return None
    if head.endswith(("行动", "工程", "计划", "政策", "专项", "试点", "模式")) or head == "人才项目":
        return Named("TalentProgramme" if of_talent else "FundingScheme", m.start(), m.end(), "F-quoted-list", True)
    if head.endswith(("路演活动", "对接活动")):
        return Named("Platform", m.start(), m.end(), "P-quoted", True)
    return None
