"""The report of a workbook that cannot be patched: a new .xlsx with a copy of its values."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from importer.errors import ReportNotWritten
from importer.finding_codes import FindingCode
from importer.formula_text import is_formula
from importer.report.styles import HEADING, WRAPPED, CellWriter
from importer.report.text_height import lines_high, points
from importer.report.wording import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

    from importer.model import Finding
    from importer.report.content import Content

TITLE_LIMIT = 31
WIDTH_SAMPLE, NARROWEST, WIDEST = 200, 8, 50
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def write(content: Content, out: BinaryIO) -> None:
    """Copy the values of every sheet into a new workbook and write the report into that.

    Raises ReportNotWritten where a sheet that was imported can no longer be read. Other sheets
    that cannot be read are left out, with a note in the report.
    """
    from importer.report.ooxml.write import write_into

    copy = BytesIO()
    titles, missing = _save(content, copy)
    notes = (f"The sheet {name} cannot be read, so it is not in this copy." for name in missing)
    write_into(copy, replace(content, notes=(*content.notes, *notes)), out, titles)


def _save(content: Content, copy: BytesIO) -> tuple[dict[str, str], list[str]]:
    """Save a copy of the values; return its titles by sheet name, and the sheets left out."""
    import openpyxl

    original, book = _open(content), openpyxl.Workbook()
    book.remove(book.worksheets[0])
    headers = {layout.name: layout.header_row for layout in content.layouts}
    titles, missing = {}, []
    for known in original.sheets_metadata:
        values = _values(original, known.name, content)
        if values is None:
            missing.append(known.name)
            continue
        titles[known.name] = _title(known.name, book.sheetnames)
        sheet = _sheet(book, titles[known.name], known)
        wrapped = _copy(values, sheet)
        findings = content.findings_by_row.get(known.name, {})
        _restore_errors(sheet, chain.from_iterable(findings.values()))
        if known.name in headers:
            _format(sheet, headers[known.name], wrapped)
    _ensure_visible_sheet(book)
    book.save(copy)
    return titles, missing


def _values(original: CalamineWorkbook, name: str, content: Content) -> CalamineSheet | None:
    """Return a sheet, or None where it cannot be read and was not imported."""
    from python_calamine import CalamineError

    if name in content.unreadable:
        return None
    try:
        return original.get_sheet_by_name(name)
    except CalamineError as error:
        if any(layout.name == name for layout in content.layouts):
            raise _unreadable(content, error) from error
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


def _open(content: Content) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(content.source)
    except CalamineError as error:
        raise _unreadable(content, error) from error


def _unreadable(content: Content, error: Exception) -> ReportNotWritten:
    return ReportNotWritten(
        f"No report for {content.source.name}: the file can no longer be read ({error})."
    )


def _title(name: str, taken: list[str]) -> str:
    """Return a sheet title that .xlsx allows and no other sheet has."""
    title = _FORBIDDEN.sub("_", clean(name)).strip("'")[:TITLE_LIMIT] or "Sheet"
    used, number, free = {each.casefold() for each in taken}, 1, title
    while free.casefold() in used:
        number += 1
        free = f"{title[: TITLE_LIMIT - 4]} {number}"
    return free


def _copy(original: CalamineSheet, sheet: Worksheet) -> set[int]:
    """Copy the values to the same cells; text stays text. Returns the rows with line breaks."""
    writer, wrapped = CellWriter(), set()
    for row, values in enumerate(original.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(values, 1):
            if value != "":
                _set(sheet.cell(row, column), value, writer)
                if isinstance(value, str) and "\n" in value:
                    wrapped.add(row)
    return wrapped


def _restore_errors(sheet: Worksheet, findings: Iterable[Finding]) -> None:
    """Write error values, which are read as blanks: imported again, they would seem fixed."""
    from openpyxl.cell.cell import ERROR_CODES

    for finding in findings:
        if finding.code == FindingCode.ERROR_CELL and finding.place.column:
            cell: Any = sheet.cell(finding.place.row, finding.place.column)
            cell.value = finding.value
            cell.data_type = "e" if finding.value in ERROR_CODES else "s"


def _set(cell: Any, value: Any, writer: CellWriter) -> None:
    if not isinstance(value, str):
        cell.value = value
    elif is_formula(value):
        writer.text(cell, value)
    elif "\n" in value:
        writer.text(cell, value, WRAPPED)
    else:
        cell.value = shorten(clean(value))
        cell.data_type = "s"


def _format(sheet: Any, header_row: int, wrapped: set[int]) -> None:
    """Freeze the heading row, and make rows and columns as large as their texts."""
    writer = CellWriter()
    if header_row:
        sheet.freeze_panes = f"A{header_row + 1}"
        for cell in sheet[header_row]:
            writer.text(cell, str(cell.value or ""), HEADING)
    for column in sheet.iter_cols(max_row=WIDTH_SAMPLE):
        lines = (line for cell in column for line in str(cell.value or "").split("\n"))
        width = min(max(max(map(len, lines), default=0) + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[column[0].column_letter].width = width
    for row in sorted({header_row, *wrapped} - {0}):
        _make_high(sheet, row)


def _make_high(sheet: Any, row: int) -> None:
    """Give a row with wrapped texts the height that they need in the widths of their columns."""
    texts = (
        (str(cell.value), sheet.column_dimensions[cell.column_letter].width)
        for cell in sheet[row]
        if cell.value is not None and cell.alignment.wrap_text
    )
    if (lines := max((lines_high(*text) for text in texts), default=1)) > 1:
        sheet.row_dimensions[row].height = points(lines)
