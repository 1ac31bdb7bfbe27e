"""Write a user's own file with cells changed in it: what a page's fixes are read from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from importer.model import Finding
from importer.read import open_input
from importer.report.fixed import CellFix, FixRefused, write_fixed

__all__ = ["CellFix", "FixRefused", "write_fixed_file"]


def write_fixed_file(
    source: Path, out: Path, fixes: Sequence[CellFix], findings: Sequence[Finding] = ()
) -> Path:
    """Write a file with fixes in it; return where it is: a copy of the values may be called else.

    `findings` are those of the file, whose error cells such a copy keeps. Raises UnreadableInput,
    and FixRefused, also for cells with formulas that may not be overwritten.
    """
    dialect = open_input(source).dialect
    return write_fixed(source, out, fixes, dialect, findings=findings)
