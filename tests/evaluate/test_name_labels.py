"""Labels of names: marks inside texts of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GoldError
from kg.evaluate.name_labels import inline, named_texts

LABELS = Path(__file__).parents[1] / "labels"


def test_marks_are_taken_out_and_give_offsets() -> None:
    text, found = inline("建设【云海实验室】P和【科技局】O。", "x.txt")
    assert text == "建设云海实验室和科技局。"
    assert [(text[a:b], c) for a, b, c in found] == [("云海实验室", "Platform"), ("科技局", "Organisation")]


def test_a_mark_without_its_class_is_refused_with_its_line() -> None:
    with pytest.raises(GoldError, match=r"x\.txt:2"):
        inline("第一行\n建设【云海实验室】。", "x.txt")


def test_every_text_of_our_own_can_be_read() -> None:
    for path in sorted((LABELS / "names").glob("*.txt")):
        text, found = inline(path.read_text(encoding="utf-8"), path.name)
        assert found and all(text[a:b].strip() == text[a:b] for a, b, _ in found)


def test_a_name_is_labelled_wherever_the_text_repeats_it(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "a.txt").write_text("【青云实验室】P成立。青云实验室招聘。", encoding="utf-8")
    (tmp_path / "names.tsv").write_text("doc\tstart\tend\tclass\n", encoding="utf-8")
    (tmp_path / "names_read.tsv").write_text("doc\tstart\tend\n", encoding="utf-8")
    (item,) = named_texts(tmp_path, tmp_path, [])
    assert [item.reading.shadow.text[a:b] for a, b, _ in item.names] == ["青云实验室", "青云实验室"]
