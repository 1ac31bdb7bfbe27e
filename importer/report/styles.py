"""The styles of our own cells, and a writer of such cells for openpyxl."""

from __future__ import annotations

from copy import copy
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from importer.formula_text import is_formula
from importer.model import FINE, Severity, Status
from importer.report.wording import clean, shorten

RED, AMBER, GREEN, GREY, BLUE = "FFF8CBCB", "FFFFE7B3", "FFDDF0D8", "FFEDEDED", "FF2F4B6E"

BLACK = "FF000000"

SEVERITY_FILL = {Severity.ERROR: RED, Severity.WARNING: AMBER, Severity.INFO: GREY}

OUTCOME_FILL = {
    **dict.fromkeys(FINE, GREEN),
    Status.UNCHANGED: GREY,
    Status.MERGED: GREY,
    Status.SKIPPED: GREY,
    Status.INVALID: RED,
    Status.REJECTED: RED,
    Status.BLOCKED: AMBER,
    Status.HELD: AMBER,
    Status.UNKNOWN: AMBER,
    Status.PENDING: GREY,
}


class CellStyle(Struct, frozen=True):
    """The style of a cell of ours; colours are ARGB."""

    fill: str = ""
    colour: str = BLACK
    bold: bool = False
    size: int = 11
    underline: bool = False
    wrap: bool = False
    number: bool = False
    quoted: bool = False


PLAIN = CellStyle()
WRAPPED = CellStyle(wrap=True)
HEADING = CellStyle(fill=BLUE, colour="FFFFFFFF", bold=True, wrap=True)
LINK = CellStyle(colour="FF0B5CAD", underline=True, wrap=True)


def style_of(status: str) -> CellStyle:
    """Return the style for the status of a row, plain where it has none."""
    return CellStyle(fill=OUTCOME_FILL[Status(status)]) if status else PLAIN


class CellWriter:
    """A writer of openpyxl cells that builds each style once and copies it, which is faster."""

    def __init__(self) -> None:
        self._known: dict[CellStyle, Any] = {}

    def text(self, cell: Any, text: str, style: CellStyle = PLAIN) -> None:
        """Write `text` so that no spreadsheet takes it for a formula, an error or a number."""
        text = shorten(clean(text))
        cell.value = text or None
        if text:
            cell.data_type = "s"
        self._set_style(cell, quoted(style, text))

    def number(self, cell: Any, number: int, style: CellStyle = PLAIN) -> None:
        """Write a number."""
        cell.value = number
        self._set_style(cell, replace(style, number=True))

    def _set_style(self, cell: Any, style: CellStyle) -> None:
        if style not in self._known:
            self._known[style] = _openpyxl_style(cell, style)
        cell._style = copy(self._known[style])


def quoted(style: CellStyle, text: str) -> CellStyle:
    """Return the style, with a quote prefix if a spreadsheet may take the text for a formula."""
    risky = is_formula(text)
    return style if risky == style.quoted else replace(style, quoted=risky)


def _openpyxl_style(cell: Any, style: CellStyle) -> Any:
    """Build the style on `cell`, whatever style that has, and return it."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.styles.cell_style import StyleArray

    cell._style = StyleArray()
    cell.font = Font(
        name="Calibri",
        size=style.size,
        bold=style.bold,
        color=style.colour,
        underline="single" if style.underline else None,
    )
    cell.alignment = Alignment(
        horizontal="right" if style.number else None,
        indent=1 if style.number else 0,
        vertical="top",
        wrap_text=style.wrap,
    )
    cell.number_format = "#,##0" if style.number else "General"
    if style.fill:
        cell.fill = PatternFill("solid", start_color=style.fill, end_color=style.fill)
    cell.quotePrefix = style.quoted
    return copy(cell._style)
