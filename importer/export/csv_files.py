"""Writes exported rows as CSV files, a file for each sheet."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from importer.atomic import whole
from importer.export.rows import Rows
from importer.formula_text import escaped
from importer.model import Cell

SUFFIXES = frozenset({".csv"})


def csv_paths(out: Path, sheets: Sequence[str]) -> dict[str, Path]:
    """Return sheet -> file: `all-Terms.csv` for `all.csv`, which itself serves a single sheet."""
    if len(sheets) == 1:
        return {sheets[0]: out}
    return {sheet: out.with_name(f"{out.stem}-{sheet}{out.suffix}") for sheet in sheets}


def write_csv_files(paths: Mapping[str, Path], rows: Mapping[str, Rows]) -> list[Path]:
    """Write each sheet that has rows, in UTF-8 with a byte order mark; return the files written.

    Raises FileExistsError for a file that exists, else OSError; none is written then.
    """
    written: list[Path] = []
    try:
        for sheet in (sheet for sheet in paths if rows.get(sheet)):
            _write(paths[sheet], rows[sheet])
            written.append(paths[sheet])
    except BaseException:
        for path in written:
            path.unlink()
        raise
    return written


def _write(path: Path, rows: Rows) -> None:
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    try:
        with whole(path) as file:
            stream = io.TextIOWrapper(file, "utf-8-sig", newline="")
            _fill(stream, rows)
            stream.detach()
    except OSError as error:  # of the file beside it that takes its place
        raise OSError(error.errno, error.strerror, str(path)) from None


def _fill(stream: TextIO, rows: Rows) -> None:
    table = csv.writer(stream)
    table.writerow(map(escaped, rows.headings))
    table.writerows(_fields(row.get(heading, "") for heading in rows.headings) for row in rows)


def _fields(cells: Iterable[Cell]) -> list[str]:
    """Return the fields of a row; texts that a spreadsheet takes for a formula are escaped."""
    return [escaped(cell) if isinstance(cell, str) else str(cell) for cell in cells]
