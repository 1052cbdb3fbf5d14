"""The report: what it counts, that it is one safe file, that its pictures hold what was given."""

from __future__ import annotations

import re

import networkx as nx
import pytest

from kg.analyse.flows import Flow
from kg.analyse.slip import Place, Slip
from kg.analyse.summary import as_of, flow_bands, indicator_bars, portfolio
from kg.model import Claim, Document, Source
from kg.view.report import Contents, report_page

EVIL = "<script>alert(1)</script>"


def flow(claim: str, province: str, resource: str, who: str, *codes: str) -> Flow:
    return Flow(province, resource, who, claim, province=province, instruments=codes)


FLOWS = [
    flow("c-1", "湖北省", "funding", "enterprise", "PI008"),
    flow("c-1", "湖北省", "funding", "tech-sme", "PI008"),
    flow("c-2", "湖北省", "platform", "", "PI022"),
    flow("c-3", "云南省", "funding", "enterprise", "PI008", "PI010"),
]


def told(area: str, value: float, n: int, **values: object) -> Claim:
    row = {"indicator": "研发投入强度", "period": "2022", "unit": "%", "value": value, **values}
    return Claim("observation", "d-1", n, n + 1, "引", "r", area, "reported", values=row)


def test_bands_count_each_measure_once() -> None:
    bands = flow_bands(FLOWS)
    assert bands.bands[0] == (("云南省", "funding", 1, "c-3"), ("湖北省", "funding", 1, "c-1"), ("湖北省", "platform", 1, "c-2"))
    assert ("funding", "enterprise", 2, "c-1") in bands.bands[1]
    assert bands.columns[2][-1] == ""  # the unstated come last
    assert flow_bands(FLOWS, most=1).columns[0] == ("湖北省", "")


def test_portfolio_counts_measures_by_province_and_instrument() -> None:
    assert portfolio(FLOWS) == {
        ("云南省", "PI008"): (1, "c-3"),
        ("云南省", "PI010"): (1, "c-3"),
        ("湖北省", "PI008"): (1, "c-1"),
        ("湖北省", "PI022"): (1, "c-2"),
    }


def test_indicators_need_three_provinces_and_no_changes() -> None:
    claims = [told("湖北省", 2.5, 1), told("云南省", 1.1, 2), told("浙江", 3.1, 3), told("四川省", 9, 4, change=True)]
    (bars,) = indicator_bars(claims)
    assert [(area, value) for area, value, _ in bars.rows] == [("浙江省", 3.1), ("湖北省", 2.5), ("云南省", 1.1)]
    assert indicator_bars(claims[:2]) == []


def test_a_digest_is_as_old_as_what_it_restates() -> None:
    digest = Source("a", date="2026-11-23", digest_of_title="《甲》", digest_of_date="2019；2020-05")
    assert as_of([digest, Source("b", date="2018")]) == "2020-05"
    assert as_of([Source("c", date="2026", digest_of_title="《乙》")]) == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_one_safe_file(language: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("p", label=EVIL, cls="Policy", layer="policy", area="", degree=1)
    graph.add_node("u", label="某大学", cls="Organisation", layer="university", area="", degree=1)
    graph.add_edge("p", "u", kind="cites")
    claims = [told("湖北省", 2.5, 1), told("云南省", 1.1, 2), told("浙江", 3.1, 3, indicator=EVIL)]
    contents = Contents(
        documents=[Document("d-1", "引引引引引", Source("a", title=EVIL, licence="CC-BY-4.0"))],
        claims={"d-1": claims},
        bands=flow_bands([flow("c-1", EVIL, "funding", "enterprise", "PI008")]),
        portfolio=portfolio(FLOWS),
        instruments={"PI008": {"zh": EVIL, "en": EVIL}},
        sides={"PI008": "supply", "PI010": "demand"},
        network=graph,
        bars=indicator_bars([told(a, v, n, indicator=EVIL) for n, (a, v) in enumerate([("湖北", 1), ("云南", 2), ("浙江", 3)])]),
        slips=[Slip("growth", "hard", (Place("d-1", 0, 1, EVIL),), EVIL, EVIL)],
    )
    page = report_page(contents, language=language)
    assert page == report_page(contents, language=language)
    assert "<script" not in page and page.count("&lt;script&gt;") >= 6
    assert not re.search(r'(?:src|href)="(?!#)|url\(|@import', page)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets == {"flows", "portfolio", "network", "indicators", "audit", "sources"}
    assert all(f'id="{target}"' in page for target in targets)


def test_an_empty_build_has_a_report_too() -> None:
    empty = Contents([], {}, flow_bands([]), {}, {}, {}, nx.MultiDiGraph(), [], [])
    assert "未注明" in report_page(empty)
