"""Which of many patterns may match a text at all, told in one pass over it.

Most patterns cannot match without one of a few literal words. `needed` reads these off a pattern, `Gate` looks for
the words of all patterns at once (Aho-Corasick), so that only patterns that have a chance are tried. `Signs` does so
for a few patterns and many short texts, by the pairs of characters that these words begin with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from kg.text.pairs import Joined, Pairs

Needed = frozenset[str] | None


def needed(pattern: str) -> Needed:
    """Words of which every match of `pattern` holds at least one; None where none can be told.

    >>> sorted(needed("贷款|(?:税前|加计)扣除"))
    ['扣除', '贷款']
    """
    tree = parser.parse(pattern)
    return None if tree.state.flags & re.IGNORECASE else _of_sequence(tree)


def _of_sequence(items: Any) -> Needed:
    """The most telling of what the parts of a sequence need: long words, and few of them."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in [*items, (None, None)]:
        if kind is kinds.LITERAL:
            run += chr(value)
            continue
        if run:
            found.append(frozenset((run,)))
            run = ""
        if kind is not None and (part := _of_part(kind, value)) is not None:
            found.append(part)
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _of_part(kind: Any, value: Any) -> Needed:
    if kind is kinds.SUBPATTERN:
        return _of_sequence(value[-1])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[0] > 0:
        return _of_sequence(value[-1])
    if kind is kinds.BRANCH:
        parts = [_of_sequence(p) for p in value[1]]
        return None if None in parts else frozenset().union(*parts)  # type: ignore[arg-type]
    if kind is kinds.IN and all(k is kinds.LITERAL for k, _ in value):
        return frozenset(chr(c) for _, c in value)
    return None


class Gate:
    """The patterns that a text gives a chance to, by their place in the sequence given."""

    def __init__(self, patterns: Sequence[str]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._always: list[int] = []
        by_word: dict[str, list[int]] = {}
        for n, pattern in enumerate(patterns):
            words = needed(pattern)
            if words is None:
                self._always.append(n)
            for word in sorted(words or ()):
                by_word.setdefault(word, []).append(n)
        self._numbers = list(by_word.values())
        self._words = AhoCorasick(list(by_word), matchkind=MatchKind.Standard)

    def open_to(self, text: str) -> list[int]:
        """The patterns worth trying on `text`, in order."""
        found = set(self._always)
        for word, _, _ in self._words.find_matches_as_indexes(text, overlapping=True):
            found.update(self._numbers[word])
        return sorted(found)


class Signs:
    """Which of some patterns (62 at most) may match in each of many texts: bit n speaks for the n-th pattern.

    >>> Signs(re.compile("奖励|补助"), re.compile("不得"), re.compile(".")).found(Joined(["给予奖励", "不得申报"]))
    [5, 6]
    """

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        import numpy as np

        of_pair: dict[str, int] = {}
        self._always = 0
        self._of_character = np.zeros((1 << 16) + 1, np.int64)
        for n, pattern in enumerate(patterns):
            bit = 1 << n
            words = needed(pattern.pattern) if pattern.flags == re.UNICODE else None
            if words is None:
                self._always |= bit
            for word in words or ():
                if len(word) > 1:
                    of_pair[word[:2]] = of_pair.get(word[:2], 0) | bit
                else:
                    self._of_character[min(ord(word), 1 << 16)] |= bit
        self._pairs = Pairs(of_pair)
        self._of_pair = np.array([0, *of_pair.values()], np.int64)

    def found(self, joined: Joined) -> list[int]:
        """For each text the patterns worth trying on it."""
        import numpy as np

        signs = self._of_character.take(joined.codes, mode="clip") | self._always
        signs |= self._of_pair.take(self._pairs.numbers(joined))
        return np.bitwise_or.reduceat(signs, joined.starts).tolist() if len(joined.starts) else []
