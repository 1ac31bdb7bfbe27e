"""Count what was read, and what became of it: rows, sheets, objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self, TypeAlias

from importer.model import FINE, Action, Status

Objects: TypeAlias = Mapping[tuple[str, str], int]
"""How many objects there are of a kind, by kind and outcome; one row may make several."""

IMPORTED = frozenset({*FINE, *Action}) - {Status.SKIPPED}
"""The outcomes and the planned actions of rows that are, or would be, in the target."""


@dataclass(frozen=True, slots=True)
class Rows:
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


@dataclass(frozen=True, slots=True)
class SheetCount:
    """A sheet that was read: its name, the name of its rule, its rows that are not blank."""

    name: str
    kind: str
    rows: int

    def as_json(self) -> dict[str, Any]:
        """Return it as `check --format json` prints it."""
        return {"name": self.name, "kind": self.kind, "rows": self.rows}


@dataclass(frozen=True, slots=True)
class RowCounts:
    """How many rows were read, how many failed the checks, and how many are left out on purpose."""

    rows: int
    invalid: int
    skipped: int = 0

    @property
    def valid(self) -> int:
        """The rows that passed."""
        return self.rows - self.invalid - self.skipped

    def as_json(self) -> dict[str, int]:
        """Return them as `check --format json` prints them."""
        return {**asdict(self), "valid": self.valid}
