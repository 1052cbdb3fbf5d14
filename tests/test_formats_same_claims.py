"""A text saved as Word file, page or web archive says what it says as text: the same claims, with their values."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

docx = pytest.importorskip("docx", reason="python-docx is not installed")
sys.path.insert(0, str(Path(__file__).parent / "read"))

from hostile import mhtml  # noqa: E402
from pages import paragraphs  # noqa: E402

from kg.extract import extract  # noqa: E402
from kg.model import Document  # noqa: E402
from kg.read.catalogue import document_path, load_catalogue  # noqa: E402
from kg.read.documents import read_bytes  # noqa: E402
from kg.resources import data_dir  # noqa: E402

SOURCES = {s.id: s for s in load_catalogue(data_dir("sources"))}
NAV = '<div class="nav"><a href="/">首页</a><a href="/zw">政务公开</a></div>'


def as_word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            if set(line) - set("|-: "):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for r, row in enumerate(rows):
                for c, words in enumerate(row):
                    table.cell(r, c).text = words
            rows = []
        if line.startswith("#"):
            mark, _, words = line.partition(" ")
            document.add_heading(words, len(mark) - 1)
        elif line.strip():
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_page(lines: Sequence[str]) -> bytes:
    title = lines[0].lstrip("# ")
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{NAV}<div>{paragraphs(lines)}</div></body></html>".encode()


FORMATS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": as_word,
    "html": as_page,
    "mhtml": lambda lines: mhtml(as_page(lines)),
}


def claims(document: Document) -> Counter[str]:
    """The claims without what depends on the format: offsets, ids, marks of headings in quotes."""
    out: Counter[str] = Counter()
    for claim in extract(document):
        row = claim.to_dict()
        assert document.text[claim.start : claim.end] == claim.quote
        row["quote"] = re.sub(r"[\s#|]", "", row["quote"])
        out[repr(sorted((k, v) for k, v in row.items() if k not in ("id", "doc", "start", "end", "locator")))] += 1
    return out


def both(source_id: str, form: str) -> tuple[Counter[str], Counter[str]]:
    source = SOURCES[source_id]
    data = document_path(source, data_dir("sources")).read_bytes()
    source = replace(source, sha256="")
    made = FORMATS[form](data.decode("utf-8").split("\n"))
    return tuple(claims(read_bytes(d, "x", f"x.{n}", source)[0]) for d, n in ((data, "md"), (made, form)))  # type: ignore[return-value]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("source_id", ["henan-luoyang-science-2019", "zhejiang-lucheng-services-2019", "zhejiang-work-report-2026"])
def test_a_digest_in_another_format_makes_the_same_claims(source_id: str, form: str) -> None:
    as_text, as_format = both(source_id, form)
    assert sum(as_text.values()) > 20
    assert as_format == as_text


@pytest.mark.parametrize("form", ["docx", "html"])
def test_the_article_with_its_tables_makes_nearly_the_same_claims(form: str) -> None:
    """Its headings (4.2.1 …) stand without the marks of Markdown, which numbers the sentences below them."""
    as_text, as_format = both("shandong-innovation-resources-article", form)
    assert sum((as_text & as_format).values()) >= 0.96 * max(sum(as_text.values()), sum(as_format.values()))
    observed = {kind: {c for c in found if "'observation'" in c} for kind, found in (("text", as_text), (form, as_format))}
    assert observed["text"] == observed[form] and len(observed["text"]) > 50
