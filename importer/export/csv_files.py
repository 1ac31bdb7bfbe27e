"""Writes exported rows as CSV files, a file for each sheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from importer.export.rows import Row
from importer.formula_text import escaped
from importer.model import Cell

SUFFIXES = frozenset({".csv"})


def csv_paths(out: Path, sheets: Sequence[str]) -> dict[str, Path]:
    """Return sheet -> file: `all-Terms.csv` for `all.csv`, which itself serves a single sheet."""
    if len(sheets) == 1:
        return {sheets[0]: out}
    return {sheet: out.with_name(f"{out.stem}-{sheet}{out.suffix}") for sheet in sheets}


def write_csv_files(paths: Mapping[str, Path], rows: Mapping[str, Sequence[Row]]) -> list[Path]:
    """Write each sheet that has rows, in UTF-8 with a byte order mark; return the files written.

    Raises FileExistsError for a file that exists, else OSError.
    """
    filled = [sheet for sheet in paths if rows.get(sheet)]
    for sheet in filled:
        _write(paths[sheet], rows[sheet])
    return [paths[sheet] for sheet in filled]


def _write(path: Path, rows: Sequence[Row]) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    with path.open("x", encoding="utf-8-sig", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(map(escaped, headings))
        table.writerows(_fields(row.get(heading, "") for heading in headings) for row in rows)


def _fields(cells: Iterable[Cell]) -> list[str]:
    """Return the fields of a row; texts that a spreadsheet takes for a formula are escaped."""
    return [escaped(cell) if isinstance(cell, str) else str(cell) for cell in cells]
