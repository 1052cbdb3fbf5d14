"""Word files made by python-docx and LibreOffice: numbers, headings, tables, notes."""

from __future__ import annotations

import copy
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

docx = pytest.importorskip("docx", reason="python-docx is not installed")

from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls  # noqa: E402

from kg.errors import ReadError  # noqa: E402
from kg.read import read_document  # noqa: E402
from kg.read.numbering import Level, Numbering, written  # noqa: E402
from kg.read.word import read_docx  # noqa: E402

LEVELS = (("chineseCountingThousand", "第%1条　"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4"))


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def numbered(document, levels=LEVELS, number: int = 70):
    """Adds a list of those levels; returns a function that adds a paragraph of it."""
    numbering = document.part.numbering_part.element
    level_xml = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (style, pattern) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{level_xml}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))

    def add(text: str, level: int = 0):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
        )
        return paragraph

    return add


def text_of(document) -> str:
    return read_docx(saved(document), "x").text


def test_automatic_numbers_are_restored() -> None:
    document = docx.Document()
    add = numbered(document)
    for level, words in ((0, "支持企业研发。"), (1, "给予补助。"), (1, "给予贷款。"), (2, "贴息。"), (3, "按年。"), (0, "支持人才。"), (1, "给予住房。")):
        add(words, level)
    assert text_of(document).splitlines() == [
        *("第一条　支持企业研发。", "（一）给予补助。", "（二）给予贷款。", "1.贴息。", "①按年。", "第二条　支持人才。", "（一）给予住房。"),
    ]


def test_two_lists_of_one_definition_count_on_and_a_start_of_its_own_counts_anew() -> None:
    levels = {0: Level("chineseCounting", "%1、")}
    lists = Numbering({"1": ("a", levels), "2": ("a", levels), "3": ("a", levels)}, {("3", 0): 1})
    assert [lists.label(n, 0) for n in ("1", "2", "1", "3", "3")] == ["一、", "二、", "三、", "一、", "二、"]


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [(10, "chineseCounting", "十"), (20, "chineseCountingThousand", "二十"), (101, "chineseCountingThousand", "一百零一"), (110, "chineseCounting", "一百一十"),
     (3, "ideographTraditional", "丙"), (4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (5, "chineseLegalSimplified", "伍"), (12, "decimalEnclosedCircle", "⑫"),
     (7, "decimalZero", "07"), (10, "ideographDigital", "一〇"), (3, "none", ""), (9, "somethingNew", "9")],
)  # fmt: skip
def test_numbers_in_words_formats(number: int, style: str, shown: str) -> None:
    assert written(number, style) == shown


def test_headings_tables_and_merged_cells() -> None:
    document = docx.Document()
    document.add_heading("某省科技创新若干措施", 0)
    document.add_heading("一、总体要求", 1)
    document.add_heading("强化支持", 2)
    document.add_paragraph("对企业给予补助。\n另有规定的除外。")
    table = document.add_table(rows=3, cols=3)
    for r, row in enumerate((("指标", "甲省", ""), ("", "指标值", "排名"), ("研发投入强度/%", "2.4", "3"))):
        for c, words in enumerate(row):
            table.cell(r, c).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    content = read_docx(saved(document), "x")
    assert content.text.splitlines()[:5] == ["# 某省科技创新若干措施", "一、总体要求", "## 强化支持", "对企业给予补助。", "另有规定的除外。"]
    assert content.tables[0].header == ("指标", "甲省", "甲省")
    assert content.tables[0].rows == (("指标", "指标值", "排名"), ("研发投入强度/%", "2.4", "3"))


def test_deleted_text_goes_inserted_text_and_text_boxes_stay() -> None:
    document = docx.Document()
    p = document.add_paragraph("给予")._p
    p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>20</w:delText></w:r></w:del>'))
    p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t>50</w:t></w:r></w:ins>'))
    p.append(parse_xml(f'<w:r {nsdecls("w")}><w:t>万元。</w:t></w:r>'))
    p.append(parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice Requires="wps">'
        "<w:txbxContent><w:p><w:r><w:t>某政发〔2022〕1号</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r>"
        "<w:t>某政发〔2022〕1号</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"))  # fmt: skip
    assert text_of(document) == "某政发〔2022〕1号\n给予50万元。\n"


def test_footnotes_stand_apart_at_the_end() -> None:
    document = docx.Document()
    document.add_paragraph("研发投入强度居全国前列。")
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="1"><w:p><w:r><w:t>数据来自统计公报。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    data = replaced(saved(document), {"word/footnotes.xml": notes.encode()})
    content = read_docx(data, "x")
    assert content.text == "研发投入强度居全国前列。\n注释\n[1] 数据来自统计公报。\n"
    assert [content.text[s.start : s.end] for s in content.spans if s.kind == "footnote"] == ["[1] 数据来自统计公报。"]


def replaced(data: bytes, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(copy.copy(old.getinfo(name)), old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>', "document type declaration"),
        (b"<w:document", "broken XML"),
        ("<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a [<!ENTITY b 'x'>]><a>&b;</a>".encode("utf-16"), "document type declaration"),
        (b"<a/>", "without text"),
    ],
)
def test_hostile_and_broken_parts_are_named(part: bytes, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        read_docx(replaced(saved(docx.Document()), {"word/document.xml": part}), "x")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_older_formats_are_read_by_way_of_libreoffice(tmp_path: Path) -> None:
    document = docx.Document()
    numbered(document)("对首次认定的高新技术企业，给予最高50万元奖励。")
    document.add_paragraph("某省科学技术厅")
    (tmp_path / "notice.docx").write_bytes(saved(document))
    profile = (tmp_path / "profile").as_uri()
    for suffix in ("doc",):
        command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", suffix, "--outdir", str(tmp_path), str(tmp_path / "notice.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    want = "第一条　对首次认定的高新技术企业，给予最高50万元奖励。\n某省科学技术厅\n"
    assert read_document(tmp_path / "notice.docx").text == want
    for suffix in ("doc",):
        found = read_document(tmp_path / f"notice.{suffix}")
        assert "".join(found.text.split()) == "".join(want.split()) and found.encoding == suffix


def test_without_libreoffice_the_message_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "a.wps"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600))
    with pytest.raises(ReadError, match="LibreOffice, which is not installed; install it, or save"):
        read_document(path)
