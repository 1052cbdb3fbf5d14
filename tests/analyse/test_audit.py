"""Invented sentences with a slip in them, and the same without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.analyse.audit import KINDS, audit, audit_table
from kg.analyse.slip import Slip, span_of, step
from kg.model import Claim, Document, Source


def told(text: str, quote: str, *, area: str = "甲省", nth: int = 0, type: str = "observation", **values: Any) -> Claim:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Claim(
        type, "d-1", start, start + len(quote), quote, values.pop("rule", "r"), area, "reported", values=values
    )


def slips(text: str, *claims: Claim, date: str = "") -> list[Slip]:
    return audit([Document("d-1", text, Source("d-1", date=date))], {"d-1": list(claims)})


def kinds(text: str, *claims: Claim, date: str = "") -> list[str]:
    return [slip.kind for slip in slips(text, *claims, date=date)]


FILLER = "此处另有许多与数值无关的叙述。" * 6


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ((26700, "min"), (27000, "min"), ["two-values"]),
        ((26700, "min"), (26000, "min"), []),  # over 2.6 and over 2.67 agree
        ((26700, "exact"), (27000, "exact"), []),  # 2.67 rounds to 2.7
        ((26700, "exact"), (27100, "exact"), ["two-values"]),
        ((500, "min"), (512, "exact"), []),
        ((500, "min"), (480, "exact"), ["two-values"]),
        ((26700, "exact"), (90000, "exact"), []),  # a year and five years, not one thing
    ],
)
def test_two_values_for_one_thing_beyond_rounding(first: Any, second: Any, found: list[str]) -> None:
    text = f"甲类企业一。{FILLER}甲类企业二。"
    same = {"indicator": "甲类企业", "period": "2023", "unit": "家"}
    a = told(text, "甲类企业一", value=first[0], bound=first[1], **same)
    b = told(text, "甲类企业二", value=second[0], bound=second[1], **same)
    assert kinds(text, a, b) == found


def test_two_documents_that_differ_are_to_be_checked() -> None:
    def told_in(doc: str, value: float, indicator: str = "研发投入", **values: Any) -> Claim:
        row = {"indicator": indicator, "period": "2022", "unit": "CNY", "bound": "exact", "value": value, **values}
        return Claim("observation", doc, 0, 2, "甲乙", "r", "甲省", "reported", values=row)

    def found(*claims: Claim) -> list[tuple[str, str]]:
        documents = [Document(f"d-{n}", "甲乙丙丁。", Source(f"d-{n}")) for n in (1, 2)]
        by_doc = {d.id: [c for c in claims if c.doc == d.id] for d in documents}
        return [(slip.kind, slip.severity) for slip in audit(documents, by_doc)]

    assert found(told_in("d-1", 1234e8), told_in("d-2", 1301e8)) == [("two-values", "check")]
    assert found(told_in("d-1", 1234e8), told_in("d-2", 1301e8, "全省研发投入")) == [("two-values", "check")]
    assert found(told_in("d-1", 1234e8), told_in("d-2", 1230e8)) == []  # rounded
    assert found(told_in("d-1", 1234e8), told_in("d-2", 1301e8, bound="min")) == []
    assert found(told_in("d-1", 1234e8), told_in("d-2", 1301e8, period="2023")) == []


def test_yearly_growth_is_compounded() -> None:
    text = "投入逐年增长10%，是2018年的4.5倍。"
    rate = told(text, "投入逐年增长10%", indicator="投入", value=10, unit="%", change=True)
    many = {"indicator": "投入", "period": "2022", "unit": "倍", "compared_to": "2018"}
    wrong = told(text, "是2018年的4.5倍", value=4.5, **many)
    (slip,) = slips(text, rate, wrong)
    assert slip.kind == "growth" and "1.46" in slip.zh and "46%" in slip.en
    assert {p.claim for p in slip.places} == {rate.id, wrong.id}
    assert kinds(text, rate, told(text, "是2018年的4.5倍", value=1.46, **many)) == []


@pytest.mark.parametrize(("growth", "found"), [(20, []), (20.4, []), (25, ["growth"])])
def test_growth_against_two_levels(growth: float, found: list[str]) -> None:
    text = "去年100家，今年120家，增长若干。"
    a = told(text, "去年100家", indicator="企业", period="2021", value=101, unit="家", bound="exact")
    b = told(text, "今年120家", indicator="企业", period="2022", value=121.4, unit="家", bound="exact")
    c = told(text, "增长若干", indicator="企业", period="2022", value=growth, unit="%", change=True, bound="exact")
    assert kinds(text, a, b, c) == found


@pytest.mark.parametrize(("points", "found"), [(-2.47, []), (-2.2, ["difference"])])
def test_difference_between_two_places(points: float, found: list[str]) -> None:
    text = "甲省4.1%，全国6.57%，低若干个百分点。"
    same = {"indicator": "占比重", "period": "2021", "bound": "exact"}
    a = told(text, "甲省4.1%", value=4.1, unit="%", **same)
    b = told(text, "全国6.57%", area="全国", value=6.57, unit="%", **same)
    c = told(text, "低若干个百分点", value=points, unit="百分点", change=True, compared_to="全国", **same)
    assert kinds(text, a, b, c) == found


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ("科技型中小企业", "中小微企业", ["part-over-whole"]),
        ("国家级领军人才", "领军人才", ["part-over-whole"]),
        ("累计服务企业", "服务企业", []),  # more than the whole, not a part
        ("领军企业", "专利申请", []),
    ],
)
def test_a_part_is_not_larger_than_its_whole(part: str, whole: str, found: list[str]) -> None:
    text = "部分有300家。整体有200家。"
    a = told(text, "部分有300家", indicator=part, period="2023", value=300, unit="家", bound="exact")
    b = told(text, "整体有200家", indicator=whole, period="2023", value=200, unit="家", bound="exact")
    assert kinds(text, a, b) == found


def test_of_which_is_not_more_than_all() -> None:
    text = "新建平台20个，其中，省级平台30个。"
    a = told(text, "新建平台20个", indicator="新建平台", value=20, unit="个", bound="exact")
    b = told(text, "省级平台30个", indicator="省级平台", value=30, unit="个", bound="exact")
    assert kinds(text, a, b) == ["part-over-whole"]


def test_shares_over_a_hundred() -> None:
    text = "研发人员占比为120%。完成率为120%。"
    a = told(text, "研发人员占比为120%", indicator="研发人员占比", value=120, unit="%")
    b = told(text, "完成率为120%", indicator="任务完成率", value=120, unit="%")
    assert kinds(text, a, b) == ["share"]
    assert kinds("三次产业结构调整为5.2:40.1:64.7。") == ["share"]
    assert kinds("三次产业结构调整为5.2:40.1:54.6。") == []


def test_ranks_out_of_range_and_two_ranks() -> None:
    text = f"投入强度居全国第35位。{FILLER}投入强度居第3位。"
    same = {"indicator": "投入强度", "period": "2022"}
    a = told(text, "投入强度居全国第35位", area="山东省", rank=35, **same)
    b = told(text, "投入强度居第3位", area="山东省", rank=3, **same)
    assert sorted(kinds(text, a, b)) == ["rank-out-of-range", "two-ranks"]
    assert kinds(text, told(text, "投入强度居第3位", area="山东省", rank=3, rank_of=2, **same)) == ["rank-out-of-range"]


def test_ranks_go_with_values() -> None:
    names = ("广东省", "北京市", "江苏省", "上海市", "浙江省")
    text = "".join(f"{name}一格" for name in names)

    def row(*values: float) -> list[Claim]:
        return [
            told(text, f"{name}一格", area=name, indicator="知识", period="2023", rank=n, value=value)
            for n, (name, value) in enumerate(zip(names, values, strict=True), 1)
        ]

    assert kinds(text, *row(50, 40, 30, 20, 10)) == []
    assert kinds(text, *row(10, 20, 30, 40, 50)) == []  # low is good
    assert kinds(text, *row(50, 30, 40, 20, 10)) == ["rank-against-value"]


def test_prose_about_a_table() -> None:
    text = "前2位的省份各项均排名前列（表1）。\n表1 各省排名\n知识 1 2 12\n环境 2 1 20\n"
    cell = {"rule": "observation-table", "period": "2023"}
    cells = [
        told(text, "1 2 12", area="广东省", indicator="知识", rank=1, **cell),
        told(text, "2 12", area="北京市", indicator="知识", rank=12, **cell),
        told(text, "2 1 20", area="广东省", indicator="环境", rank=2, **cell),
        told(text, "1 20", area="北京市", indicator="环境", rank=1, **cell),
        told(text, "20", area="江苏省", indicator="环境", rank=20, **cell),
    ]
    (slip,) = slips(text, *cells)
    assert slip.kind == "table-against-prose"
    # the third province is not among the first two
    assert [p.claim for p in slip.places[1:]] == [cells[1].id]


def test_a_city_in_a_list_of_provinces() -> None:
    text = "总数在广东、江苏、浙江之后，比重低于浙江、江苏、北京、广州、上海。"
    (slip,) = slips(text)
    assert slip.kind == "city-among-provinces" and slip.severity == "hard" and "广东省" in slip.zh
    assert [p.quote for p in slip.places] == ["浙江、江苏、北京、广州、上海", "广东、江苏、浙江"]
    assert kinds("支持北京、上海、广州、深圳先行。") == []  # a list of cities
    assert kinds("低于浙江、江苏、北京、广东、上海。") == []


def test_a_city_cannot_hold_a_rank_of_provinces() -> None:
    text = "第1的广州出口100亿，山东20亿。"
    a = told(text, "广州出口100亿", area="广州市", indicator="出口", value=100, rank=1, unit="CNY")
    b = told(text, "山东20亿", area="山东省", indicator="出口", value=20, unit="CNY")
    assert kinds(text, a, b) == ["city-among-provinces"]
    second = told(text, "第1的广州", area="深圳市", indicator="出口", value=90, rank=2, unit="CNY")
    assert kinds(text, a, b, second) == []  # then cities are ranked


def test_a_place_twice_in_a_list() -> None:
    assert kinds("涉及浙江、江苏、浙江和上海。") == ["area-twice"]


def test_periods_that_cannot_be() -> None:
    assert kinds("规划期为2025—2021年。") == ["period-backwards"]
    assert kinds("规划期为2021—2025年。") == []
    text = "《甲规划》。平台已建成20个。"
    plan = told(text, "《甲规划》", type="policy", title="甲规划", valid=["2016", "2020"], issued="2022-03")
    assert kinds(text, plan) == ["period-backwards"]
    done = told(text, "平台已建成20个", indicator="平台", period="2030", value=20, unit="个")
    assert kinds(text, done, date="2024-05-01") == ["future-as-past"]
    assert kinds(text, done, date="2031") == kinds(text, done) == []


def test_spans_of_rounded_figures() -> None:
    assert step(26700) == 100 and step(2.49) == 0.01 and step(120) == 10
    assert span_of(26700, "min") == (26700, 26800)
    assert span_of(2.5, "exact") == pytest.approx((2.45, 2.55))


def test_the_table_names_every_kind_and_leads_to_the_claims() -> None:
    text = "总数在广东、江苏、浙江之后，比重低于浙江、江苏、北京、广州、上海。"
    document = Document("d-1", text, Source("d-1", title="甲文"))
    table = audit_table(audit([document], {}), [document], language="en")
    assert table.column("kind") == ("a city among provinces",)
    assert table.column("claim") == ("d-1:18-32",) and text[18:32] == table.column("quote")[0]
    assert all(len(names) == 2 for names in KINDS.values())


@pytest.mark.field
def test_the_hard_contradictions_of_the_article(field: Path) -> None:
    from kg.evaluate.contradictions import load_contradictions, match
    from kg.extract import extract
    from kg.read import read_document

    document = read_document(field / "documents" / "S01_shandong_article.txt")
    found = audit([document], {document.id: extract(document)})
    gold = load_contradictions(
        field / "gold" / "extra" / "S01_contradictions.jsonl", {document.id: document.text}
    )
    spans = [[(p.doc, p.start, p.end) for p in slip.places] for slip in found]
    missed = [g.why for g in gold if g.strength == "hard" and not any(match(s, g) for s in spans)]
    # one rests on no figure, rank or list
    assert len(missed) <= 1 and all("abstract promises" in why for why in missed)
    assert sum(not any(match(s, g) for g in gold) for s in spans) <= 3
