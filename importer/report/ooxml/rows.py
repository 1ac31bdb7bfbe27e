"""The rows of a worksheet, streamed from the pieces of its XML.

Rows are found by their end tags: a single split cuts a piece into hundreds of rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.row import Row, end_tag, stated_number
from importer.spreadsheet import MAX_ROWS

BEHIND_ALL = MAX_ROWS + 1
"""The number of a row behind all rows of a sheet."""


@dataclass(slots=True)
class Rows:
    """The rows of a worksheet, whose elements have the `prefix`; each iteration reads them anew.

    `usual` matches the tag of a row with cells as nearly all are written. Its groups are the row's
    number and the last column of its `spans`, if it has any.
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
        """Yield the rows' XML in lists of texts, cut at the end tags of rows and without them.

        Rows without cells may precede a row in its text. The last text holds the blanks behind all
        rows. Raises PatchRefused for a row that does not end.
        """
        rest, end = b"", end_tag(self.prefix)
        for piece in self.pieces():
            data = rest + piece
            if data.find(b"<!") >= 0:
                raise PatchRefused(f"{self.name} has comments among its cells")
            *texts, rest = data.split(end)
            yield texts
            if empty := self._empty.match(rest):
                yield [empty[0]]
                rest = rest[empty.end() :]
        if rest.strip():
            raise PatchRefused(f"{self.name} has rows that do not end")
        yield [rest]

    def only_row(self, text: bytes) -> int:
        """Return the number of the row in such a text if it is a single usual one, else 0."""
        tag = self.usual.match(text)
        return int(tag[1]) if tag else 0

    def of(self, text: bytes, number: int) -> Iterator[Row]:
        """Yield the rows of such a text, numbered from `number`; trailing blanks are the last row.

        Raises PatchRefused where the rows are not in order.
        """
        at = 0
        while tag := self._tag.match(text, at):
            empty = tag[0].endswith(b"/>")
            xml = tag[0] if empty else text[at:] + end_tag(self.prefix)
            before, number = number, stated_number(tag[0]) or number + 1
            if number <= before:
                raise PatchRefused(f"{self.name} has rows in disorder")
            close = len(xml) - (0 if empty else len(end_tag(self.prefix)))
            yield Row(number, xml, self.prefix, len(tag[0]), close)
            at += len(xml)
        if text[at:].strip():
            raise PatchRefused(f"{self.name} has more than rows among its rows")
        if at < len(text) or not text:
            yield Row(BEHIND_ALL, text[at:])

    def __iter__(self) -> Iterator[Row]:
        number = 0
        for text in chain.from_iterable(self.texts()):
            for row in self.of(text, number):
                number = row.number
                yield row

    def found(self, number: int) -> dict[int, bytes]:
        """Return the cells of a row by column."""
        for row in self:
            if row.number >= number:
                cells = row.cells() if row.number == number else ()
                return {column: row.xml[start:end] for column, start, end in cells}
        return {}

    def last_used(self) -> int:
        """Return the last column in which any row has a value or a formula."""
        return max((row.last_used() for row in self), default=0)
