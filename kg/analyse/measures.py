"""One record a measure: what it says, who gives what to whom, the parameters, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analyse.flows import Flow, load_flows
from kg.analyse.rows import Queryable, rows
from kg.model import Amount


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its quote in `text`, or what is asked for (then `claim` may be empty).

    `instruments`, `resources`, `beneficiaries` and `assertion` are vocabulary codes, other texts as written.
    `theme` is the headline that the measure stands under (see `kg.analyse.themes`), "" where unknown. `date`
    is that of the policy; where the policy has none and the document itself provides the measure, the
    document's (of a digest that of the text it restates, never its own). `rule` made the claim.
    """

    text: str
    claim: str = ""
    area: str = ""
    province: str = ""
    instruments: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    beneficiaries: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    amounts: tuple[Amount, ...] = ()
    conditions: tuple[str, ...] = ()
    policy: str = ""
    number: str = ""
    date: str = ""
    assertion: str = ""
    document: str = ""
    locator: str = ""
    start: int = -1
    end: int = -1
    beneficiary_text: str = ""
    theme: str = ""
    rule: str = ""

    @property
    def year(self) -> str:
        """Year of the date, "" where unknown."""
        return self.date[:4]


def load_measures(
    store: Queryable, themes: Mapping[str, str] | None = None, flows: Sequence[Flow] | None = None
) -> tuple[Measure, ...]:
    """All measures of the graph in the order of their claims; `themes` maps claim ids to headlines.

    `flows` saves reading them again where the caller has them. Reported figures of support are none.
    """
    policies = _policies(store)
    conditions, rules, document_dates = _rest(store)
    themes = themes or {}
    grouped: dict[str, list[Flow]] = defaultdict(list)
    for flow in load_flows(store) if flows is None else flows:
        if flow.claim in rules:
            grouped[flow.claim].append(flow)
    found = []
    for claim in sorted(grouped):
        group = grouped[claim]
        first = group[0]
        number, date = policies.get(first.policy, ("", ""))
        if not date and first.assertion in ("in_force", "planned"):
            date = document_dates.get(claim, "")
        found.append(
            Measure(
                text=first.quote,
                claim=claim,
                area=first.area,
                province=first.province,
                instruments=frozenset(first.instruments),
                resources=frozenset(f.resource for f in group if f.resource),
                beneficiaries=frozenset(f.beneficiary for f in group if f.beneficiary),
                via=frozenset(first.via),
                amounts=first.amounts,
                conditions=conditions.get(claim, ()),
                policy=first.policy,
                number=number,
                date=date,
                assertion=first.assertion,
                document=first.document,
                locator=first.locator,
                start=first.start,
                end=first.end,
                beneficiary_text="、".join(
                    dict.fromkeys(f.beneficiary_text for f in group if f.beneficiary_text)
                ),
                theme=themes.get(claim, ""),
                rule=rules[claim],
            )
        )
    return tuple(found)


def _policies(store: Queryable) -> dict[str, tuple[str, str]]:
    """Title → (number, date), the first of each."""
    return {
        title: (number, date)
        for title, number, date in rows(
            store,
            """SELECT ?title (MIN(?n) AS ?number) (MIN(STR(?d)) AS ?date) WHERE {
                 ?p a ip:Policy ; dcterms:title ?title .
                 OPTIONAL { ?p eli:number ?n } OPTIONAL { ?p eli:date_document ?d }
               } GROUP BY ?title ORDER BY ?title""",
        )
    }


def _rest(store: Queryable) -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, str]]:
    """Claim id → conditions, → rule, → date of the document, of all measures.

    A digest is as old as the one text that it restates; a digest of several has no date here.
    """
    conditions: dict[str, list[str]] = defaultdict(list)
    rules: dict[str, str] = {}
    dates: dict[str, str] = {}
    for claim, rule, date in rows(
        store,
        """SELECT ?claim ?rule (MIN(STR(?d)) AS ?date) WHERE {
             ?m a ip:Measure ; ip:isEvidencedBy ?claim .
             OPTIONAL { ?claim ip:hasRule ?rule }
             OPTIONAL {
               ?claim ip:isStatedIn ?doc .
               OPTIONAL { ?doc dcterms:issued ?own FILTER NOT EXISTS { ?doc ip:restatesText ?title } }
               OPTIONAL { ?doc ip:restatesTextDated ?restated }
               BIND(COALESCE(?restated, ?own) AS ?d)
             }
           } GROUP BY ?claim ?rule ORDER BY ?claim ?rule""",
    ):
        rules.setdefault(_id(claim), rule)
        dates.setdefault(_id(claim), date)
    for claim, condition in rows(
        store,
        """SELECT DISTINCT ?claim ?c WHERE {
             ?m a ip:Measure ; ip:isEvidencedBy ?claim ; ip:hasCondition ?c } ORDER BY ?claim ?c""",
    ):
        conditions[_id(claim)].append(condition)
    return {claim: tuple(texts) for claim, texts in conditions.items()}, rules, dates


def _id(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
