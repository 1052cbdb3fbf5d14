"""What a document is, whom and which place it speaks for, and which places a sentence speaks of.

Titles and issuers follow GB/T 9704—2012: title = issuer + 关于 + matter + 的 + kind of document (文种).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.extract.digest import as_digest
from kg.extract.reading import Context, Reading
from kg.extract.titles import title_issuers, unwrap_notice
from kg.model import Document
from kg.text.areas import Area, Areas, load_areas
from kg.text.dates import find_periods
from kg.text.docnumber import find_document_numbers
from kg.text.shadow import Shadow, fold
from kg.text.structure import Outline

KINDS = (
    "工作要点|责任分工|任务分工|实施意见|指导意见|若干意见|政策意见|意见|管理办法|暂行办法|操作办法|实施办法|办法|若干措施|政策措施|措施|实施方案|行动方案|"
    "工作方案|方案|行动计划|计划|规划|纲要|决定|条例|规定|细则|批复|公告|通告|通知|若干政策|政策|指引|公报|令|目录|指南|(?:条件|标准|程序|流程)[及和与](?:条件|标准|程序|流程)"
)
_TITLE = re.compile(
    rf"^(?P<title>[^。；！？]{{3,90}}(?:{KINDS}|[^方办书写做想说看用]法))(?P<tail>(?:（(?![^）]*号）)[^）]{{1,20}}）)*)(?:\s*（[^）]*号）)?$"
)
_LABELLED = re.compile(r"^(?:发文)?标题：(.+)$|^(?:文件)?名称：(.+)$")
_REPORT = re.compile(r"政府工作报告|工作报告")
_ARTICLE = re.compile(r"(?m)^(?:摘要|〔?摘要〕?|关键词|Abstract|参考文献|引言)|中图分类号|\[\d{1,2}(?:[-,，]\d{1,2})?\]")
_NATIONAL = re.compile(r"国务院|中华人民共和国|中共中央|国家[发知科税市药卫能林统外]|科技部|财政部|教育部|工业和信息化部|全国人民代表大会")
_OWN = re.compile(r"[我本全](省|市|区|县|州|旗|自治区|国)")
#: 本报太原讯, 新华社西宁9月12日电: where the reporter sits, not of what he writes
_DATELINE = re.compile(
    r"(?:本报|本刊|本网|新华社|中新社|中新网|央视网|[\u4e00-\u9fff]{2}日报|人民网|光明网)(?:记者)?[\u4e00-\u9fff]{2,6}?(?:\d{1,2}月)?(?:\d{1,2}日)?[讯电](?=[（(：:，\s]|[\u4e00-\u9fff])"
)
_ZONE = re.compile(r"(?:国家)?[\u4e00-\u9fff]{0,6}?(?:高新区|高新技术产业开发区|经开区|开发区|新区|综合保税区|科技城|大学)")
#: （2020年7月1日某省人民政府发布）, （…通过 2023年11月30日修订） under a title
_PUBLISHED = re.compile(r"[（(].*?(?:通过|修[订正改]|公布|发布|印发|颁布).*[）)]$")
_FULL_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
#: a year that the text looks ahead to or quotes
_NO_PRESENT = re.compile(r"《[^》]*》|(?<!截)[到至—–~-](?:19|20)\d\d年|(?:19|20)\d\d年?[—–~-](?:20)?\d\d年|(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?起|有效期[^。]*|力争[^。]*|自(?:19|20)\d\d年[^。]{0,12}施行|[（(][^（）()]{0,8}(?:19|20)\d\d[）)]")
_PRESENTS = re.compile(r"印发《([^《》]{4,60})》$")
_OWN_LEVEL = {"省": "province", "自治区": "province", "市": "city", "州": "city", "区": "county", "县": "county", "旗": "county"}
#: 发文字号 begin with the short name of the place
_NUMBER_PLACE = {
    "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "蒙": "内蒙古自治区", "内政": "内蒙古自治区",
    "辽": "辽宁省", "吉": "吉林省", "黑": "黑龙江省", "沪": "上海市", "苏": "江苏省", "浙": "浙江省",
    "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省",
    "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "渝": "重庆市", "川": "四川省",
    "黔": "贵州省", "滇": "云南省", "云": "云南省", "藏": "西藏自治区", "陕": "陕西省", "甘": "甘肃省",
    "青": "青海省", "宁": "宁夏回族自治区", "新": "新疆维吾尔自治区", "国": "全国", "中": "全国",
}  # fmt: skip


def read_context(document: Document, shadow: Shadow, structure: Outline) -> Context:
    """What the document as a whole is; the catalogue's own words (area, kind) go before what the text suggests."""
    areas = load_areas()
    title, span = _title(shadow, structure)
    head = shadow.text[:1500]
    kind = document.source.kind or _kind(fold(title), shadow.text)
    policy, aliases = unwrap_notice(title)
    if kind == "policy" and (m := _PRESENTS.search(title)):  # X印发《Y》 heads the text of Y
        policy, aliases = m[1], ()
    issuers = title_issuers(title) or _published_by(shadow.text, span)
    number = _own_number(shadow.text, span)
    area = document.source.area or _area("" if "。" in title else title, issuers, number, shadow.text, areas)
    issued = _issued(shadow, span, number, structure)
    year = int(issued[:4]) if issued else _present_year(title, head)
    if kind == "report" and (m := re.search(r"(20\d\d)年", title)):
        year = int(m.group(1))
    context = Context(
        kind=kind,
        area=area,
        province=_province(area, title, areas),
        title=title,
        title_span=span,
        policy=policy if kind == "policy" else "",
        aliases=aliases,
        number=number,
        issuers=issuers,
        issued=issued,
        year=year,
    )
    return as_digest(context, document.source, shadow)


