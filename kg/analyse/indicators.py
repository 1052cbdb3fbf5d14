"""Provinces side by side: values, ranks, distance to the leader and to the average, strengths and weaknesses.

Values stand beside each other where indicator, unit and period are the same and the places are of one level.
Changes, values compared to another place and plans are left out. Whether more is better, no text says: the
leader is the place with the highest value, of unemployment, energy use, emissions and the like the lowest. A rank
that a text states goes before one that is counted here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.analyse.evidence import load_evidence
from kg.analyse.rows import Queryable, local_name, rows
from kg.model import plain_number
from kg.query.table import Table, Value

#: provinces, autonomous regions and municipalities that rankings of the mainland count
PLACES = {"province": 31}
#: ranks in the first third are a strength, in the last a weakness
THIRD = 3
#: without a rank: values this far from the average of the places in the corpus
FAR = 0.2
#: indicators of which less is better
_LESS = re.compile(r"失业率|能耗|排放|浓度|事故|死亡|负债率|不良(?:贷款)?率|贫困发生率|恩格尔系数")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value or rank of a place, as a text states it. `value` is None where only a rank is told."""

    area: str
    level: str
    indicator: str
    period: str
    value: float | None
    unit: str
    rank: int | None
    rank_of: int | None
    claim: str
    quote: str
    document: str


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of several places that may stand beside each other, the best first."""

    indicator: str
    unit: str
    period: str
    level: str
    figures: tuple[Figure, ...]

    @property
    def leader(self) -> Figure:
        return self.figures[0]

    @property
    def less_is_better(self) -> bool:
        return bool(_LESS.search(self.indicator))

    def place(self, value: float) -> int:
        """The place of a value among the figures; equal values share it."""
        sign = -1 if self.less_is_better else 1
        return 1 + sum(sign * (f.value or 0.0) > sign * value for f in self.figures)

    @property
    def average(self) -> float:
        """Mean over the places in the corpus, which is not that of the country."""
        return sum(f.value or 0.0 for f in self.figures) / len(self.figures)


def load_figures(store: Queryable) -> list[Figure]:
    """Reported figures of places, in a fixed order."""
    evidence = load_evidence(store)
    found = {}
    for node, claim, area, level, indicator, period, value, upper, unit, rank, rank_of in rows(
        store,
        """SELECT ?o ?claim ?area ?level ?indicator ?period ?value ?upper ?unit ?rank ?of WHERE {
             ?o a ip:Observation ; ip:observesIndicator/rdfs:label ?indicator ; ip:isEvidencedBy ?claim ;
                sdmx-dimension:refArea ?a .
             ?a rdfs:label ?area ; ip:hasLevel ?level . FILTER (LANG(?area) = "zh")
             OPTIONAL { ?o sdmx-dimension:refPeriod ?period } OPTIONAL { ?o ip:hasValue ?value }
             OPTIONAL { ?o ip:hasUpperValue ?upper } OPTIONAL { ?o ip:hasUnit ?unit }
             OPTIONAL { ?o ip:hasRank ?rank } OPTIONAL { ?o ip:hasRankOf ?of }
             FILTER NOT EXISTS { ?o ip:isChange true } FILTER NOT EXISTS { ?o ip:isComparedTo ?with }
             FILTER NOT EXISTS { ?o ip:hasAssertion <https://w3id.org/innopolicy/vocab/assertion/planned> }
             FILTER (LANG(?indicator) IN ("zh", ""))
           } ORDER BY ?indicator ?period ?area ?o ?claim""",
    ):
        if node in found or not (value or rank):
            continue
        proof = evidence.get(claim)
        found[node] = Figure(
            area=area,
            level=level,
            indicator=indicator,
            period=period,
            # a range is no value to rank
            value=float(value) if value and not upper else None,
            unit=unit,
            rank=int(rank) if rank else None,
            rank_of=int(rank_of) if rank_of else None,
            claim=local_name(claim),
            quote=proof.quote if proof else "",
            document=proof.document if proof else "",
        )
    return list(found.values())


def side_by_side(figures: Iterable[Figure], *, least: int = 2) -> list[Group]:
    """Groups of at least `least` places, those of most places first. A place that has several values keeps none:
    the texts contradict each other, or mean different things (`kg audit` tells).
    """
    by_kind: dict[tuple[str, str, str, str], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for f in figures:
        if f.value is not None:
            by_kind[f.indicator, f.unit, f.period, f.level][f.area].append(f)
    groups = []
    for (indicator, unit, period, level), places in sorted(by_kind.items()):
        single = [own[0] for own in places.values() if len({f.value for f in own}) == 1]
        if len(single) >= least:
            sign = 1 if _LESS.search(indicator) else -1
            ordered = sorted(single, key=lambda f: (sign * (f.value or 0.0), f.area))
            groups.append(Group(indicator, unit, period, level, tuple(ordered)))
    return sorted(groups, key=lambda g: (-len(g.figures), g.indicator, g.period))


_SIDE: dict[str, tuple[str, str]] = {
    "indicator": ("指标", "Indicator"),
    "period": ("时期", "Period"),
    "unit": ("单位", "Unit"),
    "area": ("地区", "Area"),
    "value": ("数值", "Value"),
    "place": ("库内位次", "Place here"),
    "of": ("共", "Of"),
    "stated": ("所载位次", "Stated rank"),
    "leader": ("首位", "Leader"),
    "behind": ("与首位之差", "Behind the leader"),
    "of_leader": ("为首位的%", "% of the leader"),
    "from_average": ("与库内均值之差", "From the average here"),
    "quote": ("原文", "Quote"),
    "claim": ("陈述", "Claim"),
}


def side_table(groups: Iterable[Group], language: str = "zh") -> Table:
    """A row a place and indicator: rank among the places here and as stated, distances."""
    table: list[tuple[Value, ...]] = []
    for g in groups:
        top = g.leader.value or 0.0
        for f in g.figures:
            value = f.value or 0.0
            place = g.place(value)
            table.append(
                (
                    *(g.indicator, g.period, g.unit, f.area, plain_number(value), place, len(g.figures)),
                    *(f.rank, g.leader.area, _plain(abs(top - value))),
                    round(100 * value / top, 1) if top > 0 else None,
                    _plain(value - g.average),
                    *(f.quote, f.claim),
                )
            )
    title = {"zh": "指标对照", "en": "Indicators side by side"}[language]
    return Table(tuple(_SIDE), tuple(table), title=title, labels=_labels(_SIDE, language))


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a place stands in one indicator: `strength`, `weakness` or `middle`, and by what it was judged
    (`rank`: a stated one; `place`: the value among the places here).
    """

    figure: Figure
    verdict: str
    by: str
    place: int | None
    of: int
    behind: float | None
    from_average: float | None
    leader: str


def judge(area: str, figures: Sequence[Figure]) -> list[Judgement]:
    """Strengths first, weaknesses last; ranks that a text states go before values among the places here.

    A rank is judged against the number of places that the text names, else of the places there are of the
    level; a value against the average here, where three places or more have one.
    """
    groups = {
        (g.indicator, g.unit, g.period, g.level): g for g in side_by_side(figures) if len(g.figures) > 1
    }
    found: dict[tuple[str, str], Judgement] = {}
    for f in figures:
        if f.area != area:
            continue
        group = groups.get((f.indicator, f.unit, f.period, f.level))
        if group and f.claim not in {other.claim for other in group.figures}:
            group = None
        place = behind = distance = None
        leader = ""
        if group and f.value is not None:
            place = group.place(f.value)
            behind = abs((group.leader.value or 0.0) - f.value)
            distance = f.value - group.average
            leader = group.leader.area
        of = f.rank_of or PLACES.get(f.level, 0)
        if f.rank and of:
            third = of / THIRD
            verdict = "strength" if f.rank <= third else "weakness" if f.rank > 2 * third else "middle"
            by = "rank"
        elif group and distance is not None and len(group.figures) >= THIRD and group.average:
            share = distance / abs(group.average) * (-1 if group.less_is_better else 1)
            verdict = "strength" if share >= FAR else "weakness" if share <= -FAR else "middle"
            by, of = "place", len(group.figures)
        else:
            continue
        judgement = Judgement(f, verdict, by, f.rank if by == "rank" else place, of, behind, distance, leader)
        known = found.get((f.indicator, f.period))
        if known is None or (by == "rank" and (known.by, known.figure.claim) > (by, f.claim)):
            found[f.indicator, f.period] = judgement
    order = {"strength": 0, "middle": 1, "weakness": 2}
    return sorted(
        found.values(),
        key=lambda j: (order[j.verdict], (j.place or 0) / j.of, j.figure.indicator, j.figure.claim),
    )


VERDICTS = {
    "zh": {"strength": "长项", "middle": "居中", "weakness": "短板"},
    "en": {"strength": "strength", "middle": "middle", "weakness": "weakness"},
}
_BY = {
    "zh": {"rank": "所载位次", "place": "与库内均值相比"},
    "en": {"rank": "stated rank", "place": "against the average here"},
}
_JUDGED: dict[str, tuple[str, str]] = {
    "verdict": ("判断", "Verdict"),
    "indicator": ("指标", "Indicator"),
    "period": ("时期", "Period"),
    "value": ("数值", "Value"),
    "unit": ("单位", "Unit"),
    "rank": ("位次", "Rank"),
    "of": ("共", "Of"),
    "by": ("依据", "Judged by"),
    "leader": ("库内首位", "Leader here"),
    "behind": ("与首位之差", "Behind the leader"),
    "from_average": ("与库内均值之差", "From the average here"),
    "quote": ("原文", "Quote"),
    "claim": ("陈述", "Claim"),
}


def judged_table(judgements: Iterable[Judgement], area: str, language: str = "zh") -> Table:
    """Strengths and weaknesses of one place, each with its quote."""
    table = tuple(
        (
            *(VERDICTS[language][j.verdict], j.figure.indicator, j.figure.period),
            plain_number(j.figure.value) if j.figure.value is not None else None,
            *(j.figure.unit, j.place, j.of, _BY[language][j.by], j.leader),
            _plain(j.behind),
            _plain(j.from_average),
            *(j.figure.quote, j.figure.claim),
        )
        for j in judgements
    )
    title = {"zh": f"{area}的长项与短板", "en": f"Strengths and weaknesses: {area}"}[language]
    return Table(tuple(_JUDGED), table, title=title, labels=_labels(_JUDGED, language))


def _plain(value: float | None) -> int | float | None:
    """Four places behind the point, none for large numbers."""
    return None if value is None else plain_number(round(value, 4 if abs(value) < 1000 else 0))


def _labels(columns: dict[str, tuple[str, str]], language: str) -> tuple[str, ...]:
    return tuple(pair[language == "en"] for pair in columns.values())
