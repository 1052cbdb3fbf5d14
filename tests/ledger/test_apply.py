"""Decisions meet a new extraction: they hold, or it is said that they do not."""

from dataclasses import replace

import pytest

from kg.ledger import Decision, apply, decision_on, uncertain
from kg.model import Claim, Document, Source

TEXT = "第一条　对高新技术企业奖励10万元。第二条　设立科技贷。"
DOCUMENT = Document("d-1", TEXT, Source("row-1"))


def measure(quote: str, start: int | None = None, **more) -> Claim:
    at = TEXT.index(quote) if start is None else start
    values = {"resources": ["funding"], **more}
    return Claim("measure", "d-1", at, at + len(quote), quote, "rule", "浙江省", "in_force", values=values)


AWARD = measure("对高新技术企业奖励10万元", instruments=["PI008"])
LOAN = measure("设立科技贷", instruments=["PI012"])


def decide(decision: str, claim: Claim = AWARD, **becomes) -> Decision:
    made = decision_on(claim, DOCUMENT, decision, who="李明", why="原文", becomes=becomes or None)
    return replace(made, line=1)


def run(*decisions: Decision, claims=(AWARD, LOAN), document: Document = DOCUMENT):
    moved = [replace(claim, doc=document.id) for claim in claims]
    return apply(decisions, [document], {document.id: moved})


def test_a_rejected_claim_is_gone_and_kept_as_withdrawn():
    result = run(decide("reject"))
    assert result.claims["d-1"] == [LOAN]
    assert result.outcomes[0].withdrawn == AWARD and result.conflicts == ()


def test_an_accepted_claim_stays_as_it_is():
    result = run(decide("accept"))
    assert result.claims["d-1"] == [AWARD, LOAN] and result.outcomes[0].claim == AWARD.id


def test_a_corrected_claim_takes_the_place_of_the_old_one():
    result = run(decide("correct", area="杭州市", instruments=None, resources=["talent"]))
    changed = result.claims["d-1"][0]
    assert (changed.area, changed.values, changed.rule) == ("杭州市", {"resources": ["talent"]}, "ledger")
    assert (changed.start, changed.quote) == (AWARD.start, AWARD.quote)
    assert result.outcomes[0].before == AWARD.id != result.outcomes[0].claim == changed.id


def test_a_decision_survives_a_change_of_rule_and_offsets():
    moved = replace(AWARD, rule="another", start=AWARD.start + 3, end=AWARD.end + 3)
    assert run(decide("reject"), claims=(moved, LOAN)).claims["d-1"] == [LOAN]


def test_a_decision_survives_a_quote_cut_a_little_differently():
    longer = replace(AWARD, quote=AWARD.quote + "。", end=AWARD.end + 1)
    result = run(decide("reject"), claims=(longer, LOAN))
    assert result.claims["d-1"] == [LOAN] and "differently" in result.outcomes[0].note


def test_a_decision_survives_a_new_edition_of_the_file():
    text = "前言。" + TEXT
    edition = Document("d-2", text, Source("row-1"))
    shifted = replace(AWARD, doc="d-2", start=AWARD.start + 3, end=AWARD.end + 3)
    result = apply([decide("reject")], [edition], {"d-2": [shifted]})
    assert result.claims["d-2"] == [] and result.conflicts == ()


def test_where_the_extraction_says_otherwise_now_it_is_a_conflict_and_nothing_is_changed():
    other = replace(AWARD, values={**AWARD.values, "instruments": ["PI012"]})
    result = run(decide("reject"), claims=(other, LOAN))
    assert result.claims["d-1"] == [other, LOAN]
    (conflict,) = result.conflicts
    assert conflict.line == 1 and "PI008" in conflict.problem and "PI012" in conflict.problem


def test_an_accepted_claim_that_is_no_longer_extracted_is_kept_as_decided():
    result = run(decide("accept"), claims=(LOAN,))
    kept = result.claims["d-1"][0]
    assert (kept.id, kept.rule) == (AWARD.id, "ledger") and "kept" in result.outcomes[0].note


def test_a_rejected_claim_that_is_no_longer_extracted_is_satisfied():
    result = run(decide("reject"), claims=(LOAN,))
    assert result.claims["d-1"] == [LOAN] and result.outcomes[0].note == "no longer extracted"


def test_a_correction_that_the_extraction_has_learned_is_satisfied():
    learned = replace(AWARD, area="杭州市")
    result = run(decide("correct", area="杭州市"), claims=(learned, LOAN))
    assert result.claims["d-1"] == [learned, LOAN] and result.conflicts == ()


@pytest.mark.parametrize("made", ["accept", "correct"])
def test_words_that_are_no_longer_in_the_text_are_a_conflict(made):
    edition = Document("d-2", "第一条　对企业奖励5万元。", Source("row-1"))
    wanted = decide(made, **({"area": "杭州市"} if made == "correct" else {}))
    result = apply([wanted], [edition], {"d-2": []})
    assert "no longer in the text" in result.conflicts[0].problem


def test_a_document_that_is_not_built_is_a_conflict():
    result = apply([decide("reject")], [Document("d-9", "甲", Source("row-9"))], {"d-9": []})
    assert "not in this build" in result.conflicts[0].problem and result.outcomes == ()


def test_the_later_of_two_lines_on_one_claim_holds():
    result = run(decide("reject"), decide("accept"))
    assert AWARD.id in {claim.id for claim in result.claims["d-1"]}


def test_the_claims_given_are_not_changed():
    given = {"d-1": [AWARD, LOAN]}
    apply([decide("reject")], [DOCUMENT], given)
    assert given == {"d-1": [AWARD, LOAN]}


def test_doubtful_claims_come_first_where_there_are_more_reasons_and_decided_ones_not_at_all():
    vague = replace(LOAN, area=None)
    sure = measure("对高新技术企业奖励10万元", beneficiaries=[{"text": "高企", "category": "enterprise"}])
    doubts = uncertain([DOCUMENT], {"d-1": [AWARD, sure, vague]})
    assert doubts[0].claim in (vague, AWARD) and len(doubts[0].reasons) == 2
    assert {"no place", "nobody benefits"} <= {r for d in doubts for r in d.reasons}
    rest = uncertain([DOCUMENT], {"d-1": [AWARD, vague]}, [decide("accept")])
    assert [d.claim for d in rest] == [vague]


def test_a_claim_without_doubt_is_left_out():
    sure = measure("对高新技术企业奖励10万元", beneficiaries=[{"text": "高企", "category": "enterprise"}])
    assert uncertain([DOCUMENT], {"d-1": [sure]}) == []
