"""Which of many short texts hold a piece of text, down to one character: pairs of neighbouring characters,
each with the numbers of the texts that hold it.

Chinese has no blanks between words, and a segmenter would hide 数 in 数据. Every character opens a pair (the
last one with the line end), so pairs find pieces of one and two characters at once and leave few texts to be
looked at for longer ones. Arrays of numpy: for 10 million characters building takes seconds and look-up
milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_CHARACTER_BITS = 21
_TEXT_BITS = 22
_LATIN = re.compile(r"[0-9a-z]")


class Postings:
    """Built from texts without line ends, at most 2²² of them, in small letters where case is not to count."""

    def __init__(self, texts: Sequence[str]) -> None:
        if len(texts) >= 1 << _TEXT_BITS:
            raise ValueError(f"{len(texts)} texts; at most {1 << _TEXT_BITS}")
        self.texts = texts
        joined = "\n".join(texts) + "\n"
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
        numbers = np.repeat(np.arange(len(texts), dtype=np.uint64), lengths)
        inside = codes[:-1] != ord("\n")
        pairs = (codes[:-1][inside] << np.uint64(_CHARACTER_BITS)) | codes[1:][inside]
        pairs = (pairs << np.uint64(_TEXT_BITS)) | numbers[:-1][inside]
        pairs.sort()
        fresh = np.ones(len(pairs), dtype=bool)
        fresh[1:] = pairs[1:] != pairs[:-1]
        pairs = pairs[fresh]
        self._numbers = (pairs & np.uint64((1 << _TEXT_BITS) - 1)).astype(np.int32)
        pairs >>= np.uint64(_TEXT_BITS)
        first = np.ones(len(pairs), dtype=bool)
        first[1:] = pairs[1:] != pairs[:-1]
        starts = np.flatnonzero(first)
        self._pairs = pairs[starts]
        self._starts = np.append(starts, len(pairs))

    def holding(self, piece: str) -> Numbers:
        """The numbers of the texts that hold `piece`, rising.

        A piece that begins or ends in a Latin letter or digit is not found inside a longer word or number:
        5G is not in 15GB.
        """
        if not piece or "\n" in piece:
            return np.empty(0, dtype=np.int64)
        if len(piece) == 1:
            found = self._opened_by(ord(piece))
        else:
            lists = sorted((self._pair(a, b) for a, b in pairwise(piece)), key=len)
            found = lists[0].astype(np.int64)
            for other in lists[1:]:
                if len(found) == 0:
                    break
                at = np.searchsorted(other, found)
                at[at == len(other)] = 0
                found = found[other[at] == found]
        pattern = bounded(piece)
        if pattern is not None:
            return _kept(found, [pattern.search(self.texts[i]) is not None for i in found.tolist()])
        if len(piece) > 2:
            return _kept(found, [piece in self.texts[i] for i in found.tolist()])
        return found

    def _pair(self, first: str, second: str) -> NDArray[np.int32]:
        key = np.uint64(ord(first) << _CHARACTER_BITS | ord(second))
        at = int(np.searchsorted(self._pairs, key))
        if at == len(self._pairs) or self._pairs[at] != key:
            return self._numbers[:0]
        return self._numbers[self._starts[at] : self._starts[at + 1]]

    def _opened_by(self, code: int) -> Numbers:
        low = np.searchsorted(self._pairs, np.uint64(code << _CHARACTER_BITS))
        high = np.searchsorted(self._pairs, np.uint64((code + 1) << _CHARACTER_BITS))
        held = np.zeros(len(self.texts), dtype=bool)
        held[self._numbers[self._starts[low] : self._starts[high]]] = True
        return np.flatnonzero(held)


def bounded(piece: str) -> re.Pattern[str] | None:
    """The pattern of a piece that ends in Latin letters or digits, or begins so; None for other pieces."""
    before = r"(?<![0-9a-z])" if _LATIN.match(piece[0]) else ""
    after = r"(?![0-9a-z])" if _LATIN.match(piece[-1]) else ""
    return re.compile(f"{before}{re.escape(piece)}{after}") if before or after else None


def _kept(numbers: Numbers, keep: list[bool]) -> Numbers:
    return numbers[np.asarray(keep, dtype=bool)] if len(numbers) else numbers
