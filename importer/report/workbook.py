"""A workbook of ours and what a report says in, the workbook with the report written out."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from importer.model import Severity
from importer.report.columns import write_columns
from importer.report.marks import remove_marks, write_marks
from importer.report.overview import write_overview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from importer.report.content import Content

    Sheets = Mapping[str, Worksheet]


class Unloadable(Exception):
    """The workbook cannot be written back; its text says why, in a few words."""


def write_into(book: Workbook, sheets: Sheets, content: Content, out: BinaryIO) -> None:
    """Put columns, marks and the Report sheet into `book` (`sheets`: by the input's names)."""
    opened = book.active
    notes = [write_columns(sheets[layout.name], layout, content) for layout in content.layouts]
    for name, sheet in sheets.items():
        remove_marks(sheet)
        write_marks(sheet, content.told.get(name, {}))
    report = write_overview(book, sheets, content, [note for note in notes if note])
    _open_on(book, report if wants_attention(content) else opened)
    finished = BytesIO()  # a full disk then meets one plain write, not a half-closed archive
    book.save(finished)
    out.write(finished.getbuffer())


def wants_attention(content: Content) -> bool:
    """Whether the workbook opens on its Report sheet."""
    grave = any(finding.severity is not Severity.INFO for finding in content.findings)
    return grave or any(not row.status.fine for row in content.rows.worth_telling())


def _open_on(book: Workbook, sheet: object) -> None:
    """Make `sheet` the one shown, and the only one selected."""
    visible = [each for each in book.worksheets if each.sheet_state == "visible"]
    shown = sheet if sheet in book.worksheets else next(iter(visible), None)
    if shown is not None:
        book.active = book.index(shown)
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is shown
