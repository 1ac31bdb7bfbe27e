"""The rows of a worksheet in pieces in, the last column in which any cell stands out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from importer.model import column_letter
from importer.report.ooxml.row import end_tag, number_of

_ADDRESS = re.compile(rb' r="([A-Z]{1,3})[0-9]')

LAST_COLUMN = 16_384
"""A sheet has no more than these."""


@dataclass(slots=True)
class Reach:
    """How far the cells reach of which the pieces were seen; their elements have the `prefix`.

    A cell that does not say first where it stands may stand anywhere.
    """

    prefix: bytes
    column: int = 0
    _rest: bytes = b""

    def see(self, piece: bytes) -> None:
        """Look at the next piece: once at nearly all of them, as few rows are the longest yet."""
        data = self._rest + piece
        at, whole = 0, max(data.rfind(b"<"), 0)
        while cell := _beyond(self.prefix, self.column).search(data, at, whole):
            at = cell.start()
            end = data.find(end_tag(self.prefix), at, whole)
            last = data.rfind(b"<" + self.prefix + b"c ", at, end if end >= 0 else whole)
            self.column = max(self._stands(data, at), self._stands(data, last))
        self._rest = data[whole:]

    def _stands(self, data: bytes, at: int) -> int:
        """The column of the cell that starts there."""
        said = _ADDRESS.match(data, at + len(self.prefix) + 2)
        return number_of(said[1]) if said else LAST_COLUMN


@lru_cache
def _beyond(prefix: bytes, column: int) -> re.Pattern[bytes]:
    """A pattern of a cell right of a column, or of one that does not say first where it stands."""
    if column >= LAST_COLUMN:
        return re.compile(rb"(?!)")
    cell, within = re.escape(b"<" + prefix + b"c"), _up_to(column)
    return re.compile(cell + rb"(?! r=\"(?:" + within + rb")[0-9])(?=[\s/>])")


def _up_to(column: int) -> bytes:
    """A pattern of the letters of all columns up to one: of `AC` it is `[A-Z]{1}|A[A-B]{1}|AC`."""
    letters = column_letter(column)
    forms = [f"[A-Z]{{{length}}}" for length in range(1, len(letters))]
    for at, letter in enumerate(letters):
        if letter > "A":
            others = f"[A-Z]{{{len(letters) - at - 1}}}"
            forms.append(f"{letters[:at]}[A-{chr(ord(letter) - 1)}]{others}")
    return "|".join([*forms, letters]).encode()
