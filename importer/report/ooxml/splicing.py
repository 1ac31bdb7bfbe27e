"""Writing a part with edits while it is streamed, and recording where the edits are."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable

from msgspec import Struct, field

from importer.report.ooxml.errors import PatchRefused

_CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]+)[0-9]""")
CONTENT = re.compile(rb"</(?:[\w.-]+:)?(?:v|is)>|<(?:[\w.-]+:)?f[\s/>]")
"""Matches in a cell that has a value or a formula, not just a style."""

Edit = tuple[int, int, bytes]
"""Start and end of the replaced bytes, and their replacement."""


class PartWriter(Struct):
    """A writer of a part from start to end; `at` counts the bytes of the original so far.

    Cells may only be replaced in the columns `ours` and, if they have no content, in the columns
    `free`. `places` holds start, end and the length of the replacement of each edit.
    """

    name: str
    ours: frozenset[bytes] = frozenset()
    free: frozenset[bytes] = frozenset()
    at: int = 0
    places: array[int] = field(default_factory=lambda: array("q"))
    _pieces: list[bytes] = field(default_factory=list)

    def write(self, data: bytes, edits: Iterable[Edit] = ()) -> None:
        """Write the next bytes with edits, which are in order.

        Raises PatchRefused for an edit that would replace a cell of the user.
        """
        last, base, pieces = 0, self.at, self._pieces
        for start, end, by in edits:
            if start < end:
                self._demand_ours(data, start, end)
            pieces += (data[last:start], by)
            self.places.extend((base + start, base + end, len(by)))
            last = end
        pieces.append(data[last:])
        self.at = base + len(data)

    def append(
        self, row: bytes, stretch: tuple[int, int], last: bytes, cells: bytes, end_tag: bytes
    ) -> None:
        """Write a row (without its end tag) with more cells and a new last column.

        `stretch` is where the row's tag states its last column. The same as `write` in half the
        time.
        """
        base, (start, end), close = self.at, stretch, self.at + len(row)
        self._pieces += (row[:start], last, row[end:], cells, end_tag)
        self.places.extend((base + start, base + end, len(last), close, close, len(cells)))
        self.at = close + len(end_tag)

    def _demand_ours(self, data: bytes, start: int, end: int) -> None:
        """Raise PatchRefused where the replaced bytes hold a cell of the user.

        A cell without an address is not recognised here.
        """
        if data.find(b"<", start, end) >= 0:
            taken = set(_CELL.findall(data, start, end)) - self.ours
            if not taken <= self.free or (taken and CONTENT.search(data, start, end)):
                raise PatchRefused(f"{self.name} would lose a cell that is not ours")

    def taken(self) -> bytes:
        """Return the bytes written since the last call."""
        written = b"".join(self._pieces)
        self._pieces.clear()
        return written
