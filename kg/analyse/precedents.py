"""Precedents: who already does what a recommendation (or any sentence) proposes.

Likeness is that of `kg.analyse.likeness`. A precedent shares words with the question, or stands under a
headline that does: codes alone are too coarse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.analyse.concepts import Concepts
from kg.analyse.evidence import load_provinces
from kg.analyse.likeness import DEFAULT, FIELDS, Index, Weights, clean
from kg.analyse.measures import Measure, load_measures
from kg.analyse.parameters import KINDS, differences, parameters
from kg.analyse.rows import Queryable, local_name, rows
from kg.query.table import Table

#: below this a measure is no precedent
THRESHOLD = 0.08
#: words and headline together must reach this
LEAST_WORDS = 0.02
#: below this, one common word alone makes no precedent
FAINT = 0.2
#: where the oldest are asked for, only those this near to the best are looked at
NEAR = 0.5
_FIGURE = re.compile(r"[\d.%]+[亿万千百]*元?")


@dataclass(frozen=True, slots=True)
class Precedent:
    """A measure of another place, how like it is, what the two share by kind (`words` and the code fields),
    and the parameters in which they differ.
    """

    measure: Measure
    score: float
    words: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is searched, and of how many documents and provinces it is."""

    index: Index
    documents: int
    provinces: int

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.index.measures


def load_corpus(store: Queryable, themes: Mapping[str, str] | None = None) -> Corpus:
    """All measures of the graph, indexed; `themes` maps claims to the headlines they stand under."""
    measures = load_measures(store, themes)
    return Corpus(Index(measures), *corpus_size(store, measures))


def corpus_size(store: Queryable, measures: Iterable[Measure]) -> tuple[int, int]:
    """Number of documents in the graph, and of provinces that the measures are of."""
    documents = rows(store, "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a ip:SourceDocument }")
    return int(documents[0][0] or 0), count_provinces(measures)


def count_provinces(measures: Iterable[Measure]) -> int:
    """In how many provinces the measures apply; the country as a whole is none."""
    return len({m.province for m in measures if m.province and m.province != "全国"})


def load_question(store: Queryable, claim: str, themes: Mapping[str, str] | None = None) -> Measure | None:
    """The recommendation or measure that a claim id states, as what to search for; None for other claims."""
    known = claim.rsplit("/", 1)[-1]
    if not re.fullmatch(r"c-[0-9a-f]{16}", known):
        return None
    stated = next((m for m in load_measures(store, themes) if m.claim == known), None)
    if stated is not None:
        return stated
    found: dict[str, set[str]] = defaultdict(set)
    provinces = load_provinces(store)
    for quote, area, instrument, resource, category, via in rows(
        store,
        f"""SELECT ?quote ?area ?instrument ?resource ?category ?via WHERE {{
              BIND(<https://w3id.org/innopolicy/id/claim/{known}> AS ?claim)
              ?m ip:isEvidencedBy ?claim ; a ip:Recommendation .
              ?claim oa:hasSelector/oa:exact ?quote .
              OPTIONAL {{ ?m ip:appliesIn ?area }} OPTIONAL {{ ?m ip:usesInstrument ?instrument }}
              OPTIONAL {{ ?m ip:providesResource ?resource }}
              OPTIONAL {{ ?m ip:hasBeneficiary/ip:hasCategory ?category }}
              OPTIONAL {{ ?m ip:isDeliveredThrough/rdfs:label ?via }}
            }} ORDER BY ?quote ?area ?instrument ?resource ?category ?via""",
    ):
        values = {
            "quote": quote,
            "province": provinces.get(area, ""),
            "instruments": local_name(instrument),
            "resources": local_name(resource),
            "beneficiaries": local_name(category),
            "via": via,
        }
        for key, value in values.items():
            if value:
                found[key].add(value)
    if not found["quote"]:
        return None
    return Measure(
        min(found["quote"]),
        known,
        province=min(found["province"], default=""),
        instruments=frozenset(found["instruments"]),
        resources=frozenset(found["resources"]),
        beneficiaries=frozenset(found["beneficiaries"]),
        via=frozenset(found["via"]),
        theme=(themes or {}).get(known, ""),
    )


