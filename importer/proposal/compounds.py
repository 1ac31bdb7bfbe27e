"""Compounds: what a word means that splits wholly into known ones, as `Zimmernummer` does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, product

from msgspec import Struct

from importer.proposal.data import listed
from importer.proposal.meanings import NEUTRAL, Meaning, in_one_language, shared
from importer.proposal.plain import is_wide

_MOST = 24
"""So many readings of a compound are told apart."""

_LINKS = ("", "s", "n", "en", "es")
"""What stands between the words of a compound."""

_SHORTEST = 3
"""A word within a compound has so many letters, unless it is written without blanks."""

_ENGLISH = "en"
"""Words of this language stand in the compounds of others: `RaumID`."""

Known = Callable[[str], tuple[Meaning, ...]]


class Compounds(Struct, frozen=True):
    """Splits words: `within` are those that compounds begin with, `last` those that end them."""

    within: Known
    last: Known

    def meanings(self, token: str) -> tuple[Meaning, ...]:
        """Return what the parts of a compound mean, where it splits wholly into words."""
        parts = self._split(token)
        return _joined(parts) if any(part != (NEUTRAL,) for part in parts) else ()

    def _split(self, token: str) -> list[tuple[Meaning, ...]]:
        shortest = 1 if is_wide(token) else _SHORTEST
        for end in range(len(token) - (shortest > 1), shortest - 1, -1):
            found = self._part(token[:end])
            rest = self._rest(token[end:], shortest) if found else []
            if rest:
                return [found, *rest]
        return []

    def _part(self, word: str) -> tuple[Meaning, ...]:
        """Return what a word means within a compound; a word for a list means nothing there."""
        if word in listed("neutral"):
            return (NEUTRAL,)
        return self.within(word)

    def _rest(self, rest: str, shortest: int) -> list[tuple[Meaning, ...]]:
        """Return the parts of what follows the first word of a compound."""
        for link in _LINKS if shortest > 1 else ("",):
            tail = rest.removeprefix(link) if rest.startswith(link) else ""
            whole = self._part(tail) or self.last(tail) if len(tail) >= min(shortest, 2) else ()
            found = [whole] if whole else self._split(tail)
            if found:
                return found
        return []


def _joined(parts: Sequence[tuple[Meaning, ...]]) -> tuple[Meaning, ...]:
    """Return what a compound means: the first thing among its parts, and the last attribute."""
    named = [part for part in parts if part != (NEUTRAL,)]
    joined = {}
    choices = [each for each in islice(product(*named), _MOST) if _belong_together(each)]
    for chosen in in_one_language(choices):
        things = [meaning.thing for meaning in chosen if meaning.thing]
        attributes = [meaning.attribute for meaning in chosen if meaning.attribute]
        both = (things or [""])[-1 if not attributes else 0], (attributes or [""])[-1]
        joined[both] = shared(chosen) or frozenset.union(*(each.languages for each in chosen))
    return tuple(Meaning(*both, languages) for both, languages in joined.items())


def _belong_together(chosen: Sequence[Meaning]) -> bool:
    """Return whether the parts are words of one language, English ones beside them."""
    own = [meaning for meaning in chosen if _ENGLISH not in meaning.languages]
    return len(own) < 2 or bool(shared(own))
