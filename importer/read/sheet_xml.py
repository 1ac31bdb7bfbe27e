"""A sheet part's XML in, what the workbook parser does not tell out: faults, extent, hidden rows.

The parser shows error cells and formulas without a result as blank. So the part is inflated once
more, in blocks: one regular expression passes over whole rows in which nothing of interest can
stand, and only what is left goes through an XML parser, which sees a well-formed, much shorter
sheet. Single quotes, comments, cells without an address: all that is merely not plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from importer.finding_codes import FindingCode
from importer.model import CellFault
from importer.read.cells import LONG_NUMBER, zero_padded
from importer.read.plain_rows import ROOT, plain_patterns
from importer.read.sheet_facts import DamagedSheetError, SheetFacts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from importer.model import Cell
    from importer.read.plain_rows import Plain

BLOCK = 1 << 18
SHOWN_LENGTH = 200
ADDRESS = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")
NARROW = 26


def scan_sheet(part: IO[bytes], padded: Mapping[str, str]) -> SheetFacts:
    """Reads the part to its end; `padded` are the styles that show a number as padded text.

    Plain addresses of one letter reach no further than Z999999, small enough to need no counting;
    a sheet with a column AA is begun again and its addresses counted.
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
    """One pass over the part; False where it was given up because the sheet is wide."""
    rest = OddRows(facts, padded)
    while block := part.read(BLOCK):
        position = 0
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
    return True


def measure(block: bytes, facts: SheetFacts, plain: Plain) -> None:
    """Takes the bounds of plain cells from the addresses in the block."""
    letters = set(plain.wide_column.findall(block))
    columns = (column_number(each.decode()) for each in letters)
    rows = map(int, plain.cell_row.findall(block))
    facts.reach(max(rows, default=0), max(columns, default=NARROW))


@lru_cache(1 << 10)
def column_number(letters: str) -> int:
    """`C` -> 3."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address_of(text: str) -> tuple[int, int]:
    """`C17` -> (3, 17): column and row; raises DamagedSheetError."""
    match = ADDRESS.fullmatch(text)
    if match is None or int(match[2]) == 0:
        raise DamagedSheetError(f"a cell has the address {text!r}")
    return column_number(match[1]), int(match[2])


@dataclass(slots=True)
class OpenCell:
    """The cell the XML parser stands in."""

    row: int
    column: int
    kind: str
    padding: str | None
    formula: str | None = None
    value: str | None = None
    rich: bool = False

    def override(self) -> Cell | None:
        """What the cell is where the workbook parser does not see it as it is shown."""
        if self.kind == "e":
            return CellFault(FindingCode.ERROR_CELL, (self.value or "").strip() or "error")
        calculated = bool(self.value) or self.rich or (self.kind == "str" and self.value == "")
        if self.formula is not None and not calculated:
            return CellFault(
                FindingCode.FORMULA_WITHOUT_VALUE, f"={self.formula or '…'}"[:SHOWN_LENGTH]
            )
        return self.padded() if self.padding and self.kind == "n" and self.value else None

    def padded(self) -> str | None:
        """The number as its style shows it, None where that is not a whole number."""
        try:
            number = float(self.value or "")
        except ValueError:
            return None
        whole = number.is_integer() and abs(number) < LONG_NUMBER
        return zero_padded(int(number), self.padding or "") if whole else None


class OddRows:
    """An XML parser over the rows that are not plain; writes what it finds into `facts`."""

    def __init__(self, facts: SheetFacts, padded: Mapping[str, str]) -> None:
        self.facts = facts
        self.row = 0
        self._column = 0
        self._held = ""
        self._hidden = False
        self._cell: OpenCell | None = None
        self._text: list[str] | None = None
        self._padded = padded
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, xml: bytes) -> None:
        """Parses the next piece."""
        if xml:
            self._parser.Parse(xml)

    def close(self) -> None:
        """Says that the part has ended; raises ExpatError where the XML has not."""
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
        elif local == "held":
            self._held = attributes["r"]
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

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "").strip()
        if number and not (number.isascii() and number.isdigit()):
            raise DamagedSheetError(f"a row is numbered {number!r}")
        self.row = int(number) if number else self.row + 1
        self._column, self._held = 0, ""
        self._hidden = attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row = self.row
        if address := attributes.get("r"):
            self._column, row = address_of(address)
        else:
            self._column = self._last_column() + 1
        self._held = ""
        padding = self._padded.get(attributes.get("s", "")) if self._padded else None
        self._cell = OpenCell(row, self._column, attributes.get("t", "n"), padding)

    def _last_column(self) -> int:
        """The column of the cell before, which may have been taken out of the row."""
        return address_of(self._held)[0] if self._held else self._column

    def _end_cell(self, cell: OpenCell) -> None:
        self._cell = None
        if cell.value is None and cell.formula is None and not cell.rich:
            return
        self.facts.reach(cell.row, cell.column)
        self._note_content()
        override = cell.override()
        if override is not None:
            self.facts.put(cell.row, cell.column, override)

    def _note_content(self) -> None:
        """The row holds something: if it is hidden, it counts, once."""
        self.facts.hidden_rows += self._hidden
        self._hidden = False
