"""Workbooks: they read back, say what they hold, run nothing, keep their bytes."""

from __future__ import annotations

import io
import time

import pytest

from kg.export.codebook import MEANINGS, codebook, meaning
from kg.export.workbook import workbook
from kg.model import BENEFICIARIES, Source
from kg.query.library import load_library
from kg.query.table import Table

TABLE = Table(
    ("areaLabel", "value", "claim", "change"),
    (
        ("甲省", 3.5, "https://w3id.org/innopolicy/id/claim/c-1", True),
        ("=1+1", None, "@SUM(A1)", False),
        ("\x0b\t+2", 10**16, "http://example.org/", None),
    ),
    title="各省数值",
    labels=("地区", "数值", "陈述", "是否变动"),
)
SOURCES = [
    Source("a", title="甲文", author="甲厅", date="2021-05", licence="CC-BY-4.0"),
    Source("b", title="乙文摘编", date="2026-01-01", digest_of_title="《乙文》", digest_of_date="2020"),
]


def test_cells_read_back_as_text_and_numbers() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook(TABLE, codebook(TABLE, SOURCES))))
    assert book.sheetnames == ["数据", "编码簿"]
    rows = list(book["数据"].iter_rows(values_only=True))
    assert rows[0] == ("地区", "数值", "陈述", "是否变动")
    assert rows[1] == ("甲省", 3.5, "claim/c-1", "是")
    assert rows[2] == ("=1+1", None, "@SUM(A1)", "否")
    assert rows[3][1:] == ("10000000000000000", "http://example.org/", None)
    assert {cell.data_type for row in book["数据"].iter_rows() for cell in row} <= {"s", "n"}  # no formula
    notes = [row for row in book["编码簿"].iter_rows(values_only=True) if any(row)]
    assert ("数据截至", "2021-05", None) in notes and ("文献数", "2", None) in notes
    assert ("许可", "CC-BY-4.0 (1)；未注明 (1)", None) in notes
    assert ("来源", "乙文摘编（《乙文》）", None) in notes
    assert ("value", "数值", meaning("value")) in notes


def test_the_same_table_gives_the_same_bytes() -> None:
    first = workbook(TABLE, codebook(TABLE, SOURCES))
    time.sleep(2.1)  # zip dates count in steps of two seconds
    assert workbook(TABLE, codebook(TABLE, SOURCES)) == first


def test_a_codebook_says_what_a_row_counts() -> None:
    def unit(*columns: str) -> str:
        return dict(codebook(Table(columns, ()), language="en").facts)["Counting unit"]

    assert unit("measure", "claim") == "one row is a measure with its claim"
    assert unit("claim", "quote").startswith("one row is a claim")
    assert unit("areaLabel", "measures", "claim").startswith("one row is a group")
    assert unit("name", "betweenness", "claim").startswith("one row is a node")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_of_every_question_and_analysis_has_a_meaning(language: str) -> None:
    import networkx as nx

    from kg.analyse.audit import audit_table
    from kg.analyse.chain import chain_table
    from kg.analyse.flows import flow_summary, flow_table
    from kg.analyse.layers import actor_table
    from kg.export.citing import cite_table

    columns = {column.name for query in load_library().values() for column in query.columns}
    columns |= {*BENEFICIARIES, "unstated", "promised", "quoted", "delivered"}  # of the matrix and the model
    tables = [chain_table([], {}), actor_table(nx.Graph()), audit_table([], []), flow_table([])]
    for table in (*tables, flow_summary([]), cite_table([])):
        columns |= set(table.columns)
    assert sorted(name for name in columns if not meaning(name, language)) == []
    assert all(len(words) == 2 and all(words) for words in MEANINGS.values())
