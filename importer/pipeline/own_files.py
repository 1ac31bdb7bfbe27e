"""Tells the files that are reports of ours from those of a user, by what they hold."""

from __future__ import annotations

from pathlib import Path

from importer.errors import UnreadableInput
from importer.model import SIGNATURE
from importer.read import open_input

SEARCHED = 5
"""In so many rows a Report sheet says that it is one."""


def holds_report(path: Path) -> bool:
    """Return whether a workbook has a sheet with our report; one that cannot be read has none."""
    try:
        heads = [sheet.head(SEARCHED) for sheet in open_input(path).sheets]
    except UnreadableInput:
        return False
    return any(row[0] == SIGNATURE for head in heads for row in head if row)
