"""What readers of every format share."""

from __future__ import annotations

from kg.model import Document, Source
from kg.read.content import markdown_rows

PAGES = ((0, 1), (100, 2), (250, 1), (300, 3))


def test_a_character_stands_on_the_last_page_that_began_before_it() -> None:
    document = Document("d-1", "", Source("s"), pages=PAGES)
    offsets = (0, 99, 100, 249, 250, 299, 300, 9999)
    assert [document.page_at(n) for n in offsets] == [1, 1, 2, 2, 1, 1, 3, 3]


def test_a_document_without_pages_has_page_zero() -> None:
    assert Document("d-1", "", Source("s")).page_at(5) == 0


def test_cells_stay_in_their_row_and_column() -> None:
    assert markdown_rows([["甲\n乙", "a|b"], ["1"]]) == "| 甲 乙 | a｜b |\n|---|---|\n| 1 |  |"
    assert markdown_rows([]) == ""
