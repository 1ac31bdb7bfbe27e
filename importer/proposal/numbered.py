"""Columns that count the levels of a tree: `Level 1`, `Level 2`, or `Topic L1`, `Topic L2`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from importer.proposal.concepts import Concept, Reading
from importer.proposal.data import field_list
from importer.proposal.main_part import unmarked
from importer.proposal.normalize import words_of
from importer.proposal.profile import Profile

_ALMOST_ALL = 0.9
"""So many rows of steps are of one level."""

_APART = re.compile(r"\d+|[^\W\d]+")


def tree_levels(
    readings: Sequence[Reading], profiles: Sequence[Profile]
) -> Iterator[tuple[int, Concept]]:
    """Yield the place and the meaning of each column that is a level of a tree of categories.

    The last one names the row, the one before it its parent.
    """
    numbered = [(at, *_numbered(each.heading)) for at, each in enumerate(readings)]
    for word, group in groupby(numbered, key=lambda each: each[1]):
        members = list(group)
        places = [at for at, _, _ in members]
        numbers = [number for _, _, number in members]
        if word and _counts(numbers) and _is_tree(places, readings, profiles):
            yield from zip(places, _meanings(len(places)), strict=True)


def _numbered(heading: str) -> tuple[str, int]:
    """Return the words of a heading and its only number; no words where it has none."""
    tokens = _APART.findall(" ".join(words_of(unmarked(heading)).tokens))
    numbers = [int(token) for token in tokens if token.isascii() and token.isdecimal()]
    words = " ".join(token for token in tokens if not token.isdecimal())
    return (words, numbers[0]) if len(numbers) == 1 else ("", 0)


def _counts(numbers: Sequence[int]) -> bool:
    first = numbers[0]
    return (
        len(numbers) > 1 and first in (0, 1) and [*numbers] == [*range(first, first + len(numbers))]
    )


def _is_tree(
    places: Sequence[int], readings: Sequence[Reading], profiles: Sequence[Profile]
) -> bool:
    """Return whether columns hold texts, more of them the deeper, and no column names a place."""
    trees = field_list()["trees"]
    others = {each.concept.thing for at, each in enumerate(readings) if at not in places}
    words = {readings[at].concept for at in places}
    counts = [profiles[at].distinct for at in places]
    return (
        all(each.thing in trees["named"] and each.attribute in ("", "name") for each in words)
        and others.isdisjoint(field_list()["depth"])
        and (counts == sorted(counts) or are_steps([profiles[at] for at in places]))
        and all(profiles[at].texts >= 0.6 for at in places)
    )


def are_steps(levels: Sequence[Profile]) -> bool:
    """Return whether each row is of one level: a topic, below it its parts, one by one."""
    rows = list(zip(*(profile.values for profile in levels), strict=True))
    single = sum(sum(map(bool, row)) == 1 for row in rows)
    return bool(rows) and single >= _ALMOST_ALL * len(rows)


def _meanings(count: int) -> Iterator[Concept]:
    thing: str = field_list()["trees"]["of"]
    yield from (Concept(thing, "level") for _ in range(count - 2))
    yield Concept(thing, "parent")
    yield Concept(thing, "name")
