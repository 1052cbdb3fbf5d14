"""Flows: what they say, how they add up, how they are drawn together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.analyse.amounts import amount_text, comparable_total
from kg.analyse.flowgraph import LAYERS, flow_graph
from kg.analyse.flows import (
    Flow,
    FlowFilter,
    flow_summary,
    flow_table,
    load_flows,
    unreported,
    without_policy,
)
from kg.analyse.reported import read_indicator
from kg.model import Amount

TRIG = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix ip: <https://w3id.org/innopolicy/def/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <https://example.org/> .
@prefix dim: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix v: <https://w3id.org/innopolicy/vocab/> .
ex:things {
  ex:bei a ip:AdministrativeArea ; rdfs:label "北陆省"@zh ; ip:hasLevel "province" .
  ex:doc dcterms:title "北陆省年报" . ex:lab a ip:Platform ; rdfs:label "样机中心"@zh .
  ex:plan a ip:Policy ; dcterms:title "北陆省办法"@zh ; eli:passed_by ex:office, ex:bureau .
  ex:office rdfs:label "北陆省甲厅"@zh . ex:bureau rdfs:label "北陆省乙局"@zh .
  ex:i1 rdfs:label "企业牵头的样机中心"@zh . ex:i2 rdfs:label "高新技术企业数"@zh .
  ex:i3 rdfs:label "获得贷款支持的企业"@zh .
}
ex:g {
  ex:m1 a ip:Measure ; ip:isProvidedBy ex:plan ; ip:appliesIn ex:bei ; ip:isDeliveredThrough ex:lab ;
    ip:providesResource <https://w3id.org/innopolicy/vocab/resource/funding> ;
    ip:usesInstrument <https://w3id.org/innopolicy/vocab/instrument/PI008> ;
    ip:hasBeneficiary ex:b1, ex:b2 ; ip:hasCondition "设立满一年"@zh ; ip:hasAmount ex:a1 ;
    ip:hasAssertion <https://w3id.org/innopolicy/vocab/assertion/in_force> ; ip:isEvidencedBy ex:c1 .
  ex:b1 rdfs:label "初创企业"@zh ; ip:hasCategory <https://w3id.org/innopolicy/vocab/beneficiary/startup> .
  ex:b2 rdfs:label "高校"@zh ; ip:hasCategory <https://w3id.org/innopolicy/vocab/beneficiary/university> .
  ex:a1 ip:hasValue 3000000.0 ; ip:hasUnit "CNY" ;
    ip:hasBound <https://w3id.org/innopolicy/vocab/bound/max> ;
    ip:hasAmountRole <https://w3id.org/innopolicy/vocab/amount-role/award> .
  ex:m2 a ip:Measure ; ip:appliesIn ex:bei ; ip:hasAmount ex:a2 ;
    ip:providesResource <https://w3id.org/innopolicy/vocab/resource/funding> ;
    ip:hasAssertion <https://w3id.org/innopolicy/vocab/assertion/reported> ; ip:isEvidencedBy ex:c2 .
  ex:a2 ip:hasValue 400.0 ; ip:hasUnit "家" .
  ex:o1 a ip:Observation ; ip:observesIndicator ex:i1 ; ip:hasValue 12 ; ip:hasUnit "家" ;
    dim:refArea ex:bei ; dim:refPeriod "2031" ; ip:isEvidencedBy ex:c3 .
  ex:o2 a ip:Observation ; ip:observesIndicator ex:i2 ; ip:hasValue 99 ; ip:hasUnit "家" ;
    dim:refArea ex:bei ; ip:isEvidencedBy ex:c3 .
  ex:o3 a ip:Observation ; ip:observesIndicator ex:i3 ; ip:hasValue 400 ; ip:hasUnit "家" ;
    dim:refArea ex:bei ; ip:isEvidencedBy ex:c2 .
  ex:o4 a ip:Observation ; ip:observesIndicator ex:i1 ; ip:hasValue 5 ; ip:hasUnit "家" ; ip:isChange true ;
    dim:refArea ex:bei ; ip:isEvidencedBy ex:c3 .
  ex:c1 a ip:Claim ; ip:isStatedIn ex:doc ; oa:hasSelector ex:q1, ex:p1 ; ip:hasLocator "第三条" .
  ex:q1 oa:exact "经样机中心给予三百万元" . ex:p1 oa:start 5 ; oa:end 16 .
  ex:c2 a ip:Claim ; ip:isStatedIn ex:doc ; oa:hasSelector ex:q2 . ex:q2 oa:exact "四百家企业获得贷款" .
  ex:c3 a ip:Claim ; ip:isStatedIn ex:doc ; oa:hasSelector ex:q3 . ex:q3 oa:exact "十二家由企业牵头" .
}
"""


