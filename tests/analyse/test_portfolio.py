"""Portfolios: what each number counts, who led, and the coding behind it."""

from __future__ import annotations

from kg.analyse.concepts import Concepts
from kg.analyse.measures import Measure
from kg.analyse.portfolio import coding_sheet, firsts, matrix_table, profile_table, shares_table

NAMES = Concepts(
    {
        ("instrument", "PI008"): "企业补助",
        ("instrument", "PI015"): "税费减免",
        ("typology", "supply"): "供给型",
        ("beneficiary", "startup"): "初创企业",
    },
    {"PI008": "supply", "PI015": "environment", "PI010": "demand"},
)


def measure(claim: str, province: str, codes: str, receivers: str = "startup", date: str = "") -> Measure:
    return Measure(
        f"举措{claim}",
        claim,
        province,
        province,
        instruments=frozenset(codes.split()),
        beneficiaries=frozenset(receivers.split()),
        date=date,
        rule="measure-award",
    )


GRANT = measure("c-1", "甲省", "PI008", "startup university", "2019-03")
BOTH = measure("c-2", "甲省", "PI008 PI015", "startup", "2021")
LATER = measure("c-3", "乙省", "PI008", "startup", "2020")
PRIZE = measure("c-4", "乙省", "PI020", "")
BLANK = measure("c-5", "乙省", "", "")
ALL = [GRANT, BOTH, LATER, PRIZE, BLANK]


def test_the_matrix_counts_a_measure_in_each_of_its_cells_and_once_in_the_total() -> None:
    rows = {(r["province"], r["instrument"]): r for r in matrix_table(ALL, NAMES).records()}
    row = rows["甲省", "PI008"]
    assert (row["measures"], row["startup"], row["university"], row["side"]) == (2, 2, 1, "供给型")
    assert rows["乙省", "PI020"]["unstated"] == 1 and rows["乙省", "PI020"]["side"] == ""


def test_shares_are_of_the_three_sides_together() -> None:
    rows = {r["province"]: r for r in shares_table(ALL, NAMES, years=False).records()}
    here = rows["甲省"]
    assert (here["supply"], here["environment"], here["demand"]) == (2, 1, 0)
    assert (here["supply_share"], here["environment_share"]) == (66.7, 33.3)
    assert (rows["乙省"]["either"], rows["乙省"]["uncoded"], rows["乙省"]["measures"]) == (1, 1, 3)


def test_shares_by_year_put_undated_measures_apart() -> None:
    years = [(r["province"], r["year"], r["measures"]) for r in shares_table(ALL, NAMES).records()]
    assert years == [("乙省", "2020", 1), ("乙省", "未注明", 2), ("甲省", "2019", 1), ("甲省", "2021", 1)]


def test_the_earliest_dated_measure_leads_and_the_others_follow() -> None:
    found = {(f.instrument, f.beneficiary): f for f in firsts(ALL)}
    grants = found["PI008", "startup"]
    assert (grants.measure.claim, grants.provinces, grants.followers) == ("c-1", 2, (("2020", "乙省"),))


def test_two_of_the_same_date_or_none_leave_no_leader() -> None:
    assert firsts([measure("c-1", "甲省", "PI008", date="2020"), LATER]) == []
    assert firsts([measure("c-1", "甲省", "PI008"), measure("c-2", "乙省", "PI008")]) == []


def test_the_country_leads_nobody() -> None:
    assert [f.measure.claim for f in firsts([measure("c-0", "全国", "PI008", date="2000"), LATER])] == ["c-3"]


def test_breadth_novelty_and_what_only_one_place_has() -> None:
    rows = {r["province"]: r for r in profile_table(ALL).records()}
    here = rows["甲省"]
    assert (here["instruments"], here["breadth"], here["receivers"]) == (2, 7.1, 2)
    assert (here["combinations"], here["firsts"], here["only"], here["dated"]) == (3, 1, 2, 2)
    assert rows["乙省"]["firsts"] == 0


def test_the_coding_sheet_has_every_measure_with_codes_and_rule() -> None:
    rows = coding_sheet(ALL, NAMES).records()
    assert [r["claim"] for r in rows] == ["c-3", "c-4", "c-5", "c-1", "c-2"]
    assert (rows[4]["instruments"], rows[4]["instrument_names"]) == ("PI008 PI015", "企业补助、税费减免")
    assert (rows[4]["rule"], rows[4]["quote"]) == ("measure-award", "举措c-2")
