"""The same text published twice: two saved pages of one notice, a page and its Word file.

Two documents are the same text where, from their first common sentence to their last, both are equal character
for character (of Chinese characters, letters and digits, folded and unwrapped), that common part is at least 200
characters and four fifths of the shorter one, and what one of them has beyond it is only what sites put around a
text: short lines without the end of a sentence (dates and 来源：… are left out altogether). One changed figure is enough to keep two documents apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.model import Document
from kg.text.unwrap import unwrap

#: what a sentence is compared by: 1.5 and 15, 5% and 5 stay apart
_KEPT = re.compile(r"[\u3400-\u9fffA-Za-z]+|\d+(?:\.\d+)*[%‰]?")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
#: what sites write between a title and its text: it is left out of the comparison
_BESIDE = re.compile(
    r"[（(]?(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?(?:\s?\d{1,2}:\d\d(?::\d\d)?)?[）)]?"
    r"|(?:发文机关|发文字号|成文日期|发布日期|发布时间|来源|索引号|发布机构)：.{1,60}"
)
SHORTEST, SHARE = 200, 0.8
#: a line of more characters says something of its own
_FURNITURE = 60


@dataclass(frozen=True, slots=True)
class _Sentences:
    keys: tuple[str, ...]
    ended: tuple[bool, ...]


#: whether each of two texts says something beyond what they share; None for different texts
Adds = tuple[bool, bool] | None
#: of two documents, by the function given or from memory
Compare = Callable[[Document, Document, Callable[[], Adds]], Adds]


def same_texts(documents: Sequence[Document], compare: Compare | None = None) -> list[tuple[int, int]]:
    """(dropped, kept) pairs of indices: the dropped document adds nothing to the kept one.

    Of two that add nothing to each other the one with a catalogue row is kept, else the earlier one. A kept
    document is never dropped itself.
    """
    read = _Read(documents)
    holders: dict[str, list[int]] = defaultdict(list)
    dropped: dict[int, int] = {}
    sizes = []
    for index, document in enumerate(documents):
        chunks = _chunks(document.text)
        sizes.append(len(chunks))
        near = Counter(other for chunk in chunks for other in holders[chunk] if other not in dropped)
        for chunk in chunks:
            # what stands everywhere tells nothing
            if len(holders[chunk]) < 50:
                holders[chunk].append(index)
        for other, shared in sorted(near.items()):
            if shared * 2 < min(len(chunks), sizes[other]):
                continue
            if (pair := _pair(documents, read, index, other, compare)) is not None:
                dropped[pair[0]] = pair[1]
                if pair[0] == index:
                    break
    return [(a, _last(dropped, b)) for a, b in sorted(dropped.items())]


def _chunks(text: str) -> dict[str, None]:
    """Runs between one 的 and the next, without spaces and marks: a cheap test of what is worth comparing."""
    squeezed = "".join(_KEPT.findall(text))
    return dict.fromkeys(chunk for chunk in squeezed.split("的") if len(chunk) >= 10)


class _Read:
    """The sentences of documents, made when asked for."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._made: dict[int, _Sentences] = {}

    def __getitem__(self, index: int) -> _Sentences:
        if index not in self._made:
            self._made[index] = _sentences(self._documents[index])
        return self._made[index]


def _last(dropped: dict[int, int], index: int) -> int:
    while index in dropped:
        index = dropped[index]
    return index


def _pair(
    documents: Sequence[Document], read: _Read, new: int, old: int, compare: Compare | None
) -> tuple[int, int] | None:
    def make() -> Adds:
        return _extras(read[new], read[old])

    extras = compare(documents[new], documents[old], make) if compare else make()
    if extras is None:
        return None
    adds_new, adds_old = extras
    catalogued = (
        documents[new].source.id != documents[new].id and documents[old].source.id == documents[old].id
    )
    if not adds_new and not (catalogued and not adds_old):
        return new, old
    if not adds_old:
        return old, new
    return None


def _extras(a: _Sentences, b: _Sentences) -> Adds:
    """Whether a, b say something beyond their common part; None where they are different texts."""
    ours, theirs = set(a.keys), set(b.keys)
    core_a, core_b = _core(a.keys, theirs), _core(b.keys, ours)
    if core_a is None or core_b is None:
        return None
    joined = "".join(a.keys[slice(*core_a)])
    if len(joined) < SHORTEST or joined != "".join(b.keys[slice(*core_b)]):
        return None
    shorter = min(sum(map(len, a.keys)), sum(map(len, b.keys)))
    if len(joined) < SHARE * shorter:
        return None
    return _adds(a, core_a), _adds(b, core_b)


def _core(keys: Sequence[str], other: set[str]) -> tuple[int, int] | None:
    common = [n for n, key in enumerate(keys) if key in other and len(key) >= 8]
    return (common[0], common[-1] + 1) if common else None


def _adds(sentences: _Sentences, core: tuple[int, int]) -> bool:
    outside = [*range(core[0]), *range(core[1], len(sentences.keys))]
    return any(
        len(sentences.keys[n]) > _FURNITURE or (sentences.ended[n] and len(sentences.keys[n]) > 15)
        for n in outside
    )


def _sentences(document: Document) -> _Sentences:
    keys: list[str] = []
    ended: list[bool] = []
    for m in _SENTENCE.finditer(unwrap(document.text).text):
        key = "".join(_KEPT.findall(m[0]))
        if key and not _BESIDE.fullmatch(m[0].strip()):
            keys.append(key)
            ended.append(m[0][-1] in "。；！？")
    return _Sentences(tuple(keys), tuple(ended))
