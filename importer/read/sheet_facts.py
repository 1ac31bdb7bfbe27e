"""What our own scan of a sheet finds and the workbook parser does not report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from importer.model import Cell
    from importer.read.cells import Overrides
    from importer.spreadsheet import MergedRange


MAX_NOTED = 1 << 21
"""How many cells, merged cells and hidden columns of a sheet are kept, some 300 bytes for each."""


class DamagedSheetError(Exception):
    """The sheet's XML holds something that is impossible in a spreadsheet."""


class SheetFacts(Struct):
    """The results of one scan of a sheet.

    `rows` and `columns` bound the cells with content; cells up to Z999999 may be left out of them.
    `hidden_columns` are runs of columns, first and last from 1. `spoilt` says that texts of the
    sheet may hold mojibake. `unseen` are the formats with leading zeros whose numbers are read
    without them. `formulas` says that cells may hold one. `cells` is how many cells there are,
    about, `text` how many bytes of text they have at most.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    overrides: Overrides = field(default_factory=dict)
    merged: list[MergedRange] = field(default_factory=list)
    spoilt: bool = False
    unseen: list[str] = field(default_factory=list)
    formulas: bool = False
    cells: int = 0
    text: int = 0
    noted: int = 0

    def extend_to(self, row: int, column: int) -> None:
        """Extend the bounds to the cell at `row`, `column` (both from 1)."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Record the cell at `row`, `column` (both from 1) as it is shown."""
        self._note()
        # The garbage collector need not visit tuples of plain values, but lists.
        self.overrides[row] = (*self.overrides.get(row, ()), (column - 1, cell))

    def merge(self, merged: MergedRange) -> None:
        """Record merged cells."""
        self._note()
        self.merged.append(merged)

    def hide(self, first: int, last: int) -> None:
        """Record a run of hidden columns (from 1)."""
        self._note()
        self.hidden_columns.append((first, last))

    def _note(self) -> None:
        self.noted += 1
        if self.noted > MAX_NOTED:
            words = "more than {:,} errors, padded numbers, merged cells and hidden columns"
            raise DamagedSheetError(words.format(MAX_NOTED))
