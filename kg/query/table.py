"""The one result type: a question's answer as plain Python values, free of RDF objects."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns.

    `columns` are stable names (the query's variables); `labels` are headings for people, in one
    language, as many as there are columns or none. `truncated` says that the answer went on past the
    limit. Raises ValueError where a row or the labels do not fit the columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    labels: tuple[str, ...] = ()
    truncated: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        if self.labels and len(self.labels) != width:
            raise ValueError(f"{len(self.labels)} labels for {width} columns")
        for number, row in enumerate(self.rows, 1):
            if len(row) != width:
                raise ValueError(f"row {number} has {len(row)} cells, the table has {width} columns")

    @property
    def headings(self) -> tuple[str, ...]:
        """The labels, or the column names where there are none."""
        return self.labels or self.columns

    def column(self, name: str) -> tuple[Value, ...]:
        """All cells of one column. Raises KeyError for a name the table does not have."""
        if name not in self.columns:
            raise KeyError(name)
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def records(self) -> list[dict[str, Value]]:
        """One dict a row, keyed by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
