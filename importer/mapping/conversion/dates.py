"""Reads the dates of a column: whether the day or the month comes first, all its texts decide."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from importer.finding_codes import FindingCode
from importer.mapping.conversion.survey import ColumnTexts
from importer.mapping.conversion.values import Fault, shown
from importer.model import Cell
from importer.suggest import listed
from importer.template import Column

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TIME = r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([./-])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}){_TIME}")
DAY, MONTH = "day first", "month first"
_EXAMPLES = 3
_LONGEST_ISO, _DIGITS_OF_A_DAY = 45, 8


def moment_text(milliseconds: int) -> str:
    """Return the moment so long after 1970 in ISO 8601, at midnight only its date."""
    moment = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=milliseconds)
    midnight = moment.time() == dt.time()
    return moment.date().isoformat() if midnight else moment.isoformat(timespec="milliseconds")


def readings(text: str) -> dict[str, dt.datetime]:
    """Return the moments that a date in digits may mean, by what comes first in it."""
    if match := _YEAR_FIRST.fullmatch(text):
        found = {DAY: _moment(match, year=1, month=3, day=4)}
    elif match := _YEAR_LAST.fullmatch(text):
        found = {
            DAY: _moment(match, year=4, month=3, day=1),
            MONTH: _moment(match, year=4, month=1, day=3),
        }
    else:
        return {}
    return {first: moment for first, moment in found.items() if moment}


def _moment(match: re.Match[str], *, year: int, month: int, day: int) -> dt.datetime | None:
    date = f"{match[year]}-{int(match[month]):02}-{int(match[day]):02}"
    hour, minute, second = (int(digits or 0) for digits in match.groups()[4:])
    try:
        return dt.datetime.fromisoformat(f"{date}T{hour:02}:{minute:02}:{second:02}+00:00")
    except ValueError:
        return None


class DateColumn:
    """The reader of a column's dates.

    ISO 8601 is always read. Where the column declares no forms, other dates in digits are read too:
    one with a number above 12 shows whether the day comes first.
    """

    def __init__(self, column: Column, texts: ColumnTexts) -> None:
        self._formats = column.formats
        self._unit = column.unit
        self._shows: dict[str, str] = {}
        self._unclear: list[str] = []
        self._texts = texts
        texts.watch(self)

    def __call__(self, cell: Cell) -> int | str | Fault:
        """Return the date in a cell as its payload has it, or a Fault."""
        moment = self._moment(cell)
        if isinstance(moment, Fault):
            return moment
        if self._unit == "ms":
            return (moment - _EPOCH) // dt.timedelta(milliseconds=1)
        return moment.date().isoformat()

    def take(self, text: str) -> None:
        """Note what a text of the column shows."""
        text = text.strip()
        found = readings(text)
        if len(found) == 1 and _YEAR_LAST.fullmatch(text):
            self._shows.setdefault(next(iter(found)), text)
        elif _differ(found) and text not in self._unclear and len(self._unclear) < _EXAMPLES:
            self._unclear.append(text)

    def _moment(self, cell: Cell) -> dt.datetime | Fault:
        """Return the moment a cell states, in UTC where it names no zone."""
        if isinstance(cell, dt.datetime):
            return cell if cell.tzinfo else cell.replace(tzinfo=dt.UTC)
        if isinstance(cell, dt.date):
            return dt.datetime(cell.year, cell.month, cell.day, tzinfo=dt.UTC)
        text = shown(cell).strip()
        found = self._read(text) if isinstance(cell, str) else None
        if isinstance(found, dt.datetime):
            return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
        return found or self._unknown(text)

    def _unknown(self, text: str) -> Fault:
        if missing := _no_such(text):
            return Fault(FindingCode.NOT_A_DATE, f"`{text}` is not a date: {missing}.")
        forms = ", ".join(self._formats) or "2026-01-31"
        return Fault(FindingCode.NOT_A_DATE, f"`{text}` is not a date in a known form ({forms}).")

    def _read(self, text: str) -> dt.datetime | Fault | None:
        found = parsed(text, self._formats)
        if found or self._formats:
            return found
        both = readings(text)
        if not _differ(both):
            return next(iter(both.values()), None)
        self._texts.show(text, self)
        first = list(self._shows)
        return both[first[0]] if len(first) == 1 else self._ambiguous()

    def _ambiguous(self) -> Fault:
        shows = " and ".join(f"`{text}`" for text in self._shows.values())
        why = f"the column has {shows}" if shows else "no date of the column has a day above 12"
        message = (
            f"{listed(self._unclear)} may have the day first or the month, and {why}: make them "
            "real dates, write 2026-01-31, or declare `formats` for the column."
        )
        return Fault(FindingCode.AMBIGUOUS_DATE, message, of_column=True)


def _no_such(text: str) -> str:
    """Return what is wrong with a text that has the form of a date, nothing where it has not."""
    day = re.split("[ T]", text, maxsplit=1)[0]
    if not (_YEAR_FIRST.fullmatch(day) or _YEAR_LAST.fullmatch(day)):
        return ""
    if not readings(day):
        return "there is no such day"
    has_form = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text)
    return "there is no such time of day" if has_form and not readings(text) else ""


def _differ(found: dict[str, dt.datetime]) -> bool:
    return len(set(found.values())) > 1


def parsed(text: str, formats: Sequence[str]) -> dt.datetime | None:
    """Return the moment of a text in ISO 8601 or one of the forms, else None."""
    try:
        return dt.datetime.fromisoformat(text if _may_be_iso(text) else "")
    except ValueError:
        pass
    for form in formats:
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _may_be_iso(text: str) -> bool:
    """Return whether a text is no mere number: Python reads some as a date and a time."""
    return len(text) <= _LONGEST_ISO and (len(text) == _DIGITS_OF_A_DAY or not text.isdigit())
