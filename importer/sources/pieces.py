"""Content copied piece by piece, never more of it than is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importer.errors import UsageError
from importer.sources.source import Limits, SourceTooLarge
from importer.sources.trouble import reason_of

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
    """Write pieces, and return how many bytes they were. Raises SourceTooLarge, UsageError."""
    total = 0
    for piece in pieces:
        total += len(piece)
        demand_size(total, limits, address)
        _keep(piece, out, address)
    return total


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a stream, piece by piece."""
    return iter(lambda: stream.read(PIECE), b"")


def _keep(piece: bytes, out: BinaryIO, address: str) -> None:
    try:
        out.write(piece)
    except OSError as error:
        raise UsageError(
            f"{address} cannot be kept on this machine: {reason_of(error)}. Make room, or correct "
            "the folder of the journal."
        ) from error
