"""Indicators: what may stand side by side, distances, strengths and weaknesses, the chart."""

from __future__ import annotations

from kg.analyse.indicators import Figure, judge, judged_table, side_by_side, side_table
from kg.view.bars import bars, indicators_page


def figure(area: str, value: float | None, rank: int | None = None, **other: object) -> Figure:
    known: dict[str, object] = {"indicator": "专利数", "period": "2022", "unit": "件", "rank_of": None}
    known |= other
    return Figure(
        area=area,
        level="province",
        value=value,
        rank=rank,
        claim=f"c-{area}-{value}",
        quote=f"{area}{value}",
        document="某文",
        **known,  # type: ignore[arg-type]
    )


THREE = [figure("甲省", 100.0), figure("乙省", 60.0), figure("丙省", 20.0)]


def test_figures_stand_side_by_side_where_indicator_unit_and_period_are_one() -> None:
    other = [figure("丁省", 5.0, period="2021"), figure("戊省", 5.0, unit="万件")]
    (group,) = side_by_side([*THREE, *other])
    assert [f.area for f in group.figures] == ["甲省", "乙省", "丙省"] and group.average == 60


def test_a_place_with_two_values_has_none() -> None:
    (group,) = side_by_side([*THREE, figure("丙省", 30.0)])
    assert [f.area for f in group.figures] == ["甲省", "乙省"]


def test_rows_tell_place_distance_and_the_stated_rank() -> None:
    figures = [THREE[0], figure("乙省", 60.0, rank=7), THREE[2]]
    row = side_table(side_by_side(figures)).records()[1]
    assert (row["area"], row["place"], row["of"], row["stated"]) == ("乙省", 2, 3, 7)
    assert (row["leader"], row["behind"], row["of_leader"], row["from_average"]) == ("甲省", 40, 60.0, 0)


def test_equal_values_share_a_place() -> None:
    rows = side_table(side_by_side([figure("甲省", 9.0), figure("乙省", 9.0), figure("丙省", 1.0)])).records()
    assert [row["place"] for row in rows] == [1, 1, 3]


def test_a_stated_rank_is_judged_before_a_value_here() -> None:
    figures = [figure("甲省", 100.0, rank=25), *THREE[1:]]
    (found,) = judge("甲省", figures)
    assert (found.verdict, found.by, found.place, found.of) == ("weakness", "rank", 25, 31)
    (found,) = judge("甲省", [figure("甲省", None, rank=3, rank_of=16)])
    assert (found.verdict, found.of) == ("strength", 16)


def test_a_value_is_judged_against_the_average_of_three_places_or_more() -> None:
    assert [judge(a, THREE)[0].verdict for a in ("甲省", "乙省", "丙省")] == [
        "strength",
        "middle",
        "weakness",
    ]
    assert judge("甲省", THREE[:2]) == []


def test_of_some_things_less_is_better() -> None:
    jobless = [
        figure(a, v, indicator="城镇调查失业率") for a, v in (("甲省", 3.0), ("乙省", 5.0), ("丙省", 7.0))
    ]
    assert [judge(a, jobless)[0].verdict for a in ("甲省", "乙省", "丙省")] == [
        "strength",
        "middle",
        "weakness",
    ]
    last = side_table(side_by_side(jobless)).records()[-1]
    assert (last["area"], last["leader"], last["place"], last["behind"]) == ("丙省", "甲省", 3, 4)


def test_strengths_come_first_and_each_has_its_quote() -> None:
    figures = [figure("甲省", None, rank=r, indicator=f"指标{r}") for r in (30, 2, 15)]
    rows = judged_table(judge("甲省", figures), "甲省").records()
    assert [(r["verdict"], r["rank"]) for r in rows] == [("长项", 2), ("居中", 15), ("短板", 30)]
    assert rows[0]["claim"] == "c-甲省-None"


def test_the_chart_escapes_what_texts_say_and_fetches_nothing() -> None:
    odd = [figure("<b>省", 5.0), figure("乙省", -2.0)]
    page = indicators_page(side_by_side(odd), title="<i>", area="乙省")
    assert "<b>" not in page and "<i>" not in page and "default-src 'none'" in page
    assert "http:" not in page and "https:" not in page
    assert page == indicators_page(side_by_side(odd), title="<i>", area="乙省")


def test_a_bar_is_as_long_as_its_share_of_the_highest() -> None:
    (group,) = side_by_side(THREE)
    drawn = bars(group, "乙省")
    assert 'width="420.0"' in drawn and 'width="252.0"' in drawn and 'width="84.0"' in drawn
    assert drawn.count("#D55E00") == 1
