"""Counts of what was read: sheets, and rows by whether they passed the checks."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import asdict


class SheetCount(Struct, frozen=True):
    """A sheet that was read: its name, the name of its rule, its rows that are not blank."""

    name: str
    kind: str
    rows: int

    def as_json(self) -> dict[str, Any]:
        """Return it as `check --format json` prints it."""
        return {"name": self.name, "kind": self.kind, "rows": self.rows}


class RowCounts(Struct, frozen=True):
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
