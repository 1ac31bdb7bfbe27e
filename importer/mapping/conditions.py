"""Conditions on a row: which words stand in the cell under a heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from importer.mapping.columns import Column
from importer.mapping.conversion.values import shown
from importer.model import Cell
from importer.template import fold
from importer.template.patterns import Pattern, compiled, is_pattern


class Condition(Struct, frozen=True):
    """Asks whether the cell of a column (0-based) holds one of some words, in any case.

    Without words it asks for any text. A word between slashes is a pattern that the whole text must
    fit; an empty word asks for a blank cell. What is `negated` asks for the opposite.
    """

    column: int
    words: frozenset[str] = frozenset()
    patterns: tuple[Pattern, ...] = ()
    negated: bool = False

    @property
    def any_text(self) -> bool:
        """Whether all that it asks for is a cell that is filled."""
        return not (self.words or self.patterns or self.negated)

    def holds(self, cell: Cell) -> bool:
        """Return whether a cell is as the condition asks."""
        text = shown(cell).strip()
        word = fold(text)
        if not (self.words or self.patterns):
            fits = bool(word)
        else:
            fits = word in self.words or any(one.fullmatch(text) for one in self.patterns)
        return fits is not self.negated

    def among(self, cells: Sequence[Column], rows: Iterable[int]) -> list[int]:
        """Return those of the rows (positions) whose cell is as the condition asks."""
        if self.column >= len(cells):
            return list(rows) if self.holds("") else []
        column = cells[self.column]
        known: dict[Cell, bool] = {}
        for cell in set(column):
            known[cell] = self.holds(cell)
        return [at for at in rows if known[column[at]]]


def conditions(
    asked: Mapping[str, Sequence[str]], first: Mapping[str, int], *, negated: bool = False
) -> list[Condition | None]:
    """Return the conditions on the columns under some headings, None for one that is absent.

    `first` maps the headings that a sheet has to their columns (0-based).
    """
    return [
        _condition(first[heading], words, negated) if heading in first else None
        for heading, words in asked.items()
    ]


def _condition(column: int, words: Sequence[str], negated: bool) -> Condition:
    patterns = [word[1:-1] for word in words if is_pattern(word)]
    plain = frozenset(fold(word) for word in words if not is_pattern(word))
    return Condition(column, plain, tuple(map(compiled, patterns)), negated)
