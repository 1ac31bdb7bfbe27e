"""Judges values by what a schema expects of them: what is probably not meant is a warning."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from importer.finding_codes import FindingCode
from importer.mapping.conversion.dates import readings
from importer.mapping.conversion.time_zones import is_time_zone, likely_zone
from importer.mapping.conversion.values import BLANK, CLEAR, Convert, Doubt, Edit, Fault, shown
from importer.model import Cell
from importer.suggest import did_you_mean
from importer.template.expectation import KEYWORD, Expectation
from importer.template.paths import Schema
from importer.yes_no import yes_or_no

Judge = Callable[[Any, str], Fault | None]
"""Says what is odd about a value; the text given parts the items of its list, if it is in one."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILLERS = frozenset(
    {"n/a", "na", "n.a.", "none", "null", "nil", "nan", "-", "--", "tbd", "(blank)", "unknown", "?"}
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_HALVES = re.compile(r"(\d{1,2})\.(25|5|75)")
_MIDNIGHTS = re.compile(r"(?:\d{4}-\d{2}-\d{2} )(\d{2}:\d{2})(?::00)?")


def expecting(inner: Convert, node: Schema) -> Convert:
    """Return a converter whose values are judged by what the sub-schema expects."""
    if KEYWORD not in node:
        return inner
    judge = JUDGES[Expectation(node[KEYWORD])]

    def convert(cell: Cell) -> Any:
        value = inner(cell)
        if value is BLANK or value is CLEAR or isinstance(value, Fault):
            return value
        reason = judge(value, "")
        return Doubt(value, (reason,)) if reason else value

    return convert


def expecting_items(inner: Convert, node: Schema, path: Sequence[str], separator: str) -> Convert:
    """Return a list converter whose items are judged, each by its value at `path`."""
    if KEYWORD not in node:
        return inner
    judge = JUDGES[Expectation(node[KEYWORD])]

    def convert(cell: Cell) -> Any:
        value = inner(cell)
        reasons = tuple(filter(None, (judge(item, separator) for item in _items(value, path))))
        return Doubt(value, reasons) if reasons else value

    return convert


def _items(value: Any, path: Sequence[str]) -> Iterator[Any]:
    values = [*value.added, *value.removed] if isinstance(value, Edit) else value
    for item in values if isinstance(values, list) else ():
        for step in path:
            item = item[step]
        yield item


def _odd(message: str, near: str | None = None, otherwise: str = "") -> Fault:
    end = did_you_mean(near, otherwise, after=":" if near or otherwise else ".")
    return Fault(FindingCode.UNEXPECTED, f"{message}{end}", near)


def _time_zone(value: Any, _separator: str) -> Fault | None:
    text = str(value).strip()
    if is_time_zone(text):
        return None
    return _odd(
        f"`{text}` is no time zone of IANA's list",
        likely_zone(text),
        "write it like Europe/Berlin.",
    )


def _time_of_day(value: Any, _separator: str) -> Fault | None:
    text = str(value).strip()
    if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", text):
        return None
    return _odd(f"`{text}` is no time of day as HH:MM", likely_time(text), "write it like 08:00.")


def likely_time(text: str) -> str | None:
    """Return the time of day that a text may mean: `5:30 pm`, `17.30`, `17.5`, a part of a day."""
    if dated := _MIDNIGHTS.fullmatch(text):
        return dated[1]
    if re.fullmatch(r"0\.\d+", text):
        minutes = round(float(text) * 24 * 60)
    elif halves := _HALVES.fullmatch(text):
        minutes = int(halves[1]) * 60 + int(float(f"0.{halves[2]}") * 60)
    elif clock := _CLOCK.fullmatch(text):
        noon = 12 * 60 if (clock[3] or "").lower().startswith("p") else 0
        hour = int(clock[1]) % 12 if clock[3] else int(clock[1])
        minutes = hour * 60 + int(clock[2] or 0) + noon
        if int(clock[2] or 0) > 59:
            return None
    else:
        return None
    return f"{minutes // 60:02}:{minutes % 60:02}" if minutes <= 24 * 60 else None


def _weekday(value: Any, separator: str) -> Fault | None:
    text = str(value).strip()
    if text.casefold() in WEEKDAYS:
        return None
    return _odd(
        f"`{text}` is no day of the week", likely_weekdays(text, separator), "write it like monday."
    )


def likely_weekdays(text: str, separator: str) -> str | None:
    """Return the day, or the days from one to the other, that a text may mean: `Mon-Fri`."""
    word = text.casefold().strip(" .")
    ends = ("mo", "fr") if word in ("weekdays", "workdays") else re.split(r"\s*(?:-|–|to)\s*", word)
    days = [next((at for at, day in enumerate(WEEKDAYS) if _means(end, day)), None) for end in ends]
    if None in days or len(days) > 2 or days[0] is None or days[-1] is None:
        return None
    if days[0] > days[-1]:
        return None
    return _joint(separator).join(WEEKDAYS[days[0] : days[-1] + 1])


def _means(word: str, day: str) -> bool:
    return len(word) > 1 and day.startswith(word.strip(" ."))


def _joint(separator: str) -> str:
    return separator if separator.isspace() else f"{separator} "


def _day(value: Any, _separator: str) -> Fault | None:
    text = str(value).strip()
    try:
        if dt.date.fromisoformat(text).isoformat() == text:
            return None
    except ValueError:
        pass
    found = {moment.date().isoformat() for moment in readings(text).values()}
    near = found.pop() if len(found) == 1 else None
    return _odd(f"`{text}` is no date", near, "write it like 2026-12-25.")


def _whole_number(value: Any, _separator: str) -> Fault | None:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return None if whole else _odd(f"`{shown(value)}` is not a whole number")


def _yes_or_no(value: Any, _separator: str) -> Fault | None:
    if isinstance(value, bool):
        return None
    near = {True: "yes", False: "no", None: None}[yes_or_no(str(value))]
    return _odd(f"`{value}` is neither yes nor no, and is sent as it is", near)


def _account(value: Any, separator: str) -> Fault | None:
    return _name(value, separator, re.compile(r"[\s,;|/<>\[\]()'\"#]"), "the name of an account")


def _tag(value: Any, separator: str) -> Fault | None:
    return _name(value, separator, re.compile(r"[,;|\[\]]|^#"), "the name of a tag")


def _name(value: Any, separator: str, wrong: re.Pattern[str], what: str) -> Fault | None:
    text = str(value).strip()
    if text.casefold() in _FILLERS:
        return _odd(f"`{text}` is sent as {what}: leave the cell blank where there is none")
    if not wrong.search(text):
        return None
    parts = [part.strip("[](){}'\"# ") for part in re.split(r"[,;|/]", text)]
    if len(parts) > 1 and all(parts) and separator:
        near = _joint(separator).join(parts)
        return Fault(
            FindingCode.UNEXPECTED,
            f"`{text}` is sent as {what}; several are parted by {_sign(separator)}.",
            near,
        )
    return _odd(f"`{text}` is sent as {what}, and looks like something else")


def _sign(separator: str) -> str:
    return "line breaks" if separator == "\n" else f"`{separator}`"


JUDGES: dict[Expectation, Judge] = {
    Expectation.TIME_ZONE: _time_zone,
    Expectation.TIME_OF_DAY: _time_of_day,
    Expectation.WEEKDAY: _weekday,
    Expectation.DAY: _day,
    Expectation.WHOLE_NUMBER: _whole_number,
    Expectation.YES_OR_NO: _yes_or_no,
    Expectation.ACCOUNT: _account,
    Expectation.TAG: _tag,
}
