"""The scan of a workbook's sheets for what the parser does not report, by the file's format."""

from __future__ import annotations

import zipfile
from functools import cached_property
from typing import TYPE_CHECKING

from importer.read.shared_texts import SharedTexts, scan_shared_texts, text_lengths, used_text
from importer.read.sheet_facts import SheetFacts
from importer.read.unreadable import COPY_AGAIN, refusal, workbook_errors
from importer.spreadsheet import MAX_TEXT, part_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

    from importer.read.package import Package

CONTENT = "content.xml"
"""The part of an .ods with all of its sheets."""

STYLES = "xl/styles.xml"
USE_SIZE = len('<c t="s"><v>0</v></c>')
"""No cell with a shared text takes fewer bytes."""
SHARED_TEXTS = "xl/sharedstrings.xml"


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
            return self._part_facts(self._part(sheet))

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        """The archive, whose directory lists every sheet and is read once for all of them."""
        return zipfile.ZipFile(self._package.path)

    def needed_before_parsing(self) -> dict[str, SheetFacts]:
        """Return the facts of sheets that the parser reads on opening: all sheets of an .ods."""
        return self._content if self._package.format == "ods" else {}

    @cached_property
    def shared_texts(self) -> SharedTexts:
        """What the texts are like that the sheets of an .xlsx share."""
        name = self._texts_name
        if not name:
            return SharedTexts()
        with workbook_errors(self._package.path), self._opened(name) as stream:
            return scan_shared_texts(stream)

    @cached_property
    def _texts_name(self) -> str:
        if self._package.format not in {"xlsx", "xlsm"}:
            return ""
        return next((n for n in self._archive.namelist() if part_name(n) == SHARED_TEXTS), "")

    @cached_property
    def _text_lengths(self) -> Sequence[int]:
        with self._opened(self._texts_name) as stream:
            return text_lengths(stream)

    def _opened(self, part: str) -> IO[bytes]:
        from importer.read.package import open_part

        return open_part(self._archive, part)

    def _part(self, sheet: str) -> str:
        part = self._package.parts.get(sheet)
        if part is None:
            seen = f"the sheet {sheet!r} has no content"
            raise refusal(self._package.path, seen, COPY_AGAIN)
        return part

    def _part_facts(self, part: str) -> SheetFacts:
        from importer.read.sheet_xml import scan_sheet
        from importer.read.xlsb import scan_binary_sheet

        with self._opened(part) as stream:
            if self._package.format == "xlsb":
                return scan_binary_sheet(stream.read())
            facts = scan_sheet(stream, self._padded_styles)
        facts.text += self._used_text(part, facts.text // USE_SIZE)
        return facts

    def _used_text(self, part: str, most: int) -> int:
        """Return how much shared text a sheet has at most, exactly where that may be too much."""
        longest = self.shared_texts.longest
        if most * longest <= MAX_TEXT:
            return most * longest
        lengths = self._text_lengths
        with self._opened(part) as stream:
            return used_text(stream, max(lengths, default=longest), lengths)

    @cached_property
    def _padded_styles(self) -> dict[str, str]:
        """Return the cell styles that show a number as zero-padded text."""
        from importer.read.package import xml_root
        from importer.read.styles import padded_styles

        has_styles = STYLES in self._archive.namelist()
        return padded_styles(xml_root(self._archive, STYLES)) if has_styles else {}

    @cached_property
    def _content(self) -> dict[str, SheetFacts]:
        """Return the facts of every sheet of an .ods, which keeps all in one part."""
        from importer.read.ods import scan_content

        if CONTENT not in self._archive.namelist():
            raise refusal(self._package.path, f"it has no {CONTENT}", COPY_AGAIN)
        with self._opened(CONTENT) as stream:
            return scan_content(stream)
