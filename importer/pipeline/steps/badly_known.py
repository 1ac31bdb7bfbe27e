"""What a template takes a sheet for, and whether it knows it badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from importer.mapping.recognition.evidence import Candidate


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet and what a template takes it for; `lacks` says which columns it needs and lacks.

    A column that is only misspelt is not lacking.
    """

    file: str
    name: str
    candidate: Candidate
    lacks: Sequence[str]

    @property
    def badly(self) -> bool:
        """Return whether the template lacks a required column, or knows few of the headings."""
        return bool(self.lacks) or not self.candidate.mostly_known

    @property
    def in_our_words(self) -> bool:
        """Return whether most headings are spelt as in the template: a person filled it in."""
        return 2 * self.candidate.spelt > self.candidate.columns
