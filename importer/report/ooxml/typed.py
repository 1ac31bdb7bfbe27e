"""The type that a value gets which a person typed into a cell: number, date, yes or no, text.

It is the type that the cell has by its number format or by what it holds. A value that does not
read as such is text: it is never bent, and the next check says what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from msgspec import Struct

from importer.report.ooxml.number_format import (
    TEXT,
    counts_hours,
    is_date,
    is_numeric,
    is_padded,
    pads_to,
)

EPOCH_1900, EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
FIRST_1900 = dt.datetime(1900, 3, 1)
"""Excel takes 1900 for a leap year: days before this one are counted differently everywhere."""

DIGITS = 15
"""A number in a spreadsheet has no more of them."""

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)
_TIME = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?")
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)""")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v[\s>]")


class Typed(Struct, frozen=True):
    """A value as a cell holds it: its text, and its type as the file names it.

    The type is `n`, `b` or, for text, `inlineStr`.
    """

    text: str
    kind: str = "inlineStr"


def typed(value: str, cell: bytes, code: str, *, is_1904: bool) -> Typed:
    """Return a value for a cell, which holds what `cell` says, in a number format."""
    if code == TEXT:
        return Typed(value)
    if is_date(code):
        serial = _serial(value, code, is_1904=is_1904)
        return Typed(value) if serial is None else Typed(serial, "n")
    kind = _kind(cell)
    if kind == "b" and value.casefold() in {"true", "false"}:
        return Typed("1" if value.casefold() == "true" else "0", "b")
    if is_numeric(code) or kind in {"n", "e"}:
        number = _number(value, code)
        return Typed(number, "n") if number else Typed(value)
    return Typed(value)


def _kind(cell: bytes) -> str:
    """Return the type of what a cell holds, empty where it holds nothing."""
    stated = _TYPE.search(cell, 0, cell.find(b">"))
    return (stated[1].decode() if stated else "n") if _VALUE.search(cell) else ""


def _number(value: str, code: str) -> str:
    """Return the digits of a number that reads back as it was typed, else an empty text."""
    if is_padded(code):
        shown = value.isascii() and value.isdigit() and len(value) == pads_to(code) <= DIGITS
        return (value.lstrip("0") or "0") if shown else ""
    share = value.removesuffix("%") if "%" in code else value
    if not _NUMBER.fullmatch(share):
        return ""
    number = Decimal(share)
    if len(number.normalize().as_tuple().digits) > DIGITS or abs(number.adjusted()) >= DIGITS:
        return ""
    return share if share == value else format((number / 100).normalize(), "f")


def _serial(value: str, code: str, *, is_1904: bool) -> str | None:
    """Return the number that stands for a date or a time, None where the value is neither."""
    if match := _TIME.fullmatch(value):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        short = hours < 24 or counts_hours(code)
        passed = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
        return _days(passed) if short else None
    epoch, first = (EPOCH_1904, EPOCH_1904) if is_1904 else (EPOCH_1900, FIRST_1900)
    moment = _moment(value)
    return _days(moment - epoch) if moment and moment >= first else None


def _moment(value: str) -> dt.datetime | None:
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    try:
        return dt.datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None


def _days(passed: dt.timedelta) -> str:
    return repr(passed.days) if not passed.seconds else repr(passed / dt.timedelta(days=1))
