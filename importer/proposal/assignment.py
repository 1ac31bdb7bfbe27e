"""Gives each column at most one field and each field at most one column, at the highest sum."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from math import inf

LEFT_OUT = 0.3
"""A column that fits nothing better than this is left out."""


def assign(scores: Sequence[Mapping[str, float]]) -> list[str | None]:
    """Return the field of each column, None where it is better left out.

    `scores` says for each column how well it fits each field that is worth considering.
    """
    fields = list(dict.fromkeys(field for options in scores for field in options))
    rows = sorted({at for field in fields for at in _best(scores, field, len(fields))})
    width = len(fields) + len(rows)
    costs = [_costs(scores[at], fields, own, width) for own, at in enumerate(rows)]
    found: list[str | None] = [None] * len(scores)
    for at, column in zip(rows, cheapest(costs), strict=True):
        found[at] = fields[column] if column < len(fields) else None
    return found


def _best(scores: Sequence[Mapping[str, float]], field: str, count: int) -> list[int]:
    """Return the columns that fit a field best; no more than there are fields can get one."""
    fitting = [at for at, options in enumerate(scores) if field in options]
    return heapq.nsmallest(count, fitting, key=lambda at: -scores[at][field])


def _costs(options: Mapping[str, float], fields: Sequence[str], at: int, width: int) -> list[float]:
    """Return what each field costs a column, and behind them its own place to be left out."""
    own = len(fields) + at
    costs = [-options.get(field, 0.0) for field in fields]
    return costs + [-LEFT_OUT if column == own else 0.0 for column in range(len(fields), width)]


def cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """Return the column of each row at the lowest sum; there are no fewer columns than rows.

    This is the Hungarian method with potentials: rows are added one by one, each by the cheapest
    path of exchanges.
    """
    width = len(costs[0]) if costs else 0
    rows, of_row, of_column = [-1] * width, [0.0] * len(costs), [0.0] * width
    for row in range(len(costs)):
        _add(row, costs, rows, of_row, of_column)
    chosen = [0] * len(costs)
    for column, row in enumerate(rows):
        if row >= 0:
            chosen[row] = column
    return chosen


def _add(
    row: int,
    costs: Sequence[Sequence[float]],
    rows: list[int],
    of_row: list[float],
    of_column: list[float],
) -> None:
    """Find a column for one more row; `rows` holds the row of each column, -1 for none."""
    width = len(rows)
    nearest, before = [inf] * width, [-1] * width
    reached: list[int] = []
    current, last = row, -1
    while current >= 0:
        for column in range(width):
            cost = costs[current][column] - of_row[current] - of_column[column]
            if column not in reached and cost < nearest[column]:
                nearest[column], before[column] = cost, last
        free = (column for column in range(width) if column not in reached)
        best = min(free, key=nearest.__getitem__)
        _shift(nearest[best], row, reached, nearest, rows, of_row, of_column)
        reached.append(best)
        current, last = rows[best], best
    _exchange(row, last, before, rows)


def _shift(
    step: float,
    row: int,
    reached: Sequence[int],
    nearest: list[float],
    rows: Sequence[int],
    of_row: list[float],
    of_column: list[float],
) -> None:
    """Move the potentials so that the next column costs nothing more."""
    of_row[row] += step
    for column in reached:
        of_row[rows[column]] += step
        of_column[column] -= step
    for column in range(len(nearest)):
        if column not in reached:
            nearest[column] -= step


def _exchange(row: int, column: int, before: Sequence[int], rows: list[int]) -> None:
    """Hand each column of the path to the row before it."""
    while column >= 0:
        previous = before[column]
        rows[column] = rows[previous] if previous >= 0 else row
        column = previous
