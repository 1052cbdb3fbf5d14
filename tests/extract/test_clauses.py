"""Clauses of a sentence and the verbs that open them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.clause_model import LABELS, Setting, is_condition, judge
from kg.extract.clauses import GRANT, NEGATIVE, opening, split_clauses


def clauses(text: str) -> list[str]:
    return [text[a:b] for a, b in split_clauses(text, 0, len(text))]


def test_commas_and_colons_part_clauses() -> None:
    assert clauses("对企业给予奖励，按以下标准：国家级50万元") == ["对企业给予奖励", "按以下标准", "国家级50万元"]


def test_brackets_and_quotations_are_not_cut() -> None:
    text = "实施“揭榜，挂帅”制度（含省级，市级），支持企业"
    assert clauses(text) == ["实施“揭榜，挂帅”制度（含省级，市级）", "支持企业"]


@given(st.text(alphabet="支持企业，：（）《》“”〔〕。给予", max_size=40))
def test_clauses_are_in_order_and_hold_no_character_twice(text: str) -> None:
    spans = split_clauses(text, 0, len(text))
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))


OPENINGS = [
    ("支持企业建设研发机构", "support", "支持"),
    ("进一步完善人才评价机制", "improve", "完善"),
    ("设立成果转化基金", "establish", "设立"),
    ("扎实开展科技金融试点", "run", "开展"),
    ("各级人民政府应当建立协调机制", "establish", "建立"),
    ("为科技型企业提供融资服务", "support", "提供"),
    ("对创新产品实行政府首购", "support", "实行"),
]


@pytest.mark.parametrize(("clause", "kind", "verb"), OPENINGS)
def test_the_verb_that_opens_a_clause(clause: str, kind: str, verb: str) -> None:
    found = opening(clause)
    assert found is not None and (found[0], found[2]) == (kind, verb)


@pytest.mark.parametrize("clause", ["创新能力显著增强", "年营业收入超过2000万元的", "其中"])
def test_a_description_has_no_opening_verb(clause: str) -> None:
    assert opening(clause) is None


@pytest.mark.parametrize("clause", ["给予10万元奖励", "免征房产税", "再奖50万元", "可享受贷款贴息"])
def test_words_of_a_grant(clause: str) -> None:
    assert GRANT.search(clause)


@pytest.mark.parametrize("clause", ["不予支持", "追回已拨资金", "不重复享受"])
def test_words_of_a_refusal(clause: str) -> None:
    assert NEGATIVE.search(clause)


@pytest.mark.parametrize("clause", ["取消户籍限制", "取消前置审批"])
def test_lifting_a_limit_is_no_refusal(clause: str) -> None:
    assert not NEGATIVE.search(clause)


@pytest.mark.parametrize("clause", ["对首次认定的企业", "完成备案后", "企业购买检测服务的", "企业引进的博士"])
def test_clauses_that_say_what_must_hold(clause: str) -> None:
    assert is_condition(clause)


def test_a_provision_is_no_condition() -> None:
    assert not is_condition("给予20万元奖励")


@given(st.text(alphabet="支持对给予企业奖励20万元，的设立基金不予坚持建设", max_size=50), st.sampled_from(["policy", "article", "report"]))
def test_every_clause_gets_a_label_and_none_goes_on_with_nothing(text: str, kind: str) -> None:
    labels = judge(text, split_clauses(text, 0, len(text)), Setting(kind))
    assert set(labels) <= set(LABELS)
    for before, label in zip(["out", *labels], labels, strict=False):
        assert label != "go_on" or before in ("open", "go_on")
