"""Reads words of other languages as the choices of a column: `freigegeben` is VERIFIED."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from importer.mapping.conversion.scalars import fold_word
from importer.mapping.conversion.values import shown
from importer.suggest import Speller, listed
from importer.template import fold
from importer.template.patterns import Pattern, compiled
from importer.template.words import Index
from importer.yes_no import yes_or_no

_MOST = 12
"""How many words the finding on a column lists."""

LIKE = 0.75
"""How alike a word must be to be suggested: there are many, so that one of them is always near."""

_ROOM = 280
"""How many characters they may take: a finding is cut off where it is longer than about this."""


class ChoiceWords:
    """The words for the choices of one column, and those of them that were read.

    A word for yes or no is taken too, where these are the choices, and not counted: nobody doubts
    what it means. `extract` is the pattern of the part of a cell that is read. `listed` gives the
    words for a choice as people write them.
    """

    def __init__(
        self,
        choices: Iterable[Any],
        words: Callable[[], Index] = dict,
        extract: str = "",
        listed: Callable[[str], Sequence[str]] = lambda _: (),
    ) -> None:
        self._choices = {fold_word(str(choice)): choice for choice in choices}
        self._truths = {choice for choice in self._choices.values() if isinstance(choice, bool)}
        self._words = words
        self._listed = listed
        self._speller: Speller | None = None
        self._pattern: Pattern | None = compiled(extract) if extract else None
        self._read: dict[str, tuple[str, Any]] = {}
        self._rows: Counter[str] = Counter()

    def meant(self, text: str) -> Any:
        """Return the choice that a text means, None where it means none."""
        if not self._choices:
            return None
        if (said := yes_or_no(text)) in self._truths:
            return said
        senses = self._words().get(fold(text), ())
        known = (self._choices.get(fold_word(sense.name)) for sense in senses)
        choice = next((choice for choice in known if choice is not None), None)
        if choice is not None:
            self._read.setdefault(fold(text), (text.strip(), choice))
        return choice

    def near(self, text: str) -> str | None:
        """Return the word for a choice that a text is most like, None where it is like none."""
        if self._speller is None:
            found = (word for one in self._choices.values() for word in self._listed(str(one)))
            self._speller = Speller(found, LIKE, fold=fold)
        return self._speller.nearest(text.strip())

    def count(self, cells: Iterable[Any]) -> None:
        """Count the cells with words that were read."""
        if self._read:
            for cell, rows in Counter(cells).items():
                if (word := fold(self._part(shown(cell).strip()))) in self._read:
                    self._rows[word] += rows

    def _part(self, text: str) -> str:
        match = self._pattern.fullmatch(text) if self._pattern else None
        return (match.group(1) or "").strip() if match else text

    def said(self) -> str:
        """Return what was read as what, blank where nothing was."""
        pairs = []
        for word, rows in self._rows.most_common():
            text, choice = self._read[word]
            pairs.append(f"`{text}` -> {choice} ({rows:,} row{'s' * (rows != 1)})")
        lengths = accumulate(len(pair) + len(", ") for pair in pairs)
        most = sum(length <= _ROOM for length in lengths)
        return listed(pairs, min(most, _MOST) or 1, quote="")
