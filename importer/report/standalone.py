"""A report of its own, for a file that is no longer what was read.

Rows are identified by their numbers only; in a file that was sorted or changed since, these would
name other rows. So nothing is written into that file: the report lists each row by its old number.
"""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from importer.formula_text import escaped_message
from importer.model import OWN_COLUMNS, column_letter
from importer.report.content import Line
from importer.report.styles import HEADING, WRAPPED, CellWriter, style_of
from importer.report.text_height import lines_high, points
from importer.report.wording import clean, shorten
from importer.spreadsheet import MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importer.report.content import Content

COLUMNS = ("sheet", "row", *OWN_COLUMNS)
WIDTHS = (24, 8, 17, 80, 40)


def write_workbook(content: Content, out: BinaryIO) -> None:
    """Write a workbook with a sheet of outcomes and the Report sheet."""
    import openpyxl

    from importer.report.ooxml.write import write_into

    book, writer = openpyxl.Workbook(), CellWriter()
    sheet = book.worksheets[0]
    sheet.title = "Rows"
    for column, name in enumerate(COLUMNS, 1):
        writer.text(sheet.cell(1, column), name, HEADING)
        sheet.column_dimensions[column_letter(column)].width = WIDTHS[column - 1]
    sheet.freeze_panes = "A2"
    for row, (name, line) in enumerate(islice(_lines(content), MAX_ROWS - 1), 2):
        writer.text(sheet.cell(row, 1), name)
        writer.number(sheet.cell(row, 2), line.row)
        writer.text(sheet.cell(row, 3), line.status, style_of(line.status))
        writer.text(sheet.cell(row, 4), line.message, WRAPPED)
        writer.text(sheet.cell(row, 5), line.id)
        if (lines := lines_high(line.message, WIDTHS[3])) > 1:
            sheet.row_dimensions[row].height = points(lines)
    bare = io.BytesIO()
    book.save(bare)
    write_into(bare, replace(content, layouts=()), out)


def write_text(content: Content, out: BinaryIO) -> None:
    """Write the outcomes as CSV, in UTF-8 with a byte order mark."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for name, line in _lines(content):
        fields = (name, str(line.row), line.status, line.message, line.id)
        table.writerow(escaped_message(shorten(clean(field))) for field in fields)
    text.detach()


def _lines(content: Content) -> Iterator[tuple[str, Line]]:
    for layout in content.layouts:
        for line in content.lines(layout):
            yield layout.name, line
