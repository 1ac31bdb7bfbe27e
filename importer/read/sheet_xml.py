"""A scan of an .xlsx sheet's XML for what the workbook parser does not report.

These are faults, the extent of the cells, and hidden rows: the parser returns error cells and
formulas without a result as blank. So the part is inflated once more, in blocks. A regular
expression skips whole rows without anything of interest, and only the rest goes through an XML
parser, which sees a well-formed, much shorter sheet. Single quotes, XML comments and cells without
an address need no rules of their own: such rows are just not plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.model import CellFault
from importer.pieces import stream_pieces
from importer.read.cells import LONG_NUMBER, zero_padded
from importer.read.mojibake import bytes_may_be_spoilt
from importer.read.plain_rows import ROOT, plain_patterns
from importer.read.sheet_facts import DamagedSheetError, SheetFacts
from importer.read.styles import ZEROS
from importer.read.xml_pieces import demand_progress
from importer.spreadsheet import MergedRange, column_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from importer.model import Cell
    from importer.read.plain_rows import Plain

BLOCK = 1 << 18
SHOWN_LENGTH = 200
ADDRESS = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")
CELL_SIZE = 32
"""About how many bytes a cell with a value takes, `<c r="A1" t="s"><v>1</v></c>`."""
NUMBER = re.compile(r"[0-9]{1,10}")
COLUMN = re.compile(r"[0-9]{1,5}")
RANGE = re.compile(r"([A-Za-z]{1,3}[1-9][0-9]{0,6}):([A-Za-z]{1,3}[1-9][0-9]{0,6})")
FLAT = re.compile(r"0(?:\.0*)?")
NARROW = 26


def scan_sheet(part: IO[bytes], padded: Mapping[str, str]) -> SheetFacts:
    """Scan the part to its end; `padded` are the styles that show a number as padded text.

    Plain addresses of one letter reach no further than Z999999, which is too small to measure. A
    sheet with a column AA is scanned again from its start, and its addresses are measured.
    Raises DamagedSheetError, expat's ExpatError, and what reading from the archive raises.
    """
    root = ROOT.search(part.read(BLOCK))
    prefix = root[1].decode() + ":" if root and root[1] else ""
    part.seek(0)
    facts = SheetFacts()
    if not scan(part, facts, padded, plain_patterns(prefix, padded, wide=False)):
        part.seek(0)
        facts = SheetFacts()
        scan(part, facts, padded, plain_patterns(prefix, padded, wide=True))
    return facts


def scan(part: IO[bytes], facts: SheetFacts, padded: Mapping[str, str], plain: Plain) -> bool:
    """Scan the part once; return False where the scan stopped because the sheet is wide."""
    rest, end = RowParser(facts, padded), b""
    for block in stream_pieces(part, BLOCK):
        position = 0
        facts.formulas = facts.formulas or plain.has_formula(end + block)
        end = block[-len(plain.formula) :]
        facts.spoilt = facts.spoilt or bytes_may_be_spoilt(block)
        facts.text += len(block)
        for run in plain.runs(block):
            rest.feed(plain.thinned(block[position : run.start()]))
            rest.row = int(run[1])
            position = run.end()
        rest.feed(plain.thinned(block[position:]))
        if plain.wide:
            measure(block, facts, plain)
        elif facts.columns > NARROW:
            return False
    rest.close()
    facts.cells = facts.text // CELL_SIZE
    return True


def measure(block: bytes, facts: SheetFacts, plain: Plain) -> None:
    """Extend the bounds to the plain cells in the block, by their addresses."""
    letters = set(plain.wide_column.findall(block))
    columns = (column_number(each.decode()) for each in letters)
    rows = map(int, plain.cell_row.findall(block))
    facts.extend_to(max(rows, default=0), max(columns, default=NARROW))


def address_of(text: str) -> tuple[int, int]:
    """Return column and row (both from 1): `C17` -> (3, 17). Raises DamagedSheetError."""
    match = ADDRESS.fullmatch(text)
    if match is None or int(match[2]) == 0:
        raise DamagedSheetError(f"a cell has the address {text[:SHOWN_LENGTH]!r}")
    return column_number(match[1]), int(match[2])


def is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Return whether a row or columns are hidden, or have no height or width."""
    flat = FLAT.fullmatch(attributes.get(size, ""))
    return flat is not None or attributes.get("hidden") in {"1", "true"}


