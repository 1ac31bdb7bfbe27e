"""What words mean, and in which languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a word means: a thing, or an attribute of one; `languages` are those it is a word of."""

    thing: str
    attribute: str
    languages: frozenset[str]


NEUTRAL = Meaning("", "", frozenset())
"""What a word for a list means within a compound."""


def in_one_language(choices: list[tuple[Meaning, ...]]) -> list[tuple[Meaning, ...]]:
    """Return the readings whose words are all of one language, all where there are none."""
    return [chosen for chosen in choices if shared(chosen)] or choices


def shared(meanings: Sequence[Meaning]) -> frozenset[str]:
    """Return the languages that all meanings are in."""
    return frozenset.intersection(*(meaning.languages for meaning in meanings))
