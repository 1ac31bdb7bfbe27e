"""A scan of the content part of an .ods for what the workbook parser does not report.

The parser returns error cells as blank and numbers without their leading zeros. The XML holds both
as shown text, beside the value. Repeated rows and cells are written once, with a count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from importer.finding_codes import FindingCode
from importer.model import CellFault
from importer.read.sheet_facts import DamagedSheetError, SheetFacts

if TYPE_CHECKING:
    from typing import IO

    from importer.model import Cell

ZERO_PADDED = re.compile(r"-?0[0-9-]*[0-9]")
CELLS = {"table:table-cell", "table:covered-table-cell"}
MAX_OVERRIDES = 1 << 20


def scan_content(part: IO[bytes]) -> dict[str, SheetFacts]:
    """Return each sheet's facts by its name. Raises DamagedSheetError and ExpatError."""
    content = ContentScanner()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.characters
    parser.ParseFile(part)
    return content.sheets


class ContentScanner:
    """The handlers of an XML parser; row and column count from 1 and include repeats."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._row = self._rows = 0
        self._column = self._columns = 0
        self._hidden = False
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._paragraph = False
        self._overrides = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle a start tag."""
        if name == "table:table":
            self._facts = self.sheets.setdefault(attributes.get("table:name", ""), SheetFacts())
            self._row = self._rows = 0
        elif name == "table:table-row":
            self._row += self._rows
            self._rows = repeats(attributes, "table:number-rows-repeated")
            self._column = self._columns = 0
            self._hidden = attributes.get("table:visibility", "visible") != "visible"
        elif name in CELLS:
            self._column += self._columns
            self._columns = repeats(attributes, "table:number-columns-repeated")
            self._cell, self._text = attributes, []
        elif name == "text:p":
            self._paragraph = True

    def characters(self, text: str) -> None:
        """Handle character data."""
        if self._paragraph and self._cell is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        if name == "text:p":
            self._paragraph = False
        elif name in CELLS and self._cell is not None:
            self._end_cell(self._cell, "".join(self._text).strip())
            self._cell = None

    def _end_cell(self, cell: dict[str, str], shown: str) -> None:
        if "office:value-type" in cell:
            self._facts.extend_to(self._row + self._rows, self._column + self._columns)
            self._facts.hidden_rows += self._rows * self._hidden
            self._hidden = False
        override = shown_override(cell, shown)
        if override is not None:
            self._put(override)

    def _put(self, cell: Cell) -> None:
        """Record the cell in every place where it is repeated."""
        self._overrides += self._rows * self._columns
        if self._overrides > MAX_OVERRIDES:
            raise DamagedSheetError(f"more than {MAX_OVERRIDES:,} error cells")
        for row in range(self._row + 1, self._row + self._rows + 1):
            for column in range(self._column + 1, self._column + self._columns + 1):
                self._facts.put(row, column, cell)


def repeats(attributes: dict[str, str], name: str) -> int:
    """Return how often a row or cell is repeated, at least 1."""
    count = attributes.get(name, "1")
    if not (count.isascii() and count.isdigit() and len(count) < 9):
        raise DamagedSheetError(f"something is repeated {count!r} times")
    return max(int(count), 1)


def shown_override(cell: dict[str, str], shown: str) -> Cell | None:
    """Return an error, or a number shown with leading zeros; None for any other cell."""
    if cell.get("calcext:value-type") == "error":
        return CellFault(FindingCode.ERROR_CELL, shown or "error")
    if cell.get("office:value-type") == "float" and ZERO_PADDED.fullmatch(shown):
        return shown if same_number(shown, cell.get("office:value", "")) else None
    return None


def same_number(shown: str, value: str) -> bool:
    """Return whether the digits shown, dashes aside, are the value's."""
    try:
        return int(shown.replace("-", "")) == abs(float(value))
    except ValueError:
        return False
