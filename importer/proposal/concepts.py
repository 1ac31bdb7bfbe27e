"""What a heading says: the thing it names and what it says of it, and how surely.

What a heading may mean in several ways is left to the cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from importer.proposal.data import depth_of
from importer.proposal.main_part import before_clause, parts, unmarked
from importer.proposal.meanings import Meaning, in_one_language, shared
from importer.proposal.normalize import Words, words_of, written_out
from importer.proposal.prose import PARTLY, WEAK, of_prose
from importer.proposal.vocabulary import vocabulary
from importer.proposal.words import PROSE, Segment

ONLY_A_LANGUAGE = 0.7
"""How surely a heading that only names a language is a name in it."""

_WELL = 0.7
"""A heading of which so much is understood is not looked at in parts."""

_HEAD = 0.5
"""What stands before a clause counts if so much of it is understood."""

_OF_PEOPLE = frozenset({"capacity", "seats", "headcount", "people", "count"})
"""What counts people: `Personenkapazität` says nothing of a person."""

_OF_TYPES = frozenset({"type", "code", "name", "description"})
"""What is said of a type: `Use description` says what the type is, not what the row is."""

_OF_A_THING = frozenset({"name", "code"})
"""What brackets say of the thing before them."""

_MOST = 24
"""So many readings of a heading are told apart."""


class Concept(NamedTuple):
    """A thing, and what a heading says of it; each may be empty."""

    thing: str = ""
    attribute: str = ""
    languages: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, str]:
        """Return the thing and the attribute."""
        return self.thing, self.attribute


class Reading(Struct, frozen=True):
    """All that a heading may mean, the likeliest first, and the share of its words known.

    `language` is the one that its end names, `unit` what stands in its brackets;
    `grouped` says that what stands above it tells what it means.
    """

    heading: str
    concepts: tuple[Concept, ...] = ()
    confidence: float = 0.0
    language: str = ""
    unit: str = ""
    grouped: bool = False

    @property
    def concept(self) -> Concept:
        """Return what it most likely means."""
        return self.concepts[0] if self.concepts else Concept()


@lru_cache(maxsize=20_000)
def reading(heading: str, spoken: frozenset[str] = frozenset()) -> Reading:
    """Return what a heading may mean in some languages, where none are given in any.

    Where a part of it says more, as of one with a remark, that part counts.
    """
    text = unmarked(heading)
    own = replace(_read(text, spoken), heading=heading)
    if own.unit == "percent":
        return own
    head = before_clause(text)
    if head != text and (first := _read(head, spoken)).confidence >= _HEAD and _says(first):
        return replace(first, heading=heading, confidence=PARTLY * first.confidence)
    if own.confidence >= _WELL:
        return own
    best = max(
        (_read(part, spoken) for part in parts(text)),
        key=lambda each: each.confidence,
        default=own,
    )
    if best.confidence <= own.confidence or not _says(best):
        return own
    return replace(best, heading=heading, confidence=PARTLY * best.confidence)


def _says(part: Reading) -> bool:
    """Return whether a part of a heading says enough; a person may be who does what follows."""
    return bool(part.concepts) and part.concept.thing != "person"


def _read(heading: str, spoken: frozenset[str]) -> Reading:
    """Return what a text may mean as a whole."""
    words = words_of(heading)
    if words.language and not words.tokens:
        concepts = (Concept("", "name", frozenset({words.language})),)
        return Reading(heading, concepts, ONLY_A_LANGUAGE, words.language)
    if words.unit == "percent":
        return Reading(heading, unit=words.unit)
    found, confidence = _best(words, spoken)
    inner = list(vocabulary().segments(words.inner, spoken))
    if inner and all(segment.meanings for segment in inner):
        found = _joined(found, _concepts(inner)[0])
    return Reading(heading, tuple(found), confidence, words.language, words.unit)


def _joined(outer: dict[Concept, None], inner: dict[Concept, None]) -> dict[Concept, None]:
    """Return what a heading and its brackets mean: `Building (name)` is a building's name."""
    if any(concept.attribute for concept in outer):
        return outer | inner
    said = [each.attribute for each in inner if not each.thing and each.attribute in _OF_A_THING]
    both = (each._replace(attribute=word) for word in said for each in outer if each.thing)
    return dict.fromkeys(both) or outer | inner


def things_in(text: str) -> frozenset[str]:
    """Return all things that the words of a text name: both of `Risk glossary`."""
    segments = vocabulary().segments(words_of(text).tokens)
    return frozenset(meaning.thing for segment in segments for meaning in segment.meanings)


def _best(words: Words, spoken: frozenset[str]) -> tuple[dict[Concept, None], float]:
    """Return what words mean as they are, or written out where that says more: `RM_NBR`."""
    found = _concepts(list(vocabulary().segments(words.tokens, spoken, words.cut)))
    full = written_out(words.tokens)
    if found[1] == 1.0 or full == words.tokens:
        return found
    others = (_concepts(list(vocabulary().segments(full, each))) for each in (spoken, frozenset()))
    return max((found, *others), key=lambda each: each[1])


def _concepts(segments: Sequence[Segment]) -> tuple[dict[Concept, None], float]:
    """Return all that segments may mean together, and the share of their words known."""
    known = [segment for segment in segments if segment.meanings]
    if not known:
        return {}, 0.0
    words = sum(segment.size for segment in segments)
    share = sum(segment.size for segment in known) / words
    if words >= PROSE:
        known, share = of_prose(known, share)
    choices = islice(product(*(segment.meanings for segment in known)), _MOST)
    told = in_one_language(list(choices))
    return dict.fromkeys(map(_combined, told)), share


def _combined(meanings: tuple[Meaning, ...]) -> Concept:
    things = [meaning.thing for meaning in meanings if meaning.thing]
    attributes = [meaning.attribute for meaning in meanings if meaning.attribute]
    every = frozenset.union(*(meaning.languages for meaning in meanings))
    languages = shared(meanings) or every
    if "person" in things and (counted := _OF_PEOPLE.intersection(attributes)):
        return Concept("", next(iter(counted)).replace("count", "people"), languages)
    return Concept(_thing(things), _attribute(attributes), languages)


def _thing(things: Sequence[str]) -> str:
    """Return the innermost of several things: a room of a building is a room."""
    if "person" in things:
        return "person"
    return max(things, key=lambda thing: max(depth_of(thing), 0), default="")


def _attribute(attributes: Sequence[str]) -> str:
    """Return the attribute that says most: `parent` before all, a name or a code last."""
    if "parent" in attributes:
        return "type" if "type" in attributes else "parent"
    if set(attributes) == {"name", "url"}:
        return "name"
    if "type" in attributes and {*attributes} <= _OF_TYPES:
        return "typecode" if "code" in attributes else "type"
    strong = [attribute for attribute in attributes if attribute not in WEAK]
    if strong:
        return strong[-1]
    return max(attributes, key=WEAK.index, default="")
