import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.export.tables import FORMATS, render, safe_cell
from kg.query.table import Table

CLAIM = "https://w3id.org/innopolicy/id/claim/c-1"
TABLE = Table(
    columns=("area", "value", "claim"),
    rows=(("浙江省", 500000, CLAIM), ("广东|省", 1.5, None)),
    title="谁得到什么",
    labels=("地区", "数值", "陈述"),
)


def test_csv_has_names_and_full_iris():
    assert render(TABLE, "csv") == f"area,value,claim\n浙江省,500000,{CLAIM}\n广东|省,1.5,\n"


def test_json_is_a_list_of_records_in_readable_chinese():
    text = render(TABLE, "json")

    assert json.loads(text)[1] == {"area": "广东|省", "value": 1.5, "claim": None}
    assert "浙江省" in text and text.endswith("]\n")


def test_jsonl_is_one_record_a_line():
    lines = render(TABLE, "jsonl").splitlines()

    assert [json.loads(line)["value"] for line in lines] == [500000, 1.5]


def test_markdown_escapes_bars_and_shortens_iris():
    assert render(TABLE, "md") == (
        "**谁得到什么**\n\n"
        "| 地区 | 数值 | 陈述 |\n"
        "|---|---:|---|\n"
        "| 浙江省 | 500000 | claim/c-1 |\n"
        "| 广东\\|省 | 1.5 |  |\n"
    )


def test_markdown_lets_no_tag_through():
    text = render(Table(("a",), (("<script>alert(1)</script> & [x](y)",),)), "md")

    assert "<script>" not in text and "&lt;script&gt;" in text and "\\[x\\]" in text


def test_a_table_shows_headings_in_the_reader_s_language_and_every_cell():
    text = render(TABLE, "table", width=80)

    assert "谁得到什么" in text and "地区" in text and "c-1" in text
    assert "w3id.org" not in text and "\x1b" not in text


def test_square_brackets_are_text_and_not_markup():
    assert "[red]甲[/red]" in render(Table(("a",), (("[red]甲[/red]",),)), "table")


def test_terminal_codes_in_a_cell_are_not_passed_on():
    assert "\x1b" not in render(Table(("a",), (("\x1b[31m红",),)), "table")


def test_line_breaks_of_the_page_are_closed_up_between_chinese_characters():
    table = Table(("quote",), (("高新技\n  术企业\n2022 年",),))

    assert "高新技术企业 2022 年" in render(table, "md")
    assert json.loads(render(table, "jsonl"))["quote"] == "高新技\n  术企业\n2022 年"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", " =1", "＝1", "＋1＋", "\r\n=1"])
def test_a_cell_that_would_run_as_a_formula_is_neutralised(cell):
    assert safe_cell(cell) == "'" + cell
    read = list(csv.reader(io.StringIO(render(Table(("a",), ((cell,),)), "csv"), newline="")))
    assert read[1][0].startswith("'")


@pytest.mark.parametrize(
    ("cell", "written"), [(-5, "-5"), ("-3.5", "-3.5"), (None, ""), (True, "true"), ("甲=乙", "甲=乙")]
)
def test_numbers_and_plain_texts_stay_as_they_are(cell, written):
    assert safe_cell(cell) == written


@pytest.mark.parametrize(("language", "says"), [("zh", "没有结果。"), ("en", "No rows.")])
def test_an_empty_answer_says_so(language, says):
    empty = Table(("a",), (), title="甲")

    assert says in render(empty, "table", language=language)
    assert says in render(empty, "md", language=language)
    assert render(empty, "csv") == "a\n"
    assert render(empty, "json") == "[]\n"
    assert render(empty, "jsonl") == ""


def test_a_cut_answer_says_so():
    cut = Table(("a",), ((1,),), truncated=True)

    assert "仅列出前 1 行。" in render(cut, "table")
    assert "Only the first 1 rows are shown." in render(cut, "md", language="en")


def test_an_unknown_format_or_language_is_refused():
    with pytest.raises(KgError, match="format xlsx: unknown; choose one of table, csv, json, jsonl, md"):
        render(TABLE, "xlsx")
    with pytest.raises(KgError, match="language fr"):
        render(TABLE, "md", language="fr")


@settings(deadline=None)  # the first call imports the libraries
@given(st.lists(st.lists(st.none() | st.integers() | st.text(), min_size=2, max_size=2)))
def test_every_format_takes_any_text_and_gives_the_same_twice(rows):
    table = Table(("a", "b"), tuple(tuple(row) for row in rows))

    for fmt in FORMATS:
        text = render(table, fmt)
        assert text == render(table, fmt)
    assert len(render(table, "jsonl").split("\n")) == len(rows) + 1
    assert len(list(csv.reader(io.StringIO(render(table, "csv"), newline="")))) == len(rows) + 1
