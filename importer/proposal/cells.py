"""A sheet's rows as texts, and what of a list is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from msgspec import Struct

from importer.invisible import visible
from importer.model import Cell, CellFault

PROFILED = 2_000
"""So many rows tell what a column holds."""

WIDEST = 300
"""No column further to the right is looked at."""

Texts = tuple[str, ...]
"""The cells of a row as texts; a blank one is empty."""


class Sheet(Protocol):
    """A sheet of a list: its rows, each with the number that the spreadsheet shows."""

    @property
    def file(self) -> str:
        """Return the name of its file."""
        ...

    @property
    def name(self) -> str:
        """Return its own name."""
        ...

    @property
    def rows(self) -> Iterable[tuple[int, Sequence[Cell]]]:
        """Return its rows from top to bottom."""
        ...


class Row:
    """A row with at least one filled cell, and its number in the spreadsheet.

    Its cells are made texts when they are asked for: of a long list most never are.
    """

    __slots__ = ("_cells", "number", "raw", "width")

    def __init__(self, number: int, raw: Sequence[Cell], width: int = 0) -> None:
        self.number = number
        self.raw = raw
        self.width = width or len(raw)
        self._cells: Texts | None = None

    @property
    def cells(self) -> Texts:
        """Return its cells as texts, as many as the table has columns."""
        if self._cells is None:
            texts = map(text_of, self.raw[: self.width])
            self._cells = (*texts, *("",) * (self.width - len(self.raw)))
        return self._cells

    @property
    def filled(self) -> list[str]:
        """Return its cells that are not blank."""
        return [cell for cell in self.cells if cell]

    @property
    def is_lone(self) -> bool:
        """Return whether a single cell is filled."""
        return len(list(islice(filter(_is_filled, self.raw), 2))) == 1

    def cell(self, column: int) -> str:
        """Return one of its cells as a text."""
        return text_of(self.raw[column]) if column < len(self.raw) else ""

    def first(self) -> str:
        """Return its first cell that is not blank."""
        return next(filter(None, map(text_of, self.raw)), "")


class Table(Struct, frozen=True):
    """The rows of a sheet that are not blank."""

    file: str
    name: str
    rows: Sequence[Row]
    width: int

    @classmethod
    def of(cls, sheet: Sheet) -> Table:
        """Return the rows of a sheet that have a filled cell."""
        rows = [Row(number, cells) for number, cells in sheet.rows if any(map(_is_filled, cells))]
        width = 0
        for row in rows:
            width = max(width, _last_filled(row.raw[:WIDEST], width))
        for row in rows:
            row.width = width
        return cls(sheet.file, sheet.name, rows, width)


def text_of(cell: Cell) -> str:
    """Return a cell as a text: whole numbers without decimals, dates as 2026-05-01."""
    if type(cell) is str:
        return cell.strip() if cell.isascii() else visible(cell).strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.text if isinstance(cell, CellFault) else str(cell)


def folded(text: str) -> str:
    """Return a text as it is compared with other cells."""
    return " ".join(text.split()).casefold()


def _is_filled(cell: Cell) -> bool:
    return cell != "" and bool(text_of(cell))


def _last_filled(cells: Sequence[Cell], known: int) -> int:
    """Return the number of the last filled cell of a row, where there is one behind those known."""
    last = len(cells)
    while last > known and not _is_filled(cells[last - 1]):
        last -= 1
    return last
