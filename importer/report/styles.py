"""A worksheet cell, a text and a look in, the cell so written out: always as text."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from importer.formula_text import STARTS
from importer.model import FINE, Severity, Status
from importer.report.wording import clean, shorten

RED, AMBER, GREEN, GREY, BLUE = "FFF8CBCB", "FFFFE7B3", "FFDDF0D8", "FFEDEDED", "FF2F4B6E"

BLACK = "FF000000"

SEVERITY_FILL = {Severity.ERROR: RED, Severity.WARNING: AMBER, Severity.INFO: GREY}

OUTCOME_FILL = {
    **dict.fromkeys(FINE, GREEN),
    Status.UNCHANGED: GREY,
    Status.INVALID: RED,
    Status.REJECTED: RED,
    Status.BLOCKED: AMBER,
    Status.HELD: AMBER,
    Status.UNKNOWN: AMBER,
    Status.PENDING: GREY,
}


LINE_HEIGHT, TALLEST = 15.0, 409.0
"""Points: of one line, and the most a row may have."""

LETTERS_A_UNIT = 1.1
"""Letters of ordinary text to a unit of column width, which is measured in digits."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of ours looks; colours are ARGB."""

    fill: str = ""
    colour: str = BLACK
    bold: bool = False
    size: int = 11
    underline: bool = False
    wrap: bool = False
    number: bool = False
    quoted: bool = False


PLAIN = Look()
WRAPPED = Look(wrap=True)
HEADING = Look(fill=BLUE, colour="FFFFFFFF", bold=True, wrap=True)
LINK = Look(colour="FF0B5CAD", underline=True)


def look_of(status: str) -> Look:
    """How the status of a row looks, plain where it has none."""
    return Look(fill=OUTCOME_FILL[Status(status)]) if status else PLAIN


class Brush:
    """Writes cells; each look is worked out once and copied, which is many times faster."""

    def __init__(self) -> None:
        self._known: dict[Look, Any] = {}

    def put(self, cell: Any, text: str, look: Look = PLAIN) -> None:
        """Write `text` so that no spreadsheet takes it for a formula, an error or a number."""
        text = shorten(clean(text))
        cell.value = text or None
        if text:
            cell.data_type = "s"
        self._dress(cell, quoted(look, text))

    def count(self, cell: Any, number: int, look: Look = PLAIN) -> None:
        """Write a number."""
        cell.value = number
        self._dress(cell, replace(look, number=True))

    def _dress(self, cell: Any, look: Look) -> None:
        if look not in self._known:
            self._known[look] = _style(cell, look)
        cell._style = copy(self._known[look])


def quoted(look: Look, text: str) -> Look:
    """A look for a text that a spreadsheet might take for a formula."""
    risky = text.startswith(STARTS)
    return look if risky == look.quoted else replace(look, quoted=risky)


def lines_high(text: str, width: float) -> int:
    """How many lines `text` takes in a wrapped column of that width."""
    return sum(1 + int(len(line) / (width * LETTERS_A_UNIT)) for line in text.split("\n"))


def points(lines: int) -> float:
    """The height of a row of so many lines; not every viewer works it out for itself."""
    return min(LINE_HEIGHT * lines, TALLEST)


def _style(cell: Any, look: Look) -> Any:
    """Work the look out on `cell`, starting from nothing."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.styles.cell_style import StyleArray

    cell._style = StyleArray()
    cell.font = Font(
        name="Calibri",
        size=look.size,
        bold=look.bold,
        color=look.colour,
        underline="single" if look.underline else None,
    )
    cell.alignment = Alignment(
        horizontal="right" if look.number else None,
        indent=1 if look.number else 0,
        vertical="top",
        wrap_text=look.wrap,
    )
    cell.number_format = "#,##0" if look.number else "General"
    if look.fill:
        cell.fill = PatternFill("solid", start_color=look.fill, end_color=look.fill)
    cell.quotePrefix = look.quoted
    return copy(cell._style)
