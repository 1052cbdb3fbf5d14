"""PDFs set by ReportLab from texts of ours: what is read is what was set."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("reportlab")

from typeset import (
    BODY,
    FLUSH,
    HEAD,
    SMALL,
    SUBHEAD,
    TITLE,
    FrameBreak,
    PageBreak,
    Paragraph,
    Spacer,
    furniture,
    grid,
    notes_at_foot,
    pdf,
    three_lines,
)

from kg.errors import ReadError
from kg.model import Document, Source
from kg.read.content import CAPTION, FOOTNOTE, HEADING, REFERENCE, apart
from kg.read.pdf import read_pdf

ONE = (
    "青海省支持科技型中小企业开展技术攻关，对首次认定的高新技术企业，给予一次性奖励20万元，奖励资金由省级财政承担，"
    "企业应当在认定之日起三个月内提出申请，逾期不再受理，已经享受同类政策的企业不重复支持。"
)
TWO = (
    "省科技厅会同省财政厅建立联合评审机制，按照公开、公平、公正的原则组织评审，每年安排最高500万元，"
    "支持企业与高等学校共建研发机构，研发机构的仪器设备向社会开放，开放收入归单位所有。"
)
THREE = (
    "银行对持有科技创新券的企业发放信用贷款，Innovation Fund 按贷款利息的50%给予贴息，"
    "贴息期限不超过2年，单个企业每年贴息不超过30万元，所需资金在省重点研发计划中列支。"
)


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, BODY) for text in texts]


def lines(data: bytes) -> list[str]:
    return read_pdf(data, "test.pdf").text.rstrip("\n").split("\n")


def test_a_paragraph_is_one_line() -> None:
    assert lines(pdf(paragraphs(ONE, TWO, THREE))) == [ONE, TWO, THREE]


def test_paragraphs_without_indent_end_where_their_last_line_is_short() -> None:
    flush = [Paragraph(text, FLUSH) for text in (ONE, TWO, THREE)]
    assert lines(pdf(flush)) == [ONE, TWO, THREE]


@pytest.mark.parametrize("repeat", [3, 9])
def test_columns_are_read_one_after_the_other_and_over_pages(repeat: int) -> None:
    texts = [f"第{n}段。{text}" for n in range(repeat) for text in (ONE, TWO, THREE)]
    title = [Paragraph("青海省科技创新政策研究", TITLE), *paragraphs(ONE), FrameBreak()]
    data = pdf([*title, *paragraphs(*texts)], columns=2, head=400)
    assert lines(data) == ["青海省科技创新政策研究", ONE, *texts]


def test_running_titles_and_page_numbers_are_no_text() -> None:
    texts = [f"第{n}段。{text}" for n in range(18) for text in (ONE, TWO, THREE)]
    for foot in ("— {} —", "{}", "第 {} 页", "{} / 4", "第 {} 页 共 4 页"):
        data = pdf(paragraphs(*texts), draw=[furniture("示例学报　第3期", foot)])
        assert lines(data) == texts, foot


def test_pages_are_told_by_offset_even_within_a_paragraph() -> None:
    texts = [f"第{n}段。{text}" for n in range(20) for text in (ONE, TWO)]
    content = read_pdf(pdf(paragraphs(*texts), draw=[furniture("示例学报")]), "test.pdf")
    assert [page for _, page in content.pages] == [1, 2, 3]
    assert content.pages[0] == (0, 1)
    starts = [start for start, _ in content.pages[1:]]
    assert any(content.text[start - 1] != "\n" for start in starts), "a paragraph runs over the page"
    apart_pages = read_pdf(pdf([*paragraphs(ONE), PageBreak(), *paragraphs(TWO)]), "test.pdf")
    assert apart_pages.pages == ((0, 1), (len(ONE) + 1, 2))


GRID = [["指标", "甲省", "乙省"], ["研发投入强度/%", "2.49", "3.14"], ["高新技术企业/万家", "2.67", "6.9"]]


def test_a_table_with_all_its_lines_is_read_by_cells() -> None:
    story = [
        *paragraphs(ONE),
        Paragraph("表1 2022年两省指标", SMALL),
        grid(GRID),
        Spacer(1, 12),
        *paragraphs(TWO),
    ]
    content = read_pdf(pdf(story), "test.pdf")
    table = content.tables[0]
    assert [list(table.header), *map(list, table.rows)] == GRID
    assert (table.page, table.caption) == (1, "表1 2022年两省指标")
    assert content.text[table.start : table.end].split("\n")[2] == "| 研发投入强度/% | 2.49 | 3.14 |"
    assert content.text.startswith(ONE + "\n") and content.text.endswith(TWO + "\n")
    assert [content.text[s.start : s.end] for s in content.spans if s.kind == CAPTION] == [
        "表1 2022年两省指标"
    ]


def test_a_cell_over_several_stands_in_each_of_them() -> None:
    rows = [
        ["指标", "甲省", "", "乙省", ""],
        ["", "排名", "数值", "排名", "数值"],
        ["知识创造", "2", "51.50", "1", "77.91"],
    ]
    table = grid(rows, more=[("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 0), (0, 1))])
    content = read_pdf(pdf([table, Spacer(1, 12), *paragraphs(ONE)]), "test.pdf")
    assert content.tables[0].header == ("指标", "甲省", "甲省", "乙省", "乙省")
    assert content.tables[0].rows[0] == ("指标", "排名", "数值", "排名", "数值")


LONG = [["指标", "甲省", "乙省", "丙省"]] + [
    [name, "12.5", "3", "−4.1"] for name in ("强度", "企业数", "增长率", "专利数")
]


@pytest.mark.parametrize("with_lines", [True, False])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_table_of_three_lines_or_none_is_read_by_its_columns(with_lines: bool, columns: int) -> None:
    texts = [f"第{n}段。{text}" for n in range(4) for text in (ONE, TWO)]
    table = [Spacer(1, 10), three_lines(LONG, lines=with_lines), Spacer(1, 10)]
    story = [*paragraphs(*texts), *table, *paragraphs(THREE)]
    content = read_pdf(pdf(story, columns=columns), "test.pdf")
    assert [list(content.tables[0].header), *map(list, content.tables[0].rows)] == LONG
    body = content.text[: content.tables[0].start] + content.text[content.tables[0].end :]
    assert [line for line in body.split("\n") if line] == [*texts, THREE]


def test_a_table_in_the_middle_of_a_paragraph_follows_it() -> None:
    at = ONE.index("金由省级")  # where a line of 48 characters ends
    story = [Paragraph("前文" + ONE[:at], FLUSH), grid(GRID), Spacer(1, 12), Paragraph(ONE[at:], FLUSH)]
    content = read_pdf(pdf([*paragraphs(TWO, THREE), *story, *paragraphs(TWO)]), "test.pdf")
    text = content.text.rstrip("\n").split("\n")
    assert [line for line in text if not line.startswith("|")] == [TWO, THREE, "前文" + ONE, TWO]
    assert text[3].startswith("| 指标"), "the table stands behind the paragraph that it parts"


def test_figures_of_a_table_are_claims_of_their_place() -> None:
    from kg.extract import extract

    head = paragraphs("甘肃省科技创新指标分析。" + ONE)
    rows = [
        ["指标", "甘肃省", "陕西省"],
        ["研发投入强度/%", "1.29", "2.35"],
        ["技术合同成交额/亿元", "338", "3053"],
    ]
    content = read_pdf(pdf([*head, Paragraph("表1 2022年两省科技指标", SMALL), grid(rows)]), "test.pdf")
    found = extract(Document("d-0", content.text, Source("s")))
    values = {
        (c.area, c.values["value"], c.values.get("unit")) for c in found if c.rule == "observation-table"
    }
    assert ("陕西省", 2.35, "%") in values and ("甘肃省", 33800000000, "CNY") in values


NOTES = ["① 数据来自青海省统计公报。", "作者简介：某某（1980—），研究员。"]
LISTED = [
    "[1] 某某. 科技政策研究[J]. 示例学报, 2020(2): 3-9.",
    "[2] 某某. 《云南省科技进步条例》释义[M]. 2019.",
]


def test_notes_and_references_stand_at_the_end() -> None:
    story = [*paragraphs(ONE), PageBreak(), *paragraphs(TWO), Paragraph("参考文献", HEAD)]
    story += [Paragraph(entry, SMALL) for entry in LISTED]
    content = read_pdf(pdf(story, foot=80, draw=[notes_at_foot(NOTES)]), "test.pdf")
    assert content.text.rstrip("\n").split("\n") == [ONE, TWO, "注释", *NOTES, "参考文献", *LISTED]
    kinds = {content.text[s.start : s.end]: s.kind for s in content.spans}
    assert kinds[NOTES[0]] == FOOTNOTE and kinds[NOTES[1]] == "imprint" and kinds[LISTED[1]] == REFERENCE
    set_apart = "".join(content.text[a:b] for a, b in apart(content))
    assert LISTED[0] in set_apart and NOTES[1] in set_apart and NOTES[0] not in set_apart
    at = content.text.index(NOTES[0])
    document = Document("d-0", content.text, Source("s"), pages=content.pages)
    assert document.page_at(at) == 1 and document.page_at(content.text.index(LISTED[0])) == 2


def test_marks_of_notes_go_and_exponents_stay() -> None:
    text = (
        ONE
        + "每1000m<super>2</super>补助3万元<super>①</super>，厂房面积不少于200m<super>2</super><super>[3]</super>。"
    )
    assert lines(pdf(paragraphs(text))) == [ONE + "每1000m2补助3万元，厂房面积不少于200m2。"]


def test_headings_are_marked() -> None:
    content = read_pdf(pdf([Paragraph("二、支持企业创新", HEAD), *paragraphs(ONE, TWO)]), "test.pdf")
    assert [content.text[s.start : s.end] for s in content.spans if s.kind == HEADING] == ["二、支持企业创新"]


def test_the_title_of_the_file_is_kept_unless_a_program_gave_it() -> None:
    assert (
        read_pdf(pdf(paragraphs(ONE), title="青海省若干措施"), "a.pdf").metadata["title"] == "青海省若干措施"
    )
    assert "title" not in read_pdf(pdf(paragraphs(ONE), title="Microsoft Word - 1.doc"), "a.pdf").metadata


def test_the_same_bytes_give_the_same_content() -> None:
    data = pdf([*paragraphs(ONE, TWO), grid(GRID)], columns=2)
    assert read_pdf(data, "a.pdf") == read_pdf(data, "b.pdf")


def test_reading_leaves_pdfium_out_of_this_process(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(paragraphs(ONE)))
    code = (
        "import sys, pathlib; from kg.read.pdf import read_pdf;"
        f"read_pdf(pathlib.Path({str(path)!r}).read_bytes(), 'a.pdf'); print('pypdfium2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_more_pages_than_allowed_are_refused() -> None:
    data = pdf([*paragraphs(ONE), PageBreak(), *paragraphs(TWO)])
    with pytest.raises(ReadError, match=r"a\.pdf: 2 pages are over the limit of 1; split"):
        read_pdf(data, "a.pdf", max_pages=1)


def test_a_numbered_title_behind_a_full_last_line_begins_anew() -> None:
    full = ONE[: ONE.index("金由省级") - 3] + "。"  # fills a line of 46 characters behind its indent
    story = [Paragraph(full, BODY), Paragraph("2.3 人才引育", SUBHEAD), *paragraphs(TWO), *paragraphs(THREE)]
    assert lines(pdf(story)) == [full, "2.3 人才引育", TWO, THREE]
