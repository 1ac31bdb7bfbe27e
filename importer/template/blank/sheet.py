"""Lays out a sheet of a blank workbook: headings, comments, formats, drop-downs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.template.blank.fields import Field
from importer.template.blank.layout import LAST_ROW, Layout
from importer.template.blank.look import FACE, FAINT, MUST, heading_cell, set_paper
from importer.template.blank.wording import Wording
from importer.template.own_sheets import FOLDED

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

COMMENT_AUTHOR = "Template"
COMMENT_WIDTH, COMMENT_LINE = 300, 18


def fill_sheet(sheet: Worksheet, layout: Layout, words: Wording) -> None:
    """Lay out a sheet; without a row of headings its first row is for data already."""
    for field in layout.placed:
        _column(sheet, field)
        if layout.rule.header:
            _heading(sheet[f"{field.letter}1"], field, words)
    if layout.rule.header:
        _fold(sheet, layout, words)
        sheet.row_dimensions[1].height = 32
        sheet.freeze_panes = sheet.cell(2, 1 + _leading(layout)).coordinate
        sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    set_paper(sheet, words.phrase("page"))


def _leading(layout: Layout) -> int:
    """Return how many columns to freeze: the leading ones that must be filled, three at most."""
    must = [field.rule.required for field in layout.placed]
    return min(must.index(False) if False in must else len(must), 3)


def _column(sheet: Worksheet, field: Field) -> None:
    from openpyxl.styles import Alignment

    column = sheet.column_dimensions[field.letter]
    column.number_format = field.number_format
    column.alignment = Alignment(vertical="top", wrap_text=field.rule.type in ("text", "list"))
    column.width = _width(field)
    if field.folded:
        column.outlineLevel = 1
        column.hidden = True


def _width(field: Field) -> int:
    """Return a width between 11 and 30 with room for the heading and the example."""
    longest = max(len(field.shown) + 3, *(len(line) for line in field.example.split("\n")))
    return min(max(longest + 2, 11), 30)


def _fold(sheet: Worksheet, layout: Layout, words: Wording) -> None:
    """Say behind the last column how many are folded away: the sign to unfold them is above it."""
    from openpyxl.styles import Alignment, Font, PatternFill

    if not layout.folded:
        return
    column = 1 + len(layout.placed)
    cell = sheet.cell(1, column, f"{FOLDED} {len(layout.folded)}")
    cell.font = Font(FACE, 11, bold=True, color=MUST)
    cell.fill = PatternFill("solid", fgColor=FAINT)
    cell.alignment = Alignment("center", "center")
    _comment(cell, words.phrase("folded", count=len(layout.folded)))
    dimension = sheet.column_dimensions[cell.column_letter]
    dimension.width = 9
    dimension.collapsed = True


def _heading(cell: Cell, field: Field, words: Wording) -> None:
    cell.value = field.shown
    cell.data_type = "s"
    heading_cell(cell, required=field.rule.required)
    _comment(cell, comment_text(field, words))


def _comment(cell: Cell, text: str) -> None:
    from openpyxl.comments import Comment

    lines = sum(1 + len(line) // 42 for line in text.split("\n"))
    cell.comment = Comment(text, COMMENT_AUTHOR, COMMENT_LINE * (lines + 1), COMMENT_WIDTH)


def comment_text(field: Field, words: Wording) -> str:
    """Return the text of the comment on a heading."""
    lines = [field.note]
    if field.rule.required:
        lines.append(words.phrase("must"))
    if field.choice.words:
        name = "one_of" if field.choice.strict else "for_example"
        lines.append(words.phrase(name, words=listed(field, words)))
    elif field.example:
        lines.append(words.phrase("example", words=field.example))
    return "\n".join(filter(None, lines))


def listed(field: Field, words: Wording, most: int = 12) -> str:
    """Return the values of a drop-down as an enumeration: `a, b and 3 more`."""
    values = field.choice.words
    shown = ", ".join(values[:most])
    left = len(values) - most
    return words.phrase("and_more", words=shown, count=left) if left > 0 else shown


def add_drop_down(
    sheet: Worksheet, layout: Layout, field: Field, formula: str, words: Wording
) -> None:
    """Add the drop-down of a column.

    A value that is not on a strict list gets a warning, not an error: <clear> is valid as well.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list", formula1=formula, allow_blank=True)
    rule.showErrorMessage = field.choice.strict
    rule.errorStyle = "warning"
    rule.errorTitle = field.heading[:32]
    rule.error = words.phrase("expected", words=listed(field, words))[:255]
    rule.add(f"{field.letter}{layout.first_row}:{field.letter}{LAST_ROW}")
    sheet.add_data_validation(rule)
