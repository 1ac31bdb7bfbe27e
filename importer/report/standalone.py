"""What became of the rows of a file that is no longer what was read in, a file of its own out.

Rows are known by their numbers only; in a file that was sorted or changed since, they would name
other rows. So nothing is written into it: each row stands here with the number that it had.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from importer.formula_text import STARTS
from importer.model import column_letter
from importer.report.content import HEADINGS, Line
from importer.report.styles import HEADING, Brush, look_of
from importer.report.wording import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from importer.report.content import Content

COLUMNS = ("sheet", "row", *HEADINGS)
WIDTHS = (20, 8, 14, 80, 40)
MOST_ROWS = 1_048_575


def write_workbook(content: Content, out: BinaryIO) -> None:
    """Write a sheet of outcomes and the Report sheet."""
    import openpyxl

    from importer.report.ooxml.write import write_into

    book, brush = openpyxl.Workbook(), Brush()
    sheet = book.worksheets[0]
    sheet.title = "Rows"
    for column, name in enumerate(COLUMNS, 1):
        brush.put(sheet.cell(1, column), name, HEADING)
        sheet.column_dimensions[column_letter(column)].width = WIDTHS[column - 1]
    sheet.freeze_panes = "A2"
    for row, (name, line) in enumerate(_lines(content), 2):
        if row > MOST_ROWS:
            break
        brush.put(sheet.cell(row, 1), name)
        brush.count(sheet.cell(row, 2), line.row)
        brush.put(sheet.cell(row, 3), line.status, look_of(line.status))
        brush.put(sheet.cell(row, 4), line.message)
        brush.put(sheet.cell(row, 5), line.id)
    bare = io.BytesIO()
    book.save(bare)
    write_into(bare, replace(content, layouts=()), out)


def write_text(content: Content, out: BinaryIO) -> None:
    """Write the outcomes as CSV, in UTF-8 with a byte order mark."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for name, line in _lines(content):
        texts = (name, str(line.row), line.status, line.message, line.id)
        table.writerow(map(_harmless, texts))
    text.detach()


def _lines(content: Content) -> Iterator[tuple[str, Line]]:
    for layout in content.layouts:
        for line in content.lines(layout):
            yield layout.name, line


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = shorten(clean(text))
    return f"'{text}" if text.startswith(STARTS) else text
