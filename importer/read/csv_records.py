"""The records of a text file: what the csv module makes of its lines, and where quotes are wrong.

The csv module in its strict form stops at a quoted cell that goes on after its closing quote. Such
a record is read again in the lenient form, as spreadsheet programs read it, and the cell is noted.
Lines each of which is a record without fault are read many at once, which is faster.
"""

from __future__ import annotations

import csv
import re
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from importer.read.broken_rows import KEPT, Taken, taken_in_by
from importer.read.delimiter import quoting
from importer.spreadsheet import blanks, without_blanks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from importer.spreadsheet import Dialect

TAB = "\t"
AT_ONCE = 500
"""How many lines are read at once."""


class Records:
    """The records of lines, and what is doubtful about their quotes.

    `closed_early` maps the number of a record to the columns, both from 1, of the cells that go on
    after their closing quote. `taken_in` are cells with lines that look like rows.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect) -> None:
        self.closed_early: dict[int, list[int]] = {}
        self.taken_in: list[Taken] = []
        self._dialect = dialect
        self._taken: list[str] = []
        self._lines = iter(lines)
        self._number = self._seen = 0

    def __iter__(self) -> Iterator[list[str]]:
        return chain.from_iterable(self._runs())

    def _runs(self) -> Iterator[Iterable[list[str]]]:
        """Yield the records of so many lines at a time."""
        while lines := list(islice(self._lines, AT_ONCE)):
            found = None if self._dialect.spaced else self._at_once(lines)
            yield self._one_by_one(lines) if found is None else found

    def _at_once(self, lines: list[str]) -> list[list[str]] | None:
        """Return the records of lines, None where not each of them is one, without fault."""
        try:
            found = list(self._reader(lines, strict=True))
        except csv.Error:
            return None
        if len(found) != len(lines):
            return None
        self._number += len(found)
        return found

    def _one_by_one(self, begun: list[str]) -> Iterator[list[str]]:
        """Yield the records that begin in these lines; the last may take more lines."""
        self._seen = 0
        lines = self._noted(chain(begun, self._lines))
        reader = self._reader(lines, strict=True)
        while self._seen < len(begun):
            self._number += 1
            self._taken.clear()
            try:
                record = next(reader)
            except csv.Error:
                record = self._read_again(self._number, lines)
            if len(self._taken) > 1 and len(self.taken_in) < KEPT:
                self._look_inside(self._number, record)
            yield self._with_blanks(record) if self._dialect.spaced else record

    def _noted(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines, and keep those of the record that is being read."""
        delimiter, spaced = self._dialect.delimiter, self._dialect.spaced
        for line in lines:
            self._taken.append(line)
            self._seen += 1
            yield without_blanks(line, delimiter) if spaced and TAB in line else line

    def _read_again(self, number: int, lines: Iterator[str]) -> list[str]:
        record = next(self._reader(chain(tuple(self._taken), lines), strict=False))
        found = fields("".join(self._taken), self._dialect)
        if len(found) == len(record):
            record = [field.text for field in found]
        columns = [column for column, field in enumerate(found, 1) if field.closed_early]
        if columns:
            self.closed_early[number] = columns
        return record

    def _look_inside(self, number: int, record: list[str]) -> None:
        if found := taken_in_by(number, record, self._taken, self._dialect.delimiter):
            self.taken_in.append(found)

    def _with_blanks(self, record: list[str]) -> list[str]:
        """Return the record with the blanks before its unquoted cells, which are their own."""
        raw = "".join(self._taken)
        if " " not in raw and TAB not in raw:
            return record
        found = [field.text for field in fields(raw, self._dialect)]
        return found if len(found) == len(record) else record

    def _reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        return plain_records(lines, self._dialect, strict=strict)


def plain_records(
    lines: Iterable[str], dialect: Dialect, *, strict: bool = False
) -> Iterator[list[str]]:
    """Return the records as the csv module reads them."""
    return csv.reader(
        lines,
        delimiter=dialect.delimiter,
        skipinitialspace=dialect.spaced,
        strict=strict,
        **quoting(dialect.quotechar),
    )


class Field(NamedTuple):
    """A cell of a record; `closed_early` says that it goes on after its closing quote."""

    text: str
    closed_early: bool = False


def quoted(quote: str) -> str:
    """Return the pattern of a cell between quotes, which it has twice where it holds one."""
    mark = re.escape(quote)
    return f"{mark}([^{mark}]*(?:{mark}{mark}[^{mark}]*)*){mark}"


def fields(raw: str, dialect: Dialect) -> list[Field]:
    """Return the cells of a record's raw text, with the blanks before unquoted ones."""
    raw = raw.removesuffix("\n").removesuffix("\r")
    rest = f"[^{re.escape(dialect.delimiter)}]*"
    before, quote = blanks(dialect.delimiter) if dialect.spaced else "", dialect.quotechar
    pattern = re.compile(f"{before}{quoted(quote)}({rest})|({rest})")
    found, at = [], 0
    while at <= len(raw) and (field := pattern.match(raw, at)):
        inside, after, plain = field.groups()
        if plain is None:
            more = after if after.strip() else ""
            found.append(Field(inside.replace(quote * 2, quote) + more, bool(more)))
        else:
            found.append(Field(plain))
        at = field.end() + 1
    return found
