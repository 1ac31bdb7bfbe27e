"""The used range of a worksheet: the last column with a cell, found while its rows are streamed."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from importer.model import column_letter
from importer.report.ooxml.row import end_tag, number_of
from importer.spreadsheet import MAX_COLUMNS

_ADDRESS = re.compile(rb' r="([A-Z]{1,3})[0-9]')


class UsedRange(Struct):
    """The used range of the pieces seen so far; `prefix` is that of the sheet's elements.

    A cell whose first attribute is not its address may be in any column.
    """

    prefix: bytes
    last_column: int = 0
    _rest: bytes = b""

    def see(self, piece: bytes) -> None:
        """Extend the range to the next piece; most pieces are searched once, in vain."""
        data = self._rest + piece
        at, whole = 0, max(data.rfind(b"<"), 0)
        while cell := _beyond(self.prefix, self.last_column).search(data, at, whole):
            at = cell.start()
            end = data.find(end_tag(self.prefix), at, whole)
            last = data.rfind(b"<" + self.prefix + b"c ", at, end if end >= 0 else whole)
            self.last_column = max(self._column(data, at), self._column(data, last))
        self._rest = data[whole:]

    def _column(self, data: bytes, at: int) -> int:
        """Return the column of the cell that starts at `at`."""
        address = _ADDRESS.match(data, at + len(self.prefix) + 2)
        return number_of(address[1]) if address else MAX_COLUMNS


@lru_cache
def _beyond(prefix: bytes, column: int) -> re.Pattern[bytes]:
    """Return a pattern of a cell right of a column, or of a cell that may be in any column."""
    if column >= MAX_COLUMNS:
        return re.compile(rb"(?!)")
    cell, within = re.escape(b"<" + prefix + b"c"), _up_to(column)
    return re.compile(cell + rb"(?! r=\"(?:" + within + rb")[0-9])(?=[\s/>])")


def _up_to(column: int) -> bytes:
    """Return a pattern of the letters of all columns up to `column`: AC is `[A-Z]{1}|A[A-B]{1}|AC`.

    Column 0 has no letters.
    """
    letters = column_letter(column)
    forms = [f"[A-Z]{{{length}}}" for length in range(1, len(letters))]
    for at, letter in enumerate(letters):
        if letter > "A":
            others = f"[A-Z]{{{len(letters) - at - 1}}}"
            forms.append(f"{letters[:at]}[A-{chr(ord(letter) - 1)}]{others}")
    return "|".join([*forms, letters]).encode()
