"""From a saved web page to its article: the text of a notice or a news item, and what the page says about it.

The rule, so that no paragraph of a policy is lost:

1. Scripts, forms, navigation, footers and the like go, but never a part with much prose in it.
2. The article is the smallest part of the page that holds 95 % of its prose (sentences outside links), or the
   parts that sites mark as such where no sentence stands outside them.
3. In it, runs of three and more lines that are links, and lines that serve the page (打印, 分享到 …), go;
   attachments stay.
4. The title goes before it where it stands elsewhere, and so does what the page's own table says: 发文机关,
   发文字号, 成文日期, 发布日期, one line each.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from typing import Any

from kg.errors import ReadError
from kg.read.content import Content
from kg.read.encodings import decode, decode_declared
from kg.read.layout import Grid, Writer, one_line
from kg.read.pagefacts import HEAD_LINES, is_facts_line, is_facts_table, page_facts, page_title

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9_\-]{2,20})", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{4,2000}?)\s*-->")
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
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
#: parts of a running text, never of a page
_TEXTUAL = frozenset(
    ("p", "li", "pre", "blockquote", "span", "font", "b", "strong", "center", "dd", "tr", "td", "table", "section")
)
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navi?gation|menu|crumbs?|breadcrumb\w*|share|bdshare\w*|foot|footer|side|sidebar|aside|relate[ds]?|"
    r"recommend\w*|hot|login|pager|pagination|copyright|toolbar|print|qrcode|ewm|search\w*|topbar|friendlinks?|"
    r"position|location|dqwz|comments?|advert\w*|banner|tags?|prevnext)(?:$|[-_\s\d])",
    re.I,
)
_ARTICLE = re.compile(
    r"^(?:UCAP-CONTENT|zoom|zoomcon|vsb_content\w*|TRS_Editor|trs_editor_view|article[-_]?(?:content|body|con|detail)|"
    r"pages_content|mainText|main-text|news_?content|xxgk_?content|content[-_]?(?:main|text|body)|rich_media_content|js_content)$",
    re.I,
)
_SERVES_THE_PAGE = re.compile(
    r"(?:[【\[(（]?\s*(?:打印(?:本页|页面)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表)?|收藏|纠错|大|中|小|字[体号]|默认|微信|微博|QQ空间|"
    r"分享(?:到)?|繁體|繁体|无障碍|朗读|复制链接|下载|保存|来源|浏览次数|点击数?|阅读|次)\s*[】\])）]?[\s:：|｜/]*)+[\d\s:：]*"
    r"|扫一扫[^。]{0,30}|(?:网站)?(?:首页|主页)\s*[>＞»›/].{0,150}|(?:上|下)一[篇条][:：].{0,120}|您?(?:现在的|当前(?:所在)?)位置[:：].{0,150}|相关(?:链接|阅读|新闻|文章)[:：]?"
    r"|[(（]?责任编辑[:：][^。]{0,20}[)）]?|.{0,80}(?:版权所有|ICP备|公网安备|网站标识码).{0,200}"
)
_IMPRINT = re.compile(r"版权所有|ICP备|公网安备|网站标识码")
_ATTACHMENT = re.compile(r"附\s*件|附\s*表|\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd)$", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
#: no page of prose is nested deeper; what lies deeper is read as if it stood at this depth
_MAX_DEPTH = 250


@dataclass(slots=True)
class _Block:
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
        return self.linked > 0 and bool(_ATTACHMENT.search(self.text)) and len(self.text) <= 200

    @property
    def is_link(self) -> bool:
        """A line of links, with the date beside them."""
        if self.rows or not self.linked or "。" in self.text or _ATTACHMENT.search(self.text):
            return False
        return self.linked >= 0.75 * (
            len(self.text)
            - len(re.findall(r"[\d\s:：./|｜>»\[\]【】年月日-]", self.text)) * (self.linked < len(self.text))
        )


def read_html(data: bytes, where: str, *, declared: str = "", url: str = "") -> tuple[Content, str]:
    """(content, encoding) of a saved page; `declared` is a charset that a header names.

    Raises `ReadError` where the bytes are no text or the page holds none.
    """
    from lxml import html

    found = _XML_CHARSET.search(data[:400]) or _META_CHARSET.search(data[:8192])
    named = declared or (found[1].decode("ascii") if found else "")
    text, encoding = decode_declared(data, named, where) if named else decode(data, where)
    if saved := _SAVED_FROM.search(text[:4000]):
        url = url or saved[1]
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.LxmlError) as error:
        raise ReadError(
            f"{where}: no page of HTML can be made out; save the page anew or give its text"
        ) from error
    blocks = _blocks(root)
    article = _article(root, blocks)
    facts = page_facts(root, [(b.text, b.rows) for b in blocks], url)
    body = [b for b in _without_furniture(article) if not _is_facts_table(b)]
    first = next((n for n, b in enumerate(blocks) if body and b is body[0]), 0)
    before = [b.text for b in blocks[max(0, first - 8) : first] if not b.is_link and not b.rows]
    title = page_title(root, facts, [b.text for b in body[:8]], before)
    if title:
        facts["title"] = title
    content = _write(title, facts, body)
    if not content.text.strip():
        raise ReadError(
            f"{where}: a page without text (built by a script, or a frame); save what the browser shows as .mhtml"
        )
    return content, encoding


def read_mhtml(data: bytes, where: str) -> tuple[Content, str]:
    """(content, encoding) of the page in a web archive (.mhtml, .mht). Raises `ReadError` as `read_html`."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")]
        page = parts[0].get_payload(decode=True) if parts else None
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise ReadError(f"{where}: a damaged web archive; save the page anew") from error
    if not isinstance(page, bytes) or not page:
        raise ReadError(f"{where}: a web archive without a page in it; save the page anew")
    address = str(parts[0].get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    url = address if address.startswith(("http://", "https://")) else ""
    return read_html(page, where, declared=parts[0].get_content_charset() or "", url=url)


def _blocks(root: Any) -> list[_Block]:
    """Paragraphs and tables of the page in order, without what is never text."""
    from lxml import etree

    out: list[_Block] = []
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
                    _HEADINGS[a.tag]
                    for a in (current, current.getparent())
                    if a is not None and a.tag in _HEADINGS
                ),
                0,
            )
            out.append(_Block(current, text, linked, level=level))
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
                out.append(_Block(node, "", rows=rows))
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
        or any(n.tag in ("h1", "h2", "h3", "form", "iframe") or _names(n, _ARTICLE) for n in inner)
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


