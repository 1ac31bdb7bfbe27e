"""A scan of a binary workbook's (.xlsb) sheets for what the workbook parser does not report.

A part is a series of records: a type and a length, both in bytes of seven bits, then the payload
(MS-XLSB 2.1.4). Only the row headers and the first bytes of the cells are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.model import CellFault
from importer.read.sheet_facts import DamagedSheetError, SheetFacts
from importer.spreadsheet import MergedRange

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW_HEADER, CELL_BLANK, CELL_ERROR, FORMULA_ERROR, RICH_TEXT = 0, 1, 3, 11, 62
CELLS = frozenset({*range(CELL_BLANK + 1, FORMULA_ERROR + 1), RICH_TEXT})
SHEET, MERGED, COLUMNS = 156, 176, 60
HEIGHT, HIDDEN_FLAGS, HIDDEN, SET_HEIGHT = 8, 11, 0x10, 0x20
WIDTH, COLUMN_FLAGS, COLUMN_HIDDEN = 8, 16, 0x01
ERROR_CODE = 8
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def sheet_relations(workbook: bytes) -> dict[str, str]:
    """Return the id of the relationship to each sheet's part, by the sheet's name."""
    found = {}
    for kind, start, end in records(workbook):
        if kind == SHEET:
            relation, after = wide_string(workbook, start + 8, end)
            name, _ = wide_string(workbook, after, end)
            found[name] = relation
    return found


def scan_binary_sheet(part: bytes) -> SheetFacts:
    """Return a sheet part's bounds, error cells, hidden rows and columns, and merged cells.

    Raises DamagedSheetError.
    """
    facts = SheetFacts()
    row, hidden = 0, False
    for kind, start, end in records(part):
        if kind == ROW_HEADER:
            row = number(part, start, end) + 1
            hidden = is_hidden_row(part[start:end])
        elif kind in CELLS:
            column = number(part, start, end)
            facts.extend_to(row, column + 1)
            facts.cells += 1
            facts.hidden_rows += hidden
            hidden = False
            if kind in {CELL_ERROR, FORMULA_ERROR}:
                code = part[start + ERROR_CODE] if end - start > ERROR_CODE else -1
                fault = CellFault(FindingCode.ERROR_CELL, ERRORS.get(code, "error"))
                facts.put(row, column + 1, fault)
        elif kind == COLUMNS and is_hidden_column(part[start:end]):
            first, last = (number(part, start + at, end) + 1 for at in (0, 4))
            facts.hide(first, last)
        elif kind == MERGED:
            top, bottom, left, right = (number(part, start + at, end) + 1 for at in (0, 4, 8, 12))
            facts.merge(MergedRange(top, left, bottom, right))
    return facts


def is_hidden_row(header: bytes) -> bool:
    """Return whether the header of a row says that it is hidden or has no height."""
    if len(header) <= HIDDEN_FLAGS:
        return False
    flags, height = header[HIDDEN_FLAGS], header[HEIGHT : HEIGHT + 2]
    return bool(flags & HIDDEN) or (bool(flags & SET_HEIGHT) and not any(height))


def is_hidden_column(run: bytes) -> bool:
    """Return whether the record of a run of columns says that they are hidden or have no width."""
    if len(run) <= COLUMN_FLAGS:
        return False
    return bool(run[COLUMN_FLAGS] & COLUMN_HIDDEN) or not any(run[WIDTH : WIDTH + 4])


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the type of each record, and the start and end of its payload."""
    position = 0
    while position < len(part):
        kind, position = seven_bits(part, position, 2)
        length, position = seven_bits(part, position, 4)
        if position + length > len(part):
            raise DamagedSheetError("a record is cut off")
        yield kind, position, position + length
        position += length


def seven_bits(part: bytes, position: int, most: int) -> tuple[int, int]:
    """Return a number of at most `most` bytes, seven bits each, lowest first, and its end."""
    value = 0
    for place, byte in enumerate(part[position : position + most]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, position + place + 1
    raise DamagedSheetError("a record has no length")


def number(part: bytes, start: int, end: int) -> int:
    """Return the four-byte number at the start of a payload."""
    if end - start < 4:
        raise DamagedSheetError("a record is too short")
    return int.from_bytes(part[start : start + 4], "little")


def wide_string(part: bytes, start: int, end: int) -> tuple[str, int]:
    """Return a counted UTF-16 text in a payload, and its end."""
    stop = start + 4 + 2 * number(part, start, end)
    if stop > end:
        raise DamagedSheetError("a text is cut off")
    return part[start + 4 : stop].decode("utf-16-le", errors="replace"), stop
