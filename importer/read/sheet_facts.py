"""The result of our own pass over a sheet: what the workbook parser does not tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importer.model import Cell
    from importer.read.cells import Overrides


class DamagedSheetError(Exception):
    """The sheet's XML says something no spreadsheet can mean."""


@dataclass(slots=True)
class SheetFacts:
    """What one pass over a sheet found.

    `rows` and `columns` bound the cells that hold something, as far as they lie beyond Z999999.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    overrides: Overrides = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """Extends the bounds to the cell at `row`, `column` (both from 1)."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Notes what the cell at `row`, `column` (both from 1) is."""
        # Tuples of plain values are no work for the garbage collector, lists are.
        self.overrides[row] = (*self.overrides.get(row, ()), (column - 1, cell))
