"""XML parts as bytes: finds elements in them and splices edits into them.

A part is never serialised again: an edit replaces a stretch of bytes, all others stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from msgspec import Struct

from importer.report.ooxml.errors import PatchRefused

_ATTRIBUTE = re.compile(rb"""\s([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"""|<(/?)([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""",
    re.DOTALL,
)
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)""")


class Element(Struct, frozen=True):
    """An element of a part from `start` to `end`; its content is from `inner` to `close`."""

    name: str
    attributes: bytes
    start: int
    inner: int
    close: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether the element is a single tag: `<a/>`."""
        return self.inner == self.close == self.end

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute's value by its name, with or without its prefix."""
        for key, value in _ATTRIBUTE.findall(self.attributes):
            if key.decode() == name or key.decode().rpartition(":")[2] == name:
                return html.unescape(value[1:-1].decode())
        return default


MOST_KEPT = 1_000
"""Children of an element that are not looked for again; there may be large elements in each."""


@dataclass(slots=True)
class Part:
    """An XML part and its edits, each as (start, end, replacement)."""

    name: str
    data: bytes
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    _root: Element | None = None
    _prefix: bytes | None = None
    _children: dict[int, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stated = _ENCODING.match(self.data)
        other = stated is not None and stated[1].lower() not in (b"utf-8", b"us-ascii")
        if other or b"\0" in self.data[:200]:
            raise PatchRefused(f"{self.name} is not written in UTF-8")

    def root(self) -> Element:
        """Return the root element."""
        if self._root is None:
            self._root = _outermost(self.name, self.data)
        return self._root

    def children(self, parent: Element) -> list[Element]:
        """Return the child elements of an element."""
        known = self._children.get(parent.start)
        if known is None:
            known = list(elements(self.data, parent.inner, parent.close))
            if len(known) <= MOST_KEPT:
                self._children[parent.start] = known
        return list(known)

    def child(self, parent: Element, name: str) -> Element | None:
        """Return the first child element of that local name."""
        return next((each for each in self.children(parent) if each.name == name), None)

    def text(self, element: Element) -> str:
        """Return the text of an element, without tags."""
        inner = self.data[element.inner : element.close]
        return html.unescape(_TAG.sub(b"", inner).decode())

    def prefix(self) -> bytes:
        """Return the prefix of the part's own namespace with its colon, b"" where it has none."""
        if self._prefix is None:
            name = self._tag_name(self.root())
            self._prefix = name[: name.rfind(b":") + 1]
        return self._prefix

    def replace(self, start: int, end: int, by: bytes) -> None:
        """Replace a stretch of bytes."""
        self.edits.append((start, end, by))

    def insert(self, at: int, what: bytes) -> None:
        """Insert bytes at a position."""
        self.edits.append((at, at, what))

    def append(self, parent: Element, what: bytes) -> None:
        """Insert bytes at the end of an element's content."""
        if not parent.empty:
            return self.insert(parent.close, what)
        tag = self.data[parent.start : parent.end].rstrip(b">").rstrip(b"/").rstrip()
        name = tag.split(None, 1)[0].lstrip(b"<")
        return self.replace(parent.start, parent.end, tag + b">" + what + b"</" + name + b">")

    def set(self, element: Element, name: str, value: object) -> None:
        """Set an attribute of an element."""
        after = element.start + 1 + len(self._tag_name(element))
        written = f' {name}="{xml_attribute(value)}"'.encode()
        for match in _ATTRIBUTE.finditer(element.attributes):
            if match[1].decode() == name:
                return self.replace(after + match.start(), after + match.end(), written)
        return self.insert(after + len(element.attributes), written)

    def drop(self, element: Element, name: str) -> None:
        """Remove an attribute of an element."""
        after = element.start + 1 + len(self._tag_name(element))
        for match in _ATTRIBUTE.finditer(element.attributes):
            if match[1].decode() == name:
                self.replace(after + match.start(), after + match.end(), b"")

    def _tag_name(self, element: Element) -> bytes:
        match = re.compile(rb"<([^\s/>]+)").match(self.data, element.start)
        return match[1] if match else b""

    @property
    def changed(self) -> bool:
        """Whether the part has any edits."""
        return bool(self.edits)

    def pieces(self) -> Iterator[bytes]:
        """Yield the part with its edits."""
        at, view = 0, memoryview(self.data)
        for start, end, by in in_order(self.name, self.edits):
            yield bytes(view[at:start]) + by
            at = end
        yield bytes(view[at:])

    def spliced(self) -> Iterable[tuple[int, int, int]]:
        """Return start, end and length of the replacement of each edit."""
        edits = in_order(self.name, self.edits)
        return [(start, end, len(by)) for start, end, by in edits]


def in_order(name: str, edits: Iterable[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Return the edits from start to end. Raises PatchRefused where two of them overlap."""
    ordered, at = sorted(edits, key=lambda edit: edit[:2]), 0
    for start, end, _ in ordered:
        if start < at:
            raise PatchRefused(f"{name} would be changed twice in one place")
        at = end
    return ordered


def _outermost(name: str, data: bytes) -> Element:
    for match in _TAG.finditer(data):
        if match[2] is not None:
            closing = b"</" + match[2]
            close = match.end() if match[4] else data.rfind(closing)
            if close < 0:
                raise PatchRefused(f"{name} is not well-formed")
            end = close if match[4] else data.index(b">", close) + 1
            local = match[2].rpartition(b":")[2].decode()
            return Element(local, match[3], match.start(), match.end(), close, end)
    raise PatchRefused(f"{name} is empty")


def elements(data: bytes, start: int, end: int) -> Iterator[Element]:
    """Yield the elements between two positions, without those inside them."""
    at = start
    while match := _TAG.search(data, at, end):
        at = match.end()
        if match[2] is None or match[1]:
            continue
        close, after = (at, at) if match[4] else _end(data, match, end)
        name = match[2].rpartition(b":")[2].decode()
        yield Element(name, match[3], match.start(), match.end(), close, after)
        at = after


def _end(data: bytes, opening: re.Match[bytes], end: int) -> tuple[int, int]:
    """Return where an element's content ends, and where the element ends."""
    if opening[2].rpartition(b":")[2] == b"sheetData":  # never each in another, and large
        at = data.find(b"</" + opening[2], opening.end(), end)
        return at, data.index(b">", at) + 1
    depth = 1
    for match in _TAG.finditer(data, opening.end(), end):
        if match[2] != opening[2] or match[4]:
            continue
        depth += -1 if match[1] else 1
        if not depth:
            return match.start(), match.end()
    raise PatchRefused("its XML is not well-formed")


def xml_text(text: str) -> bytes:
    """Return text as the content of an element."""
    return html.escape(text, quote=False).encode()


def xml_attribute(value: object) -> str:
    """Return a value as it is written between the quotes of an attribute."""
    return html.escape(str(value))


def well_formed(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a part. Raises PatchRefused where a parser does not accept them."""
    parser: Any = expat.ParserCreate()
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise PatchRefused(f"{name} would not be well-formed ({error})") from None


def demand_no_doctype(name: str, data: bytes) -> None:
    """Raise PatchRefused for a part with a DOCTYPE, which may redefine its content."""
    if b"<!DOCTYPE" in data[:4096]:
        raise PatchRefused(f"its part {name} has a DOCTYPE")


def last_before(children: Sequence[Element], order: Sequence[str], name: str) -> Element | None:
    """Return the last child after which the schema's order allows an element of that name."""
    allowed = set(order[: order.index(name) + 1])
    before = [each for each in children if each.name in allowed]
    return before[-1] if before else None
