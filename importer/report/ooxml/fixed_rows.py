"""A sheet's rows with some cells put into them, while the rows are streamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from importer.report.ooxml.row import Row, end_tag, new_row
from importer.report.ooxml.rows import BEHIND_ALL, Rows
from importer.report.ooxml.splicing import Edit, PartWriter


@dataclass(slots=True)
class FixedRows:
    """A writer of rows with `cells`, by row and by column; each list is in order."""

    rows: Rows
    cells: Mapping[int, Mapping[int, bytes]]
    _coming: list[int] = field(init=False)
    _number: int = 0

    def __post_init__(self) -> None:
        self._coming = sorted(self.cells, reverse=True)

    def __call__(self, texts: list[bytes], out: PartWriter) -> None:
        """Write rows; those that are fixed and are not there become new rows."""
        for text in texts:
            only = self.rows.only_row(text)
            if self._number < only < self._next:
                out.write(text)
                out.write(end_tag(self.rows.prefix))
                self._number = only
                continue
            for row in self.rows.of(text, self._number):
                out.write(row.xml, self._edits(row))
                self._number = row.number

    @property
    def _next(self) -> int:
        return self._coming[-1] if self._coming else BEHIND_ALL

    def _edits(self, row: Row) -> list[Edit]:
        """Return the edits of a row, with the new rows before it."""
        edits: list[Edit] = []
        while self._next < row.number:
            number = self._coming.pop()
            cells = {column: cell for column, cell in self.cells[number].items() if cell}
            if cells:
                edits.append((0, 0, new_row(self.rows.prefix, number, cells, 0)))
        if self._next == row.number != BEHIND_ALL:
            edits += row.put(self.cells[self._coming.pop()], None)
        return edits
