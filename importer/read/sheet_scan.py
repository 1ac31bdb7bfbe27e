"""The scan of a workbook's sheets for what the parser does not report, by the file's format."""

from __future__ import annotations

import zipfile
from functools import cached_property
from typing import TYPE_CHECKING

from importer.pieces import stream_pieces
from importer.read.sheet_facts import SheetFacts
from importer.read.unreadable import COPY_AGAIN, refusal, workbook_errors
from importer.spreadsheet import part_name

if TYPE_CHECKING:
    from importer.read.package import Package

STYLES = "xl/styles.xml"
SHARED_TEXTS = "xl/sharedstrings.xml"
BLOCK = 1 << 18


class SheetScanner:
    """Scans the sheets of a package on demand; an .xls is not scanned."""

    def __init__(self, package: Package) -> None:
        self._package = package

    def facts(self, sheet: str) -> SheetFacts:
        """Return the sheet's facts. Raises UnreadableInput where it is damaged."""
        format_ = self._package.format
        if format_ == "xls":
            return SheetFacts()
        with workbook_errors(self._package.path):
            if format_ == "ods":
                return self._content.get(sheet, SheetFacts())
            return self._part_facts(self._archive, self._part(sheet))

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        """The archive, whose directory lists every sheet and is read once for all of them."""
        return zipfile.ZipFile(self._package.path)

    def needed_before_parsing(self) -> dict[str, SheetFacts]:
        """Return the facts of sheets that the parser reads on opening: all sheets of an .ods."""
        return self._content if self._package.format == "ods" else {}

    @cached_property
    def shared_spoilt(self) -> bool:
        """Whether the texts that the sheets of an .xlsx share may hold mojibake."""
        from importer.read.mojibake import bytes_may_be_spoilt

        if self._package.format not in {"xlsx", "xlsm"}:
            return False
        with workbook_errors(self._package.path), zipfile.ZipFile(self._package.path) as archive:
            name = next((n for n in archive.namelist() if part_name(n) == SHARED_TEXTS), "")
            if not name:
                return False
            with archive.open(name) as stream:
                return any(map(bytes_may_be_spoilt, stream_pieces(stream, BLOCK)))

    def _part(self, sheet: str) -> str:
        part = self._package.parts.get(sheet)
        if part is None:
            seen = f"the sheet {sheet!r} has no content"
            raise refusal(self._package.path, seen, COPY_AGAIN)
        return part

    def _part_facts(self, archive: zipfile.ZipFile, part: str) -> SheetFacts:
        from importer.read.sheet_xml import scan_sheet
        from importer.read.xlsb import scan_binary_sheet

        if self._package.format == "xlsb":
            return scan_binary_sheet(archive.read(part))
        with archive.open(part) as stream:
            return scan_sheet(stream, self._padded_styles)

    @cached_property
    def _padded_styles(self) -> dict[str, str]:
        """Return the cell styles that show a number as zero-padded text."""
        from importer.read.package import xml_root
        from importer.read.styles import padded_styles

        with zipfile.ZipFile(self._package.path) as archive:
            has_styles = STYLES in archive.namelist()
            return padded_styles(xml_root(archive, STYLES)) if has_styles else {}

    @cached_property
    def _content(self) -> dict[str, SheetFacts]:
        """Return the facts of every sheet of an .ods, which keeps all in one part."""
        from importer.read.ods import scan_content

        with (
            zipfile.ZipFile(self._package.path) as archive,
            archive.open("content.xml") as stream,
        ):
            return scan_content(stream)
