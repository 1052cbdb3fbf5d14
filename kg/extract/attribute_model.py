"""A small statistical judge of provisions: which instruments they use and which resources they move.

Its features are what the cues of `sources/lexicons` say plus the words of the provision; it learns how far each cue
is to be trusted. Weights ship as `sources/lexicons/attribute_weights.tsv` (see `kg.extract.linear`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.extract.clauses import opening
from kg.extract.linear import Table, Wide, load, scores
from kg.extract.rulefile import spoken
from kg.model import INSTRUMENTS, RESOURCES
from kg.resources import data_dir

LABELS = (*INSTRUMENTS, *RESOURCES)
#: a label holds from this score on (log-odds); tuned on documents held back
INSTRUMENT_FROM = -1.0
RESOURCE_FROM = -0.5
_HAN = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff]+")


def features(words: str, kind: str, values: Mapping[str, object]) -> list[str]:
    """Features of a provision: its words (titles left out), the kind of document, what the rules read in it."""
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
    for run in _HAN.findall(words):
        out += [run[i : i + 2] for i in range(len(run) - 1)]
    return list(dict.fromkeys(out))


@lru_cache(maxsize=1)
def weights() -> Wide:
    return Wide(load(data_dir("sources") / "lexicons" / "attribute_weights.tsv", LABELS))


def judge(found: Sequence[str], table: Table | None = None) -> tuple[list[str], list[str]]:
    """Instruments and resources of a provision by its features, most certain first; at most three of each."""
    total = weights().scores(found) if table is None else scores(table, found, len(LABELS))
    instruments = _ranked(total[: len(INSTRUMENTS)], INSTRUMENTS, INSTRUMENT_FROM)
    of_resources = total[len(INSTRUMENTS) :]
    resources = _ranked(of_resources, RESOURCES, RESOURCE_FROM)
    return instruments, resources or _ranked(of_resources, RESOURCES, max(of_resources))[:1]


def _ranked(scores: Sequence[float], labels: Sequence[str], least: float) -> list[str]:
    """The labels that reach `least`, most certain first, three at most."""
    found = sorted((-score, label) for score, label in zip(scores, labels, strict=True) if score >= least)
    return [label for _, label in found[:3]]
