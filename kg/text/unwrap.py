"""Undo what layout did to a text: hard wraps, page furniture, letter-spacing, paragraph marks lost or doubled.

`unwrap(text)` decides for each physical line whether it goes on in the next one, drops running titles and page
numbers, and drops white space that no Chinese text needs. Nothing is invented: each character of the result has
its place in the source.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from kg.text.shadow import Piece, Shadow, fold, make_shadow

#: a line that starts one of these begins a new block, whatever the line before looks like
MARKER = re.compile(
    r"""(?x)
    第\s*[一二三四五六七八九十百零〇两\d\s]{1,9}\s*[章节条编部篇](?![款项的]|规定)
    | [一二三四五六七八九十]{1,3}\s*[、.．]
    | [（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]
    | \d{1,2}\s*[、．](?!\d)
    | \d{1,2}\.(?![\d\s]*\d)\s*[^\d\s%]
    | \d{1,2}(?:\.\d{1,2}){1,3}\s+[^\d\s]
    | [①-⑳]
    | 表\s?\d+(?:[-—.]\d+)?\s | 图\s?\d+(?:[-—.]\d+)?\s
    | ——[^—] | 附\s*件\s*\d*\s*[:：\n] | 附\s*则 | \#{1,6}\s | [-*+]\s+\S | \| | >\s
    | (?:各位代表|参考文献|摘\s*要|关\s*键\s*词|Abstract|Keywords)\s*[:：，,]?
    """
)
_NUMBERED_TITLE = re.compile(r"\d{1,2}\s+[^\d\s]")
#: 3.2.1 and the like number sections of papers, never items
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s+[^\d\s]")
_PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d{1,4}\s*页?)?)[-—–·\s]*")
_END = "。！？!?"
_SOFT_END = "；;：:"
_CONTINUES = "，,、（(《“〔—-"
_NUMBER_TOKEN = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_WIDE_GAP = re.compile(r"[\u3000\u2003]{2,}|[ \u00a0\u2002]*\u3000[ \u00a0\u2002\u2003]*\u3000[\s\u3000]*")
_TITLE_END = re.compile(
    r"(?:通知|意见|办法|措施|方案|规划|计划|决定|条例|规定|细则|批复|公告|政策|指引|纲要|通告|函|目录)(?:[（(〔][^）)〕]{1,12}[）)〕])?$"
)
_LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s]{1,7}[:：]")
_DOCUMENT_NUMBER = re.compile(r"^[（(]?[\u4e00-\u9fff\s]{1,12}[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*\d+\s*号")


@dataclass(slots=True)  # made by the thousand: a frozen one takes four times as long
class _Line:
    start: int
    end: int
    text: str  # stripped
    is_table_row: bool


def _is_table_row(text: str) -> bool:
    tokens = text.split()
    if text.startswith("|") or text.count("\t") >= 2:
        return True
    numbers = sum(1 for t in tokens if _NUMBER_TOKEN.fullmatch(t))
    return len(tokens) >= 4 and numbers >= 3 and numbers >= len(tokens) - 2


def _mark_table_heads(lines: list[_Line]) -> list[_Line]:
    """A line of short words just above rows of figures names their columns; one of as many cells may be longer."""
    out = list(lines)
    for i in range(len(out) - 2, -1, -1):
        tokens = out[i].text.split()
        if len(tokens) < 3 or max(map(len, tokens)) > 20:
            continue
        short = max(map(len, tokens)) <= 8 and any(n.is_table_row for n in out[i + 1 : i + 3])
        as_many = out[i + 1].is_table_row and len(tokens) == len(out[i + 1].text.split())
        if short or (as_many and not re.search(r"[，。；：]", out[i].text)):
            out[i] = replace(out[i], is_table_row=True)
    return out


def _is_cjk(c: str) -> bool:
    return "\u2e80" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff00" <= c <= "\uff60" or c in "“”‘’—…·•"


def _lines(text: str) -> list[_Line]:
    """Physical lines, and parts of a long line that two ideographic spaces set apart as paragraphs."""
    out: list[_Line] = []
    position = 0
    for raw in re.split(r"(\r\n|[\n\r\f\v\u2028\u2029\x85])", text):
        if len(raw) > 60 and "\u3000" in raw.strip():
            cursor = 0
            for gap in _WIDE_GAP.finditer(raw):
                _append(out, text, position + cursor, position + gap.start())
                cursor = gap.end()
            _append(out, text, position + cursor, position + len(raw))
        elif raw.strip():
            _append(out, text, position, position + len(raw))
        position += len(raw)
    return out


def _append(out: list[_Line], text: str, start: int, end: int) -> None:
    while start < end and (text[start].isspace() or text[start] in "\ufeff\u200b"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] == "\u200b"):
        end -= 1
    if start < end:
        out.append(_Line(start, end, text[start:end], _is_table_row(text[start:end])))


def _running_titles(lines: list[_Line]) -> set[int]:
    """Indices of lines that repeat at page tops or feet (first occurrence kept), and of bare page numbers.

    A running title stands at least three times, says nothing that ends a sentence and interrupts its neighbours:
    most of its occurrences follow a line that a sentence break does not close.
    """
    counts = Counter(line.text for line in lines)
    seen: set[str] = set()
    dropped: set[int] = set()
    for i, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line.text) and not _is_table_neighbour(lines, i):
            dropped.add(i)
            continue
        if counts[line.text] >= 3 and line.text[-1] not in _END + _SOFT_END and not MARKER.match(line.text):
            if line.text in seen and len(line.text) >= 4 and not line.is_table_row:
                dropped.add(i)
            seen.add(line.text)
    # two pages have their running title twice: beside a page number
    first = {line.text: i for i, line in reversed(list(enumerate(lines)))}
    for i in sorted(dropped):
        for j in (i - 1, i + 1):
            if 0 <= j < len(lines) and j not in dropped and first[lines[j].text] < j and _may_run(lines[j]):
                dropped.add(j)
    return dropped


def _may_run(line: _Line) -> bool:
    return len(line.text) >= 4 and line.text[-1] not in _END + _SOFT_END and not line.is_table_row and not MARKER.match(line.text)


def _is_table_neighbour(lines: list[_Line], i: int) -> bool:
    """Columns of figures, one a line, are a flattened table, not page numbers."""
    near = [lines[j].text for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return any(re.fullmatch(r"[\d.,%\s-]+", t) for t in near)


def _joins(lines: list[_Line], i: int, j: int, *, wrapped: bool, width: float, broken: bool = False) -> bool:
    """Does line `i` go on in line `j`, its next kept line? `broken`: a page ended between them."""
    line, following = lines[i].text, lines[j].text
    if lines[i].is_table_row or lines[j].is_table_row or _DOCUMENT_NUMBER.match(following):
        return False
    if MARKER.match(following) or _LABEL.match(following) or line.startswith(("#", "|", "- ")):
        return False
    last = line[-1]
    if last.isdigit() and following[0] in "万亿元％%余多家个":
        return True
    if line.count("《") > line.count("》") and len(line) > 3:
        return True
    if broken and "，" in fold(line) and last not in _END + _SOFT_END:
        return True
    if i < 4 and _TITLE_END.search(line) and _ends_title(lines, i):
        return False
    if wrapped:
        full = len(line) >= 0.75 * width
        if _SECTION_NUMBER.match(line) and "。" not in line:
            return len(following) < 0.4 * width
        if _NUMBERED_TITLE.match(following) and (not full or last in _END):
            return False
        if last in _END + _SOFT_END:
            return full
        # a short line without an end is a heading; one that a comma leaves open is not
        return full or last in _CONTINUES
    if last in _END + _SOFT_END or (last in "”）)" and len(line) < 40):
        return False
    if last in _CONTINUES or following[0] in "，,、。；;）)》”%":
        return True
    if i < 25 and len(line) < 40 and not _TITLE_END.search(line) and _title_goes_on(line, following):
        return True
    has_comma = "，" in line or ("," in line and "，" in fold(line))
    return has_comma and (len(line) >= 40 or following.startswith(("给予", "予以", "补助，", "奖励，")))  # no line begins so


def _title_goes_on(line: str, following: str) -> bool:
    """Titles stand on two or three short lines; the last ends in a kind of document (…的意见)."""
    return (
        bool(_TITLE_END.search(following))
        and len(following) < 45
        and "：" not in line
        and ":" not in line
        and not re.search(r"\d{4}", line)
        and (
            line.endswith(("关于", "的", "和", "与", "促进", "推进", "支持", "印发"))
            or "关于" in line
            or (_OPENS_TITLE.match(line) and not _SELF_CONTAINED.match(following) and len(line) < 30)
        )
    )


_OPENS_TITLE = re.compile(r"(?:进一步|加快|促进|推进|推动|支持|鼓励|加强|深化|扶持|扩大|激发|深入|全面|大力)[^，。；：]+$")
#: a line that is a title without the one above it
_SELF_CONTAINED = re.compile(r"关于|《|[\u4e00-\u9fff]{2,12}(?:省|市|区|县|州|盟|旗|厅|局|委|部|院|府)[\u4e00-\u9fff]*?关于|中共")


def _ends_title(lines: list[_Line], i: int) -> bool:
    """Nothing down to line `i` is a sentence: its 文种 ends the document's title."""
    return not any(re.search(r"[，。；：:]", line.text) for line in lines[: i + 1])


