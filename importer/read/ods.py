"""A scan of the content part of an .ods for what the workbook parser does not report.

The parser returns error cells as blank, numbers without their leading zeros, durations of a day or
more as they are stored, and texts without their line breaks, tabs and repeated blanks. The XML
holds all of them as shown text, beside the value. Repeated rows and cells are written once, with a
count.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from importer.finding_codes import FindingCode
from importer.model import CellFault
from importer.read.mojibake import REPLACED, may_be_spoilt
from importer.read.sheet_facts import DamagedSheetError, SheetFacts
from importer.read.xml_pieces import parse_pieces
from importer.spreadsheet import MAX_PARTS, MAX_TEXT, MergedRange

if TYPE_CHECKING:
    from typing import IO

    from importer.model import Cell

DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
ZERO_PADDED = re.compile(r"-?0[0-9-]*[0-9]")
CELLS = {"table:table-cell", "table:covered-table-cell"}
NOTE = "office:annotation"
SIZES = ("style:row-height", "style:column-width")
FLAT = re.compile(r"0(?:\.0*)?(?:[a-z]+|%)?")
BLANK = "text:s"
SIGNS = {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}
BLANKS = re.compile(r"[ \t\r\n]+")
MAX_OVERRIDES = 1 << 20
MAX_BLANKS = 32_767


def scan_content(part: IO[bytes]) -> dict[str, SheetFacts]:
    """Return each sheet's facts by its name. Raises DamagedSheetError and ExpatError."""
    content = ContentScanner()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.characters
    parse_pieces(parser, part)
    return content.sheets


class ContentScanner:
    """The handlers of an XML parser; row and column count from 1 and include repeats."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self._facts = SheetFacts()
        self._row = self._rows = 0
        self._column = self._columns = 0
        self._hidden = False
        self._last_column = 0
        self._style = ""
        self._flat: set[str] = set()
        self._cell: dict[str, str] | None = None
        self._text = ShownText()
        self._notes = 0
        self._overrides = 0
        self._letters = self._text_size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle a start tag."""
        if name == BLANK:  # the parser writes out all blanks of a cell, those of its notes too
            self._letters += repeats(attributes, "text:c")
        if name in LAYOUT:
            LAYOUT[name](self, attributes)
        elif name in CELLS:
            self._start_cell(attributes)
        elif name == NOTE:
            self._notes += 1
        elif self._cell is not None and not self._notes:
            self._text.start(name, attributes)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("style:name", "")

    def _start_size(self, attributes: dict[str, str]) -> None:
        if any(FLAT.fullmatch(attributes.get(size, "")) for size in SIZES):
            self._flat.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._facts = self.sheets.setdefault(attributes.get("table:name", ""), SheetFacts())
        if len(self.sheets) > MAX_PARTS:
            raise DamagedSheetError(f"it has more than {MAX_PARTS:,} sheets")
        self._row = self._rows = self._last_column = 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row += self._rows
        self._rows = repeats(attributes, "table:number-rows-repeated")
        self._column = self._columns = 0
        self._hidden = self._is_hidden(attributes)

    def _start_columns(self, attributes: dict[str, str]) -> None:
        first = self._last_column + 1
        self._last_column += repeats(attributes, "table:number-columns-repeated")
        if self._is_hidden(attributes):
            self._facts.hide(first, self._last_column)

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        """Return whether a row or columns are hidden, or of a style without height or width."""
        if attributes.get("table:visibility", "visible") != "visible":
            return True
        return attributes.get("table:style-name") in self._flat

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns
        self._columns = repeats(attributes, "table:number-columns-repeated")
        self._letters *= self._cell is not None
        self._cell, self._text = attributes, ShownText()
        rows = repeats(attributes, "table:number-rows-spanned")
        columns = repeats(attributes, "table:number-columns-spanned")
        if rows * columns > 1:
            top, left = self._row + 1, self._column + 1
            last = (top + rows - 1, left + columns - 1)
            self._facts.merge(MergedRange(top, left, *last))

    def characters(self, text: str) -> None:
        """Handle character data."""
        self._letters += len(text)
        if self._cell is not None and not self._notes:
            self._text.add(text)

    def end(self, name: str) -> None:
        """Handle an end tag."""
        if name == NOTE:
            self._notes -= 1
        elif name == "text:p" and not self._notes:
            self._text.end_paragraph()
        elif name in CELLS and self._cell is not None:
            self._end_cell(self._cell, self._text)
            self._cell = None

    def _end_cell(self, cell: dict[str, str], shown: ShownText) -> None:
        self._count(cell)
        if "office:value-type" in cell:
            self._facts.extend_to(self._row + self._rows, self._column + self._columns)
            self._facts.hidden_rows += self._rows * self._hidden
            self._hidden = False
        self._facts.spoilt |= may_be_spoilt(shown.text) or REPLACED in shown.text
        override = shown_override(cell, shown)
        if override is not None:
            self._put(override)

    def _count(self, cell: dict[str, str]) -> None:
        """Count a cell and its text in every place where it is repeated."""
        if "office:value-type" not in cell:
            return
        repeated = self._rows * self._columns
        size = (self._letters + len(cell.get("office:string-value", ""))) * repeated
        self._text_size += size
        self._facts.text += size
        self._facts.cells += repeated
        if self._text_size > MAX_TEXT:
            raise DamagedSheetError(f"its cells have over {MAX_TEXT:,} letters of text")

    def _put(self, cell: Cell) -> None:
        """Record the cell in every place where it is repeated."""
        self._overrides += self._rows * self._columns
        if self._overrides > MAX_OVERRIDES:
            raise DamagedSheetError(f"more than {MAX_OVERRIDES:,} cells with errors or line breaks")
        for row in range(self._row + 1, self._row + self._rows + 1):
            for column in range(self._column + 1, self._column + self._columns + 1):
                self._facts.put(row, column, cell)


