"""Columns of parents that are named once, above blank cells: each counts for the rows below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.profile import Profile
from importer.proposal.proposal import ColumnProposal

FEWEST = 2
"""So many parents tell that they are named once."""

MOSTLY = 0.7
"""A column that is filled more often has blank cells where there is no parent."""


def carried(looks: Sequence[Column], columns: Sequence[ColumnProposal]) -> frozenset[str]:
    """Return the letters of the columns of parents whose cells count for the blank ones below."""
    profiles = {look.letter: look.profile for look in looks}
    parents = [each for each in columns if each.field in field_list()["carried"]]
    return frozenset(_carried([each.column for each in parents], profiles))


def _carried(letters: Sequence[str], profiles: Mapping[str, Profile]) -> Iterator[str]:
    """Yield the letters of columns, outer ones first, that name a parent only where it changes."""
    for at, letter in enumerate(letters):
        outer = [profiles[one] for one in letters[:at]]
        if _is_named_once(profiles[letter], outer):
            yield letter


def _is_named_once(profile: Profile, outer: Sequence[Profile]) -> bool:
    """Return whether each cell of a column stands once, at the first of the rows that it is for.

    Where an outer parent changes the same may stand again: each building has a floor 1.
    """
    values = profile.values
    if not values or not values[0] or profile.fill > MOSTLY or profile.filled < FEWEST:
        return False
    named = [(*above, value) for *above, value in zip(*_parents(outer), values, strict=True)]
    filled = [path for path in named if path[-1]]
    return len(set(filled)) == len(filled)


def _parents(outer: Sequence[Profile]) -> Iterator[list[str]]:
    """Yield for each outer column which parent each row is in, by the last cell that is filled."""
    for profile in outer:
        parents = [""]
        for value in profile.values:
            parents.append(value or parents[-1])
        yield parents[1:]


def told(columns: Sequence[ColumnProposal], letters: frozenset[str]) -> tuple[ColumnProposal, ...]:
    """Return the columns, those that are carried with what becomes of their blank cells."""
    return tuple(
        replace(each, reason=f"{each.reason}; blank cells count as the one above")
        if each.column in letters
        else each
        for each in columns
    )
