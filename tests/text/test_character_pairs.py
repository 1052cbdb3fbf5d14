"""Pairs of characters of many texts: the arrays say what a loop over the characters says."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.text.literals import Signs
from kg.text.pairs import Joined, Pairs

KNOWN = ["奖励", "励奖", "支持", "，支", "𠀀a"]
TEXTS = st.lists(st.text(st.sampled_from("奖励支持，a𠀀\n"), max_size=12), max_size=6)


@given(TEXTS)
def test_each_text_has_its_known_pairs_once(texts: list[str]) -> None:
    numbers, begin = Pairs(KNOWN).distinct(Joined(texts))
    ends = [*begin.tolist(), len(numbers)][1:]
    found = [numbers[a:b].tolist() for a, b in zip(begin.tolist(), ends, strict=True)]
    in_plane = dict(enumerate(KNOWN[:4], 1))  # pairs with characters beyond the basic plane are not looked up
    assert found == [[0, *(n for n, pair in in_plane.items() if pair in text)] for text in texts]


PATTERNS = [re.compile(p) for p in ("奖励|支.?持", "励奖(?!a)", "[奖a]$", ".", r"(?i)a支")]


@given(TEXTS)
def test_a_pattern_that_matches_a_text_is_among_its_signs(texts: list[str]) -> None:
    signs = Signs(*PATTERNS).found(Joined(texts))
    assert len(signs) == len(texts)
    for text, found in zip(texts, signs, strict=True):
        for n, pattern in enumerate(PATTERNS):
            assert found >> n & 1 or not pattern.search(text)


def test_a_pattern_without_its_words_is_no_sign() -> None:
    assert Signs(*PATTERNS).found(Joined(["支a，励", "奖励"])) == [0b11101, 0b11101]