class OpenCell(Struct):
    """The cell that the XML parser is in."""

    row: int
    column: int
    kind: str
    padding: str | None
    formula: str | None = None
    value: str | None = None
    rich: bool = False

    def override(self) -> Cell | None:
        """Return the cell as it is shown, if the workbook parser reports it differently."""
        if self.kind == "e":
            return CellFault(FindingCode.ERROR_CELL, (self.value or "").strip() or "error")
        calculated = bool(self.value) or self.rich or (self.kind == "str" and self.value == "")
        if self.formula is not None and not calculated:
            return CellFault(
                FindingCode.FORMULA_WITHOUT_VALUE, f"={self.formula or '…'}"[:SHOWN_LENGTH]
            )
        return self.padded() if self.padding and self.is_number else None

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number."""
        return self.kind == "n" and bool(self.value)

    @property
    def unseen(self) -> str:
        """The format of a number that is not read as it is shown, empty where it is."""
        is_read = not self.padding or ZEROS.fullmatch(self.padding) or not self.is_number
        return "" if is_read else self.padding or ""

    def padded(self) -> str | None:
        """Return the number as its style shows it, None where it is not whole or not imitated."""
        if self.unseen:
            return None
        try:
            number = float(self.value or "")
        except ValueError:
            return None
        whole = number.is_integer() and abs(number) < LONG_NUMBER
        return zero_padded(int(number), self.padding or "") if whole else None


class RowParser:
    """An XML parser for the rows that are not plain; it records its findings in `facts`."""

    def __init__(self, facts: SheetFacts, padded: Mapping[str, str]) -> None:
        self.facts = facts
        self.row = 0
        self._column = 0
        self._plain_address = ""
        self._hidden = False
        self._cell: OpenCell | None = None
        self._text: list[str] | None = None
        self._padded = padded
        self._fed = 0
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, xml: bytes) -> None:
        """Parse the next piece."""
        if xml:
            self._parser.Parse(xml)
            self._fed += len(xml)
            demand_progress(self._parser, self._fed)

    def close(self) -> None:
        """End the part. Raises ExpatError where the XML is incomplete."""
        self._parser.Parse(b"", True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._start_cell(attributes)
        elif local == "row":
            self._start_row(attributes)
        elif self._cell and local in {"f", "v"}:
            self._text = []
        elif self._cell and local == "is":
            self._cell.rich = True
        elif local == "col":
            self._start_columns(attributes)
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif local == "plain":
            self._plain_address = attributes["r"]
            self._note_content()

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if self._cell is None:
            return
        if local == "c":
            self._end_cell(self._cell)
        elif local == "f":
            self._cell.formula, self._text = "".join(self._text or ()), None
        elif local == "v":
            self._cell.value, self._text = "".join(self._text or ()), None

    def _start_columns(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if is_hidden(attributes, "width") and COLUMN.fullmatch(first) and COLUMN.fullmatch(last):
            self.facts.hide(int(first), int(last))

    def _merge(self, reference: str) -> None:
        if corners := RANGE.fullmatch(reference):
            (left, top), (right, bottom) = map(address_of, corners.groups())
            self.facts.merge(MergedRange(top, left, bottom, right))

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "").strip()
        if number and not NUMBER.fullmatch(number):
            raise DamagedSheetError(f"a row is numbered {number[:SHOWN_LENGTH]!r}")
        self.row = int(number) if number else self.row + 1
        self._column, self._plain_address = 0, ""
        self._hidden = is_hidden(attributes, "ht")

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row = self.row
        if address := attributes.get("r"):
            self._column, row = address_of(address)
        else:
            self._column = self._last_column() + 1
        self._plain_address = ""
        padding = self._padded.get(attributes.get("s", "")) if self._padded else None
        self._cell = OpenCell(row, self._column, attributes.get("t", "n"), padding)

    def _last_column(self) -> int:
        """Return the column of the preceding cell, which may be behind a placeholder."""
        return address_of(self._plain_address)[0] if self._plain_address else self._column

    def _end_cell(self, cell: OpenCell) -> None:
        self._cell = None
        if cell.value is None and cell.formula is None and not cell.rich:
            return
        self.facts.extend_to(cell.row, cell.column)
        self._note_content()
        override = cell.override()
        if override is not None:
            self.facts.put(cell.row, cell.column, override)
        if cell.unseen and cell.unseen not in self.facts.unseen:
            self.facts.unseen.append(cell.unseen)

    def _note_content(self) -> None:
        """Count the row once if it is hidden, since it has content."""
        self.facts.hidden_rows += self._hidden
        self._hidden = False
