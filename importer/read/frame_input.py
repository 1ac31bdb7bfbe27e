"""Reads DataFrames as sheets: row 1 holds the names of the columns, the rows follow in order.

A level of the index that has a name is a column as well, before the others; labels without a name
only tell rows apart. A frame is never changed, and nothing of it is copied as a whole.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pandas as pd
from msgspec.structs import replace

from importer.errors import UnreadableInput
from importer.model import CellFault
from importer.pieces import pieces
from importer.read.frame_cells import cell_of
from importer.read.frame_columns import convert_of
from importer.read.frames import FRAME
from importer.read.input import Input, InputSheet
from importer.spreadsheet import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importer.model import Cell, InputFile
    from importer.read.frames import Frames

PIECE = 2000
"""Rows that are turned into cells at once."""


class FrameInput(Input, frozen=True):
    """DataFrames that are read in the place of a file."""

    def as_file(self) -> InputFile:
        """Return what a run remembers of them: a name, for there is no path."""
        return replace(super().as_file(), path=self.path.name)

    def has_changed(self) -> bool:
        """Return whether a frame holds something else than when it was opened."""
        return digest_of(self.sheets) != self.sha256


def open_frames(frames: Frames) -> FrameInput:
    """Open DataFrames. Raises UnreadableInput where one has more columns than a sheet."""
    sheets = tuple(FrameSheet(name, frame) for name, frame in frames.sheets.items())
    return FrameInput(Path(frames.name), FRAME, digest_of(sheets), None, sheets)


class FrameSheet(InputSheet):
    """A DataFrame as a sheet; the row at position n is row n + 2."""

    def __init__(self, name: str, frame: pd.DataFrame) -> None:
        super().__init__(name)
        self._rows = len(frame)
        self._headings, self._columns = _columns_of(frame)
        if len(self._columns) > MAX_COLUMNS:
            raise UnreadableInput(
                f"The DataFrame {name} has {len(self._columns):,} columns, a sheet has at most "
                f"{MAX_COLUMNS:,}."
            )
        self._converts = [convert_of(column) for column in self._columns]

    @property
    def hidden_rows(self) -> int:
        """Return 0: a frame hides nothing."""
        return 0

    @property
    def about_rows(self) -> int:
        """Return how many rows there are, the headings too."""
        return self._rows + 1

    def parsed(self) -> Iterator[Sequence[Cell]]:
        """Yield the headings, then the rows in the order of the frame."""
        yield self._headings
        for first in range(0, self._rows, PIECE):
            pairs = zip(self._columns, self._converts, strict=True)
            yield from zip(*(c(one.iloc[first : first + PIECE]) for one, c in pairs), strict=True)


def _columns_of(frame: pd.DataFrame) -> tuple[list[Cell], list[pd.Series[Any]]]:
    """Return the headings and the columns: those of a named index first."""
    own = [frame.iloc[:, at] for at in range(frame.shape[1])]
    headings = [heading_of(name) for name in frame.columns]
    index = frame.index
    named = [
        (heading_of(name), pd.Series(index.get_level_values(level), copy=False))
        for level, name in enumerate(index.names)
        if name is not None and heading_of(name) not in headings
    ]
    return [*(one for one, _ in named), *headings], [*(one for _, one in named), *own]


def heading_of(name: Any) -> str:
    """Return the heading that the name of a column stands for; of several levels, all of them."""
    if isinstance(name, tuple):
        return " ".join(filter(None, map(heading_of, name)))
    cell = cell_of(name)
    if isinstance(cell, CellFault):
        return cell.text
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell) if whole else cell).strip()  # type: ignore[arg-type]


def digest_of(sheets: Sequence[InputSheet]) -> str:
    """Return the SHA-256 of what sheets hold."""
    found = hashlib.sha256()
    for sheet in sheets:
        for rows in pieces(chain([[sheet.name]], sheet.parsed()), PIECE):
            found.update(orjson.dumps(rows, default=str))
    return found.hexdigest()
