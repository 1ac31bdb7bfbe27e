"""A copy of the values of a workbook: a new .xlsx, for a file that can be read and not written.

The copy is written row by row: openpyxl would hold half a kilobyte for each cell of it.
"""

from __future__ import annotations

import re
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from importer.errors import ReportNotWritten
from importer.finding_codes import FindingCode
from importer.formula_text import is_formula
from importer.report.styles import HEADING, WRAPPED, CellWriter
from importer.report.text_height import lines_high, points
from importer.report.wording import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from io import BytesIO
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

    from importer.model import Finding

TITLE_LIMIT = 31
WIDTH_SAMPLE, NARROWEST, WIDEST = 200, 8, 50
MAX_AREA = 1 << 21
"""Cells of all sheets from the first to the outermost one; so many take half a minute to copy."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")

Faults = dict[int, dict[int, str]]
"""Row -> column -> the error in that cell, which the parser reads as a blank."""


class CopyTooLarge(Exception):
    """A sheet of the import is too large to be copied."""


class Original(Struct, frozen=True):
    """A workbook that is copied, and what is known of it.

    `headers` are the heading rows of the sheets that the copy must have, by name (0: none),
    `findings` those of its sheets by row, `unreadable` the sheets that are left out.
    """

    path: Path
    headers: Mapping[str, int]
    findings: Mapping[str, Mapping[int, Sequence[Finding]]]
    unreadable: Collection[str] = ()


def save_values(of: Original, copy: BytesIO) -> tuple[dict[str, str], dict[str, str]]:
    """Save a copy of the values; return its titles by sheet name, and why others are left out.

    Raises ReportNotWritten where a sheet that the copy must have cannot be read, CopyTooLarge
    where it is too large.
    """
    import openpyxl

    original, book = _open(of), openpyxl.Workbook(write_only=True)
    headers = of.headers
    titles: dict[str, str] = {}
    missing: dict[str, str] = {}
    area = 0
    for known in original.sheets_metadata:
        values = _values(original, known.name, of)
        size = values.total_height * values.total_width if values else 0
        if values is None:
            missing[known.name] = "cannot be read"
        elif area + size > MAX_AREA:
            if known.name in headers:
                raise CopyTooLarge
            missing[known.name] = "is too large"
        else:
            area += size
            titles[known.name] = _title(known.name, book.sheetnames)
            copied = _Copy(_sheet(book, titles[known.name], known), headers.get(known.name))
            copied.fill(values, _faults(of, known.name))
    _ensure_visible_sheet(book)
    book.save(copy)
    return titles, missing


def _faults(of: Original, sheet: str) -> Faults:
    """Return the errors of a sheet: imported again as blanks, they would seem to be fixed."""
    found: Faults = {}
    findings: Iterable[Finding] = chain.from_iterable(of.findings.get(sheet, {}).values())
    for finding in findings:
        if finding.code == FindingCode.ERROR_CELL and finding.place.column:
            row = found.setdefault(finding.place.row, {})
            row[finding.place.column] = finding.value or ""
    return found


def _values(original: CalamineWorkbook, name: str, of: Original) -> CalamineSheet | None:
    """Return a sheet, or None where it cannot be read and was not imported."""
    from python_calamine import CalamineError

    if name in of.unreadable:
        return None
    try:
        return original.get_sheet_by_name(name)
    except CalamineError as error:
        if name in of.headers:
            raise _unreadable(of, error) from error
        return None


def _sheet(book: Workbook, title: str, like: SheetMetadata) -> Worksheet:
    from python_calamine import SheetVisibleEnum

    sheet: Worksheet = book.create_sheet(title)
    if like.visible != SheetVisibleEnum.Visible:
        sheet.sheet_state = "hidden"
    return sheet


def _ensure_visible_sheet(book: Workbook) -> None:
    """Show a sheet if all are hidden: no program opens such a workbook."""
    sheets = book.worksheets or [book.create_sheet()]
    if all(sheet.sheet_state != "visible" for sheet in sheets):
        sheets[0].sheet_state = "visible"


def _open(of: Original) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(of.path)
    except CalamineError as error:
        raise _unreadable(of, error) from error


def _unreadable(of: Original, error: Exception) -> ReportNotWritten:
    return ReportNotWritten(
        f"No report for {of.path.name}: the file can no longer be read ({error})."
    )


def _title(name: str, taken: list[str]) -> str:
    """Return a sheet title that .xlsx allows and no other sheet has."""
    title = _FORBIDDEN.sub("_", clean(name)).strip("'")[:TITLE_LIMIT] or "Sheet"
    used, number, free = {each.casefold() for each in taken}, 1, title
    while free.casefold() in used:
        number += 1
        free = f"{title[: TITLE_LIMIT - 4]} {number}"
    return free


class _Copy:
    """One sheet of the copy, written from top to bottom; text stays text.

    A sheet that was imported has a heading row (0: none), and rows and columns as large as their
    texts.
    """

    def __init__(self, sheet: Worksheet, header: int | None) -> None:
        self._sheet, self._header = sheet, header
        self._writer = CellWriter()
        self._widths: Sequence[int] = ()

    def fill(self, values: CalamineSheet, faults: Faults) -> None:
        """Write all rows, with the errors that the parser reads as blanks."""
        rows = _rows(values, max(faults, default=0))
        first = list(islice(rows, WIDTH_SAMPLE))
        if self._header is not None:
            self._prepare(first)
        for number, row in enumerate(chain(first, rows), 1):
            self._write(number, row, faults.get(number, {}))

    def _prepare(self, first: Sequence[Sequence[Any]]) -> None:
        """Freeze the heading row and set the widths, which stand before all rows."""
        from openpyxl.utils import get_column_letter

        if self._header:
            self._sheet.freeze_panes = f"A{self._header + 1}"
        self._widths = [_width(column) for column in zip_longest(*first, fillvalue="")]
        for number, width in enumerate(self._widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width

    def _write(self, number: int, row: Sequence[Any], faults: Mapping[int, str]) -> None:
        is_heading = number == self._header
        values = [*row, *[""] * (max(faults, default=0) - len(row))]
        cells = [None if value == "" and not is_heading else self._cell() for value in values]
        for cell, value in zip(cells, values, strict=True):
            if cell is not None:
                self._set(cell, value, is_heading=is_heading)
        for column, error in faults.items():
            cells[column - 1] = self._error(error)
        if self._header is not None and (is_heading or _has_break(row)):
            self._make_high(number, cells)
        self._sheet.append(cells)
        self._sheet.row_dimensions.pop(number, None)

    def _cell(self) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet)

    def _set(self, cell: Any, value: Any, *, is_heading: bool) -> None:
        if is_heading:
            self._writer.text(cell, str(value), HEADING)
        elif not isinstance(value, str):
            cell.value = value
        elif is_formula(value):
            self._writer.text(cell, value)
        elif "\n" in value:
            self._writer.text(cell, value, WRAPPED)
        else:
            cell.value = shorten(clean(value))
            cell.data_type = "s"

    def _error(self, error: str) -> Any:
        from openpyxl.cell.cell import ERROR_CODES

        cell = self._cell()
        cell.value = error
        cell.data_type = "e" if error in ERROR_CODES else "s"
        return cell

    def _make_high(self, number: int, cells: Iterable[Any]) -> None:
        """Give a row with wrapped texts the height that they need in their columns."""
        texts = (
            (str(cell.value), width)
            for cell, width in zip(cells, self._widths, strict=False)
            if cell is not None and cell.value is not None and cell.alignment.wrap_text
        )
        if (lines := max((lines_high(*text) for text in texts), default=1)) > 1:
            self._sheet.row_dimensions[number].height = points(lines)


def _rows(values: CalamineSheet, last: int) -> Iterator[Sequence[Any]]:
    """Yield the rows from row 1 and column A on, blank ones up to `last`."""
    margin = [""] * (values.start[1] if values.start else 0)
    yield from ([*margin, *row] for row in values.iter_rows())
    yield from ([] for _ in range(values.total_height, last))


def _width(column: Sequence[Any]) -> int:
    """Return a width in which the texts of a column can be read."""
    lines = (line for value in column for line in str(value).split("\n"))
    return min(max(max(map(len, lines), default=0) + 2, NARROWEST), WIDEST)


def _has_break(row: Iterable[Any]) -> bool:
    return any(isinstance(value, str) and "\n" in value for value in row)
