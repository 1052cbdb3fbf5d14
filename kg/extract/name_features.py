"""What speaks for a stretch of text being a name: the characters around its two ends, its length, the rules' word.

A text is turned into numbers once; every feature is a look-up in arrays, for all places of the text together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from kg.extract.boundary import boundary_words
from kg.extract.lexicon import Entry, load_terms
from kg.extract.naming import Named

CLASSES = ("TalentProgramme", "FundingScheme", "Platform", "Organisation", "EnterpriseCategory")
#: longest name in characters; characters of room around a text
REACH, PAD = 26, 8
#: names of the features: (side, length of the gram, where it begins seen from the end of the name or its start)
BEGIN = [("b", n, k) for n, ks in ((1, (-1, 0)), (2, (-2, -1, 0)), (3, (-3, -2, -1, 0))) for k in ks]
END = [("e", n, k) for n, ks in ((1, (-1, 0)), (2, (-2, -1, 0)), (3, (-3, -2, -1, 0))) for k in ks]
BREAKS = "，。；：、！？\n《》[]【】|"
USES = {"cut": 1, "keep": 2, "both": 3, "region": 4}
KINDS = ("policy", "article", "report")

Array = Any  # numpy arrays


def _fold() -> Array:
    fold = np.arange(1 << 16, dtype=np.int64)
    for letters, one in (("0123456789", "0"), ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "a"), ("\n\t ", "¶")):
        for c in letters:
            fold[ord(c)] = ord(one)
    return fold


FOLD = _fold()
_BREAK = np.zeros(1 << 16, dtype=bool)
_BREAK[[ord(c) for c in BREAKS + "¶"]] = True


def folded(gram: str) -> str:
    return "".join(chr(FOLD[min(ord(c), 65535)]) for c in gram)


class Grams:
    """The grams that have weights or are boundary words, numbered from 1; 0 is any other.

    A gram of three characters is looked up by the number of its first two and its third, so that every key is a
    whole number of 32 bits.
    """

    def __init__(self, grams: Iterable[str]) -> None:
        known = set(grams)
        self.number = {g: i for i, g in enumerate(sorted(known | {g[:2] for g in known if len(g) == 3}), 1)}
        self.size = len(self.number) + 1
        self._one = np.zeros(1 << 16, dtype=np.int64)
        for g, i in self.number.items():
            if len(g) == 1:
                self._one[ord(g)] = i
        self._two = Slots({ord(g[0]) << 16 | ord(g[1]): i for g, i in self.number.items() if len(g) == 2})
        self._three = Slots({self.number[g[:2]] << 16 | ord(g[2]): i for g, i in self.number.items() if len(g) == 3})
        self.use = np.zeros(self.size, dtype=np.int16)
        for word, use in boundary_words().items():
            if word in self.number:
                self.use[self.number[word]] = USES[use]

    def of(self, c: Array) -> tuple[Array, Array, Array]:
        """The numbers of the grams of one, two and three characters that begin at each place of a coded text."""
        c = c.astype(np.uint32)
        following = np.append(c[1:], ord("¶")).astype(np.uint32)
        two = self._two.of(c << 16 | following)
        three = self._three.of(two.astype(np.uint32) << 16 | np.append(following[1:], ord("¶")).astype(np.uint32))
        return self._one[c], two, np.where(two > 0, three, 0)


class Slots:
    """Whole numbers of 32 bits and the number of each; a key whose place is taken has the next free one."""

    _MULTIPLIER = np.uint32(0x9E3779B1)
    _FREE = 0xFFFFFFFF

    def __init__(self, numbers: dict[int, int]) -> None:
        self._bits = len(numbers).bit_length() + 2
        self._last = (1 << self._bits) - 1
        self._keys = np.full(1 << self._bits, self._FREE, dtype=np.uint32)
        self._values = np.zeros(1 << self._bits, dtype=np.int64)
        keys = sorted(numbers)
        for key, at in zip(keys, self._places(np.array(keys, dtype=np.uint32)).tolist(), strict=True):
            while self._keys[at] != self._FREE:
                at = (at + 1) & self._last
            self._keys[at], self._values[at] = key, numbers[key]

    def _places(self, keys: Array) -> Array:
        return (keys * self._MULTIPLIER >> np.uint32(32 - self._bits)).astype(np.int64)

    def of(self, keys: Array) -> Array:
        """The number of each key, 0 where it has none."""
        at = self._places(keys)
        met = self._keys[at]
        same = met == keys
        found = np.where(same, self._values[at], 0)
        missed = np.nonzero(~same & (met != self._FREE))[0]  # the place is taken by another key: look at the next
        at = at[missed]
        while len(missed):
            at = (at + 1) & self._last
            met, wanted = self._keys[at], keys[missed]
            same = met == wanted
            found[missed[same]] = self._values[at[same]]
            left = ~same & (met != self._FREE)
            missed, at = missed[left], at[left]
        return found


@dataclass(slots=True)
class Coded:
    """A text in numbers, `PAD` places to the right: grams beginning at each place, breaks, open marks, rules' names."""

    grams: tuple[Array, Array, Array]
    floor: Array
    quotes: Array
    brackets: Array
    around: Array
    rule_class: Array
    rule_start: Array
    label: Array
    characters: Array
    cuts: Array
    kind: int

    def gram(self, n: int, at: Array) -> Array:
        return self.grams[n - 1][at]


