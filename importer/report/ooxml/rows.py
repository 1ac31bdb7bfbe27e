"""A worksheet's XML in pieces in, its rows as they pass by out.

Rows are found by their end tags: one look at a piece cuts it into hundreds of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from importer.report.ooxml.errors import Refused
from importer.report.ooxml.row import Row, end_tag, said_number

BEHIND_ALL = 1_048_577
"""A sheet has fewer rows than this."""


@dataclass(slots=True)
class Rows:
    """The rows of one worksheet, whose elements have the `prefix`; read anew by each walk.

    `usual` matches the tag of a row with cells as nearly all are written: its number, and the last
    column of its `spans` if it has any.
    """

    name: str
    prefix: bytes
    pieces: Callable[[], Iterator[bytes]]
    usual: re.Pattern[bytes] = field(init=False)
    _tag: re.Pattern[bytes] = field(init=False)
    _empty: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        tag = re.escape(b"<" + self.prefix + b"row")
        usual = rb""" r="([0-9]+)"(?: spans="[0-9]+:([0-9]+)")?(?![^>]*\sspans)[^>/]*>"""
        self.usual = re.compile(rb"\s*" + tag + usual)
        self._tag = re.compile(rb"\s*" + tag + rb"(?=[\s/>])[^>]*>")
        self._empty = re.compile(rb"(?:\s*" + tag + rb"(?=[\s/])[^>]*/>)+")

    def texts(self) -> Iterator[list[bytes]]:
        """All of the rows' XML, cut at the end tags of rows, some at a time; without these tags.

        Rows without cells may stand before others; the last text are the blanks behind all rows.
        Raises Refused for a row that does not end.
        """
        rest, end = b"", end_tag(self.prefix)
        for piece in self.pieces():
            data = rest + piece
            if data.find(b"<!") >= 0:
                raise Refused(f"{self.name} has comments among its cells")
            *texts, rest = data.split(end)
            yield texts
            if empty := self._empty.match(rest):
                yield [empty[0]]
                rest = rest[empty.end() :]
        if rest.strip():
            raise Refused(f"{self.name} has rows that do not end")
        yield [rest]

    def of(self, text: bytes, number: int) -> Iterator[Row]:
        """The rows of such a text, after the one with a number; blanks at its end are the last.

        Raises Refused where they are in disorder.
        """
        at = 0
        while tag := self._tag.match(text, at):
            empty = tag[0].endswith(b"/>")
            xml = tag[0] if empty else text[at:] + end_tag(self.prefix)
            before, number = number, said_number(tag[0]) or number + 1
            if number <= before:
                raise Refused(f"{self.name} has rows in disorder")
            close = len(xml) - (0 if empty else len(end_tag(self.prefix)))
            yield Row(number, xml, self.prefix, len(tag[0]), close)
            at += len(xml)
        if text[at:].strip():
            raise Refused(f"{self.name} has more than rows among its rows")
        if at < len(text) or not text:
            yield Row(BEHIND_ALL, text[at:])

    def __iter__(self) -> Iterator[Row]:
        number = 0
        for text in chain.from_iterable(self.texts()):
            for row in self.of(text, number):
                number = row.number
                yield row

    def found(self, number: int) -> dict[int, bytes]:
        """The cells of one row, by column."""
        for row in self:
            if row.number >= number:
                cells = row.cells() if row.number == number else ()
                return {column: row.xml[start:end] for column, start, end in cells}
        return {}

    def last_used(self) -> int:
        """The last column in which any row holds a value or a formula."""
        return max((row.last_used() for row in self), default=0)
