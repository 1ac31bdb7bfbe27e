"""The texts that the sheets of an .xlsx share: how much they become where cells repeat them.

The workbook parser makes a text of its own for each cell, so a text of 32,000 letters and a sheet
that names it 20,000 times are 640 MB of memory out of a file of 300 kB. This is counted before a
sheet is parsed: roughly, by the longest text, and by each cell only where that may be too much.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from msgspec import Struct

from importer.pieces import stream_pieces
from importer.read.mojibake import bytes_may_be_spoilt
from importer.read.xml_pieces import parse_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

BLOCK = 1 << 18
IN_ATTRIBUTE = re.compile(rb"""=\s*(?:"[^"<]*<|'[^'<]*<)""")
"""An attribute with a tag in it, which XML forbids and the workbook parser does not."""
USE = re.compile(rb"""["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v[^<>]*>\s*([0-9]{1,9})\s*<""")
"""A cell with a shared text, whose number is the group."""


class SharedTexts(Struct, frozen=True):
    """What the part holds: its size, that of its longest text with the markup, in bytes.

    `spoilt` says that the texts may hold mojibake.
    """

    size: int = 0
    longest: int = 0
    spoilt: bool = False


def scan_shared_texts(part: IO[bytes]) -> SharedTexts:
    """Return what the part holds.

    Where a tag may stand in a comment, CDATA, an instruction or an attribute, and where a text
    is longer than a block, all of the part counts as one text: `text_lengths` is exact, and slower.
    """
    size = longest = tail = 0
    spoilt, plain, rest = False, True, b""
    for block in stream_pieces(part, BLOCK):
        spoilt = spoilt or bytes_may_be_spoilt(block)
        plain = plain and is_plain(rest + block, first=not size)
        plain = plain and b"<" in block
        rest = block[block.rfind(b"<") :]
        lengths = list(map(len, block.split(b"<si")))
        longest = max(longest, tail + lengths[0], *lengths)
        tail = lengths[-1] if len(lengths) > 1 else tail + lengths[0]
        size += len(block)
    return SharedTexts(size, longest if plain else size, spoilt)


def is_plain(block: bytes, *, first: bool) -> bool:
    """Return whether what looks like a tag in a block is one; the first has a declaration."""
    asks = b"?" in block and block.count(b"<?", 1 if first else 0)
    hidden = asks or (b"!" in block and b"<!" in block)
    return not hidden and IN_ATTRIBUTE.search(block) is None


def text_lengths(part: IO[bytes]) -> Sequence[int]:
    """Return the length of each text in its order."""
    parser = ParserCreate()
    starts: list[int] = []
    depth = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        if depth or name.rpartition(":")[2] == "si":
            depth += 1
            if depth == 1:
                starts.append(parser.CurrentByteIndex)

    def end(_: str) -> None:
        nonlocal depth
        depth -= depth > 0

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parse_pieces(parser, part)
    return [after - first for first, after in pairwise([*starts, parser.CurrentByteIndex])]


def used_text(sheet: IO[bytes], longest: int, lengths: Sequence[int]) -> int:
    """Return how many bytes of shared text the cells of a sheet have, at most.

    A use that is not understood counts as one of the longest text.
    """
    total = unknown = 0
    for block in stream_pieces(sheet, BLOCK):
        numbers = [number for use in USE.findall(block) if (number := int(use)) < len(lengths)]
        total += sum(map(lengths.__getitem__, numbers))
        # In either quotes; one more may stand on the border of two blocks.
        unknown += block.count(b'"s"') + block.count(b"'s'") + 1 - len(numbers)
    return total + unknown * longest
