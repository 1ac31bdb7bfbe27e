"""The texts of cells, inline or from the workbook's shared strings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import islice

from msgspec import Struct, field

from importer.report.ooxml.package import Package

_ITEM = re.compile(rb"<(?:[\w.-]+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?si>)", re.DOTALL)
_TEXT = re.compile(rb"<(?:[\w.-]+:)?(rPh|t)(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.-]+:)?\1>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>(.*?)</", re.DOTALL)
_TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)""")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Strings(Struct):
    """The shared strings of a workbook, read only as far as needed."""

    package: Package
    part: str
    _items: list[bytes] = field(default_factory=list)
    _more: Iterator[bytes] | None = None

    def of(self, cell: bytes) -> str:
        """Return the text of a `c` element, or the digits of a number."""
        kind = _TYPE.search(cell[: cell.find(b">")])
        if kind and kind[1] == b"inlineStr":
            return plain(cell)
        value = _VALUE.search(cell)
        if value is None:
            return ""
        if kind and kind[1] == b"s":
            return self._shared(int(value[1]))
        return unescape(value[1].decode())

    def _shared(self, number: int) -> str:
        if self._more is None:
            self._more = _items(self.package.unpacked(self.part) if self.part else ())
        self._items += islice(self._more, max(number + 1 - len(self._items), 0))
        return plain(self._items[number]) if number < len(self._items) else ""


def _items(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the content of each item of the shared strings."""
    data = b""
    for piece in pieces:
        data, end = data + piece, 0
        for match in _ITEM.finditer(data):
            end = match.end()
            yield match[1] or b""
        data = data[end:]


def plain(xml: bytes) -> str:
    """Return the text of a string item, without formatting and phonetic hints."""
    texts = (match[2] or b"" for match in _TEXT.finditer(xml) if match[1] == b"t")
    text = unescape(b"".join(texts).decode())
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
