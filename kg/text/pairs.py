"""Pairs of neighbouring characters, looked up in many texts at once.

A look-up for each character of a text is dear in Python. Here the texts stand behind one another as one array of code
points, and a few array operations number all their pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

#: characters beyond the basic plane have no number of their own
_PLANE = 1 << 16


class Joined:
    """Some texts one behind the other: `codes` of all characters, and where each text `starts`.

    A line feed ends each of them, so that no pair reaches from one text into the next.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
        self.starts = np.cumsum(lengths) - lengths
        joined = "\n".join(texts) + "\n"
        self.codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)


class Pairs:
    """Numbers, from 1 in the order given, for some pairs of characters; any other pair has the number 0."""

    def __init__(self, pairs: Iterable[str]) -> None:
        import numpy as np

        known = list(pairs)
        characters = sorted({c for pair in known for c in pair})
        number = {c: n for n, c in enumerate(characters, 1)}
        self.size = len(known) + 1
        self._width = len(characters) + 1
        self._of_character = np.zeros(_PLANE + 1, np.int32)
        for c, n in number.items():
            if ord(c) < _PLANE:
                self._of_character[ord(c)] = n
        self._of_pair = np.zeros(self._width**2, np.int32)
        for n, pair in enumerate(known, 1):
            self._of_pair[number[pair[0]] * self._width + number[pair[1]]] = n

    def numbers(self, joined: Joined) -> Any:
        """For each character the number of the pair that begins with it, as an array."""
        import numpy as np

        of_character = self._of_character.take(joined.codes, mode="clip")
        pair = of_character[:-1] * self._width
        pair += of_character[1:]
        return np.append(self._of_pair.take(pair), np.int32(0))

    def distinct(self, joined: Joined) -> tuple[Any, Any]:
        """The numbers of each text's pairs, each once, as one array, and where those of each text begin.

        Each text has the number 0 first.
        """
        import numpy as np

        numbers = self.numbers(joined)
        at = np.flatnonzero(numbers)
        owner = np.searchsorted(joined.starts, at, side="right") - 1
        every = np.arange(len(joined.starts)) * self.size
        keys = np.concatenate((every, owner * self.size + numbers[at]))
        keys.sort()
        keys = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
        return keys % self.size, np.searchsorted(keys, every)

    def sums(self, weights: Any, joined: Joined) -> Any:
        """For each text the sum of its pairs' weights, one for each number; a pair that stands twice counts twice."""
        import numpy as np

        return np.add.reduceat(weights.take(self.numbers(joined)), joined.starts) if len(joined.starts) else weights[:0]

    def sums_once(self, weights: Any, joined: Joined) -> Any:
        """`sums` in which each pair counts once in a text. The weights may be rows of a matrix."""
        import numpy as np

        numbers, begin = self.distinct(joined)
        return np.add.reduceat(weights.take(numbers, axis=0), begin, axis=0) if len(begin) else weights[:0]
