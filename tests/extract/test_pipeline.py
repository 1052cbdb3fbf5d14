"""The spaCy pipeline: exact quotes on any text, components that can be exchanged, configurations that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import RuleError
from kg.extract import extract
from kg.extract.pipeline import CONFIG, claims_of, load_pipeline
from kg.model import Document, Source

TEXT = "甘肃省促进科技创新若干措施\n一、对首次认定的高新技术企业，给予一次性奖 励20 万元。\n二、支持企业依托天河星舰开展技术攻关。\n（一）建设省级重点实验室。\n"


def document(text: str) -> Document:
    return Document("d-000000000000", text, Source("t"))


@Language.component("star_ship")
def star_ship(doc: Doc) -> Doc:
    """A user's component: one name of its own."""
    at = doc.text.find("天河星舰")
    if at >= 0:
        span = doc.char_span(at, at + 4, label="Platform", span_id="my-rule")
        doc.spans["entity"] = [*doc.spans.get("entity", []), span]
    return doc


@Language.component("no_measures")
def no_measures(doc: Doc) -> Doc:
    """A user's component in the place of one of ours: what it leaves is all there is."""
    doc.spans["measure"] = []
    return doc


@Language.component("shorter_entities")
def shorter_entities(doc: Doc) -> Doc:
    """A user's component that changes a group in place and leaves as many spans as there were."""
    group = doc.spans["entity"]
    for n, span in enumerate(list(group)):
        if span.text == "省级重点实验室":
            group[n] = doc.char_span(span.start_char + 2, span.end_char, label="Platform", span_id="shorter")
    return doc


def config_with(folder: Path, old: str, new: str, component: str) -> Path:
    path = folder / "own.cfg"
    text = CONFIG.read_text(encoding="utf-8").replace(old, new, 1)
    path.write_text(text + f'\n[components.{component}]\nfactory = "{component}"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("place", ['"star_ship","kg_entities"', '"kg_entities","star_ship"'])
def test_a_component_of_the_users_adds_an_entity_before_or_after_ours(tmp_path: Path, place: str) -> None:
    config = config_with(tmp_path, '"kg_entities"', place, "star_ship")
    found = [c for c in claims_of(document(TEXT), config) if c.rule == "my-rule"]
    assert [(c.type, c.quote, c.values) for c in found] == [
        ("entity", "天河星舰", {"class": "Platform", "name": "天河星舰"})
    ]
    ours = {c.id for c in extract(document(TEXT)) if c.type == "entity"}
    assert ours and ours <= {c.id for c in claims_of(document(TEXT), config)}


def test_what_a_component_of_the_users_finds_is_known_to_the_ones_behind_it(tmp_path: Path) -> None:
    config = config_with(tmp_path, '"kg_entities"', '"kg_entities","star_ship"', "star_ship")
    via = [v for c in claims_of(document(TEXT), config) for v in c.values.get("via", [])]
    assert "天河星舰" in via


def test_what_a_component_of_the_users_changes_in_place_is_changed_for_all_behind_it(tmp_path: Path) -> None:
    config = config_with(tmp_path, '"kg_entities"', '"kg_entities","shorter_entities"', "shorter_entities")
    text = TEXT.replace("天河星舰", "省级重点实验室")
    ours, theirs = extract(document(text)), claims_of(document(text), config)
    assert "省级重点实验室" in {c.quote for c in ours if c.type == "entity"}
    assert {c.quote for c in theirs if c.type == "entity" and "重点实验室" in c.quote} == {"重点实验室"}
    assert {v for c in theirs for v in c.values.get("via", [])} == {"重点实验室"}


def test_a_component_can_be_exchanged(tmp_path: Path) -> None:
    config = config_with(tmp_path, '"kg_measures"', '"no_measures"', "no_measures")
    types = {c.type for c in claims_of(document(TEXT), config)}
    assert "measure" not in types and "policy" in types


@pytest.mark.parametrize(
    "text", ["[nlp]\nlang = \"zh\"\npipeline = [\"kg_rivers\"]\n", "[nlp\n", "[nlp]\nlang = \"xx-none\"\npipeline = []\n"]
)
def test_a_configuration_that_spacy_cannot_build_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.cfg"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"broken\.cfg"):
        load_pipeline(path)


def test_quotes_are_the_source_with_its_layout() -> None:
    (award,) = (c for c in extract(document(TEXT)) if c.rule == "measure-award")
    assert award.quote == "对首次认定的高新技术企业，给予一次性奖 励20 万元"
    assert TEXT[award.start : award.end] == award.quote
    assert award.locator == "第一部分"


def test_claims_come_in_reading_order_each_once() -> None:
    claims = extract(document(TEXT))
    assert [(c.start, c.end) for c in claims] == sorted((c.start, c.end) for c in claims)
    assert len({c.id for c in claims}) == len(claims)


def test_extracting_twice_gives_the_same_claims() -> None:
    assert extract(document(TEXT)) == extract(document(TEXT))


WORDS = [
    "甘肃省", "兰州市", "《", "》", "“", "”", "（", "）", "，", "。", "；", "：", "\n", "、", " ", "第一条", "一、", "（一）", "1.", "##",
    "支持", "对", "给予", "奖励", "20万元", "5%", "高新技术企业", "省级重点实验室", "基金", "办法", "通知", "印发", "关于", "人民政府",
    "达到", "增长", "2023年", "不足", "建议", "位居全国第3", "分别", "不超过", "的", "和", "摘要", "目标", "|", "\u3000", "⻓", "\r\n", "𠀀", "\x00",
]  # fmt: skip


def texts() -> Iterator[st.SearchStrategy[str]]:
    yield st.text(max_size=80)
    yield st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


@pytest.mark.parametrize("strategy", list(texts()), ids=["any", "words of policies"])
def test_any_text_gives_claims_whose_quotes_are_the_source(strategy: st.SearchStrategy[str]) -> None:
    @settings(max_examples=150, deadline=None)
    @given(strategy, st.sampled_from(["", "policy", "article", "report"]))
    def check(text: str, kind: str) -> None:
        for c in extract(Document("d-000000000000", text, Source("t", kind=kind))):
            assert text[c.start : c.end] == c.quote
            assert c.assertion in ("in_force", "reported", "planned", "recommended")

    check()


def test_a_list_of_references_makes_no_claims() -> None:
    listed = "参考文献\n[1] 《甘肃省支持科技型中小企业若干措施》对高新技术企业给予一次性奖励30万元。\n"
    text = TEXT + listed
    whole = Document("d-000000000000", text, Source("t"))
    apart = Document("d-000000000000", text, Source("t"), references=((len(TEXT), len(text)),))
    assert [c for c in claims_of(whole) if c.start >= len(TEXT)], "the list would make some"
    assert not [c for c in claims_of(apart) if c.start >= len(TEXT)]
    assert [c.quote for c in claims_of(apart)] == [c.quote for c in claims_of(whole) if c.start < len(TEXT)]


def test_every_claim_says_where_it_stands() -> None:
    text = "青海省促进科技创新若干措施\n为落实《国务院关于加强基础研究的若干意见》，制定本措施。\n一、支持企业\n（一）对高新技术企业奖励20万元。\n"
    found = extract(Document("d-000000000000", text, Source("t")))
    where = {c.type: c.locator for c in found if c.type != "entity"}
    assert {c.locator for c in found} == {"标题", "第1段", "第一部分（一）"}
    assert (where["policy_link"], where["measure"]) == ("第1段", "第一部分（一）")
