"""The columns of a list: the heading, what it means by its words and its cells, the profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from importer.model import column_letter
from importer.proposal.cells import Row, Texts
from importer.proposal.concepts import Concept, Reading
from importer.proposal.languages import in_languages
from importer.proposal.meaning import meaning
from importer.proposal.normalize import words_of
from importer.proposal.numbered import is_bare, tree_levels
from importer.proposal.profile import EXAMINED, Profile, profile_of

LONGEST = 60
"""So many characters of a heading are named in a reason."""

_OF_A_GROUP = frozenset({"name", "code", "type", "description", "note"})
"""What is said of the thing whose name stands above several headings."""

_OF_ALL_BELOW = frozenset({"features"})
"""What all headings below it are of: `Floor` below `Finishes` is no level."""


_COUNTED = 0.9
"""So much is understood of a heading that counts levels, such as `L1`."""


class Column(Struct, frozen=True):
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
    def is_question(self) -> bool:
        """Return whether its heading is a question, as those of forms are."""
        return "?" in self.heading and bool(self.reading.concepts) and " " in self.heading

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
    chosen = list(map(meaning, readings, profiles, around))
    before = [Concept(), *chosen]
    chosen = [_after(*each) for each in zip(before, chosen, headings, strict=False)]
    for at, concept in tree_levels(readings, profiles):
        chosen[at] = concept
        if is_bare(readings[at].heading):
            readings[at] = replace(readings[at], confidence=_COUNTED)
    parts = zip(range(len(headings)), headings, readings, chosen, profiles, strict=True)
    columns = [Column(*each) for each in parts]
    return [column for column in columns if column.heading or column.profile.filled]


def _after(before: Concept, own: Concept, heading: str) -> Concept:
    """Return what a heading means behind another: a number behind a street is the house's.

    One of more words, as `Local site number`, is not.
    """
    long = len(words_of(heading).tokens) > 1
    follows = before.attribute == "street" and own.key == ("", "code") and not long
    return own._replace(attribute="street") if follows else own


def _grouped(own: Reading, group: Reading) -> Reading:
    """Return what a heading means below that of a group: `Name` below `Room` is a room's name."""
    thing, said = group.concept.thing, own.concept
    if not thing and group.concept.attribute in _OF_ALL_BELOW:
        below = (said._replace(thing="", attribute=group.concept.attribute),)
        return replace(own, concepts=below, grouped=True)
    if not thing or said.thing or said.attribute not in _OF_A_GROUP:
        return own
    return replace(own, concepts=(said._replace(thing=thing),), grouped=True)


def _around(own: Reading, said: Counter[str]) -> set[str]:
    """Return the things and attributes that the other headings name."""
    alone = {word for word in own.concept.key if said[word] == 1}
    return set(said) - alone
