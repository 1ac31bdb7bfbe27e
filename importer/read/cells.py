"""Cell values: turns the numbers of the workbook parser into ints, floats and faults.

A spreadsheet keeps 15 significant digits. A number of 1e15 or more may have lost its last digits
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
"""Spreadsheet row -> (column index from 0, the cell as it is shown, which the parser misses)."""


def to_cell(value: Cell) -> Cell:
    """Return the parser's value as a cell: `5.0` becomes `5`, `5.5` stays."""
    if type(value) is not float and type(value) is not int:
        return value
    if -LONG_NUMBER < value < LONG_NUMBER:
        whole = int(value)
        return whole if whole == value else value
    if isnan(value):
        return CellFault(FindingCode.ERROR_CELL, "NaN")
    return CellFault(FindingCode.LONG_NUMBER, shown_number(value))


def shown_number(value: float) -> str:
    """Return a number as a spreadsheet shows it when it does not fit: `1.91E+18`."""
    mantissa, _, exponent = f"{value:.2E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}" if exponent else mantissa


def normalized(cells: Cells) -> Cells:
    """Return the cells with their numbers normalised; the same object where there are none."""
    if _NUMBERS.isdisjoint(cells.kinds):
        return cells
    whole = _all_whole(cells) if cells.kinds == {float} else None
    return Cells(whole or [value if type(value) is str else to_cell(value) for value in cells])


def _all_whole(cells: list[Any]) -> list[Cell] | None:
    """Return floats as ints if all are whole and short enough not to be rounded, else None."""
    try:
        whole: list[Cell] = list(map(int, cells))
    except (ValueError, OverflowError):
        return None
    short = min(cells) > -LONG_NUMBER and max(cells) < LONG_NUMBER
    return whole if short and whole == cells else None


def parsed_rows(
    raw_rows: Iterable[Sequence[Cell]], first_column: int, overrides: Overrides
) -> Iterator[Sequence[Cell]]:
    """Return the rows from spreadsheet row 1 on, column A first, with the overrides applied."""
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
    """Return the row with the cells set at their columns (from 0), longer if necessary."""
    full = list(row)
    for column, cell in cells:
        full.extend([""] * (column + 1 - len(full)))
        full[column] = cell
    return full


def zero_padded(number: int, pattern: str) -> str:
    """Return a number as a format of zeros and dashes shows it: 42, `000-00` -> `000-42`."""
    if "-" not in pattern:
        return str(number).zfill(len(pattern) + (number < 0))
    digits = str(abs(number)).zfill(pattern.count("0"))
    surplus = len(digits) - pattern.count("0")
    shown, rest = digits[:surplus], iter(digits[surplus:])
    padded = shown + "".join(next(rest) if sign == "0" else sign for sign in pattern)
    return f"-{padded}" if number < 0 else padded
