"""What the read stage hands on: an `Input` with its sheets, whose rows come in `Chunk`s."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from importer.model import Cells, Dialect, InputFile
from importer.read.cells import put_right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from importer.model import Cell

MAX_COLUMNS = 16_384
MAX_ROWS = 1_048_576


@dataclass(slots=True)
class Chunk:
    """Consecutive rows of a sheet: `first_row` is the spreadsheet's number of the first.

    Index 0 of a row is column A; a row may be shorter than its neighbours; a blank cell is "".
    `parsed` has the rows as the parser gives them; numbers are put right column by column, which
    is faster.
    """

    first_row: int
    parsed: list[Sequence[Cell]]

    def __len__(self) -> int:
        return len(self.parsed)

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows, one after the other."""
        return [put_right(Cells(row)) for row in self.parsed]

    def columns(self) -> list[list[Cell]]:
        """The columns, all of one length."""
        return [put_right(Cells(column)) for column in zip_longest(*self.parsed, fillvalue="")]


class InputSheet(ABC):
    """One sheet: its name, whether it is hidden, and its rows as often as they are asked for."""

    def __init__(self, name: str, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden

    @property
    @abstractmethod
    def hidden_rows(self) -> int:
        """How many rows the spreadsheet does not show."""

    @property
    def shows_errors(self) -> bool:
        """Whether a cell with an error can be told from a blank one."""
        return True

    @abstractmethod
    def parsed(self) -> Iterator[Sequence[Cell]]:
        """Every row from spreadsheet row 1 on, blank ones too, before numbers are put right."""

    def head(self, rows: int = 30) -> list[list[Cell]]:
        """The first rows; element 0 is spreadsheet row 1. Raises UnreadableInput."""
        return [put_right(Cells(row)) for row in _trimmed(islice(self.parsed(), rows))]

    def chunks(self, first_row: int, size: int = 500) -> Iterator[Chunk]:
        """The rows from `first_row` on, but for blanks at a chunk's end. Raises UnreadableInput.

        A chunk is small enough for its cells to stay in the processor's cache.
        """
        rows = islice(self.parsed(), first_row - 1, None)
        while piece := list(islice(rows, size)):
            first, first_row = first_row, first_row + len(piece)
            if kept := _trimmed(piece):
                yield Chunk(first, kept)


@dataclass(frozen=True)
class Input:
    """A file that can be read: `format` is what its content is, whatever its name says.

    `guess` says in words how a text file was understood, None for a workbook, as is `dialect`.
    `sheets` stand in the workbook's order, hidden ones among them.
    """

    path: Path
    format: str
    sha256: str
    guess: str | None
    sheets: tuple[InputSheet, ...]
    dialect: Dialect | None = None

    def as_file(self) -> InputFile:
        """Return what a run remembers of the file."""
        path = str(self.path.resolve())
        name, dialect = self.path.name, self.dialect
        return InputFile(path, name, self.sha256, self.format, self.guess, dialect)


def _trimmed(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """The rows up to the last that is not blank."""
    kept = list(rows)
    while kept and not any(kept[-1]) and all(cell == "" for cell in kept[-1]):
        kept.pop()
    return kept
