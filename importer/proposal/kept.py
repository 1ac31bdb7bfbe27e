"""Rows that would be left out and words that would be blank, where a person has kept them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from importer.proposal.cells import Row, folded
from importer.proposal.chosen import Choice
from importer.proposal.forms import form_of
from importer.proposal.proposal import Skipped


class Kept(Struct, frozen=True):
    """The rows of data with those that were kept, what is still left out, and what was kept."""

    data: list[Row]
    left: list[Skipped]
    rows: list[Skipped]
    words: frozenset[str]

    def blank(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return those words that still mean blank."""
        return tuple(word for word in words if folded(word) not in self.words)

    def no_longer_blank(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return those words that were kept."""
        return tuple(word for word in words if folded(word) in self.words)


def kept(rows: Iterable[Row], data: Sequence[Row], left: Sequence[Skipped], choice: Choice) -> Kept:
    """Return the rows as a person wants them, of which `data` and `left` are proposed."""
    told = {one.row for one in left}
    words = frozenset(map(folded, choice.kept_words))
    back = [row for row in rows if row.number in told and _is_kept(row, choice, words)]
    again = {row.number for row in back}
    return Kept(
        data=sorted([*data, *back], key=lambda row: row.number) if back else [*data],
        left=[one for one in left if one.row not in again],
        rows=[one for one in left if one.row in again],
        words=words.union(*map(_blank_alone, back)),
    )


def _is_kept(row: Row, choice: Choice, words: frozenset[str]) -> bool:
    """Return whether a row was kept, or has nothing but words that were."""
    return row.number in choice.kept_rows or words.issuperset(map(folded, row.filled))


def _blank_alone(row: Row) -> Iterator[str]:
    """Yield the words of a row that has none but those for blank: it would not be read."""
    if all(form_of(cell) == "blank" for cell in row.filled):
        yield from map(folded, row.filled)
