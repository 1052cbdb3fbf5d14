"""A small statistical judge of provisions: which instruments they use and which resources they move.

Its features are what the cues of `sources/lexicons` say plus the words of the provision; it learns how far each cue
is to be trusted. Weights ship as `sources/lexicons/attribute_weights.tsv` (see `kg.extract.linear`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from kg.extract.clauses import opening
from kg.extract.linear import Wide, is_word, load, pairs
from kg.extract.rulefile import spoken
from kg.model import INSTRUMENTS, RESOURCES
from kg.resources import data_dir
from kg.text.pairs import Joined

LABELS = (*INSTRUMENTS, *RESOURCES)
#: a label holds from this score on (hundredths of log-odds); tuned on documents held back
INSTRUMENT_FROM = -100
RESOURCE_FROM = -20
#: where no instrument holds, the likeliest one does from here on
LONE_INSTRUMENT_FROM = -150


def features(words: str, kind: str, values: Mapping[str, object]) -> list[str]:
    """Features of a provision: its words (titles left out), the kind of document, what the rules read in it."""
    return [*dict.fromkeys(_named(words, kind, values)), *filter(is_word, pairs(words))]


def _named(words: str, kind: str, values: Mapping[str, object]) -> list[str]:
    """Features that are no pairs of characters; some may stand twice."""
    out = ["bias", f"kind={kind}"]
    out += [f"cue={c.id}" for c, _ in spoken(words)]
    found = opening(words)
    if found:
        out += (f"class={found[0]}", f"verb={found[2]}")
    for key in ("instruments", "resources"):
        codes: Sequence[str] = values.get(key) or ()  # type: ignore[assignment]
        out += [f"{key}={c}" for c in codes]
        out += [f"first {key}={c}" for c in codes[:1]]
    for b in values.get("beneficiaries") or ():  # type: ignore[attr-defined]
        out.append(f"for={b['category']}")
    for a in values.get("amounts") or ():  # type: ignore[attr-defined]
        out.append(f"role={a['role']}")
    return out


@lru_cache(maxsize=1)
def weights() -> Wide:
    return Wide(load(data_dir("sources") / "lexicons" / "attribute_weights.tsv", LABELS))


def judge(
    words: str, kind: str, values: Mapping[str, object], table: Wide | None = None
) -> tuple[list[str], list[str]]:
    """Instruments and resources of a provision, most certain first; at most three of each. The arguments are those
    of `features`, which it adds up."""
    return judge_all([(words, kind, values)], table)[0]


def judge_all(
    provisions: Sequence[tuple[str, str, Mapping[str, object]]], table: Wide | None = None
) -> list[tuple[list[str], list[str]]]:
    """`judge` for many provisions at once."""
    named = [dict.fromkeys(_named(*provision)) for provision in provisions]
    scores = (table or weights()).with_pairs(named, Joined([words for words, _, _ in provisions]))
    of_instruments, of_resources = scores[:, : len(INSTRUMENTS)], scores[:, len(INSTRUMENTS) :]
    out = []
    for n, (instruments, resources) in enumerate(
        zip(_ranked(of_instruments, INSTRUMENTS, INSTRUMENT_FROM), _ranked(of_resources, RESOURCES, RESOURCE_FROM), strict=True)
    ):
        if not instruments:
            instruments = _ranked(of_instruments[n : n + 1], INSTRUMENTS, LONE_INSTRUMENT_FROM)[0][:1]
        if not resources:
            resources = _ranked(of_resources[n : n + 1], RESOURCES, of_resources[n].max())[0][:1]
        out.append((instruments, resources))
    return out


def _ranked(scores: Any, labels: Sequence[str], least: float) -> list[list[str]]:
    """For each row of scores the labels that reach `least`, most certain first, three at most."""
    found: list[list[tuple[float, str]]] = [[] for _ in scores]
    rows, columns = (scores >= least).nonzero()
    for row, column, score in zip(rows.tolist(), columns.tolist(), scores[rows, columns].tolist(), strict=True):
        found[row].append((-score, labels[column]))
    return [[label for _, label in sorted(held)[:3]] for held in found]
