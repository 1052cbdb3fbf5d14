"""What repeats on the pages of a PDF: running titles and page numbers; notes at the foot; the list of references."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.read.pdf_lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–―－·•.~\s]*(?:第\s*)?(?:[#]+|[ivxIVX]{1,5})\s*(?:页|页\s*[,，/]?\s*共?\s*#+\s*页|\s*[/／]\s*#+)?[-—–―－·•.~\s]*"
)
_ISSUE = re.compile(r"第\s*#+\s*卷|Vol\.?\s*#|ISSN|^DOI|文章编号")
_NOTE = re.compile(r"[①-⑳*※†]|[\[［]#+[\]］]|[（(]#+[）)]|#{1,2}[\s.．、)]|注[:：#]")
_IMPRINT = re.compile(
    r"[*※†\[【（(\s]*(?:收稿|修回|修订|录用|网络首发)日期|[*※†\[【（(\s]*(?:基金|资助|课题)项目|[*※†\[【（(\s]*(?:作者(?:简介|信息|单位)|第一作者|通[讯信]作者)"
)
_REFERENCES = re.compile(
    r"[\[【［〔（(]?\s*(?:[一二三四五六七八九十\d]+[、.．\s]\s*)?(?:主要)?参\s*考\s*(?:文\s*献|资\s*料)\s*[\]】］〕）)]?\s*[:：]?"
    r"|R(?:eferences?|EFERENCES?)\s*[:：]?"
)
_AFTER_REFERENCES = re.compile(
    r"附\s*[录件表]|Abstract|ABSTRACT|作者简介|作者单位|[（(\[]?责任编辑|[（(\[]\s*编辑|收稿日期"
)
_ENTRY = re.compile(r"[\[［〔【(（]\s*\d{1,3}\s*[\]］〕】)）]|\d{1,3}[.．、]\s*(?!\d)")
#: share of the page, above and below, where running titles and page numbers stand
_EDGE = 0.14


def masked(text: str) -> str:
    """The text with digits made alike and without spaces: what repeats but for its page number."""
    return re.sub(r"\s+", "", re.sub(r"\d+", "#", text))


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without running titles and page numbers."""
    edges = [
        (_edge(lines, height, lowest=False), _edge(lines, height, lowest=True))
        for lines, height in zip(pages, heights, strict=True)
    ]
    seen: dict[tuple[int, str], list[float]] = {}
    for both in edges:
        for side, rows in enumerate(both):
            for row in rows:
                seen.setdefault((side, _words(row)), []).append(row[0].top)
    often = 2 if len(pages) <= 6 else 3
    out = []
    for number, (lines, both) in enumerate(zip(pages, edges, strict=True)):
        dropped: set[int] = set()
        for side, rows in enumerate(both):
            for row in rows:
                words = _words(row)
                first_page = number == 0 and side == 0 and bool(_ISSUE.search(words))
                again = sum(abs(top - row[0].top) < 4 for top in seen[side, words])
                repeats = again >= often and not words.endswith(("。", "；", "，"))
                if not (repeats or _PAGE_NUMBER.fullmatch(words) or first_page):
                    break
                dropped.update(map(id, row))
        out.append([line for line in lines if id(line) not in dropped])
    return out


def _edge(lines: Sequence[Line], height: float, *, lowest: bool) -> list[list[Line]]:
    """Up to three rows at the upper or lower edge of a page, the outermost first."""
    at_edge = [
        line
        for line in lines
        if line.box is None and (line.top > (1 - _EDGE) * height if lowest else line.bottom < _EDGE * height)
    ]
    rows: list[list[Line]] = []
    for line in sorted(at_edge, key=lambda x: -x.bottom if lowest else x.top):
        if rows and abs(rows[-1][0].top - line.top) < 0.5 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows[:3]


def _words(row: Sequence[Line]) -> str:
    return masked("".join(line.text for line in sorted(row, key=lambda x: x.x0)))


def split_notes(lines: Sequence[Line], body: float, height: float) -> tuple[list[Line], list[Line]]:
    """(text, notes) of a page: notes are smaller than the text, at the foot of their column, and begin as notes do."""
    notes: set[int] = set()
    for column in sorted({x.column for x in lines}):
        own = sorted((x for x in lines if x.column == column), key=lambda x: x.top)
        at = len(own)
        while (
            at
            and own[at - 1].box is None
            and own[at - 1].size < 0.94 * body
            and own[at - 1].top > 0.45 * height
        ):
            at -= 1
        while at < len(own) and not _starts_note(own[at].text):
            at += 1
        notes.update(map(id, own[at:]))
    return [x for x in lines if id(x) not in notes], [x for x in lines if id(x) in notes]


def split_references(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """(text, list of references without its title); the list stands in the second half and may end before the text."""
    for n in range(len(lines) - 1, len(lines) // 2 - 1, -1):
        if lines[n].box is None and _REFERENCES.fullmatch(lines[n].text.strip()):
            break
    else:
        return list(lines), []
    end = n + 1
    while end < len(lines) and lines[end].box is None and not _AFTER_REFERENCES.match(lines[end].text):
        end += 1
    return [*lines[:n], *lines[end:]], list(lines[n + 1 : end])


def is_imprint(text: str) -> bool:
    """Does a note tell of a paper's authors, funding or dates?"""
    return bool(_IMPRINT.match(text))


def starts_entry(line: Line) -> bool:
    """Does a reference or note begin with this line?"""
    return bool(_ENTRY.match(line.text)) or _starts_note(line.text)


def _starts_note(text: str) -> bool:
    return is_imprint(text) or bool(_NOTE.match(re.sub(r"\d", "#", text)))
