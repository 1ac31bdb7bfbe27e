"""Saves workbooks reproducibly: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from importer.atomic import whole

if TYPE_CHECKING:
    from openpyxl import Workbook

DAY = (2026, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def save_reproducible(book: Workbook, out: Path) -> Path:
    """Save a workbook with a fixed date in its properties and its zip directory; return `out`."""
    book.properties.creator = "importer"
    made = io.BytesIO()
    book.save(made)
    with whole(out) as file, zipfile.ZipFile(made) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            target.writestr(member, _undated(name, source.read(name)))
    return out


def _undated(name: str, content: bytes) -> bytes:
    """Return a part with fixed dates; only the document properties hold the time of saving."""
    if name != "docProps/core.xml":
        return content
    return _STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
