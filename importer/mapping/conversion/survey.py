"""Looks at all texts of a column, where one of them alone may mean two things.

The sheet is read once more for it, and only where there is such a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from msgspec import Struct, field

from importer.model import Cell
from importer.template.patterns import Pattern, compiled


class Witness(Protocol):
    """What learns from the texts of a column."""

    def take(self, text: str) -> None:
        """Note what a text of the column shows."""
        ...


class Survey(Struct):
    """The survey of one sheet; `chunks` reads its cells from the first row on, by columns."""

    chunks: Callable[[], Iterable[Sequence[Sequence[Cell]]]] | None = None
    _watched: list[tuple[int, Pattern | None, Witness]] = field(default_factory=list)
    _is_read: bool = False

    def watch(self, column: int, pattern: Pattern | None, witness: Witness) -> None:
        """Show the texts of a column (0-based) to a witness, or the parts that fit a pattern."""
        self._watched.append((column, pattern, witness))

    def read(self) -> bool:
        """Show all texts to the witnesses, once; return whether they could be read."""
        if self.chunks and not self._is_read:
            self._is_read = True
            for cells in self.chunks():
                self._show(cells)
        return self._is_read

    def _show(self, cells: Sequence[Sequence[Cell]]) -> None:
        for column, pattern, witness in self._watched:
            distinct = set(cells[column]) if column < len(cells) else ()
            for text in sorted(cell for cell in distinct if isinstance(cell, str)):
                match = pattern.fullmatch(text.strip()) if pattern else None
                witness.take(match.group(1) or "" if match else text)


class ColumnTexts(Struct, frozen=True):
    """The texts of one column of a survey; without a column, each text stands for itself."""

    survey: Survey = field(default_factory=Survey)
    column: int | None = None
    extract: str = ""

    def watch(self, witness: Witness) -> None:
        """Show the texts to a witness."""
        if self.column is not None:
            pattern = compiled(self.extract) if self.extract else None
            self.survey.watch(self.column, pattern, witness)

    def show(self, text: str, witness: Witness) -> None:
        """Show all texts to the witness, only this one where the others cannot be read."""
        if self.column is None or not self.survey.read():
            witness.take(text)
