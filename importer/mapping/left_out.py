"""Counts the cells that do not fit the pattern of their column: their values are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from importer.cache import Cache
from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundColumn, BoundEntity, BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.required import is_filled
from importer.model import Cell, CellFault, Finding, Severity
from importer.suggest import listed
from importer.template.patterns import Pattern, compiled

_EXAMPLES = 3
_MANY = 20_000
"""How many distinct texts of a column are cached."""


class LeftOutCells:
    """The cells of a sheet that a column's `extract` makes nothing of.

    In a list it chooses among the items, and in what names a row such a cell is an error.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._columns = [
            _Counted(column.sources[0], compiled(column.rule.extract), column.rule.example)
            for bound in sheet.entities
            for column in bound.columns
            if column.rule.others == "skip" and _may_leave_out(bound, column)
        ]

    def check(self, cells: Sequence[Column], rows: Sequence[int]) -> None:
        """Count the cells of a chunk that are left out."""
        for counted in self._columns:
            if counted.index < len(cells):
                counted.add(cells[counted.index], rows, self._sheet.clear)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for each column with such cells."""
        for counted in self._columns:
            if counted.count:
                yield self._finding(counted)

    def _finding(self, counted: _Counted) -> Finding:
        texts = listed(counted.examples)
        one = len(counted.examples) == 1
        if counted.form:
            why = f"{'is' if one else 'are'} not like `{counted.form}`"
        else:
            why = f"{'does' if one else 'do'} not fit `{counted.pattern.pattern}`"
        message = f"{texts} {why}: nothing of that is imported."
        heading = self._sheet.heading(counted.index)
        place = self._sheet.place(counted.row, counted.index + 1, heading)
        value, more = counted.examples[0], counted.count - 1
        return Finding(FindingCode.LEFT_OUT, message, place, Severity.INFO, value, more_rows=more)


@dataclass(slots=True)
class _Counted:
    """A column, its pattern, and an example of its `form` if it has one.

    `row` is the first row whose cell does not fit.
    """

    index: int
    pattern: Pattern
    form: str = ""
    count: int = 0
    row: int = 0
    examples: list[str] = field(default_factory=list)
    _fits: Cache[str, bool] = field(init=False)

    def __post_init__(self) -> None:
        self._fits = Cache(lambda text: self.pattern.fullmatch(text) is not None, _MANY)

    def add(self, column: Column, rows: Sequence[int], clear: str) -> None:
        """Count the cells of a column that are filled and do not fit."""
        for row, cell in zip(rows, column, strict=True):
            if _is_value(cell, clear) and not self._fits[text := shown(cell).strip()]:
                self.count += 1
                self.row = self.row or row
                if len(self.examples) < _EXAMPLES and text not in self.examples:
                    self.examples.append(text)


def _may_leave_out(bound: BoundEntity, column: BoundColumn) -> bool:
    rule = column.rule
    is_single = rule.type != "list" and len(column.pieces) == 1 == len(column.sources)
    return bool(rule.extract) and is_single and rule.path not in bound.kind.key


def _is_value(cell: Cell, clear: str) -> bool:
    return is_filled(cell) and cell != clear and not isinstance(cell, CellFault)
