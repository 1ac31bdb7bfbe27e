"""Which of the meanings of a heading its cells fit best, and the headings around it."""

from __future__ import annotations

from collections.abc import Callable, Set

from importer.proposal.concepts import Concept, Reading
from importer.proposal.data import by_word, field_list, listed
from importer.proposal.profile import Profile

MEASURES = frozenset({
    "area", "sqft", "capacity", "people", "seats", "headcount", "latitude", "longitude", "price",
    "count", "height",
})  # fmt: skip
"""Attributes whose cells are numbers."""

_AREAS = frozenset({"area", "sqft"})
"""Attributes that only their units tell apart."""

_PARTS = frozenset({"city", "postcode", "region", "country", "street"})
"""Parts of an address: one says that the next is one too."""


def meaning(reading: Reading, profile: Profile, around: Set[str]) -> Concept:
    """Return which of the meanings of a heading its cells fit best, and those around it."""
    named = reading.unit
    if named in _AREAS:
        measured = (each for each in reading.concepts if each.attribute in _AREAS)
        for concept in measured:
            return concept._replace(attribute=named)
    if named and any(concept.attribute == named for concept in reading.concepts):
        return next(each for each in reading.concepts if each.attribute == named)
    if len(reading.concepts) < 2:
        return reading.concept
    return max(reading.concepts, key=lambda concept: _fit(concept, profile, around))


def _fit(concept: Concept, profile: Profile, around: Set[str]) -> float:
    """Return how well a meaning fits the cells, and the headings and names around it."""
    beside = field_list()["beside"].get(concept.thing, ())
    more = 0.0 if not concept.thing else 0.05 if around & set(beside) else -0.05
    return more + _cells_fit(concept.attribute, profile, around)


def _cells_fit(attribute: str, profile: Profile, around: Set[str]) -> float:
    """Return how well cells fit what a heading may say; about .7 where they do not tell."""
    if attribute in MEASURES:
        return profile.numbers if profile.filled else 0.5
    if attribute == "country" and profile.filled:
        return 0.95 if profile.share_of(by_word("zones").keys()) >= 0.5 else 0.6
    if attribute in _PARTS or attribute == "address":
        return 0.75 + (0.2 if around & (_PARTS - {attribute}) else -0.2)
    if attribute in _FITS:
        return _FITS[attribute](profile)
    return 0.7 - 0.6 * profile.share("number", "date", "url")


def _few(profile: Profile) -> float:
    return 0.8 if profile.repeats and profile.distinct <= 12 else 0.5


def _code(profile: Profile) -> float:
    return 0.75 if profile.share("code", "integer") >= 0.6 and profile.unique >= 0.9 else 0.5


def _unit(profile: Profile) -> float:
    if profile.share_of(by_word("units").keys() | listed("unit_signs")) >= 0.5:
        return 0.9
    return 0.68 if profile.unique < 0.9 else 0.5


_FITS: dict[str, Callable[[Profile], float]] = {
    "url": lambda profile: profile.share("url"),
    "date": lambda profile: profile.share("date"),
    "code": _code,
    "status": _few,
    "frequency": lambda profile: 0.9 if profile.yes_no >= 0.6 or profile.repeats else 0.6,
    "type": lambda profile: 0.75 if profile.repeats else 0.5,
    "definition": lambda profile: 0.8 if profile.share("sentence") >= 0.5 else 0.6,
    "purpose": lambda profile: 0.8 if profile.share("sentence") >= 0.5 else 0.5,
    "abbreviation": lambda profile: 0.9 if profile.share("acronym") >= 0.5 else 0.65,
    "unit": _unit,
    "features": lambda profile: 0.75 if profile.unique < 0.9 else 0.6,
}
"""How well cells fit an attribute whose words mean something else too."""
