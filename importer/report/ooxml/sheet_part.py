"""A worksheet's XML in pieces in, what stands around its rows out, and the whole with its patches.

The rows are never held: they pass by, to be looked at and, once more, to be written.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from importer.report.ooxml.errors import Refused
from importer.report.ooxml.markup import Part, demand_no_doctype, in_order
from importer.report.ooxml.rows import Rows
from importer.report.ooxml.splicing import Splicing
from importer.report.ooxml.used_range import Reach

_SHEET_DATA = re.compile(
    rb"<!--.*?-->|<((?:[\w.-]+:)?sheetData)(?:\s[^>]*?)?(/?)>",
    re.DOTALL,
)
Pieces = Callable[[], Iterator[bytes]]
Rewriting = Callable[[list[bytes], Splicing], None]
"""Writes rows, as `Rows.texts` cuts them, with what is to stand in them."""


@dataclass(slots=True)
class Frame(Part):
    """A worksheet: `data` is its XML without the `length` bytes of rows that stood at `cut`.

    The cells in those rows reach up to the column `reach`. Of their cells only such in the columns
    `ours` may be put differently, and in the columns `free` such that hold nothing.
    """

    cut: int = 0
    length: int = 0
    reach: int = 0
    unpacked: Pieces = lambda: iter(())
    rewriting: Rewriting | None = None
    ours: frozenset[bytes] = frozenset()
    free: frozenset[bytes] = frozenset()
    whole: bytes | None = None
    _spliced: array[int] = field(default_factory=lambda: array("q"))

    @classmethod
    def read(cls, name: str, unpacked: Pieces) -> Frame:
        """Raises Refused for what is no part that we patch."""
        head, rest, pieces = _up_to_rows(unpacked())
        demand_no_doctype(name, head)
        opening = _opening(head)
        if opening is None or opening[2]:
            return cls(name, head, cut=len(head), unpacked=unpacked)
        seen = Reach(opening[1].removesuffix(b"sheetData"))
        tail, length = _after_rows(name, b"</" + opening[1] + b">", chain([rest], pieces), seen)
        cut, reach = len(head), seen.column
        return cls(name, head + tail, cut=cut, length=length, reach=reach, unpacked=unpacked)

    @property
    def changed(self) -> bool:
        """Whether anything is to be put differently."""
        return bool(self.edits) or self.rewriting is not None or self.whole is not None

    def rows(self) -> Rows:
        """The rows, to walk over."""
        return Rows(self.name, self.prefix(), self._row_pieces)

    def _row_pieces(self) -> Iterator[bytes]:
        return between(self.unpacked(), self.cut, self.cut + self.length)

    def pieces(self) -> Iterator[bytes]:
        """The part with its patches; what was spliced where is known once it was written."""
        written = Splicing(self.name, self.ours, self.free)
        self._spliced = written.places
        if self.whole is not None:
            self._spliced.extend((0, len(self.data) + self.length, len(self.whole)))
            yield self.whole
            return
        edits = in_order(self.name, self.edits)
        written.write(self.data[: self.cut], (edit for edit in edits if edit[0] < self.cut))
        yield written.taken()
        yield from self._rows_written(written)
        behind = ((a - self.cut, b - self.cut, by) for a, b, by in edits if a >= self.cut)
        written.write(self.data[self.cut :], behind)
        yield written.taken()

    def _rows_written(self, written: Splicing) -> Iterator[bytes]:
        if self.rewriting is None:
            yield from self._row_pieces()
            written.at += self.length
            return
        for texts in self.rows().texts():
            self.rewriting(texts, written)
            yield written.taken()

    def spliced(self) -> Iterable[tuple[int, int, int]]:
        """Start and end of what was replaced, and how many bytes stand there now."""
        places = iter(self._spliced)
        return zip(places, places, places, strict=True)


def _opening(head: bytes) -> re.Match[bytes] | None:
    return next((match for match in _SHEET_DATA.finditer(head) if match[1]), None)


def _up_to_rows(pieces: Iterator[bytes]) -> tuple[bytes, bytes, Iterator[bytes]]:
    """What stands before the rows, the rest of the last piece read, and the pieces after it.

    Where no rows are, all stands before them.
    """
    head = b""
    for piece in pieces:
        head += piece
        opening = _opening(head) if head.count(b"<!--") == head.count(b"-->") else None
        if opening and not opening[2]:
            return head[: opening.end()], head[opening.end() :], pieces
    return head, b"", pieces


def _after_rows(
    name: str, closing: bytes, pieces: Iterator[bytes], reach: Reach
) -> tuple[bytes, int]:
    """What stands after the rows, and how many bytes these take, whose reach is seen."""
    length, data = 0, b""
    for piece in pieces:
        reach.see(piece)
        data += piece
        if (at := data.find(closing)) >= 0:
            return data[at:] + b"".join(pieces), length + at
        kept = data[-len(closing) :]
        length += len(data) - len(kept)
        data = kept
    raise Refused(f"{name} is not well-formed")


def between(pieces: Iterable[bytes], begin: int, end: int) -> Iterator[bytes]:
    """The bytes from one place to another."""
    at = 0
    for piece in pieces:
        if at + len(piece) > begin and at < end:
            yield piece[max(begin - at, 0) : end - at]
        at += len(piece)
        if at >= end:
            return
