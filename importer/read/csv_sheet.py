"""The rows of a text file (CSV, TSV): one record is one row, however many lines it spans."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.formula_text import is_error, unescaped
from importer.model import CellFault
from importer.read import doubts
from importer.read.broken_rows import RowShapes, broken_rows, rows_in_cells, width_of
from importer.read.csv_records import AT_ONCE, Records, plain_records
from importer.read.delimiter import QUOTE
from importer.read.input import InputSheet
from importer.read.lost_letters import END_OF_FILE, control_characters, lost_letters
from importer.read.unreadable import changed, refusal
from importer.spreadsheet import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from importer.errors import UnreadableInput
    from importer.model import Cell, Finding
    from importer.read.broken_rows import Taken
    from importer.read.doubts import At
    from importer.read.encoding import TextFile
    from importer.read.input import Chunk
    from importer.spreadsheet import Dialect

LONGEST_FIELD = 1 << 20
FIRST = 50
"""How many rows show whether the file writes blank cells at the end of its rows."""

DECLARATION = re.compile(r"sep=.?", re.IGNORECASE)


class CsvSheet(InputSheet):
    """The only sheet of a text file, named after the file; every cell is text."""

    def __init__(self, path: Path, dialect: Dialect, text: TextFile) -> None:
        super().__init__(path.stem.removesuffix(".result"))  # a report has its input's sheet name
        self._path = path
        self._dialect = dialect
        self._text = text
        self._is_plain = not (text.traits.nul or text.traits.escaped)
        self._first_row = 1
        self._end = "\0" + ("y" if dialect.delimiter == "x" else "x") * 4
        self._closed_early: dict[int, list[int]] = {}
        self._taken_in: list[Taken] = []
        self._shapes = RowShapes()
        self._cut_off: tuple[int, int, int] | None = None

    @property
    def hidden_rows(self) -> int:
        """Return 0: a text file hides nothing."""
        return 0

    @property
    def about_rows(self) -> int | None:
        """Return how many lines the file has: a cell may hold several."""
        return self._text.traits.lines or None

    def parsed(self) -> Iterator[Sequence[Cell]]:
        """Return the records in order. Raises UnreadableInput where a quotation is not closed."""
        records = chain.from_iterable(self._runs())
        first = next(records, [])
        # Row 1 may be Excel's `sep=;`, which counts as a row but holds no cells.
        declared = first and DECLARATION.fullmatch(first[0]) and not any(first[1:])
        found = chain([[] if declared else first], records)
        return found if self._is_plain else (list(map(cell_of, record)) for record in found)

    def chunks(self, first_row: int, size: int = 500) -> Iterator[Chunk]:
        """Yield the rows from `first_row` on; see InputSheet."""
        self._first_row = first_row
        for chunk in super().chunks(first_row, size):
            chunk.text = self._is_plain
            yield chunk

    def findings(self, at: At) -> Iterator[Finding]:
        """Yield what is doubtful about how the file was read, after its chunks were read."""
        yield from doubts.closed_early(self._closed_early, at)
        yield from rows_in_cells(self._taken_in, self._shapes.width, at)
        yield from broken_rows(self._shapes, self._dialect.delimiter, at)
        if self._cut_off:
            yield doubts.cut_off(*self._cut_off, at)
        guess, rows = self._text.guess, self.parsed
        if guess and (found := doubts.guessed_encoding(guess, rows(), at)):
            yield found
        if self._text.overruled:
            yield doubts.overruled(self._text.overruled, self._text.encoding, at)
        traits = self._text.traits
        if traits.mojibake and (found := doubts.spoilt(rows(), at)):
            yield found
        if traits.lost and (found := lost_letters(rows(), at)):
            yield found
        if traits.controls and (found := control_characters(rows(), at)):
            yield found

    def _runs(self) -> Iterator[Iterable[list[str]]]:
        """Yield the records, many at once. Raises UnreadableInput where the file has changed."""
        try:
            yield from self._runs_of_file()
        except (OSError, UnicodeError):
            raise changed(self._path) from None

    def _runs_of_file(self) -> Iterator[Iterable[list[str]]]:
        """Yield the records; an open quotation is an error, not a very long cell."""
        csv.field_size_limit(LONGEST_FIELD)
        number, first = 0, self._first_row + FIRST
        with self._path.open("rb") as raw:
            raw.seek(len("\ufeff".encode(self._dialect.encoding)) if self._dialect.bom else 0)
            with io.TextIOWrapper(raw, self._dialect.encoding, newline="") as text:
                lines = chain(self._without_end_signs(text), [self._end])
                try:
                    for records in _together(self._reader(lines)):
                        plain = number >= first and self._are_plain(records)
                        yield records if plain else self._checked(records, number)
                        number += len(records)
                except csv.Error:
                    self._refuse_open_quote(number + 1)

    def _are_plain(self, records: list[list[str]]) -> bool:
        """Return whether all are as wide as the headings, and the last does not end the file."""
        width = self._shapes.width
        return set(map(len, records)) == {width} and not (width and self._end in records[-1][-1])

    def _checked(self, records: Iterable[list[str]], number: int) -> Iterator[list[str]]:
        """Yield the records after the first `number` ones, each looked at."""
        for record in records:
            number += 1
            if record == [self._end]:
                self._shapes.rows = number - self._first_row
                return
            self._check(number, record)
            yield record

    def _without_end_signs(self, lines: Iterable[str]) -> Iterable[str]:
        """Return the lines without the signs at their ends by which DOS ended a file."""
        return map(without_end_sign, lines) if self._text.traits.ends_early else lines

    def _reader(self, lines: Iterable[str]) -> Iterable[list[str]]:
        self._shapes = RowShapes()
        records: Iterable[list[str]] = plain_records(lines, self._dialect)
        quote = self._dialect.quotechar
        if quote and (quote != QUOTE or self._text.traits.quotes):
            records = checked = Records(lines, self._dialect)
            self._closed_early, self._taken_in = checked.closed_early, checked.taken_in
        return records if self._dialect.final_newline else self._with_last(records)

    def _with_last(self, records: Iterable[list[str]]) -> Iterator[list[str]]:
        """Yield the records, and note where the last one is shorter than any below the headings."""
        usual, last, row = MAX_COLUMNS, 0, 0
        for number, record in enumerate(records, 1):
            if record == [self._end]:
                self._cut_off = (row, last, usual) if 0 < last < usual < MAX_COLUMNS else None
            elif record:
                if row >= self._first_row - 1 and last:
                    usual = min(usual, last)
                last, row = len(record), number
            yield record

    def _check(self, number: int, record: list[str]) -> None:
        """Note a record's length. Raises UnreadableInput where it is wrong beyond doubt.

        Rows below the first that have a cell for each heading need no look.
        """
        shapes, size = self._shapes, len(record)
        if size and self._end in record[-1]:
            self._refuse_open_quote(number)
        if size < shapes.width:
            if size:
                shapes.note_short(number, record)
        elif size > MAX_COLUMNS:
            raise too_wide(self._path, number, size)
        elif number <= self._first_row + FIRST:
            self._note_first(number, record)

    def _note_first(self, number: int, record: list[str]) -> None:
        if number == self._first_row - 1:
            self._shapes = RowShapes(width_of(record))
        elif number >= self._first_row and record:
            self._shapes.first.append(record)

    def _refuse_open_quote(self, number: int) -> None:
        mark = self._dialect.quotechar
        seen = f"a quotation mark ({mark}) opens in row {number:,} and is never closed"
        raise refusal(self._path, seen, "Close it, or double it where the mark itself is meant")


def _together(records: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Yield the records, many at once; those before an error come before it."""
    left = iter(records)
    while True:
        found: list[list[str]] = []
        try:
            found.extend(islice(left, AT_ONCE))
        except csv.Error:
            yield found
            raise
        if not found:
            return
        yield found


def too_wide(path: Path, number: int, columns: int) -> UnreadableInput:
    """Return the error for a row with more cells than a sheet can have."""
    seen = f"row {number:,} has {columns:,} columns, a sheet has at most {MAX_COLUMNS:,}"
    return refusal(path, seen, "Check the delimiter, or remove the surplus")


def without_end_sign(line: str) -> str:
    """Return a line without U+001A at its end."""
    content = line.rstrip("\r\n")
    return content.rstrip(END_OF_FILE) + line[len(content) :]


def cell_of(text: str) -> Cell:
    """Return a field's text without its apostrophe, or a fault: an error or a NUL character."""
    if "\0" in text:
        return CellFault(FindingCode.NUL_BYTE, text.replace("\0", "␀"))
    return CellFault(FindingCode.ERROR_TEXT, text.strip()) if is_error(text) else unescaped(text)
