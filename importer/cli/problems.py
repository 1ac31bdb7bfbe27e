"""The lines about what is wrong: two for each cause, with its values and its places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from importer.finding_codes import FindingCode
from importer.model import Finding, Place, column_letter
from importer.pipeline.grouping import (
    OF_HEADINGS,
    Group,
    group,
    rows_of,
)
from importer.report.wording import (
    ENDS,
    clean,
    column_name,
    one_line,
    plural,
    sentence,
    shorten,
    spot,
)
from importer.row_ranges import SHOWN, and_more, in_words

LIMIT = 20
LONGEST, LONGEST_VALUE, MOST_VALUES, MOST_HEADINGS = 400, 40, 8, 3

OTHERS = "(and others like it)"

_HERE_AND = re.compile(r"here and in row \d+(?=:)")


def problem_lines(findings: Sequence[Finding], limit: int = LIMIT) -> list[str]:
    """Return two lines for each of `limit` causes: how many rows and what is wrong, then where."""
    groups = group(findings)
    several = len({file for one in groups for file, _ in one.cells}) > 1
    lines = [line for one in groups[:limit] for line in _described(one, several_files=several)]
    if len(groups) > limit:
        lines.append(f"and {plural(len(groups) - limit, 'more cause')}")
    return lines


def _described(one: Group, *, several_files: bool) -> list[str]:
    counted = one.rows and one.first.code not in OF_HEADINGS
    how_many = f"{plural(one.rows, 'row')}: " if counted else ""
    where = "; ".join(_places(one, several_files=several_files))
    return [f"{one.first.severity}: {how_many}{_said(one)}", f"    {where}"]


def _said(one: Group) -> str:
    """Return what is wrong, in a sentence for all of its findings."""
    if one.first.code is FindingCode.UNKNOWN_HEADING and len(one.values) > 1:
        named = _listed(list(one.values), MOST_VALUES * 3)
        return f"{len(one.values)} headings are not known; their columns are not imported: {named}."
    text = shorten(one_line(_sentence(one)), LONGEST)
    others = [value for value in one.values if value != (one.first.value, one.first.suggestion)]
    if others:
        return f"{text} Likewise {_listed(others, MOST_VALUES)}."
    return text if one.alike or one.first.code is FindingCode.DUPLICATE_KEY else f"{text} {OTHERS}"


def _sentence(one: Group) -> str:
    """Return the sentence of the first finding, with all headings and rows that it is true of."""
    text = sentence(one.first)
    if one.first.code in OF_HEADINGS:
        text = clean(one.first.message)
    elif len(one.headings) > 1 and text.startswith(own := column_name(one.first.place)):
        text = f"{_some(list(map(clean, one.headings)), MOST_HEADINGS)}{text.removeprefix(own)}"
    if one.first.code is FindingCode.DUPLICATE_KEY and len(one.values) == len(one.cells) == 1:
        [cells] = one.cells.values()
        text = _HERE_AND.sub(f"in {in_words(rows_of(cells))}", text)
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
    return f"`{shorten(one_line(value), LONGEST_VALUE)}`{hint}"


def _places(one: Group, *, several_files: bool) -> Iterator[str]:
    """Yield the rows or the cells on each sheet, and what no row of it names."""
    for (file, sheet), cells in one.cells.items():
        title = one_line(f"{file}: {sheet}" if several_files and file else sheet)
        spots = (
            [_spots(list(cells)), *_names(one)] if len(one.cells) == 1 else [_spots(list(cells))]
        )
        yield " ".join(filter(None, (title, ", ".join(filter(None, spots)))))
    if len(one.cells) > 1:
        yield from _names(one)


def _names(one: Group) -> Iterator[str]:
    if one.names:
        yield _some([f"`{clean(name)}`" for name in one.names], SHOWN - 1)


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
