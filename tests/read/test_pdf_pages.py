"""Pages as gazettes, ministries and programs make them: three columns, tables over pages, seals, missing characters."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

import reportlab
from hostile import assembled
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable
from test_pdf import ONE, THREE, TWO, lines, paragraphs
from typeset import BODY, FONT, HEIGHT, SMALL, TITLE, WIDTH, FrameBreak, Paragraph, Spacer, furniture, pdf

from kg.errors import ReadError
from kg.read.legible import is_garbled
from kg.read.pdf import read_pdf

HEAD = ["序号", "支持事项", "支持标准（万元）", "备注"]
ROWS = [[str(n), f"省级示范平台第{n}批", str(20 + n), ""] for n in range(1, 61)]


@pytest.mark.parametrize("columns", [3, 4])
def test_a_gazette_in_several_columns_is_read_column_by_column(columns: int) -> None:
    texts = [f"第{n}条　{text}" for n in range(10) for text in (ONE, TWO)]
    data = pdf([Paragraph("某省政府公报", TITLE), FrameBreak(), *paragraphs(*texts)], columns=columns, head=60)
    assert lines(data) == ["某省政府公报", *(t.replace("　", " ") for t in texts)]


def long_table(rows: list[list[str]], heads: int) -> LongTable:
    cells = [[Paragraph(cell, SMALL) for cell in row] for row in rows]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    return LongTable(cells, [40, 160, 90, 60], repeatRows=heads, splitInRow=1, style=style)


@pytest.mark.parametrize("heads", [0, 1])
def test_a_table_over_pages_is_one_table_with_the_page_of_each_row(heads: int) -> None:
    story = [*paragraphs(ONE), long_table([HEAD, *ROWS], heads), Spacer(1, 9), *paragraphs(TWO)]
    content = read_pdf(pdf(story, draw=[furniture("示例公报")]), "test.pdf")
    (table,) = content.tables
    assert list(table.header) == HEAD and [list(r) for r in table.rows] == ROWS
    assert [page for _, page in content.pages] == [1, 2]
    last, first = content.pages[0], content.pages[1]
    broken_at = content.text[: first[0]].count("\n") - 3  # a paragraph, the head and its rule before the rows
    assert last == (0, 1) and content.text[first[0] :].startswith(f"| {ROWS[broken_at][0]} |")
    assert content.text.startswith(ONE) and content.text.endswith(TWO + "\n")


def test_a_row_parted_by_the_page_is_one_row() -> None:
    long = "省级重点实验室设备更新改造和开放运行补助经费第" + "一二三四五六七八九十" * 9
    rows = [*ROWS[:33], ["34", long, "90", ""], ["35", "省级众创空间", "95", ""]]
    content = read_pdf(pdf([*paragraphs(ONE), Spacer(1, 10), long_table([HEAD, *rows], 0)]), "test.pdf")
    (table,) = content.tables
    assert [page for _, page in content.pages] == [1, 2]
    assert content.text[content.pages[1][0] :].startswith("| 35 |"), "the row that began on page 1 is parted"
    assert [list(row) for row in table.rows] == rows


def test_a_table_of_provisions_stands_as_paragraphs() -> None:
    cells = [["任务", "内容", "单位"], ["任务一", TWO, "省科技厅"], ["任务二", THREE, "省财政厅"]]
    table = LongTable([[Paragraph(c, SMALL) for c in row] for row in cells], [60, 260, 80], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    content = read_pdf(pdf([*paragraphs(ONE), table]), "test.pdf")
    assert content.text.split("\n")[1:-1] == [cell for row in cells for cell in row]


def over(words: str, size: float, *, upright: bool = False) -> object:
    def draw(canvas: Canvas, number: int) -> None:
        canvas.setFillGray(0.8)
        canvas.setFont(FONT, size)
        if upright:
            for n, c in enumerate(words):
                canvas.drawString(WIDTH * 0.6, HEIGHT * 0.8 - n * size * 1.05, c)
        else:
            canvas.drawString(WIDTH * 0.2, HEIGHT * 0.6, words)

    return draw


@pytest.mark.parametrize("mark", [over("内部资料", 60), over("某省科学技术厅公章", 18, upright=True)])
def test_what_lies_across_the_text_is_no_part_of_it(mark: object) -> None:
    texts = [f"第{n}条　{text}" for n in range(8) for text in (ONE, TWO)]
    assert lines(pdf(paragraphs(*texts), draw=[mark])) == [t.replace("　", " ") for t in texts]  # type: ignore[list-item]


def test_numbers_of_lines_are_no_part_of_the_text() -> None:
    def numbered(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 7)
        for n in range(12):
            canvas.drawRightString(44, HEIGHT - 66 - 15 * n, str(n + 1))

    assert lines(pdf(paragraphs(ONE, TWO, THREE), draw=[numbered])) == [ONE, TWO, THREE]


def test_a_page_in_vertical_lines_is_read_from_the_right() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont(FONT, 12)
    text = "省科技厅支持企业开展技术攻关，给予奖励，" * 8 + "特此通知。"
    for column in range(-(-len(text) // 40)):
        for n, c in enumerate(text[40 * column : 40 * column + 40]):
            canvas.drawString(500 - 24 * column, 760 - 13 * n, c)
    canvas.save()
    assert lines(out.getvalue()) == [text]


def test_the_number_of_a_note_behind_a_figure_is_no_digit_of_it() -> None:
    text = "每家企业奖励100<super>6</super>万元，面积为10<super>4</super>平方米和3m<super>2</super>，" + ONE
    assert lines(pdf(paragraphs(text))) == ["每家企业奖励100万元，面积为10⁴平方米和3m2，" + ONE]


def test_contents_keep_one_entry_a_line() -> None:
    entries = [f"{n}、总体要求{'…' * 36}{n}" for n in "123"]
    assert lines(pdf(paragraphs(*entries, ONE))) == [*entries, ONE]


def test_copies_at_the_foot_are_one_line() -> None:
    copies = "抄送：省委办公厅，省人大常委会办公厅，省政府办公厅，省政协办公厅，省审计厅，省高级人民法院，省人民检察院。"
    style = BODY.clone("copies", leftIndent=30, rightIndent=30, firstLineIndent=0)
    assert lines(pdf([*paragraphs(ONE, TWO, THREE), Paragraph(copies, style)])) == [ONE, TWO, THREE, copies]


def glyphs_without_names(count: int) -> bytes:
    """Text in a font that is embedded by glyph numbers alone, as programs do that leave ToUnicode out."""
    font = Path(reportlab.__path__[0], "fonts", "Vera.ttf").read_bytes()
    codes = "".join(f"{n % 60 + 36:04x}" for n in range(count))
    page = f"BT /F1 12 Tf 72 700 Td <{codes}> Tj ET".encode()
    descriptor = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80/FontFile2 8 0 R>>"
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/CIDToGIDMap/Identity>>",
        descriptor,
        b"<</Length %d>>stream\n%s\nendstream" % (len(font), font),
    )


def test_text_in_fonts_that_name_no_characters_is_unreadable_and_named_so() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf: unreadable text: on 1 of 1 pages .*--ocr"):
        read_pdf(glyphs_without_names(300), "a.pdf")


def test_chinese_of_rare_characters_or_with_stray_letters_is_garbled() -> None:
    spoilt = ONE.replace("，", "ÿ").replace("企", "ó").replace("。", "2")
    shifted = "".join(chr(ord(c) + 0x1C61) if "\u4e00" <= c <= "\u7fff" else c for c in ONE)
    traditional = "為規範科技創新券管理，支持科技型中小企業購買科技服務，根據創新條例，制定本辦法。" * 2
    assert is_garbled(spoilt) and is_garbled(shifted)
    assert not is_garbled(ONE + TWO + THREE) and not is_garbled(traditional) and not is_garbled("50㎡，±5℃，Ångström，é" + ONE)
    assert not is_garbled("é" * 500)


def test_columns_that_touch_over_the_gutter_are_told_apart() -> None:
    """A closing mark at the end of the left line, an opening one at the head of the right: hardly a gap between."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setFont(FONT, 10)
    left, right = "支持企业开展技术攻关和成果转化并给予奖励", "省科技厅会同省财政厅组织评审并向社会公示公"
    for n in range(20):
        canvas.drawString(72, 700 - 15 * n, (left + "；") if n == 10 else left)
        canvas.drawString(286, 700 - 15 * n, ("〔" + right[1:]) if n == 10 else right)
    canvas.save()
    text = "".join(lines(out.getvalue()))
    assert text.index("省科技厅会同") > text.rindex(left)


def test_figures_that_are_not_parted_from_the_next_line_leave_the_line_before_short() -> None:
    style = BODY.clone("narrow", firstLineIndent=0)
    story = [Paragraph(line, style) for line in ("甲" * 36 + "，按投资规模的", "1%、1.5%、2%以内给予奖励。")]
    assert lines(pdf([*paragraphs(ONE, TWO), *story]))[-1].endswith("按投资规模的1%、1.5%、2%以内给予奖励。")


def test_quotation_marks_drawn_apart_in_another_font_keep_their_place() -> None:
    """As word processors do: the Chinese of a line in one stroke with gaps, then the marks of a western font."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for n in range(3):
        y = 700 - 20 * n
        canvas.setFont(FONT, 10)
        for x, words in ((72, "某省印发若干意见，"), (166, "尖兵"), (190, "计划的项目申报不限项。")):
            canvas.drawString(x, y, words)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(162, y, "“")
        canvas.drawString(186, y, "”")
    canvas.save()
    assert "".join(lines(out.getvalue())) == "某省印发若干意见，“尖兵”计划的项目申报不限项。" * 3
