"""Chosen claims as a memo with numbered references, in Markdown or Word."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.export.citing import Cited, one_line, remarks, where
from kg.export.references import Work, reference
from kg.export.still import still

_TEXTS = {
    "zh": {"references": "参考文献", "remarks": "核对", "open": "“", "close": "”", "colon": "："},
    "en": {"references": "References", "remarks": "To check", "open": "“", "close": "”", "colon": ": "},
}
#: what opens a tag, a link or a list in Markdown
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")


@dataclass(frozen=True, slots=True)
class Point:
    """A claim in a memo: the heading it stands under, what it says in few words, and its evidence."""

    group: str
    says: str
    cited: Cited


def _numbered(points: Sequence[Point]) -> tuple[dict[str, list[Point]], dict[str, int], list[Work]]:
    """Points by group, numbers of works by key, works by number: in the order in which they are cited."""
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(point.group, []).append(point)
    numbers: dict[str, int] = {}
    order: list[Work] = []
    for members in groups.values():
        for point in members:
            for work in point.cited.works:
                if work.key not in numbers:
                    numbers[work.key] = len(numbers) + 1
                    order.append(work)
    return groups, numbers, order


def _marks(point: Point, numbers: dict[str, int], language: str) -> str:
    """[1]第二十一条: the number of the reference with the place, as the numeric style puts it."""
    found = ",".join(str(numbers[work.key]) for work in point.cited.works)
    return f"[{found}]{where(point.cited, language)}"


def _all_remarks(points: Sequence[Point], language: str) -> list[str]:
    return [text for text in dict.fromkeys(remarks(point.cited, language) for point in points) if text]


def memo_markdown(
    points: Sequence[Point], *, title: str, edition: int = 2025, accessed: str = "", language: str = "zh"
) -> str:
    """The memo as Markdown: headings are groups, each claim its words, its quote and its reference."""
    texts = _TEXTS[language]
    groups, numbers, order = _numbered(points)
    lines = [f"# {_plain(title)}", ""]
    for group, members in groups.items():
        lines += [f"## {_plain(group)}", ""]
        for point in members:
            quote = f"{texts['open']}{_plain(one_line(point.cited.claim.quote))}{texts['close']}"
            says = f"{_plain(point.says)}{texts['colon']}" if point.says else ""
            mark = _plain(_marks(point, numbers, language))
            lines.append(f"- {says}{quote}{mark} <!-- {point.cited.claim.id} -->")
        lines.append("")
    lines += [f"## {texts['references']}", ""]
    lines += [f"\\[{n}\\] {_plain(reference(w, edition, accessed=accessed))}  " for n, w in enumerate(order, 1)]
    notes = _all_remarks(points, language)
    if notes:
        lines += ["", f"## {texts['remarks']}", "", *(f"- {_plain(note)}" for note in notes)]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def memo_docx(
    points: Sequence[Point], *, title: str, edition: int = 2025, accessed: str = "", language: str = "zh"
) -> bytes:
    """The memo as a Word document, the same bytes for the same claims."""
    from docx import Document as Word

    texts = _TEXTS[language]
    groups, numbers, order = _numbered(points)
    word = Word()
    _fonts(word)
    word.core_properties.title = title
    word.core_properties.author = "kg"
    word.core_properties.comments = ""
    word.add_heading(_clean(title), 0)
    for group, members in groups.items():
        word.add_heading(_clean(group), 1)
        for point in members:
            line = word.add_paragraph(style="List Bullet")
            if point.says:
                line.add_run(_clean(point.says + texts["colon"]))
            line.add_run(texts["open"] + _clean(one_line(point.cited.claim.quote)) + texts["close"])
            line.add_run(_clean(_marks(point, numbers, language))).font.superscript = True
    word.add_heading(texts["references"], 1)
    for n, work in enumerate(order, 1):
        word.add_paragraph(_clean(f"[{n}] {reference(work, edition, accessed=accessed)}"))
    notes = _all_remarks(points, language)
    if notes:
        word.add_heading(texts["remarks"], 1)
        for note in notes:
            word.add_paragraph(_clean(note), style="List Bullet")
    out = io.BytesIO()
    word.save(out)
    return still(out.getvalue())


def _clean(text: str) -> str:
    """Without characters that XML cannot hold."""
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def _fonts(word: Any) -> None:
    """Song for Chinese text; black headings."""
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for name in ("Normal", "Title", "Heading 1", "List Bullet"):
        style = word.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in [k for k in fonts.attrib if k.endswith("Theme")]:
            del fonts.attrib[key]
        style.font.name = "Times New Roman"
        fonts.set(qn("w:eastAsia"), "SimHei" if name in ("Title", "Heading 1") else "SimSun")
        style.font.color.rgb = RGBColor(0, 0, 0)
