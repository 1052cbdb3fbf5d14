"""Claims as a writer quotes them: the quote, where it stands, the reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.export.references import Work, missing, reference, works
from kg.model import Claim, Document
from kg.query.table import Table

_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_TEXTS = {
    "zh": {
        "page": "第{}页",
        "digest": "摘编",
        "quoted": "引文是摘编《{}》的文字（{}），不是原文；引用前请核对原文",
        "missing": "著录缺项：{}",
        "authors": "责任者",
        "date": "日期",
        "journal": "刊名",
        "pages": "页码",
        "address": "网址",
        "title": "引文与参考文献",
    },
    "en": {
        "page": "p. {}",
        "digest": "digest",
        "quoted": "the quote is from the digest 《{}》 ({}), not the original; check the original before quoting",
        "missing": "unknown: {}",
        "authors": "author",
        "date": "date",
        "journal": "journal",
        "pages": "pages",
        "address": "address",
        "title": "Quotes and references",
    },
}
_HEADINGS = {
    "zh": ("陈述", "引文", "位置", "参考文献", "说明"),
    "en": ("Claim", "Quote", "Where", "Reference", "Remarks"),
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with its document and the works to cite for it."""

    claim: Claim
    document: Document
    works: tuple[Work, ...]


def cited(document: Document, claim: Claim) -> Cited:
    """What a writer needs of one claim. Of several works of a digest the one that the claim names is cited."""
    found = works(document)
    told = str(claim.values.get("policy") or claim.values.get("title") or "").strip("《》")
    named = tuple(work for work in found if told and (told in work.title or work.title in told))
    return Cited(claim, document, named or found)


def one_line(quote: str) -> str:
    """The quote without the line breaks and spaces that a page put between Chinese characters."""
    text = re.sub(rf"(?<={_CJK})\s+(?={_CJK})", "", quote)
    return re.sub(rf"(?<={_CJK})[\r\n]+|[\r\n]+(?={_CJK})", "", text).replace("\n", " ").strip()


def where(item: Cited, language: str = "zh") -> str:
    """Page, 条 or section; said to be the digest's where the document is one."""
    texts = _TEXTS[language]
    page = item.document.page_at(item.claim.start)
    parts = [item.claim.locator or "", texts["page"].format(page) if page else ""]
    place = ("，" if language == "zh" else ", ").join(part for part in parts if part)
    return f"{texts['digest']} {place}" if place and item.document.source.digest_of_title else place


def remarks(item: Cited, language: str = "zh") -> str:
    """What a writer must know: the quote is a digest's, parts of the reference are unknown."""
    texts = _TEXTS[language]
    source = item.document.source
    told = [texts["quoted"].format(source.title, source.licence)] if source.digest_of_title else []
    gaps = dict.fromkeys(name for work in item.works for name in missing(work))
    if gaps:
        comma = "、" if language == "zh" else ", "
        told.append(texts["missing"].format(comma.join(texts[name] for name in gaps)))
    return ("；" if language == "zh" else "; ").join(told)


def cite_table(
    items: Sequence[Cited], *, edition: int = 2025, accessed: str = "", language: str = "zh"
) -> Table:
    """One row a claim: id, quote, place, reference (several where a digest restates several works), remarks."""
    rows = tuple(
        (
            item.claim.id,
            one_line(item.claim.quote),
            where(item, language) or None,
            "\n".join(reference(work, edition, accessed=accessed) for work in item.works),
            remarks(item, language) or None,
        )
        for item in items
    )
    columns = ("claim", "quote", "where", "reference", "remarks")
    title = f"{_TEXTS[language]['title']}（GB/T 7714—{edition}）"
    return Table(columns, rows, title=title, labels=_HEADINGS[language])
