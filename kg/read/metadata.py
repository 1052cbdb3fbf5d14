"""What a document says about itself: 主送, 附件, 有效期, 废止 of official documents (GB/T 9704—2012); authors,
affiliations, abstract, keywords and references of articles.

Each `Detail` has the exact characters that say so, unless it comes from the file (meta tags, properties).
Title, 发文机关, 发文字号 and 成文日期 as the text has them are claims of `kg.extract` (a policy with `self`); what the
page or file says of them is kept here beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Detail
from kg.read.content import REFERENCES_TITLE, Content
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
    r"(?:本(?:[\u4e00-\u9fff]{1,8})|上述政策|此前|以上政策)?[^。；\n]{0,40}"
    r"(?:有效期(?:为|至|限|：|[一二三四五六七八九十\d])|试行期?(?:为|[一二三四五六七八九十\d])|自(?:印发|发布|公布|\d{4}年\d{1,2}月\d{1,2})[^。；\n]{0,12}(?:起|之日起)(?:施行|实施|执行|生效))[^。；\n]{0,60}"
)
_REPEALS = re.compile(
    r"[^。；\n]{0,20}《[^》]{3,120}》[^。；\n]{0,160}?(?:同时废止|予以废止|自行废止|废止)|(?:同时)?废止《[^》]{3,120}》[^。；\n]{0,80}"
)
_ABSTRACT = re.compile(
    r"(?m)^[\s〔【\[]*摘\s?要[\]】〕]?\s*[:：]?\s*(?P<same>\S.{20,2500})$|^[\s〔【\[#]*摘\s?要[\]】〕]?\s*[:：]?\n(?P<next>.{20,2500})$"
)
_KEYWORDS = re.compile(r"(?m)^[\s〔【\[]*关\s?键\s?词[\]】〕]?\s*[:：]?\s*(.{2,200})$")
_AUTHORS = re.compile(r"(?m)^作者[:：]\s*(.{2,200})$")
_AUTHOR_LINE = re.compile(
    r"(?m)^([\u4e00-\u9fff]{2,4}(?:[\d,，*＊①-⑨\[\]()（） ]*)(?:[、，,；; ]+[\u4e00-\u9fff]{2,4}[\d,，*＊①-⑨\[\]()（） ]*){0,9})$"
)
_AFFILIATION = re.compile(
    r"(?m)^[（(]([^（）()\n]{4,160}?(?:大学|学院|研究院|研究所|中心|公司|学校|厅|局|实验室|科学院)[^（）()\n]{0,80}?)[)）]$|^作者单位[:：]\s*(.{4,160})$"
)
_REFERENCE = re.compile(r"(?m)^\[(\d{1,3})\]\s*(.{8,400})$")
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
    for m in _REFERENCE.finditer(text, end):
        yield _detail("reference", shadow, m.start(2), m.end(2))


def _references_start(text: str) -> int:
    m = re.search(rf"(?m)^[#\s]*{REFERENCES_TITLE}[:：]?$", text)
    return m.end() if m else len(text)


def _official(shadow: Shadow, end: int) -> Iterator[Detail]:
    """Addressees stand before the first sentence, attachments at the end, the rest in the final provisions."""
    text = shadow.text
    first = text.find("。")
    if m := _ADDRESSEE.search(text, 0, first if first >= 0 else end):
        yield from _parts("addressee", shadow, m.start(1), m.end(1))
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
        for m in pattern.finditer(text, 0, end):
            start = m.start() + len(m[0]) - len(m[0].lstrip("，、 "))
            yield _detail(key, shadow, start, m.end())


def _article(shadow: Shadow) -> Iterator[Detail]:
    text = shadow.text
    abstract = _ABSTRACT.search(text, 0, 8000)
    if abstract:
        group = "same" if abstract["same"] else "next"
        yield _detail("abstract", shadow, abstract.start(group), abstract.end(group))
    if m := _KEYWORDS.search(text, 0, 10_000):
        yield from _parts("keywords", shadow, m.start(1), m.end(1), r"[;；,，、]|\s{1,}")
    head = text[: abstract.start()] if abstract else text[:1500]
    if m := _AUTHORS.search(text, 0, 3000):
        stop = m.start(1) + len(re.split(r"[（(]", m[1])[0])
        yield from _parts("author", shadow, m.start(1), stop)
        if inside := re.search(r"[（(]([^（）()]{4,160})[)）]", m[1]):
            yield _detail("affiliation", shadow, m.start(1) + inside.start(1), m.start(1) + inside.end(1))
    elif m := next((m for m in _AUTHOR_LINE.finditer(head) if m.start() > 0), None):
        yield from _parts("author", shadow, m.start(1), m.end(1), r"[、，,；; ]+")
    for m in _AFFILIATION.finditer(text, 0, 3000):
        group = 1 if m[1] else 2
        yield _detail("affiliation", shadow, m.start(group), m.end(group))


def _parts(
    key: str, shadow: Shadow, start: int, end: int, separator: str = r"[、，,；;]"
) -> Iterator[Detail]:
    """One detail for each item of a list; separators inside brackets part nothing."""
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
