"""A spreadsheet of Google as it is at one moment, and as a workbook: values, no formats."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct, to_builtins

from importer.errors import UsageError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

ERRORS = {
    name: name for name in ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
}
ERRORS["#ERROR!"] = "#VALUE!"  # a formula that Google cannot read; Excel has no word for it

NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE, LONGEST_TEXT = 31, 32_767
"""What a workbook takes (Microsoft, "Excel specifications and limits")."""


class Sheet(Struct, frozen=True):
    """A sheet: its title, whether it is hidden, and its rows, which may be of any length."""

    title: str
    hidden: bool
    rows: Sequence[Sequence[Any]]


class Spreadsheet(Struct, frozen=True):
    """What a spreadsheet holds."""

    title: str
    sheets: Sequence[Sheet]

    @property
    def mark(self) -> str:
        """Return the hash of all that it holds."""
        return hashlib.sha256(json.dumps(to_builtins(self)).encode()).hexdigest()

    def write(self, out: BinaryIO) -> None:
        """Write it as a workbook. Raises UsageError for a text that no workbook can hold."""
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        for name, sheet in zip(_titles(self.sheets), self.sheets, strict=True):
            made = book.create_sheet(name)
            made.sheet_state = "hidden" if sheet.hidden else "visible"
            for number, row in enumerate(sheet.rows, 1):
                made.append(list(_cells(made, row, f"{sheet.title}, row {number}")))
        book.save(out)


def _cells(sheet: WriteOnlyWorksheet, row: Sequence[Any], place: str) -> Iterator[Cell]:
    """Yield the cells of a row: what is text stays text, also where it looks like a formula."""
    from openpyxl.cell import WriteOnlyCell

    for value in row:
        cell = WriteOnlyCell(sheet, None)
        if isinstance(value, bool | int | float):
            cell.value = value
        elif value in ERRORS:
            cell.value, cell.data_type = ERRORS[value], "e"
        elif value not in {None, ""}:
            cell.value, cell.data_type = _text(str(value), place), "s"
        yield cell


def _text(value: str, place: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise UsageError(
            f"A text in {place}, has {len(value):,} characters; a cell of a workbook takes "
            f"{LONGEST_TEXT:,}. Shorten it."
        )
    return NO_CHARACTER.sub("", value)


def _titles(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Yield the titles as a workbook takes them, each once."""
    taken: set[str] = set()
    for sheet in sheets:
        title = NOT_IN_TITLE.sub("_", NO_CHARACTER.sub("", sheet.title)).strip("'") or "Sheet"
        title, number = title[:LONGEST_TITLE], 1
        stem = title[: LONGEST_TITLE - 5]
        while title.casefold() in taken:
            number += 1
            title = f"{stem} ({number})"
        taken.add(title.casefold())
        yield title