LAYOUT = {
    "style:style": ContentScanner._start_style,
    "style:table-row-properties": ContentScanner._start_size,
    "style:table-column-properties": ContentScanner._start_size,
    "table:table": ContentScanner._start_table,
    "table:table-column": ContentScanner._start_columns,
    "table:table-row": ContentScanner._start_row,
}
"""What handles the start of styles, tables, columns and rows."""


class ShownText:
    """The text that a cell shows; `unusual` where more than plain characters make it up."""

    def __init__(self) -> None:
        self.unusual = False
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None

    @property
    def text(self) -> str:
        """Return the paragraphs, each on a line of its own."""
        return "\n".join(self._paragraphs)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a paragraph, or add the sign that an element stands for."""
        if name == "text:p":
            self._pieces = []
        elif self._pieces is not None and name in SIGNS:
            count = repeats(attributes, "text:c") if name == "text:s" else 1
            self._pieces.append(SIGNS[name] * min(count, MAX_BLANKS))
            self.unusual = True

    def add(self, characters: str) -> None:
        """Add characters of a paragraph: white space counts as one blank, at its start as none."""
        if self._pieces is None:
            return
        plain = BLANKS.sub(" ", characters)
        if plain.startswith(" ") and (not self._pieces or self._pieces[-1].endswith(" ")):
            plain = plain[1:]
        self.unusual = self.unusual or plain != characters
        if plain:
            self._pieces.append(plain)

    def end_paragraph(self) -> None:
        """End the paragraph."""
        if self._pieces is not None:
            self._paragraphs.append("".join(self._pieces))
        self._pieces = None


def repeats(attributes: dict[str, str], name: str) -> int:
    """Return how often a row or cell is repeated, at least 1."""
    count = attributes.get(name, "1")
    if not (count.isascii() and count.isdigit() and len(count) < 9):
        raise DamagedSheetError(f"something is repeated {count!r} times")
    return max(int(count), 1)


def shown_override(cell: dict[str, str], shown: ShownText) -> Cell | None:
    """Return an error, a number with leading zeros, a long duration, or a text with line breaks.

    Any other cell is as the parser returns it: None.
    """
    text, kind = shown.text, cell.get("office:value-type")
    if cell.get("calcext:value-type") == "error":
        return CellFault(FindingCode.ERROR_CELL, text.strip() or "error")
    if kind == "string" and shown.unusual and "office:string-value" not in cell:
        return text
    if kind == "time":
        return long_duration(cell.get("office:time-value", ""))
    if kind == "float" and ZERO_PADDED.fullmatch(text.strip()):
        return text.strip() if same_number(text, cell.get("office:value", "")) else None
    return None


def same_number(shown: str, value: str) -> bool:
    """Return whether the digits shown, dashes aside, are the value's."""
    try:
        return int(shown.replace("-", "")) == abs(float(value))
    except ValueError:
        return False


def long_duration(value: str) -> timedelta | None:
    """Return a duration that is no time of a day, `PT26H31M45S` or `-PT01H30M00S`, else None."""
    match = DURATION.fullmatch(value)
    if match is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups()[1:])
    try:
        found = timedelta(days, seconds, hours=hours, minutes=minutes)
    except OverflowError:
        return None
    found = -found if match[1] else found
    return None if timedelta() <= found < timedelta(days=1) else found
