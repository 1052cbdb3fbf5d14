"""Precedents: like provisions of other places, what is shared, and how many a reader's are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.analyse.precedents import Corpus, Provision, find_precedents, load_corpus, load_question
from kg.evaluate.precedents import measure_precedents

LOANS = Provision(
    "设立科技信贷风险补偿资金池，对银行向科技型中小企业发放的贷款损失给予补偿",
    *("c-1", "江西省", "江西省"),
    resources=frozenset(("funding",)),
    date="2021",
)
OLDER = Provision(
    "建立贷款风险补偿资金池，分担科技信贷损失", "c-2", "宁夏回族自治区", "宁夏回族自治区", date="2016"
)
HOUSING = Provision("为引进的博士提供人才公寓和购房补贴", "c-3", "海南省", "海南省", date="2019")
CORPUS = Corpus((LOANS, OLDER, HOUSING), 3, 3)
ASKED = Provision("建议设立科技信贷风险补偿资金池", province="贵州省", resources=frozenset(("funding",)))


def claims(question: Provision, **options: object) -> list[str]:
    return [hit.provision.claim for hit in find_precedents(question, CORPUS, **options)]  # type: ignore[arg-type]


def test_the_most_alike_come_first_and_the_unlike_not_at_all() -> None:
    assert claims(ASKED) == ["c-1", "c-2"]


def test_each_hit_says_what_is_shared() -> None:
    shared = find_precedents(ASKED, CORPUS)[0].shared
    assert "科技信贷风险补偿资金池" in "".join(shared) and "funding" in shared


def test_ones_own_province_is_no_precedent() -> None:
    assert claims(Provision(ASKED.text, province="江西省")) == ["c-2"]
    assert claims(ASKED, area="宁夏") == ["c-2"]


def test_the_earliest_come_first_on_request() -> None:
    assert claims(ASKED, earliest=True) == ["c-2", "c-1"]


def test_where_nothing_is_alike_there_is_none() -> None:
    assert claims(Provision("加强长江禁渔执法")) == []


def test_recall_counts_precedents_and_rank_the_first_right_hit() -> None:
    a, b = ({"area": "江西省", "start": s, "end": s + 10, "strength": "strong"} for s in (0, 50))
    gold = [{"recommendation": "x", "precedents": [a, b]}, {"recommendation": "none", "precedents": []}]
    elsewhere = {"area": "海南省", "start": 0, "end": 10}
    found = measure_precedents(gold, lambda text: [elsewhere, {**a, "start": 5, "end": 12}])
    assert (found.recall, found.mrr, found.questions, found.precedents) == (0.5, 0.5, 1, 2)


@pytest.mark.field
@pytest.mark.slow
def test_precedents_of_the_articles_recommendations(field: Path, tmp_path: Path) -> None:
    from kg.build import GRAPH, build
    from kg.commands.asking import question_of_text
    from kg.graph.store import open_store

    build([field / "documents" / "S01_shandong_article.txt"], tmp_path / "build")
    corpus = load_corpus(open_store(tmp_path / "build" / GRAPH))
    lines = (field / "gold" / "extra" / "S01_precedents.jsonl").read_text(encoding="utf-8").splitlines()

    def search(text: str) -> list[dict[str, object]]:
        hits = find_precedents(question_of_text(text, "山东省"), corpus, limit=10)
        return [{"area": h.provision.area, "start": h.provision.start, "end": h.provision.end} for h in hits]

    found = measure_precedents([json.loads(line) for line in lines], search)
    print(f"precedents: recall@5 {found.recall:.3f}, MRR {found.mrr:.3f}, {found.questions} questions")
    assert (found.questions, found.precedents) == (33, 61)
    assert found.recall >= 0.5 and found.mrr >= 0.54


def test_a_question_by_claim_id_needs_one_of_a_measure() -> None:
    assert load_question(object(), "c-zz") is None  # type: ignore[arg-type]
