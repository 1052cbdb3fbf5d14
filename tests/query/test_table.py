import pytest

from kg.query import Table


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="row 2 has 1 cells"):
        Table(("a", "b"), ((1, 2), (3,)))


def test_labels_must_be_as_many_as_columns():
    with pytest.raises(ValueError, match="1 labels for 2 columns"):
        Table(("a", "b"), (), labels=("甲",))


def test_headings_fall_back_to_column_names():
    assert Table(("a",), ()).headings == ("a",)
    assert Table(("a",), (), labels=("甲",)).headings == ("甲",)


def test_columns_and_records_are_read_by_name():
    table = Table(("a", "b"), ((1, "x"), (None, "y")))

    assert table.column("a") == (1, None)
    assert table.records() == [{"a": 1, "b": "x"}, {"a": None, "b": "y"}]
    with pytest.raises(KeyError):
        table.column("c")
