"""Bytes of a part and edits of them in, the bytes with the edits out, and where these stand."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from importer.report.ooxml.errors import Refused

_CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]+)[0-9]""")
HELD = re.compile(rb"</(?:[\w.-]+:)?(?:v|is)>|<(?:[\w.-]+:)?f[\s/>]")
"""What stands in a cell that holds anything but a style."""

Edit = tuple[int, int, bytes]
"""Start and end of what is replaced, and what stands there instead."""


@dataclass(slots=True)
class Splicing:
    """A part that is written from its start to its end, of which `at` bytes have passed by.

    Of its cells only such in the columns `ours` may be put differently, and in the columns `free`
    such that hold nothing, though they may look like something. `places` are start and end
    of what was replaced, and how many bytes stand there now.
    """

    name: str
    ours: frozenset[bytes] = frozenset()
    free: frozenset[bytes] = frozenset()
    at: int = 0
    places: array[int] = field(default_factory=lambda: array("q"))
    _pieces: list[bytes] = field(default_factory=list)

    def write(self, data: bytes, edits: Iterable[Edit] = ()) -> None:
        """Write what comes next with edits from its start to its end. Raises Refused."""
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
        """Write a row, cut before its end tag, with cells behind its own and a new last column.

        `stretch` is where its tag says the last column. As `write`, in half the time.
        """
        base, (start, end), close = self.at, stretch, self.at + len(row)
        self._pieces += (row[:start], last, row[end:], cells, end_tag)
        self.places.extend((base + start, base + end, len(last), close, close, len(cells)))
        self.at = close + len(end_tag)

    def _demand_ours(self, data: bytes, start: int, end: int) -> None:
        """Raise Refused where what is replaced would cost the user a cell.

        A cell without an address is counted, not read: it is not looked at here.
        """
        if data.find(b"<", start, end) >= 0:
            taken = set(_CELL.findall(data, start, end)) - self.ours
            if not taken <= self.free or (taken and HELD.search(data, start, end)):
                raise Refused(f"{self.name} would lose a cell that is not ours")

    def taken(self) -> bytes:
        """What was written since the last time."""
        written = b"".join(self._pieces)
        self._pieces.clear()
        return written
