"""PDFs that cannot be read: one clear message each, and never a crash, a hang or a flood."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import zlib

import pytest

pytest.importorskip("reportlab")

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from typeset import BODY, FONT, PageBreak, Paragraph, pdf

from kg.errors import ReadError
from kg.read.pdf import read_pdf

TEXT = "宁夏回族自治区支持企业开展技术攻关，对认定的研发平台给予最高100万元奖励。"


def sentences() -> list[Paragraph]:
    return [Paragraph(f"第{n}条　{TEXT}", BODY) for n in range(1, 60)]


def picture_pages(pages: int, text_on: frozenset[int] = frozenset()) -> bytes:
    """Pages that are pictures of grey noise, as a scanner makes them; some with text."""
    from PIL import Image

    noise = random.Random(4).randbytes(60 * 80)
    image = ImageReader(Image.frombytes("L", (60, 80), noise))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawImage(image, 40, 40, 500, 700)
        if number in text_on:
            canvas.setFont(FONT, 10)
            for line in range(12):
                canvas.drawString(60, 700 - 14 * line, TEXT)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_scan_is_named_and_what_helps() -> None:
    with pytest.raises(ReadError, match=r"scan\.pdf: a scan: 3 of 3 pages .*--ocr"):
        read_pdf(picture_pages(3), "scan.pdf")


def test_single_pages_without_text_are_noted_and_the_others_read() -> None:
    content = read_pdf(picture_pages(3, frozenset((1, 3))), "mixed.pdf")
    assert content.text.count("宁夏") == 24
    assert len(content.notes) == 1 and content.notes[0].startswith("page 2 without text")


def test_an_encrypted_file_is_named() -> None:
    data = pdf(sentences(), encrypt=StandardEncryption("secret", "owner", canPrint=0))
    with pytest.raises(ReadError, match=r"a\.pdf: an encrypted PDF that needs a password"):
        read_pdf(data, "a.pdf")


def test_a_file_that_only_forbids_printing_is_read() -> None:
    data = pdf(sentences(), encrypt=StandardEncryption("", "owner", canPrint=0))
    assert read_pdf(data, "a.pdf").text.count("宁夏") == 59


def test_a_file_without_a_page_of_text_is_named() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: no text on its 2 pages"):
        read_pdf(pdf([PageBreak(), PageBreak()]), "a.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"\x00\xff" * 500, b"PK\x03\x04 no PDF", b""]
)
def test_what_is_no_pdf_is_named(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: no readable PDF"):
        read_pdf(data, "a.pdf")


def damaged(seed: int) -> bytes:
    """A real PDF cut short, with bytes overwritten, dropped or doubled."""
    rng = random.Random(seed)
    data = bytearray(pdf(sentences(), columns=1 + seed % 2, pageCompression=seed % 3 > 0))
    kind = seed % 4
    if kind == 0:
        del data[rng.randrange(len(data)) :]
    elif kind == 1:
        for _ in range(60):
            data[rng.randrange(len(data))] = rng.randrange(256)
    elif kind == 2:
        at = rng.randrange(len(data))
        del data[at : at + 400]
    else:
        at, to = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
        data[to:to] = data[at : at + 3000]
    return bytes(data)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_is_read_as_far_as_it_goes_or_refused(seed: int) -> None:
    try:
        content = read_pdf(damaged(seed), "hurt.pdf")
    except ReadError as error:
        assert re.match(r"hurt\.pdf: .+; .+", str(error)) and "\n" not in str(error)
    else:
        assert content.text.strip()


def objects(*bodies: bytes) -> bytes:
    """A PDF file of these objects, numbered from 1."""
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start))


def stream(data: bytes, *filters: bytes) -> bytes:
    names = b" ".join(b"/" + name for name in filters)
    return b"<</Length %d /Filter [%s]>>\nstream\n%s\nendstream" % (len(data), names, data)


def page(contents: bytes, more: bytes = b"") -> bytes:
    return objects(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<"
        + more
        + b">> >>",
        contents,
    )


def bomb(megabytes: int) -> bytes:
    """Blanks, packed twice."""
    packer = zlib.compressobj(9)
    inner = b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()
    return zlib.compress(inner, 9)


HOSTILE = {
    "a stream that unpacks to 400 MB": lambda: page(stream(bomb(400), b"FlateDecode", b"FlateDecode")),
    "pages that are their own children": lambda: objects(
        b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 900000000>>"
    ),
    "a form that draws itself": lambda: objects(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>> >>",
        stream(b"/X Do"),
        b"<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 5 0 R>>>> /Length 5>>\n"
        b"stream\n/X Do\nendstream",
    ),
    "half a million lines": lambda: page(stream(zlib.compress(b"0 0 m 90 0 l S " * 500_000), b"FlateDecode")),
    "a page as large as a country": lambda: page(stream(b"0 0 m 9 9 l S")).replace(b"595 842", b"9e9 9e9"),
    "brackets without end": lambda: page(b"[" * 200_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_one_message(name: str) -> None:
    with pytest.raises(ReadError, match=r"^bad\.pdf: [^\n]+; [^\n]+$"):
        read_pdf(HOSTILE[name](), "bad.pdf")


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.pdf.SECONDS", 0.01)
    monkeypatch.setattr("kg.read.pdf.SECONDS_PER_PAGE", 0.0)
    with pytest.raises(ReadError, match=r"slow\.pdf: not read within 0\.01 s; split it"):
        read_pdf(pdf(sentences()), "slow.pdf")


def test_without_tesseract_ocr_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(ReadError, match=r"scan\.pdf: .*tesseract.*chi_sim"):
        read_pdf(picture_pages(1), "scan.pdf", ocr=True)


def test_a_scan_is_recognised_where_tesseract_is_installed() -> None:
    import pypdfium2

    if not shutil.which("tesseract") or "chi_sim" not in _languages():
        pytest.skip("tesseract with chi_sim is not installed")
    printed = pdf([Paragraph(TEXT + "企业应当在三个月内提出申请。", BODY)])
    image = pypdfium2.PdfDocument(printed)[0].render(scale=300 / 72, grayscale=True).to_pil()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
    canvas.save()
    if image.convert("1").getextrema()[0] != 0:
        pytest.skip("no Chinese font to draw the picture with")
    text = read_pdf(out.getvalue(), "scan.pdf", ocr=True).text
    assert "100" in text and text.count("企业") >= 2 and text.count("\n") == 1


def _languages() -> str:
    return subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True).stdout