def _width(lines: list[_Line], i: int) -> float:
    """The width in force at line `i`: an abstract is often set wider than the columns after it."""
    before = sorted(len(line.text) for line in lines[max(0, i - 7) : i + 1])
    after = sorted(len(line.text) for line in lines[i : i + 8])
    return min(before[int(len(before) * 0.6)], after[int(len(after) * 0.6)])


def is_hard_wrapped(lines: list[_Line]) -> bool:
    """Most lines break in mid-sentence at about the same width; rows of tables, all alike, tell nothing."""
    lines = [line for line in lines if not line.text.startswith("|")]
    if len(lines) < 8:
        return _is_short_and_wrapped(lines)
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.8)]
    full = [line for line in lines if len(line.text) >= 0.75 * width]
    open_ended = sum(1 for line in full if line.text[-1] not in _END + _SOFT_END)
    return width <= 70 and len(full) >= 0.4 * len(lines) and open_ended >= 0.55 * len(full)


def _is_short_and_wrapped(lines: list[_Line]) -> bool:
    """A passage of few lines: two or more of its full lines go on in one that ends a clause, none too long."""
    width = max((len(line.text) for line in lines), default=0)
    if width > 60:
        return False
    going_on = 0
    for line, following in pairwise(lines[1:]):
        is_open = line.text[-1] not in _END + _SOFT_END and not line.is_table_row and not _LABEL.match(line.text)
        is_open = is_open and (not MARKER.match(line.text) or "，" in fold(line.text))  # not a numbered title
        if is_open and len(line.text) >= 0.75 * width and not MARKER.match(following.text):
            going_on += bool(re.search(r"[，。；,;]", following.text))
    return going_on >= 2


