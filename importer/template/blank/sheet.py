"""Lays out a sheet of a blank workbook: headings, comments, formats, drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from importer.template.blank.fields import Field

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from importer.template.blank.value_lists import ValueLists

FACE = "Calibri"
WHITE, MUST, MAY = "FFFFFF", "1F4E5F", "6B8A99"
COMMENT_AUTHOR = "Template"
COMMENT_WIDTH, COMMENT_LINE = 300, 18
LAST_ROW = 1_048_576


def fill_sheet(
    sheet: Worksheet, fields: Sequence[Field], value_lists: ValueLists, *, header: bool
) -> None:
    """Lay out a sheet; without `header` its first row is for data already."""
    for field in fields:
        if field.letter:
            _column(sheet, field)
            _drop_down(sheet, field, value_lists, first_row=2 if header else 1)
            if header:
                _heading(sheet[f"{field.letter}1"], field)
    if header:
        sheet.row_dimensions[1].height = 32
        sheet.freeze_panes = sheet.cell(2, 1 + _leading(fields)).coordinate
        sheet.print_title_rows = "1:1"
    _paper(sheet)


def _leading(fields: Sequence[Field]) -> int:
    """Return how many columns to freeze: the leading ones that must be filled, three at most."""
    must = [field.rule.required for field in fields if field.letter]
    return min(must.index(False) if False in must else len(must), 3)


def _column(sheet: Worksheet, field: Field) -> None:
    column = sheet.column_dimensions[field.letter]
    column.number_format = field.number_format
    column.width = _width(field)


def _width(field: Field) -> int:
    """Return a width between 12 and 40 with room for the heading and the example."""
    longest = max(len(field.shown) + 3, *(len(line) for line in field.rule.example.split("\n")))
    return min(max(longest + 2, 12), 40)


def heading_cell(cell: Cell, *, required: bool = False) -> None:
    """Make a cell look like a heading."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(FACE, 11, bold=required, color=WHITE)
    cell.fill = PatternFill("solid", fgColor=MUST if required else MAY)
    cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)


def _heading(cell: Cell, field: Field) -> None:
    from openpyxl.comments import Comment

    cell.value = field.shown
    heading_cell(cell, required=field.rule.required)
    text = comment_text(field)
    lines = sum(1 + len(line) // 42 for line in text.split("\n"))
    cell.comment = Comment(text, COMMENT_AUTHOR, COMMENT_LINE * (lines + 1), COMMENT_WIDTH)


def comment_text(field: Field) -> str:
    """Return the text of the comment on a heading."""
    lines = [field.rule.note]
    if field.rule.required:
        lines.append("Must be filled.")
    if field.choice.words:
        lines.append(f"{'One of' if field.choice.strict else 'For example'}: {listed(field)}.")
    elif field.rule.example:
        lines.append(f"Example: {field.rule.example}")
    return "\n".join(filter(None, lines))


def listed(field: Field, most: int = 12) -> str:
    """Return the values of a drop-down as an enumeration: `a, b and 3 more`."""
    words = field.choice.words
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if words[most:] else "")


def _drop_down(sheet: Worksheet, field: Field, value_lists: ValueLists, *, first_row: int) -> None:
    """Add the drop-down of a column.

    A value that is not on a strict list gets a warning, not an error: <clear> is valid as well.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    if not field.choice.words:
        return
    offer = DataValidation("list", formula1=value_lists.formula(field), allow_blank=True)
    offer.showErrorMessage = field.choice.strict
    offer.errorStyle = "warning"
    offer.errorTitle = field.rule.heading[:32]
    offer.error = f"Expected is one of: {listed(field)}."[:255]
    offer.add(f"{field.letter}{first_row}:{field.letter}{LAST_ROW}")
    sheet.add_data_validation(offer)


def _paper(sheet: Worksheet) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
