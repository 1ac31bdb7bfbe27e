"""Columns that count the levels of a tree: `Level 1`, `Level 2`, or `Topic L1`, `Topic L2`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from importer.proposal.concepts import Concept, Reading, reading
from importer.proposal.data import field_list
from importer.proposal.main_part import unmarked
from importer.proposal.normalize import words_of
from importer.proposal.profile import Profile

_ALMOST_ALL = 0.9
"""So many rows of steps are of one level."""

_MOST_SURE = 3
"""So many words that only say what is inside what are levels."""

_APART = re.compile(r"\d+|[^\W\d]+")


def tree_levels(
    readings: Sequence[Reading], profiles: Sequence[Profile]
) -> Iterator[tuple[int, Concept]]:
    """Yield the place and the meaning of each column that is a level of a tree of categories.

    The last one names the row, the one before it its parent.
    """
    numbered = [(at, *_ranked(each.heading)) for at, each in enumerate(readings)]
    for word, group in groupby(numbered, key=lambda each: each[1]):
        members = list(group)
        places = [at for at, _, _ in members]
        numbers = [number for _, _, number in members]
        if (
            word
            and (_counts(numbers) or _ranks(numbers, word))
            and _is_tree(places, readings, profiles)
        ):
            yield from zip(places, _meanings(len(places)), strict=True)


def _numbered(heading: str) -> tuple[str, int]:
    """Return the words of a heading and its only number; no words where it has none."""
    tokens = _APART.findall(" ".join(words_of(unmarked(heading)).tokens))
    numbers = [int(token) for token in tokens if token.isascii() and token.isdecimal()]
    words = " ".join(token for token in tokens if not token.isdecimal())
    return (words, numbers[0]) if len(numbers) == 1 else ("", 0)


def _ranked(heading: str) -> tuple[str, int]:
    """Return the words of a heading and its number, or how far in a word says that it is."""
    word, number = _numbered(heading)
    if word:
        return word, number
    trees, text = field_list()["trees"], " ".join(words_of(unmarked(heading)).tokens)
    for outer in trees["outer"]:
        if text.startswith(outer) and text != outer:
            return f"/{text.removeprefix(outer)}", -1
    depth = 0
    while inner := next((each for each in trees["inner"] if text.startswith(each)), ""):
        text, depth = text.removeprefix(inner).strip(), depth + 1
    return (f"/{text}", depth) if text else ("", 0)


def _ranks(numbers: Sequence[int], word: str) -> bool:
    """Return whether three words or more are one inside the other: `Unit`, `Subunit`..."""
    inward = all(one < other for one, other in pairwise(numbers))
    return word.startswith("/") and len(numbers) >= _MOST_SURE and inward


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
    words = {readings[at].concept for at in places if not is_bare(readings[at].heading)}
    said = ("", "name") if _numbered(readings[places[0]].heading)[0] else ("", "name", "parent")
    counts = [profiles[at].distinct for at in places]
    return (
        all(each.thing in trees["named"] and each.attribute in said for each in words)
        and others.isdisjoint(field_list()["depth"])
        and (counts == sorted(counts) or are_steps([profiles[at] for at in places]))
        and all(profiles[at].texts >= 0.6 for at in places)
    )


def is_bare(heading: str) -> bool:
    """Return whether a heading is nothing but a sign for a level, and its number: `L1`."""
    return _numbered(heading)[0] in field_list()["trees"]["bare"]


def name_levels(headings: Sequence[str]) -> bool:
    """Return whether three headings or more count levels: `Level 1`, `Level 2`, `Level 3`."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for heading in headings:
        word, number = _numbered(heading)
        if word and (is_bare(heading) or reading(heading).concept.thing in _named()):
            found[word].append(number)
    return any(len(each) >= _MOST_SURE and _counts(each) for each in found.values())


def _named() -> Sequence[str]:
    named: Sequence[str] = field_list()["trees"]["named"]
    return named


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
