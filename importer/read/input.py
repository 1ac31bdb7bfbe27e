"""The classes that the read stage hands on: an `Input`, its sheets, and their rows in chunks."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.model import Cells, InputFile
from importer.pieces import pieces
from importer.read.cells import normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from importer.model import Cell, Finding
    from importer.read.doubts import At
    from importer.spreadsheet import Dialect, MergedRange


class Chunk(Struct):
    """Consecutive rows of a sheet; `first_row` is the first one's number in the spreadsheet.

    Index 0 of a row is column A; a row may be shorter than its neighbours; a blank cell is "".
    `parsed` holds the rows as the parser returns them. Numbers are normalised on access, by
    columns where possible, which is faster; `text` says that there are none.
    """

    first_row: int
    parsed: list[Sequence[Cell]]
    text: bool = False

    def __len__(self) -> int:
        return len(self.parsed)

    @property
    def rows(self) -> list[list[Cell]]:
        """Return the rows from top to bottom."""
        return [normalized(Cells(row)) for row in self.parsed]

    def columns(self) -> list[list[Cell]]:
        """Return the columns from left to right, all of the same length."""
        columns = zip_longest(*self.parsed, fillvalue="")
        if self.text:
            return [Cells(column, {str}) for column in columns]
        return [normalized(Cells(column)) for column in columns]


class InputSheet(ABC):
    """A sheet of the input; its rows can be read any number of times."""

    def __init__(self, name: str, *, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden

    @property
    @abstractmethod
    def hidden_rows(self) -> int:
        """Return how many rows with content the spreadsheet does not show."""

    @property
    def about_rows(self) -> int | None:
        """Return how many rows it has, about, None where that shows only as it is read."""
        return None

    @property
    def hidden_columns(self) -> Sequence[tuple[int, int]]:
        """Return the runs of columns that the spreadsheet does not show, first and last from 1."""
        return ()

    @property
    def merged(self) -> Sequence[MergedRange]:
        """Return the merged cells."""
        return ()

    @property
    def has_formulas(self) -> bool:
        """Return whether some cells may hold formulas, in a format that is fixed in place."""
        return False

    @property
    def shows_errors(self) -> bool:
        """Return whether cells with an error are distinguished from blank cells."""
        return True

    def findings(self, at: At) -> Iterator[Finding]:  # noqa: ARG002 - most have none
        """Yield what is doubtful about how the sheet was read, once its chunks were read.

        `at` makes the place of a row and a column.
        """
        yield from ()

    @abstractmethod
    def parsed(self) -> Iterator[Sequence[Cell]]:
        """Yield every row from spreadsheet row 1 on, blank rows too, numbers not normalised."""

    def head(self, rows: int = 30) -> list[list[Cell]]:
        """Return the first rows; element 0 is spreadsheet row 1. Raises UnreadableInput."""
        return [normalized(Cells(row)) for row in _trimmed(islice(self.parsed(), rows))]

    def chunks(self, first_row: int, size: int = 500) -> Iterator[Chunk]:
        """Yield the rows from `first_row` on, without blank rows at the end of a chunk.

        A chunk is small enough for its cells to stay in the processor's cache.
        Raises UnreadableInput.
        """
        rows = islice(self.parsed(), first_row - 1, None)
        for piece in pieces(rows, size):
            first, first_row = first_row, first_row + len(piece)
            if kept := _trimmed(piece):
                yield Chunk(first, kept)

    def release(self) -> None:  # noqa: B027 - most hold nothing
        """Give back what reading it took, once it is read; it can still be read again."""


class Input(Struct, frozen=True):
    """A file that can be read; `format` is that of its content, whatever its name.

    `guess` describes in words how a text file was understood; it and `dialect` are None for a
    workbook. `sheets` are in the workbook's order and include hidden sheets.
    """

    path: Path
    format: str
    sha256: str
    guess: str | None
    sheets: tuple[InputSheet, ...]
    dialect: Dialect | None = None

    def has_changed(self) -> bool:
        """Return whether the file holds something else than when it was opened, or is gone."""
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() != self.sha256
        except OSError:
            return True

    def as_file(self) -> InputFile:
        """Return what a run remembers of the file."""
        path = str(self.path.resolve())
        name, dialect = self.path.name, self.dialect
        known = (path, name, self.sha256, self.format, self.guess, dialect)
        return InputFile(*known, named=str(self.path))


def _trimmed(rows: Iterable[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Return the rows up to the last that is not blank."""
    kept = list(rows)
    while kept and not any(kept[-1]) and all(cell == "" for cell in kept[-1]):
        kept.pop()
    return kept
