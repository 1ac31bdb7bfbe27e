"""A value as the workbook parser gives it in, a `Cell` out: whole numbers are int, never rounded.

A spreadsheet keeps 15 significant digits: a number of 1e15 or more may have lost its last ones
when it was typed, which nobody can see or undo, so it is a fault and not a value.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from importer.finding_codes import FindingCode
from importer.model import CellFault, Cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from importer.model import Cell

LONG_NUMBER = 1e15
_NUMBERS = frozenset({int, float})

Overrides = dict[int, tuple[tuple[int, "Cell"], ...]]
"""Spreadsheet row -> (column index from 0, the cell the parser did not see as it is shown)."""


def to_cell(value: Cell) -> Cell:
    """What the parser says about one cell, put right: `5.0` -> `5`, `5.5` stays."""
    if type(value) is not float and type(value) is not int:
        return value
    if -LONG_NUMBER < value < LONG_NUMBER:
        whole = int(value)
        return whole if whole == value else value
    if isnan(value):
        return CellFault(FindingCode.ERROR_CELL, "NaN")
    return CellFault(FindingCode.LONG_NUMBER, shown_number(value))


def shown_number(value: float) -> str:
    """The number as a spreadsheet shows one that does not fit: `1.91E+18`."""
    mantissa, _, exponent = f"{value:.2E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}" if exponent else mantissa


def put_right(cells: Cells) -> Cells:
    """The cells of a row or a column, put right; the same ones where no number is among them."""
    if _NUMBERS.isdisjoint(cells.kinds):
        return cells
    whole = _all_whole(cells) if cells.kinds == {float} else None
    return Cells(whole or [value if type(value) is str else to_cell(value) for value in cells])


def _all_whole(cells: list[Any]) -> list[Cell] | None:
    """Floats as whole numbers, where all of them are, and short enough not to be rounded."""
    try:
        whole: list[Cell] = list(map(int, cells))
    except (ValueError, OverflowError):
        return None
    short = min(cells) > -LONG_NUMBER and max(cells) < LONG_NUMBER
    return whole if short and whole == cells else None


def parsed_rows(
    raw_rows: Iterable[Sequence[Cell]], first_column: int, overrides: Overrides
) -> Iterator[Sequence[Cell]]:
    """Rows from spreadsheet row 1 on, column A first, with the overrides put in."""
    if not first_column and not overrides:
        return iter(raw_rows)
    return _overridden_rows(raw_rows, [""] * first_column, overrides)


def _overridden_rows(
    raw_rows: Iterable[Sequence[Cell]], margin: list[Cell], overrides: Overrides
) -> Iterator[Sequence[Cell]]:
    number = 0
    for number, raw in enumerate(raw_rows, 1):
        row = [*margin, *raw] if margin else raw
        yield overridden(row, overrides[number]) if number in overrides else row
    for beyond in range(number + 1, max(overrides, default=0) + 1):
        yield overridden([], overrides.get(beyond, ()))


def overridden(row: Sequence[Cell], cells: Iterable[tuple[int, Cell]]) -> list[Cell]:
    """The row with the cells put in at their columns, made longer where it must be."""
    full = list(row)
    for column, cell in cells:
        full.extend([""] * (column + 1 - len(full)))
        full[column] = cell
    return full


def zero_padded(number: int, pattern: str) -> str:
    """The text shown for a number under a format of zeros and dashes: 42, `000-00` -> `000-42`."""
    if "-" not in pattern:
        return str(number).zfill(len(pattern) + (number < 0))
    digits = str(abs(number)).zfill(pattern.count("0"))
    surplus = len(digits) - pattern.count("0")
    shown, rest = digits[:surplus], iter(digits[surplus:])
    padded = shown + "".join(next(rest) if sign == "0" else sign for sign in pattern)
    return f"-{padded}" if number < 0 else padded
