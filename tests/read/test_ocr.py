"""Scans and pictures of pages through Tesseract, where it is installed with Chinese."""

from __future__ import annotations

import difflib
import io
import re
import shutil
import subprocess
from functools import cache

import pytest

pytest.importorskip("reportlab")

from reportlab.lib.styles import ParagraphStyle
from typeset import BODY, Paragraph, pdf

from kg.errors import ReadError
from kg.read.documents import read_bytes
from kg.read.pdf import read_pdf
from kg.read.pdf_ocr import tidy

LINES = [
    "对首次认定的高新技术企业，给予一次性奖励20万元，奖励资金由省级财政承担，企业应当在认定之日起三个月内提出申请。",
    "支持企业与高等学校共建研发机构，按照研发投入的30%给予补助，每家企业每年最高500万元。",
]


def chinese_is_recognised() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return "chi_sim" in done.stdout.split()


needs_tesseract = pytest.mark.skipif(not chinese_is_recognised(), reason="no tesseract with chi_sim here")


@cache
def scan() -> bytes:
    """A page as a picture alone, as a copier makes it, in PDF."""
    return pictured("PDF")


@cache
def pictured(form: str) -> bytes:
    import pypdfium2

    body = ParagraphStyle("large", BODY, fontSize=14, leading=24, firstLineIndent=28)
    document = pypdfium2.PdfDocument(pdf([Paragraph(line, body) for line in LINES]))
    image = document[0].render(scale=200 / 72).to_pil().convert("L")
    if image.getextrema()[0] > 200:
        pytest.skip("no Chinese font to draw the page with")
    out = io.BytesIO()
    image.save(out, form, resolution=200)
    return out.getvalue()


def right(text: str) -> float:
    """The share of the characters set that were recognised, in order."""
    wanted, found = "".join(LINES), re.sub(r"\s", "", text)
    blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks) / max(len(wanted), len(found))


@needs_tesseract
def test_a_scan_is_read_with_ocr_nearly_as_it_was_set_and_says_so() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: a scan: 1 of 1 pages .*--ocr"):
        read_pdf(scan(), "a.pdf")
    content = read_pdf(scan(), "a.pdf", ocr=True)
    assert right(content.text) >= 0.97
    assert not re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", content.text)
    assert content.pages == ((0, 1),)
    assert content.notes == ("page 1 recognised by tesseract; check names and figures against the original",)


@needs_tesseract
def test_a_picture_of_a_page_is_read_with_ocr_and_named_without() -> None:
    document, notes = read_bytes(pictured("PNG"), "a.png", "a.png", ocr=True)
    assert right(document.text) >= 0.97 and document.encoding == "picture"
    assert "recognised by tesseract" in notes[0]
    with pytest.raises(ReadError, match=r"a\.png: this is a PNG picture, not text; .*--ocr"):
        read_bytes(pictured("PNG"), "a.png", "a.png")


def test_without_tesseract_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ReadError, match=r"--ocr needs tesseract with chi_sim, .* apt-get install"):
        read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(30), "a.png", "a.png", ocr=True)


@needs_tesseract
def test_a_damaged_picture_is_one_message() -> None:
    with pytest.raises(ReadError, match=r"a\.png: "):
        read_bytes(pictured("PNG")[:300], "a.png", "a.png", ocr=True)


@pytest.mark.parametrize(
    ("recognised", "text"),
    [
        ("国发【2018]19号规定:奖励]万元;", "国发〔2018〕19号规定：奖励1万元；"),
        ("按5%6、8%o补助", "按5%、8‰补助"),
        ("市场(商场〉首次，起止时间2019年]月", "市场（商场）首次，起止时间2019年1月"),
        ("at 10:30 (noon), 1,000", "at 10:30 (noon), 1,000"),
        ("比例1:2", "比例1:2"),
    ],
)
def test_marks_are_set_right_where_one_reading_makes_sense(recognised: str, text: str) -> None:
    assert tidy(recognised) == text
