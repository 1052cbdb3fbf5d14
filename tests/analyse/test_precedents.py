"""Precedents: like provisions of other places, what is shared and what differs, how many a reader's are found."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path

import pytest

from kg.analyse.concepts import Concepts
from kg.analyse.likeness import Index
from kg.analyse.measures import Measure
from kg.analyse.precedents import (
    Precedent,
    find_precedents,
    load_question,
    precedent_table,
    shared_phrases,
)
from kg.errors import GoldError
from kg.evaluate.precedents import STRONG, leave_one_out, load_precedents, measure_precedents
from kg.model import Amount

LOANS = Measure(
    "设立科技信贷风险补偿资金池，对银行向科技型中小企业发放的贷款损失给予补偿",
    *("c-1", "江西省", "江西省"),
    resources=frozenset(("funding",)),
    amounts=(Amount(40, "%", "max", "rate", basis="贷款损失"),),
    date="2021",
)
OLDER = Measure(
    "建立贷款风险补偿资金池，分担科技信贷损失", "c-2", "宁夏回族自治区", "宁夏回族自治区", date="2016"
)
HOUSING = Measure("为引进的博士提供人才公寓和购房补贴", "c-3", "海南省", "海南省", date="2019")
BENCHES = Measure("大型仪器向企业开放", "c-4", "海南省", "海南省", theme="推动科研设施共享")
INDEX = Index((LOANS, OLDER, HOUSING, BENCHES))
ASKED = Measure("建议设立科技信贷风险补偿资金池", province="贵州省", resources=frozenset(("funding",)))


def found(question: Measure, **options: object) -> list[Precedent]:
    return find_precedents(question, INDEX, **options)  # type: ignore[arg-type]


def claims(question: Measure, **options: object) -> list[str]:
    return [hit.measure.claim for hit in found(question, **options)]


def test_the_most_alike_come_first_and_the_unlike_not_at_all() -> None:
    assert claims(ASKED) == ["c-1", "c-2"]


def test_one_common_word_is_no_precedent_for_what_is_no_support() -> None:
    filler = [Measure(f"第{n}类企业的{n}号设备", f"c-x{n}", "海南省", "海南省") for n in range(20)]
    index = Index((Measure("鼓励组织行业展会交流", "c-5", "海南省", "海南省"), *filler))
    assert find_precedents(Measure("组织渔民在江边放生鲤鱼与草鱼"), index) == []
    assert [h.measure.claim for h in find_precedents(Measure("组织行业展会"), index)] == ["c-5"]


def test_each_hit_says_what_is_shared() -> None:
    best = found(ASKED)[0]
    assert best.words == ("设立科技信贷风险补偿资金池",) and best.codes["resources"] == ("funding",)


def test_figures_and_the_verbs_of_every_provision_are_nothing_shared() -> None:
    assert shared_phrases("给予奖励30万元，支持孵化器建设", "给予补助30万元，支持建设") == ("给予",)


def test_each_hit_says_in_which_parameters_it_differs() -> None:
    asked = replace(ASKED, amounts=(Amount(50, "%", "max", "rate"),), conditions=("首贷",))
    names = Concepts({("resource", "funding"): "资金"}, {})
    row = precedent_table(found(asked), asked, names).records()[0]
    assert row["differences"] == "比例：最高50% → 最高40%，按贷款损失；条件：首贷 → 未写明"
    assert (row["resources"], row["words"]) == ("资金", "设立科技信贷风险补偿资金池")


def test_a_measure_is_found_by_the_headline_it_stands_under() -> None:
    assert claims(Measure("推进科研设施共享")) == ["c-4"]


def test_ones_own_province_is_no_precedent() -> None:
    assert claims(replace(ASKED, province="江西省")) == ["c-2"]
    assert claims(ASKED, area="宁夏") == ["c-2"]


def test_a_measure_is_not_its_own_precedent() -> None:
    assert claims(replace(LOANS, province="")) == ["c-2"]


def test_the_earliest_come_first_on_request() -> None:
    assert claims(ASKED, earliest=True) == ["c-2", "c-1"]


def test_the_earliest_are_sought_among_those_near_to_the_best() -> None:
    far = Measure("给予贷款", "c-9", "青海省", "青海省", date="1999")
    index = Index((LOANS, OLDER, far))
    assert [h.measure.claim for h in find_precedents(ASKED, index, earliest=True, limit=1)] == ["c-2"]


def test_where_nothing_is_alike_there_is_none() -> None:
    assert claims(Measure("加强长江禁渔执法", resources=frozenset(("funding",)))) == []
    assert find_precedents(ASKED, Index(())) == []


def test_recall_counts_precedents_and_rank_the_first_right_hit() -> None:
    a, b = ({"area": "江西省", "start": s, "end": s + 10, "strength": "strong"} for s in (0, 50))
    gold = [{"recommendation": "x", "precedents": [a, b]}, {"recommendation": "none", "precedents": []}]
    elsewhere = {"area": "海南省", "start": 0, "end": 10}
    score = measure_precedents(gold, lambda text: [elsewhere, {**a, "start": 5, "end": 12}])
    assert (score.recall, score.mrr, score.questions, score.precedents) == (0.5, 0.5, 1, 2)


def test_a_question_left_out_is_asked_with_what_is_best_for_the_others() -> None:
    one = {"area": "江西省", "start": 0, "end": 10, "strength": "strong"}
    gold = [{"recommendation": name, "precedents": [one]} for name in ("a", "b", "c")]
    # setting 1 is best for a and b, setting 2 for c: c, left out, is asked with 1 and missed
    right = {("a", 1), ("b", 1), ("c", 2)}
    score = leave_one_out(gold, lambda text, n: [one] if (text, n) in right else [], (1, 2))
    assert (score.recall, score.questions) == (2 / 3, 3)


def test_gold_that_does_not_fit_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"recommendation": "x", "precedents": [{"area": "江西省"}]}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: not a recommendation"):
        load_precedents(path)


@pytest.mark.field
@pytest.mark.slow
def test_precedents_of_the_articles_recommendations(field: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from kg.build import build
    from kg.cli import app

    build([field / "documents" / "S01_shandong_article.txt"], tmp_path / "build")
    gold = field / "gold" / "extra" / "S01_precedents.jsonl"
    options = ["--precedents", "--home", "山东", "--build", str(tmp_path / "build"), "--format", "json"]
    done = CliRunner().invoke(app, ["evaluate", str(gold), *options])
    rows = {(row["precedents"], row["weights"]): row for row in json.loads(done.stdout)}
    for row in rows.values():
        print(row)
    strong = rows["verbatim … strong", "as set"]
    assert (strong["questions"], strong["links"]) == (20, 30)
    assert strong["recall@5"] >= 0.8 and strong["mrr"] >= 0.6
    assert len(STRONG) == 3


def test_a_question_by_claim_id_needs_one_of_a_measure() -> None:
    assert load_question(object(), "c-zz") is None  # type: ignore[arg-type]


def test_the_benchmark_runs(capsys: pytest.CaptureFixture[str]) -> None:
    bench = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "bench_precedents.py"))
    bench["main"](sizes=(50, 100), questions=2)
    assert len(capsys.readouterr().out.splitlines()) == 3
