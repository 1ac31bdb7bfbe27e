"""The cells of a chunk and a bound column in, its values out: cell by cell, equal cells once."""

from __future__ import annotations

import copy
from typing import Any

from importer.mapping.bound import BoundColumn
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
    if column.plain:
        look = _looker(column)
        return [v if type(v) is str and v >= "=" and v.isascii() else look(v) for v in raw]
    if column.rule.type == "name":
        look = _looker(column)
        return [
            v if type(v) is str and v >= "=" and v[-1] > " " and v.isascii() else look(v)
            for v in raw
        ]
    return _each_once(column, raw)


def _each_once(column: BoundColumn, raw: Column) -> Column:
    others = set(map(type, raw)) - {str}
    if len(others) > 1:
        return list(map(_looker(column), raw))
    memo = _memo(column, next(iter(others), str))
    for cell in set(raw).difference(memo):
        memo[cell] = column.convert(cell)
    return [memo[cell] for cell in raw]


def _looker(column: BoundColumn) -> Convert:
    """A conversion that remembers."""
    convert = column.convert
    texts = _memo(column, str)

    def look(cell: Any) -> Any:
        memo = texts if type(cell) is str else _memo(column, type(cell))
        if cell not in memo:
            memo[cell] = convert(cell)
        return memo[cell]

    return look


def _memo(column: BoundColumn, kind: type) -> dict[Any, Any]:
    """What cells of one type were converted to: 1, 1.0 and True are equal in Python, not here."""
    memo = column.memo.setdefault(kind, {})
    if len(memo) > _MANY:
        memo.clear()
    return memo


_MANY = 20_000


def remarkable(values: Column) -> list[int]:
    """Where a column has faults or asks to be cleared."""
    if _REMARKABLE.isdisjoint(map(type, values)):
        return []
    return [i for i, value in enumerate(values) if type(value) in _REMARKABLE]
