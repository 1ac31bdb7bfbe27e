"""Content copied piece by piece, never more of it than is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importer.sources.source import Limits, SourceTooLarge

PIECE = 1 << 20
"""Bytes."""


def demand_size(size: int | None, limits: Limits, address: str) -> None:
    """Raise SourceTooLarge where a size, as far as it is known, is beyond the limit."""
    if size is not None and size > limits.file_bytes:
        raise SourceTooLarge(
            f"{address} is larger than {limits.file_bytes:,} bytes: it is not fetched. Divide it, "
            "or send it with `importer run`."
        )


def written(pieces: Iterable[bytes], out: BinaryIO, limits: Limits, address: str) -> int:
    """Write pieces, and return how many bytes they were. Raises SourceTooLarge."""
    total = 0
    for piece in pieces:
        total += len(piece)
        demand_size(total, limits, address)
        out.write(piece)
    return total


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a stream, piece by piece."""
    return iter(lambda: stream.read(PIECE), b"")
