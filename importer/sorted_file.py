"""Entries in the order of a key, beyond memory where they are many, whatever order they come in."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec.json import Decoder, encode

from importer.piece_file import PieceFile
from importer.pieces import pieces

T = TypeVar("T")
Key: TypeAlias = Callable[[T], Any]

PIECE = 500
"""How many entries are written, and read again, at once."""

LATE = 16_000
"""How many entries that come too late are sorted at once."""


class SortedFile(Generic[T]):
    """Entries of one type, which msgspec writes as JSON and reads again; no two have one key.

    What comes in order costs no more than writing it. What comes late is sorted apart and merged
    with the rest when it is read.
    """

    def __init__(self, type_: type[T], key: Key[T]) -> None:
        self._key = key
        self._decode: Callable[[bytes], list[T]] = Decoder(list[type_]).decode  # type: ignore[valid-type]
        self._fresh: list[T] = []
        self._late: list[T] = []
        self._end: Any = None
        self._file = PieceFile()
        self._in_order: list[int] = []
        self._sorted: list[list[int]] = []

    def add(self, entries: Iterable[T]) -> None:
        """Add entries."""
        self._fresh += entries
        if len(self._fresh) >= PIECE:
            self._store()

    def _store(self) -> None:
        self._fresh.sort(key=self._key)
        if self._end is None or self._end < self._key(self._fresh[0]):
            self._in_order += self._written(self._fresh)
            self._end = self._key(self._fresh[-1])
        else:
            self._late += self._fresh
        self._fresh.clear()
        if len(self._late) >= LATE:
            self._sort_late()

    def _sort_late(self) -> None:
        self._late.sort(key=self._key)
        self._sorted.append(self._written(self._late))
        self._late.clear()

    def _written(self, entries: Iterable[T]) -> list[int]:
        """Write entries; returns where each piece of them begins."""
        return [self._file.add(encode(some)) for some in pieces(entries, PIECE)]

    def __iter__(self) -> Iterator[T]:
        """Yield all entries in order. Raises ValueError where two have the same key."""
        if self._fresh:
            self._store()
        if self._late:
            self._sort_late()
        every = map(self._read, [self._in_order, *self._sorted])
        return self._each_once(heapq.merge(*every, key=self._key))

    def _read(self, places: Iterable[int]) -> Iterator[T]:
        for place in places:
            yield from self._decode(self._file.read(place))

    def _each_once(self, entries: Iterator[T]) -> Iterator[T]:
        before: Any = None
        for entry in entries:
            here = self._key(entry)
            if here == before:
                raise ValueError(f"{here} is there twice.")
            before = here
            yield entry
