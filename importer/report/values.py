"""The report of a workbook that cannot be patched: a new .xlsx with a copy of its values."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from msgspec.structs import replace

from importer.report.value_copy import CopyTooLarge, Original, save_values

if TYPE_CHECKING:
    from importer.report.content import Content

__all__ = ["CopyTooLarge", "write"]


def write(content: Content, out: BinaryIO) -> None:
    """Copy the values of every sheet into a new workbook and write the report into that.

    Raises ReportNotWritten where a sheet that was imported can no longer be read, CopyTooLarge
    where it is too large. Other such sheets are left out, with a note in the report.
    """
    from importer.report.ooxml.write import write_into

    copy = BytesIO()
    headers = {layout.name: layout.header_row for layout in content.layouts}
    known = content.source, headers, content.findings_by_row, content.unreadable
    titles, missing = save_values(Original(*known), copy)
    notes = (f"The sheet {name} {why}, so it is not in this copy." for name, why in missing.items())
    write_into(copy, replace(content, notes=(*content.notes, *notes)), out, titles)
