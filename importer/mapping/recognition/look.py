"""A sheet as recognition sees it: its names and its first rows, read and folded once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from importer.mapping.header import SEARCHED, folded, texts
from importer.model import LONGEST_HEADING, Cell


class Sheet(Protocol):
    """A sheet as recognition needs it: its name and its first rows."""

    name: str

    def head(self, rows: int = SEARCHED) -> list[list[Cell]]:
        """Return the sheet's first rows."""
        ...


class Look:
    """The first rows of a sheet, as texts and folded, and what the sheet may be named after.

    `file` is the name of its file without the ending, where that may name the sheet too. `kind` is
    what the user calls it, blank where the user does not say.
    """

    def __init__(self, sheet: Sheet, file: str = "", kind: str = "") -> None:
        self.name = sheet.name
        self.file = file
        self.kind = kind
        self.cells = sheet.head(SEARCHED)
        self.table = [texts(row) for row in self.cells]
        self.folded = [folded(row) for row in self.table]

    @property
    def width(self) -> int:
        """How many columns the first rows have."""
        return max(map(len, self.table), default=0)

    @classmethod
    def of(cls, sheet: Sheet | Look) -> Look:
        """Return the look of a sheet, or the look itself."""
        return sheet if isinstance(sheet, Look) else cls(sheet)

    def head(self, rows: int = SEARCHED) -> list[list[Cell]]:
        """Return the first rows, at most those that were read."""
        return self.cells[:rows]

    def likely_headings(self) -> Sequence[str]:
        """Return the row that looks most like headings, whatever they mean.

        It is the first that has about as many different texts as any: titles have fewer.
        """
        rows = [tuple(text for text in row if _wordy(text)) for row in self.table]
        most = max((len(set(row)) for row in rows), default=0)
        return next((row for row in rows if row and 5 * len(set(row)) >= 4 * most), ())


def _wordy(text: str) -> bool:
    """Return whether a text may be a heading: it has a letter and is no long prose."""
    return 0 < len(text) <= LONGEST_HEADING and any(map(str.isalpha, text))
