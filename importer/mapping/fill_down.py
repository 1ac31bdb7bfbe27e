"""Fills cells from above: those merged into one, and blank ones of columns that are carried down.

Only parents, names, choices and what is said of a parent are filled. What else is merged over
several rows counts for the first of them, and is reported.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundColumn, BoundEntity, BoundSheet
from importer.mapping.columns import Column
from importer.mapping.header import matches
from importer.mapping.required import is_filled
from importer.model import Cell, Cells, Finding, Severity, column_letter
from importer.spreadsheet import MergedRange, column_number
from importer.template.paths import node_at

MOST_RANGES = 3
"""How many ranges a finding names."""


class FillDown:
    """The cells of a sheet that have their values from above; chunks come in order."""

    def __init__(self, sheet: BoundSheet, merged: Sequence[MergedRange]) -> None:
        self._sheet = sheet
        below = sorted(each for each in merged if each.first_row > sheet.header.row)
        by_column: dict[int, list[MergedRange]] = {}
        for each in below:
            if each.last_row > each.first_row and each.first_column - 1 in sheet.known:
                by_column.setdefault(each.first_column - 1, []).append(each)
        filled = set(filled_columns(sheet))
        self._merged = [
            MergedColumn(index, ranges, fills=index in filled)
            for index, ranges in by_column.items()
        ]
        self._wide = [each for each in below if len(self._known_in(each)) > 1]
        self._wide_seen: list[MergedRange] = []
        sections = [section.column for section in sheet.sections]
        self._carried = CarriedColumns(carried_columns(sheet), sections)

    def fill(self, cells: list[Column], rows: Sequence[int]) -> None:
        """Fill the cells of a chunk, whose rows have these numbers."""
        if not rows:
            return
        self._wide_seen += self._wide_in(rows)
        for column in self._merged:
            column.fill(cells, rows)
        self._carried.fill(cells, len(rows))

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each column with merged cells, and one for merged columns."""
        for column in self._merged:
            if column.seen:
                yield self._finding(column)
        if self._wide_seen:
            yield self._across()

    def _finding(self, column: MergedColumn) -> Finding:
        names = named(column.seen)
        if column.fills:
            words = f"{names} merged: the text counts for each of the rows."
            severity = Severity.INFO
        else:
            words = (
                f"{names} merged over several rows: the text counts for the first row only. Undo "
                "the merging, and fill in what the other rows need."
            )
            severity = Severity.WARNING
        place = self._sheet.at(column.seen[0].first_row, column.index + 1)
        return Finding(FindingCode.MERGED_CELLS, words, place, severity)

    def _across(self) -> Finding:
        first = self._wide_seen[0]
        words = (
            f"{named(self._wide_seen)} merged over several columns: the text counts for the first "
            "column only, the others are blank."
        )
        place = self._sheet.at(first.first_row, first.first_column)
        return Finding(FindingCode.MERGED_CELLS, words, place, Severity.WARNING)

    def _wide_in(self, rows: Sequence[int]) -> Iterator[MergedRange]:
        """Yield what is merged over columns and begins in one of these rows."""
        first = bisect_left(self._wide, rows[0], key=lambda each: each.first_row)
        last = bisect_right(self._wide, rows[-1], key=lambda each: each.first_row)
        here = set(rows)
        yield from (each for each in self._wide[first:last] if each.first_row in here)

    def _known_in(self, merged: MergedRange) -> list[int]:
        return [i for i in self._sheet.known if merged.first_column <= i + 1 <= merged.last_column]


class MergedColumn(Struct):
    """The ranges of a column (0-based) from top to bottom.

    `seen` are those with a value and a further row that is not blank.
    """

    index: int
    ranges: list[MergedRange]
    fills: bool
    seen: list[MergedRange] = field(default_factory=list)
    _open: MergedRange | None = None
    _value: Cell = ""

    def fill(self, cells: list[Column], rows: Sequence[int]) -> None:
        """Note the values of the ranges, and copy them to their blank cells."""
        first = bisect_left(self.ranges, rows[0], key=lambda each: each.last_row)
        last = bisect_right(self.ranges, rows[-1], key=lambda each: each.first_row)
        if first >= last:
            return
        column = column_of(cells, self.index, len(rows))
        for merged in self.ranges[first:last]:
            self._fill_range(merged, column, rows)
        cells[self.index] = Cells(column)

    def _fill_range(self, merged: MergedRange, column: Column, rows: Sequence[int]) -> None:
        start, stop = bisect_left(rows, merged.first_row), bisect_right(rows, merged.last_row)
        if merged != self._open:
            at_first = start < stop and rows[start] == merged.first_row
            self._open, self._value = merged, column[start] if at_first else ""
            start += at_first
        if start < stop and is_filled(self._value) and merged not in self.seen[-1:]:
            self.seen.append(merged)
        for at in range(start, stop) if self.fills and is_filled(self._value) else ():
            if not is_filled(column[at]):
                column[at] = self._value


