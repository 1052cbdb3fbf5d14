"""What a Chinese policy text is made of: blocks, headings, articles and items, sentences.

Numbering follows GB/T 9704—2012 (一、 （一） 1. （1）) and legislative drafting (编 章 节 条), with the varieties that the
web makes of them: decimal sections of papers, 一是…二是…, circled numbers, items inside one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.text.shadow import Shadow

_HAN = "一二三四五六七八九十百零〇两"
#: rank of a marker in the document's hierarchy; lower stands above higher
_MARKERS: tuple[tuple[int, str, re.Pattern[str]], ...] = (
    (1, "chapter", re.compile(rf"第[{_HAN}\d]{{1,4}}[章编部篇]")),
    (2, "section", re.compile(rf"第[{_HAN}\d]{{1,4}}节")),
    (3, "article", re.compile(rf"第[{_HAN}\d]{{1,6}}条(?:之[{_HAN}])?(?![款项的例]|规定)")),
    (4, "part", re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")),
    (4, "part", re.compile(r"\#{1,6}\s*")),
    (5, "subpart", re.compile(r"（[一二三四五六七八九十]{1,3}）[、.．]?")),
    (4, "decimal", re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}(?=[\u4e00-\u9fff“《])(?!万|亿|倍|元(?!宇宙))")),
    (6, "item", re.compile(r"\d{1,2}[、．.](?!\d)")),
    (4, "decimal", re.compile(r"\d{1,2}(?=[\u4e00-\u9fff“《])(?![年月日个家项名万亿元人位次岁件])")),
    (7, "subitem", re.compile(r"（\d{1,2}）")),
    (8, "circle", re.compile(r"[①-⑳]")),
    (9, "dash", re.compile(r"——(?!—)|[-*+]\s+")),
)
_SERIAL = re.compile(r"(?:答：)?(?P<label>[一二三四五六七八九十]{1,2}(?:是|要))(?=[\u4e00-\u9fff“《])")
#: 附件, 附件2：X细则 opens an attachment; 附件：1.X 2.Y lists them
_ATTACHMENT = re.compile(r"附件(?P<number>\d{1,2}|[一二三四五六七八九十])?[：:]?(?P<title>.{0,50})")
_LISTED_ATTACHMENT = re.compile(r"附件[：:]?\d{1,2}[.．、]|附件[：:].{2,}")
_SIGNED = re.compile(r"(?:[\u4e00-\u9fff]{2,30}?(?:人民政府|委员会|委|办公厅|办公室|厅|局|部|院|公署|总局|会|署)){1,6}")
_DATE_LINE = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|二[〇○零０Oo0][一二三四五六七八九十〇○零]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
#: what stands behind the numbered parts of a paper belongs to none of them
_END_MATTER = re.compile(r"参考文献|注释|致谢|作者简介|附录|附表|落款")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}：\S")
#: items that run on inside one line start after the end of the sentence before
#: (the first character is looked for, then what stands round it: that is four times as fast as the other way)
_INLINE = re.compile(
    r"""(?x)[第（一二三四五六七八九十\d①-⑳](?:
    (?<=[\u4e00-\u9fff]（)(?<!第（)(?=一）(?!项|款)[\u4e00-\u9fff])
    | (?:(?<=[。；！？）]第)|(?<=(?:办法|条例|规定|措施|意见|细则)第))(?=[一二三四五六七八九十百]{1,5}条(?![款项的第、和]|规定)[\u4e00-\u9fff])
    | (?<=[。；！？）：]（)(?=(?:[一二三四五六七八九十]{1,3}|\d{1,2})）[\u4e00-\u9fff“])
    | (?<=[。；！？）][一二三四五六七八九十])(?=[一二三四五六七八九十]{0,2}、[\u4e00-\u9fff“])
    | (?<=[。；！？）]\d)(?=\d?[.．、](?![\d])[\u4e00-\u9fff“])
    | (?<=[。；！？）][①-⑳])
    # ① behind a title without an end mark, where ② follows a clause
    | (?<=[\u4e00-\u9fff]①)(?=[\u4e00-\u9fff“][^\n①]*?[；。]②)
    )"""
)
_OPEN, _CLOSE = "（《“〔「", "）》”〕」"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}。！？；\n]")
_NUMBERS = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Sentence:
    """A half-open span of the shadow, without its end mark.

    `locator` says where it stands (第二十一条; 三（二）1), `path` holds the titles above it, outermost first.
    """

    start: int
    end: int
    block: int
    locator: str
    path: tuple[str, ...]
    is_heading: bool


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class Block:
    """A paragraph, heading, table row or inline item of the shadow; `kind` is one of those words."""

    start: int
    end: int
    kind: str
    locator: str
    path: tuple[str, ...]
    #: where the text behind the numbering starts
    body: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Blocks and sentences of a shadow in reading order."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]


def outline(shadow: Shadow) -> Outline:
    """The structure of a shadow; every character that is not white space lies in exactly one block."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    stack: list[tuple[int, str, str]] = []  # (rank, label, title)
    paragraphs = list(_paragraphs(shadow.text))
    signed = _signatures(shadow.text, paragraphs)
    for number, (start, end) in enumerate(paragraphs):
        if number in signed:
            stack[:] = [(0, "落款", "")]
        elif stack and stack[0][1] == "落款":
            stack.clear()
        _add_block(shadow, start, end, stack, blocks, sentences)
    return Outline(tuple(blocks), tuple(sentences))


