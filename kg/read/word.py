"""From a Word file (.docx, .docm, .dotx) to its text.

The XML of a .docx is read with lxml, which expands no entities here: Word files have no document type
declaration, and one that has is refused. Kept: paragraphs with their automatic numbers, headings, tables, text
boxes, inserted text; left out: deleted text, comments, headers and footers. Foot- and endnotes stand at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.config import Limits
from kg.errors import ReadError
from kg.read.archive import open_zip
from kg.read.content import Content
from kg.read.layout import Grid, Writer, one_line
from kg.read.numbering import Level, Numbering

_HEADING_STYLE = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.I)
_TITLE_STYLE = re.compile(r"^(?:title|标题|文档标题)$", re.I)
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr"))
_CORE = {"title": "title", "keywords": "keywords", "language": "language"}
_DEEP = 60  # tables in tables in tables; what lies deeper is left out


def read_docx(data: bytes, where: str, *, limits: Limits | None = None) -> Content:
    """The content of a .docx. Raises `ReadError` for a damaged, encrypted or hostile one, or one without text."""
    with open_zip(data, where, limits or Limits()) as package:
        names = {name.lstrip("/"): name for name in package.names}
        main = next((n for n in ("word/document.xml", "word/document2.xml") if n in names), "")
        if not main:
            raise ReadError(f"{where}: a Word file without a text in it (word/document.xml); save it anew")

        def part(name: str) -> Any:
            return _xml(package.read(names[name]), f"{where}: {name}") if name in names else None

        reader = _Reader(part(main), part("word/styles.xml"), part("word/numbering.xml"))
        out = reader.write()
        out.notes(
            [*_notes(reader, part("word/footnotes.xml")), *_notes(reader, part("word/endnotes.xml"), "尾")]
        )
        metadata = _properties(part("docProps/core.xml"))
    content = out.content(metadata)
    if not content.text.strip():
        raise ReadError(f"{where}: a Word file without text; if it holds pictures of pages, give their text")
    return content


def _xml(data: bytes, where: str) -> Any:
    from lxml import etree

    # looked for before anything is parsed, in UTF-16 as well; in text < is always written &lt;
    if b"<!DOCTYPE" in (data.replace(b"\x00", b"") if b"\x00" in data else data):
        raise ReadError(f"{where}: holds a document type declaration, which no Word file has; not read")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(f"{where}: broken XML ({str(error)[:80]}); save the file anew") from error
    if root.getroottree().docinfo.doctype:
        raise ReadError(f"{where}: holds a document type declaration, which no Word file has; not read")
    return root


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _child(node: Any, name: str) -> Any:
    return next((c for c in node if _local(c) == name), None) if node is not None else None


def _value(node: Any, name: str = "val") -> str:
    """An attribute whatever its namespace."""
    return (
        next((v for k, v in node.attrib.items() if k.rpartition("}")[2] == name), "")
        if node is not None
        else ""
    )


def _int(text: str, default: int = 0) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


class _Reader:
    """Walks the body of one document; holds its styles and counts its lists."""

    def __init__(self, document: Any, styles: Any, numbering: Any) -> None:
        self.body = _child(document, "body") if document is not None else None
        self.styles = {
            _value(s, "styleId"): s for s in (styles if styles is not None else ()) if _local(s) == "style"
        }
        self.numbering = _numbering(numbering)
        self.out = Writer()

    def write(self) -> Writer:
        for block in self._blocks(self.body if self.body is not None else ()):
            if _local(block) == "tbl":
                self.out.table(self._table(block, 0))
            else:
                self._paragraph(block)
        return self.out

    def _blocks(self, parent: Any) -> Iterator[Any]:
        """Paragraphs and tables below, content controls and insertions opened."""
        stack = [iter(parent)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                continue
            name = _local(node)
            if name in ("p", "tbl"):
                yield node
            elif (
                name
                in (
                    "sdt",
                    "sdtContent",
                    "ins",
                    "moveTo",
                    "customXml",
                    "smartTag",
                    "body",
                    "AlternateContent",
                    "Choice",
                )
                and len(stack) < 200
            ):
                stack.append(iter(node))

    def _paragraph(self, node: Any) -> None:
        text, boxes = self.text(node)
        for box in boxes:
            for inner in self._blocks(box):
                if _local(inner) == "p":
                    self.out.line(self.numbered(inner, self.text(inner)[0]))
        level = self._heading(node)
        for number, line in enumerate(text.split("\n")):
            line = one_line(line)
            if number == 0:
                line = self.numbered(node, line)
            if level and len(line) <= 120:
                self.out.heading(line, level)
            else:
                self.out.line(line)

    def numbered(self, node: Any, line: str) -> str:
        """The line with its automatic number; an empty paragraph of a list counts for nothing, as it shows none."""
        list_id, level = self._list(node)
        if not list_id or not line:
            return line
        label = self.numbering.label(list_id, level)
        # 1. 支持: a space keeps a decimal from the figure that follows it
        return (
            f"{label} {line}"
            if label[-1:].isdecimal() or (label[-1:] == "." and line[:1].isdigit())
            else label + line
        )

    def text(self, paragraph: Any) -> tuple[str, list[Any]]:
        """The words of a paragraph, line breaks as `\\n`, and the text boxes anchored in it."""
        parts: list[str] = []
        boxes: list[Any] = []
        stack = [iter(paragraph)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                continue
            name = _local(node)
            if name == "t":
                parts.append(node.text or "")
            elif name in ("tab", "ptab"):
                parts.append(" ")
            elif name in ("br", "cr"):
                parts.append("\n")
            elif name == "noBreakHyphen":
                parts.append("-")
            elif name == "txbxContent":
                boxes.append(node)
            elif name not in _SKIPPED and len(stack) < 250:
                stack.append(iter(node))
        return "".join(parts), boxes

    def _table(self, table: Any, depth: int) -> list[list[str]]:
        grid = Grid()
        above: dict[int, str] = {}
        for row in table.iter(f"{{{_space(table)}}}tr"):
            if next(a for a in row.iterancestors() if _local(a) == "tbl") is not table:
                continue
            cells: list[tuple[str, int, int]] = []
            column = _int(_value(_child(_child(row, "trPr"), "gridBefore")))
            cells += [("", 1, 1)] * min(max(column, 0), 20)
            for cell in self._cells(row):
                properties = _child(cell, "tcPr")
                span = max(1, _int(_value(_child(properties, "gridSpan")), 1))
                merge = _child(properties, "vMerge")
                if merge is not None and _value(merge) != "restart":
                    text = above.get(column, "")
                else:
                    text = self._cell(cell, depth)
                above[column] = text
                cells.append((text, span, 1))
                column += span
            grid.row(cells)
        return grid.rows

    def _cells(self, row: Any) -> Iterator[Any]:
        for node in row:
            if _local(node) == "tc":
                yield node
            elif _local(node) in ("sdt", "ins", "customXml"):
                yield from (c for c in node.iter() if _local(c) == "tc")

    def _cell(self, cell: Any, depth: int) -> str:
        """The paragraphs of a cell and of tables in it, one a line."""
        lines: list[str] = []
        for block in self._blocks(cell):
            if _local(block) == "p":
                text = self.text(block)[0]
                first, *others = text.split("\n")
                lines += [self.numbered(block, one_line(first)), *map(one_line, others)]
            elif depth < _DEEP:
                lines += [" ".join(filter(None, r)) for r in self._table(block, depth + 1)]
        return "\n".join(filter(None, lines))

    def _properties(self, node: Any) -> Iterator[Any]:
        """The paragraph's own properties, then those of its style and of the styles that is based on."""
        own = _child(node, "pPr")
        if own is not None:
            yield own
        style = self.styles.get(_value(_child(own, "pStyle")))
        for _ in range(20):
            if style is None:
                return
            properties = _child(style, "pPr")
            if properties is not None:
                yield properties
            style = self.styles.get(_value(_child(style, "basedOn")))

    def _list(self, node: Any) -> tuple[str, int]:
        list_id, level = "", -1
        for properties in self._properties(node):
            number = _child(properties, "numPr")
            if number is None:
                continue
            if level < 0 and (found := _value(_child(number, "ilvl"))):
                level = _int(found)
            if not list_id:
                list_id = _value(_child(number, "numId"))
        return ("" if list_id == "0" else list_id), max(level, 0)

    def _heading(self, node: Any) -> int:
        """1 to 9, 0 for running text; the title of the whole is 1."""
        style = self.styles.get(_value(_child(_child(node, "pPr"), "pStyle")))
        name = (
            _value(_child(style, "name"))
            if style is not None
            else _value(_child(_child(node, "pPr"), "pStyle"))
        )
        if _TITLE_STYLE.match(name):
            return 1
        if m := _HEADING_STYLE.search(name):
            return int(m[1])
        for properties in self._properties(node):
            if (outline := _child(properties, "outlineLvl")) is not None:
                level = _int(_value(outline), 9)
                return level + 1 if 0 <= level < 9 else 0
        return 0


