"""Lexicons are data: well formed, refused with file and line otherwise, and each keeps its negative examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.extract.context import read_context
from kg.extract.entities import find_entities
from kg.extract.lexicon import USES, load_lexicon, load_terms
from kg.extract.reading import Reading
from kg.model import Document, Source
from kg.text.structure import outline
from kg.text.unwrap import unwrap

CLASSES = {
    "platforms": "Platform",
    "funding": "FundingScheme",
    "talent": "TalentProgramme",
    "enterprises": "EnterpriseCategory",
    "organisations": "Organisation",
}


@pytest.mark.parametrize("name", sorted(USES))
def test_each_shipped_lexicon_loads(name: str) -> None:
    entries = load_lexicon(name)
    assert {e.use for e in entries} <= USES[name]


@pytest.mark.parametrize(
    "name, uses, at_least",
    [
        ("platforms", {"bare", "modified", "named", "fixed"}, 120),
        ("funding", {"bare", "modified", "fixed", "programme"}, 60),
        ("talent", {"bare", "modified"}, 60),
        ("enterprises", {"strong", "weak"}, 80),
        ("organisations", {"national", "department"}, 100),
    ],
)
def test_the_lexicons_cover_the_field(name: str, uses: set[str], at_least: int) -> None:
    assert sum(e.use in uses for e in load_lexicon(name)) >= at_least


def _negatives() -> list[tuple[str, str]]:
    return [(name, n) for name in CLASSES for e in load_lexicon(name) for n in e.negatives]


@pytest.mark.parametrize("name, text", _negatives())
def test_negative_examples_yield_nothing_of_their_class(name: str, text: str) -> None:
    document = Document("d-000000000000", text, Source(id="t", kind="policy", area="安徽省"))
    shadow = unwrap(text)
    structure = outline(shadow)
    found = find_entities(Reading(document, shadow, structure, read_context(document, shadow, structure)))
    assert [f.values["name"] for f in found if f.values["class"] == CLASSES[name]] == []


@pytest.mark.parametrize(
    "lines, said",
    [
        ("id,label,use\nP001,孵化器,bare\n", "platforms.csv:1"),
        ("id,label,use,not\nP001,孵化器,bare\n", "platforms.csv:2: 3 columns"),
        ("id,label,use,not\n孵化器,孵化器,bare,\n", "platforms.csv:2: id"),
        ("id,label,use,not\nP001,孵化器,bare,\nP001,加速器,bare,\n", "platforms.csv:3: id"),
        ("id,label,use,not\nP001,孵化器,bare,\nP002,孵化器,bare,\n", "platforms.csv:3: label"),
        ("id,label,use,not\nP001,孵化器,sometimes,\n", "platforms.csv:2: use"),
    ],
)
def test_a_malformed_lexicon_is_refused_with_file_and_line(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "platforms.csv").write_text(lines, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        load_lexicon("platforms", tmp_path)


def test_an_unknown_lexicon_is_refused() -> None:
    with pytest.raises(RuleError, match="known are"):
        load_lexicon("rivers")


def test_the_longest_label_wins() -> None:
    [(start, end, entries)] = load_terms().find("科技企业孵化器")
    assert (start, end, entries[0].lexicon) == (0, 7, "platforms")
