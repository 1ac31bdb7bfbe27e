"""What a cell becomes: a payload value, blank, a request to clear or edit a field, or a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.model import Cell, CellFault


class _Marker:
    """A value that no cell can have."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


class _Clear(_Marker):
    """A type of its own: whole columns are searched for the rare CLEAR by type alone."""


BLANK: Final = _Marker("BLANK")
"""The cell is blank: the field is left alone."""

CLEAR: Final = _Clear("CLEAR")
"""The cell asks for the field to be emptied."""


class Fault(Struct, frozen=True):
    """Why a cell has no value: the parts of a finding, but for its place.

    One `of_column` has the same message for all its cells, and names their values itself.
    """

    code: FindingCode
    message: str
    suggestion: str | None = None
    of_column: bool = False


class Doubt(Struct, frozen=True):
    """A value that is sent, and why it is probably not what was meant."""

    value: Any
    reasons: tuple[Fault, ...]


class Edit(Struct, frozen=True):
    """A list cell whose items bear signs: the items to add to the live list and to remove."""

    added: list[Any]
    removed: list[Any]


Convert = Callable[[Cell], Any]
"""Turns a cell into a payload value, BLANK, CLEAR, an Edit, a Doubt or a Fault."""

_CELL_FAULTS = {
    FindingCode.ERROR_CELL: "The cell holds the error {text}.",
    FindingCode.ERROR_TEXT: (
        "The cell holds the error {text}; if it is a text, put an apostrophe before it."
    ),
    FindingCode.FORMULA_WITHOUT_VALUE: (
        "The formula {text} has no calculated value: open and save the file."
    ),
    FindingCode.LONG_NUMBER: (
        "{text} has more than 15 digits, which a spreadsheet rounds: format it as text."
    ),
    FindingCode.NUL_BYTE: "The cell holds a NUL byte.",
    FindingCode.NOT_A_CELL: (
        "`{text}` is nothing that a cell can hold: make it a text, a number or a date."
    ),
}


def shown(cell: Cell) -> str:
    """Return the text a spreadsheet shows for a cell, in a form that depends on no locale."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, CellFault):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _digits(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "auto").removesuffix(" 00:00:00")
    if isinstance(cell, dt.time):
        return cell.isoformat("auto") if cell.second else cell.isoformat("minutes")
    if isinstance(cell, dt.timedelta):
        return _hours(cell)
    return str(cell)


def _digits(number: float) -> str:
    """Return a number in plain digits: `0.00001`; only one of 1e16 or more has an exponent."""
    if number.is_integer() and abs(number) < 1e15:
        return repr(int(number))
    text = repr(number)
    return format(Decimal(text), "f") if "e-" in text else text


def _hours(duration: dt.timedelta) -> str:
    """Return a duration in hours, minutes and seconds, however many hours: `26:31:45`."""
    hours, rest = divmod(abs(duration), dt.timedelta(hours=1))
    sign = "-" if duration < dt.timedelta() else ""
    return f"{sign}{hours}{str(rest).removeprefix('0')}"


def unusable(cell: CellFault) -> Fault:
    """Return why an error cell, or a formula that was not calculated, has no value."""
    return Fault(cell.code, _CELL_FAULTS[cell.code].format(text=cell.text))
