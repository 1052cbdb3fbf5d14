"""Linear models over readable features: the same examples give the same table, tables come back as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RuleError
from kg.extract.linear import Packed, Wide, fit, is_word, load, pairs, save

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
