"""The hidden columns of a sheet that have something in them: a blank workbook folds blank ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet
from importer.model import Cell, Finding, Severity, column_letter
from importer.suggest import listed

MOST_COLUMNS = 8
"""How many hidden columns a finding names."""


class HiddenColumns:
    """The columns of one sheet that are hidden and imported; `runs` are first and last, from 1."""

    def __init__(self, sheet: BoundSheet, runs: Sequence[tuple[int, int]]) -> None:
        self._sheet = sheet
        self._blank = [i for i in sheet.known if any(one <= i + 1 <= last for one, last in runs)]
        self._filled: list[int] = []

    def note(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Note which of them have something in these rows."""
        found = [i for i in self._blank if any(_at(row, i) != "" for row in rows)]
        self._filled += found
        self._blank = [i for i in self._blank if i not in found]

    def findings(self) -> Iterator[Finding]:
        """Yield a finding that names them."""
        columns = sorted(self._filled)
        names = [self._sheet.heading(i) or column_letter(i + 1) for i in columns]
        if names:
            are = "The hidden column {} is" if len(names) == 1 else "The hidden columns {} are"
            words = f"{are.format(listed(names, MOST_COLUMNS))} imported like the others."
            place = self._sheet.place(0)
            yield Finding(FindingCode.HIDDEN_COLUMNS, words, place, Severity.INFO)


def _at(row: Sequence[Cell], index: int) -> Cell:
    return row[index] if index < len(row) else ""
