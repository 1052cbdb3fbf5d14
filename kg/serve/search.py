"""Search in a build: words and phrases over titles, 文号, issuers, places and every sentence, with facets.

All words must be found: in the sentence itself, or in the title, number, issuer or place of its document, and
at least one in the sentence itself. A word is any run of characters, so one and two characters are found too;
"…", “…” and 「…」 hold a phrase together. The same query on the same build gives the same hits in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError
from kg.model import Claim, Document
from kg.serve.findable import (
    BREAK,
    FACETS,
    FIELDS,
    Describing,
    Passage,
    fields_of,
    in_order,
    passages_of,
    searchable,
)
from kg.serve.postings import Postings, bounded
from kg.text.areas import Areas, load_areas

LONGEST_QUERY = 500
MOST_WORDS = 20
_WORDS = re.compile(r'"([^"]+)"|“([^“”]+)”|「([^「」]+)」|『([^『』]+)』|([^\s"“”「」『』]+)')
_HAN = re.compile(r"[\u3400-\u9fff]")

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit matched: the word as it is compared, where (a field of `FIELDS`, `text` or `actor`), and the
    field's text or the actor's name.
    """

    word: str
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A document or a passage of one. `text` is the title or the sentence, not escaped; `marks` are half-open
    spans of it. `start` and `end` of a passage count characters of the document's text.
    """

    kind: str
    document: str
    title: str
    text: str
    marks: tuple[tuple[int, int], ...]
    why: tuple[Reason, ...]
    start: int = 0
    end: int = 0
    locator: str = ""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`total` hits, of which `hits` are shown. `facets`: name → (value, number of hits it would leave), most
    first; `words` as the query was read, a run of characters found nowhere being taken apart.
    """

    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    total: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Facet:
    """Which entry has which value: pairs, rising by entry."""

    values: tuple[str, ...]
    entries: NDArray[np.int64]
    codes: NDArray[np.int64]

    def having(self, chosen: Iterable[str], size: int) -> Mask:
        """Entries that have one of the values."""
        wanted = np.isin(self.codes, [i for i, value in enumerate(self.values) if value in set(chosen)])
        mask = np.zeros(size, dtype=bool)
        mask[self.entries[wanted]] = True
        return mask

    def count(self, mask: Mask) -> tuple[tuple[str, int], ...]:
        counts = np.bincount(self.codes[mask[self.entries]], minlength=len(self.values)).tolist()
        return tuple(sorted(((v, n) for v, n in zip(self.values, counts, strict=True) if n), key=lambda x: (-x[1], x[0])))