def _present_year(title: str, head: str) -> int | None:
    """The year a text without a date speaks from: its title's, else the latest that its opening tells of."""
    for words in (title, head):
        if years := re.findall(r"(?:19|20)\d\d(?=年)", _NO_PRESENT.sub("", words)):
            return max(map(int, years))
    return None


def _published_by(text: str, span: tuple[int, int] | None) -> tuple[str, ...]:
    """Who published it by the bracket under the title: （2020年7月1日中共某市委、某市人民政府发布）."""
    for line in text[span[1] if span else 0 :][:200].split("\n")[1:3]:
        if m := re.fullmatch(r"[（(](?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?([^\d（）]{4,60}?)(?:联合)?(?:发布|印发|公布)[）)]", line.strip()):
            return tuple(filter(None, re.split(r"[、和]", m[1])))
    return ()


def _province(area: str, title: str, areas: Areas) -> str:
    """The province of a place; where several places share its name, the one that the title means."""
    found = areas.resolve(area) or next((a for _, _, a in areas.find(title) if a.name == area), None)
    return found.province if found is not None and found.province else area


def _title(shadow: Shadow, structure: Outline) -> tuple[str, tuple[int, int] | None]:
    """The title and where it stands: the best of the first lines that end in a kind of document."""
    candidates: list[tuple[int, int, int, str]] = []
    lines: list[tuple[int, int, str]] = []
    for block in structure.blocks[:30]:
        if block.end - block.start > 160:
            break
        line = shadow.text[block.start : block.end].strip()
        mark = re.match(r"#{1,6}\s*", line)  # Markdown
        begin = block.start + (mark.end() if mark else 0)
        lines.append((begin, block.end, shadow.text[begin : block.end].strip()))
    first: tuple[str, tuple[int, int]] | None = None
    for i, (start, end, line) in enumerate(lines):
        if m := _LABELLED.match(line):
            value = m.group(1) or m.group(2)
            start, line = end - len(value), value
        elif "：" in line:
            continue
        if first is None and len(line) >= 4:
            first = (line, (start, end))
        m = _TITLE.match(line)
        if not m or line.startswith(("根据", "按照", "为", "现", "一、", "附件")) or re.search(r"如下|印发给你们", line):
            continue
        title = m.group("title") + m.group("tail")
        score = 2 * ("关于" in title) + bool(title_issuers(title)) + ("人民政府" in title) - i // 6
        begin = start
        if title.startswith("关于") and i and _is_issuer_line(lines[i - 1][2]):
            begin, title = lines[i - 1][0], lines[i - 1][2] + title
            score += 2
        candidates.append((-score, i, begin, title))
    if candidates:
        _, i, begin, title = min(candidates)
        start, end, line = lines[i]
        at = line.find(title)
        stop = start + at + len(title) if at >= 0 else end
        return shadow.value(begin if at < 0 else start + at, stop), (begin if at < 0 else start + at, stop)
    return (shadow.value(*first[1]), first[1]) if first else ("", None)


