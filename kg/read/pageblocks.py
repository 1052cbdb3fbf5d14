"""The paragraphs and tables of a saved page, in order, each with the element it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kg.read.layout import Grid, one_line

_GONE = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "nav",
        "iframe",
        "object",
        "embed",
        "select",
        "textarea",
        "button",
        "input",
        "head",
        "video",
        "audio",
        "canvas",
        "map",
        "dialog",
        "title",
    )
)
_BLOCK = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    )
)
HEADINGS = {f"h{n}": n for n in range(1, 7)}
#: how sites mark the part that is the article
ARTICLE = re.compile(
    r"^(?:UCAP-CONTENT|zoom|zoomcon|vsb_content\w*|TRS_Editor|trs_editor_view|article[-_]?(?:content|body|con|detail)|"
    r"pages_content|mainText|main-text|news_?content|xxgk_?content|content[-_]?(?:main|text|body)|rich_media_content|js_content)$",
    re.I,
)
ATTACHMENT = re.compile(r"附\s*件|附\s*表|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd)$", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


@dataclass(slots=True)
class Block:
    """A paragraph or table of the page, with the element it stands in."""

    node: Any
    text: str
    linked: int = 0  # characters in links
    rows: list[list[str]] = field(default_factory=list)
    level: int = 0  # of a heading

    @property
    def prose(self) -> int:
        """Characters of sentences outside links, tables counted whole."""
        if self.rows:
            return sum(len(cell) for row in self.rows for cell in row)
        own = len(self.text) - self.linked
        if self.is_sentence:
            return len(self.text)
        return own if own >= 12 and (re.search(r"[，；：]", self.text) or own >= 40) else 0

    @property
    def is_sentence(self) -> bool:
        """Whether words outside links end a sentence."""
        return bool(re.search(r"[。；！？]", self.text)) and len(self.text) - self.linked >= 4

    @property
    def is_attachment(self) -> bool:
        return self.linked > 0 and bool(ATTACHMENT.search(self.text)) and len(self.text) <= 200

    @property
    def is_link(self) -> bool:
        """A line of links, with the date beside them."""
        if self.rows or not self.linked or "。" in self.text or ATTACHMENT.search(self.text):
            return False
        return self.linked >= 0.75 * (
            len(self.text)
            - len(re.findall(r"[\d\s:：./|｜>»\[\]【】年月日-]", self.text)) * (self.linked < len(self.text))
        )


def page_blocks(root: Any) -> list[Block]:
    """Paragraphs and tables of the page in order, without what is never text."""
    from lxml import etree

    out: list[Block] = []
    pieces: list[tuple[str, bool]] = []
    current: Any = root
    links = pre = 0

    def put(text: str | None) -> None:
        lines = re.split(r"[\r\n]+", text or "") if pre else [text or ""]
        for number, line in enumerate(lines):
            if number:
                flush(current)
            if line:
                pieces.append((line, links > 0))

    def flush(node: Any) -> None:
        nonlocal current
        text = one_line("".join(t for t, _ in pieces))
        if text:
            linked = min(len(text), sum(len(one_line(t)) for t, in_link in pieces if in_link))
            level = next(
                (
                    HEADINGS[a.tag]
                    for a in (current, current.getparent())
                    if a is not None and a.tag in HEADINGS
                ),
                0,
            )
            out.append(Block(current, text, linked, level=level))
        pieces.clear()
        current = node

    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: set[Any] = set()
    for event, node in walk:
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if not tag or tag in _GONE or _is_hidden(node):
                skipped.add(node)
                walk.skip_subtree()
                continue
            if tag == "table" and (rows := _data_rows(node)):
                flush(node)
                out.append(Block(node, "", rows=rows))
                skipped.add(node)
                walk.skip_subtree()
                continue
            if tag in _BLOCK:
                flush(node)
            links += tag == "a"
            pre += tag == "pre"
            put(node.text)
        else:
            if node in skipped:
                skipped.discard(node)
                if tag == "table":
                    current = node.getparent()
            else:
                links -= tag == "a"
                pre -= tag == "pre"
            if tag in _BLOCK:
                flush(node.getparent() if node.getparent() is not None else node)
            if node is not root:
                put(node.tail)
    flush(root)
    return out


def _is_hidden(node: Any) -> bool:
    """Hidden parts go, unless they hold prose: a long text that a click unfolds."""
    hidden = node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "")
    return bool(hidden) and len("".join(node.itertext())) < 200


def _data_rows(table: Any) -> list[list[str]]:
    """The cells of a table that is one; [] where a table only places the parts of the page."""
    rows = [r for r in table.iter("tr")]
    if len(rows) < 2 or next(table.iterdescendants("table"), None) is not None:
        return []
    grid = Grid()
    several = False
    for row in rows:
        cells = [c for c in row if c.tag in ("td", "th")]
        several = several or len(cells) > 1
        grid.row([(_cell_text(c), _span(c, "colspan"), _span(c, "rowspan")) for c in cells])
    lengths = [len(cell) for row in grid.rows for cell in row]
    longest = max(lengths, default=0)
    if not several or longest > 1500 or (longest > 150 and longest > 0.6 * sum(lengths)):
        return []
    return [] if any(_places_parts(cell) for cell in table.iter("td", "th")) else grid.rows


def _places_parts(cell: Any) -> bool:
    """Whether a cell holds parts of a page (titles, lists of links, an article) rather than a value."""
    inner = list(cell.iterdescendants())
    return (
        sum(n.tag == "a" for n in inner) >= 5
        or sum(n.tag in ("p", "div", "br") for n in inner) > 20
        or any(n.tag in ("h1", "h2", "h3", "form", "iframe") or names(n, ARTICLE) for n in inner)
    )


def _cell_text(cell: Any) -> str:
    """The text of a cell, its paragraphs on lines of their own."""
    from lxml import etree

    parts: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walk:
        inner = node is not cell
        if event == "start":
            if inner and node.tag in _BLOCK:
                parts.append("\0")
            if node.tag in _GONE:
                walk.skip_subtree()
            else:
                parts.append(node.text or "")
        elif inner:
            parts.append(("\0" if node.tag in _BLOCK else "") + (node.tail or ""))
    return "\n".join(filter(None, (one_line(p) for p in "".join(parts).split("\0"))))


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def names(node: Any, pattern: re.Pattern[str]) -> bool:
    """Whether one of the names of an element (class, id) fits the pattern."""
    own = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    return any(pattern.search(name) for name in own.split())
