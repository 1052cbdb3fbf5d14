"""What a figure measures: the words before and behind a number, taken apart.

A Chinese clause with a figure is mostly *place* + *indicator* + *(compared with)* + *verb* + *number*:
全省研发经费比上年增长12.1%. `read_head` takes the words before the number apart; what is left when place, time,
comparison and verb are gone is the indicator as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.text.areas import load_areas

_GROW = "增长|提高|提升|增加|上升|扩大|上涨|攀升|增|升"
_FALL = "下降|降低|减少|下滑|回落|缩小|压减|下跌|缩短|缩减|降|减"
_HOW = "(?:同比|环比|年均|逐年|每年|累计|平均每年|实际|净|名义|可比口径|持续|总体|合计|均|也|又|分别|依次|再|共|约|已|各|大幅|仅|各自|连续|快速)*"
#: a verb that says how much, right before the number
_LEVEL = re.compile(
    r"(?:分别|依次|均|都|已经?|仅|只|就|共|总共|累计|约|可|将|还|已?稳定|总体|合计|各|其中|超额|尚|目前|大约|至少|继续|仍|再|全年|预计)*"
    r"(?:(?:提高|增加|提升|上升|增长|扩大|发展|下降|降低|减少|压减|控制|稳定|保持|维持|集聚|壮大|回落|缩短|跃升|攀升|扩张|增至?|升|降|减|扩展|扩容|拓展|上升|累计|持续)(?:了)?(?:到|至|在)"
    r"|(?:达到|达至|高达|多达|达|突破|超过|超|接近|完成|实现|拥有|占到|占据?|(?:连续)?(?:跨越|迈上|站上)|逼近|仅有|只有|共有|现有|设有|有|为|是|在|至|近|不足|不到|满)(?:了|约|为)?)$"
)
_CHANGE = re.compile(rf"(?P<how>{_HOW})(?<![新净])(?:(?P<up>{_GROW})|(?P<down>{_FALL}))(?:了|约|近|幅度)?$")
_CHANGE_SHORT = re.compile(
    r"(?:分别|依次|均|要|还|仍|大约)*(?:(?P<up>高出|多出|高|多|快)|(?P<down>低|少|慢))(?:了|约|近)?$"
)
_THAN = re.compile(
    r"^(?P<subject>.*?)(?:(?:较|比(?!重|例|率|值|较))(?P<than>.{1,40}?)|(?:与|同|和)(?P<than2>.{1,40}?)相比)$"
)
_ABOVE = re.compile(
    r"^(?P<subject>.*?)(?:均|分别|均?远|也|且|还|仍|要)*(?:(?P<up>高于|高出|超出|超过|多于|快于|高过|领先)|(?P<down>低于|少于|慢于|落后于?))(?P<than>.{2,30})$"
)
_MULTIPLE = re.compile(
    r"^(?P<subject>.*?)(?:分别|依次|均|约|大约|仅|已|就|总量|总数)*(?:是|为|相当于|达到|达|不足|不到|超过|约)(?P<than>[^，、是为]{2,30}(?:、[^，、是为]{2,12})*?)的?$"
)
_SHARE = re.compile(
    r"^(?P<subject>.*?)(?:分别|约|仅|均|大约|已)?占(?!比|据|地|用|领)(?:了|到)?(?P<whole>.{1,30}?)(?:的?(?P<word>比重|比例|份额|比率))?的?(?:约|近|超)?$"
)
_OWN = re.compile(
    r"(?:全省|全市|全县|全区|全州|我省|我市|我区|我县|本省|本市|本区|本县|省内|市内|该省|该市|该县|该区|该州|该自治区|我州|全盟|全旗)(?:范围内|上下)?的?"
)
_AND = re.compile(r"[省市]?(?:、|和|与|及|以及)")
_GOES_INTO_NAME = re.compile(
    r"(?:实验室|大学|学院|研究院|自贸|高新区|高新技术产业|经开区|示范区|科学城|科技城|银行|港(?!口)|话|人才|造|式|标准)"
)
_GROUP_WORD = re.compile(
    r"^(?:等?(?:[\d一二三四五六七八九十两]+)?(?:个)?(?:省份|省市|省|市|城市|地区|区县|区域|地))?的?"
)
_EDGE_BRACKET = re.compile(r"（[^（）]*）?$|^[^（）]*）")
_EXPLANATION = re.compile(r"（[^（）]*(?:简称|，)[^（）]*）")
#: the members of OECD, G20 and ASEAN, a few others, and what countries are grouped to
_COUNTRIES = (
    "美国|英国|日本|德国|法国|韩国|加拿大|澳大利亚|意大利|墨西哥|土耳其|西班牙|葡萄牙|荷兰|比利时|卢森堡|瑞士|奥地利|瑞典|挪威|芬兰|丹麦|冰岛|爱尔兰|波兰|捷克|斯洛伐克|斯洛文尼亚|"
    "匈牙利|希腊|爱沙尼亚|拉脱维亚|立陶宛|以色列|新西兰|智利|哥伦比亚|哥斯达黎加|巴西|俄罗斯|印度尼西亚|印度|南非|阿根廷|沙特阿拉伯|沙特|阿联酋|埃及|新加坡|马来西亚|泰国|越南|"
    "菲律宾|老挝|柬埔寨|缅甸|文莱|哈萨克斯坦|巴基斯坦|乌克兰|欧盟|欧洲|东盟|欧美|发达国家|全球|世界"
)
FOREIGN = re.compile(
    rf"(?:{_COUNTRIES})(?!大学|专利|公司|银行|一流|级|首|领先)"
)
#: words that only lead in
_LEAD = re.compile(
    r"^(?:其中|同时|但是|但|然而|而且|而|并且|并|且|仅仅|仅|只有|只|目前|截至|截止|到(?![账位])|至|力争|争取|确保|全年|预计|计划|将|虽然?|仍|也|又|已经|已|总共|约(?!束)|"
    r"近年来|当前|此外|另外|例如|比如|如|其次|首先|即(?![将时])|数据显示|据统计|尤其是?|特别是|以来|(?:末|底)(?=[，全我该])|由于|因此|所以|后(?![备补])|前(?![沿瞻海期])|通过(?![率验])|努力|推动|使(?!用)|让|使得|"
    r"预期|主要(?![污指农粮经])|初步|统计显示|结果显示|显示(?![面屏器])|表明|从(?!业)|在此期间|期间|五年来|一年来|这一年|年底|年末|的|要(?!素)|是|[，：、”$\s·]|[一二三四五六七八九]是|一年|实现|推进|促进"
    r"|带动(?=[^，]*(?:增长|增加|提高)))+"
)
_TRAIL = re.compile(
    r"(?:分别|依次|(?<![平人年])均|(?<![成首])都|也|已经|已|(?<!公)共|共计|合计|累计|总共|虽|虽然|(?<![节合条])约|将|仅|(?<!成)就|主要|要|的|了|还|仍|(?<![规细原])则|总计|(?<!许)可|年均|每年|[$，：、\s]|同比"
    r"|环比|比上年|其中|稳步|持续|大幅|显著|明显|进一步|快速|逐步)+$"
)
_TRAIL_ENDS = frozenset("别次均都也经已共计虽然约将仅就要的了还仍则总可年比中步续幅著显速$，：、 \t\n\u3000")
#: what two or more items share at their end
_SHARED = re.compile(
    r"(?:行业|产业|领域|居民|制造业)?(?:人均可支配收入|增加值|总产值|产值|营收|营业收入|主营业务收入|产量|销量|投资额?|进出口总额|进出口额?|出口额?|进口额?|收入|利润总额|利润|业务量|吞吐量|案件|占比|比重|覆盖率|普及率|人数|数量|总量"
    r"|贷款余额|余额|支出|零售额|用电量|增速|平均得分|得分|评分|合格率|达标率|入园率|贷款)$"
)
#: measuring words that mean nothing without what was spoken of before
BARE = re.compile(
    r"^(?:占比|增速|增幅|增长率|增长速度|总量|总数|总额|比重|比例|规模|数量|金额|水平|得分|评分|平均得分|总得分|综合得分|综合评价得分|平均分|产值|面积|强度|排名|位次|名次|"
    r"人数|总人数|户数|企业|收入|投资|投入|其|这一比例|该比例|这一数字|数字|总值|综合排名|总体排名|指标值|贡献率|覆盖率|平均|均值|合同额|成交额|交易额|年产值|数|量|额|差距|降幅|涨幅|利润|销售收入|产量)$"
)


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Head:
    """The words before a figure: what is measured, compared with what, and whether it is a change.

    `sign` is -1 for a decline. `relation` is `level`, `change`, `above`, `multiple` or `share`.
    """

    subject: str
    relation: str = "level"
    sign: int = 1
    than: str = ""
    whole: str = ""


@lru_cache(maxsize=8192)
def clean(words: str) -> str:
    """Words without what leads in and trails: 其中，, 已, 分别 …; a bracket at the end goes too."""
    words = words.strip()
    if "（" in words or "）" in words:
        words = _EXPLANATION.sub("", _EDGE_BRACKET.sub("", words))
    if m := _LEAD.match(words):
        words = words[m.end() :]
    if words and words[-1] in _TRAIL_ENDS:
        words = _TRAIL.sub("", words).strip()
    opened, closed = words.count("“"), words.count("”")
    if opened == closed:
        return words
    return words.replace("“" if opened > closed else "”", "", 1)


#: A市集聚了全省62%的高企: a share of the whole, of what stands behind the number
_GATHERS = re.compile(
    r"^(?P<subject>.*?)(?:集聚|聚集|集中|汇聚|拥有|贡献|占据|创造|承担)[了着]?(?P<whole>全[国省市区县州])(?:的|近|约|超)?$"
)
#: 仅为某省的56%: the figure beside the one of another place
_OF_ANOTHER = re.compile(r"^(?P<subject>.*?)(?:仅|只|约)?(?:相当于|为|是|有)(?P<than>[^，为是有的]{2,12})的$")


def read_head(words: str, kind: str) -> Head:
    """Take apart the words before a number of a kind (`percent`, `points`, `times`, `fraction`, `money`, …)."""
    words = words.rstrip(" 　$")
    shares = kind in ("percent", "fraction")
    if shares and (m := _SHARE.match(_LEVEL.sub("", words)) or _SHARE.match(words)):
        whole = clean(m["whole"])
        if whole:
            return Head(clean(m["subject"]), "share", whole=whole + (m["word"] or "比重"))
    if shares and "全" in words[-4:] and (m := _GATHERS.match(words)):
        return Head(clean(m["subject"]), "share", whole=m["whole"] + "比重")
    if shares and words.endswith("的") and (m := _OF_ANOTHER.match(words)) and areas_in(m["than"]):
        return Head(clean(m["subject"]), "multiple", than=m["than"])
    if kind in ("times", "fraction") and (m := _MULTIPLE.match(words)):
        return Head(clean(m["subject"]), "multiple", than=clean(m["than"]))
    if (
        kind == "fraction"
        and words.endswith("的")
        and (m := re.match(r"^(?P<subject>.*?(?:分|量|额|数|度|率|水平))(?P<than>[^，]{2,24})的$", words))
    ):
        return Head(clean(m["subject"]), "multiple", than=clean(m["than"]))
    if m := _CHANGE.search(words):
        rest, sign = words[: m.start()], -1 if m["down"] else 1
        if than := _THAN.match(rest.rstrip("分别均")):
            return Head(clean(than["subject"]), "change", sign, clean(than["than"] or than["than2"]))
        return Head(clean(rest), "change", sign)
    if kind in ("points", "percent", "times", "count", "money", "other"):
        if (m := _CHANGE_SHORT.search(words)) and (than := _THAN.match(words[: m.start()])):
            return Head(
                clean(than["subject"]), "above", -1 if m["down"] else 1, clean(than["than"] or than["than2"])
            )
        if kind in ("points", "percent", "times") and (m := _ABOVE.match(words)):
            return Head(clean(m["subject"]), "above", -1 if m["down"] else 1, clean(m["than"]))
    return Head(clean(_LEVEL.sub("", words)))


def strip_area(words: str, own: str) -> tuple[str, list[str]]:
    """Places that open the words, and the rest: 广东、江苏的企业投入 → 企业投入, [广东省, 江苏省].

    `own` is what 全省, 我市 mean. A place that is part of a name (江苏省实验室, 北京大学) stays.
    """
    rest, names = _strip_area(words, own)
    return rest, list(names)


@lru_cache(maxsize=8192)
def _strip_area(words: str, own: str) -> tuple[str, tuple[str, ...]]:
    if m := _OWN.match(words):
        return words[m.end() :], (own,)
    if m := FOREIGN.match(words):
        return words[m.end() :].removeprefix("的"), (m.group(),)
    found = load_areas().find(words)
    if not found or found[0][0] > 0:
        return words, ()
    names: list[str] = []
    end = 0
    for start, stop, area in found:
        if end and not _AND.fullmatch(words, end, start):
            break
        names.append(area.name)
        end = stop
    rest = words[end:]
    if _GOES_INTO_NAME.match(rest):
        return words, ()
    return _GROUP_WORD.sub("", rest), tuple(names)


def areas_in(words: str) -> list[str]:
    """The places named in words that are nothing but a list of them; [] otherwise."""
    rest, names = strip_area(words, "")
    return [n for n in names if n] if not rest or rest in ("等", "之后", "后面") else []


def items(words: str, count: int) -> list[str]:
    """A parallel list with a shared head or tail as `count` full indicators; [] where it does not fit.

    单位能耗、水耗 → 单位能耗, 单位水耗; 电子产业、汽车产业增加值 → each with 增加值;
    有专利、商标的企业占比 → each with 有 and 的企业占比.
    """
    parts = [p for p in re.split(r"、|和(?!谐|平|睦)|与|以及|及(?!其)", words) if p]
    if len(parts) != count or count < 2:
        return []
    first, last = parts[0], parts[-1]
    if m := re.search(r"分别|依次|各自?(?=[\u4e00-\u9fff]{2})", last):
        own, tail = last[: m.start()], last[m.end() :]
        return [*(p + tail for p in parts[:-1]), own + tail]
    if "的" in last and "的" not in first:
        own, tail = last.split("的", 1)
        lead = first[0] if first[0] in "有为由" and own[:1] != first[0] else ""
        body = [p if i or not lead else p[1:] for i, p in enumerate(parts[:-1])]
        return [f"{lead}{p}的{tail}" for p in (*body, own)]
    if len(first) > len(last) and first[-1] == last[-1]:  # shared head
        head = first[: -len(last)]
        return [first, *(head + p for p in parts[1:])]
    if (m := _SHARED.search(last)) and m.start() >= 2 and not _SHARED.search(first):
        bare = re.sub(r"^(?:产业|行业)", "", m.group())
        return [*(p + (bare if p.endswith("业") else m.group()) for p in parts[:-1]), last]
    if len(first) > len(last) + 3 and not BARE.match(last):
        m = re.match(r"(.+(?:单位增加值|单位|人均|产业|企业|全员|居民))", first)
        return [first, *(m.group(1) + p for p in parts[1:])] if m and len(last) <= 4 else parts
    if len(last) > len(first):  # shared tail
        at = last.rfind(first[-2:])
        own = at + 2 if at >= 0 and len(first) >= 2 else len(first)
        tail = last[own:]
        if len(tail) >= 2:
            return [*(p + tail for p in parts[:-1]), last]
    return parts