def _is_issuer_line(line: str) -> bool:
    return bool(re.fullmatch(r"(?:[\u4e00-\u9fff]{2,20}?(?:人民政府|委员会|委|办公厅|办公室|厅|局|部))+", line)) and len(line) < 60


def _kind(title: str, text: str) -> str:
    if _PRESENTS.search(title) and re.search(r"(?m)^(?:一、|第一条|1[.．、])", text) and not re.search("记者|本报|解读", text[:400]):
        return "policy"
    if _REPORT.search(title) or re.search(r"^（?[一二三四五六七八九十]?[、）]?20\d\d年(?:主要|重点|工作)?(?:目标)?(?:任务|工作)", title):
        return "report"
    if re.search(rf"(?:{KINDS}|[^方办书写做]法)(?:（[^）]*）)*$", title):
        return "policy"
    if len(_ARTICLE.findall(text)) >= 2 or re.search(r"研究|分析|思考|探讨|评价|指数", title):
        return "article"
    if re.search(r"发布会|记者|本报|讯[）)]|透露|发布消息", text[:400]):
        return "article"
    if re.search(r"(?m)^第[一二三]条|现(?:提出|就|将|制定).{0,20}如下|特制定本", text):
        return "policy"
    return "article"


def _own_number(text: str, span: tuple[int, int] | None) -> str:
    """The 发文字号 beside the title, not one that is cited in the body."""
    around = text[: (span[1] if span else 0) + 200]
    for number in find_document_numbers(around):
        before = around[: number.start].rstrip("（( ")
        if not before.endswith("》") and not re.search(r"(?:根据|按照|贯彻)[^。]*$", before[-80:]):
            return number.text
    return ""


def _issued(shadow: Shadow, span: tuple[int, int] | None, number: str, structure: Outline) -> str:
    """ISO date: a date on a line of its own (成文日期), a labelled date, else the year of the 发文字号."""
    text = shadow.text
    full = re.compile(r"^(?:[（(]?(?:成文日期|发文时间|发布日期|印发日期|发布时间|发文日期)?：?\s*)?(20\d\d|19\d\d)[年-]\s?(\d{1,2})[月-]\s?(\d{1,2})日?[）)]?")
    labelled, bare = "", ""
    for block in (*structure.blocks[:25], *structure.blocks[-25:]):
        line = text[block.start : block.end].strip()
        if len(line) < 40 and (m := full.match(line)):
            iso = f"{m.group(1)}-{int(m.group(2)):02d}-{int(m.group(3)):02d}"
            if re.match(r"成文日期|发文(?:时间|日期)|印发日期", line):
                labelled = labelled or iso
            elif not line.startswith("发布"):
                bare = bare or iso
    for i, block in enumerate(structure.blocks[:25]):
        if text[block.start : block.end].strip("： \n") == "成文日期" and i + 1 < len(structure.blocks):
            following = structure.blocks[i + 1]
            periods = find_periods(text[following.start : following.end])
            labelled = periods[0].value if periods else labelled
    if labelled:
        return labelled
    for line in text[span[1] if span else 0 :][:300].split("\n")[1:4]:
        if _PUBLISHED.match(line.strip()) and (dates := _FULL_DATE.findall(line)):
            return "{}-{:0>2}-{:0>2}".format(*dates[-1])
    if bare:
        return bare
    m = re.search(r"[〔\[（(](\d{4})[〕\]）)]", number)
    return m.group(1) if m else ""


