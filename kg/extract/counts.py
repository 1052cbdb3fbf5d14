"""What a number counts: the words behind it (建成30个数字车间) and what is said of them (5家医院进入名单)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.figure_rules import BUILD
from kg.extract.indicators import clean

_PREDICATE = re.compile(
    r"^(?P<noun>.*?)(?P<verb>进入|入选|列入|获批|获评|属于|共属|构成|组成|入围|纳入|跻身|上榜|获得|荣获|建成|开工|投产|落地|投入使用|投用|达产|上市|通过|参与|开展|完成|启动|签约|正式|实现|全部|顺利|竣工|通车|由)(?P<object>.*)$"
)
_DROP = re.compile(
    r"^(?:在[^，]{1,12}?)?(?:累计|共|已|再|分[一两二三四五]?批次?)*(?:建成|建设|共建|新建|创建|打造|选取|选出|遴选出?|拥有|设有|设立|有|仅有|共有|现有的?|现有|建立|布局建设|是|为|达|达到|超过|形成|共|约|从)?$"
)
_HELPED = re.compile(r"(?:为|对|支持|带动|服务|帮助|助力|推动|资助)$")
_ROLE = re.compile(r"^(?P<noun>[^，]*?)作为(?P<role>[^，]{2,8})$")
_GROUPED = ("属于", "共属", "构成", "组成")
_GROWS = re.compile(r"(?:以上|左右)?(?:增长|提高|下降|占|比|较)")
#: points of a text, or measuring words that belong to a sum behind them
_NO_THING = re.compile(
    r"(?:措施|举措|任务|方面|问题|指标|判断|步骤|环节|维度|阶段|原则|过程|实践)$"
    r"|(?:交易额|产值|营收|收入|销售额|投资额)$|^[过超]?[一二三四五六七八九十百千万亿]+级?$|[$+=]"
)
#: signs that the words are a clause, not a noun
_CLAUSE = re.compile(
    r"呈|均|都|之间|分布|存在|已|正在|相比|之一|当中|中(?![心小药试国介医高央职外学西部等欧老青])"
)
_LAST_VERB = re.compile(rf"(?:累计|共)?新?(?:{BUILD.pattern})(?:了|出|省级|实施|国家级)*$")
#: verbs that change what is counted: 新增企业 are not the enterprises there are
_TELLING = re.compile(r"新增|累计|引进|孵化|认定|培育|推广|带动|选派|转化")
#: 选派10名科技副总到企业任职: where to is not what is counted
_SENDS = re.compile(r"选派|派驻|派出|下派|组织|引导|安排|推荐")
_WHERE_TO = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:赴|到(?![位账期])|进驻|前往|深入)[^，]{2,}$")
_LONGEST = 36


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, the verb that a list may share, the predicate a count before may share, and how many
    characters of the words behind the number belong to it."""

    indicator: str
    verb: str
    phrase: str
    used: int


def counted(head: str, tail: str, verb: str, carried: str, phrase: str) -> Counted | None:
    """What a count and the words round it say; None where nothing is counted.

    `verb` and `phrase` come from the count before, `carried` is its indicator (for 12家由高校牵头建设).
    """
    offset = len(tail) - len(tail.lstrip(" "))
    words = tail.strip()
    if words.startswith("的"):
        words, offset = words[1:], offset + 1
    words = re.sub(r"(?<=.{2})(?:中|里|当中)$", "", words)
    if not words or re.search(r"(?:措施|举措|任务)$", words):
        return None
    end, lead = offset + len(words), clean(head)
    if head.rstrip().endswith("的") and len(lead) > 3 and not re.search(r"现有的$|”的$", head):
        return Counted(re.sub(r"^.*作为", "", lead) + "的" + words, "", "", end)
    if m := _ROLE.match(words):
        return Counted(m["role"] + (m["noun"] or carried), "", "", end)
    if (m := _HELPED.search(head.rstrip())) and len(words) > 3:
        return Counted(m.group() + words, "", "", end)
    m = _PREDICATE.match(words)
    if m and (m["object"] or m["verb"] in ("获批", "入选")):
        noun = m["noun"] or carried
        if not noun:
            return None
        if m["verb"] in _GROUPED:
            return Counted(m["object"] + noun, "", "", end)
        done = m["verb"] + m["object"]
        return Counted(f"{done}的{noun}", "", done, end)
    return _thing(head, lead, words, offset, verb, phrase)


def _thing(head: str, lead: str, words: str, offset: int, verb: str, phrase: str) -> Counted | None:
    """A plain noun behind the number, with the words before it where these say which."""
    noun = re.sub(r"(?:之一|等|以上|左右|和|与|及|并)$", "", words)
    noun = re.split(r"位列|位居|跻身|稳居|居全国", noun)[0]
    if _SENDS.search(lead):
        noun = _WHERE_TO.sub("", noun)
    if not noun or len(noun) > _LONGEST or _GROWS.match(words) or _NO_THING.search(noun):
        return None
    lead = re.sub(r"“[^”]*”的?$", "", lead)
    subject = "" if lead.endswith("等") and not BUILD.search(lead) else lead
    end = offset + len(noun)
    if re.match(r"在[^，]{2,}$", noun) and head.endswith("有") and len(subject) >= 3:
        return Counted(f"{noun}的{subject.removesuffix('有')}", "", "", end)
    if len(noun) > 6 and _CLAUSE.search(noun):
        return None
    if _DROP.match(subject) or subject.endswith(("等", "、")):
        build = BUILD.search(subject)
        if not subject and _TELLING.search(verb):
            return Counted(verb + noun, verb, phrase, end)
        return Counted(noun, build.group() if build else verb, phrase, end)
    if last := _LAST_VERB.search(subject):
        prefix = last.group() if _TELLING.search(last.group()) else ""
        return Counted(prefix + noun, last.group(), phrase, end)
    short = re.sub(r"^.*[，：]", "", subject)
    return Counted(short + noun if len(short) <= 16 else noun, "", phrase, end)
