"""Cutting of iterables and streams into pieces, so that no data is held in memory as a whole."""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


def pieces(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the values in lists of `size`; the last list may be shorter."""
    iterator = iter(values)
    while piece := list(islice(iterator, size)):
        yield piece


def stream_pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    """Yield the rest of a stream, at most `size` bytes at a time."""
    while piece := stream.read(size):
        yield piece
