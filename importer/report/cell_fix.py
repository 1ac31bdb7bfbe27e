"""What a person fixed in a cell, and why a fix cannot be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import UsageError
from importer.model import Place, column_letter
from importer.spreadsheet import MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 32_767
"""UTF-16 units in a cell (Microsoft, "Excel specifications and limits")."""

_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What a workbook, an XML file, cannot hold and nobody types; line ends are LF by then."""


class CellFix(Struct, frozen=True):
    """The text that a person typed into a cell; rows and columns as the spreadsheet counts them.

    `over_formula` says that the person was asked, and that the cell's formula may go.
    """

    sheet: str
    row: int
    column: int
    value: str
    over_formula: bool = False

    @property
    def place(self) -> Place:
        """Where the cell is."""
        return Place(self.sheet, self.row, self.column)

    @property
    def cell(self) -> str:
        """The cell as a person names it: `Terms!C17`."""
        return f"{self.sheet}!{column_letter(self.column)}{self.row}"


class FixRefused(UsageError):
    """A fix that cannot be written into the file; the text says where, why and the way out.

    `places` are those of the fixes that are at fault: none where the file is.
    """

    def __init__(self, text: str, places: Iterable[Place] = ()) -> None:
        super().__init__(text)
        self.places = tuple(places)


class HoldsFormula(FixRefused):
    """The cells at `places` hold formulas, and nobody said that these may go."""

    def __init__(self, places: Sequence[Place], formulas: Sequence[str]) -> None:
        first, others = places[0], len(places) - 1
        more = f", and {others:,} more of the cells" if others else ""
        super().__init__(
            f"{first.sheet}!{first.cell}{more} to be fixed hold{'' if others else 's'} a formula: "
            f"{formulas[0]}. Fix the cells that it computes from, or say that it may go.",
            places,
        )
        self.formulas = tuple(formulas)


def in_order(fixes: Sequence[CellFix]) -> list[CellFix]:
    """Return the fixes by sheet, row and column, with the last one of each cell only.

    Line ends become LF, a value of blanks becomes empty. Raises FixRefused for a place outside
    every sheet and for a text that no cell holds.
    """
    last = {(fix.sheet, fix.row, fix.column): _tidied(fix) for fix in fixes}
    return [last[place] for place in sorted(last)]


def _tidied(fix: CellFix) -> CellFix:
    if not (1 <= fix.row <= MAX_ROWS and 1 <= fix.column <= MAX_COLUMNS):
        what = f"There is no cell in row {fix.row}, column {fix.column} of a sheet."
        raise FixRefused(what, [fix.place])
    value = fix.value.replace("\r\n", "\n").replace("\r", "\n")
    if bad := _UNHOLDABLE.search(value):
        seen = f"U+{ord(bad[0]):04X} in the new text of {fix.cell}"
        raise FixRefused(f"No cell can hold the character {seen}. Type it without.", [fix.place])
    if (units := len(value.encode("utf-16-le")) // 2) > LONGEST:
        raise FixRefused(
            f"The new text of {fix.cell} has {units:,} characters, a cell holds {LONGEST:,}. "
            "Shorten it.",
            [fix.place],
        )
    return replace(fix, value=value if value.strip() else "")