def find_precedents(
    question: Measure,
    index: Index,
    *,
    area: str = "",
    limit: int = 10,
    earliest: bool = False,
    threshold: float = THRESHOLD,
    weights: Weights = DEFAULT,
) -> list[Precedent]:
    """The measures most like the question, best first; with `earliest`, the oldest of those first that come near
    to the best.

    Measures of the question's own province and the question itself are left out; `area` keeps one place.
    Undated ones come last. Empty where none reaches `threshold` and shares words with the question.
    """
    import numpy as np

    scores = index.scores(question)
    total = scores.total(weights)
    kept = (total >= threshold) & (scores.words + scores.headline >= LEAST_WORDS)
    if question.province:
        kept &= index.provinces != question.province
    if question.claim:
        kept &= index.claims != question.claim
    numbers = np.flatnonzero(kept)
    if area:
        measures = index.measures
        numbers = np.asarray(
            [n for n in numbers if area in measures[n].area or area in measures[n].province], dtype=int
        )
    # rounded, so that the order does not hang on the last digit of a machine's sums
    totals = np.round(total[numbers], 6)
    order: Any = numbers[np.lexsort((numbers, -totals))]
    if earliest and len(order):
        near = order[total[order] >= NEAR * total[order[0]]]
        # of one date, the most alike first
        order = sorted(near, key=lambda n: index.measures[n].date or "9999")
    hits = (_precedent(question, index.measures[n], round(float(total[n]), 4)) for n in order)
    return list(islice((hit for hit in hits if hit is not None), limit))


def _precedent(question: Measure, measure: Measure, score: float) -> Precedent | None:
    """What the two share; None where nothing of support was read in the question and they share but one word of
    two characters (组织, 举办) that weighs little.
    """
    words = shared_phrases(question.text, measure.text) or shared_phrases(question.text, measure.theme)
    codes = {f: tuple(sorted(getattr(question, f) & getattr(measure, f))) for f in FIELDS}
    read = any(getattr(question, f) for f in FIELDS)
    if not read and score < FAINT and sum(map(len, words)) <= 2:
        return None
    return Precedent(measure, score, words, codes)


def shared_phrases(a: str, b: str, least: int = 2) -> tuple[str, ...]:
    """The longest runs of characters that both texts hold, at most four, longest first; figures are none."""
    x, y = (_FIGURE.sub("\x00", clean(text)) for text in (a, b))
    runs: set[str] = set()
    i = 0
    while i < len(x):
        size = 0
        while i + size < len(x) and x[i + size] != "\x00" and x[i : i + size + 1] in y:
            size += 1
        if size >= least:
            runs.add(x[i : i + size])
        i += max(1, size)
    return tuple(sorted(runs, key=lambda r: (-len(r), r))[:4])


_COLUMNS: dict[str, tuple[str, str]] = {
    "score": ("相似度", "Likeness"),
    "area": ("地区", "Area"),
    "date": ("日期", "Date"),
    "policy": ("政策", "Policy"),
    "number": ("文号", "Number"),
    "quote": ("原文", "Quote"),
    "words": ("共同用语", "Shared words"),
    "instruments": ("共同工具", "Shared instruments"),
    "resources": ("共同资源", "Shared resources"),
    "beneficiaries": ("共同对象", "Shared beneficiaries"),
    "via": ("共同渠道", "Shared channels"),
    "parameters": ("其参数", "Its parameters"),
    "differences": ("差异（所问 → 先例）", "Differences (asked → precedent)"),
    "assertion": ("陈述方式", "Assertion"),
    "document": ("文献", "Document"),
    "locator": ("位置", "Locator"),
    "claim": ("陈述", "Claim"),
}


def precedent_table(
    hits: Iterable[Precedent], question: Measure, concepts: Concepts, language: str = "zh"
) -> Table:
    """One row a precedent, codes by their names."""
    table = []
    for h in hits:
        m = h.measure
        own = parameters(m)
        table.append(
            (
                *(h.score, m.area, m.date, m.policy, m.number, m.text, "、".join(h.words)),
                concepts.join("instrument", h.codes["instruments"]),
                concepts.join("resource", h.codes["resources"]),
                concepts.join("beneficiary", h.codes["beneficiaries"]),
                "、".join(h.codes["via"]),
                "；".join("、".join(own[kind]) for kind in KINDS if kind in own),
                "；".join(differences(question, m, language)),
                *(concepts.name("assertion", m.assertion), m.document, m.locator, m.claim),
            )
        )
    labels = tuple(pair[language == "en"] for pair in _COLUMNS.values())
    title = {"zh": "先例", "en": "Precedents"}[language]
    return Table(tuple(_COLUMNS), tuple(table), title=title, labels=labels)
