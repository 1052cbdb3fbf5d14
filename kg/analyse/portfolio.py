"""What a place's measures are made of: instruments, sides, receivers; what is new, how broad, who led.

Each number counts measures. One with several instruments or kinds of receivers counts in each cell and once in
the totals; the coding sheet tells for each measure which codes it was given, by which rule, on which words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.analyse.amounts import amount_text
from kg.analyse.concepts import SIDES, Concepts
from kg.analyse.measures import Measure
from kg.query.table import Table, Value

#: instruments that the vocabulary has
INSTRUMENTS = 28
_UNDATED = {"zh": "未注明", "en": "undated"}
_UNSTATED = {"zh": "未注明", "en": "not stated"}


def _pick(columns: dict[str, tuple[str, str]], language: str) -> tuple[str, ...]:
    return tuple(pair[language == "en"] for pair in columns.values())


def matrix_table(measures: Iterable[Measure], concepts: Concepts, language: str = "zh") -> Table:
    """Province × instrument in rows, kinds of receivers in columns, the number of measures in cells."""
    cells: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    receivers: set[str] = set()
    for m in measures:
        kinds = m.beneficiaries or {""}
        receivers |= kinds
        for instrument in m.instruments:
            for kind in kinds:
                cells[m.province, instrument][kind].add(m.claim)
    order = sorted(receivers - {""}) + [""] * ("" in receivers)
    rows = []
    for (province, instrument), row in sorted(cells.items()):
        total = len(set().union(*row.values()))
        counts = (len(row[kind]) or None if kind in row else None for kind in order)
        side = concepts.sides.get(instrument, "")
        name = concepts.name("instrument", instrument)
        one = min(set().union(*row.values()))
        rows.append((province, instrument, name, concepts.name("typology", side), total, *counts, one))
    first = {
        "province": ("省份", "Province"),
        "instrument": ("工具代码", "Code"),
        "instrument_name": ("工具", "Instrument"),
        "side": ("类型", "Side"),
        "measures": ("举措数", "Measures"),
    }
    names = tuple(concepts.name("beneficiary", kind) if kind else f"{_UNSTATED[language]}" for kind in order)
    title = {"zh": "省份 × 工具 × 受益者", "en": "Province × instrument × beneficiary"}[language]
    columns = (*first, *(kind or "unstated" for kind in order), "claim")
    last = {"zh": "一例陈述", "en": "A claim"}[language]
    return Table(columns, tuple(rows), title=title, labels=(*_pick(first, language), *names, last))


_SHARES: dict[str, tuple[str, str]] = {
    "province": ("省份", "Province"),
    "year": ("年份", "Year"),
    "measures": ("举措数", "Measures"),
    **{
        "supply": ("供给型", "Supply"),
        "environment": ("环境型", "Environment"),
        "demand": ("需求型", "Demand"),
    },
    "either": ("两可", "Either side"),
    "uncoded": ("未编码", "Uncoded"),
    **{"supply_share": ("供给型%", "Supply %"), "environment_share": ("环境型%", "Environment %")},
    "demand_share": ("需求型%", "Demand %"),
    "claim": ("一例陈述", "A claim"),
}


def shares_table(
    measures: Iterable[Measure], concepts: Concepts, language: str = "zh", *, years: bool = True
) -> Table:
    """Measures on the supply, environment and demand side by province (and year), and the shares of the three.

    A measure with instruments on two sides counts on both; shares are of the three counts together. `either`
    counts measures that have only instruments of either side (prizes and challenges).
    """
    groups: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for m in measures:
        groups[m.province, (m.year or _UNDATED[language]) if years else ""].append(m)
    rows = []
    for (province, year), members in sorted(groups.items()):
        sides = [{concepts.sides[i] for i in m.instruments if i in concepts.sides} for m in members]
        counts = [sum(side in found for found in sides) for side in SIDES]
        either = sum(bool(m.instruments) and not found for m, found in zip(members, sides, strict=True))
        coded = sum(counts)
        shares = [round(100 * count / coded, 1) if coded else None for count in counts]
        uncoded = sum(not m.instruments for m in members)
        one = min(m.claim for m in members)
        rows.append((province, year, len(members), *counts, either, uncoded, *shares, one))
    kept = [i for i, name in enumerate(_SHARES) if years or name != "year"]
    labels = _pick(_SHARES, language)
    title = {"zh": "供给型、环境型、需求型工具", "en": "Supply, environment and demand side"}[language]
    return Table(
        tuple(list(_SHARES)[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in rows),
        title=title,
        labels=tuple(labels[i] for i in kept),
    )


_CODING: dict[str, tuple[tuple[str, str], Callable[[Measure, Concepts], Value]]] = {
    "claim": (("陈述", "Claim"), lambda m, c: m.claim),
    "province": (("省份", "Province"), lambda m, c: m.province),
    "area": (("地区", "Area"), lambda m, c: m.area),
    "date": (("日期", "Date"), lambda m, c: m.date),
    "policy": (("政策", "Policy"), lambda m, c: m.policy),
    "number": (("文号", "Number"), lambda m, c: m.number),
    "quote": (("原文", "Quote"), lambda m, c: m.text),
    "instruments": (("工具代码", "Instrument codes"), lambda m, c: " ".join(sorted(m.instruments))),
    "instrument_names": (("工具", "Instruments"), lambda m, c: c.join("instrument", m.instruments)),
    "side": (
        ("类型", "Side"),
        lambda m, c: c.join("typology", {c.sides[i] for i in m.instruments if i in c.sides}),
    ),
    "resources": (("资源", "Resources"), lambda m, c: c.join("resource", m.resources)),
    "beneficiaries": (
        ("受益者类别", "Beneficiary categories"),
        lambda m, c: c.join("beneficiary", m.beneficiaries),
    ),
    "beneficiary_text": (("原文所称受益者", "Beneficiary as written"), lambda m, c: m.beneficiary_text),
    "via": (("渠道", "Channels"), lambda m, c: "、".join(sorted(m.via))),
    "amounts": (("金额与数量", "Amounts"), lambda m, c: "；".join(map(amount_text, m.amounts))),
    "condition": (("条件", "Condition"), lambda m, c: "；".join(m.conditions)),
    "assertion": (("陈述方式", "Assertion"), lambda m, c: c.name("assertion", m.assertion)),
    "rule": (("抽取规则", "Rule"), lambda m, c: m.rule),
    "document": (("文献", "Document"), lambda m, c: m.document),
    "locator": (("位置", "Locator"), lambda m, c: m.locator),
    "start": (("起", "Start"), lambda m, c: m.start),
    "end": (("止", "End"), lambda m, c: m.end),
}


def coding_sheet(measures: Iterable[Measure], concepts: Concepts, language: str = "zh") -> Table:
    """Every measure with its codes: what a second coder checks."""
    ordered = sorted(measures, key=lambda m: (m.province, m.document, m.start, m.claim))
    rows = tuple(tuple(read(m, concepts) for _, read in _CODING.values()) for m in ordered)
    title = {"zh": "编码表", "en": "Coding sheet"}[language]
    labels = tuple(pair[language == "en"] for pair, _ in _CODING.values())
    return Table(tuple(_CODING), rows, title=title, labels=labels)


@dataclass(frozen=True, slots=True)
class First:
    """A combination of instrument and receiver: the earliest dated measure that has it, and who has it at all.

    `followers` are (year, province) of the other provinces' first ones, oldest first.
    """

    instrument: str
    beneficiary: str
    measure: Measure
    provinces: int
    followers: tuple[tuple[str, str], ...]


def firsts(measures: Iterable[Measure]) -> list[First]:
    """The earliest dated measure of each instrument × receiver, combinations of most provinces first.

    First in the corpus is no proof of first in the country. Where two provinces have the same date, both
    lead as far as the corpus tells: the combination is left out. The country as a whole leads nobody.
    """
    groups: dict[tuple[str, str], list[Measure]] = defaultdict(list)
    for m in measures:
        if m.province and m.province != "全国":
            for instrument in m.instruments:
                for kind in m.beneficiaries:
                    groups[instrument, kind].append(m)
    found = []
    for (instrument, kind), members in sorted(groups.items()):
        dated = sorted((m for m in members if m.date), key=lambda m: (m.date, m.province, m.claim))
        if not dated:
            continue
        begun: dict[str, str] = {}
        for m in dated:
            begun.setdefault(m.province, m.date)
        leader = dated[0]
        others = sorted((date, province) for province, date in begun.items() if province != leader.province)
        if others and others[0][0] == leader.date:
            continue
        followers = tuple((date[:4], province) for date, province in others)
        found.append(First(instrument, kind, leader, len({m.province for m in members}), followers))
    return sorted(found, key=lambda f: (-f.provinces, f.instrument, f.beneficiary))


_FIRSTS: dict[str, tuple[str, str]] = {
    "instrument": ("工具", "Instrument"),
    "beneficiary": ("受益者", "Beneficiary"),
    "provinces": ("省份数", "Provinces"),
    "leader": ("最早", "First"),
    "date": ("日期", "Date"),
    "policy": ("政策", "Policy"),
    "followers": ("随后", "Followers"),
    "quote": ("原文", "Quote"),
    "claim": ("陈述", "Claim"),
}


def firsts_table(measures: Iterable[Measure], concepts: Concepts, language: str = "zh") -> Table:
    """Who led: a row an instrument × receiver, see `firsts`."""
    rows = tuple(
        (
            concepts.name("instrument", f.instrument),
            concepts.name("beneficiary", f.beneficiary),
            *(f.provinces, f.measure.area, f.measure.date, f.measure.policy),
            "、".join(f"{province}（{year}）" for year, province in f.followers),
            *(f.measure.text, f.measure.claim),
        )
        for f in firsts(measures)
    )
    title = {"zh": "谁最早（就本库而言）", "en": "Who led, in this corpus"}[language]
    return Table(tuple(_FIRSTS), rows, title=title, labels=_pick(_FIRSTS, language))


_PROFILE: dict[str, tuple[str, str]] = {
    "province": ("省份", "Province"),
    "measures": ("举措数", "Measures"),
    "policies": ("政策数", "Policies"),
    "instruments": ("工具种数", "Instruments"),
    "breadth": ("工具广度%", "Breadth %"),
    "receivers": ("受益者种数", "Kinds of receivers"),
    "combinations": ("工具×受益者", "Instrument × receiver"),
    "firsts": ("首创数", "Firsts"),
    "only": ("独有数", "Only here"),
    "dated": ("有日期的举措", "Dated measures"),
    "claim": ("一例陈述", "A claim"),
}


def profile_table(measures: Sequence[Measure], language: str = "zh") -> Table:
    """Breadth and novelty of each province. `breadth` is the share of the vocabulary's instruments in use,
    `firsts` counts combinations that it had before all others that have them, `only` those no other has.
    """
    led: dict[str, int] = defaultdict(int)
    for first in firsts(measures):
        if first.followers:
            led[first.measure.province] += 1
    by_place: dict[str, list[Measure]] = defaultdict(list)
    for m in measures:
        by_place[m.province].append(m)
    combos = {
        place: {(i, k) for m in members for i in m.instruments for k in m.beneficiaries}
        for place, members in by_place.items()
    }
    rows = []
    for place, members in sorted(by_place.items()):
        used = {i for m in members for i in m.instruments}
        others = {c for other, own in combos.items() if other != place for c in own}
        rows.append(
            (
                *(place, len(members), len({m.policy for m in members if m.policy}), len(used)),
                round(100 * len(used) / INSTRUMENTS, 1),
                len({k for m in members for k in m.beneficiaries}),
                *(len(combos[place]), led[place], len(combos[place] - others)),
                *(sum(bool(m.date) for m in members), min(m.claim for m in members)),
            )
        )
    title = {"zh": "各省组合：广度与首创", "en": "Portfolios: breadth and novelty"}[language]
    return Table(tuple(_PROFILE), tuple(rows), title=title, labels=_pick(_PROFILE, language))
