"""How well the cells of a column fit a field: names differ, numbers are numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from importer.proposal.data import field_list, fits_of
from importer.proposal.profile import Profile
from importer.proposal.rules import KindRules
from importer.template import Column

EMPTY = 0.65
"""The fit of a column without cells: only its heading speaks."""

_NUMBERS = {"number", "integer"}

_MANY = 10
"""So many cells tell whether names repeat."""

_APART = 0.6
"""Names that differ less, even among rows with the same parents, are no names."""


_ALMOST_ALL = 0.9
"""Codes of which fewer differ do not tell the rows apart in the target."""

_REPEATED = 0.25

_BY_MACHINE = re.compile(r"\S{16,}")
"""Codes as long are made by a system."""


def fit(
    field: str,
    rules: KindRules,
    profile: Profile,
    unique: float,
    *,
    own: bool = False,
    said: bool = False,
) -> float:
    """Return how well cells fit a field, from 0 to 1.

    `unique` is the share of them that differ; `own` says that the heading names the row itself:
    then `1.01` may be a name. `said` says that it is called a name.
    """
    if not profile.filled:
        return EMPTY
    if field == rules.name:
        return _name(profile, unique, own=own, said=said)
    if field == rules.id:
        return _code(profile, unique)
    if field in field_list()["ranges"]:
        return _coordinate(profile, field_list()["ranges"][field])
    if field in fits_of():
        return _FITS[fits_of()[field]](profile)
    column = rules.columns.get(field)
    return _typed(column, profile) if column else 1.0


def _name(profile: Profile, unique: float, *, own: bool, said: bool) -> float:
    """Return how well cells name rows; those of a heading that says so may repeat."""
    full = min(1.0, 0.3 + 0.7 * profile.fill)
    decimals = 0.0 if own else profile.share("number")
    odd = decimals + profile.share("date", "url", "mail") >= 0.5 or profile.yes_no >= 0.9
    repeated = 0.35 if unique < _APART and profile.filled >= _MANY and not said else 1.0
    return (0.55 + 0.45 * unique) * full * repeated * (0.3 if odd else 1.0)


def is_code(profile: Profile) -> bool:
    """Return whether cells tell all rows apart, not only those with the same parents."""
    return profile.unique >= _ALMOST_ALL or profile.share("path", "url") >= 0.5


def _code(profile: Profile, unique: float) -> float:
    """Return how well cells are codes; long ones that no person writes a little better."""
    long = 1.05 if profile.share_like(_BY_MACHINE) >= _ALMOST_ALL else 1.0
    repeated = 1.0 if is_code(profile) else _REPEATED
    return (0.5 + 0.5 * unique) * repeated * _no_prose(profile) * long


def _no_prose(profile: Profile) -> float:
    return 0.3 if profile.share("sentence", "date", "url") >= 0.5 else 1.0


def _coordinate(profile: Profile, most: float) -> float:
    if profile.numbers + profile.share("code", "text") < 0.6:
        return 0.25
    inside = profile.least is None or (profile.least >= -most and (profile.most or 0) <= most)
    return 1.0 if inside else 0.1


def _typed(column: Column, profile: Profile) -> float:
    """Return how well cells fit the type that the template gives a field."""
    if column.type in _NUMBERS:
        return 1.0 if profile.numbers >= 0.6 else 0.25 + 0.5 * profile.numbers
    if column.type == "url":
        return 1.0 if profile.share("url", "path") >= 0.5 else 0.3
    if column.type == "date":
        return 1.0 if profile.share("date") >= 0.5 else 0.3
    if column.type == "json":
        return 0.3
    return 1.0


def _text(profile: Profile) -> float:
    same = profile.filled >= _MANY and profile.distinct <= 3
    return 0.4 if same or profile.share("integer", "number", "date", "url") >= 0.7 else 1.0


def _owners(profile: Profile) -> float:
    one = profile.distinct == 1 and profile.share("acronym", "code", "path") >= 0.7
    return min(_text(profile), 0.25 if one and profile.filled >= _MANY else 1.0)


def _parent(profile: Profile) -> float:
    return 0.3 if profile.share("date", "url", "sentence", "mail") >= 0.6 else 1.0


def _hour(profile: Profile) -> float:
    return 1.0 if profile.share("time", "number", "integer") >= 0.5 else 0.5


def _answer(profile: Profile) -> float:
    return 1.0 if profile.yes_no >= 0.6 else 0.8 if profile.distinct <= 3 else 0.3


def _zone(profile: Profile) -> float:
    return 1.0 if profile.share("zone") >= 0.5 else 0.6


def _tags(profile: Profile) -> float:
    return 0.25 if profile.yes_no >= 0.9 else 1.0


def _guid(profile: Profile) -> float:
    return 1.0 if profile.share("guid") >= 0.8 else 0.1


def _status(profile: Profile) -> float:
    if profile.yes_no >= 0.6:
        return 0.1
    if profile.share("sentence", "date", "number") >= 0.6:
        return 0.3
    return 0.5 if profile.filled >= _MANY and profile.unique >= _ALMOST_ALL else 1.0


def _path(profile: Profile) -> float:
    return 1.0 if profile.share("path", "url", "guid", "code") >= 0.5 else 0.35


_FITS: dict[str, Callable[[Profile], float]] = {
    "text": _text, "owners": _owners, "parent": _parent, "hour": _hour, "status": _status,
    "answer": _answer, "zone": _zone, "guid": _guid, "tags": _tags, "path": _path,
}  # fmt: skip
"""How what a field holds is judged, by the names in fields.json."""
