"""Memos: groups, numbers, places; the same bytes; nothing runs."""

from __future__ import annotations

import io
import time
import zipfile

from kg.export.citing import cited
from kg.export.memo import Point, memo_docx, memo_markdown
from kg.model import Claim, Document, Source

TEXT = "第一条 给予<b>奖励</b>。第二条 给予补助。"


def points() -> list[Point]:
    first = Document("d-1", TEXT, Source("a-1", title="甲办法", author="甲厅", date="2020", kind="policy"))
    second = Document("d-2", TEXT, Source("a-2", title="乙办法", author="乙厅", date="2021", kind="policy"))

    def point(group: str, document: Document, start: int, end: int, locator: str) -> Point:
        claim = Claim("measure", document.id, start, end, TEXT[start:end], "r", locator=locator)
        return Point(group, "资金", cited(document, claim))

    return [
        point("乙省", second, 4, 15, "第一条"),
        point("甲省", first, 4, 15, "第一条"),
        point("乙省", first, 20, 24, "第二条"),
    ]


def test_markdown_memo_numbers_references_as_they_are_cited() -> None:
    text = memo_markdown(points(), title="备忘录")
    body = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line.partition(" <!--")[0] for line in body[:3]] == [
        "- 资金：“给予\\<b\\>奖励\\</b\\>”\\[1\\]第一条",
        "- 资金：“给予补助”\\[2\\]第二条",
        "- 资金：“给予\\<b\\>奖励\\</b\\>”\\[2\\]第一条",
    ]
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        *("# 备忘录", "## 乙省", "## 甲省", "## 参考文献", "## 核对")
    ]
    assert "\\[1\\] 乙厅. 乙办法\\[Z\\]. 2021." in text and "\\[2\\] 甲厅. 甲办法\\[Z\\]. 2020." in text


def test_word_memo_reads_back_and_keeps_its_bytes() -> None:
    from docx import Document as Word

    first = memo_docx(points(), title="备忘录")
    time.sleep(2.1)  # zip dates count in steps of two seconds
    assert memo_docx(points(), title="备忘录") == first
    word = Word(io.BytesIO(first))
    texts = [p.text for p in word.paragraphs]
    assert texts[:3] == ["备忘录", "乙省", "资金：“给予<b>奖励</b>”[1]第一条"]
    assert texts[-3:] == ["[2] 甲厅. 甲办法[Z]. 2020.", "核对", "著录缺项：网址"]
    assert [p.style.name for p in word.paragraphs[:3]] == ["Title", "Heading 1", "List Bullet"]
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_a_memo_holds_characters_that_xml_cannot() -> None:
    document = Document("d-1", "甲\x0b乙", Source("a-1", title="丙"))
    item = cited(document, Claim("gap", "d-1", 0, 3, "甲\x0b乙", "r", values={"topic": "talent"}))
    assert memo_docx([Point("组", "", item)], title="题").startswith(b"PK")
