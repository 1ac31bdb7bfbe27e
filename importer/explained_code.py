"""A code that a program reads, with its meaning for people."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class ExplainedCode(StrEnum):
    """A closed list of codes; `meaning` explains each in data/reference.md."""

    meaning: str

    def __new__(cls, code: str, meaning: str = "") -> Self:
        """Make a member of the code and its meaning."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member
