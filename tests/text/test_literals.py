"""A gate never shuts out a pattern that matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.rulefile import instrument_cues, resource_cues
from kg.text.literals import Gate, needed

PATTERNS = ["贷款|(?:税前|加计)扣除", "(?:给予)?奖励", "[甲乙]级", ".{2}", "(?:建设|新建)+平台(?!化)", "(?i)GDP", "基(?=金)", "x*?"]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("贷款|(?:税前|加计)扣除", {"贷款", "扣除"}),
        ("(?:给予)?奖励", {"奖励"}),
        ("[甲乙]", {"甲", "乙"}),
        ("(?:首台|头批){1,3}套?", {"首台", "头批"}),
        ("甲|.", None),
        ("[^甲]", None),
        ("甲?乙*", None),
        ("(?i)gdp", None),
        ("(?!甲).", None),
    ],
)
def test_what_every_match_holds_is_read_off_a_pattern(pattern: str, words: set[str] | None) -> None:
    found = needed(pattern)
    assert (None if found is None else set(found)) == words


@given(st.text("贷款税前加计扣除给予奖励甲乙级建设新平台化GDPgdp基金x", max_size=20))
def test_no_pattern_that_matches_is_shut_out(text: str) -> None:
    matching = [n for n, p in enumerate(PATTERNS) if re.search(p, text)]
    assert set(matching) <= set(Gate(PATTERNS).open_to(text))


def test_every_cue_passes_its_own_example() -> None:
    cues = [*instrument_cues(), *resource_cues()]
    gate = Gate([c.pattern.pattern for c in cues])
    assert all(n in gate.open_to(c.example) for n, c in enumerate(cues))
    assert sum(len(gate.open_to(c.example)) for c in cues) < len(cues) ** 2 / 2  # and shuts most others out
