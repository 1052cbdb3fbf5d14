"""Patterns written for speed find what the plain ones find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.text.patterns import at_end, each


@given(st.text(st.sampled_from("能力水平提高\n"), max_size=9))
def test_a_search_at_the_end_finds_what_a_search_of_the_whole_finds(text: str) -> None:
    pattern = "(?:能力|水平|力提?高)$"
    found, plain = at_end(pattern)(text), re.search(pattern, text)
    assert (found and found.span()) == (plain and plain.span())


def test_each_is_one_alternative_for_each_head() -> None:
    assert each("甲乙", "级") == "甲级|乙级"
