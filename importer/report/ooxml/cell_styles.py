"""The styles of the cells that are fixed: their number formats, and whether text is quoted."""

from __future__ import annotations

import re

from msgspec import Struct, field

from importer.report.ooxml.number_format import BUILT_IN, GENERAL, TEXT
from importer.report.ooxml.styles import StyleTable

_TAG = re.compile(rb"<[^\s/>]+")
_FORMAT = re.compile(rb"""\snumFmtId\s*=\s*["']([0-9]+)["']""")
_QUOTED = re.compile(rb"""\squotePrefix\s*=\s*["']([^"']*)["']""")


class CellStyles(Struct):
    """The styles of a workbook by their numbers; each is looked at once."""

    styles: StyleTable
    _own: dict[str, str] | None = None
    _codes: dict[int, str] = field(default_factory=dict)
    _quoting: dict[int, int] = field(default_factory=dict)

    def code(self, number: int) -> str:
        """Return the number format of a style; that of text where its text is quoted."""
        if number not in self._codes:
            self._codes[number] = self._code(self._tag(number))
        return self._codes[number]

    def _code(self, tag: bytes) -> str:
        if _is_quoted(tag):
            return TEXT
        stated = _FORMAT.search(tag)
        identity = stated[1].decode() if stated else "0"
        if self._own is None:
            self._own = self.styles.number_formats()
        return self._own.get(identity) or BUILT_IN.get(identity, GENERAL)

    def quoting(self, number: int) -> int:
        """Return the number of the same style, in which a text is never taken for a formula."""
        if number not in self._quoting:
            self._quoting[number] = self._quoted(number)
        return self._quoting[number]

    @property
    def has_new(self) -> bool:
        """Whether a style was asked for that the workbook did not have."""
        return any(number >= self.styles.count() for number in self._quoting.values())

    def _quoted(self, number: int) -> int:
        whole, tag = self.styles.format(number), self._tag(number)
        if _is_quoted(tag):
            return number
        bare = _QUOTED.sub(b"", tag)
        quoted = _TAG.sub(lambda name: name[0] + b' quotePrefix="1"', bare, count=1)
        return self.styles.add_format(quoted + whole[len(tag) :])

    def _tag(self, number: int) -> bytes:
        xml = self.styles.format(number)
        return xml[: xml.find(b">") + 1]


def _is_quoted(tag: bytes) -> bool:
    stated = _QUOTED.search(tag)
    return stated is not None and stated[1] in {b"1", b"true"}
