"""A sheet's rows as texts, and what of a list is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from importer.invisible import visible
from importer.model import Cell

PROFILED = 2_000
"""So many rows tell what a column holds."""

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


@dataclass(frozen=True, slots=True)
class Row:
    """A row with at least one filled cell, and its number in the spreadsheet."""

    number: int
    cells: Texts

    @property
    def filled(self) -> list[str]:
        """Return its cells that are not blank."""
        return [cell for cell in self.cells if cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet that are not blank, as texts of the same width."""

    file: str
    name: str
    rows: tuple[Row, ...]
    width: int

    @classmethod
    def of(cls, sheet: Sheet) -> Table:
        """Return the rows of a sheet as texts."""
        rows = [(number, tuple(map(text_of, cells))) for number, cells in sheet.rows]
        rows = [(number, cells) for number, cells in rows if any(cells)]
        width = max((_last_filled(cells) for _, cells in rows), default=0)
        padded = (Row(number, _padded(cells, width)) for number, cells in rows)
        return cls(sheet.file, sheet.name, tuple(padded), width)


def text_of(cell: Cell) -> str:
    """Return a cell as a text: whole numbers without decimals, dates as 2026-05-01."""
    if type(cell) is str:
        return cell.strip() if cell.isascii() else visible(cell).strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)


def folded(text: str) -> str:
    """Return a text as it is compared with other cells."""
    return " ".join(text.split()).casefold()


def _last_filled(cells: Texts) -> int:
    return max((at for at, cell in enumerate(cells, start=1) if cell), default=0)


def _padded(cells: Texts, width: int) -> Texts:
    return (*cells[:width], *("",) * (width - len(cells)))
