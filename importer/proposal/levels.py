"""The levels of a flat list, from the outside: 20 buildings > 171 floors > 4,142 rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from importer.proposal.cells import Row, folded
from importer.proposal.columns import Column
from importer.proposal.data import depth_of, field_list
from importer.proposal.proposal import ColumnProposal, Level
from importer.proposal.rules import KindRules
from importer.spreadsheet import column_number


def levels(columns: Iterable[ColumnProposal], rows: Sequence[Row]) -> tuple[Level, ...]:
    """Return the levels that the columns of a list name, with how many each has.

    Ones of the same name in different parents are different.
    """
    kinds: dict[str, str] = field_list()["levels"]
    fields = {column.field: column for column in columns if column.field in kinds}
    found, path = [], list[int]()
    for field, kind in kinds.items():
        if field in fields:
            path.append(column_number(fields[field].column) - 1)
            found.append(Level(kind, fields[field].column, _different(rows, path)))
    return tuple(found) if len(found) > 1 else ()


def unique_in_parents(columns: Sequence[Column], rules: KindRules) -> dict[int, float]:
    """Return for each column the share of its cells that differ among rows of the same parents."""
    depth = max(map(depth_of, rules.things))
    parents = [column for column in columns if _is_outside(column, depth)]
    if not parents:
        return {}
    inside = (column for column in columns if column not in parents and _may_name(column, rules))
    return {column.index: _unique((*parents, column)) for column in inside}


def _may_name(column: Column, rules: KindRules) -> bool:
    """Return whether a column may be the name or the code of the rows."""
    thing = column.concept.thing
    return (not thing or thing in rules.things) and column.says("", "name", "code", "type")


def _is_outside(column: Column, depth: int) -> bool:
    thing = column.concept.thing
    outside = 0 <= depth_of(thing) < depth
    return outside and column.is_name_of(thing) and column.profile.unique < 0.95


def _unique(path: Sequence[Column]) -> float:
    rows = zip(*(column.profile.values for column in path), strict=True)
    filled = [row for row in rows if row[-1]]
    return len(set(filled)) / len(filled) if filled else 0.0


def _different(rows: Sequence[Row], path: Sequence[int]) -> int:
    named = (tuple(row.cell(at) for at in path) for row in rows)
    return len({tuple(map(folded, each)) for each in set(named) if each[-1]})