def _area(title: str, issuers: tuple[str, ...], number: str, text: str, areas: Areas) -> str:
    if in_title := areas.find(title):
        best = narrowest(in_title)
        issuing = _area_of_number(number, areas)
        if issuing is not None and areas.contains(issuing, best):
            return issuing.name  # the province says what a zone or city in it gets
        if len(in_title) > 1:
            (_, end, _), (start, _, other) = in_title[:2]
            if title[end:start] in ("、", "和", "与") and other.province == best.province:
                return best.province or best.name  # A市、B市: what they share
        return best.name
    # a county that the table of places does not hold, at the head of the title
    if m := re.match(r"(?:中共)?([\u4e00-\u9fff]{2,7}?(?:自治县|自治旗|县|旗|镇|街道))(?!域|级|区域|处)", title):
        return m.group(1)
    if _NATIONAL.search(title) or any(_NATIONAL.search(i) for i in issuers):
        return "全国"
    if (issuing := _area_of_number(number, areas)) is not None:
        return issuing.name
    if number.startswith(("国", "中")):
        return "全国"
    return _most_named(_DATELINE.sub("", text), areas)


def _area_of_number(number: str, areas: Areas) -> Area | None:
    """The province whose short name opens a 发文字号; 苏府发, 赣市府发 and the like are of cities."""
    if not number or number.startswith(("苏府", "国", "中")) or number[1:2] in "市州":
        return None
    return next((areas.resolve(name) for prefix, name in _NUMBER_PLACE.items() if number.startswith(prefix)), None)


def narrowest(found: Sequence[tuple[int, int, Area]]) -> Area:
    """The place that names in a row mean: 广州市天河区 is 天河区. Names further on are a matter, not the place."""
    _, end, best = found[0]
    for start, stop, area in found[1:]:
        if start != end or area.province != best.province:
            break
        best, end = area, stop
    return best


