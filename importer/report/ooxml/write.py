"""Writing a report into a copy of the user's workbook.

Only what the report touches changes: every other part is copied as packed, and in the touched
parts only the necessary bytes differ. The result is verified before it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from importer.report.content import Content
from importer.report.ooxml.book import Book
from importer.report.ooxml.columns import write_columns
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.highlights import CommentRoom, write_highlights
from importer.report.ooxml.package import Package
from importer.report.ooxml.verify import verify


def write(content: Content, out: BinaryIO) -> None:
    """Write the report into a copy of the user's workbook; `out` must be readable and seekable.

    Raises PatchRefused where the workbook cannot be patched; `out` is no valid file then.
    """
    with content.source.open("rb") as file:
        write_into(file, content, out)


def write_into(
    file: BinaryIO, content: Content, out: BinaryIO, titles: Mapping[str, str] | None = None
) -> None:
    """Write the report into a copy of a workbook; `titles` maps input sheet titles to its own.

    Raises PatchRefused as `write` does.
    """
    try:
        with Package.open(file) as package:
            _patch(Book(package, titles or {}), content)
            package.save(out)
            verify(package, out)
    except (ValueError, LookupError) as error:  # a number that is none, a text in no encoding
        raise PatchRefused("it is written in a way we do not know") from error


def _patch(book: Book, content: Content) -> None:
    notes, room = [], CommentRoom()
    for layout in content.layouts:
        sheet = book.sheet(layout.name)
        notes.append(write_columns(book, sheet, layout, content))
        notes.append(write_highlights(sheet, content.findings_by_row.get(layout.name, {}), room))
    reported = {layout.name for layout in content.layouts}
    for sheet in book.with_old_highlights(reported):
        write_highlights(sheet, {}, room)
    book.report(content, [*dict.fromkeys(note for note in notes if note)])
    book.styles.save()
