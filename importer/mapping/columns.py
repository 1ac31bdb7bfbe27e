"""The cells of a chunk and a bound column in, its values out: cell by cell, equal cells once."""

from __future__ import annotations

import copy
from typing import Any

from importer.mapping.bind import BoundColumn
from importer.mapping.convert import CLEAR, Convert, Fault, shown
from importer.mapping.parts import part_of

Column = list[Any]
_REMARKABLE = frozenset({type(CLEAR), Fault})


def raw_cells(
    column: BoundColumn, cells: list[Column], count: int, parts: list[Any] | None
) -> Column:
    """The cells of a column, or the joined cells of several, or pieces of the `each` items."""
    rule = column.rule
    if rule.constant is not None:
        return [rule.constant] * count
    if rule.part is not None:
        return [part_of(item, rule.part) for item in parts or ()]
    sources = [cells[i] if i < len(cells) else [""] * count for i in column.sources]
    if len(sources) == 1:
        return sources[0]
    if not sources:
        return [""] * count
    texts = ([shown(cell).strip() for cell in source] for source in sources)
    return [rule.join.join(filter(None, row)) for row in zip(*texts, strict=True)]


def converted(column: BoundColumn, raw: Column) -> Column:
    """The payload values of cells: BLANK, CLEAR and Faults among them.

    Text that begins with an ASCII letter is handed on as it is; of other cells equal ones are
    converted once, as long as there are not too many different ones.
    """
    if column.rule.constant is not None:
        return [copy.deepcopy(value) for value in raw]
    if len(column.memo) > _MANY:
        column.memo.clear()
    look = _looker(column.memo, column.convert)
    if column.plain:
        return [v if type(v) is str and v[:1] > "<" and v.isascii() else look(v) for v in raw]
    if column.rule.type == "name":
        return [
            v if type(v) is str and v[:1] > "<" and v[-1] > " " and v.isascii() else look(v)
            for v in raw
        ]
    return [look(v) for v in raw]


def _looker(memo: dict[Any, Any], convert: Convert) -> Convert:
    """A conversion that remembers: 1, 1.0 and True are equal in Python, and not here."""
    find = memo.get

    def look(cell: Any) -> Any:
        key = cell if type(cell) is str else (type(cell), cell)
        value = find(key, memo)
        if value is memo:
            value = memo[key] = convert(cell)
        return value

    return look


_MANY = 20_000


def remarkable(values: Column) -> list[int]:
    """Where a column has faults or asks to be cleared."""
    if _REMARKABLE.isdisjoint(map(type, values)):
        return []
    return [i for i, value in enumerate(values) if type(value) in _REMARKABLE]