def _signatures(text: str, paragraphs: list[tuple[int, int]]) -> set[int]:
    """Numbers of the paragraphs that sign a document: bodies on lines of their own above a date (成文日期)."""
    signed: set[int] = set()
    for n, (start, end) in enumerate(paragraphs):
        if n < 3 or not _DATE_LINE.fullmatch(text[start:end].strip()):
            continue
        first = n
        while first > 3 and _SIGNED.fullmatch(text[slice(*paragraphs[first - 1])].strip().replace(" ", "")):
            first -= 1
        if first < n:
            signed.update(range(first, n + 1))
    return signed


#: a whole notice on one line: its title, number and addressees run into each other
_RUN_IN_HEAD = re.compile(
    r"(?P<title>[^。；：]{6,80}?(?:通知|意见|办法|措施|方案|规划|计划|决定|批复|公告|政策|纲要|通告|函)(?:（(?:试行|暂行|修订)[^）]{0,6}）)?)"
    r"(?P<number>（?[\u4e00-\u9fff]{2,10}[〔（\[]\d{4}[〕）\]]\d{1,4}号）?)(?P<to>[各市省县区][^。；：]{2,120}：)?(?=[\u4e00-\u9fff])"
)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for n, line in enumerate(text.split("\n")):
        head = _RUN_IN_HEAD.match(line) if n == 0 else None
        run_in = [e for e in (head.end(g) for g in ("title", "number", "to")) if e > 0] if head else []
        cuts = [0, *run_in, *(m.start() for m in _INLINE.finditer(line, max(run_in, default=0))), len(line)]
        for a, b in pairwise(cuts):
            if line[a:b].strip():
                yield position + a, position + b
        position += len(line) + 1


_ANY_MARKER = re.compile("|".join(pattern.pattern for _, _, pattern in _MARKERS))


def _marker(text: str, start: int, end: int) -> tuple[int, str, int] | None:
    if _ANY_MARKER.match(text, start, end) is None:
        return None
    for rank, kind, pattern in _MARKERS:
        if m := pattern.match(text, start, end):
            if kind == "decimal":
                rank += text[start : m.end()].count(".")
            return rank, kind, m.end()
    return None


def _label(kind: str, text: str) -> str:
    label = text.strip("、.．# *+-")
    return "" if kind == "dash" else label


def _add_block(
    shadow: Shadow,
    start: int,
    end: int,
    stack: list[tuple[int, str, str]],
    blocks: list[Block],
    sentences: list[Sentence],
) -> None:
    text = shadow.text
    line = text[start:end]
    if _is_table(line):
        blocks.append(Block(start, end, "table_row", _locator(stack), _path(stack), start))
        return
    if _opens_attachment(line, stack, bool(blocks)):
        blocks.append(Block(start, end, "heading", _locator(stack), _path(stack), start))
        sentences.append(Sentence(start, _trim(text, start, end), len(blocks) - 1, _locator(stack), _path(stack), True))
        return
    found = _marker(text, start, end)
    body = found[2] if found else start
    heading_end = _heading_end(text, body, end, marked=found is not None)
    if found:
        rank, kind, _ = found
        while stack and stack[-1][0] >= rank:
            stack.pop()
        title = text[body:heading_end].strip("。：；（） ") if heading_end else ""
        stack.append((rank, _label(kind, text[start:body]), title))
    elif heading_end == end:
        # an unnumbered short line without an end: it heads what follows, below the numbered titles above it
        while stack and (stack[-1][0] >= 10 or _END_MATTER.match(line)):
            stack.pop()
        stack.append((10, "", line.strip()))
    kind_name = "heading" if heading_end == end else "paragraph"
    index = len(blocks)
    locator, path = _locator(stack), _path(stack)
    blocks.append(Block(start, end, kind_name, locator, path, body))
    cursor = body
    if heading_end and heading_end > body:
        sentences.append(Sentence(body, _trim(text, body, heading_end), index, locator, path, True))
        cursor = heading_end
    serial = ""
    for a, b in sentence_spans(text, cursor, end):
        if (m := _SERIAL.match(text, a, b)) and m["label"].endswith("是"):
            serial = f"“{m['label']}”"
        sentences.append(Sentence(a, b, index, locator + serial, path, False))


