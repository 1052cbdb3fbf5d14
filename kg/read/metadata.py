"""What a document says about itself: 主送, 附件, 有效期, 废止 of official documents (GB/T 9704—2012); authors,
affiliations, abstract, keywords and references of articles.

Each `Detail` has the exact characters that say so, unless it comes from the file (meta tags, properties).
Title, 发文机关, 发文字号 and 成文日期 as the text has them are claims of `kg.extract` (a policy with `self`); what the
page or file says of them is kept here beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from kg.model import Detail
from kg.read.content import REFERENCES_TITLE, Content
from kg.read.layout import one_line
from kg.text.shadow import Shadow
from kg.text.unwrap import unwrap

#: keys in the order they are given; the file's own words keep their key
KEYS = (
    *("title", "author", "affiliation", "number", "date", "published", "publisher", "source", "index_number"),
    *("status", "effective", "expires", "validity", "repeals", "addressee", "attachment"),
    *("abstract", "keywords", "reference", "language", "url"),
)
_BODY = r"(?:人民政府|政府|委员会|委|办公厅|办公室|厅|局|部|院|公司|单位|机构|组织|企业|高校|高等学校|大学|中心|开发区|高新区|管委会|团体|银行|学会|协会|部门|直属机构|事业单位|区|县|市|州|盟)"
_ADDRESSEE = re.compile(
    rf"(?m)^(?=.{{0,300}}?(?:各|有关|相关|{_BODY}))([\u4e00-\u9fff（）()、，,“”\s]{{3,300}}?{_BODY}(?:[（(][^（）()]{{1,30}}[）)])?)：$"
)
_ATTACHMENT_LIST = re.compile(r"(?m)^附件(?:\d{0,2})：\s*(.{2,200})$")
_ATTACHMENT_ITEM = re.compile(r"(?m)(\d{1,2})[.．、]\s*(.{2,160})$")
_VALIDITY = re.compile(
    r"有效期(?:为|至|限|：|[一二三四五六七八九十\d])|试行期?(?:为|[一二三四五六七八九十\d])"
    r"|自[^。；\n自]{1,24}起(?:施行|实施|执行|生效|试行)|[年月日]起(?:施行|实施|执行|生效)"
)
_REPEALS = re.compile(r"废止|停止执行")
_OWN_TERM, _TITLE = re.compile(r"本[\u4e00-\u9fff]{1,8}|施行|实施之日|执行|上述政策"), re.compile("《")
_CLAUSE_END = re.compile(r"[。；\n]")
_ABSTRACT = re.compile(
    r"(?m)^[\s〔【\[]*摘\s?要[\]】〕]?\s*[:：]?\s*(?P<same>\S.{20,2500})$|^[\s〔【\[#]*摘\s?要[\]】〕]?\s*[:：]?\n(?P<next>.{20,2500})$"
)
_KEYWORDS = re.compile(r"(?m)^[\s〔【\[]*关\s?键\s?词[\]】〕]?\s*[:：]?\s*(.{2,200})$")
_AUTHORS = re.compile(r"(?m)^作者[:：]\s*(.{2,200})$")
#: the commonest surnames; they tell a line of names from a heading
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康"
    "毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜"
    "肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边吉饶瞿楚池裘佟鞠穆巫"
)
_AFFILIATION = re.compile(
    r"\s*[（(]?\d?[.．、]?\s?([\u4e00-\u9fffA-Za-z（）()、，, ·-]{4,80}?"
    r"(?:大学|学院|研究院|研究所|研究中心|中心|智库|公司|科学院|党校|厅|局)[\u4e00-\u9fff（）()，,； ]{0,40}?[，,\s]?(?:[\u4e00-\u9fff]{2,6})?[，,\s]{0,2}\d{6})[)）]?$"
    r"|\s*作者单位[:：]\s*(.{4,160})$"
)
_AFFILIATION_PARTS = re.compile(r"[^；;]+?(?:[；;](?=\s*\d)|$)")
_REFERENCE = re.compile(r"(?m)^[ \t\u3000]*[\[［](\d{1,3})[\]］]\s*(.{2,300}(?:\n(?![ \t\u3000]*(?:[\[［]\d|\n)).{1,300}){0,6})")
_FROM_FILE = frozenset(KEYS)


def details(content: Content) -> tuple[Detail, ...]:
    """The details of a document, in the order of `KEYS` and of the text."""
    shadow = unwrap(content.text)
    found = [d for d in _said(content, shadow) if d.value]
    said = {d.key for d in found}
    for key, value in content.metadata.items():
        if key in _FROM_FILE and key not in said:
            values = re.split(r"[;；,，、]\s*", value) if key == "keywords" else [value]
            found += [Detail(key, v.strip()) for v in dict.fromkeys(values) if v.strip()]
    order = {key: n for n, key in enumerate(KEYS)}
    return tuple(sorted(found, key=lambda d: (order[d.key], d.span or (0, 0))))


def _said(content: Content, shadow: Shadow) -> Iterator[Detail]:
    text = shadow.text
    end = _references_start(text)
    yield from _official(shadow, end)
    if re.search(r"(?m)^[\s〔【\[#]*(?:摘\s?要|关\s?键\s?词)", text[:6000]):
        yield from _article(shadow)
    if end < len(text):
        yield from _references(shadow.source, shadow.to_source(end - 1, end)[1])


def _references(source: str, start: int) -> Iterator[Detail]:
    """The entries of a list of references; one goes on until the next number or an empty line."""
    for m in _REFERENCE.finditer(source, start):
        entry = one_line(m[2])
        if len(entry) >= 8:
            yield Detail("reference", entry, m.span(2))


def _references_start(text: str) -> int:
    m = re.search(rf"(?m)^[# ]*{REFERENCES_TITLE}[:：]?$", text)
    return m.end() if m else len(text)


def _official(shadow: Shadow, end: int) -> Iterator[Detail]:
    """Addressees stand before the first sentence, attachments at the end, the rest in the final provisions."""
    text = shadow.text
    first = text.find("。")
    m = _ADDRESSEE.search(text, 0, first if first >= 0 else end)
    if m and "关于" not in m[1]:
        yield from _parts("addressee", shadow, m.start(1), m.end(1), "[，,；;]")
    for m in _ATTACHMENT_LIST.finditer(text, 0, end):
        if item := re.match(r"\d{1,2}[.．、]\s*", m[1]):
            yield _detail("attachment", shadow, m.start(1) + item.end(), m.end(1))
            cursor = m.end() + 1
            while item := _ATTACHMENT_ITEM.match(text, cursor):
                yield _detail("attachment", shadow, item.start(2), item.end(2))
                cursor = item.end() + 1
        else:
            yield _detail("attachment", shadow, m.start(1), m.end(1))
    for key, pattern in (("validity", _VALIDITY), ("repeals", _REPEALS)):
        cursor = 0
        while m := pattern.search(text, cursor, end):
            start = max(text.rfind(mark, cursor, m.start()) for mark in "。；\n") + 1 or cursor
            stop = closing.start() if (closing := _CLAUSE_END.search(text, m.end(), end)) else end
            cursor = stop
            # the term of a status (资格有效期), and 废止 without a title, are matters like others
            if stop - start <= 300 and (_OWN_TERM if key == "validity" else _TITLE).search(text, start, stop):
                yield _detail(key, shadow, start, stop)


def _article(shadow: Shadow) -> Iterator[Detail]:
    text = shadow.text
    abstract = _ABSTRACT.search(text, 0, 8000)
    if abstract:
        group = "same" if abstract["same"] else "next"
        yield _detail("abstract", shadow, abstract.start(group), abstract.end(group))
    if m := _KEYWORDS.search(text, 0, 10_000):
        words = list(_parts("keywords", shadow, m.start(1), m.end(1), r"[;；,，、]"))
        if len(words) == 1:  # set apart by spaces, which the shadow leaves out
            words = list(_parts("keywords", shadow, m.start(1), m.end(1), ""))
        if 2 <= len(words) <= 15 and all(2 <= len(w.value) <= 30 for w in words):
            yield from words
    head = text[: abstract.start()] if abstract else text[:1500]
    if m := _AUTHORS.search(text, 0, 3000):
        stop = m.start(1) + len(re.split(r"[（(]", m[1])[0])
        yield from _parts("author", shadow, m.start(1), stop)
        if inside := re.search(r"[（(]([^（）()]{4,160})[)）]", m[1]):
            yield _detail("affiliation", shadow, m.start(1) + inside.start(1), m.start(1) + inside.end(1))
    else:
        yield from _author_line(shadow, len(head))
    yield from _affiliations(shadow.source, _head_lines(shadow, len(head)))


def _head_lines(shadow: Shadow, end: int) -> list[tuple[int, int]]:
    """The lines of the source between the first one and the offset `end` of the shadow, as they stand."""
    stop = shadow.to_source(end - 1, end)[1] if end else 0
    lines = (m for m in re.finditer(r"[^\r\n]+", shadow.source[:stop]) if m[0].strip())
    return [m.span() for m in islice(lines, 1, 14)]


def _author_line(shadow: Shadow, end: int) -> Iterator[Detail]:
    """The first line of nothing but names between title and abstract; names may be parted by spaces alone."""
    for a, b in _head_lines(shadow, end):
        if b - a <= 120 and (names := list(_names(shadow.source, a, b))):
            yield from names
            return


def _affiliations(source: str, lines: Sequence[tuple[int, int]]) -> Iterator[Detail]:
    """One for each affiliation of a line; （1. … 250001；2. … 250014） holds several."""
    for a, b in lines:
        line = source[a:b].rstrip()
        if len(line) > 400:
            continue
        for part in _AFFILIATION_PARTS.finditer(line):
            if m := _AFFILIATION.match(part[0].rstrip("；; ")):
                start, end = (a + part.start() + n for n in m.span(1 if m[1] else 2))
                yield Detail("affiliation", " ".join(source[start:end].split()), (start, end))


def _names(source: str, start: int, end: int) -> Iterator[Detail]:
    if re.search(r"[^\u4e00-\u9fff\s\d⁰¹²³⁴-⁹.*＊\\①-⑨\[\]()（）、，,；;†‡]", source[start:end]):
        return
    found = [(m.start(), m.end()) for m in re.finditer(r"[\u4e00-\u9fff]+", source[start:end])]
    spans: list[tuple[int, int]] = []
    for a, b in found:  # 徐 芳: a name of two characters spread to the width of three
        if spans and b - a == 1 and spans[-1][1] - spans[-1][0] == 1:
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    texts = ["".join(source[start + a : start + b].split()) for a, b in spans]
    if texts and all(2 <= len(t) <= 4 and t[0] in _SURNAMES for t in texts):
        yield from (Detail("author", t, (start + a, start + b)) for t, (a, b) in zip(texts, spans, strict=True))


def _parts(
    key: str, shadow: Shadow, start: int, end: int, separator: str = r"[、，,；;]"
) -> Iterator[Detail]:
    """One detail for each item of a list; separators inside brackets part nothing, and where `separator` is
    empty the white space of the source parts the items."""
    if not separator:
        gaps = [n for n in range(start + 1, end) if shadow.origin[n] - shadow.origin[n - 1] > 1]
        for a, b in pairwise([start, *gaps, end]):
            yield _detail(key, shadow, a, b)
        return
    cursor, depth = start, 0
    for at in range(start, end + 1):
        c = shadow.text[at] if at < end else ""
        depth += (c in "（(") - (c in "）)") if c else 0
        if (not c or (depth <= 0 and re.fullmatch(separator, c))) and cursor < at:
            item = re.match(
                r"\s*(.*?)[\s\d*＊①-⑨,，\[\]]*$" if key == "author" else r"\s*(.*?)\s*$",
                shadow.text[cursor:at],
            )
            if item and item[1]:
                yield _detail(key, shadow, cursor + item.start(1), cursor + item.end(1))
            cursor = at + 1
        elif c and depth <= 0 and re.fullmatch(separator, c):
            cursor = at + 1


def _detail(key: str, shadow: Shadow, start: int, end: int) -> Detail:
    return Detail(key, shadow.value(start, end), shadow.to_source(start, end))
