"""Linear models over readable features: the same examples give the same table, tables come back as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import RuleError
from kg.extract.linear import fit, load, save, scores

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
    for features, (label,) in EXAMPLES:
        give, none = scores(table, features, 2)
        assert (give > none) == (label == "give")


def test_rare_features_are_left_out() -> None:
    pytest.importorskip("numpy")
    table = fit([*EXAMPLES, (["b", "once"], ["give"])], LABELS, exclusive=True, least=2)
    assert set(table) == {"b", "money", "slogan"}


def test_scores_are_sums_and_unknown_features_say_nothing() -> None:
    table = {"a": (1.0, -2.0), "b": (0.5, 0.25)}
    assert scores(table, ["a", "b", "unheard"], 2) == [1.5, -1.75]
    assert scores(table, [], 2) == [0.0, 0.0]


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
