"""Finds the headings of a sheet without a template, and the cells below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from importer.model import OWN_COLUMNS, Cell, column_letter
from importer.template.model import fold, ours

SAMPLE = 5000
"""Rows to read: enough to tell numbers from texts."""


class Chunk(Protocol):
    """Consecutive rows; a blank cell is ""."""

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows as lists of cells."""
        ...


class SheetLike(Protocol):
    """A sheet as far as a first mapping needs it."""

    name: str

    def head(self, rows: int = 30) -> list[list[Cell]]:
        """Return the first rows of the sheet."""
        ...

    def chunks(self, first_row: int, size: int = SAMPLE) -> Iterable[Chunk]:
        """Return the rows from `first_row` (1-based) on, in chunks."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its 0-based column, its text without a star, and whether it had a star."""

    place: int
    text: str
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The headings and first rows of a sheet; without `header` the headings are column letters.

    `repeated` are headings that occur a second time.
    """

    name: str
    header: bool
    headings: tuple[Heading, ...]
    repeated: tuple[str, ...]
    rows: list[list[Cell]]

    def cells(self, heading: Heading) -> list[Cell]:
        """Return the cells below a heading without blank ones."""
        at = heading.place
        return [row[at] for row in self.rows if len(row) > at and row[at] != ""]


def tables(sheets: Sequence[SheetLike]) -> Iterator[Table]:
    """Yield the table of every sheet that has any, without the sheets we added."""
    for sheet in sheets:
        if not ours(sheet.head()) and (table := _table(sheet)):
            yield table


def _table(sheet: SheetLike) -> Table | None:
    head = sheet.head()
    row = _heading_row(head)
    headings, repeated = _named(head[row - 1]) if row else (_lettered(head), ())
    if not headings:
        return None
    chunk = next(iter(sheet.chunks(row + 1, SAMPLE)), None)
    return Table(sheet.name, row > 0, headings, repeated, chunk.rows if chunk else [])


def _heading_row(head: Sequence[Sequence[Cell]]) -> int:
    """Return the first row filled nearly as far as the fullest, 0 if it holds more than texts.

    A title above the headings fills one cell only.
    """
    counts = [sum(1 for cell in row if cell != "") for row in head]
    full = max(counts, default=0)
    found = next((i for i, count in enumerate(counts) if full and 5 * count >= 3 * full), None)
    if found is None:
        return 0
    return found + 1 if all(isinstance(cell, str) for cell in head[found]) else 0


def _named(row: Sequence[Cell]) -> tuple[tuple[Heading, ...], tuple[str, ...]]:
    found: dict[str, Heading] = {}
    repeated = []
    own = set(map(fold, OWN_COLUMNS))
    for place, cell in enumerate(row):
        text = " ".join(str(cell).replace("*", " ").split())
        if not text or fold(text) in own:
            continue
        if fold(text) in found:
            repeated.append(text)
        else:
            found[fold(text)] = Heading(place, text, str(cell).rstrip().endswith("*"))
    return tuple(found.values()), tuple(repeated)


def _lettered(head: Sequence[Sequence[Cell]]) -> tuple[Heading, ...]:
    width = max((len(row) for row in head), default=0)
    return tuple(Heading(place, f"Column {column_letter(place + 1)}") for place in range(width))
