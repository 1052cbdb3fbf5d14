"""Tables in a terminal: what is wrapped where, what becomes a block, which ids a reader does without."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kg.export.tables import render
from kg.export.terminal import drawn, fitted, wrap
from kg.query.table import Table

IRI = "https://w3id.org/innopolicy/id/"


def test_no_line_starts_with_a_closing_mark_nor_ends_with_an_opening_one() -> None:
    assert wrap("给予奖励，最高十万元", 8) == ["给予奖", "励，最高", "十万元"]
    assert wrap("印发《若干措施》的通知", 6) == ["印发", "《若干", "措施》", "的通知"]


def test_words_and_numbers_stay_whole_where_a_line_can_hold_them() -> None:
    assert wrap("奖励2000万元", 8) == ["奖励", "2000万元"]
    assert wrap("ABCDEFGHIJ", 4) == ["ABCD", "EFGH", "IJ"]


@settings(deadline=None)
@given(st.text(alphabet="高新技术，。（）《》ab1 ２é", max_size=60), st.integers(4, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


def test_narrow_columns_stay_whole_and_long_ones_share_the_rest() -> None:
    assert fitted([4, 6, 200, 300], [4, 6, 12, 12], 110) == [4, 6, 50, 50]
    assert fitted([4, 30, 200], [4, 12, 12], 100) == [4, 30, 66]
    assert fitted([40] * 12, [12] * 12, 100) is None


def test_ids_are_not_cut_for_the_sake_of_a_neighbour() -> None:
    text = drawn("", ["甲", "乙"], [["c-0123456789abcdef", "很长的一段文字" * 3]], [False] * 2, 40)
    assert "c-0123456789abcdef" in text


def test_rows_of_many_squeezed_lines_become_blocks() -> None:
    text = drawn("", list("甲乙丙丁"), [["很长的一段文字" * 9] * 4], [False] * 4, 60)
    assert text.startswith("1 ─")


def test_a_row_that_does_not_fit_becomes_a_block_without_its_empty_cells() -> None:
    text = drawn("题", [f"栏{n}" for n in range(9)], [["很长的一段文字" * 3] * 8 + [""]], [False] * 9, 60)
    assert text.startswith("题\n\n1 ───") and "栏7" in text and "栏8" not in text


def test_empty_columns_go_before_rows_become_blocks() -> None:
    headings = ["头一栏的长名称", "第二栏的长名称", "第三栏的长名称"]
    text = drawn("", headings, [["很长的一段文字" * 3, "", ""]], [False] * 3, 30)
    assert "头一栏的长名称" in text and "第二栏" not in text and "1 ─" not in text


def test_an_id_beside_its_label_is_left_out_of_the_terminal_and_of_nothing_else() -> None:
    table = Table(
        ("area", "areaLabel", "measure", "claim"),
        ((f"{IRI}area/330000", "浙江省", f"{IRI}measure/c-1", f"{IRI}claim/c-1"),),
    )
    shown = render(table, "table")
    assert "330000" not in shown and "浙江省" in shown and shown.count("c-1") == 1
    assert "330000" in render(table, "csv") and "330000" in render(table, "md")


def test_an_id_that_stands_alone_is_shown() -> None:
    assert "area/330000" in render(Table(("area",), ((f"{IRI}area/330000",),)), "table")
