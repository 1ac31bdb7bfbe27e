"""An XML part's bytes in, where its elements stand and the part with a few bytes spliced out.

Nothing is ever written anew: an edit replaces a stretch of bytes, all others stay as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from importer.report.ooxml.errors import Refused

_ATTRIBUTE = re.compile(rb"""\s([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"""|<(/?)([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>""",
    re.DOTALL,
)
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)""")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a part: from `start` to `end`, its content from `inner` to `close`."""

    name: str
    attributes: bytes
    start: int
    inner: int
    close: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag: `<a/>`."""
        return self.inner == self.close == self.end

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value by its name as it is written, without its prefix too."""
        for key, value in _ATTRIBUTE.findall(self.attributes):
            if key.decode() == name or key.decode().rpartition(":")[2] == name:
                return html.unescape(value[1:-1].decode())
        return default


@dataclass(slots=True)
class Part:
    """One XML part and the edits to it: (start, end, what stands there instead)."""

    name: str
    data: bytes
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    _root: Element | None = None
    _prefix: bytes | None = None

    def __post_init__(self) -> None:
        said = _ENCODING.match(self.data)
        other = said is not None and said[1].lower() not in (b"utf-8", b"us-ascii")
        if other or b"\0" in self.data[:200]:
            raise Refused(f"{self.name} is not written in UTF-8")

    def root(self) -> Element:
        """The outermost element: a part has no other one beside it."""
        if self._root is None:
            self._root = _outermost(self.name, self.data)
        return self._root

    def children(self, parent: Element) -> list[Element]:
        """The elements that stand directly in another one."""
        return list(elements(self.data, parent.inner, parent.close))

    def child(self, parent: Element, name: str) -> Element | None:
        """The first child called so, whatever its prefix."""
        return next((one for one in self.children(parent) if one.name == name), None)

    def text(self, element: Element) -> str:
        """What stands in an element, without its tags."""
        inner = self.data[element.inner : element.close]
        return html.unescape(_TAG.sub(b"", inner).decode())

    def prefix(self) -> bytes:
        """The prefix of the part's own namespace, empty or with its colon."""
        if self._prefix is None:
            name = self._tag_name(self.root())
            self._prefix = name[: name.rfind(b":") + 1]
        return self._prefix

    def replace(self, start: int, end: int, by: bytes) -> None:
        """Put other bytes in the place of some."""
        self.edits.append((start, end, by))

    def insert(self, at: int, what: bytes) -> None:
        """Put bytes between two others."""
        self.edits.append((at, at, what))

    def append(self, parent: Element, what: bytes) -> None:
        """Put bytes at the end of an element's content."""
        if not parent.empty:
            return self.insert(parent.close, what)
        tag = self.data[parent.start : parent.end].rstrip(b">").rstrip(b"/").rstrip()
        name = tag.split(None, 1)[0].lstrip(b"<")
        return self.replace(parent.start, parent.end, tag + b">" + what + b"</" + name + b">")

    def set(self, element: Element, name: str, value: object) -> None:
        """Give an element an attribute, or another value of it."""
        after = element.start + 1 + len(self._tag_name(element))
        written = f' {name}="{attribute(value)}"'.encode()
        for match in _ATTRIBUTE.finditer(element.attributes):
            if match[1].decode() == name:
                return self.replace(after + match.start(), after + match.end(), written)
        return self.insert(after + len(element.attributes), written)

    def drop(self, element: Element, name: str) -> None:
        """Take an attribute away."""
        after = element.start + 1 + len(self._tag_name(element))
        for match in _ATTRIBUTE.finditer(element.attributes):
            if match[1].decode() == name:
                self.replace(after + match.start(), after + match.end(), b"")

    def _tag_name(self, element: Element) -> bytes:
        match = re.compile(rb"<([^\s/>]+)").match(self.data, element.start)
        return match[1] if match else b""

    @property
    def changed(self) -> bool:
        """Whether anything is to be put differently."""
        return bool(self.edits)

    def pieces(self) -> Iterator[bytes]:
        """The part with its edits."""
        at, view = 0, memoryview(self.data)
        for start, end, by in in_order(self.name, self.edits):
            yield bytes(view[at:start]) + by
            at = end
        yield bytes(view[at:])

    def spliced(self) -> Iterable[tuple[int, int, int]]:
        """Start and end of what is replaced, and how many bytes stand there instead."""
        edits = in_order(self.name, self.edits)
        return [(start, end, len(by)) for start, end, by in edits]


def in_order(name: str, edits: Iterable[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Edits from the start of a part to its end. Raises Refused where two meet in one place."""
    ordered, at = sorted(edits, key=lambda edit: edit[:2]), 0
    for start, end, _ in ordered:
        if start < at:
            raise Refused(f"{name} would be changed twice in one place")
        at = end
    return ordered


def _outermost(name: str, data: bytes) -> Element:
    for match in _TAG.finditer(data):
        if match[2] is not None:
            closing = b"</" + match[2]
            close = match.end() if match[4] else data.rfind(closing)
            if close < 0:
                raise Refused(f"{name} is not well-formed")
            end = close if match[4] else data.index(b">", close) + 1
            local = match[2].rpartition(b":")[2].decode()
            return Element(local, match[3], match.start(), match.end(), close, end)
    raise Refused(f"{name} is empty")


def elements(data: bytes, start: int, end: int) -> Iterator[Element]:
    """The elements between two places, one after the other, without what stands in them."""
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
    """Where an element's content ends, and where the element does."""
    if opening[2].rpartition(b":")[2] == b"sheetData":  # never one in another, and large
        at = data.find(b"</" + opening[2], opening.end(), end)
        return at, data.index(b">", at) + 1
    depth = 1
    for match in _TAG.finditer(data, opening.end(), end):
        if match[2] != opening[2] or match[4]:
            continue
        depth += -1 if match[1] else 1
        if not depth:
            return match.start(), match.end()
    raise Refused("its XML is not well-formed")


def written(text: str) -> bytes:
    """Text as the content of an element."""
    return html.escape(text, quote=False).encode()


def attribute(value: object) -> str:
    """A value as it stands between the quotes of an attribute."""
    return html.escape(str(value))


def well_formed(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a part as they pass by. Raises Refused where a parser does not take them."""
    parser: Any = expat.ParserCreate()
    try:
        for piece in pieces:
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused(f"{name} would not be well-formed ({error})") from None


def demand_no_doctype(name: str, data: bytes) -> None:
    """Raise Refused where a part brings rules of its own for what it means."""
    if b"<!DOCTYPE" in data[:4096]:
        raise Refused(f"its part {name} has a DOCTYPE")


def last_before(children: Sequence[Element], order: Sequence[str], name: str) -> Element | None:
    """The last child after which an element of that name may stand, by the schema's order."""
    allowed = set(order[: order.index(name) + 1])
    before = [one for one in children if one.name in allowed]
    return before[-1] if before else None
