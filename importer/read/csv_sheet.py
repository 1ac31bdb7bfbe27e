"""The rows of a text file (CSV, TSV): one record is one row, however many lines it spans."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.formula_text import is_error, unescaped
from importer.model import CellFault
from importer.read.input import InputSheet
from importer.read.unreadable import refusal
from importer.spreadsheet import MAX_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from importer.model import Cell
    from importer.spreadsheet import Dialect

LONGEST_FIELD = 1 << 20
END = "\0end of file\0"
DECLARATION = re.compile(r"sep=.?", re.IGNORECASE)


class CsvSheet(InputSheet):
    """The only sheet of a text file, named after the file; every cell is text.

    `has_nul` and `has_escaped` say whether any cell may be other than its field.
    """

    def __init__(self, path: Path, dialect: Dialect, *, has_nul: bool, has_escaped: bool) -> None:
        super().__init__(path.stem.removesuffix(".result"))  # a report has its input's sheet name
        self._path = path
        self._dialect = dialect
        self._is_plain = not (has_nul or has_escaped)

    @property
    def hidden_rows(self) -> int:
        """Return 0: a text file hides nothing."""
        return 0

    def parsed(self) -> Iterator[Sequence[Cell]]:
        """Yield the records in order. Raises UnreadableInput where a quotation is not closed."""
        records = self._records()
        first = next(records, [])
        # Row 1 may be Excel's `sep=;`, which counts as a row but holds no cells.
        declared = first and DECLARATION.fullmatch(first[0]) and not any(first[1:])
        for record in chain([[] if declared else first], records):
            yield record if self._is_plain else list(map(cell_of, record))

    def _records(self) -> Iterator[list[str]]:
        """Yield the records; an open quotation is an error, not a very long cell."""
        csv.field_size_limit(LONGEST_FIELD)
        number = 0
        with self._path.open("rb") as raw:
            raw.seek(len("\ufeff".encode(self._dialect.encoding)) if self._dialect.bom else 0)
            with io.TextIOWrapper(raw, self._dialect.encoding, newline="") as lines:
                reader = csv.reader(chain(lines, [END]), delimiter=self._dialect.delimiter)
                try:
                    for number, record in enumerate(reader, 1):
                        if record == [END]:
                            return
                        self._check_width(number, record)
                        yield record
                except csv.Error:
                    number += 1
        self._refuse_open_quote(number)

    def _check_width(self, number: int, record: list[str]) -> None:
        if record and END in record[-1]:
            self._refuse_open_quote(number)
        if len(record) > MAX_COLUMNS:
            seen = (
                f"row {number:,} has {len(record):,} columns, a sheet has at most {MAX_COLUMNS:,}"
            )
            raise refusal(self._path, seen, "Check the delimiter, or remove the surplus")

    def _refuse_open_quote(self, number: int) -> None:
        seen = f'a quotation mark (") opens in row {number:,} and is never closed'
        raise refusal(self._path, seen, "Close it, or double it where the mark itself is meant")


def cell_of(text: str) -> Cell:
    """Return a field's text without its apostrophe, or a fault: an error or a NUL character."""
    if "\0" in text:
        return CellFault(FindingCode.NUL_BYTE, text.replace("\0", "␀"))
    return CellFault(FindingCode.ERROR_TEXT, text.strip()) if is_error(text) else unescaped(text)
