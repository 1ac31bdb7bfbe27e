"""What speaks for each kind: its sheet as a whole, the headings, the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from importer.proposal.columns import Column
from importer.proposal.concepts import reading
from importer.proposal.data import depth_of, point_list
from importer.proposal.naming import Names
from importer.proposal.points import Point
from importer.proposal.profile import Profile
from importer.proposal.saying import called, meant
from importer.proposal.whole import Beside, apart, by_sheet

_HARDLY = 0.3
"""A heading of which less is understood says nothing of the rows."""

_NAMES, _MANY = 0.4, 10
"""Plain names that differ less, of so many, are not those of the rows."""

_TOLD, _INSIDE = 0.95, 0.5
"""A level that tells so many rows apart leaves so much for what is in it."""

_FEW = 3
"""Fewer cells than these do not tell whether they repeat."""


def evidence(names: Names, columns: Sequence[Column], beside: Beside) -> Iterator[Point]:
    """Yield all points of a sheet."""
    named = {thing for thing, _, _ in names.things}
    yield from by_sheet(names, columns, beside)
    innermost = _innermost(columns)
    told = any(_is_told(column, columns, named) for column in columns)
    for column in columns:
        if column.heading and 0.0 < column.confidence < _HARDLY:
            continue
        yield from _by_level(column, columns, named)
        yield from _by_heading(column, innermost, told=told)
        yield from _by_cells(column)
        yield from _by_words_in_cells(column)


def _by_level(column: Column, columns: Sequence[Column], named: set[str]) -> Iterator[Point]:
    """Yield the points of a column that names a thing, less where the rows are only in it."""
    thing = column.concept.thing
    if not column.is_name_of(thing):
        return
    parent = _is_parent(column, columns, named)
    less = point_list()["parents"] if parent else 1.0
    reason = f"{column.title} {meant(column)}; {_differ(column)}"
    for kind, points in point_list()["levels"].get(thing, {}).items():
        weight = points * (0.5 + 0.5 * apart(column, columns))
        yield Point(kind, weight * less, reason, f"level {thing}")
    inside = parent and depth_of(thing) in (-1, _innermost(columns))
    for kind, points in point_list()["inside"].get(thing, {}).items() if inside else ():
        yield Point(kind, points, f"its rows are in a {called(thing)}: {column.title}", "inside")


def _is_parent(column: Column, columns: Sequence[Column], named: set[str]) -> bool:
    """Return whether a column names what the rows are in, rather than the rows."""
    thing, profile = column.concept.thing, column.profile
    if thing not in named and any(_names_better(each, profile, named) for each in columns):
        return True
    told_apart = profile.unique >= 0.9 and profile.fill >= 0.6 and profile.filled >= _FEW
    return 0 <= depth_of(thing) < _innermost(columns) and not told_apart


def _names_better(column: Column, level: Profile, named: set[str]) -> bool:
    """Return whether a column names the rows rather than a level does.

    That is a plain name; a plain code where the sheet is named after something else; and people
    who differ more.
    """
    key, profile = column.concept.key, column.profile
    if key == ("", "name"):
        return profile.apart >= _NAMES or profile.filled < _MANY
    if key in (("", "code"), ("", "serial")):
        return bool(named) and profile.apart >= 0.95 and not profile.runs
    return column.concept.thing == "person" and profile.apart > level.apart + 0.05


def _innermost(columns: Iterable[Column]) -> int:
    """Return how deep the innermost level is that a column names."""
    things = (c.concept.thing for c in columns if c.is_name_of(c.concept.thing))
    return max(map(depth_of, things), default=-1)


def _is_told(column: Column, columns: Sequence[Column], named: set[str]) -> bool:
    """Return whether a column is the innermost level, and tells the rows apart in their parents."""
    depth = depth_of(column.concept.thing)
    return (
        0 < depth == _innermost(columns)
        and column.is_name_of(column.concept.thing)
        and column.profile.filled >= _MANY
        and apart(column, columns) >= _TOLD
        and not _is_parent(column, columns, named)
    )


def _by_heading(column: Column, innermost: int, *, told: bool) -> Iterator[Point]:
    """Yield the points of what a heading says, less where it is said of what the rows are in.

    Where a level tells the rows apart, they are hardly anything in it.
    """
    thing, attribute, _ = column.concept
    key = f"{thing}.{attribute}" if attribute else thing
    said: Mapping[str, Mapping[str, float]] = point_list()["said"]
    found = said.get(key) or said.get(f"{thing}.*") or said.get(f".{attribute}", {})
    differing = 0.4 + 0.6 * column.profile.unique if key in point_list()["differing"] else 1.0
    for kind, points in found.items():
        outside = 0 <= depth_of(kind) < innermost
        less = point_list()["parents"] if outside else differing
        less *= _INSIDE if told and depth_of(kind) > innermost else 1.0
        yield Point(kind, less * points, f"{column.title} {meant(column)}", f"said {key}")


def _by_cells(column: Column) -> Iterator[Point]:
    for rule in point_list()["cells"]:
        if _holds(column, rule):
            yield Point(rule["kind"], rule["points"], f"{column.title} {rule['reason']}")


def _by_words_in_cells(column: Column) -> Iterator[Point]:
    """Yield the points of a column of few words that say what the rows are: types of rooms."""
    words = column.profile.words
    things = [reading(word).concept.thing for word in words]
    for thing, points in point_list()["words"].items():
        if not words or column.is_name_of(thing):
            continue
        share = things.count(thing) / len(words)
        reason = f"cells of {column.title} name a {called(thing)}"
        for kind, each in points.items() if share >= 0.25 else ():
            yield Point(kind, each * share, reason, "words")


def _holds(column: Column, rule: Mapping[str, Any]) -> bool:
    """Return whether the cells of a column are as a rule says."""
    profile = column.profile
    return (
        not (rule.get("unknown") and any(column.concept.key))
        and rule.get("thing", column.concept.thing) == column.concept.thing
        and not column.says(*rule.get("not", ()))
        and profile.share(*rule.get("forms", ())) >= rule.get("share", 0.0)
        and profile.fill >= rule.get("fill", 0.0)
        and (profile.repeats or not rule.get("repeats"))
    )


def _differ(column: Column) -> str:
    return f"{column.profile.distinct} of {column.profile.filled} cells differ"
