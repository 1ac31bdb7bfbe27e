"""Reports cells of rows about a level of a tree that has no field for what their column holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity, BoundSheet
from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.mapping.header import own_columns
from importer.mapping.required import is_filled
from importer.model import Finding, Severity
from importer.suggest import listed

_EXAMPLES = 3


class _Lost(Struct):
    """What stands in a column in rows about one level: the first row, and some of the texts."""

    row: int
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.count += 1
        if len(self.examples) < _EXAMPLES and text not in self.examples:
            self.examples.append(text)


class LevelValues:
    """The cells of a sheet of levels that the level of their row does not take."""

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._lost: dict[tuple[int, int], _Lost] = {}
        every = {at for one in sheet.entities for at in _columns(one)}
        every -= {*sheet.levels, *own_columns(sheet.header)}
        self._untaken = [every - _taken(sheet, level) for level in range(len(sheet.levels))]

    def check(self, cells: Sequence[Column], rows: Sequence[int]) -> None:
        """Count the cells of a chunk that are filled and that nothing takes."""
        if not any(self._untaken):
            return
        levels = [self._level(cells, at) for at in range(len(rows))]
        for column in sorted(set().union(*self._untaken)):
            for at, cell in enumerate(cells[column] if column < len(cells) else ()):
                level = levels[at]
                if level >= 0 and column in self._untaken[level] and is_filled(cell):
                    lost = self._lost.setdefault((level, column), _Lost(rows[at]))
                    lost.add(shown(cell).strip())

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each column and level with such cells."""
        for (level, column), lost in sorted(self._lost.items()):
            yield self._finding(level, column, lost)

    def _level(self, cells: Sequence[Column], at: int) -> int:
        """Return the innermost level that a row fills, -1 for none."""
        levels = [
            index < len(cells) and is_filled(cells[index][at]) for index in self._sheet.levels
        ]
        return max((level for level, filled in enumerate(levels) if filled), default=-1)

    def _finding(self, level: int, column: int, lost: _Lost) -> Finding:
        place = self._sheet.at(lost.row, column + 1)
        words = dict.fromkeys(one.kind.word for one in self._sheet.entities if one.level == level)
        named = next(iter(words), "") or self._sheet.at(0, self._sheet.levels[level] + 1).title
        message = (
            f"Nothing of {listed(lost.examples)} is imported: the row is about a {named}, "
            "which has no such field here."
        )
        code, more = FindingCode.NO_SUCH_FIELD, lost.count - 1
        return Finding(code, message, place, Severity.WARNING, lost.examples[0], more_rows=more)


def _taken(sheet: BoundSheet, level: int) -> set[int]:
    """Return the columns (0-based) of which a row about a level makes something."""
    return {at for one in sheet.entities if _counts(one, level) for at in _columns(one)}


def _counts(bound: BoundEntity, level: int) -> bool:
    """Return whether a row about a level states what it holds of the entities of a rule."""
    outer = bound.level is not None and bound.level < level
    return bound.level is None or bound.level == level or (outer and bound.naming is None)


def _columns(bound: BoundEntity) -> Iterator[int]:
    for column in bound.columns:
        yield from column.sources
    for reference in bound.references:
        yield from (*reference.by, *reference.within)
    yield from (condition.column for condition in bound.when)
    yield from bound.id_columns
    yield from (at for at in (bound.each, bound.action_column) if at is not None)
