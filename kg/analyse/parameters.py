"""The parameters of a measure (sum, rate, ceiling, term, number, condition) and how two measures differ in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.analyse.amounts import figure_text
from kg.analyse.measures import Measure
from kg.model import Amount

#: what can be compared, in the order of columns
KINDS = ("award", "rate", "cap", "total", "duration", "count", "condition")
NAMES = {
    "zh": {
        **{"award": "奖补标准", "rate": "比例", "cap": "上限", "total": "总额", "duration": "期限"},
        **{"count": "数量", "condition": "条件"},
    },
    "en": {
        **{"award": "Award", "rate": "Rate", "cap": "Ceiling", "total": "Total", "duration": "Term"},
        **{"count": "Number", "condition": "Condition"},
    },
}
#: a measure that states no such thing
NOT_STATED = {"zh": "未写明", "en": "not stated"}


def kind_of(amount: Amount) -> str:
    """One of `KINDS`. Sums up to a most are awards of which the most is stated, not ceilings of their own."""
    return amount.role if amount.role in KINDS else "count"


def parameters(measure: Measure) -> dict[str, tuple[str, ...]]:
    """Kind → what the measure states of it, as readable texts in the order of the text."""
    found: dict[str, list[str]] = defaultdict(list)
    for amount in measure.amounts:
        found[kind_of(amount)].append(figure_text(amount))
    found["condition"] += measure.conditions
    return {kind: tuple(dict.fromkeys(found[kind])) for kind in KINDS if found[kind]}


def differences(ours: Measure, theirs: Measure, language: str = "zh") -> tuple[str, ...]:
    """Each parameter in which the two are not the same: `上限：未写明 → 最高300万元`, ours first."""
    a, b = parameters(ours), parameters(theirs)
    names = NAMES[language]
    return tuple(
        f"{names[kind]}{'：' if language == 'zh' else ': '}{_told(a.get(kind), language)} → {_told(b.get(kind), language)}"
        for kind in KINDS
        if a.get(kind) != b.get(kind)
    )


def _told(texts: Iterable[str] | None, language: str) -> str:
    return "、".join(texts) if texts else NOT_STATED[language]
