"""The blocks of shape ids of a workbook: no two of its drawings may use one block."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from importer.report.ooxml.package import Package

BLOCK_SIZE = 1024
"""Shape ids come in blocks of this size; a drawing's idmap lists its blocks."""

IDMAP = re.compile(rb"""<[\w.-]+:idmap\b[^>]*\bdata=["']([^"']*)["']""")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")


class ShapeBlocks(Struct):
    """The blocks in use; the package's drawings are read once, when the first block is asked for.

    `last` is the highest block in use.
    """

    package: Package
    last: int = -1

    def take(self, count: int, free: Iterable[int]) -> list[int]:
        """Return so many blocks: those that became free, then new ones."""
        if self.last < 0:
            self.last = max(map(self._last_in, self.package.names()), default=0)
        given = [*free][:count]
        new = range(self.last + 1, self.last + 1 + count - len(given))
        self.last += len(new)
        return [*given, *new]

    def _last_in(self, name: str) -> int:
        if not name.lower().endswith(".vml"):
            return 0
        data = self.package.part(name).data
        listed = (block for found in IDMAP.findall(data) for block in numbers(found))
        return max([0, *used_blocks(data), *listed])


def used_blocks(drawing: bytes) -> set[int]:
    """Return the blocks of the shape ids in a drawing."""
    return {int(number) // BLOCK_SIZE for number in _SHAPE_ID.findall(drawing)}


def numbers(listed: bytes) -> list[int]:
    """Return the blocks that an idmap lists."""
    return [int(number) for number in listed.split(b",") if number.strip()]
