"""The columns of a list: the heading, what it means by its words and its cells, the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from importer.model import column_letter
from importer.proposal.cells import Row, Texts
from importer.proposal.concepts import Concept, Reading, in_languages
from importer.proposal.data import by_word, field_list, listed
from importer.proposal.numbered import tree_levels
from importer.proposal.profile import EXAMINED, Profile, profile_of

LONGEST = 60
"""So many characters of a heading are named in a reason."""

MEASURES = frozenset({
    "area", "sqft", "capacity", "people", "seats", "headcount", "latitude", "longitude", "price",
    "count", "height",
})  # fmt: skip
"""Attributes whose cells are numbers."""

_AREAS = frozenset({"area", "sqft"})
"""Attributes that only their units tell apart."""

_OF_A_GROUP = frozenset({"name", "code", "type", "description", "note"})
"""What is said of the thing whose name stands above several headings."""

_PARTS = frozenset({"city", "postcode", "region", "country", "street"})
"""Parts of an address: one says that the next is one too."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list, counted from 0; `heading` is empty where it has none."""

    index: int
    heading: str
    reading: Reading
    concept: Concept
    profile: Profile

    @property
    def letter(self) -> str:
        """Return the letters that the spreadsheet shows above it."""
        return column_letter(self.index + 1)

    @property
    def confidence(self) -> float:
        """Return how much of its heading is understood."""
        return self.reading.confidence

    @property
    def title(self) -> str:
        """Return how it is named in a reason."""
        cut = self.heading if len(self.heading) <= LONGEST else f"{self.heading[:LONGEST]}…"
        return f"`{cut}`" if cut else f"Column {self.letter}"

    def says(self, *attributes: str) -> bool:
        """Return whether its heading says one of these of something."""
        return self.concept.attribute in attributes

    def is_name_of(self, thing: str) -> bool:
        """Return whether its heading names a thing, by its name or its code."""
        return self.concept.thing == thing and self.says("", "name", "code")


def columns_of(
    headings: Texts, rows: Sequence[Row], named: Set[str] = frozenset(), groups: Texts = ()
) -> list[Column]:
    """Return the columns that have a heading or a filled cell.

    `named` are the things that the sheet is named after, `groups` what stands above the headings.
    """
    readings = in_languages(headings)
    if any(groups):
        readings = list(map(_grouped, readings, in_languages(groups)))
    examined = min(EXAMINED, max(50, 50 * EXAMINED // max(len(headings), 1)))
    profiles = [profile_of(rows, at, examined) for at in range(len(headings))]
    said = Counter(word for each in readings for word in each.concept.key)
    around = [_around(each, said) | named for each in readings]
    chosen = list(map(_chosen, readings, profiles, around))
    chosen = [_after(chosen[at - 1] if at else Concept(), each) for at, each in enumerate(chosen)]
    for at, concept in tree_levels(readings, profiles):
        chosen[at] = concept
    parts = zip(range(len(headings)), headings, readings, chosen, profiles, strict=True)
    columns = [Column(*each) for each in parts]
    return [column for column in columns if column.heading or column.profile.filled]


def _after(before: Concept, own: Concept) -> Concept:
    """Return what a heading means behind another: a number behind a street is the house's."""
    follows = before.attribute == "street" and own.key == ("", "code")
    return own._replace(attribute="street") if follows else own


def _grouped(own: Reading, group: Reading) -> Reading:
    """Return what a heading means below that of a group: `Name` below `Room` is a room's name."""
    thing, said = group.concept.thing, own.concept
    if not thing or said.thing or said.attribute not in _OF_A_GROUP:
        return own
    return replace(own, concepts=(said._replace(thing=thing),))


def _around(own: Reading, said: Counter[str]) -> set[str]:
    """Return the things and attributes that the other headings name."""
    alone = {word for word in own.concept.key if said[word] == 1}
    return set(said) - alone


def _chosen(reading: Reading, profile: Profile, around: Set[str]) -> Concept:
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
    "type": lambda profile: 0.75 if profile.repeats else 0.5,
    "definition": lambda profile: 0.8 if profile.share("sentence") >= 0.5 else 0.6,
    "purpose": lambda profile: 0.8 if profile.share("sentence") >= 0.5 else 0.5,
    "abbreviation": lambda profile: 0.9 if profile.share("acronym") >= 0.5 else 0.65,
    "unit": _unit,
    "features": lambda profile: 0.75 if profile.unique < 0.9 else 0.6,
}
"""How well cells fit an attribute whose words mean something else too."""
