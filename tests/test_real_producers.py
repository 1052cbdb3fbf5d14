"""Files as programs make them (LibreOffice, Chromium), where they are installed: the claims of the plain text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

docx = pytest.importorskip("docx", reason="python-docx is not installed")
sys.path.insert(0, str(Path(__file__).parent / "read"))

from pages import paragraphs  # noqa: E402
from test_formats_same_claims import as_word  # noqa: E402

from kg.evaluate.score import norm  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.model import Document, Source  # noqa: E402
from kg.read.documents import read_document  # noqa: E402
from kg.resources import data_dir  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SHEET = "@page{size:A4;margin:25mm 20mm}body{font-family:'Noto Serif CJK SC',serif;text-align:justify;font-size:%s}p{margin:0}.c{columns:%s;column-gap:7mm}td{border:.5pt solid}table{border-collapse:collapse}"

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def digest(name: str) -> list[str]:
    text = (data_dir("sources") / "documents" / f"{name}.md").read_text("utf-8")
    return [line for line in text.split("\n") if line.strip()]


def agreement(lines: list[str], path: Path) -> float:
    """F1 of the claims of a file against those of its text; spaces and marks of Markdown do not count."""

    def keys(document: Document) -> Counter[tuple[str, ...]]:
        found = extract(document)
        assert all(document.text[c.start : c.end] == c.quote for c in found)
        return Counter(
            (c.type, re.sub(r"[\s#|]", "", c.quote), c.area or "", c.assertion or "", re.sub(r"\s", "", norm(sorted(c.values.items()))))
            for c in found
        )

    source = Source("s")
    read = read_document(path, source)
    a, b = keys(Document("d-0", "\n".join(lines) + "\n", source)), keys(read)
    assert a.total() > 60
    return 2 * (a & b).total() / (a.total() + b.total())


def converted(path: Path, ending: str) -> Path:
    profile = (path.parent / "profile").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", ending, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.with_suffix(f".{ending}")


@needs_office
def test_an_article_with_a_table_that_libreoffice_prints_or_saves_as_doc(tmp_path: Path) -> None:
    lines = digest("shandong-innovation-resources-article")
    document = docx.Document(io.BytesIO(as_word(lines)))
    for table in document.tables:
        table.style = "Table Grid"
    document.save(str(tmp_path / "a.docx"))
    printed, older = converted(tmp_path / "a.docx", "pdf"), converted(tmp_path / "a.docx", "doc")
    assert agreement(lines, printed) >= 0.98
    assert {page for _, page in read_document(printed).pages} >= {1, 2, 3}
    wps = older.rename(tmp_path / "a.wps")
    assert read_document(wps).encoding == "doc"
    assert agreement(lines, wps) >= 0.98


@needs_chromium
@pytest.mark.parametrize(("columns", "size"), [(1, "11pt"), (2, "10pt"), (3, "9pt")])
def test_a_page_that_chromium_prints_in_columns(tmp_path: Path, columns: int, size: str) -> None:
    lines = digest("zhejiang-lucheng-services-2019")
    page = f"<html lang=zh-CN><head><meta charset=utf-8><style>{SHEET % (size, columns)}</style></head><body>{paragraphs(lines[:1])}<div class=c>{paragraphs(lines[1:])}</div></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'user'}", f"--print-to-pdf={tmp_path / 'a.pdf'}", str(tmp_path / "a.html")]
    subprocess.run(command, capture_output=True, timeout=120, check=False)
    if not (tmp_path / "a.pdf").is_file():
        pytest.skip("Chromium prints nothing here")
    assert agreement(lines, tmp_path / "a.pdf") >= 0.98
