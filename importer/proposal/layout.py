"""How cells are written: what parts lists, decimals and thousands, days and months."""

from __future__ import annotations

import re
from collections.abc import Sequence

from importer.proposal.asks import day_first
from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.profile import Profile, separator_of
from importer.proposal.proposal import ColumnProposal

_COMMA = re.compile(r"[-+]?\d+(?:[. ]\d{3})*,\d{1,2}|[-+]?\d{1,3}(?:\.\d{3})+,\d+")
_POINT = re.compile(r"[-+]?\d+(?:[, ]\d{3})*\.\d{1,2}|[-+]?\d{1,3}(?:,\d{3})+\.\d+")
_GROUPS = re.compile(r"[-+]?\d{1,3}(?:([.,' \u00a0\u202f])\d{3})+\b")


def separators(looks: Sequence[Column], columns: Sequence[ColumnProposal]) -> dict[str, str]:
    """Return what parts the items of each column whose field is a list."""
    profiles = {look.letter: look.profile for look in looks}
    found = {
        c.column: _separator(profiles[c.column])
        for c in columns
        if c.field in field_list()["lists"]
    }
    return {letter: sign for letter, sign in found.items() if sign}


def forms(
    looks: Sequence[Column], columns: Sequence[ColumnProposal], days_first: bool | None = None
) -> dict[str, str]:
    """Return how numbers and dates are written in each column that has a field.

    `days_first` says it of dates that do not tell.
    """
    profiles = {look.letter: look.profile for look in looks}
    found = {c.column: _form(profiles[c.column], c.field, days_first) for c in columns if c.field}
    return {letter: form for letter, form in found.items() if form}


def _separator(profile: Profile) -> str:
    commas = sum("," in value for value in profile.values if value)
    return separator_of(profile) or ("," if commas >= max(1, 0.1 * profile.filled) else "")


def _form(profile: Profile, field: str | None, days_first: bool | None) -> str:
    if profile.share("date") >= 0.5:
        if any(value[:4].isdecimal() for value in profile.values if value):
            return "year first"
        told = day_first(profile.values)
        first = days_first if told is None else told
        return "" if first is None else "day first" if first else "month first"
    if field in field_list()["ranges"] and any("," in value for value in profile.values):
        return "decimal comma"
    return _number_form(profile) if profile.share("number") > 0 and profile.numbers >= 0.6 else ""


def _number_form(profile: Profile) -> str:
    commas = any(_COMMA.fullmatch(value) for value in profile.values)
    points = any(_POINT.fullmatch(value) for value in profile.values)
    if commas != points:
        return "decimal comma" if commas else "decimal point"
    groups = {m[1] for value in profile.values if (m := _GROUPS.fullmatch(value))}
    return "thousands apart" if groups and not commas else ""
