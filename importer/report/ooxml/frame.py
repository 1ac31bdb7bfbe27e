"""A worksheet's XML in pieces in, what stands around its rows out, and the whole with its patches.

The rows are never held: they pass by, to be looked at and, once more, to be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from importer.report.ooxml.markup import Part, demand_no_doctype, in_order
from importer.report.ooxml.refused import Refused
from importer.report.ooxml.rows import Edit, Rows, Window

_SHEET_DATA = re.compile(
    rb"<!--.*?-->|<((?:[\w.-]+:)?sheetData)(?:\s[^>]*?)?(/?)>",
    re.DOTALL,
)
_CELL = re.compile(rb"""<(?:[\w.-]+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]+)[0-9]""")
Pieces = Callable[[], Iterator[bytes]]
Rewriting = Callable[[Window], Iterable[Edit]]
"""What to put into the rows of a window, from its start to its end; the last has no rows."""


@dataclass(slots=True)
class Frame(Part):
    """A worksheet: `data` is its XML without the `length` bytes of rows that stood at `cut`.

    Of the cells in those rows only such in the columns `ours` may be put differently.
    """

    cut: int = 0
    length: int = 0
    unpacked: Pieces = lambda: iter(())
    rewriting: Rewriting | None = None
    ours: frozenset[bytes] = frozenset()
    whole: bytes | None = None
    _spliced: list[tuple[int, int, int]] = field(default_factory=list)

    @classmethod
    def read(cls, name: str, unpacked: Pieces) -> Frame:
        """Raises Refused for what is no part that we patch."""
        head, rest, pieces = _up_to_rows(unpacked())
        demand_no_doctype(name, head)
        opening = _opening(head)
        if opening is None or opening[2]:
            return cls(name, head, cut=len(head), unpacked=unpacked)
        tail, length = _after_rows(name, b"</" + opening[1] + b">", rest, pieces)
        return cls(name, head + tail, cut=len(head), length=length, unpacked=unpacked)

    @property
    def changed(self) -> bool:
        """Whether anything is to be put differently."""
        return bool(self.edits) or self.rewriting is not None or self.whole is not None

    def rows(self) -> Rows:
        """The rows, to walk over."""
        return Rows(self.name, self.prefix(), self.cut, self._row_pieces)

    def _row_pieces(self) -> Iterator[bytes]:
        return between(self.unpacked(), self.cut, self.cut + self.length)

    def pieces(self) -> Iterator[bytes]:
        """The part with its patches; what was spliced where is known once it was written."""
        self._spliced.clear()
        if self.whole is not None:
            self._spliced.append((0, len(self.data) + self.length, len(self.whole)))
            yield self.whole
            return
        edits = in_order(self.name, self.edits)
        head, tail = memoryview(self.data)[: self.cut], memoryview(self.data)[self.cut :]
        yield self._splice(head, 0, [edit for edit in edits if edit[0] < self.cut])
        if self.rewriting is None:
            yield from self._row_pieces()
        else:
            for window in self.rows().windows():
                ours = self._ours_alone(window.data, self.rewriting(window))
                yield self._splice(window.data, window.base, ours)
        behind = [(a - self.cut, b - self.cut, by) for a, b, by in edits if a >= self.cut]
        yield self._splice(tail, self.cut + self.length, behind)

    def _ours_alone(self, data: bytes, edits: Iterable[Edit]) -> Iterator[Edit]:
        """The edits as they pass by. Raises Refused where one would cost the user a cell.

        A cell without an address is counted, not read: it is not looked at here.
        """
        for start, end, by in edits:
            if start < end and data.find(b"<", start, end) >= 0:
                taken = set(_CELL.findall(data, start, end))
                if not taken <= self.ours:
                    raise Refused(f"{self.name} would lose a cell that is not ours")
            yield start, end, by

    def _splice(self, data: bytes | memoryview, base: int, edits: Iterable[Edit]) -> bytes:
        pieces: list[bytes | memoryview] = []
        at = 0
        for start, end, by in edits:
            pieces += (data[at:start], by)
            self._spliced.append((base + start, base + end, len(by)))
            at = end
        pieces.append(data[at:])
        return b"".join(pieces)

    def spliced(self) -> Iterable[tuple[int, int, int]]:
        """Start and end of what was replaced, and how many bytes stand there now."""
        return self._spliced


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
    name: str, closing: bytes, data: bytes, pieces: Iterator[bytes]
) -> tuple[bytes, int]:
    """What stands after the rows, and how many bytes these take."""
    length = 0
    while (at := data.find(closing)) < 0:
        piece = next(pieces, None)
        if piece is None:
            raise Refused(f"{name} is not well-formed")
        kept = data[-len(closing) :]
        length += len(data) - len(kept)
        data = kept + piece
    return data[at:] + b"".join(pieces), length + at


def between(pieces: Iterable[bytes], begin: int, end: int) -> Iterator[bytes]:
    """The bytes from one place to another."""
    at = 0
    for piece in pieces:
        if at + len(piece) > begin and at < end:
            yield piece[max(begin - at, 0) : end - at]
        at += len(piece)
        if at >= end:
            return