class CarriedColumns:
    """Columns whose blank cells have the value above, as long as those left of them go on.

    All end where a column `around` them has another value.
    """

    def __init__(self, columns: Iterable[int], around: Sequence[int] = ()) -> None:
        self._columns = sorted(columns)
        self._around = around
        self._outer: list[Cell] = []
        self._values: dict[int, Cell] = {}

    def fill(self, cells: list[Column], count: int) -> None:
        """Fill the blank cells of a chunk of so many rows."""
        if not self._columns:
            return
        columns = {index: column_of(cells, index, count) for index in self._columns}
        for at in range(count):
            self._end([cells[index][at] for index in self._around])
            for index, column in columns.items():
                if is_filled(column[at]):
                    self._begin(index, column[at])
                else:
                    column[at] = self._values.get(index, "")
        for index, column in columns.items():
            cells[index] = Cells(column)

    def _end(self, outer: list[Cell]) -> None:
        """End what is carried where the columns around it have other values."""
        if outer != self._outer:
            self._values = {}
        self._outer = outer

    def _begin(self, index: int, value: Cell) -> None:
        """Note a new value; what stood right of the old one does not belong to it."""
        if self._values.get(index) != value:
            self._values = {i: v for i, v in self._values.items() if i < index}
        self._values[index] = value


def column_of(cells: list[Column], index: int, count: int) -> Column:
    """Return a copy of a column, which is blank where the rows of a chunk do not reach it."""
    while len(cells) <= index:
        cells.append(Cells([""] * count))
    return list(cells[index])


def filled_columns(sheet: BoundSheet) -> Iterator[int]:
    """Yield the columns (0-based) that hold a parent, what is said of it, a name or a choice."""
    for bound in sheet.entities:
        for reference in bound.references:
            yield from (*(() if reference.rule.many else reference.by), *reference.within)
        yield from (condition.column for condition in bound.when)
        said = (c for c in bound.columns if bound.rule.creates or is_name_or_choice(c, bound))
        yield from (index for column in said for index in column.sources)
        yield from () if bound.action_column is None else (bound.action_column,)


def is_name_or_choice(column: BoundColumn, bound: BoundEntity) -> bool:
    """Return whether a column names its entity, or holds one of a few words."""
    rule = column.rule
    if rule.carry or rule.values or rule.path in bound.kind.key:
        return True
    if rule.type in {"enum", "boolean"}:
        return True
    node = node_at(bound.kind.schema, rule.path) if rule.path else None
    return "enum" in (node or {})


def carried_columns(sheet: BoundSheet) -> Iterator[int]:
    """Yield the columns (0-based) whose rule says `carry = "down"`."""
    rules = (column for entity in sheet.rule.entities for column in entity.columns)
    carried = [column for column in rules if column.carry == "down"]
    yield from {column_number(column.letter) - 1 for column in carried if column.letter}
    found = matches(sheet.header.headings, sheet.rule) if carried and sheet.rule.header else {}
    yield from {found[c.heading][0] for c in carried if c.heading in found and not c.letter}


def named(ranges: Sequence[MergedRange]) -> str:
    """Return `A2:A4 is`, `A2:A4, A6:A9 are`, or `A2:A4, A6:A9, B2:B3 and 3 more are`."""
    names = [
        f"{column_letter(r.first_column)}{r.first_row}:{column_letter(r.last_column)}{r.last_row}"
        for r in ranges[:MOST_RANGES]
    ]
    more = len(ranges) - len(names)
    return f"{', '.join(names)}{f' and {more:,} more' * bool(more)} {'are' if ranges[1:] else 'is'}"
