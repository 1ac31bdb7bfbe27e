"""The Columns sheet of a blank workbook: a table of all headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from importer.template.blank.fields import Field
from importer.template.blank.layout import Layout
from importer.template.blank.look import FACE, LINE, LINK, MAY, heading_cell, put, set_paper
from importer.template.blank.sheet import listed
from importer.template.blank.wording import Wording
from importer.template.model import Template
from importer.template.own_sheets import MARK

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TABLE = {
    "table_sheet": 16,
    "table_heading": 26,
    "table_must": 10,
    "table_note": 52,
    "table_example": 40,
    "table_values": 34,
    "table_aliases": 40,
}
"""The columns of the table by the phrase of their heading, with their widths."""
HEADER = 2


def fill_columns(
    sheet: Worksheet, template: Template, layouts: Sequence[Layout], words: Wording
) -> None:
    """Fill in the table of all headings."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    _mark(sheet, template)
    for number, (phrase, width) in enumerate(TABLE.items(), start=1):
        heading_cell(put(sheet, HEADER, number, words.phrase(phrase)), required=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[HEADER].height = 32
    row = HEADER
    for layout in layouts:
        for number, field in enumerate(layout.fields):
            row += 1
            _field(sheet, row, layout.title, _texts(field, words), first=number == 0)
            if field.rule.required:
                sheet.cell(row, 2).font = Font(FACE, 11, bold=True)
    sheet.freeze_panes = f"A{HEADER + 1}"
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.sheet_view.showGridLines = False
    set_paper(sheet, words.phrase("page"))


def _mark(sheet: Worksheet, template: Template) -> None:
    from openpyxl.styles import Font

    put(sheet, 1, 1, f"{MARK}{template.name}").font = Font(FACE, 9, color=MAY)


def _field(sheet: Worksheet, row: int, title: str, texts: Sequence[str], *, first: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    edge = Side("thin", color=MAY) if first else Side("hair", color=LINE)
    for column, text in enumerate((title, *texts), start=1):
        cell = put(sheet, row, column, text)
        cell.alignment = Alignment("left", "top", wrap_text=True, indent=1)
        cell.border = Border(top=edge)
        cell.font = Font(FACE, 11)
    if first:
        link = sheet.cell(row, 1)
        link.hyperlink = f"#'{title}'!A1"
        link.font = Font(FACE, 11, bold=True, underline="single", color=LINK)
    widths = list(TABLE.values())[1:]
    sheet.row_dimensions[row].height = 15 * max(
        1 + len(text) // (width + 3) for text, width in zip(texts, widths, strict=True)
    )


def _texts(field: Field, words: Wording) -> tuple[str, ...]:
    rule, heading = field.rule, field.heading
    if rule.letter:
        heading = words.phrase("table_letter", heading=heading, letter=rule.letter)
    if rule.in_sections:
        heading = words.phrase("table_section", heading=field.heading)
    return (
        heading,
        words.phrase("yes") if rule.required else "",
        field.note,
        field.example,
        listed(field, words),
        ", ".join(_others(field)),
    )


def _others(field: Field) -> Sequence[str]:
    """Return the other names of a heading; in another language the English ones are such."""
    return [name for name in field.rule.names if name != field.heading]
