"""The judges add up the weights of exactly the features that their tables are fitted on."""

from __future__ import annotations

from itertools import pairwise

from kg.extract import attribute_model, beneficiaries, clause_model
from kg.extract.clauses import split_clauses
from kg.extract.linear import Packed, Wide, load
from kg.resources import data_dir

LEXICONS = data_dir("sources") / "lexicons"
TEXTS = (
    "对首次认定的企业，给予一次性奖励20万元，并优先推荐申报R&D项目，不得重复享受",
    "支持高校、院所与企业共建联合实验室，推动成果转化，形成协同创新的良好格局",
    "符合条件的，每年最高补助500万元：用于购置仪器、引进“高精尖缺”人才的费用，可以加计扣除",
    "围绕5G、AI等领域，实施重大专项，力争到2030年产业规模达到1000亿元",
)  # fmt: skip
SETTINGS = (clause_model.Setting("policy", ("target",)), clause_model.Setting("article"), clause_model.Setting("report", ("past", "topic")))


def test_the_clause_judge_scores_the_features_that_are_fitted() -> None:
    table = load(LEXICONS / "clause_weights.tsv", clause_model.LABELS)
    for text in TEXTS:
        clauses = split_clauses(text, 0, len(text))
        for setting in SETTINGS:
            judged = clause_model.judge(text, clauses, setting)
            before, condition = "start", False
            for i, label in enumerate(judged):
                found = clause_model.features(text, clauses, i, setting, before, condition)
                assert len(found) == len(set(found))
                rows = [table[f] for f in found if f in table]
                score = {name: round(100 * sum(row[n] for row in rows)) for n, name in enumerate(clause_model.LABELS)}
                score["open"] += clause_model.OPEN_BIAS
                if before in ("start", "out"):
                    del score["go_on"]
                assert score[label] == max(score.values()), (text, i, score)
                condition = label == "out" and clause_model.is_condition(text[slice(*clauses[i])])
                before = label


def test_the_judge_of_attributes_scores_the_features_that_are_fitted() -> None:
    table = load(LEXICONS / "attribute_weights.tsv", attribute_model.LABELS)
    values = {"instruments": ["PI008"], "beneficiaries": [{"text": "企业", "category": "enterprise"}], "amounts": [{"role": "award"}]}
    for text in TEXTS:
        found = attribute_model.features(text, "policy", values)
        assert len(found) == len(set(found))
        score = Wide(table).hundredths(found)
        sums = [round(100 * sum(table[f][n] for f in found if f in table)) for n in range(len(attribute_model.LABELS))]
        assert score == sums
        by_label = dict(zip(attribute_model.LABELS, score, strict=True))
        instruments, resources = attribute_model.judge(text, "policy", values)
        for kept, least in ((instruments, attribute_model.INSTRUMENT_FROM), (resources[1:], attribute_model.RESOURCE_FROM)):
            assert all(by_label[a] >= by_label[b] for a, b in pairwise(kept))
            assert all(by_label[code] >= least for code in kept)


def test_an_actor_is_served_by_the_features_that_are_fitted() -> None:
    table = load(LEXICONS / beneficiaries.WEIGHTS, beneficiaries.LABELS)
    for text in TEXTS:
        named = list(beneficiaries.mentions(text))
        served = {b["text"] for b in beneficiaries.read_beneficiaries(text, 0, len(text))}
        scores = {m.words: 0.0 for m in named}
        for m in named:
            found = beneficiaries.features(text, m, "policy")
            scores[m.words] = round(100 * sum(table[f][0] for f in found if f in table))
            assert Packed(table, 1).total(found) == scores[m.words]
        assert all(scores.get(words, 0) >= beneficiaries.SERVED_FROM for words in served)
