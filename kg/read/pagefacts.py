"""What a web page says about its document: meta tags, and the table of 索引号, 发文字号 and dates above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

#: meta tags (names in lower case) → key; tags of the national standard for government sites (国办发〔2017〕47号)
_META = {
    "articletitle": "title", "og:title": "title", "pubdate": "published", "publishdate": "published",
    "article:published_time": "published", "firstpublishedtime": "published", "contentsource": "source",
    "sitename": "publisher", "og:site_name": "publisher", "author": "author", "keywords": "keywords",
    "url": "url", "og:url": "url", "language": "language",
}  # fmt: skip
#: words in front of a value → key
_LABELS = {
    "索引号": "index_number", "信息索引号": "index_number", "发文字号": "number", "文号": "number", "文件编号": "number",
    "公文编号": "number", "发布机构": "author", "发文机关": "author", "制发机关": "author", "发布机关": "author",
    "公开主体": "author", "发文单位": "author", "发布单位": "author", "成文日期": "date", "生成日期": "date", "印发日期": "date",
    "制发日期": "date", "发文日期": "date", "发布日期": "published", "发布时间": "published", "公开日期": "published",
    "公布日期": "published", "发文时间": "published", "时间": "published", "日期": "published", "来源": "source",
    "信息来源": "source", "文章来源": "source", "稿件来源": "source", "有效性": "status", "时效性": "status", "时效": "status",
    "文件状态": "status", "是否有效": "status", "效力状态": "status", "失效日期": "expires", "废止日期": "expires",
    "施行日期": "effective", "实施日期": "effective", "生效日期": "effective", "标题": "title", "名称": "title",
    "文件名称": "title", "信息名称": "title", "文件标题": "title", "作者": "author",
    "主题词": "keywords", "关键词": "keywords",
    # read so that the value before them ends, and not kept
    "主题分类": "", "分类": "", "信息分类": "", "体裁分类": "", "体裁": "", "组配分类": "", "浏览次数": "", "浏览量": "", "点击数": "",
    "点击": "", "阅读": "", "字号": "", "字体": "", "责任编辑": "", "编辑": "", "记者": "", "公开方式": "", "公开形式": "", "分享": "",
    "服务对象": "", "公开范围": "", "打印": "", "访问次数": "", "公开类别": "", "统一编号": "", "主办单位": "",
}  # fmt: skip
_SPACED = "|".join(r"\s*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
_PAIR = re.compile(rf"(?:^|(?<=[\s\u3000|｜\[【(（]))({_SPACED})\s*[:：]\s*")
_CELL = re.compile(rf"({_SPACED})\s*[:：]?")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
_WRITTEN_AT = re.compile(
    r"""\b(?:publish_time|createTime)\s*=\s*['"](?P<day>\d{4}-\d\d-\d\d)|\bct\s*=\s*['"](?P<seconds>\d{10})['"]"""
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,16}\s*[〔\[（(【]?\s*(?:19|20)\d\d\s*[〕\]）)】]?\s*(?:年)?第?\s*\d{1,4}\s*号"
)
#: what the text begins with where the page says it and the article does not
HEAD_LINES = (("author", "发文机关"), ("number", "发文字号"), ("date", "成文日期"), ("published", "发布日期"))
#: labels of the line below a title
_BELOW_TITLE = frozenset(
    (
        "来源",
        "信息来源",
        "文章来源",
        "稿件来源",
        "发布时间",
        "发布日期",
        "时间",
        "日期",
        "作者",
        "记者",
        "编辑",
        "责任编辑",
        "浏览次数",
        "浏览量",
        "点击数",
        "点击",
        "阅读",
        "访问次数",
        "字号",
        "字体",
        "分享",
        "打印",
        "发布机构",
        "发布单位",
    )
)
#: what follows a source without a label of its own
_BEHIND_SOURCE = re.compile(r"\s+(?=举报|分享|收藏|关注|打印|\d{4}[-年]|\S{2,4}$|\S{2,4}\s+举报)")
#: labels of single lines above a text which its first lines repeat, or which are the page's own
_OF_THE_PAGE = frozenset(
    ["来源", "信息来源", "文章来源", "发布日期", "发布时间", "公开日期", "有效性", "时效性", "失效日期", "索引号", "信息索引号", "公开方式", "主题分类", "信息分类"]
)
_STAMP = re.compile(r"\s*(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?\s*")
#: what titles of official documents end in
_KIND = re.compile(
    r"(?:通知|意见|办法|措施|方案|规划|计划|决定|条例|规定|细则|批复|公告|通告|政策|指引|纲要|函|公报|令)(?:[（(〔][^）)〕]{1,14}[）)〕])?$"
)
_SITE = re.compile(r"\s*[-_|—–·]+\s*")


def page_facts(root: Any, blocks: Sequence[tuple[str, list[list[str]]]], url: str) -> dict[str, str]:
    """Key → value; what is written on the page goes before the meta tags, dates are ISO dates.

    `blocks` are the (text, rows) of the whole page.
    """
    facts: dict[str, str] = {}
    for text, rows in blocks:
        if rows:
            for key, value in _table_pairs(rows):
                _add(facts, key, value)
        elif len(text) <= 300:
            for key, value in _pairs(text):
                _add(facts, key, value)
            if _STAMP.match(text) and is_facts_line(text):
                _add(facts, "published", text)
    for node in root.iter("meta"):
        name = (node.get("name") or node.get("property") or "").strip().lower()
        if name in _META:
            _add(facts, _META[name], node.get("content") or "")
    _wechat(root, facts)
    _add(facts, "url", url)
    for node in root.iter("link"):
        if (node.get("rel") or "").lower() == "canonical":
            _add(facts, "url", node.get("href") or "")
    if not facts.get("url", "http://").startswith(("http://", "https://")):
        facts.pop("url")
    return facts


def _wechat(root: Any, facts: dict[str, str]) -> None:
    """The account and the date of an article of WeChat, which stand in parts of fixed names and in its script."""
    account = next((n for n in root.iter() if n.get("id") == "js_name"), None)
    if account is None:
        return
    facts["publisher"] = ""  # the platform's name, not the account's
    _add(facts, "publisher", "".join(account.itertext()))
    shown = next((n for n in root.iter() if n.get("id") == "publish_time"), None)
    _add(facts, "published", "".join(shown.itertext()) if shown is not None else "")
    for script in root.iter("script"):
        m = _WRITTEN_AT.search(script.text or "")
        if m and m["day"]:
            _add(facts, "published", m["day"])
        elif m:  # seconds since 1970; the platform's clock is that of Beijing
            day = datetime.fromtimestamp(int(m["seconds"]), timezone(timedelta(hours=8)))
            _add(facts, "published", day.date().isoformat())


def is_facts_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is the one of 索引号, 发文机关 …, no part of the document."""
    labels = {m[1] for row in rows for cell in row if len(cell) <= 60 and (m := _CELL.match(cell))}
    return len(labels) >= 3 and sum(len(c) for row in rows for c in row) <= 1200


