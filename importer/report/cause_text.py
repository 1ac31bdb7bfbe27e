"""Causes in words: what is wrong, with its values and headings, and in which cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from importer.finding_codes import FindingCode
from importer.model import Place, column_letter
from importer.report.causes import OF_HEADINGS, OF_SHEETS, group, rows_of
from importer.report.wording import (
    ENDS,
    advice,
    clean,
    column_name,
    one_line,
    plural,
    shorten,
    spot,
)
from importer.row_ranges import SHOWN, and_more, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from importer.model import Finding
    from importer.report.causes import Cause

LIMIT = 20
LONGEST, LONGEST_VALUE, MOST_VALUES, MOST_HEADINGS = 400, 40, 8, 3

OTHERS = "(and others like it)"

_HERE_AND = re.compile(r"here and in row \d+(?=:)")


def problem_lines(findings: Sequence[Finding], limit: int = LIMIT) -> list[str]:
    """Return two lines for each of `limit` causes: how many rows and what is wrong, then where."""
    causes = group(findings)
    several = len({file for cause in causes for file, _ in cause.cells}) > 1
    lines = [line for cause in causes[:limit] for line in _described(cause, several_files=several)]
    if len(causes) > limit:
        lines.append(f"and {plural(len(causes) - limit, 'more cause')}")
    return lines


def _described(cause: Cause, *, several_files: bool) -> list[str]:
    many = how_many(cause)
    text = f"{many}: {in_one_line(cause)}" if many else in_one_line(cause)
    return [f"{cause.first.severity}: {text}", f"    {where(cause, several_files=several_files)}"]


def how_many(cause: Cause) -> str:
    """Return `212 rows`, or nothing where it is about a sheet as a whole."""
    counted = cause.rows and cause.first.code not in OF_SHEETS
    return plural(cause.rows, "row") if counted else ""


def in_one_line(cause: Cause) -> str:
    """Return what is wrong in one line: the columns, the way out, the other values."""
    text = wrong(cause)
    if _lists_headings(cause):
        return text
    own, named = column_name(cause.first.place), columns(cause)
    if cause.first.code not in OF_HEADINGS and named:
        starts = text.casefold().startswith(own.casefold())
        text = f"{named}{text[len(own) :]}" if starts else f"{named}: {text}"
        if way_out := advice(cause.first):
            text = f"{_ended(text)} {way_out}"
    text = shorten(one_line(_ended(text)), LONGEST)
    others = [value for value in cause.values if value != _own_value(cause)]
    if others:
        return f"{text} Likewise {_listed(others, MOST_VALUES)}."
    return text if _speaks_for_all(cause) else f"{text} {OTHERS}"


def wrong(cause: Cause) -> str:
    """Return the message of a cause; of a heading or a duplicate one that is true of all."""
    if _lists_headings(cause):
        named = _listed(list(cause.values), MOST_VALUES * 3)
        many = len(cause.values)
        return f"{many} headings are not known; their columns are not imported: {named}."
    text = clean(cause.first.message)
    if cause.first.code is FindingCode.DUPLICATE_KEY and len(cause.values) == len(cause.cells) == 1:
        [cells] = cause.cells.values()
        text = _HERE_AND.sub(f"in {in_words(rows_of(cells))}", text)
    return text


def columns(cause: Cause) -> str:
    """Return the headings of a cause, the first of many."""
    names = [clean(heading).rstrip(":") for heading in cause.headings]
    return _some(names, MOST_HEADINGS) if names else ""


def values(cause: Cause) -> str:
    """Return the value of a cause, or the first of several."""
    if len(cause.values) > 1:
        plain = dict.fromkeys(value for value, _ in cause.values)
        return _listed([(value, None) for value in plain], SHOWN - 1)
    return shorten(one_line(cause.first.value or ""), LONGEST)


def way_out(cause: Cause) -> str:
    """Return the suggestion, where all values have the same or none."""
    return one_line(cause.first.suggestion or "") if len(cause.values) <= 1 else ""


def where(cause: Cause, *, several_files: bool) -> str:
    """Return the rows or the cells on each sheet, and what no row of it names."""
    places = "; ".join(_places(cause, several_files=several_files))
    return f"{places} and {plural(cause.more_rows, 'more row')}" if cause.more_rows else places


def _lists_headings(cause: Cause) -> bool:
    return cause.first.code is FindingCode.UNKNOWN_HEADING and len(cause.values) > 1


def _own_value(cause: Cause) -> tuple[str | None, str | None]:
    return cause.first.value, cause.first.suggestion


def _speaks_for_all(cause: Cause) -> bool:
    return cause.alike or cause.first.code is FindingCode.DUPLICATE_KEY


def _ended(text: str) -> str:
    return text if text.endswith(ENDS) else f"{text}."


def _some(words: Sequence[str], most: int) -> str:
    """Return at most so many words, and how many more there are."""
    more = len(words) - most if len(words) > most + 1 else 0
    return and_more(words[:most] if more else words, more)


def _listed(values: Sequence[tuple[str, str | None]], most: int) -> str:
    more = len(values) - most if len(values) > most + 1 else 0
    return and_more([_value(*value) for value in (values[:most] if more else values)], more)


def _value(value: str, suggestion: str | None) -> str:
    hint = f" ({shorten(one_line(suggestion), LONGEST_VALUE)}?)" if suggestion else ""
    shown = one_line(value.replace("\r\n", "\n").replace("\n", "\u21b5"))
    return f"`{shorten(shown, LONGEST_VALUE)}`{hint}"


def _places(cause: Cause, *, several_files: bool) -> Iterator[str]:
    """Yield the rows or the cells on each sheet, and what no row of it names."""
    for (file, sheet), cells in cause.cells.items():
        title = one_line(f"{file}: {sheet}" if several_files and file else sheet)
        names = _names(cause) if len(cause.cells) == 1 else ()
        spots = [_spots(list(cells)), *names]
        yield " ".join(filter(None, (title, ", ".join(filter(None, spots)))))
    if len(cause.cells) > 1:
        yield from _names(cause)


def _names(cause: Cause) -> Iterator[str]:
    if cause.names:
        yield _some([f"`{clean(name)}`" for name in cause.names], SHOWN - 1)


def _spots(cells: Sequence[tuple[int, int]]) -> str:
    """Return the cells of one row, `C17, D17`, or several rows with their column, if it is one."""
    rows, columns = rows_of(cells), {column for row, column in cells if row > 0}
    if not rows:
        return ""
    if len(rows) == 1:
        spots = [spot(Place("", *cell)) for cell in sorted(cells) if cell[0] > 0]
        return _some(spots, SHOWN)
    [column] = columns if len(columns) == 1 else [0]
    return f"column {column_letter(column)}, {in_words(rows)}" if column else in_words(rows)
