"""Many numbers in a statement that is compiled once: it has places for so many, some left empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Column, ColumnElement, bindparam

from importer.pieces import pieces

MANY = 500
"""How many numbers one statement asks for."""

NUMBERS = tuple(f"number_{place}" for place in range(MANY))
"""The names of their parameters."""

NONE = -1
"""No number: nothing is numbered below 0."""


def among(column: Column[int]) -> ColumnElement[bool]:
    """Return the condition that a column is one of the numbers."""
    return column.in_([bindparam(name) for name in NUMBERS])


def at_once(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield numbers as values of the parameters."""
    for some in pieces(numbers, MANY):
        yield (*some, *[NONE] * (MANY - len(some)))