def code(text: str, grams: Grams, rules: Sequence[Named], labels: Iterable[tuple[int, int]], kind: str) -> Coded:
    """`labels`: (end, number of the use) of the lexicon entries found in the text."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    c = np.full(len(points) + 2 * PAD, ord("¶"), dtype=np.int64)
    c[PAD:-PAD] = FOLD[np.minimum(points, 65535)]
    numbers = grams.of(c)
    size = len(c) + 1
    use = [grams.use[g] for g in numbers]
    starts = np.where(use[2] > 0, use[2] + 4, use[1])
    ends = np.zeros(len(c) + 3, dtype=np.int16)
    ends[2 : len(c) + 2] = use[1]
    ends[3 : len(c) + 3] = np.where(use[2] > 0, use[2] + 4, ends[3 : len(c) + 3])
    ones = np.append(np.int16(0), use[0])
    rule_class, rule_start, label = (np.zeros(size, dtype=np.int64) for _ in range(3))
    for named in rules:
        if not named.written:
            rule_class[named.end + PAD] = CLASSES.index(named.cls) + 1
            rule_start[named.end + PAD] = named.start + PAD
    for end, number in labels:
        label[end + PAD] = number
    return Coded(
        numbers,
        np.maximum.accumulate(np.where(_BREAK[c], np.arange(1, len(c) + 1, dtype=np.int32), np.int32(0))),
        _depth(c, "“", "”"),
        _depth(c, "（", "）"),
        (ends[: len(c)] * 9 + starts) * 5 + ones[: len(c)],
        rule_class,
        rule_start,
        label,
        c,
        _cuts(use),
        KINDS.index(kind) if kind in KINDS else 0,
    )  # fmt: skip


def _cuts(use: list[Array]) -> Array:
    """How many words that no name goes across begin before each place, each counted where it is read last."""
    cut = np.zeros(len(use[0]) + 4, dtype=np.bool_)
    for n in (1, 2, 3):
        cut[n : n + len(use[0])] |= use[n - 1] == USES["cut"]
    return np.cumsum(cut, dtype=np.int32)


def _depth(c: Array, opening: str, closing: str) -> Array:
    """How many marks are open before each place."""
    return np.append(np.int32(0), np.cumsum((c == ord(opening)).astype(np.int8) - (c == ord(closing)), dtype=np.int32))


@lru_cache(maxsize=1)
def uses() -> dict[str, int]:
    """Label of a lexicon → the number of its lexicon and use."""
    names = {e.label: f"{e.lexicon}:{e.use}" for group in load_terms().groups() for e in group[:1]}
    kinds = sorted(set(names.values()))
    return {label: kinds.index(kind) + 1 for label, kind in names.items()}


def lexicon_labels(found: Iterable[tuple[int, int, tuple[Entry, ...]]]) -> list[tuple[int, int]]:
    """(end, number of lexicon and use) of entries found in a text."""
    known = uses()
    return [(end, known[group[0].label]) for _, end, group in found]


def starts_of(coded: Coded, ends: Array) -> tuple[Array, Array]:
    """Where names that end at `ends` may begin: a row of places for each end, and which of them can hold."""
    start = ends[:, None] - np.arange(2, REACH + 1)[None, :]
    inside = np.maximum(start, PAD)
    possible = (start >= coded.floor[ends - 1][:, None]) & (start >= PAD)
    possible &= (coded.quotes[ends][:, None] == coded.quotes[inside]) & (coded.brackets[ends][:, None] == coded.brackets[inside])
    first = coded.characters[inside]
    return inside, possible & (first != ord("”")) & (first != ord("）"))


def begin_small(coded: Coded, start: Array, end: Array) -> list[tuple[str, Array]]:
    """What else speaks for a start: the length, the rules' start, words of the lexicon on both sides."""
    length = np.minimum(end - start, 20)
    rule = coded.rule_start[end]
    cuts = np.minimum(coded.cuts[end] - coded.cuts[start], 3)
    said = (rule == start) + 2 * (rule > 0)
    return [
        ("around", coded.around[start]),
        ("length", length * 2 + (rule > 0)),
        ("rule", said),
        ("cuts", cuts * 2 + (rule > 0)),
        ("break", (coded.floor[start - 1] == start).astype(np.int64)),
    ]


def end_small(coded: Coded, end: Array) -> list[tuple[str, Array]]:
    """What speaks for a name's end but characters: the rules end a name here, the lexicons an entry."""
    said = coded.rule_class[end]
    return [("said", said * 2 + 1), ("label", coded.label[end] * 8 + said)]


def class_small(coded: Coded, start: Array, end: Array) -> list[tuple[str, Array]]:
    length = np.minimum(end - start, 20)
    same = coded.rule_start[end] == start
    said = coded.rule_class[end]
    c = coded.characters
    marks = (c[start] == ord("“")) + 2 * (c[start - 1] == ord("“")) + 4 * (c[end - 1] == ord("”")) + 8 * (c[end] == ord("”"))
    return [
        ("kind", np.full(len(start), coded.kind)),
        ("said", said * 2 + same),
        ("label", coded.label[end] * 8 + said),
        ("size", length),
        ("spread", coded.around[start]),
        ("marks", marks),
        ("crossed", np.minimum(coded.cuts[end] - coded.cuts[start], 3) * 2 + same),
    ]
