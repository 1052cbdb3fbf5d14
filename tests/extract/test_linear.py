"""Linear models over readable features: the same examples give the same table, tables come back as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RuleError
from kg.extract.linear import Packed, Wide, fit, is_word, load, pairs, save
from kg.text.pairs import Joined

EXAMPLES = [(["b", "money"], ["give"]), (["b", "slogan"], ["none"])] * 6
LABELS = ("give", "none")


def test_fitting_twice_gives_the_same_table() -> None:
    pytest.importorskip("numpy")
    shuffled = [(list(reversed(f)), held) for f, held in EXAMPLES]
    assert fit(EXAMPLES, LABELS, exclusive=True) == fit(shuffled, LABELS, exclusive=True)


@pytest.mark.parametrize("exclusive", [True, False])
def test_a_fitted_model_tells_its_examples_apart(exclusive: bool) -> None:
    pytest.importorskip("numpy")
    table = fit(EXAMPLES, LABELS, exclusive=exclusive)
    packed, wide = Packed(table, 2), Wide(table)
    for features, (label,) in EXAMPLES:
        give, none = packed.hundredths(packed.total(features))
        assert (give > none) == (label == "give")
        assert wide.hundredths(features) == [give, none]


def test_rare_features_are_left_out() -> None:
    pytest.importorskip("numpy")
    table = fit([*EXAMPLES, (["b", "once"], ["give"])], LABELS, exclusive=True, least=2)
    assert set(table) == {"b", "money", "slogan"}


def test_scores_are_sums_and_unknown_features_say_nothing() -> None:
    pytest.importorskip("numpy")
    table = {"a": (1.0, -2.0), "b": (0.5, 0.25)}
    packed = Packed(table, 2)
    assert packed.hundredths(packed.total(["a", "b", "unheard"])) == [150, -175]
    assert packed.hundredths(packed.total([])) == [0, 0]
    assert Wide(table).hundredths(["a", "b", "unheard"]) == [150, -175]
    assert Wide(table).hundredths([]) == [0, 0]


@given(st.lists(st.tuples(*[st.integers(-2000, 2000)] * 3), min_size=1, max_size=60))
def test_packed_weights_add_up_like_weights_side_by_side(rows: list[tuple[int, int, int]]) -> None:
    packed = Packed({str(n): tuple(w / 100 for w in row) for n, row in enumerate(rows)}, 3)
    names = [str(n) for n in range(len(rows))]
    assert packed.hundredths(packed.total(names)) == [sum(column) for column in zip(*rows, strict=True)]
    split = packed.total(names[:7]) + packed.total(names[7:])
    assert split == packed.total(names)


def test_pairs_of_a_text_stand_once_and_only_chinese_ones_are_words() -> None:
    assert list(pairs("奖励奖励3万元")) == ["奖励", "励奖", "励3", "3万", "万元"]
    assert list(filter(is_word, pairs("奖励奖励3万元"))) == ["奖励", "励奖", "万元"]


PAIR_TABLE = {"奖励": (1.0, -2.0), "励奖": (0.25, 0.5), "支持": (-0.75, 3.0), "before:奖励": (5.0, 7.0), "bias": (0.5, 0.1)}
WRITTEN = st.lists(st.text(st.sampled_from("奖励支持，3"), max_size=10), min_size=1, max_size=5)


@given(WRITTEN)
def test_pairs_of_many_texts_score_as_those_of_each_alone(texts: list[str]) -> None:
    packed, wide = Packed(PAIR_TABLE, 2), Wide(PAIR_TABLE)
    alone = [packed.hundredths(packed.total(["bias", *pairs(text)])) for text in texts]
    totals = [packed.total(["bias"])] * len(texts)
    assert packed.scores(totals, packed.of_pairs(Joined(texts))) == list(map(tuple, alone))
    assert wide.with_pairs([["bias"]] * len(texts), Joined(texts)).tolist() == alone
    assert [wide.hundredths(["bias", *pairs(text)]) for text in texts] == alone


@given(WRITTEN)
def test_a_pair_with_a_prefix_counts_as_often_as_it_stands(texts: list[str]) -> None:
    packed = Packed(PAIR_TABLE, 2)
    often = [sum(text[i : i + 2] == "奖励" for i in range(len(text))) for text in texts]
    scores = packed.scores([0] * len(texts), packed.of_pairs(Joined(texts), "before:"))
    assert scores == [(500 * n, 700 * n) for n in often]


def test_a_table_without_pairs_and_a_list_without_texts_score_nothing() -> None:
    packed = Packed({"bias": (1.0,)}, 1)
    assert packed.scores([100, 0], packed.of_pairs(Joined(["奖励", ""])), packed.of_pairs(Joined(["", "奖"]), "after:")) == [(100,), (0,)]
    assert packed.scores([], packed.of_pairs(Joined([]))) == []


def test_a_table_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    table = {"a=企业": (1.25, -2.0), "b": (0.5, 0.0)}
    save(tmp_path / "t.tsv", LABELS, table)
    assert load(tmp_path / "t.tsv", LABELS) == table


def test_a_table_for_other_labels_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "t.tsv", ("give", "take"), {"a": (1.0, 2.0)})
    with pytest.raises(RuleError, match=r"t\.tsv:1: unknown column take"):
        load(tmp_path / "t.tsv", LABELS)


def test_a_weight_that_is_no_number_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("id\tgive\tnone\na\t1\tmuch\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"t\.tsv:2: 'much' is no number"):
        load(tmp_path / "t.tsv", LABELS)
