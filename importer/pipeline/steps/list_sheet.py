"""A sheet of a list that is to be proposed: its rows, with the numbers that people see."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Self

from msgspec import Struct

from importer.model import Cell
from importer.read import InputSheet


class ListSheet(Struct, frozen=True):
    """A sheet of a list with its rows, each with the number that the spreadsheet shows."""

    file: str
    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]

    @classmethod
    def of(cls, file: str, sheet: InputSheet, most: int | None = None) -> Self:
        """Read the rows of a sheet that are not blank: all of them, or so many of the first."""
        chunks = sheet.chunks(1)
        numbered = (each for c in chunks for each in enumerate(c.rows, start=c.first_row))
        filled = ((number, cells) for number, cells in numbered if any(c != "" for c in cells))
        rows = list(islice(filled, most))
        return cls(file, sheet.name, rows)

    @property
    def key(self) -> tuple[str, str]:
        """Return the names by which what a person says of it is known."""
        return self.file, self.name
