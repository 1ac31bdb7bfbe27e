"""The lines about what is wrong: two for each cause, with its values and its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.model import Finding, Place, column_letter
from importer.pipeline.grouping import SHOWN, Group, and_more, group, rows_of, rows_words
from importer.report.wording import ENDS, clean, one_line, plural, sentence, shorten, spot

LIMIT = 20
LONGEST, LONGEST_VALUE, MOST_VALUES, MOST_HEADINGS = 400, 40, 12, 3


def problem_lines(findings: Sequence[Finding], limit: int = LIMIT) -> list[str]:
    """Return two lines for each of `limit` causes: how many rows and what is wrong, then where."""
    groups = group(findings)
    several = len({file for one in groups for file, _ in one.cells}) > 1
    lines = [line for one in groups[:limit] for line in _described(one, several_files=several)]
    if len(groups) > limit:
        lines.append(f"and {plural(len(groups) - limit, 'more cause')}")
    return lines


def _described(one: Group, *, several_files: bool) -> list[str]:
    how_many = f"{plural(one.rows, 'row')}: " if one.rows else ""
    text = shorten(one_line(_sentence(one)), LONGEST)
    more = f" {likewise}" if (likewise := _likewise(one)) else ""
    where = "; ".join(_places(one, several_files=several_files))
    return [f"{one.first.severity}: {how_many}{text}{more}", f"    {where}"]


def _sentence(one: Group) -> str:
    """Return the sentence of the first finding, with all headings that it is true of."""
    text = sentence(one.first)
    if len(one.headings) > 1 and not _about_headings(one):
        first = clean(next(iter(one.headings)))
        named = [clean(heading) for heading in one.headings]
        more = len(named) - MOST_HEADINGS if len(named) > MOST_HEADINGS + 1 else 0
        listed = and_more(named[:MOST_HEADINGS] if more else named, more)
        text = f"{listed}{text.removeprefix(first)}" if text.startswith(first) else text
    return text if text.endswith(ENDS) else f"{text}."


def _about_headings(one: Group) -> bool:
    """Whether the findings are about headings themselves."""
    return one.first.value in one.headings


def _likewise(one: Group) -> str:
    """Return the other values of which the same is true, each with its suggestion."""
    others = list(one.values)[1:]
    if not others:
        return "" if one.alike else "(and others like it)"
    more = len(others) - MOST_VALUES if len(others) > MOST_VALUES + 1 else 0
    shown = [_value(*value) for value in (others[:MOST_VALUES] if more else others)]
    return f"Likewise {and_more(shown, more)}."


def _value(value: str, suggestion: str | None) -> str:
    hint = f" ({shorten(one_line(suggestion), LONGEST_VALUE)}?)" if suggestion else ""
    return f"`{shorten(one_line(value), LONGEST_VALUE)}`{hint}"


def _places(one: Group, *, several_files: bool) -> Iterator[str]:
    """Yield the rows or the cells on each sheet."""
    for (file, sheet), cells in one.cells.items():
        title = one_line(f"{file}: {sheet}" if several_files and file else sheet)
        yield f"{title} {_spots(list(cells))}".strip()
    if one.names:
        names = [f"`{clean(name)}`" for name in one.names]
        more = len(names) - SHOWN + 1 if len(names) > SHOWN else 0
        yield and_more(names[: SHOWN - 1] if more else names, more)


def _spots(cells: Sequence[tuple[int, int]]) -> str:
    """Return the cells of one row, `C17, D17`, or several rows with their column, if it is one."""
    rows, columns = rows_of(cells), {column for row, column in cells if row > 0}
    if not rows:
        return ""
    if len(rows) == 1:
        spots = [spot(Place("", *cell)) for cell in cells if cell[0] > 0]
        more = len(spots) - SHOWN if len(spots) > SHOWN else 0
        return and_more(spots[:SHOWN], more) if more else ", ".join(spots)
    [column] = columns if len(columns) == 1 else [0]
    return f"column {column_letter(column)}, {rows_words(rows)}" if column else rows_words(rows)
