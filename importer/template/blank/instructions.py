"""The Instructions sheet of a blank workbook: what to do, and a table of all headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from importer.template.blank.fields import Field
from importer.template.blank.sheet import FACE, MAY, MUST, WHITE, listed
from importer.template.model import INSTRUCTIONS, Template

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "Instructions"
TABLE = {
    **dict(zip(INSTRUCTIONS, (16, 26, 10), strict=True)),
    "What it is": 52,
    "Example": 34,
    "Values": 34,
    "Also accepted as": 40,
}
"""The columns of the table of all headings, with their widths."""

LINE = "D9E1E5"


def fill_instructions(
    sheet: Worksheet, template: Template, sheets: Mapping[str, Sequence[Field]]
) -> None:
    """Fill in the Instructions sheet; `sheets` maps the names in the workbook to their columns."""
    for column, width in zip("ABCDEFG", TABLE.values(), strict=True):
        sheet.column_dimensions[column].width = width
    row = _introduction(sheet, template)
    _table_header(sheet, row)
    for name, fields in sheets.items():
        for number, field in enumerate(fields):
            row += 1
            _field(sheet, row, name, field, first=number == 0)
    sheet.sheet_view.showGridLines = False
    _paper(sheet)


def _introduction(sheet: Worksheet, template: Template) -> int:
    """Write title and instructions; return the row in which the table begins."""
    from openpyxl.styles import Font

    _text(sheet, 1, 1, template.title).font = Font(FACE, 16, bold=True, color=MUST)
    _text(sheet, 2, 1, template.description).font = Font(FACE, 11, italic=True)
    for number, line in enumerate(template.instructions, start=1):
        _text(sheet, 3 + number, 1, f"{number}.  {line}")
    return len(template.instructions) + 5


def _table_header(sheet: Worksheet, row: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, heading in enumerate(TABLE, start=1):
        cell = sheet.cell(row, column, heading)
        cell.font = Font(FACE, 11, bold=True, color=WHITE)
        cell.fill = PatternFill("solid", fgColor=MUST)
        cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)
    sheet.row_dimensions[row].height = 32


def _field(sheet: Worksheet, row: int, name: str, field: Field, *, first: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    edge = Side("thin", color=MAY) if first else Side("hair", color=LINE)
    texts = _texts(field)
    for column, text in enumerate((name, *texts), start=1):
        cell = _text(sheet, row, column, text)
        cell.alignment = Alignment("left", "top", wrap_text=True, indent=1)
        cell.border = Border(top=edge)
        cell.font = Font(FACE, 11, bold=column == 2 and field.rule.required)
    if first:
        link = sheet.cell(row, 1)
        link.hyperlink = f"#'{name}'!A1"
        link.font = Font(FACE, 11, bold=True, underline="single", color="0B5CAD")
    widths = list(TABLE.values())[1:]
    sheet.row_dimensions[row].height = 15 * max(
        1 + len(text) // (width + 3) for text, width in zip(texts, widths, strict=True)
    )


def _texts(field: Field) -> tuple[str, ...]:
    rule = field.rule
    heading = f"{rule.heading} (column {rule.letter})" if rule.letter else rule.heading
    if rule.in_sections:
        heading = f"{rule.heading} (or in a row above, alone)"
    return (
        heading,
        "yes" if rule.required else "",
        rule.note,
        rule.example,
        listed(field),
        ", ".join(rule.aliases),
    )


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """Write a text as text, whatever it begins with, and return its cell."""
    cell = sheet.cell(row, column, text or None)
    if text:
        cell.data_type = "s"
    return cell


def _paper(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
