"""The article's digest set as a journal sets it, in two columns, gives the claims of the plain text."""

from __future__ import annotations

import re
from collections import Counter

import pytest

pytest.importorskip("reportlab")

from typeset import journal

from kg.evaluate.score import Counts, norm
from kg.extract import extract
from kg.model import Claim, Document, Source
from kg.read.content import apart
from kg.read.pdf import read_pdf
from kg.resources import data_dir

NOTES = [
    "收稿日期：2024-01-02；基金项目：示例基金（2023AB01）。",
    "作者简介：某某（1980—），女，研究员，研究方向为科技政策。",
]
LISTED = [
    "[1] 某某.《贵州省科技创新券管理办法》解读[J].示例学报,2020,1(2):3-9.",
    "[2] 某某.建议设立产业引导基金[M].北京:示例出版社,2019.",
]


def article() -> str:
    """The digest as running text, the heads of its table on two lines as journals set them: 甲省 | 排名, 指标值."""
    text = (data_dir("sources") / "documents" / "shandong-innovation-resources-article.md").read_text("utf-8")
    lines: list[str] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 13 and cells[1].endswith("排名"):
            places = [re.sub("排名$|指标值$", "", cell) for cell in cells[1:]]
            lines.append(f"| | {' | '.join(places)} |")
            cells = [cells[0], *(c.removeprefix(p) for c, p in zip(cells[1:], places, strict=True))]
            line = f"| {' | '.join(cells)} |"
        lines.append(line)
    return "\n".join(lines)


def agreement(gold: list[Claim], found: list[Claim], *, values: bool) -> float:
    def keys(claims: list[Claim]) -> Counter[tuple[str, ...]]:
        return Counter(
            (
                c.type,
                norm(c.quote),
                *((c.area or "", c.assertion or "", norm(sorted(c.values.items()))) if values else ()),
            )
            for c in claims
        )

    a, b = keys(gold), keys(found)
    return Counts((a & b).total(), a.total(), b.total()).f1


def test_an_article_in_two_columns_gives_the_claims_of_its_text() -> None:
    text = article()
    content = read_pdf(
        journal(text, running="示例学报　第3期", notes=NOTES, references=LISTED), "article.pdf"
    )
    plain = Document("d-0", re.sub(r"(?m)^#+ ", "", text), Source("s"))
    printed = Document("d-0", content.text, Source("s"), pages=content.pages, references=apart(content))
    gold, found = extract(plain), extract(printed)
    assert len(gold) > 300
    assert agreement(gold, found, values=False) >= 0.98
    assert agreement(gold, found, values=True) >= 0.98
    assert {printed.page_at(c.start) for c in found} == {1, 2, 3, 4, 5}
    assert all(content.text[c.start : c.end] == c.quote for c in found)
    assert "贵州省科技创新券管理办法" in content.text
    assert not any("贵州" in c.quote or "产业引导基金" in c.quote for c in found), "references make no claims"
