"""Regular expressions for plain rows and cells, which the scan of a sheet need not parse.

A plain row is visible, neither hidden nor without height, and holds values, blanks and formulas
with a result, none of them in a padded style. It is written as every common program writes it: the
address first, double quotes, no XML comments. Loops are in atomic groups, `(?>(?:...)*)`: the
shorter `(?:...)*+` loses text in Python before 3.11.5. Optional parts are written `(?:...|)`, which
is faster than `?`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
NO_HEIGHT = b' ht="0'
"""What a block holds that has rows without height, or with little of it."""
PLAIN_CELLS = rb'<plain r="\1"/>'
"""The placeholder for a run of plain cells taken out of a row; `r` is the last cell's address."""


class Plain(Struct, frozen=True):
    """The patterns for one sheet; if `wide`, with two-letter columns, else only A to Z."""

    wide: bool
    row_start: bytes
    formula: bytes
    """How the element of a formula begins."""
    rows: re.Pattern[bytes]
    """A run of plain rows; group 1 is the last row's number, which all its addresses repeat."""
    tall_rows: re.Pattern[bytes]
    """The same, where some rows may have no height."""
    cells: re.Pattern[bytes]
    """A run of plain cells with content; group 1 is the last cell's address."""
    row_number: re.Pattern[bytes]
    cell_row: re.Pattern[bytes]
    wide_column: re.Pattern[bytes]

    def has_formula(self, block: bytes) -> bool:
        """Return whether a formula begins; most blocks lack its letter, which takes no time."""
        return self.formula[-1] in block and self.formula in block

    def runs(self, block: bytes) -> Iterator[re.Match[bytes]]:
        """Yield the runs of plain rows; finding their start tags first is faster than a search."""
        rows = self.tall_rows if NO_HEIGHT in block else self.rows
        position = block.find(self.row_start)
        while position >= 0:
            run = rows.match(block, position)
            if run:
                yield run
            position = block.find(self.row_start, run.end() if run else position + 1)

    def thinned(self, xml: bytes) -> bytes:
        """Return the XML with a short placeholder for each run of plain cells."""
        return self.cells.sub(PLAIN_CELLS, xml)


def plain_patterns(prefix: str, padded: Collection[str], *, wide: bool) -> Plain:
    """Return the patterns under a namespace prefix, which is empty or ends with a colon."""
    p = re.escape(prefix)
    letters = "[A-Z]{1,2}" if wide else "[A-Z]"
    value = value_pattern(p)
    row_cell = rf'<{p}c r="{letters}\1"{attributes(padded)}(?:{value}| ?/>)'
    seen = r'(?![^>]*hidden(?!="(?:0|false)"))'
    tall = r'(?![^>]* ht="0(?:\.0*)?")'
    start, rest = rf'<{p}row r="([1-9][0-9]{{0,5}})"', rf"[^>]*+>(?>(?:{row_cell})*)</{p}row>"
    cell = rf'<{p}c r="({letters}[1-9][0-9]{{0,5}})"{attributes(padded)}{value}'
    return Plain(
        wide,
        f'<{prefix}row r="'.encode(),
        f"<{prefix}f".encode(),
        rows=compiled(f"(?>(?:{start}{seen}{rest})+)"),
        tall_rows=compiled(f"(?>(?:{start}{seen}{tall}{rest})+)"),
        cells=compiled(f"(?>(?:{cell})+)"),
        row_number=compiled(rf'<{p}row r="([0-9]{{1,6}})"'),
        cell_row=compiled(rf'<{p}c r="[A-Z]{{1,2}}([0-9]{{1,6}})"'),
        wide_column=compiled(rf'<{p}c r="([A-Z]{{2}})[0-9]++"[^>/]*+>'),
    )


def attributes(padded: Collection[str]) -> str:
    """Return a pattern of the style and the type that a plain cell may have."""
    shown = f'(?!(?:{"|".join(sorted(padded))})")' if padded else ""
    return rf'(?: s="{shown}[0-9]++"|)(?: t="[^e"]++"| t="inlineStr"|)'


def value_pattern(p: str) -> str:
    """Return a pattern from the end of a cell's start tag to the cell's end, commonest first."""
    formula = rf"(?:<{p}f(?:>| [^>]*+>)(?:[^<]*+</{p}f>|)|)"
    number = rf"<{p}v>[^<]++</{p}v>"
    text = rf"<{p}is><{p}t[^>]*+>[^<]*+</{p}t></{p}is>"
    return rf"(?:>{number}</{p}c>|>(?:{formula}{number}|{text})</{p}c>)"


def compiled(pattern: str) -> re.Pattern[bytes]:
    """Return the pattern for bytes."""
    return re.compile(pattern.encode())
