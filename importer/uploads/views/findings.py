"""What pages show of what was found: causes, rows, cells, and the fixes of cells."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from importer.model import Severity

PAGE = 100
"""So many rows are on one page."""


class CellPlace(Struct, frozen=True):
    """A cell of an upload; `row` and `column` count from 1, as the spreadsheet shows them."""

    file: str
    sheet: str
    row: int
    column: int


class Cause(Struct, frozen=True):
    """A mistake, however often it was made.

    `number` names it as long as `version` of the upload is checked. `rows` says how many rows have
    it, nothing where it is about a sheet; `where` which. `suggestions` pairs each value with what
    is suggested for it; `fixable` counts the cells that taking them all would change.
    """

    number: int
    severity: Severity
    code: str
    message: str
    rows: int
    where: str
    sheets: tuple[str, ...]
    suggestions: Mapping[str, str] = field(default_factory=dict)
    fixable: int = 0


class CellFinding(Struct, frozen=True):
    """What is wrong with a cell, or (without a `cell`) with its row.

    `value` is what is wrong: the text of the cell, or an item of its list.
    """

    severity: Severity
    code: str
    message: str
    column: int
    cell: str
    cause: int
    suggestion: str = ""
    value: str = ""


class ShownCell(Struct, frozen=True):
    """A cell as a page shows it: `text` with the fixes in it, `fixed` the number of its fix.

    Where it holds a `formula`, `fix` overwrites that only where it is told to.
    """

    column: int
    name: str
    text: str
    fixed: int = 0
    formula: bool = False


class ShownRow(Struct, frozen=True):
    """A row that has findings; `findings` are those of its cells, then those of the row."""

    file: str
    sheet: str
    row: int
    cells: tuple[ShownCell, ...]
    findings: tuple[CellFinding, ...]


class SheetTab(Struct, frozen=True):
    """A sheet that has findings: its headings (letters where blank) and how many rows have some."""

    number: int
    file: str
    name: str
    kind: str
    headings: tuple[str, ...]
    rows: int
    errors: int


class RowsPage(Struct, frozen=True):
    """One page of the rows of a sheet that have findings; `page` counts from 1."""

    sheet: SheetTab
    rows: tuple[ShownRow, ...]
    page: int
    pages: int
    total: int


class Fix(Struct, frozen=True):
    """A cell that somebody has changed: `number` names it; fixes of one click share a `bunch`.

    `undone_by` is blank while it counts.
    """

    number: int
    bunch: int
    place: CellPlace
    old: str
    new: str
    by: str
    when: str
    undone_by: str = ""
    undone: str = ""
