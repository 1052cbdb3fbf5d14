"""Who gets what, through what: one flow a measure, resource and beneficiary; promises apart from deeds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analyse.amounts import amount_text, comparable_total
from kg.analyse.evidence import Evidence, load_evidence, load_provinces
from kg.analyse.places import is_in
from kg.analyse.reported import reported_support
from kg.analyse.rows import Queryable, local_name, rows
from kg.model import Amount, plain_number
from kg.query.table import Table

#: what a flow is worth as a statement, see `Flow.standing`
STANDINGS = ("promised", "quoted", "delivered")
#: words by which a report tells of a deed, not of what a policy says
_DEED = re.compile(r"已(?!有)|累计|兑付|拨付|惠及|落实到位|共支持|发放了")


@dataclass(frozen=True, slots=True)
class Flow:
    """A resource on its way to a beneficiary, as one measure (or reported figure) states it.

    `resource`, `beneficiary`, `instruments` and `assertion` are vocabulary codes; other texts are as written.
    `area` is the name of the place itself, `province` of the province it lies in.
    """

    area: str
    resource: str
    beneficiary: str
    claim: str
    province: str = ""
    issuer: str = ""
    policy: str = ""
    instruments: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    beneficiary_text: str = ""
    amounts: tuple[Amount, ...] = ()
    assertion: str = ""
    condition: str = ""
    period: str = ""
    quote: str = ""
    document: str = ""
    locator: str = ""
    start: int = -1
    end: int = -1

    @property
    def standing(self) -> str:
        """`promised`: a policy text provides or announces it. `quoted`: an author tells what a named policy
        provides. `delivered`: an author reports it as done (no policy named, or words of a deed: 兑付 …).
        Never add one to the other."""
        if self.assertion != "reported":
            return "promised"
        return "quoted" if self.policy and not _DEED.search(self.quote) else "delivered"


@dataclass(frozen=True, slots=True)
class FlowFilter:
    """What to keep; "" and 0 keep everything. A place holds what lies in it, texts match as substrings, codes
    exactly."""

    area: str = ""
    policy: str = ""
    issuer: str = ""
    resource: str = ""
    via: str = ""
    beneficiary: str = ""
    instrument: str = ""
    standing: str = ""
    min_amount: float = 0  # CNY, any amount of the measure

    def keeps(self, flow: Flow) -> bool:
        return (
            is_in(self.area)(flow.area, flow.province)
            and self.policy in flow.policy
            and self.issuer in flow.issuer
            and (not self.via or any(self.via in name for name in flow.via))
            and self.resource in ("", flow.resource)
            and self.beneficiary in ("", flow.beneficiary)
            and (not self.instrument or self.instrument in flow.instruments)
            and self.standing in ("", flow.standing)
            and (
                not self.min_amount
                or any(a.unit == "CNY" and (a.upper or a.value) >= self.min_amount for a in flow.amounts)
            )
        )


def load_flows(store: Queryable) -> list[Flow]:
    """All flows of measures and of reported support, in a fixed order. Recommendations carry nothing yet."""
    evidence = load_evidence(store)
    provinces = load_provinces(store)
    places = {row[0]: row[1] for row in _labels(store, "?t a ip:AdministrativeArea")}
    flows = _measure_flows(store, evidence, provinces, places)
    seen = {(f.document, f.area, a.value, a.unit) for f in flows for a in f.amounts}
    for row in reported_support(store, evidence):
        amount = row.amount
        if (row.evidence.document, places.get(row.area, ""), amount.value, amount.unit) in seen:
            continue  # the measure of the same sentence already carries it
        flows.append(
            Flow(
                area=places.get(row.area, ""),
                province=provinces.get(row.area, ""),
                resource=row.resource,
                beneficiary=row.beneficiary,
                beneficiary_text=row.indicator,
                amounts=(amount,),
                assertion=row.assertion,
                period=row.period,
                **_proof(row.evidence),
            )
        )
    return sorted(
        flows,
        key=lambda f: (f.province, f.area, f.policy, f.document, f.start, f.claim, f.resource, f.beneficiary),
    )


def _measure_flows(
    store: Queryable, evidence: dict[str, Evidence], provinces: dict[str, str], places: dict[str, str]
) -> list[Flow]:
    resources = _many(store, "?m ip:providesResource ?v")
    instruments = _many(store, "?m ip:usesInstrument ?v")
    via = _many(
        store, "?m ip:isDeliveredThrough ?thing . ?thing rdfs:label ?v . FILTER (LANG(?v) IN ('zh', ''))"
    )
    receivers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for measure, category, text in rows(
        store,
        """SELECT DISTINCT ?m ?category ?text WHERE {
             ?m a ip:Measure ; ip:hasBeneficiary ?b .
             OPTIONAL { ?b ip:hasCategory ?category } OPTIONAL { ?b rdfs:label ?text }
           } ORDER BY ?m ?category ?text""",
    ):
        receivers[measure].append((local_name(category), text))
    amounts = _amounts(store)
    titles = dict(_labels(store, "?t a ip:Policy"))
    issuers: dict[str, list[str]] = defaultdict(list)
    for policy, issuer in rows(
        store,
        """SELECT DISTINCT ?p ?label WHERE { ?p eli:passed_by ?o . ?o rdfs:label ?label .
             FILTER (LANG(?label) IN ("zh", "")) } ORDER BY ?p ?label""",
    ):
        issuers[policy].append(issuer)
    flows = []
    done = set()
    for measure, claim, assertion, policy, area, condition in rows(
        store,
        """SELECT ?m ?claim ?assertion ?policy ?area ?condition WHERE {
             ?m a ip:Measure ; ip:isEvidencedBy ?claim .
             OPTIONAL { ?m ip:hasAssertion ?assertion } OPTIONAL { ?m ip:isProvidedBy ?policy }
             OPTIONAL { ?m ip:appliesIn ?area } OPTIONAL { ?m ip:hasCondition ?condition }
           } ORDER BY ?m ?claim ?policy ?area""",
    ):
        if measure in done or claim not in evidence:
            continue
        done.add(measure)
        by_category: dict[str, list[str]] = defaultdict(list)
        for category, text in receivers.get(measure, [("", "")]):
            by_category[category].append(text)
        for resource in resources.get(measure, [""]):
            for category, texts in by_category.items():
                flows.append(
                    Flow(
                        area=places.get(area, ""),
                        province=provinces.get(area, ""),
                        issuer="、".join(issuers.get(policy, ())),
                        policy=titles.get(policy, ""),
                        instruments=tuple(map(local_name, instruments.get(measure, ()))),
                        resource=local_name(resource),
                        via=tuple(via.get(measure, ())),
                        beneficiary=category,
                        beneficiary_text="、".join(text for text in texts if text),
                        amounts=amounts.get(measure, ()),
                        assertion=local_name(assertion),
                        condition=condition,
                        **_proof(evidence[claim]),
                    )
                )
    return flows


def _proof(e: Evidence) -> dict[str, Any]:
    return {
        "claim": e.claim,
        "quote": e.quote,
        "document": e.document,
        "locator": e.locator,
        "start": e.start,
        "end": e.end,
    }


def _labels(store: Queryable, pattern: str) -> list[tuple[str, str]]:
    """(thing, label) pairs; the title first where there is one."""
    found: dict[str, str] = {}
    for prop in ("dcterms:title", "rdfs:label"):
        for thing, label in rows(
            store,
            f"""SELECT ?t ?l WHERE {{ {pattern} ; {prop} ?l FILTER (LANG(?l) IN ("zh", "")) }}
                ORDER BY ?t ?l""",
        ):
            found.setdefault(thing, label)
    return sorted(found.items())


def _many(store: Queryable, pattern: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for measure, value in rows(
        store, f"SELECT DISTINCT ?m ?v WHERE {{ ?m a ip:Measure . {pattern} }} ORDER BY ?m ?v"
    ):
        found[measure].append(value)
    return found


def _amounts(store: Queryable) -> dict[str, tuple[Amount, ...]]:
    found: dict[str, list[Amount]] = defaultdict(list)
    done = set()
    for measure, node, value, upper, unit, bound, role, per, basis, of in rows(
        store,
        """SELECT ?m ?n ?value ?upper ?unit ?bound ?role ?per ?basis ?of WHERE {
             ?m a ip:Measure ; ip:hasAmount ?n . ?n ip:hasValue ?value .
             OPTIONAL { ?n ip:hasUpperValue ?upper } OPTIONAL { ?n ip:hasUnit ?unit }
             OPTIONAL { ?n ip:hasBound ?bound } OPTIONAL { ?n ip:hasAmountRole ?role }
             OPTIONAL { ?n ip:isPer ?per } OPTIONAL { ?n ip:hasBasis ?basis }
             OPTIONAL { ?n ip:appliesToItem ?of }
           } ORDER BY ?m ?n ?of""",
    ):
        if node in done:
            continue
        done.add(node)
        found[measure].append(
            Amount(
                float(value),
                unit,
                local_name(bound),
                local_name(role),
                upper=float(upper) if upper else None,
                per=per or None,
                basis=basis or None,
                of=of or None,
            )
        )
    return {measure: tuple(amounts) for measure, amounts in found.items()}


def flow_table(flows: Iterable[Flow], filters: FlowFilter | None = None) -> Table:
    """One row a flow, with its amounts and the evidence."""
    keep = filters or FlowFilter()
    columns = (
        *("area", "issuer", "policy", "resource", "via", "beneficiary", "beneficiary_text", "amounts"),
        *("standing", "assertion", "instruments", "condition", "period", "quote", "document", "locator"),
        *("start", "end", "claim"),
    )
    table = tuple(
        (
            *(f.area, f.issuer, f.policy, f.resource, "、".join(f.via), f.beneficiary, f.beneficiary_text),
            "；".join(map(amount_text, f.amounts)),
            *(f.standing, f.assertion, " ".join(f.instruments), f.condition, f.period, f.quote, f.document),
            *(f.locator, f.start, f.end, f.claim),
        )
        for f in flows
        if keep.keeps(f)
    )
    return Table(columns, table, title="资源流向 Resource flows")


def flow_summary(
    flows: Iterable[Flow],
    filters: FlowFilter | None = None,
    *,
    by: Sequence[str] = ("province", "resource", "beneficiary"),
) -> Table:
    """Number of measures and comparable totals for each combination of `by`, a column for each standing.

    A measure counts once in a row, however many flows it makes there. Totals are CNY, see `comparable_total`;
    None where nothing adds up, as where two of them are of different periods. `listed` tells the money amounts
    outside the totals (awards, caps, sums of several periods …), `money_left_out` their number; `claim` is one of
    the measures.
    """
    keep = filters or FlowFilter()
    groups: dict[tuple[str, ...], dict[str, Flow]] = defaultdict(dict)
    for flow in flows:
        if keep.keeps(flow):
            groups[tuple(str(getattr(flow, name)) for name in by)].setdefault(flow.claim, flow)
    table = []
    for key, members in sorted(groups.items()):
        counts: list[int] = []
        totals: list[float | None] = []
        listed: list[str] = []
        for standing in STANDINGS:
            chosen = [flow for flow in members.values() if flow.standing == standing]
            total, rest = _total(chosen)
            counts.append(len(chosen))
            totals.append(total)
            listed += rest
        table.append((*key, *counts, *totals, len(listed), "；".join(dict.fromkeys(listed)), min(members)))
    columns = (
        *by,
        *(f"{standing}_measures" for standing in STANDINGS),
        *(f"{standing}_total_cny" for standing in STANDINGS),
        *("money_left_out", "listed", "claim"),
    )
    return Table(columns, tuple(table), title="资源流向汇总")


def _total(flows: Sequence[Flow]) -> tuple[float | None, list[str]]:
    """The total of the sums that may be added, and the money amounts that are not in it."""
    sums: list[tuple[Flow, Amount]] = []
    rest: list[str] = []
    for flow in flows:
        for amount in flow.amounts:
            if amount.unit not in ("CNY", "USD"):
                continue
            if comparable_total([amount])[0]:
                sums.append((flow, amount))
            else:
                rest.append(amount_text(amount))
    if len({flow.period for flow, _ in sums}) > 1:
        told = [f"{flow.period}：{amount_text(a)}" if flow.period else amount_text(a) for flow, a in sums]
        return None, told + rest
    total = sum(amount.value for _, amount in sums)
    return plain_number(total) or None, rest


def unreported(flows: Iterable[Flow]) -> list[Flow]:
    """Promises of which no text reports a delivery: none of this resource to this kind of receiver in the
    province.
    """
    known = list(flows)
    delivered = {_kind(flow) for flow in known if flow.standing == "delivered"}
    return [flow for flow in known if flow.standing == "promised" and _kind(flow) not in delivered]


def without_policy(flows: Iterable[Flow]) -> list[Flow]:
    """Flows whose text names no policy behind them."""
    return [flow for flow in flows if not flow.policy]


def _kind(flow: Flow) -> tuple[str, str, str]:
    return flow.province, flow.resource, flow.beneficiary
