"""How a blank workbook looks: its colours and letters, and how it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

FACE = "Calibri"
WHITE, MUST, MAY = "FFFFFF", "1F4E5F", "6B8A99"
FAINT, LINE, LINK = "E8EEF1", "D9E1E5", "0B5CAD"
MARGIN = 0.4
"""The margin at the sides of a page, in inches."""


def heading_cell(cell: Cell | MergedCell, *, required: bool = False) -> None:
    """Make a cell look like a heading."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(FACE, 11, bold=required, color=WHITE)
    cell.fill = PatternFill("solid", fgColor=MUST if required else MAY)
    cell.alignment = Alignment("left", "center", wrap_text=True, indent=1)


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """Write a text as text, whatever it begins with, and return its cell."""
    cell = sheet.cell(row, column, text or None)
    if text:
        cell.data_type = "s"
    return cell


def set_paper(sheet: Worksheet, footer: str, *, upright: bool = False, pages: int = 0) -> None:
    """Print a sheet as wide as a page, on so many pages: 0 for as many as it needs.

    `footer` stands below each page, with `&P` and `&N` for its number and how many there are.
    """
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = MARGIN
    margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.4
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart(footer)
    )
