"""A sheet's prefix and padded styles in, the patterns of what holds nothing of interest out.

Plain is a visible row of values, blanks and formulas with a result, none of them in a padded
style, written as every common program writes it: the address first, double quotes, no comments.
Loops stand in atomic groups, `(?>(?:...)*)`: the shorter `(?:...)*+` loses text in Python before
3.11.5. What is there or not is an alternative with nothing, `(?:...|)`, which is faster than `?`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
HELD = rb'<held r="\1"/>'
"""What stands in a row for a run of plain cells taken out; `r` is the last one's address."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The patterns for one sheet; `wide` ones know two-letter columns, others only A to Z."""

    wide: bool
    row_start: bytes
    rows: re.Pattern[bytes]
    """A run of plain rows; group 1 is the last one's number, which all its addresses repeat."""
    cells: re.Pattern[bytes]
    """A run of plain cells that hold something; group 1 is the last one's address."""
    row_number: re.Pattern[bytes]
    cell_row: re.Pattern[bytes]
    wide_column: re.Pattern[bytes]

    def runs(self, block: bytes) -> Iterator[re.Match[bytes]]:
        """The runs of plain rows; looking for where one may begin is faster than searching."""
        position = block.find(self.row_start)
        while position >= 0:
            run = self.rows.match(block, position)
            if run:
                yield run
            position = block.find(self.row_start, run.end() if run else position + 1)

    def thinned(self, xml: bytes) -> bytes:
        """The XML with a short mark for each run of plain cells."""
        return self.cells.sub(HELD, xml)


def plain_patterns(prefix: str, padded: Collection[str], *, wide: bool) -> Plain:
    """The patterns under a namespace prefix, which is empty or ends with a colon."""
    p = re.escape(prefix)
    letters = "[A-Z]{1,2}" if wide else "[A-Z]"
    value = value_pattern(p)
    row_cell = rf'<{p}c r="{letters}\1"{attributes(padded)}(?:{value}| ?/>)'
    seen = r'(?![^>]*hidden(?!="(?:0|false)"))'
    row = rf'<{p}row r="([1-9][0-9]{{0,5}})"{seen}[^>]*+>(?>(?:{row_cell})*)</{p}row>'
    cell = rf'<{p}c r="({letters}[1-9][0-9]{{0,5}})"{attributes(padded)}{value}'
    return Plain(
        wide,
        f'<{prefix}row r="'.encode(),
        rows=compiled(f"(?>(?:{row})+)"),
        cells=compiled(f"(?>(?:{cell})+)"),
        row_number=compiled(rf'<{p}row r="([0-9]{{1,6}})"'),
        cell_row=compiled(rf'<{p}c r="[A-Z]{{1,2}}([0-9]{{1,6}})"'),
        wide_column=compiled(rf'<{p}c r="([A-Z]{{2}})[0-9]++"[^>/]*+>'),
    )


def attributes(padded: Collection[str]) -> str:
    """The style and the type a plain cell may have."""
    shown = f'(?!(?:{"|".join(sorted(padded))})")' if padded else ""
    return rf'(?: s="{shown}[0-9]++"|)(?: t="[^e"]++"| t="inlineStr"|)'


def value_pattern(p: str) -> str:
    """From the end of a cell's start tag to the end of the cell, the commonest form first."""
    formula = rf"(?:<{p}f(?:>| [^>]*+>)(?:[^<]*+</{p}f>|)|)"
    number = rf"<{p}v>[^<]++</{p}v>"
    text = rf"<{p}is><{p}t[^>]*+>[^<]*+</{p}t></{p}is>"
    return rf"(?:>{number}</{p}c>|>(?:{formula}{number}|{text})</{p}c>)"


def compiled(pattern: str) -> re.Pattern[bytes]:
    """The pattern for bytes."""
    return re.compile(pattern.encode())
