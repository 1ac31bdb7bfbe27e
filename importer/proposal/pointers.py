"""Columns whose cells name other rows: of the same sheet, or of another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from importer.proposal.columns import Column
from importer.proposal.rules import KindRules

_NAMED = 0.9
"""So many of the different cells must name rows."""


class Listing(Struct, frozen=True):
    """A sheet as others may point at it: its name, the rules of its kind, and its columns."""

    name: str
    rules: KindRules
    columns: Sequence[Column]

    @property
    def keys(self) -> list[Column]:
        """Return the columns that may tell its rows apart: a name or a code that differs."""
        return [column for column in self.columns if self._is_key(column)]

    def _is_key(self, column: Column) -> bool:
        concept, profile = column.concept, column.profile
        own = not concept.thing or concept.thing in self.rules.things
        return (
            own and column.says("", "name", "code") and profile.filled > 1 and profile.unique >= 0.9
        )


class Pointer(Struct, frozen=True):
    """A column whose cells name rows: the sheets' places, the columns, and the field it fills."""

    sheet: int
    column: int
    field: str
    to: int
    key: int


def pointers(listings: Sequence[Listing | None]) -> Iterator[Pointer]:
    """Yield the columns whose cells name rows of another sheet, or other rows of their own."""
    for at, listing in enumerate(listings):
        for column in listing.columns if listing else ():
            yield from _own(at, listing, column) if listing else ()
            yield from _others(at, column, listings)


def foreign_parents(listing: Listing) -> Iterator[int]:
    """Yield the columns of parents whose cells name no rows of the sheet."""
    for column in listing.columns:
        if column.says("parent") and column.profile.filled:
            cells = set(column.profile.values) - {""}
            if all(cells.isdisjoint(key.profile.values) for key in listing.keys):
                yield column.index


def _own(at: int, listing: Listing, column: Column) -> Iterator[Pointer]:
    """Yield where a column's cells name other rows of the sheet: parents, or broader terms."""
    field = listing.rules.parent
    thing, attribute, _ = column.concept
    if not field or attribute not in ("parent", "") or column.profile.filled < 2:
        return
    if thing and thing not in listing.rules.things:
        return
    if not thing and not attribute and column.profile.numbers >= 0.5:
        return
    for key in listing.keys:
        if key.index != column.index and _names(column, key) and not _is_same(column, key):
            yield Pointer(at, column.index, field, at, key.index)
            return


def _others(at: int, column: Column, listings: Sequence[Listing | None]) -> Iterator[Pointer]:
    for other, listing in enumerate(listings):
        if other == at or not listing or column.concept.thing not in listing.rules.things:
            continue
        key = next((key for key in listing.keys if _names(column, key)), None)
        if key:
            yield Pointer(at, column.index, listing.rules.name, other, key.index)


def _names(column: Column, key: Column) -> bool:
    """Return whether the different cells of a column are cells of another."""
    cells = set(column.profile.values) - {""}
    known = set(key.profile.values)
    return len(cells) > 1 and len(cells & known) >= _NAMED * len(cells)


def _is_same(column: Column, key: Column) -> bool:
    """Return whether two columns say the same in each row."""
    pairs = [
        pair for pair in zip(column.profile.values, key.profile.values, strict=True) if pair[0]
    ]
    return sum(a == b for a, b in pairs) >= 0.5 * len(pairs)
