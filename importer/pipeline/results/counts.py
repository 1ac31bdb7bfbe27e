"""Count what was read, and what became of it: rows, sheets, objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from importer.counts import RowCounts, SheetCount
from importer.model import FINE, Action, Status

__all__ = ["IMPORTED", "Objects", "RowCounts", "Rows", "SheetCount"]

Objects: TypeAlias = Mapping[tuple[str, str], int]
"""How many objects there are of a kind, by kind and outcome; one row may make several."""

IMPORTED = frozenset({*FINE, *Action}) - {Status.SKIPPED}
"""The outcomes and the planned actions of rows that are, or would be, in the target."""


class Rows(Struct, frozen=True):
    """What became of the rows of the files: each that was read is one of the other three.

    For a check and a plan, `imported` counts those that a run would import.
    """

    read: int = 0
    imported: int = 0
    reported: int = 0
    skipped: int = 0

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Self:
        """Add up rows by outcome or by planned action."""
        read, skipped = sum(counts.values()), counts.get(Status.SKIPPED, 0)
        imported = sum(number for name, number in counts.items() if name in IMPORTED)
        return cls(read, imported, read - imported - skipped, skipped)

    def as_json(self) -> dict[str, int]:
        """Return them as every JSON object has them."""
        return asdict(self)
