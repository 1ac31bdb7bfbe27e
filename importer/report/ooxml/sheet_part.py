"""A worksheet's part without its rows, which are streamed to be scanned and to be written."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Part, demand_no_doctype, in_order
from importer.report.ooxml.rows import Rows
from importer.report.ooxml.splicing import PartWriter
from importer.report.ooxml.used_range import UsedRange

_SHEET_DATA = re.compile(
    rb"<!--.*?-->|<((?:[\w.-]+:)?sheetData)(?:\s[^>]*?)?(/?)>",
    re.DOTALL,
)
Pieces = Callable[[], Iterator[bytes]]
RowWriter = Callable[[list[bytes], PartWriter], None]
"""Writes rows, as `Rows.texts` cuts them, with their new cells."""


@dataclass(slots=True)
class SheetPart(Part):
    """A worksheet: `data` is its XML without the `length` bytes of rows at `cut`.

    `last_column` is the last column with a cell. Cells may only be replaced in the columns `ours`,
    and, if they have no content, in the columns `free`. `whole` replaces the part altogether.
    """

    cut: int = 0
    length: int = 0
    last_column: int = 0
    unpacked: Pieces = lambda: iter(())
    row_writer: RowWriter | None = None
    ours: frozenset[bytes] = frozenset()
    free: frozenset[bytes] = frozenset()
    whole: bytes | None = None
    _spliced: array[int] = field(default_factory=lambda: array("q"))

    @classmethod
    def read(cls, name: str, unpacked: Pieces) -> SheetPart:
        """Read a worksheet from its pieces. Raises PatchRefused where it cannot be patched."""
        head, rest, pieces = _up_to_rows(unpacked())
        demand_no_doctype(name, head)
        opening = _opening(head)
        if opening is None or opening[2]:
            return cls(name, head, cut=len(head), unpacked=unpacked)
        used = UsedRange(opening[1].removesuffix(b"sheetData"))
        tail, length = _after_rows(name, b"</" + opening[1] + b">", chain([rest], pieces), used)
        cut, last = len(head), used.last_column
        return cls(name, head + tail, cut=cut, length=length, last_column=last, unpacked=unpacked)

    @property
    def changed(self) -> bool:
        """Whether the part has any edits."""
        return bool(self.edits) or self.row_writer is not None or self.whole is not None

    def rows(self) -> Rows:
        """Return the rows, to iterate over."""
        return Rows(self.name, self.prefix(), self._row_pieces)

    def _row_pieces(self) -> Iterator[bytes]:
        return between(self.unpacked(), self.cut, self.cut + self.length)

    def pieces(self) -> Iterator[bytes]:
        """Yield the part with its edits, whose places are known afterwards."""
        written = PartWriter(self.name, self.ours, self.free)
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

    def _rows_written(self, written: PartWriter) -> Iterator[bytes]:
        if self.row_writer is None:
            yield from self._row_pieces()
            written.at += self.length
            return
        for texts in self.rows().texts():
            self.row_writer(texts, written)
            yield written.taken()

    def spliced(self) -> Iterable[tuple[int, int, int]]:
        """Return start, end and length of the replacement of each edit."""
        places = iter(self._spliced)
        return zip(places, places, places, strict=True)


def _opening(head: bytes) -> re.Match[bytes] | None:
    return next((match for match in _SHEET_DATA.finditer(head) if match[1]), None)


def _up_to_rows(pieces: Iterator[bytes]) -> tuple[bytes, bytes, Iterator[bytes]]:
    """Return the XML before the rows, the rest of the last piece read, and the pieces after it.

    Without rows, all XML counts as before them.
    """
    head = b""
    for piece in pieces:
        head += piece
        opening = _opening(head) if head.count(b"<!--") == head.count(b"-->") else None
        if opening and not opening[2]:
            return head[: opening.end()], head[opening.end() :], pieces
    return head, b"", pieces


def _after_rows(
    name: str, closing: bytes, pieces: Iterator[bytes], used: UsedRange
) -> tuple[bytes, int]:
    """Return the XML after the rows, and the rows' length in bytes; extend `used` to the cells."""
    length, data = 0, b""
    for piece in pieces:
        used.see(piece)
        data += piece
        if (at := data.find(closing)) >= 0:
            return data[at:] + b"".join(pieces), length + at
        kept = data[-len(closing) :]
        length += len(data) - len(kept)
        data = kept
    raise PatchRefused(f"{name} is not well-formed")


def between(pieces: Iterable[bytes], begin: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from one position to another."""
    at = 0
    for piece in pieces:
        if at + len(piece) > begin and at < end:
            yield piece[max(begin - at, 0) : end - at]
        at += len(piece)
        if at >= end:
            return
