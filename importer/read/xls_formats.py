"""The number formats of an old .xls that show leading zeros, which its parser leaves out.

A record of such a file is a type, a length and a payload (MS-XLS 2.1.4). Formats are found by their
records wherever these stand, without following the file's allocation table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from importer.read.styles import lettered, padding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

FORMAT = re.compile(rb"\x1e\x04([\x07-\xff])\x00(..)(..)([\x00\x01])", re.DOTALL)
CELL_FORMAT = re.compile(rb"(?=\xe0\x00\x14\x00..(..))", re.DOTALL)
NARROW = b"\0"


def padded_formats(file: bytes | mmap) -> list[str]:
    """Return the formats of two or more zeros, such as `0000`, that some cell format uses."""
    shown = {(number, text) for number, text in formats(file) if padding(text) or lettered(text)}
    used = {found[1] for found in CELL_FORMAT.finditer(file)} if shown else set()
    return sorted({text for number, text in shown if number in used})


def formats(file: bytes | mmap) -> Iterator[tuple[bytes, str]]:
    """Yield number (two bytes) and code of each format of the file."""
    for found in FORMAT.finditer(file):
        size, count = found[1][0], int.from_bytes(found[3], "little")
        width = 1 if found[4] == NARROW else 2
        if size == 5 + width * count:
            raw = file[found.end() : found.end() + width * count]
            yield found[2], raw.decode("latin-1" if width == 1 else "utf-16-le", "replace")
