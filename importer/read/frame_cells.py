"""What a spreadsheet would hold for a value of a DataFrame."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import singledispatch
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from importer.finding_codes import FindingCode
from importer.formula_text import is_error
from importer.model import CellFault
from importer.read.cells import LONG_NUMBER

if TYPE_CHECKING:
    from importer.model import Cell

EXACT = 1 << 53
"""Up to here a float holds every whole number, and no other has become one of them."""

LONGEST_FAULT = 60
_APART = "; "
"""What parts the items of a list in every template, unless one says otherwise."""
_QUOTED_IN_LIST = (";", ",", "\n", "\r", '"')


@singledispatch
def cell_of(value: Any) -> Cell:
    """Return what a spreadsheet would hold for a value; what it cannot hold is a fault.

    An object that says in words what it is, such as a UUID or a path, is those words.
    """
    if not any("__str__" in vars(kind) for kind in type(value).__mro__[:-1]):
        return _fault(value)
    try:
        return _text(str(value))
    except Exception:  # the object may do anything
        return _fault(value)


@cell_of.register(str)
def _text(value: str) -> Cell:
    if "\0" in value:
        return CellFault(FindingCode.NUL_BYTE, value.replace("\0", "␀"))
    if is_error(value):
        return CellFault(FindingCode.ERROR_TEXT, value.strip())
    try:
        value.encode()
    except UnicodeEncodeError:
        return _fault(value)
    return str.__str__(value)  # not what a choice of an `Enum` that is a text calls itself


@cell_of.register(type(None))
@cell_of.register(type(pd.NA))
@cell_of.register(type(pd.NaT))
def _blank(_value: Any) -> Cell:
    return ""


@cell_of.register(bool)
def _truth(value: bool) -> Cell:
    return value


@cell_of.register(int)
def whole(value: int) -> Cell:
    """Return a whole number; one with more digits than a spreadsheet keeps is a text, and exact."""
    number = int(value)  # a choice of an `Enum` may be one
    return number if -LONG_NUMBER < number < LONG_NUMBER else str(number)


@cell_of.register(float)
def number(value: float) -> Cell:
    """Return a number: NaN is blank, and a whole one of 16 digits a text, where it is exact."""
    if isnan(value):
        return ""
    if not isfinite(value):
        return _fault(value)
    if abs(value) >= LONG_NUMBER and abs(value) <= EXACT and value.is_integer():
        return str(int(value))
    return float(value)


@cell_of.register(Decimal)
def _decimal(value: Decimal) -> Cell:
    """Return a number where it is exactly that, else the digits as a text."""
    if value.is_nan():
        return ""
    if not value.is_finite():
        return _fault(value)
    near = float(value)
    return number(near) if Decimal(repr(near)) == value else format(value, "f")


@cell_of.register(np.generic)
def of_numpy(value: Any) -> Cell:
    """Return what a scalar of numpy is in Python."""
    if isinstance(value, np.datetime64 | np.timedelta64):
        return _of_time(value)
    if isinstance(value, np.floating):
        return number(float(str(value)))  # the digits that are shown: 0.1, not 0.10000000149
    plain = value.item()
    return _fault(value) if isinstance(plain, np.generic) else cell_of(plain)


def _of_time(value: np.datetime64 | np.timedelta64) -> Cell:
    """Return a moment or a duration; one that pandas cannot hold is the text of it."""
    try:
        if isinstance(value, np.datetime64):
            return cell_of(pd.Timestamp(value))
        return cell_of(pd.Timedelta(value))
    except (ValueError, OverflowError):
        return str(value)


@cell_of.register(dt.datetime)
def _moment(value: dt.datetime) -> Cell:
    if isinstance(value, pd.Timestamp):
        return _timestamp(value)
    offset = value.utcoffset()
    return value if offset is None else value.astimezone(dt.timezone(offset))


def _timestamp(value: pd.Timestamp) -> Cell:
    try:
        return _moment(value.to_pydatetime(warn=False))
    except (ValueError, OverflowError):  # a year that Python's own type does not know
        return str(value)


@cell_of.register(dt.date)
def _day(value: dt.date) -> Cell:
    return value


@cell_of.register(dt.time)
def _time_of_day(value: dt.time) -> Cell:
    """Return a time of day; one with a zone is a text, for no spreadsheet has it."""
    return value if value.tzinfo is None else value.isoformat()


@cell_of.register(dt.timedelta)
def _duration(value: dt.timedelta) -> Cell:
    return value.to_pytimedelta() if isinstance(value, pd.Timedelta) else value


@cell_of.register(Enum)
def _member(value: Enum) -> Cell:
    return cell_of(value.value)


@cell_of.register(list)
@cell_of.register(tuple)
@cell_of.register(np.ndarray)
def _list(value: Iterable[Any]) -> Cell:
    """Return a list as a cell has one; a list of lists or objects is JSON."""
    items = value.tolist() if isinstance(value, np.ndarray) else list(value)
    if not isinstance(items, list) or any(isinstance(one, dict | list | tuple) for one in items):
        return _json(items)
    cells = [cell_of(one) for one in items]
    bad = next((one for one in cells if isinstance(one, CellFault)), None)
    return bad or _APART.join(_item(one) for one in cells if one != "")


@cell_of.register(set)
@cell_of.register(frozenset)
def _set(value: Iterable[Any]) -> Cell:
    return _list(sorted(value, key=str))


@cell_of.register(dict)
def _json(value: Any) -> Cell:
    try:
        return _text(json.dumps(value, ensure_ascii=False, default=str))
    except (TypeError, ValueError, RecursionError):
        return _fault(value)


@cell_of.register(bytes)
@cell_of.register(bytearray)
@cell_of.register(complex)
def _fault(value: Any) -> Cell:
    """Return the fault for what is no value of a spreadsheet, with what it looks like."""
    try:
        shown = ascii(value)
    except Exception:  # the object may do anything
        shown = ""
    seen = f"{shown[:LONGEST_FAULT]}…" if len(shown) > LONGEST_FAULT else shown
    return CellFault(FindingCode.NOT_A_CELL, f"{type(value).__name__} {seen}".strip())


def _item(cell: Cell) -> str:
    """Return an item of a list, in double quotes where it would be taken apart without them."""
    text = cell if isinstance(cell, str) else _shown(cell)
    apart = any(sign in text for sign in _QUOTED_IN_LIST) or text != text.strip()
    return '"{}"'.format(text.replace('"', '""')) if apart or text[:1] in ("+", "-") else text


def _shown(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
