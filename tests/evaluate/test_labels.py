"""Texts of our own with labels in them: what the marks enclose, and marks that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GoldError
from kg.evaluate.labels import marked

OWN = Path(__file__).parents[1] / "labels" / "own"


def test_marks_are_taken_out_and_say_what_they_enclose() -> None:
    text, provisions = marked("一、⟦对新设企业补助5万元|PI008|funding|startup,enterprise⟧。⟦优先供地||space|⟧。", "a.txt")
    assert text == "一、对新设企业补助5万元。优先供地。"
    assert [text[p[0] : p[1]] for p in provisions] == ["对新设企业补助5万元", "优先供地"]
    assert provisions[0][3:] == ({"PI008"}, {"funding"}, {"startup", "enterprise"})
    assert provisions[1][3:] == (set(), {"space"}, set())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("标题\n⟦补助5万元|PI999|funding|⟧", "a.txt:2: unknown code PI999"),
        ("标题\n\n⟦补助5万元|PI008|funding⟧", "a.txt:3: a mark that is not closed"),
        ("补助5万元|PI008|funding|⟧", "a.txt:1: a mark that is not closed"),
    ],
)
def test_a_wrong_mark_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(GoldError, match=said):
        marked(text, "a.txt")


def test_every_text_of_our_own_is_well_marked() -> None:
    files = sorted(OWN.glob("*.txt"))
    assert len(files) >= 10
    for path in files:
        text, provisions = marked(path.read_text(encoding="utf-8"), str(path))
        assert provisions, path
        assert "|" not in text, path
