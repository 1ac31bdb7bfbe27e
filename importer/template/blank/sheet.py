"""The fields of a sheet in, the sheet a person fills out: headings, notes, drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from importer.template.blank.fields import Field

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from importer.template.blank.shelf import Shelf

FACE = "Calibri"
WHITE, MUST, MAY = "FFFFFF", "1F4E5F", "6B8A99"
NOTE_AUTHOR = "Template"
NOTE_WIDTH, NOTE_LINE = 300, 18
LAST_ROW = 1_048_576


def fill_sheet(sheet: Worksheet, fields: Sequence[Field], shelf: Shelf, *, header: bool) -> None:
    """Lay out one sheet; without `header` its first row is the user's own already."""
    for field in fields:
        if field.letter:
            _column(sheet, field)
            _drop_down(sheet, field, shelf, first_row=2 if header else 1)
            if header:
                _heading(sheet[f"{field.letter}1"], field)
    if header:
        sheet.row_dimensions[1].height = 32
        sheet.freeze_panes = sheet.cell(2, 1 + _leading(fields)).coordinate
        sheet.print_title_rows = "1:1"
    _paper(sheet)


def _leading(fields: Sequence[Field]) -> int:
    """How many columns stay in sight: those that must be filled, at most three."""
    must = [field.rule.required for field in fields if field.letter]
    return min(must.index(False) if False in must else len(must), 3)


def _column(sheet: Worksheet, field: Field) -> None:
    column = sheet.column_dimensions[field.letter]
    column.number_format = field.number_format
    column.width = _width(field)


def _width(field: Field) -> int:
    """Room for the heading and for a value like the example, within reason."""
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
    text = note(field)
    lines = sum(1 + len(line) // 42 for line in text.split("\n"))
    cell.comment = Comment(text, NOTE_AUTHOR, NOTE_LINE * (lines + 1), NOTE_WIDTH)


def note(field: Field) -> str:
    """What the note on a heading says."""
    lines = [field.rule.note]
    if field.rule.required:
        lines.append("Must be filled.")
    if field.choice.words:
        lines.append(f"{'One of' if field.choice.strict else 'For example'}: {listed(field)}.")
    elif field.rule.example:
        lines.append(f"Example: {field.rule.example}")
    return "\n".join(filter(None, lines))


def listed(field: Field, most: int = 12) -> str:
    """The values of a drop-down in a sentence."""
    words = field.choice.words
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if words[most:] else "")


def _drop_down(sheet: Worksheet, field: Field, shelf: Shelf, *, first_row: int) -> None:
    """What is not on a strict list gets a warning, not a refusal: <clear> must be typed too."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not field.choice.words:
        return
    offer = DataValidation("list", formula1=shelf.formula(field), allow_blank=True)
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
