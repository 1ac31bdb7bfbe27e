"""Reports cells right of the last column that the rule of a sheet without headings names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.required import is_filled
from importer.model import Cell, Finding, Severity, column_letter
from importer.row_ranges import in_words


class CellsBeyondLetters:
    """The cells right of the last column, over all chunks of a sheet."""

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._width = max(sheet.known, default=-1) + 1
        self._rows: list[int] = []
        self._first: tuple[int, Cell] = 0, ""

    def check(self, cells: Sequence[Column], rows: Sequence[int]) -> None:
        """Note the rows of a chunk that have such cells."""
        beyond = cells[self._width :]
        found = [at for at in range(len(rows)) if any(is_filled(column[at]) for column in beyond)]
        if found and not self._rows:
            index = next(i for i, column in enumerate(beyond) if is_filled(column[found[0]]))
            self._first = self._width + index + 1, beyond[index][found[0]]
        self._rows += (rows[at] for at in found)

    def findings(self) -> Iterator[Finding]:
        """Yield a finding at the first of the cells, which names the rows of all."""
        if not self._rows:
            return
        column, cell = self._first
        place = self._sheet.at(self._rows[0], column)
        message = (
            f"{place.cell} stands beyond column {column_letter(self._width)}, the last that the "
            f"template names: such cells, in {in_words(self._rows)}, are not imported."
        )
        if self._sheet.records:
            message += " Put a text that holds the separator in double quotes."
        yield Finding(FindingCode.BEYOND_HEADINGS, message, place, Severity.WARNING, shown(cell))