def _opens_attachment(line: str, stack: list[tuple[int, str, str]], inside: bool) -> bool:
    """Does a line open (or list) an attachment? The stack then holds nothing but the attachment.

    An attachment without a number behind a notice that numbers nothing is the text itself (印发…的通知).
    """
    m = _ATTACHMENT.fullmatch(line.strip()) if line.lstrip().startswith("附件") and inside else None
    if m is None or (m["title"] and not m["number"] and not _LISTED_ATTACHMENT.match(line)) or "。" in line:
        return False
    listed = _LISTED_ATTACHMENT.match(line) is not None
    numbered = any(label for _, label, _ in stack)
    label = "附件" + (m["number"] or "") if (m["number"] or listed or numbered) and not (listed and not m["number"]) else ""
    stack[:] = [(0, "附件" if listed else label, "附件" if listed else m["title"].strip())]
    return True


#: heads of columns: between Chinese characters the unwrapped text keeps spaces in rows of tables only
_HEAD_ROW = re.compile(r"[^ ，。；：]*[\u4e00-\u9fff）](?: [\u4e00-\u9fff][^ ，。；：]*[\u4e00-\u9fff）A-Z%])+")


def _is_table(line: str) -> bool:
    if line.startswith("|"):
        return True
    tokens = line.split(" ")
    return (len(tokens) >= 4 and sum(1 for t in tokens if _NUMBERS.fullmatch(t)) >= 3) or (
        len(tokens) >= 3 and max(map(len, tokens)) <= 8 and not re.search(r"[，。；：A-Za-z]", line)
    ) or (len(tokens) >= 3 and max(map(len, tokens)) <= 20 and _HEAD_ROW.fullmatch(line) is not None)


_SENTENCE_END = re.compile(r"[。；！？]")
_SUM = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?元")
_BRACKETED = re.compile(r"（[\u4e00-\u9fff、]{2,14}）(?=[^，。；、：的])")
_SHORT_FIRST = re.compile(r"[^。；，：]{2,26}[。：]|[^。；：]{2,30}[。：](?=[^。]{8})")


def _heading_end(text: str, body: int, end: int, *, marked: bool) -> int:
    """Where the title of a block ends: the whole block, its first short sentence (（一）打造特色园区。…), or 0."""
    line = text[body:end]
    if not line.strip():
        return end
    if _SENTENCE_END.search(line) is None and (marked or (len(line) <= 30 and not _LABELLED.match(line))):
        # a numbered line without any end is a title unless it is long or commits somebody to something
        if len(line) <= 45 and not line.endswith(("：", "，")) and not _SUM.search(line):
            return end
        return 0
    if marked:
        if m := _BRACKETED.match(line):  # 第五条（租房补贴）…
            return body + m.end()
        m = _SHORT_FIRST.match(line)
        if m and m.end() < len(line) and not _SUM.search(m.group()):
            return body + m.end()
    return 0


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in "。：；！？ \n":
        end -= 1
    return max(end, start + 1)


def _locator(stack: list[tuple[int, str, str]]) -> str:
    for i, (rank, label, _) in enumerate(stack):
        if rank == 3:
            return "".join(x for r, x, _ in stack[:1] if r == 0) + label + "".join(x for _, x, _ in stack[i + 1 :])
    decimals = [label for _, label, _ in stack if "." in label]
    if decimals:  # 3.2.1 already says 3 and 3.2
        i = max(i for i, (_, label, _) in enumerate(stack) if "." in label)
        return decimals[-1] + "".join(label for _, label, _ in stack[i + 1 :])
    return "".join(label for _, label, _ in stack if label)


def _path(stack: list[tuple[int, str, str]]) -> tuple[str, ...]:
    return tuple(title for _, _, title in stack if title)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences in text[start:end], end marks left out; 。；！？ inside brackets do not end one."""
    depth = 0
    cursor = start
    for m in _MARKS.finditer(text, start, end):
        c, i = m.group(), m.start()
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 or c == "\n" or i - cursor > 300:
            if text[cursor:i].strip():
                yield cursor, i
            cursor = i + 1
            depth = 0
    if text[cursor:end].strip():
        yield cursor, end


@lru_cache(maxsize=1024)
def cited(locator: str) -> str:
    """A locator as a citation says it.

    >>> [cited(x) for x in ("第二十一条（一）", "三（二）1", "3.2", "附件2一", "第二章四")]
    ['第二十一条（一）', '第三部分（二）1', '第3.2节', '附件2第一部分', '第二章第四部分']
    """
    m = _CITED.match(locator)
    if m is None:
        return locator
    if m["part"]:
        return f"{m['above']}第{m['part']}部分{locator[m.end() :]}"
    return f"第{m['number']}{'节' if '.' in m['number'] else '部分'}{locator[m.end() :]}"


_CITED = re.compile(
    r"(?P<above>(?:附件\d{0,2}|第[一二三四五六七八九十\d]+[章节编])*)(?P<part>[一二三四五六七八九十]{1,3})(?=$|[（\d①-⑳“])"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2})*)(?=$|[（①-⑳“])"
)


def serial_start(text: str, start: int, end: int) -> int:
    """Where a sentence's words start behind 一是, 二要 and the like."""
    m = _SERIAL.match(text, start, end)
    return m.end() if m else start
