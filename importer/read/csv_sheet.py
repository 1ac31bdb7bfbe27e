"""A text file and its dialect in, rows out: one record, one row, however many lines it spans."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.formula_text import as_meant, is_error
from importer.model import CellFault
from importer.read.input import MAX_COLUMNS, InputSheet
from importer.read.unreadable import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from importer.model import Cell, Dialect

LONGEST_FIELD = 1 << 20
END = "\0end of file\0"
DECLARATION = re.compile(r"sep=.?", re.IGNORECASE)


class CsvSheet(InputSheet):
    """The one sheet of a text file, named after it; every cell is text."""

    def __init__(self, path: Path, dialect: Dialect, *, has_nul: bool, has_defused: bool) -> None:
        super().__init__(path.stem.removesuffix(".result"))  # of a report: what it was before
        self._path = path
        self._dialect = dialect
        self._is_odd = has_nul or has_defused

    @property
    def hidden_rows(self) -> int:
        """None: a text file hides nothing."""
        return 0

    def parsed(self) -> Iterator[Sequence[Cell]]:
        """The records in order; raises UnreadableInput where they cannot be told apart."""
        records = self._records()
        first = next(records, [])
        # Row 1 may be Excel's `sep=;`: it is a row of the file, but says nothing to us.
        declared = first and DECLARATION.fullmatch(first[0]) and not any(first[1:])
        for record in chain([[] if declared else first], records):
            yield list(map(cell_of, record)) if self._is_odd else record

    def _records(self) -> Iterator[list[str]]:
        """The records; one that is never closed is an error, not a very long cell."""
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
    """The text that is meant, or a fault: an error, or a NUL character, which no cell can hold."""
    if "\0" in text:
        return CellFault(FindingCode.NUL_BYTE, text.replace("\0", "␀"))
    return CellFault(FindingCode.ERROR_TEXT, text.strip()) if is_error(text) else as_meant(text)
