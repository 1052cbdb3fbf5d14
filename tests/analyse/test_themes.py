"""The headline a provision stands under."""

from __future__ import annotations

from kg.analyse.themes import headlines, themes
from kg.model import Claim, Document, Source

TEXT = """二、资金支持
一是改进项目资助方式。甲省对揭榜项目先给一半经费。乙省允许经费包干。二是发展科技保险。丙省补贴保费。
三、人才引进
（一）安居
对博士给予租房补贴。
"""
DOCUMENT = Document("d-000000000001", TEXT, Source("d-000000000001"))


def theme_of(words: str) -> str:
    start = TEXT.index(words)
    claim = Claim("measure", DOCUMENT.id, start, start + len(words), words, "test")
    return themes([DOCUMENT], {DOCUMENT.id: [claim]})[claim.id]


def test_inside_a_paragraph_the_last_numbered_point_is_the_headline() -> None:
    assert theme_of("乙省允许经费包干") == "改进项目资助方式"
    assert theme_of("丙省补贴保费") == "发展科技保险"


def test_elsewhere_the_innermost_heading_is() -> None:
    assert theme_of("对博士给予租房补贴") == "安居"


def test_a_long_point_is_a_provision_and_no_headline() -> None:
    text = f"一是{'给予甲类企业' * 8}补助。给予乙类企业补助。\n"
    document = Document("d-000000000002", text, Source("d-000000000002"))
    assert {theme for _, theme in headlines(document)} <= {""}