def _space(node: Any) -> str:
    return node.tag[1:].partition("}")[0]


def _numbering(root: Any) -> Numbering:
    """The lists of numbering.xml."""
    if root is None:
        return Numbering({})
    definitions = {_value(n, "abstractNumId"): n for n in root if _local(n) == "abstractNum"}
    by_style = {
        _value(_child(n, "styleLink")): n for n in definitions.values() if _child(n, "styleLink") is not None
    }
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    overrides: dict[tuple[str, int], int] = {}
    for num in (n for n in root if _local(n) == "num"):
        list_id, shared = _value(num, "numId"), _value(_child(num, "abstractNumId"))
        definition = definitions.get(shared)
        link = _value(_child(definition, "numStyleLink")) if definition is not None else ""
        if link in by_style:
            definition = by_style[link]
            shared = _value(definition, "abstractNumId")
        levels = dict(_levels(definition)) if definition is not None else {}
        for override in (n for n in num if _local(n) == "lvlOverride"):
            at = _int(_value(override, "ilvl"))
            if (start := _child(override, "startOverride")) is not None:
                overrides[list_id, at] = _int(_value(start), 1)
            levels.update(_levels(override))
        lists[list_id] = (shared, levels)
    return Numbering(lists, overrides)


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for node in parent:
        if _local(node) != "lvl":
            continue
        # newer Word writes formats of its own as the choice and a plain one as the fallback
        found = next((n for n in node.iter() if _local(n) == "numFmt"), None)
        restart = _child(node, "lvlRestart")
        yield (
            _int(_value(node, "ilvl")),
            Level(
                _value(found) or "decimal",
                _value(_child(node, "lvlText"))[:40],
                _int(_value(_child(node, "start")), 1),
                _child(node, "isLgl") is not None and _value(_child(node, "isLgl")) not in ("0", "false"),
                _int(_value(restart)) if restart is not None else None,
            ),
        )


def _notes(reader: _Reader, root: Any, prefix: str = "") -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for note in root if root is not None else ():
        if _value(note, "type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        lines = [
            one_line(reader.text(p)[0].replace("\n", " ")) for p in reader._blocks(note) if _local(p) == "p"
        ]
        if text := " ".join(filter(None, lines)):
            out.append((f"{prefix}{len(out) + 1}", text))
    return out


def _properties(root: Any) -> dict[str, str]:
    """docProps/core.xml; its dates and author are those of the file (Administrator), not of the text."""
    out: dict[str, str] = {}
    for node in root if root is not None else ():
        if (key := _CORE.get(_local(node))) and node.text and len(node.text) <= 500:
            out[key] = node.text
    return out
