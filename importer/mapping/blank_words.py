"""Texts that mean a blank cell, as the template says: `N/A`, `-`, `tbd`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundSheet
from importer.mapping.columns import Column
from importer.model import Cell, Cells, Finding, Severity
from importer.suggest import listed


class BlankWords:
    """The cells of a sheet that hold such a text; chunks come in order.

    A text counts in any case, with blanks around it or none.
    """

    def __init__(self, sheet: BoundSheet) -> None:
        self._sheet = sheet
        self._words = sheet.blanks
        self._found: Counter[str] = Counter()

    def clear(self, cells: list[Column]) -> None:
        """Make blank cells of them."""
        for index, words in self._words.items():
            if index < len(cells):
                cells[index] = self._cleared(cells[index], words)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding that counts them."""
        if self._found:
            counts = [f"`{text}` ({count:,})" for text, count in self._found.most_common()]
            words = f"Counted as blank: {listed(counts, quote='')}."
            place = self._sheet.place(0)
            yield Finding(FindingCode.BLANK_WORD, words, place, Severity.INFO)

    def _cleared(self, column: Column, words: frozenset[str]) -> Column:
        meant = {cell for cell in set(column) if _word(cell) in words}
        if not meant:
            return column
        self._found.update(str(cell).strip() for cell in column if cell in meant)
        return Cells("" if cell in meant else cell for cell in column)


def _word(cell: Cell) -> str:
    return cell.strip().casefold() if isinstance(cell, str) else ""


def blank_words(
    everywhere: Sequence[str], by_column: Mapping[int, Sequence[str]], known: Sequence[int]
) -> dict[int, frozenset[str]]:
    """Return the words of each known column (0-based) that has some, folded."""
    both = {index: (*everywhere, *by_column.get(index, ())) for index in known}
    return {
        index: frozenset(word.strip().casefold() for word in words)
        for index, words in both.items()
        if words
    }
