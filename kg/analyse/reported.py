"""Figures that tell of support reaching enterprises: 由企业牵头的中心40家, 融资支持企业900家.

A statistic becomes a flow only where its indicator names enterprises *and* an act of support or a leading
part; sizes of things (高新技术企业数, 企业研发经费) are no flows. The words are kinds of things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.analyse.evidence import Evidence
from kg.analyse.rows import Queryable, local_name, rows
from kg.model import Amount

_ACT = re.compile(r"牵头|支持|资助|补助|补贴|扶持|奖励|融资|贷款|贴息|减免|退税|兑付|惠及|受益|投资.*企业")
#: first match decides; the most special words come first
_RECEIVERS: tuple[tuple[str, str], ...] = (
    (r"高新技术企业|高企", "high-tech-enterprise"),
    (r"科技型(?:中小)?企业|科技企业|科技型中小微企业", "tech-sme"),
    (r"专精特新|小巨人", "specialised-sme"),
    (r"龙头|链主|领军|骨干", "leading-enterprise"),
    (r"国有企业|国企|[省央市]属企业|中央企业", "state-owned-enterprise"),
    (r"初创|创业企业", "startup"),
    (r"规(?:模以)?上|大(?:型)?企业|上市公司|上市企业", "large-enterprise"),
    (r"企业|公司", "enterprise"),
)
_RESOURCES: tuple[tuple[str, str], ...] = (
    (r"融资|贷款|贴息|资金|补助|补贴|奖|减免|退税|投资|金额|经费", "funding"),
    (r"中心|平台|实验室|孵化|园区|联合体|研究院", "platform"),
    (r"工程|项目|计划|专项|攻关|课题", "project"),
    (r"人才|专家|博士|特派员", "talent"),
    (r"用地|厂房|场地", "space"),
)


@dataclass(frozen=True, slots=True)
class Support:
    """A reported (or planned) figure of support. `area` is the area's IRI."""

    area: str
    indicator: str
    resource: str
    beneficiary: str
    amount: Amount
    period: str
    assertion: str
    evidence: Evidence


def read_indicator(text: str) -> tuple[str, str] | None:
    """(resource, beneficiary category) of an indicator that tells of support for enterprises, else None."""
    if not _ACT.search(text):
        return None
    beneficiary = next((code for pattern, code in _RECEIVERS if re.search(pattern, text)), None)
    if beneficiary is None:
        return None
    return next((code for pattern, code in _RESOURCES if re.search(pattern, text)), "service"), beneficiary


def reported_support(store: Queryable, evidence: dict[str, Evidence]) -> list[Support]:
    """The observations of the graph that tell of support, in the order of their IRIs."""
    found: list[Support] = []
    sums: list[Support] = []
    done = set()
    for observation, claim, area, indicator, period, value, upper, unit, bound, assertion in rows(
        store,
        """SELECT ?o ?claim ?area ?indicator ?period ?value ?upper ?unit ?bound ?assertion WHERE {
             ?o a ip:Observation ; ip:observesIndicator ?i ; ip:hasValue ?value ; ip:isEvidencedBy ?claim .
             ?i rdfs:label ?indicator .
             OPTIONAL { ?o sdmx-dimension:refArea ?area } OPTIONAL { ?o sdmx-dimension:refPeriod ?period }
             OPTIONAL { ?o ip:hasUpperValue ?upper } OPTIONAL { ?o ip:hasUnit ?unit }
             OPTIONAL { ?o ip:hasBound ?bound } OPTIONAL { ?o ip:hasAssertion ?assertion }
             FILTER NOT EXISTS { ?o ip:isChange true }
           } ORDER BY ?o ?claim ?indicator ?area""",
    ):
        reading = read_indicator(indicator)
        spent = unit in ("CNY", "USD") and _ACT.search(indicator) is not None
        if (reading is None and not spent) or observation in done or claim not in evidence:
            continue
        done.add(observation)
        role = "total" if unit in ("CNY", "USD") else "rate" if unit == "%" else "count"
        amount = Amount(float(value), unit, local_name(bound), role, upper=float(upper) if upper else None)
        told = local_name(assertion) or "reported"
        row = Support(area, indicator, *(reading or ("funding", "")), amount, period, told, evidence[claim])
        (found if reading else sums).append(row)
    return found + [row for row in (_after(row, found) for row in sums) if row]


def _after(row: Support, found: list[Support]) -> Support | None:
    """The sum with the receiver of the figure right before it (支持60家企业，扶持资金达…), where one is."""
    for other in found:
        gap = row.evidence.start - other.evidence.end
        if other.evidence.document == row.evidence.document and 0 <= gap <= 2:
            return replace(row, beneficiary=other.beneficiary)
    return None
