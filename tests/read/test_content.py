"""What readers of every format share."""

from __future__ import annotations

from kg.read.content import markdown_rows, page_at


def test_a_character_stands_on_the_last_page_that_began_before_it() -> None:
    pages = ((0, 1), (100, 2), (250, 1), (300, 3))
    assert [page_at(pages, n) for n in (0, 99, 100, 249, 250, 299, 300, 9999)] == [1, 1, 2, 2, 1, 1, 3, 3]


def test_a_document_without_pages_has_page_zero() -> None:
    assert page_at((), 5) == 0
    assert page_at(((3, 1),), 2) == 0


def test_cells_stay_in_their_row_and_column() -> None:
    assert markdown_rows([["甲\n乙", "a|b"], ["1"]]) == "| 甲 乙 | a｜b |\n|---|---|\n| 1 |  |"
    assert markdown_rows([]) == ""