def _is_facts_table(block: _Block) -> bool:
    return bool(block.rows) and is_facts_table(block.rows)


def _article(root: Any, blocks: list[_Block]) -> list[_Block]:
    """The blocks of the article; see the rule at the top."""
    kept = _not_framing(root, blocks)
    weights: dict[Any, int] = {}
    total = 0
    for block in kept:
        prose = 0 if _is_facts_table(block) or _serves_the_page(block.text) else block.prose
        total += prose
        node, depth = block.node, 0
        while prose and node is not None and depth < _MAX_DEPTH:
            weights[node] = weights.get(node, 0) + prose
            node, depth = node.getparent(), depth + 1
    if not total:
        return kept
    marked = [
        n for n in weights if _names(n, _ARTICLE) and not any(_names(a, _ARTICLE) for a in n.iterancestors())
    ]
    if marked and sum(weights[n] for n in marked) >= 0.5 * total:
        inside = [b for b in kept if b.is_attachment or any(_is_in(b.node, n) for n in marked)]
        held = {id(b) for b in inside}
        if not any(b.prose >= 25 and "。" in b.text for b in kept if id(b) not in held and not b.linked):
            return inside
    spoken = {id(b.node): b.node for b in kept if b.is_sentence or b.rows}
    speaking = {a: True for node in spoken.values() for a in (node, *node.iterancestors())}
    top = root
    while True:
        child = max((c for c in top if c in weights), key=lambda c: weights[c], default=None)
        if child is None or weights[child] < 0.95 * total or _holds_beside(top, child, speaking):
            break
        top = child
    return [b for b in kept if b.is_attachment or _is_in(b.node, top)]


def _holds_beside(top: Any, child: Any, speaking: dict[Any, bool]) -> bool:
    """Whether sentences stand beside the heaviest child as parts of the same text: in `top` itself, in a
    paragraph, in a part of the same name. A box of another name (a side bar) is none."""
    if child.tag in ("p", "li", "tr", "td", "span", "font", "pre", "blockquote", *_HEADINGS) and len(top) == 1:
        return top.tag not in ("body", "html")
    if any((t or "").strip(" \r\n\t|>·　") for t in (top.text, *(c.tail for c in top))):
        return True
    for other in top:
        if other is child or other not in speaking:
            continue
        if other.tag in _TEXTUAL or (other.tag, other.get("class")) == (child.tag, child.get("class")):
            return True
    return False


def _not_framing(root: Any, blocks: list[_Block]) -> list[_Block]:
    """Without the blocks of parts that name themselves navigation, footer and so on and hold little prose."""
    total = sum(b.prose for b in blocks) or 1
    framing: dict[Any, int] = {}
    imprints: set[Any] = set()
    chains: list[list[Any]] = []
    for block in blocks:
        chain: list[Any] = []
        node, depth = block.node, 0
        while node is not None and depth < _MAX_DEPTH:
            if node.tag in ("footer", "aside") or (
                node.tag not in ("body", "html") and _names(node, _FURNITURE)
            ):
                chain.append(node)
                framing[node] = framing.get(node, 0) + block.prose
                if _IMPRINT.search(block.text):
                    imprints.add(node)
            node, depth = node.getparent(), depth + 1
        chains.append(chain)
    return [
        b
        for b, chain in zip(blocks, chains, strict=True)
        if _ATTACHMENT.match(b.text)
        or not any(framing[n] < (0.5 if n in imprints else 0.15) * total for n in chain)
    ]


def _names(node: Any, pattern: re.Pattern[str]) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    return any(pattern.search(name) for name in names.split())


def _is_in(node: Any, top: Any) -> bool:
    return node is top or any(a is top for a in node.iterancestors())


def _without_furniture(blocks: list[_Block]) -> list[_Block]:
    out: list[_Block] = []
    run: list[_Block] = []
    for block in [*blocks, None]:
        if block is not None and block.is_link:
            run.append(block)
            continue
        if len(run) < 3:
            out += run
        elif out and out[-1].level and len(out[-1].text) <= 12:
            out.pop()  # the title of the list
        run = []
        if block is not None:
            out.append(block)
    return [b for b in out if b.rows or not _serves_the_page(b.text)]


def _serves_the_page(text: str) -> bool:
    return bool(_SERVES_THE_PAGE.fullmatch(text)) or is_facts_line(text)


def _write(title: str, facts: dict[str, str], body: list[_Block]) -> Content:
    out = Writer()
    head = re.sub(r"\s", "", "".join(b.text for b in body[:12]))[:1000]
    if title and re.sub(r"\s", "", title) not in head:
        out.heading(title, 1)
    for key, label in HEAD_LINES:
        if facts.get(key) and re.sub(r"\s", "", facts[key]) not in head:
            out.line(f"{label}：{facts[key]}")
    for block in body:
        if block.rows:
            out.table(block.rows)
        elif block.level and len(block.text) <= 80:
            out.heading(block.text, block.level)
        else:
            out.line(block.text)
    return out.content(facts)
