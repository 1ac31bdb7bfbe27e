"""What a template takes a sheet for, and whether it knows it badly."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from importer.mapping.recognition.evidence import Candidate

_SEVERAL = 2
"""Fewer unknown headings are columns of the user's own."""


class Known(Struct, frozen=True):
    """A sheet and what a template takes it for; `lacks` says which columns it needs and lacks.

    A column that is only misspelt is not lacking. `misspelt` counts the headings that likely mean
    one of the template's.
    """

    file: str
    name: str
    candidate: Candidate
    lacks: Sequence[str]
    misspelt: int = 0

    @property
    def badly(self) -> bool:
        """Return whether the template lacks a required column, or knows few of the headings."""
        return bool(self.lacks) or not self.mostly_known

    @property
    def mostly_known(self) -> bool:
        """Return whether at least half of the headings are known, or misspelt."""
        one = self.candidate
        return one.mostly_known or 2 * (len(one.known) + self.misspelt) >= one.columns

    @property
    def doubtful(self) -> bool:
        """Return whether so many headings are unknown that the list may be about something else.

        Rooms stand in timetables and in lists of staff too. A sheet named after its kind is meant.
        """
        one, strange = self.candidate, self._strange
        said = one.named or one.told or one.given
        return not said and strange >= _SEVERAL and 3 * strange >= one.columns

    @property
    def _strange(self) -> int:
        """Return how many headings are neither known nor misspelt."""
        return self.candidate.columns - len(self.candidate.known) - self.misspelt

    @property
    def by_its_name_alone(self) -> bool:
        """Return whether a name in the singular makes it of its kind, in words that are not ours.

        `glossar.csv` may be a list of glossaries, or the words of one.
        """
        one = self.candidate
        by_name = one.named and one.singular and not one.given
        return by_name and not self.in_our_words and len(one.known) < one.columns

    @property
    def in_our_words(self) -> bool:
        """Return whether most headings are the template's, if misspelt: a person filled it in."""
        return 2 * (self.candidate.spelt + self.misspelt) > self.candidate.columns
