"""A sheet that no template knows in, its headings and the cells below them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from importer.model import Cell, column_letter
from importer.template.model import OWN_COLUMNS, fold, ours

SAMPLE = 5000
"""Rows that are looked at: enough to tell a number from a word."""


class Chunk(Protocol):
    """Consecutive rows; a blank cell is ""."""

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows, one after the other."""
        ...


class SheetLike(Protocol):
    """What a first mapping needs of a sheet that was read."""

    name: str

    def head(self, rows: int = 30) -> list[list[Cell]]:
        """The sheet's first rows."""
        ...

    def chunks(self, first_row: int, size: int = SAMPLE) -> Iterable[Chunk]:
        """The rows from `first_row` (1-based) on."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its 0-based place, its text without a star, and whether it had one."""

    place: int
    text: str
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's headings and its first rows; without `header` the headings are made from letters.

    `repeated` are headings that stand there a second time.
    """

    name: str
    header: bool
    headings: tuple[Heading, ...]
    repeated: tuple[str, ...]
    rows: list[list[Cell]]

    def cells(self, heading: Heading) -> list[Cell]:
        """What stands below a heading, blanks left out."""
        at = heading.place
        return [row[at] for row in self.rows if len(row) > at and row[at] != ""]


def tables(sheets: Sequence[SheetLike]) -> Iterator[Table]:
    """Every sheet that has a table, our own sheets left out."""
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
    """The first row that is filled nearly as far as the fullest; 0 if it holds more than texts.

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
    ours = set(map(fold, OWN_COLUMNS))
    for place, cell in enumerate(row):
        text = " ".join(str(cell).replace("*", " ").split())
        if not text or fold(text) in ours:
            continue
        if fold(text) in found:
            repeated.append(text)
        else:
            found[fold(text)] = Heading(place, text, str(cell).rstrip().endswith("*"))
    return tuple(found.values()), tuple(repeated)


def _lettered(head: Sequence[Sequence[Cell]]) -> tuple[Heading, ...]:
    width = max((len(row) for row in head), default=0)
    return tuple(Heading(place, f"Column {column_letter(place + 1)}") for place in range(width))
