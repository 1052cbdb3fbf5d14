"""Commands that set places beside each other, on a build of three own texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app

FIRST = """贵州省支持科技创新若干措施
黔府发〔2021〕3号

一、培育创新主体
第一条　对首次认定的高新技术企业，给予一次性奖励30万元。
第二条　对租用孵化器场地的初创企业，按实际租金的50%给予补贴，最高10万元，期限2年。
"""
SECOND = """甘肃省促进企业创新的若干规定
甘政发〔2019〕8号

第一条　对通过认定的高新技术企业给予奖励。
"""
REPORT = """西部省份创新能力研究

2020年，甘肃省研发投入强度达到1.5%，居全国第20位。
2020年，贵州省研发投入强度达到0.9%，居全国第27位。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three")
    texts = folder / "texts"
    texts.mkdir()
    for name, text in (("first", FIRST), ("second", SECOND), ("report", REPORT)):
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    done = kg("build", texts, "--out", folder / "build", "--workers", 1)
    assert done.exit_code == 0, done.stderr
    return folder / "build"


def kg(*args: object) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args])


def rows(*args: object) -> list[dict[str, object]]:
    done = kg(*args, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_compare_tells_the_award_of_one_place_and_that_the_other_states_none(built: Path) -> None:
    found = {row["place"]: row for row in rows("compare", "高新技术企业认定奖励", "--build", built)}
    assert found["贵州省"]["award"] == "30万元" and found["甘肃省"]["award"] == "未写明"
    assert "黔府发" not in str(found["甘肃省"]) and "给予一次性奖励30万元" in str(found["贵州省"]["sources"])


def test_compare_tells_where_nothing_is_found(built: Path) -> None:
    found = {row["place"]: row for row in rows("compare", "租金补贴", "--build", built)}
    assert "50%" in str(found["贵州省"]["rate"]) and "10万元" in str(found["贵州省"])
    assert (found["甘肃省"]["measures"], found["甘肃省"]["rate"]) == (0, "未见")


def test_compare_says_that_no_document_has_such_a_measure(built: Path) -> None:
    told = kg("compare", "火星探测", "--build", built).stdout
    assert "3 份文献" in told and "中没有" in told
    assert "none in these 3 documents" in kg(*["compare", "火星探测", "--language", "en", "--build"], built).stdout


def test_compare_in_the_long_form_has_numbers(built: Path) -> None:
    found = rows("compare", "高新技术企业认定奖励", "--long", "--parameter", "award", "--build", built)
    assert sorted((row["area"], row["value"], row["text"]) for row in found) == [
        ("甘肃省", None, "未写明"),
        ("贵州省", 300000.0, "30万元"),
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["compare"], "of what?"),
        (["compare", "奖励", "--by", "colour"], "known: province, area, policy"),
        (["compare", "--instrument", "PI0080"], "did you mean PI008"),
        (["portfolio", "--show", "matrx"], "did you mean matrix"),
        (["indicators", "--area", "亚特兰蒂斯"], "no such place"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(built: Path, options: list[str], says: str) -> None:
    done = kg(*options, "--build", built)
    assert done.exit_code == 1 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("show", ["profile", "matrix", "shares", "firsts", "coding"])
def test_portfolio_shows_each_of_its_tables(built: Path, show: str) -> None:
    found = rows("portfolio", "--show", show, "--build", built)
    assert found and "贵州" in json.dumps(found, ensure_ascii=False)
    english = kg("portfolio", "--show", show, "--build", built, "--language", "en")
    assert english.exit_code == 0 and "省份" not in english.stdout


def test_the_coding_sheet_leads_to_quote_and_rule(built: Path) -> None:
    sheet = rows("portfolio", "--show", "coding", "--area", "贵州", "--build", built)
    award = next(row for row in sheet if "30万元" in str(row["quote"]))
    assert award["instruments"] == "PI008" and award["rule"] and str(award["claim"]).startswith("c-")


def test_a_cell_of_the_matrix_opens_as_a_coding_sheet(built: Path) -> None:
    cell = ["--area", "贵州", "--instrument", "PI008", "--beneficiary", "high-tech-enterprise"]
    matrix = rows("portfolio", "--show", "matrix", *cell, "--build", built)
    sheet = rows("portfolio", "--show", "coding", *cell, "--build", built)
    assert [row["high-tech-enterprise"] for row in matrix if row["instrument"] == "PI008"] == [len(sheet)]
    assert sheet and all("PI008" in str(row["instruments"]) for row in sheet)


def test_indicators_stand_side_by_side_and_are_drawn(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "indicators.html"
    side = rows("indicators", "--build", built, "--html", page)
    assert [(row["area"], row["stated"], row["behind"]) for row in side] == [
        ("甘肃省", 20, 0),
        ("贵州省", 27, 0.6),
    ]
    assert "贵州省" in page.read_text(encoding="utf-8")
    judged = rows("indicators", "--area", "贵州", "--build", built)
    assert [(row["verdict"], row["rank"]) for row in judged] == [("短板", 27)]
