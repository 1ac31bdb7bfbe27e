"""A sheet part's XML in, what the workbook parser does not tell out: faults, extent, hidden rows.

The parser shows error cells and formulas without a result as blank. So the part is inflated once
more, in blocks: one regular expression passes over whole rows in which nothing of interest can
stand, and only what is left goes through an XML parser, which sees a well-formed, much shorter
sheet. Prefixed names, single quotes, comments, cells without an address: all that is merely not
plain, so it takes the exact way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from importer.model import CellFault
from importer.read.cells import LONG_NUMBER, zero_padded
from importer.read.facts import DamagedSheetError, SheetFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import IO

    from importer.model import Cell

BLOCK = 1 << 18
SHOWN_LENGTH = 200
ADDRESS = re.compile(r"([A-Za-z]{1,7})([0-9]{1,10})")
NARROW = 26
ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,6})"')
WIDE_CELL = re.compile(rb'<c r="([A-Z]{2})[0-9]++"[^>/]*+>')


def scan_sheet(part: IO[bytes], padded: Mapping[str, str]) -> SheetFacts:
    """Reads the part to its end; `padded` are the styles that show a number as padded text.

    Plain rows repeat their number in every cell's address. With one letter they reach no further
    than Z999999, small enough to need no counting; a sheet with a column AA is counted exactly.
    Raises DamagedSheetError, expat's ExpatError, and what reading from the archive raises.
    """
    facts = SheetFacts()
    if not scan(part, facts, padded, wide=False):
        part.seek(0)
        facts = SheetFacts()
        scan(part, facts, padded, wide=True)
    return facts


def scan(part: IO[bytes], facts: SheetFacts, padded: Mapping[str, str], *, wide: bool) -> bool:
    """One pass over the part; False where it was given up because the sheet is wide."""
    rest = OddRows(facts, padded)
    pattern = plain_rows("[A-Z]{1,2}" if wide else "[A-Z]", padded)
    while block := part.read(BLOCK):
        position = 0
        for run in pattern.finditer(block):
            rest.feed(block[position : run.start()])
            rest.row = int(run[1])
            position = run.end()
        rest.feed(block[position:])
        if wide:
            measure(block, facts)
        elif facts.columns > NARROW:
            return False
    rest.close()
    return True


def measure(block: bytes, facts: SheetFacts) -> None:
    """Takes the bounds of plain rows from the addresses in the block."""
    columns = (column_number(letters.decode()) for letters in set(WIDE_CELL.findall(block)))
    rows = map(int, ROW_NUMBER.findall(block))
    facts.reach(max(rows, default=0), max(columns, default=NARROW))


def plain_rows(letters: str, padded: Collection[str]) -> re.Pattern[bytes]:
    """Visible rows of values, blanks and formulas with a result, none in a padded style."""
    shown = f'(?!(?:{"|".join(sorted(padded))})")' if padded else ""
    formula = r"(?:<f(?:>| [^>]*+>)(?:[^<]*+</f>)?+)?+"
    content = rf"(?:{formula}<v>[^<]++</v>|<is><t[^>]*+>[^<]*+</t></is>)</c>"
    cell = (
        rf'<c r="{letters}\1"(?: s="{shown}[0-9]++")?+(?: t="[^e"]++"| t="inlineStr")?+'
        rf"(?:><v>[^<]++</v></c>|>{content}| ?/>)"
    )
    row = rf'<row r="([1-9][0-9]{{0,5}})"(?![^>]*hidden(?!="(?:0|false)"))[^>]*+>(?:{cell})*+</row>'
    return re.compile(f"(?:{row})++".encode())


def column_number(letters: str) -> int:
    """`C` -> 3."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


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
            return CellFault("error_cell", (self.value or "").strip() or "error")
        calculated = bool(self.value) or self.rich or (self.kind == "str" and self.value == "")
        if self.formula is not None and not calculated:
            return CellFault("formula_without_value", f"={self.formula or '…'}"[:SHOWN_LENGTH])
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
        self._column = 0
        self._hidden = attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row = self.row
        if address := attributes.get("r"):
            match = ADDRESS.fullmatch(address)
            if match is None or int(match[2]) == 0:
                raise DamagedSheetError(f"a cell has the address {address!r}")
            self._column, row = column_number(match[1]), int(match[2])
        else:
            self._column += 1
        padding = self._padded.get(attributes.get("s", "")) if self._padded else None
        self._cell = OpenCell(row, self._column, attributes.get("t", "n"), padding)

    def _end_cell(self, cell: OpenCell) -> None:
        self._cell = None
        if cell.value is None and cell.formula is None and not cell.rich:
            return
        self.facts.reach(cell.row, cell.column)
        self.facts.hidden_rows += self._hidden
        self._hidden = False
        override = cell.override()
        if override is not None:
            self.facts.overrides.setdefault(cell.row, []).append((cell.column - 1, override))