def is_facts_line(text: str) -> bool:
    """Whether a line is the one below a title: 来源：… 发布时间：… 浏览次数：… 字号：…"""
    if len(text) > 200 or not (pairs := _pairs(text)):
        return False
    before = text[: re.search("[:：]", text).start()]  # type: ignore[union-attr]
    labels = {label for label, _ in pairs}
    return (
        labels <= _BELOW_TITLE
        and len(re.sub(r"[\d\s:：./年月日-]", "", before)) <= 8
        and (len(labels) >= 2 or not _LABELS[min(labels)] or bool(_STAMP.match(text)))
    )


def is_page_fact(text: str) -> bool:
    """Whether a line is one fact of the page: 发布日期：2022-12-05."""
    pairs = _pairs(text) if len(text) <= 60 else []
    return len(pairs) == 1 and pairs[0][0] in _OF_THE_PAGE and bool(_PAIR.match(text))


def page_title(root: Any, facts: dict[str, str], head: Sequence[str], before: Sequence[str] = ()) -> str:
    """The title of the article: what the page says it is, else the heading that the window's title repeats.

    `head` are the first lines of the article, `before` the lines above it: where the page names no title, a line
    there that ends in a kind of document is it.
    """
    window = " ".join("".join(next(root.iter("title"), root.makeelement("title")).itertext()).split())
    headings = [" ".join("".join(h.itertext()).split()) for tag in ("h1", "h2") for h in root.iter(tag)]
    named = facts.get("title", "")
    told = [c for c in (named, *(h for h in headings if h and h in window), *headings[:1]) if 5 <= len(c) <= 200]
    above = [line for line in reversed(before) if 8 <= len(line) <= 150 and _KIND.search(line) and not re.search("[>＞»：]", line)]
    parts = [p for p in _SITE.split(window) if len(p) >= 6]
    start = re.sub(r"\s", "", "".join(head[:6]))
    written = [p for p in parts if re.sub(r"\s", "", p) in start]
    below = [line for line in head[:3] if 8 <= len(line) <= 150 and _KIND.search(line) and not re.search("[>＞»：。]", line)]
    title = next(iter((*told, *above, *written, *below, *parts, window)), "")
    title = title if 5 <= len(title) <= 200 else ""
    # a shortened title (…) gives way to the line it is the beginning of
    stem = title.rstrip(".…")
    if stem != title:
        title = next(
            (line for line in (*headings, *head) if line.startswith(stem) and len(line) <= 200), stem
        )
    return title


def _pairs(text: str) -> list[tuple[str, str]]:
    """来源：省科技厅 发布时间：2022-03-01 → the pairs of label and value in a line."""
    found = list(_PAIR.finditer(text))
    if not found or found[0].start() > 40:
        return []
    ends = [*(m.start() for m in found[1:]), len(text)]
    return [(re.sub(r"\s", "", m[1]), text[m.end() : end]) for m, end in zip(found, ends, strict=True)]


def _table_pairs(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    if not is_facts_table(rows):
        return out
    for row in rows:
        k = 0
        while k < len(row):
            cell = " ".join(row[k].split())
            whole = _CELL.fullmatch(cell)
            if whole and k + 1 < len(row):
                out.append((re.sub(r"\s", "", whole[1]), row[k + 1]))
                k += 2
                continue
            out += _pairs(cell)
            k += 1
    return out


def _add(facts: dict[str, str], label: str, value: str) -> None:
    key = _LABELS.get(label, label if label.islower() else "")
    value = " ".join(value.split()).strip("-—|｜【】[] ")
    if key == "source":
        value = _BEHIND_SOURCE.split(value)[0].strip()
    if not key or not value or len(value) > 300 or facts.get(key):
        return
    if key in ("date", "published", "expires", "effective"):
        m = _DATE.search(value)
        if not m or not (1 <= int(m[2]) <= 12 and 1 <= int(m[3]) <= 31):
            return
        value = f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}"
    if key == "number":
        m = _NUMBER.search(value)
        if not m:
            return
        value = m[0]
    facts[key] = value
