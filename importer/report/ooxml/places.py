"""The places of a sheet that are looked for, found in areas without trying each in each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from importer.report.ooxml.cells import corners

At = tuple[int, int]
"""Row and column, both from 1."""


@dataclass(slots=True)
class Places:
    """Cells of a sheet by row."""

    columns: Mapping[int, list[int]]
    rows: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.rows = sorted(self.columns)

    @classmethod
    def of(cls, cells: Iterable[At]) -> Places:
        """Return the places of cells."""
        columns: dict[int, list[int]] = {}
        for row, column in sorted(cells):
            columns.setdefault(row, []).append(column)
        return cls(columns)

    def first_in(self, ref: str, besides: At = (0, 0)) -> At | None:
        """Return the first place in an area such as `A1:C9`, but for one; None where none is."""
        top, left, bottom, right = corners(ref)
        for row in self.rows[bisect_left(self.rows, top) :]:
            if row > bottom:
                break
            columns = self.columns[row]
            for column in columns[bisect_left(columns, left) :]:
                if column > right:
                    break
                if (row, column) != besides:
                    return row, column
        return None
