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
from typing import Any

from kg.errors import ReadError
from kg.read.content import Content
from kg.read.encodings import decode, decode_declared
from kg.read.layout import Writer
from kg.read.pageblocks import ARTICLE, ATTACHMENT, HEADINGS, Block, names, page_blocks
from kg.read.pagefacts import HEAD_LINES, is_facts_line, is_facts_table, is_page_fact, page_facts, page_title

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding=[\"']([A-Za-z0-9_\-]{2,20})", re.I)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{4,2000}?)\s*-->")
#: parts of a running text, never of a page
_TEXTUAL = frozenset(
    ("p", "li", "pre", "blockquote", "span", "font", "b", "strong", "center", "dd", "tr", "td", "table", "section")
)
_INLINE = frozenset(("font", "span", "b", "strong", "em", "i", "u", "big", "small"))
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navi?gation|menu|crumbs?|breadcrumb\w*|share|bdshare\w*|foot|footer|side|sidebar|aside|relate[ds]?|"
    r"recommend\w*|hot|login|pager|pagination|copyright|toolbar|print|qrcode|ewm|search\w*|topbar|friendlinks?|"
    r"position|location|dqwz|comments?|advert\w*|banner|tags?|prevnext)(?:$|[-_\s\d])",
    re.I,
)
_SERVES_THE_PAGE = re.compile(
    # possessive: what a word of these took it never gives back, so that no line takes more than one pass
    r"(?:[【\[(（]?+\s*+(?:打印(?:本页|页面)?|举报|广告|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表)?|收藏|纠错|大|中|小|字[体号]|默认|微信|微博|QQ空间|"
    r"分享(?:到)?|繁體|繁体|无障碍|朗读|复制链接|下载|保存|来源|浏览次数|点击数?|阅读|次)\s*+[】\])）]?+[\s:：|｜/]*+)++[\d\s:：]*"
    r"|(?:微信)?扫一扫[^。]{0,30}|点击(?:上方)?.{0,6}(?:蓝字|蓝色字).{0,12}|[(（]原标题[:：].{0,100}[)）]|广告[:：].{0,30}|(?:特别|免责)声明[:：].{0,200}|相关(?:链接|阅读|新闻|文章|稿件|文件)[:：].{0,150}"
    r"|(?:网站)?(?:首页|主页)\s*[>＞»›/].{0,150}|(?:上|下)一[篇条][:：].{0,120}|您?(?:现在的|当前(?:所在)?)位置[:：].{0,150}|相关(?:链接|阅读|新闻|文章)[:：]?"
    r"|[(（]?责任编辑[:：][^。]{0,20}[)）]?|.{0,80}(?:版权所有|ICP备|公网安备|网站标识码).{0,200}"
)
_IMPRINT = re.compile(r"版权所有|ICP备|公网安备|网站标识码")
#: no page of prose is nested deeper; what lies deeper is read as if it stood at this depth
_MAX_DEPTH = 250
#: pages of one archive that are looked at for text
_FRAMES = 20


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
    frames = [f.get("src") or "" for f in root.iter("frame")]
    if frames:
        raise ReadError(
            f"{where}: a page of frames without text of its own; give the pages in them ({', '.join(filter(None, frames))[:200]})"
        )
    blocks = page_blocks(root)
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
    """(content, encoding) of the page in a web archive (.mhtml, .mht); of one made of frames, the first frame that
    has text. Raises `ReadError` as `read_html`."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [p for p in message.walk() if p.get_content_type() in ("text/html", "application/xhtml+xml")]
        pages = [(p, p.get_payload(decode=True)) for p in parts[:_FRAMES]]
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise ReadError(f"{where}: a damaged web archive; save the page anew") from error
    refused: ReadError | None = None
    for part, page in pages:
        if not isinstance(page, bytes) or not page:
            continue
        address = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
        url = address if address.startswith(("http://", "https://")) else ""
        try:
            return read_html(page, where, declared=part.get_content_charset() or "", url=url)
        except ReadError as error:
            refused = refused or error
    raise refused or ReadError(f"{where}: a web archive without a page in it; save the page anew")


def _is_facts_table(block: Block) -> bool:
    return bool(block.rows) and is_facts_table(block.rows)


def _article(root: Any, blocks: list[Block]) -> list[Block]:
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
        n for n in weights if names(n, ARTICLE) and not any(names(a, ARTICLE) for a in n.iterancestors())
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
    while top.tag in _INLINE and top.getparent() is not None:
        top = top.getparent()  # the first line of a text in <font> stands before its first <br>
    return [b for b in kept if b.is_attachment or _is_in(b.node, top)]


def _holds_beside(top: Any, child: Any, speaking: dict[Any, bool]) -> bool:
    """Whether sentences stand beside the heaviest child as parts of the same text: in `top` itself, in a
    paragraph, in a part of the same name. A box of another name (a side bar) is none."""
    if child.tag in ("p", "li", "tr", "td", "span", "font", "pre", "blockquote", *HEADINGS) and len(top) == 1 and not (child.tag == "tr" and len(child) > 1):
        return top.tag not in ("body", "html")
    if any((t or "").strip(" \r\n\t|>·　") for t in (top.text, *(c.tail for c in top))):
        return True
    for other in top:
        if other is child or other not in speaking:
            continue
        if other.tag in _TEXTUAL or (other.tag, other.get("class")) == (child.tag, child.get("class")):
            return True
    return False


def _not_framing(root: Any, blocks: list[Block]) -> list[Block]:
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
                node.tag not in ("body", "html") and names(node, _FURNITURE)
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
        if ATTACHMENT.match(b.text)
        or not any(framing[n] < (0.5 if n in imprints else 0.15) * total for n in chain)
    ]


def _is_in(node: Any, top: Any) -> bool:
    return node is top or any(a is top for a in node.iterancestors())


def _without_furniture(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    run: list[Block] = []
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
    facts = [not b.rows and is_page_fact(b.text) for b in out]
    return [
        b
        for n, b in enumerate(out)
        if b.rows or not (_serves_the_page(b.text) or (facts[n] and any(facts[max(n - 1, 0) : n] + facts[n + 1 : n + 2])))
    ]


def _serves_the_page(text: str) -> bool:
    return bool(_SERVES_THE_PAGE.fullmatch(text)) or is_facts_line(text)


def _write(title: str, facts: dict[str, str], body: list[Block]) -> Content:
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