@pytest.fixture
def flows() -> list[Flow]:
    import pyoxigraph

    store = pyoxigraph.Store()
    store.load(TRIG.encode(), format=pyoxigraph.RdfFormat.TRIG)
    return load_flows(store)


def test_a_measure_with_two_beneficiaries_makes_two_flows_with_all_its_facts(flows) -> None:
    first, second = [flow for flow in flows if flow.policy]
    assert (first.beneficiary, second.beneficiary) == ("startup", "university")
    assert first.issuer == "北陆省乙局、北陆省甲厅"
    assert first.via == ("样机中心",)
    assert first.condition == "设立满一年"
    assert first.instruments == ("PI008",)
    assert first.amounts == (Amount(3000000, "CNY", "max", "award"),)
    assert (first.locator, first.start, first.end, first.claim) == ("第三条", 5, 16, "c1")


def test_a_figure_of_support_is_a_flow_but_a_head_count_a_change_or_a_repetition_is_not(flows) -> None:
    reported = [flow for flow in flows if flow.beneficiary_text and not flow.policy]
    assert [(f.beneficiary_text, f.resource, f.amounts[0].value, f.period) for f in reported] == [
        ("企业牵头的样机中心", "platform", 12, "2031")
    ]


def test_promises_and_deeds_stand_apart(flows) -> None:
    assert sorted(flow.standing for flow in flows) == ["delivered", "delivered", "promised", "promised"]
    assert len(flow_table(flows, FlowFilter(standing="delivered")).rows) == 2


@pytest.mark.parametrize(
    ("quote", "standing"), [("甲省办法规定给予补助", "quoted"), ("甲省按办法累计兑付两亿元", "delivered")]
)
def test_a_report_of_a_policy_is_a_deed_only_where_it_says_so(quote: str, standing: str) -> None:
    flow = Flow("甲省", "funding", "startup", "c", policy="甲省办法", assertion="reported", quote=quote)
    assert flow.standing == standing


def test_filters_narrow(flows) -> None:
    assert len(flow_table(flows, FlowFilter(min_amount=3_000_000)).rows) == 2
    assert not flow_table(flows, FlowFilter(min_amount=3_000_001)).rows
    assert len(flow_table(flows, FlowFilter(via="样机", beneficiary="university")).rows) == 1
    assert not flow_table(flows, FlowFilter(area="南陆")).rows


def flow(claim: str, *amounts: Amount, assertion: str = "in_force", beneficiary: str = "startup") -> Flow:
    return Flow("甲省", "funding", beneficiary, claim, province="甲省", amounts=amounts, assertion=assertion)


def test_a_sum_counts_each_measure_once_and_only_totals_in_yuan() -> None:
    pool, award = Amount(1e8, "CNY", "exact", "total"), Amount(5e5, "CNY", "max", "award")
    given = [
        flow("c1", pool),
        flow("c1", pool, beneficiary="university"),
        flow("c2", award),
        flow("c3", Amount(2e8, "CNY", "about", "total"), assertion="reported"),
        flow("c4", Amount(1e6, "CNY", "exact", "total", per="年")),
    ]
    (row,) = flow_summary(given, by=("province",)).records()
    assert (row["promised_measures"], row["delivered_measures"]) == (3, 1)
    assert (row["promised_total_cny"], row["delivered_total_cny"], row["quoted_total_cny"]) == (
        1e8,
        2e8,
        None,
    )
    assert row["money_left_out"] == 2


def test_ranges_ceilings_and_dollars_are_not_added() -> None:
    kept_out = [
        Amount(1, "CNY", "range", "total", upper=2),
        Amount(1, "CNY", "max", "total"),
        Amount(1, "USD", "exact", "total"),
        Amount(1, "家", "exact", "total"),
    ]
    assert comparable_total(kept_out) == (0, 3)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount(3e6, "CNY", "max", "award"), "最高300万元（奖补）"),
        (Amount(1.5e8, "CNY", "exact", "total", per="年"), "1.5亿元/年（总额）"),
        (Amount(20, "%", "max", "rate", basis="设备投资"), "最高20%（比例，按设备投资）"),
        (Amount(5e5, "CNY", "range", "award", upper=1e6, of="省级"), "省级：50万元–100万元（奖补）"),
    ],
)
def test_amounts_read_as_people_write_them(amount: Amount, text: str) -> None:
    assert amount_text(amount) == text


