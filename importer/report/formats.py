"""Where a file's report goes by default, and which format a file has by its content."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from importer.spreadsheet import (
    EMPTY_ZIP,
    OLE,
    PATCHABLE_SUFFIXES,
    WORKBOOK_SUFFIXES,
    ZIP,
    workbook_format,
)

if TYPE_CHECKING:
    from pathlib import Path


def default_path(source: Path, suffix: str = "result") -> Path:
    """Return where a file's report goes: `terms.xlsx` -> `terms.result.xlsx`, beside it.

    `terms.result.xlsx` stays; formats that cannot be written become `.xlsx`; a text file keeps its
    extension.
    """
    extension = source.suffix
    if extension.lower() in WORKBOOK_SUFFIXES - PATCHABLE_SUFFIXES:
        extension = ".xlsx"
    stem = source.stem.removesuffix(f".{suffix}")
    return source.with_name(f"{stem}.{suffix}{extension}")


def format_of(source: Path) -> str:
    """Return `xlsx`, `xlsb`, `ods`, `xls` or `text` by the file's content, whatever its name.

    An .xlsm is an `xlsx` here; so is a damaged archive.
    """
    with source.open("rb") as stream:
        start = stream.read(len(OLE))
    if start == OLE:
        return "xls"
    if not start.startswith((ZIP, EMPTY_ZIP)):
        return "text"
    try:
        with zipfile.ZipFile(source) as archive:
            return workbook_format(archive.namelist()) or "xlsx"
    except zipfile.BadZipFile:
        return "xlsx"
