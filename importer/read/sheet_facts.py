"""What our own scan of a sheet finds and the workbook parser does not report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importer.model import Cell
    from importer.read.cells import Overrides
    from importer.spreadsheet import MergedRange


class DamagedSheetError(Exception):
    """The sheet's XML holds something that is impossible in a spreadsheet."""


@dataclass(slots=True)
class SheetFacts:
    """The results of one scan of a sheet.

    `rows` and `columns` bound the cells with content; cells up to Z999999 may be left out of them.
    `hidden_columns` are runs of columns, first and last from 1. `spoilt` says that texts of the
    sheet may hold mojibake. `unseen` are the formats with leading zeros whose numbers are read
    without them.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    overrides: Overrides = field(default_factory=dict)
    merged: list[MergedRange] = field(default_factory=list)
    spoilt: bool = False
    unseen: list[str] = field(default_factory=list)

    def extend_to(self, row: int, column: int) -> None:
        """Extend the bounds to the cell at `row`, `column` (both from 1)."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Record the cell at `row`, `column` (both from 1) as it is shown."""
        # The garbage collector need not visit tuples of plain values, but lists.
        self.overrides[row] = (*self.overrides.get(row, ()), (column - 1, cell))
