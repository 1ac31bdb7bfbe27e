"""A spreadsheet's first bytes and its name in, the name of its format out."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MACROS, BINARY = "xl/vbaproject.bin", "xl/workbook.bin"
OLE = b"\xd0\xcf\x11\xe0"


def default_path(source: Path, suffix: str = "result") -> Path:
    """Where a file's report goes: `terms.xlsx` -> `terms.result.xlsx`, beside it.

    `terms.result.xlsx` stays; formats we cannot write become `.xlsx`; text keeps its extension.
    """
    extension = source.suffix
    if extension.lower() in {".xls", ".xlsb", ".ods"}:
        extension = ".xlsx"
    stem = source.stem.removesuffix(f".{suffix}")
    return source.with_name(f"{stem}.{suffix}{extension}")


def format_of(source: Path) -> str:
    """`xlsx`, `xlsm`, `xlsb`, `ods`, `xls` or `text`: by content, whatever the name says."""
    with source.open("rb") as stream:
        start = stream.read(4)
    if start == OLE:
        return "xls"
    return _zip_format(source) if start.startswith(b"PK") else "text"


def _zip_format(source: Path) -> str:
    try:
        with zipfile.ZipFile(source) as archive:
            names = {name.lower().replace("\\", "/").lstrip("/") for name in archive.namelist()}
    except zipfile.BadZipFile:
        return "xlsx"
    if BINARY in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    return "xlsm" if MACROS in names or source.suffix.lower() == ".xlsm" else "xlsx"