@pytest.mark.parametrize(
    ("indicator", "reading"),
    [
        ("由企业牵头建设的工程中心", ("platform", "enterprise")),
        ("龙头企业牵头承担的重大项目", ("project", "leading-enterprise")),
        ("获融资支持的科技型中小企业", ("funding", "tech-sme")),
        ("高新技术企业", None),
        ("规上工业企业研发经费", None),
        ("高校牵头的项目", None),
    ],
)
def test_which_indicators_tell_of_support(indicator: str, reading: object) -> None:
    assert read_indicator(indicator) == reading


def many(policies: int, channels: int) -> list[Flow]:
    return [
        Flow(f"省{i % 3}", "funding", "startup", f"c{i}", province=f"省{i % 3}", policy=f"办法{i % policies}",
             via=(f"中心{i % channels}", f"中心{(i + 1) % channels}"))
        for i in range(policies * 2)
    ]  # fmt: skip


def test_paths_run_through_all_layers_once_for_each_channel() -> None:
    graph = flow_graph(many(4, 3))
    assert len(graph.graph["paths"]) == 16
    assert all([n.split("|")[0] for n in path] == list(LAYERS) for _, path in graph.graph["paths"])
    assert graph.nodes["resource|funding"]["count"] == 8


def test_small_policies_and_channels_are_drawn_together_and_counted() -> None:
    graph = flow_graph(many(30, 20), max_policies=10, max_channels=5)
    assert graph.graph["left_out"] == {"policy": 20, "via": 15}
    assert graph.nodes["via|+"]["merged"] == 15


def test_the_limit_of_nodes_holds() -> None:
    assert (
        flow_graph(many(200, 200), max_nodes=60, max_policies=200, max_channels=200).number_of_nodes() <= 60
    )


def test_a_width_counts_measures_not_flows() -> None:
    twice = [flow("c1"), flow("c1", beneficiary="university"), flow("c2")]
    graph = flow_graph(twice)
    assert graph.nodes["province|甲省"]["count"] == 2
    assert graph["province|甲省"]["policy|-"]["funding|promised"]["count"] == 2


def test_a_sum_without_receiver_takes_that_of_the_figure_before_it() -> None:
    import pyoxigraph

    figures = [("支持企业的协同创新活动", 300, "家", 10, 24), ("扶持金额", 1.2e8, "CNY", 25, 35)]
    apart = ("奖励金额", 5e6, "CNY", 80, 90)
    nodes = "\n".join(
        f"""ex:o{i} a ip:Observation ; ip:observesIndicator ex:i{i} ; ip:hasValue {value} ;
            ip:hasUnit "{unit}" ;
            ip:isEvidencedBy ex:k{i} . ex:i{i} rdfs:label "{name}"@zh .
          ex:k{i} a ip:Claim ; ip:isStatedIn ex:doc ; oa:hasSelector [ oa:start {start} ; oa:end {end} ] ."""
        for i, (name, value, unit, start, end) in enumerate([*figures, apart])
    )
    prefixes = TRIG[: TRIG.index("ex:things {")]
    store = pyoxigraph.Store()
    store.load(f"{prefixes} ex:g {{ {nodes} }}".encode(), format=pyoxigraph.RdfFormat.TRIG)
    found = load_flows(store)
    assert sorted((f.amounts[0].value, f.resource, f.beneficiary) for f in found) == [
        (300, "service", "enterprise"),
        (1.2e8, "funding", "enterprise"),
    ]


def test_sums_of_two_periods_are_listed_and_not_added() -> None:
    def told(claim: str, value: float, period: str) -> Flow:
        return replace(
            flow(claim, Amount(value, "CNY", "exact", "total"), assertion="reported"), period=period
        )

    (row,) = flow_summary([told("c1", 1e8, "2021"), told("c2", 2e8, "2022")], by=("province",)).records()
    assert row["delivered_total_cny"] is None
    assert row["listed"] == "2021：1亿元（总额）；2022：2亿元（总额）"
    (row,) = flow_summary([told("c1", 1e8, "2021"), told("c2", 2e8, "2021")], by=("province",)).records()
    assert (row["delivered_total_cny"], row["listed"]) == (3e8, "")


def test_a_promise_is_kept_by_a_report_of_the_same_resource_to_the_same_receiver() -> None:
    promise, other = flow("c1"), flow("c2", beneficiary="university")
    report = flow("c3", assertion="reported")
    assert unreported([promise, other, report]) == [other]
    assert unreported([promise, replace(report, province="乙省")]) == [promise]
    quoted = replace(report, policy="甲省若干措施")
    assert unreported([promise, quoted]) == [promise]


def test_flows_without_a_policy_are_those_that_name_none() -> None:
    assert without_policy([flow("c1"), replace(flow("c2"), policy="甲省若干措施")]) == [flow("c1")]
