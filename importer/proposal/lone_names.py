"""Rows with nothing but their name: data where the columns before it count as in the row above."""

from __future__ import annotations

from collections.abc import Sequence

from importer.proposal.cells import PROFILED, Row

ALMOST_ALL = 0.95
"""So many of the other rows have a cell in the column that names the rows."""


class LoneNames:
    """The column that names the rows of a list whose parents stand in the first of their rows.

    In other rows, too, it is the first filled cell; a section or a note stands further left.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        may_be = any(row.is_lone and _first(row) for row in rows)
        others = [row for row in rows[:PROFILED] if not row.is_lone] if may_be else []
        self._column = _naming(others)
        self._words = max((_words(row.cell(self._column)) for row in others), default=0)

    def has(self, row: Row) -> bool:
        """Return whether a row with a single cell is data."""
        at = _first(row)
        return 0 < at == self._column and _words(row.cell(at)) <= self._words


def _naming(others: Sequence[Row]) -> int:
    """Return the innermost column with which rows begin and that almost all fill, 0 for none."""
    for at in sorted({_first(row) for row in others}, reverse=True):
        filled = sum(bool(row.cell(at)) for row in others)
        if filled >= ALMOST_ALL * len(others):
            return at
    return 0


def _first(row: Row) -> int:
    """Return where the first filled cell of a row stands."""
    return next((at for at, cell in enumerate(row.cells) if cell), 0)


def _words(text: str) -> int:
    return len(text.split())
