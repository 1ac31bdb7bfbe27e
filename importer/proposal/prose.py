"""What counts of the words of a long heading: its phrases, and what it says first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.proposal.meanings import shared
from importer.proposal.words import Segment

PARTLY = 0.9
"""How much less sure the part of a heading is than all of it."""

WEAK = ("code", "name", "count", "type", "source", "note", "date", "description")
"""Attributes that say little beside another one, the weakest first."""

_HEAD_LAST = frozenset({"fi", "hu", "tr", "ja", "zh", "ko"})
"""Languages whose sentences end with what they are about."""

_PHRASE = 3
"""So many words that belong together are a phrase."""

_SINGLE = 0.5
"""How surely a long heading means what its only known word does."""


def of_prose(known: list[Segment], share: float) -> tuple[list[Segment], float]:
    """Return the segments of a long heading that count, and how surely.

    A phrase says more than the words around it, and a single word all there is. A person named
    behind other things is who does them.
    """
    phrases = [each for each in known if each.size >= _PHRASE and _says_something(each)][:1]
    if phrases:
        return phrases, max(share, PARTLY)
    first = [segment for segment in known if not _is_of_a_person(segment)][:1]
    if first == known[:1]:
        known = [segment for segment in known if not _is_of_a_person(segment)]
    known = list(_up_to_the_first(known))
    says = len(known) == 1 and _says_something(known[0])
    return known, max(share, _SINGLE) if says else share


def _says_something(segment: Segment) -> bool:
    """Return whether words say something of a thing, and do not only name one."""
    return all(meaning.attribute for meaning in segment.meanings)


def _up_to_the_first(known: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments, of those that say most only the first: `Date of the last definition`.

    In a language whose sentences end with what they are about, all count.
    """
    found = False
    for segment in known:
        attributes = {meaning.attribute for meaning in segment.meanings}
        strong = attributes.isdisjoint({"", *WEAK[:4]})
        if not (found and strong):
            yield segment
        found |= strong and _HEAD_LAST.isdisjoint(shared(segment.meanings))


def _is_of_a_person(segment: Segment) -> bool:
    return all(meaning.thing == "person" for meaning in segment.meanings)
