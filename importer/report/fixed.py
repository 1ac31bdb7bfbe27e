"""TEMPORARY until branch f is merged: CSV only, same signature."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.errors import UsageError
from importer.model import Finding, Place
from importer.spreadsheet import Dialect


@dataclass(frozen=True, slots=True)
class CellFix:
    """A cell."""

    sheet: str
    row: int
    column: int
    value: str
    over_formula: bool = False


class FixRefused(UsageError):
    """Refused."""


class HoldsFormula(FixRefused):
    """Formula."""

    places: tuple[Place, ...] = ()
    formulas: tuple[str, ...] = ()


def write_fixed(
    source: Path,
    out: Path,
    fixes: Sequence[CellFix],
    dialect: Dialect | None = None,
    *,
    findings: Sequence[Finding] = (),  # noqa: ARG001
) -> Path:
    """Write."""
    if dialect is None:
        raise FixRefused("Only CSV for now.")
    text = source.read_bytes().decode(dialect.encoding)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=dialect.delimiter))
    for fix in fixes:
        row = rows[fix.row - 1]
        row.extend([""] * (fix.column - len(row)))
        row[fix.column - 1] = fix.value
    with out.open("w", encoding=dialect.encoding, newline="") as stream:
        csv.writer(stream, delimiter=dialect.delimiter).writerows(rows)
    return out
