"""Where results stand: the row that a spreadsheet shows, or position and label in a DataFrame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from importer.api.words import in_python, of_frame
from importer.read.frames import FRAME, HEADING_ROWS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Places:
    """Says of each row of a result where it stands for the caller.

    `frames` are the DataFrames by the names of their workbook and sheet, as far as there are any
    in this process; `names` are the workbooks that are DataFrames.
    """

    frames: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def is_frame(self, file: str) -> bool:
        """Return whether what is called so is no file."""
        return file in self.names or file in self.frames

    def row(self, file: str, row: int) -> int | None:
        """Return the row of a file, or the position in a DataFrame; None where no row is meant."""
        first = HEADING_ROWS + 1 if self.is_frame(file) else 0
        return row - first if row > 0 and row >= first else None

    def label(self, file: str, sheet: str, row: int) -> Any:
        """Return the label of a row of a DataFrame, a tuple for several levels; else None."""
        frame = self.frames.get(file, {}).get(sheet)
        at = self.row(file, row)
        return frame.index[at] if frame is not None and at is not None else None

    def cell(self, file: str, cell: str | None) -> str | None:
        """Return the address of a cell; a DataFrame has none."""
        return None if self.is_frame(file) else cell

    def words(self, file: str, text: str) -> str:
        """Return a message as a program reads it."""
        if not text:
            return ""
        said = in_python(text)
        return of_frame(said) if self.is_frame(file) else said


def of_formats(formats: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return which files, given with their formats, are DataFrames."""
    return frozenset(name for name, format_ in formats if format_ == FRAME)
