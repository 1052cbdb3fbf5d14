"""How like one measure is to a question: words, headline, codes; over 100,000 measures in a few milliseconds.

Words are pairs of characters (Chinese is written without spaces), weighed by BM25: a rare pair tells more than
one that stands in every provision. The score of a measure is

    words + weights.headline · headline + weights.own · own headline + weights.codes · (instruments + …)

`words` is the share of the question's pairs, by weight, that the measure's text holds (about 1 where it holds
all of them once); `headline` the same for the headline that the measure stands under; `own headline` compares
the two headlines where the question has one; each kind of codes counts by how much of both sets is shared.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analyse.measures import Measure

if TYPE_CHECKING:
    import numpy as np

FIELDS = ("instruments", "resources", "beneficiaries", "via")
#: what BM25's saturation makes of one occurrence in a text of average length, taken back
_ONCE = 2.5
_NOISE = re.compile(r"[\s，。、；：,.;:（）()“”\"《》\[\]]+")
#: verbs and adverbs of every provision
_COMMON = re.compile(
    r"进一步|积极|加快|大力|着力|深入|持续|全面|充分|探索性?|支持|鼓励|引导|推动|促进|推进|加强|提升|完善|健全|优化|强化|"
    r"开展|实施|建立|建设|提出|方面|通过|以及"
)


def clean(text: str) -> str:
    """The text without marks and line breaks; common verbs become a break that no pair spans."""
    return _COMMON.sub("\x00", _NOISE.sub("", text))


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring characters, in the order of the text."""
    line = clean(text)
    return [line[i : i + 2] for i in range(len(line) - 1) if "\x00" not in line[i : i + 2]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What headline and codes count beside the words, which count 1.

    Set on a coarse grid over the recommendations of one research article; leaving out one recommendation at a
    time hardly changes the figures (`kg evaluate --precedents` prints both).
    """

    headline: float = 0.5
    own: float = 0.25
    codes: float = 0.1


DEFAULT = Weights()


@dataclass(frozen=True, slots=True)
class Scores:
    """Arrays with one number a measure, in the order of the index."""

    words: np.ndarray
    headline: np.ndarray
    own: np.ndarray
    codes: np.ndarray

    def total(self, weights: Weights = DEFAULT) -> np.ndarray:
        """The combined score."""
        total: np.ndarray = (
            self.words
            + weights.headline * self.headline
            + weights.own * self.own
            + weights.codes * self.codes
        )
        return total


class _Text:
    """BM25 over one text of each measure, as a share of what the question could reach."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        tokens = [pairs(text) for text in texts]
        self.size = len(texts)
        self.seen: Counter[str] = Counter()
        for line in tokens:
            self.seen.update(set(line))
        self.index: Any = None
        if self.seen:
            self.index = bm25s.BM25(dtype="float64", backend="numpy")
            self.index.index(tokens, show_progress=False)

    def share(self, text: str) -> np.ndarray:
        import numpy as np

        asked = pairs(text)
        most = sum(math.log(1 + (self.size - n + 0.5) / (n + 0.5)) for n in (self.seen[p] for p in asked))
        known = [p for p in asked if p in self.seen]
        if not known or most <= 0:
            return np.zeros(self.size)
        found: np.ndarray = self.index.get_scores(known)
        return found * (_ONCE / most)


class _Codes:
    """Which measures hold a code; sets are compared by Jaccard's measure."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        import numpy as np

        where: dict[str, list[int]] = defaultdict(list)
        for number, codes in enumerate(sets):
            for code in sorted(codes):
                where[code].append(number)
        self.where = {code: np.asarray(numbers) for code, numbers in where.items()}
        self.sizes = np.asarray([len(codes) for codes in sets], dtype=float)

    def likeness(self, asked: frozenset[str]) -> np.ndarray:
        import numpy as np

        both = np.zeros(len(self.sizes))
        for code in sorted(asked & self.where.keys()):
            both[self.where[code]] += 1
        return both / np.maximum(self.sizes + len(asked) - both, 1)


class Index:
    """Measures, ready to be compared with questions. Build it once; asking changes nothing."""

    def __init__(self, measures: Sequence[Measure]) -> None:
        import numpy as np

        self.measures = tuple(measures)
        self._texts = _Text([m.text for m in self.measures])
        self._heads = _Text([m.theme for m in self.measures])
        self._codes = [_Codes([getattr(m, field) for m in self.measures]) for field in FIELDS]
        self.provinces = np.asarray([m.province for m in self.measures], dtype=object)
        self.claims = np.asarray([m.claim for m in self.measures], dtype=object)

    def scores(self, question: Measure) -> Scores:
        """Likeness of every measure to the question, by kind."""
        import numpy as np

        codes = np.zeros(len(self.measures))
        for field, own in zip(FIELDS, self._codes, strict=True):
            codes += own.likeness(getattr(question, field))
        return Scores(
            self._texts.share(question.text),
            self._heads.share(question.text),
            self._heads.share(question.theme),
            codes,
        )