class Index:
    """Everything that can be found, in memory. Build it with `from_build`; it is read-only then.

    Entries are numbered: the documents first, newest before older, then their passages in that order.
    """

    def __init__(self, documents: Sequence[Document], passages: Sequence[Passage], compared: Sequence[str],
                 facets: Mapping[str, _Facet]) -> None:  # fmt: skip
        self.documents = documents
        self.passages = passages
        self._postings = Postings(compared)
        self._facets = facets
        size, first = len(compared), len(documents)
        self._size = size
        self._document = np.concatenate(
            [np.arange(first), np.fromiter((p.document for p in passages), dtype=np.int64, count=len(passages))]
        )
        self._lengths = np.fromiter((max(len(text), 1) for text in compared), dtype=np.float64, count=size)
        rank = np.zeros(size, dtype=np.int64)
        rank[:first] = 2
        rank[first:] = np.fromiter((bool(p.claims) for p in passages), dtype=np.int64, count=len(passages))
        self._rank = rank

    @classmethod
    def from_build(
        cls, documents: Iterable[Document], claims: Mapping[str, Sequence[Claim]], areas: Areas | None = None
    ) -> Index:
        """The index of the documents of a build and their claims by document id."""
        ordered = in_order(documents)
        describing = Describing(areas or load_areas())
        described = [describing.document(d, claims.get(d.id, ())) for d in ordered]
        compared = [searchable(BREAK.join(fields_of(d).values())) for d in ordered]
        passages: list[Passage] = []
        for number, document in enumerate(ordered):
            for passage, text in passages_of(number, document, claims.get(document.id, ())):
                passages.append(passage)
                compared.append(text)
                described.append(describing.passage(passage.claims, described[number]))
        return cls(ordered, passages, compared, {name: _facet(described, name) for name in FACETS})

    def search(
        self, query: str, filters: Mapping[str, Sequence[str]] | None = None, *, offset: int = 0, limit: int = 20
    ) -> SearchResult:
        """Hits `offset` to `offset + limit`, best first; without words all documents, newest first.

        `filters` maps facets to values: a hit has one of the values of each. A facet's counts are those under
        the filters of the others, as choosing among its values would give them. Raises `KgError` for a query
        that is too long, an unknown facet, or a negative offset or limit.
        """
        chosen = {name: tuple(values) for name, values in (filters or {}).items() if values}
        unknown = sorted(chosen.keys() - set(FACETS))
        if unknown:
            raise KgError(f"search: unknown filter {unknown[0][:40]}; known: {', '.join(FACETS)}")
        if offset < 0 or limit < 0:
            raise KgError(f"search: offset {offset}, limit {limit}; give 0 or more")
        words = self._read(query)
        found, own = self._matching(words)
        masks = {name: self._facets[name].having(values, self._size) for name, values in chosen.items()}
        facets = {}
        for name, facet in self._facets.items():
            others = found
            for other, mask in masks.items():
                if other != name:
                    others = others & mask
            facets[name] = facet.count(others)
        for mask in masks.values():
            found = found & mask
        entries = np.flatnonzero(found)
        shown = self._best(entries, own, words, offset, limit)
        return SearchResult(tuple(self._hit(int(e), words) for e in shown), facets, len(entries), words)

    def _read(self, query: str) -> tuple[str, ...]:
        """The words of a query; a run of Chinese that stands nowhere as it is becomes the longest pieces that do."""
        if len(query) > LONGEST_QUERY:
            raise KgError(f"search: {len(query)} characters; a query may have {LONGEST_QUERY}")
        words: list[str] = []
        for match in _WORDS.finditer(query):
            word = " ".join(searchable(match[0] if match[5] else match[0][1:-1]).split())
            if word and match[5] and len(word) > 2 and _HAN.search(word) and not len(self._postings.holding(word)):
                words += self._taken_apart(word)
            elif word:
                words.append(word)
        words = list(dict.fromkeys(words))
        if len(words) > MOST_WORDS:
            raise KgError(f"search: {len(words)} words; a query may have {MOST_WORDS}")
        return tuple(words)

    def _taken_apart(self, word: str) -> list[str]:
        pieces, rest = [], word
        while rest:
            end = len(rest)
            while end > 1 and not len(self._postings.holding(rest[:end])):
                end -= 1
            pieces.append(rest[:end])
            rest = rest[end:]
        # single characters say little; with nothing else the word is simply not there
        longer = [piece for piece in pieces if len(piece) > 1]
        return longer if sum(map(len, longer)) * 2 > len(word) else [word]

    def _matching(self, words: Sequence[str]) -> tuple[Mask, NDArray[np.int64]]:
        """The entries that match all words, and how many characters of words each entry holds itself."""
        first = len(self.documents)
        own = np.zeros(self._size, dtype=np.int64)
        if not words:
            found = np.zeros(self._size, dtype=bool)
            found[:first] = True
            return found, own
        found = np.ones(self._size, dtype=bool)
        for word in words:
            holding = self._postings.holding(word)
            own[holding] += len(word)
            documents = np.zeros(max(first, 1), dtype=bool)
            documents[holding[holding < first]] = True
            matching = documents[self._document]
            matching[holding] = True
            found &= matching
        return found & (own > 0), own

    def _best(
        self, entries: NDArray[np.int64], own: NDArray[np.int64], words: Sequence[str], offset: int, limit: int
    ) -> NDArray[np.int64]:
        """Most characters of the query first, then documents, passages with claims, passages that say little else."""
        if not words or not len(entries):
            return entries[offset : offset + limit]
        held = own[entries]
        density = np.minimum(1023, 1023 * held / self._lengths[entries]).astype(np.int64)
        scores = (held << 12 | self._rank[entries] << 10) + density
        needed = offset + limit
        if needed < len(entries):  # sort only what can be shown
            least = np.partition(scores, len(scores) - needed - 1)[len(scores) - needed - 1]
            entries, scores = entries[scores >= least], scores[scores >= least]
        return entries[np.argsort(-scores, kind="stable")][offset : offset + limit]

    def _hit(self, entry: int, words: Sequence[str]) -> Hit:
        document = self.documents[int(self._document[entry])]
        fields = fields_of(document)
        reasons = [Reason(w, name, fields[name]) for w in words for name in FIELDS if _spans(w, searchable(fields[name]))]
        if entry < len(self.documents):
            title = fields["title"]
            marks = _merged(s for w in words for s in _spans(w, searchable(title)))
            return Hit("document", document.id, title, title, marks, tuple(reasons))
        passage = self.passages[entry - len(self.documents)]
        compared = self._postings.texts[entry]
        spans = {word: _spans(word, compared) for word in words}
        actors = sorted({c.values["name"] for c in passage.claims if c.type == "entity"})
        inside = [Reason(w, "text", "") for w in words if spans[w]]
        inside += [Reason(w, "actor", name) for w in words for name in actors if _spans(w, searchable(name))]
        within = [r for r in reasons if not spans[r.word]]  # what the passage says itself needs no title
        return Hit(
            "passage", document.id, fields["title"], passage.text,
            _merged(span for found in spans.values() for span in found), (*inside, *within),
            passage.start, passage.end, passage.locator, passage.claims,
        )  # fmt: skip


def _facet(described: Sequence[Mapping[str, set[str]]], name: str) -> _Facet:
    values = tuple(sorted(set().union(*(each[name] for each in described)))) if described else ()
    code = {value: i for i, value in enumerate(values)}
    pairs = [(entry, code[value]) for entry, each in enumerate(described) for value in each[name]]
    pairs.sort()
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return _Facet(values, table[:, 0].copy(), table[:, 1].copy())


def _spans(word: str, compared: str) -> list[tuple[int, int]]:
    pattern = bounded(word) or re.compile(re.escape(word))
    return [match.span() for match in pattern.finditer(compared)]


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