@lru_cache(maxsize=8)
def unwrap(text: str) -> Shadow:
    """The shadow of `text`: paragraphs on one line each, white space between Chinese characters gone.

    >>> unwrap("对新认定的企业，给予\\n20 万元奖励。").text
    '对新认定的企业，给予20万元奖励。'
    """
    lines = _lines(text)
    dropped = _running_titles(lines)
    lines = _mark_table_heads(lines)
    kept_lines = [i for i in range(len(lines)) if i not in dropped]
    body = [lines[i] for i in kept_lines]
    wrapped = is_hard_wrapped(body)
    kept: list[Piece] = []
    for n in range(len(body)):
        _keep_line(text, body[n], kept)
        if n + 1 < len(body):
            width = _width(body, n) if wrapped else 0.0
            broken = kept_lines[n + 1] - kept_lines[n] > 1
            if not _joins(body, n, n + 1, wrapped=wrapped, width=width, broken=broken):
                kept.append((body[n].end, body[n].end + 1, "\n"))
            elif _needs_space(text[body[n].end - 1], text[body[n + 1].start]):
                kept.append((body[n].end, body[n].end + 1, " "))
    return make_shadow(text, kept)


def _needs_space(a: str, b: str) -> bool:
    return a.isascii() and b.isascii() and a.isalpha() and b.isalpha()


#: 1 0 万元: single digits set apart in front of a unit
_SPACED_NUMBER = re.compile(r"(?<!\d)\d(?:\s\d)+(?!\d)\s*(?:[万亿]?元|[%％家个年条项人])")
_BLANK = re.compile(r"[\s\u200b\ufeff][\s\u200b\ufeff]*")  # a class first: the search skips to it
_SPACED_ARTICLE = re.compile(r"第[\s\d一二三四五六七八九十百零〇]{1,12}[章节条]")


def _keep_line(text: str, line: _Line, kept: list[Piece]) -> None:
    """Append the pieces of a line; a space stays between Latin words, between digits and in table rows."""
    if line.is_table_row:
        row = text[line.start : line.end]
        kept.append((line.start, line.end, re.sub(r"\s", " ", row)))
        return
    spaced_article = _SPACED_ARTICLE.match(line.text)
    squeeze_until = line.start + (spaced_article.end() if spaced_article else 0)
    cursor = line.start
    for gap in _BLANK.finditer(text, line.start, line.end):
        a, b = gap.span()
        if cursor < a:
            kept.append((cursor, a, text[cursor:a]))
        cursor = b
        if a < squeeze_until or a == line.start or b >= line.end:
            continue
        previous, following = text[a - 1], text[b]
        if previous.isdigit() and following.isdigit() and _SPACED_NUMBER.match(text, a - 1, line.end):
            continue
        if (
            not _is_cjk(previous)
            and not _is_cjk(following)
            and (previous.isalnum() or previous in ".,:;)%")
            and following.isalnum()
        ):
            kept.append((a, a + 1, " "))
    if cursor < line.end:
        kept.append((cursor, line.end, text[cursor : line.end]))
