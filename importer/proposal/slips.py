"""Finds the heading of a template that a heading is a slip of the pen for: `Descripton`."""

from __future__ import annotations

from collections.abc import Collection

from importer.suggest import Speller, is_slip, likeness

_SHORTEST = 4
"""A shorter word with another letter is another word."""

_MOST_ALIKE = 0.7
"""Less alike words are not looked at; of those, only a slip counts."""

_OTHER_LETTERS, _EACH = 2, 4
"""So many letters a slip may leave out, add or change, and no more than one of so many."""


def slip_for(heading: str, names: Collection[str]) -> str:
    """Return the name that a heading, folded, is a slip for, nothing where it is for none.

    Another number is no slip: `Address 2` is not `Address`.
    """
    if len(heading) < _SHORTEST:
        return ""
    alike = [name for name in names if _same_but_letters(heading, name)]
    near = Speller(alike, _MOST_ALIKE).nearest(heading)
    return near if near and is_slip(heading, near) else ""


def _same_but_letters(heading: str, name: str) -> bool:
    """Return whether two headings have the same numbers, and hardly other letters."""
    shared = likeness(heading, name) * (len(heading) + len(name)) / 2
    other = max(len(heading), len(name)) - round(shared)
    few = other <= min(_OTHER_LETTERS, len(name) // _EACH)
    return few and _digits(heading) == _digits(name)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
