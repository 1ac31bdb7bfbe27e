"""What a sheet as a whole tells of its rows: its names, its size beside others, its languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from importer.proposal.columns import Column
from importer.proposal.data import depth_of, field_list, point_list
from importer.proposal.forms import form_of
from importer.proposal.naming import Names
from importer.proposal.numbered import are_steps
from importer.proposal.points import NOTHING, Point

_KEY = re.compile(r"[a-z][\w-]*(?:[._][\w-]+)+")

_GRID = ("code", "integer", "number", "date", "time")
"""What stands above the columns of a timetable or a plan."""

_MANY = 10
"""So many cells tell whether a thing repeats."""

_REPEATING = 0.4
"""How much less a name weighs where its thing repeats in the rows."""

_FEW = 3
"""Fewer columns than these are no grid."""

_ALMOST_ALL = 0.9

_OUTLINE = 0.3
"""So many cells of an outline stand to the right."""


class Beside(Struct, frozen=True):
    """What the other sheets of a file tell of one: what they are named after, how many rows most
    have, and how much the kinds weigh that do not go with theirs.
    """

    named: frozenset[str] = frozenset()
    most_rows: int = 0
    less: Mapping[str, float] = field(default_factory=dict)


def by_sheet(names: Names, columns: Sequence[Column], beside: Beside) -> Iterator[Point]:
    """Yield the points that no single column gives."""
    yield from _by_names(names, columns, beside)
    yield from _by_size(columns, {thing for thing, _, _ in names.things}, beside)
    yield from _by_grid([column for column in columns if column.heading])
    yield from _by_numbers([column for column in columns if column.heading])
    yield from _by_languages(columns)
    yield from _by_tree(columns)


def apart(column: Column, columns: Sequence[Column]) -> float:
    """Return how well a level tells the rows apart, together with the levels around it."""
    depth = depth_of(column.concept.thing)
    outer = [c for c in columns if 0 <= depth_of(c.concept.thing) < depth and c.says("", "name")]
    return column.profile.apart_with([each.profile for each in outer])


def _by_names(names: Names, columns: Sequence[Column], beside: Beside) -> Iterator[Point]:
    for thing, weight, text in names.things if " " in names.no_data or not names.no_data else ():
        points = point_list()["names"].get(thing, {})
        for other, instead in point_list()["names_beside"].get(thing, {}).items():
            points = instead if other in beside.named else points
        less = _REPEATING if _repeats(thing, columns) else 1.0
        for kind, each in points.items():
            yield Point(kind, each * weight * less, f"its name `{text}`", "names")
    if text := names.no_data:
        yield Point(NOTHING, point_list()["no_data"], f"`{text}` is no sheet of data")


def _repeats(thing: str, columns: Sequence[Column]) -> bool:
    """Return whether what a sheet is named after repeats in it: courses in a file called rooms."""
    told = [column for column in columns if column.is_name_of(thing)]
    plain = [column for column in columns if column.concept.key in (("", "name"), ("", "code"))]
    many = any(column.profile.filled >= _MANY for column in told)
    differ = [apart(column, columns) for column in told] + [each.profile.apart for each in plain]
    return many and max(differ) <= 0.5


def _by_size(columns: Sequence[Column], named: set[str], beside: Beside) -> Iterator[Point]:
    """Yield the points of a sheet that is small beside the others, or hardly more than prose."""
    rows = max((column.profile.rows for column in columns), default=0)
    if beside.most_rows and rows <= 0.25 * beside.most_rows and not _holds_others(named, beside):
        yield Point(NOTHING, point_list()["small"], f"{rows} rows beside {beside.most_rows}")
    headed = [column for column in columns if column.heading]
    prose = any(column.profile.share("sentence") >= 0.3 for column in columns)
    if not headed and len(columns) <= 2 and prose:
        yield Point(NOTHING, point_list()["prose"], "it is prose without headings")


def _by_languages(columns: Sequence[Column]) -> Iterator[Point]:
    """Yield the points of a list in several languages: terms, or the messages of a program."""
    spoken = [c for c in columns if c.reading.language and c.says("name", "translation")]
    if len({column.reading.language for column in spoken}) < 2:
        return
    titles = ", ".join(column.title for column in spoken[:3])
    keys = [column for column in columns if column not in spoken and _holds_keys(column)]
    reason = f"{keys[0].title} holds keys of messages" if keys else f"the same in {titles}"
    for kind, points in point_list()["languages"].items():
        yield Point(NOTHING if keys else kind, points, reason)


def _holds_keys(column: Column) -> bool:
    """Return whether the cells of a column are keys of a program: `button.save`."""
    return column.profile.share_like(_KEY) >= 0.6


def _by_tree(columns: Sequence[Column]) -> Iterator[Point]:
    """Yield the points of a tree: an outline of indented cells, or steps of levels."""
    of: str = field_list()["trees"]["of"]
    for column in columns:
        may = column.concept.thing in ("", of) and column.profile.apart >= _ALMOST_ALL
        if may and column.profile.indented >= _OUTLINE:
            yield from _tree(
                f"the cells of {column.title} are indented, which names no parent here"
            )
            return
    levels = [column for column in columns if column.concept.thing == of]
    if len(levels) > 1 and are_steps([column.profile for column in levels]):
        titles = ", ".join(column.title for column in levels)
        yield from _tree(f"each row has one of {titles}")
    else:
        yield from _by_steps(columns)


def _by_steps(columns: Sequence[Column]) -> Iterator[Point]:
    """Yield the points of rows that name one step each: a building, below it floors, and rooms."""
    of, last = field_list()["trees"]["of"], field_list()["trees"]["innermost"]
    steps = [c for c in columns if depth_of(c.concept.thing) >= 0 and c.is_name_of(c.concept.thing)]
    inner = max(steps, key=lambda each: depth_of(each.concept.thing), default=None)
    if len(steps) < 2:
        steps = [column for column in columns if column.concept.thing == of]
        inner = next((column for column in columns if column.is_name_of(last)), None)
        steps += [inner] if inner else []
    if inner and len(steps) > 1 and are_steps([column.profile for column in steps]):
        titles = ", ".join(column.title for column in steps)
        for kind in point_list()["levels"].get(inner.concept.thing, {}):
            yield Point(kind, point_list()["steps"], f"each row has one of {titles}")


def _tree(reason: str) -> Iterator[Point]:
    for kind, points in point_list()["tree"].items():
        yield Point(kind, points, reason)


def _by_grid(headed: Sequence[Column]) -> Iterator[Point]:
    """Yield the points of a grid: its headings are room numbers, times or dates, not words."""
    data = [c.title for c in headed if c.concept.key == ("", "") and form_of(c.heading) in _GRID]
    if len(data) >= max(_FEW, 0.4 * len(headed)):
        reason = f"its headings are things themselves: {', '.join(data[:3])}"
        yield Point(NOTHING, point_list()["grid"], reason)


def _by_numbers(headed: Sequence[Column]) -> Iterator[Point]:
    """Yield the points of a table of figures: budgets, measured values."""
    figures = [c for c in headed if c.profile.numbers >= _ALMOST_ALL and not _is_measure(c)]
    if len(figures) >= max(_FEW, 0.4 * len(headed)):
        titles = ", ".join(column.title for column in figures[:3])
        yield Point(NOTHING, point_list()["numbers"], f"it is a table of figures: {titles}")


def _is_measure(column: Column) -> bool:
    """Return whether a column tells a number of what a row is, or a number that tells it apart."""
    key = column.concept.key
    return key != ("", "") and not column.says("price", "date", "frequency", "note")


def _holds_others(named: set[str], beside: Beside) -> bool:
    """Return whether a sheet is named after what holds the rows of others: few buildings, many
    rooms.
    """
    inside: Mapping[str, Sequence[str]] = point_list()["holds"]
    return any(not beside.named.isdisjoint(inside.get(thing, ())) for thing in named)
