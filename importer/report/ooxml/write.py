"""A user's workbook and what its report says in, the same workbook with the report out.

Only what the report touches changes: every other part is copied as it is packed, and of the
parts that are touched only the bytes that have to. What was written is verified first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from importer.report.content import Content
from importer.report.ooxml.book import Book
from importer.report.ooxml.columns import write_columns
from importer.report.ooxml.errors import Refused
from importer.report.ooxml.highlights import write_marks
from importer.report.ooxml.package import Package
from importer.report.ooxml.verify import verify


def write(content: Content, out: BinaryIO) -> None:
    """Write the report into a copy of the user's workbook, in a stream that can be read back.

    Raises Refused where that cannot be done; what was written is no file then.
    """
    with content.source.open("rb") as file:
        write_into(file, content, out)


def write_into(
    file: BinaryIO, content: Content, out: BinaryIO, titles: Mapping[str, str] | None = None
) -> None:
    """Write the report into a copy of a workbook, whose sheets have other `titles` than the input.

    Raises Refused as `write` does.
    """
    try:
        with Package.open(file) as package:
            _patch(Book(package, titles or {}), content)
            package.save(out)
            verify(package, out)
    except (ValueError, LookupError) as error:  # a number that is none, a text in no encoding
        raise Refused("it is written in a way we do not know") from error


def _patch(book: Book, content: Content) -> None:
    notes = []
    for layout in content.layouts:
        sheet = book.sheet(layout.name)
        notes.append(write_columns(book, sheet, layout, content))
        notes.append(write_marks(sheet, content.told.get(layout.name, {})))
    told = {layout.name for layout in content.layouts}
    for sheet in book.marked_before(told):
        write_marks(sheet, {})
    book.report(content, [note for note in notes if note])
    book.looks.save()
