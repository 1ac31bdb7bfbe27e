"""Lays out the sheets of the samples as a careful person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, Any]

INK, PAPER, LINE = "FFFFFF", "2F4B5C", "D5DCE1"
FACE = "Calibri"
LINE_HEIGHT = 15
WIDE = 20
"""A column of this width or more wraps its texts."""

SPARE_ROWS = 200
"""Rows below the last filled one that have the drop-downs too."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A sheet: each heading with its column's width, and rows by heading.

    `choices` are the drop-downs, `formats` number formats of whole columns, `title` a merged line
    above the headings.
    """

    sheet: str
    headings: Mapping[str, int]
    rows: Sequence[Row]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    colour: str = PAPER


def add_table(book: Workbook, table: Table) -> None:
    """Add one sheet to a workbook."""
    sheet = book.create_sheet(table.sheet)
    sheet.sheet_properties.tabColor = table.colour
    first = 1
    if table.title:
        _title(sheet, table)
        first = 2
    _header(sheet, table, first)
    for number, row in enumerate(table.rows, start=first + 1):
        _row(sheet, table, number, row)
    _choices(sheet, table, first)
    sheet.freeze_panes = sheet.cell(first + 1, 3)
    sheet.auto_filter.ref = (
        f"A{first}:{get_column_letter(len(table.headings))}{first + len(table.rows)}"
    )
    _paper(sheet, first)


def _title(sheet: Worksheet, table: Table) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(table.headings))
    cell = sheet.cell(1, 1, table.title)
    cell.font = Font(FACE, 14, bold=True, color=table.colour)
    cell.alignment = Alignment(vertical="center")
    sheet.row_dimensions[1].height = 26


def _header(sheet: Worksheet, table: Table, row: int) -> None:
    for column, (heading, width) in enumerate(table.headings.items(), start=1):
        cell = sheet.cell(row, column, heading)
        cell.font = Font(FACE, 11, bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=table.colour)
        cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[row].height = 32


def _row(sheet: Worksheet, table: Table, number: int, row: Row) -> None:
    unknown = row.keys() - table.headings.keys()
    if unknown:
        raise KeyError(f"{table.sheet} has no column {', '.join(sorted(unknown))}")
    for column, (heading, width) in enumerate(table.headings.items(), start=1):
        value = row.get(heading) or None
        cell = sheet.cell(number, column, value)
        side = "left" if isinstance(value, str) else None
        cell.alignment = Alignment(side, "top", wrap_text=width >= WIDE, indent=1 if side else 0)
        cell.border = Border(bottom=Side("hair", color=LINE))
        cell.number_format = table.formats.get(heading, "General")
    if (lines := _lines(table, row)) > 1:  # the message of a report sets the height of the others
        sheet.row_dimensions[number].height = LINE_HEIGHT * lines


def _lines(table: Table, row: Row) -> int:
    """Return the number of lines of the highest cell, line breaks and wrapping included."""
    widths = ((str(row.get(heading) or ""), width) for heading, width in table.headings.items())
    return max(
        sum(1 + len(line) // width if width >= WIDE else 1 for line in text.split("\n"))
        for text, width in widths
    )


def _choices(sheet: Worksheet, table: Table, first: int) -> None:
    last = first + len(table.rows) + SPARE_ROWS
    for heading, words in table.choices.items():
        letter = get_column_letter(list(table.headings).index(heading) + 1)
        choice = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        choice.showErrorMessage = False
        choice.add(f"{letter}{first + 1}:{letter}{last}")
        sheet.add_data_validation(choice)


def _paper(sheet: Worksheet, header: int) -> None:
    """Set the sheet to print in landscape, a page wide, with the headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header}:{header}"
