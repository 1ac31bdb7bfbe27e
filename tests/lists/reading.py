"""Reads a list from its file, as the command line does, for the mapping assistant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from importer.model import Cell
from importer.read import open_input


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet of a list, with all its rows."""

    file: str
    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]


def sheets_of(paths: Sequence[Path]) -> Iterator[ListSheet]:
    """Yield the sheets of files."""
    for path in paths:
        for sheet in open_input(path).sheets:
            chunks = sheet.chunks(1)
            rows = [(c.first_row + at, row) for c in chunks for at, row in enumerate(c.rows)]
            yield ListSheet(path.name, sheet.name, rows)
