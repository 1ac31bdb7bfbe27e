"""A sheet of a list that is to be proposed: its rows, with the numbers that people see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from importer.model import Cell
from importer.read import InputSheet


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet of a list with its rows, each with the number that the spreadsheet shows."""

    file: str
    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]

    @classmethod
    def of(cls, file: str, sheet: InputSheet) -> Self:
        """Read all rows of a sheet."""
        chunks = sheet.chunks(1)
        numbered = (each for c in chunks for each in enumerate(c.rows, start=c.first_row))
        rows = [(number, cells) for number, cells in numbered if any(cell != "" for cell in cells)]
        return cls(file, sheet.name, rows)

    @property
    def key(self) -> tuple[str, str]:
        """Return the names by which what a person says of it is known."""
        return self.file, self.name