def _most_named(text: str, areas: Areas) -> str:
    """The place a text without one in its title speaks of: the level of 我省/我市 decides, else what is named most.

    A text that says 我国 and 中国 more often than any place speaks of the nation.
    """
    own = Counter(_OWN.findall(text))
    level = _OWN_LEVEL.get(own.most_common(1)[0][0]) if own else None
    if level == "county" and own.most_common(1)[0][0] == "区" and "自治区" in text:
        level = None  # 全区 of an autonomous region
    found = [(end, a) for _, end, a in areas.find(text[:20000])]
    named = [a for end, a in found if not _ZONE.match(text, end, end + 16)] or [a for _, a in found]
    counts = Counter(a.name for a in named if level is None or a.level == level)
    nation = counts.pop("全国", 0) + len(re.findall(r"我国|中国(?!科)", text[:20000]))
    if not counts:
        return "全国"
    name, most = min(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    several = len({a.province for a in named if a.province}) > 1
    if level is None and (nation > most or (several and (nation == most or (_NATIONAL.search(text[:3000]) and most < 5)))):
        return "全国"
    return name


def sentence_areas(reading: Reading) -> list[tuple[str, ...]]:
    """For each sentence the places it speaks of: its own subject, else the one before in its paragraph, else
    that of the section's title, else the document's."""
    if "places" not in reading.shared:
        reading.shared["places"] = _sentence_areas(reading)
    return reading.shared["places"]


def _sentence_areas(reading: Reading) -> list[tuple[str, ...]]:
    areas = load_areas()
    context = reading.context
    text = reading.shadow.text
    out: list[tuple[str, ...]] = []
    carried: tuple[str, ...] = (context.area,)
    block = -1
    limited = _limited_to(reading, areas) if context.kind == "policy" else {}
    for s in reading.outline.sentences:
        if s.block != block:
            block = s.block
            carried = _title_areas(s.path, areas) or (context.area,)
        if context.kind == "report":
            carried = (context.area,)
        elif context.kind != "policy":
            own = _subject(text[s.start : s.end], areas, context)
            carried = own or carried
        else:
            carried = _quoted_policy_area(text[s.start : s.end], areas) or limited.get(s.block) or (context.area,)
        out.append(carried)
    return out


#: （负责部门：…，适用范围：福建自贸试验区）
_LIMITED = re.compile(r"(?:适用|实施|试点)(?:范围|区域|地区)：([^）。；]{2,60})[）。；]")


def _limited_to(reading: Reading, areas: Areas) -> dict[int, tuple[str, ...]]:
    """For each block that says to which place it applies that place: a zone stands for the place that runs it."""
    text = reading.shadow.text
    if "范围：" not in text and "区域：" not in text and "地区：" not in text:
        return {}
    out: dict[int, tuple[str, ...]] = {}
    for n, block in enumerate(reading.outline.blocks):
        if (m := _LIMITED.search(text, block.start, block.end)) and (found := areas.find(m[1])):
            out[n] = tuple(dict.fromkeys(a.name for _, _, a in found))
    return out


def _title_areas(path: tuple[str, ...], areas: Areas) -> tuple[str, ...]:
    for title in reversed(path[1:] if len(path) > 1 else ()):
        found = [a for _, _, a in areas.find(title)]
        if len({a.name for a in found}) == 1:
            return (found[0].name,)
    return ()


def _quoted_policy_area(sentence: str, areas: Areas) -> tuple[str, ...]:
    """《X办法》对…: a sentence that opens with a title reports what that policy says."""
    if not sentence.startswith("《"):
        return ()
    found = areas.find(sentence[: sentence.find("》") + 1])
    return (narrowest(found).name,) if found else ()


_OWN_PLACE = re.compile(r"(?:[^，。]{0,12}，)?(?:[^，]{0,6})?([我本全](?:省|市|区|县))(?!民)")
_WHOLE_COUNTRY = re.compile(r"(?:近年来|当前|目前|长期以来)?，?(?:中国|我国|全国|国家)(?!级|重点实验室|高新|人大|政协)")
_CLAUSE_BEFORE = re.compile(r"^.*，")
_AS = re.compile(r"^作为[^，。]{2,24}，")


def _subject(sentence: str, areas: Areas, context: Context) -> tuple[str, ...]:
    sentence = _AS.sub("", sentence)
    sentence = _DATELINE.sub(lambda m: "　" * len(m.group()), sentence[:160])
    if m := _OWN_PLACE.match(sentence, 0, 30):
        before = _CLAUSE_BEFORE.sub("", sentence[: m.start(1)])
        if m[1][0] == "全" and (named := areas.find(before)) and named[0][0] == 0:
            return (named[0][2].name,)  # A市集聚了全省62%的企业 speaks of A市
        meant = areas.resolve(m[1], context.area)
        return (meant.name if meant is not None else context.area,)
    if _WHOLE_COUNTRY.match(sentence):
        return ("全国",)
    found = areas.find(sentence[:80])
    if not found:
        return ()
    start = found[0][0]
    lead = sentence[:start]
    if start > 12 and not lead.endswith(("，", "：", "以")):
        return ()
    names = [found[0][2].name]
    end = found[0][1]
    for a, b, area in found[1:]:
        # 某市、某县; 某市《A》和《某省B》
        if re.fullmatch(r"[省市]?[、和与及]|《[^》]*》[、和与及]?《?", sentence[end:a]):
            names.append(area.name)
            end = b
        else:
            break
    return tuple(dict.fromkeys(names))
