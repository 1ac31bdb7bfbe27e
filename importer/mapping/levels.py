"""Rows of a tree in columns, one for each level: a row is about its innermost filled one.

The levels above it count from the rows before. A row ends what stood below its own level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity, BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.entity import MappedChunk
from importer.mapping.fill_down import column_of
from importer.mapping.required import is_filled
from importer.model import Cell, Cells, Finding, Place
from importer.suggest import listed
from importer.template import SheetRule


def bound_levels(rule: SheetRule, first: Mapping[str, int]) -> tuple[int, ...]:
    """Return the columns (0-based) of the levels that a sheet has, outermost first."""
    return tuple(first[name] for name in rule.levels if name in first)


def of_level(bound: BoundEntity, sheet: BoundSheet) -> BoundEntity:
    """Return a bound rule as it is on a sheet of levels: rows further in name its entities too.

    Of those only the names count, unless the rule says that many rows state it (`creates`).
    """
    level = _level(bound, sheet)
    if level is None:
        return bound
    bound = replace(bound, level=level)
    if bound.rule.creates or level == len(sheet.levels) - 1:
        return bound
    rule = replace(bound.rule, creates=True)
    return replace(bound, rule=rule, naming=frozenset(_naming(bound)))


def _level(bound: BoundEntity, sheet: BoundSheet) -> int | None:
    """Return which level (0-based) names the entities of a rule, None where none does."""
    named = (c for c in bound.columns if c.rule.path in bound.kind.key)
    columns = (index for column in named for index in column.sources)
    return next((sheet.levels.index(at) for at in columns if at in sheet.levels), None)


def _naming(bound: BoundEntity) -> Iterator[int]:
    """Yield the columns (0-based) that name an entity or what it stands in."""
    for column in bound.columns:
        yield from column.sources if column.rule.path in bound.kind.key else ()
    for reference in bound.references:
        yield from (*reference.by, *reference.within) if reference.parent else ()


def rows_of(bound: BoundEntity, sheet: BoundSheet, cells: Sequence[Column], count: int) -> set[int]:
    """Return the positions of the rows that are about an entity of this rule or one further in."""
    own = sheet.levels[bound.level or 0]
    return {at for at in range(count) if own < len(cells) and is_filled(cells[own][at])}


def named_only(bound: BoundEntity, sheet: BoundSheet, cells: list[Column]) -> list[Column]:
    """Return the cells with those blank that are said of something further in."""
    if bound.naming is None or bound.level is None:
        return cells
    inner = [cells[at] for at in sheet.levels[bound.level + 1 :] if at < len(cells)]
    others = {at for column in inner for at, cell in enumerate(column) if is_filled(cell)}
    if not others:
        return cells
    return [
        column
        if index in bound.naming
        else Cells("" if at in others else cell for at, cell in enumerate(column))
        for index, column in enumerate(cells)
    ]


class LevelCells:
    """The cells of the levels of a sheet; chunks come in order.

    `_path` are the levels of the last row that names any, outermost first.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._path: list[Cell] = []

    def fill(self, cells: list[Column], mapped: MappedChunk) -> None:
        """Fill the blank cells above the innermost one of each row; report what has no parent."""
        levels = self._sheet.levels
        if not levels or not mapped.rows:
            return
        columns = [column_of(cells, index, len(mapped.rows)) for index in levels]
        for at, row in enumerate(mapped.rows):
            if not any(is_filled(column[at]) for column in columns):
                self._report_none(row, mapped)
                continue
            self._path = list(self._path_of([column[at] for column in columns]))
            for column, cell in zip(columns, self._path, strict=False):
                column[at] = cell
            self._check(row, mapped)
        for index, column in zip(levels, columns, strict=True):
            cells[index] = Cells(column)

    def _path_of(self, cells: Sequence[Cell]) -> Iterator[Cell]:
        """Yield the cells from the outermost level to the row's own.

        Those before its first are as in the row above; what is blank behind that is not known.
        """
        filled = [at for at, cell in enumerate(cells) if is_filled(cell)]
        yield from self._path[: filled[0]]
        yield from ("" for _ in range(len(self._path), filled[0]))
        yield from cells[filled[0] : filled[-1] + 1]

    def _check(self, row: int, mapped: MappedChunk) -> None:
        """Report the outermost level that a row needs and that nothing names."""
        blank = next((at for at, cell in enumerate(self._path) if not is_filled(cell)), None)
        if blank is not None:
            own, place = self._title(len(self._path) - 1), self._place(row, blank)
            words = f"`{shown(self._path[-1])}` stands under {own} without a {place.title}"
            message = f"{words}: name that in this row, or in a row above of its own."
            mapped.report(Finding(FindingCode.MISSING, message, place))

    def _report_none(self, row: int, mapped: MappedChunk) -> None:
        if self._sheet.rule.others == "error":
            titles = listed(list(map(self._title, range(len(self._sheet.levels)))), quote="")
            message = f"The row names none of {titles}: name what it is about."
            mapped.report(Finding(FindingCode.MISSING, message, self._place(row, 0)))

    def _place(self, row: int, level: int) -> Place:
        return self._sheet.at(row, self._sheet.levels[level] + 1)

    def _title(self, level: int) -> str:
        return self._place(0, level).title
