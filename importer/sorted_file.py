"""Entries in the order of a key, beyond memory where they are many, whatever order they come in."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.json import Decoder, encode

from importer.piece_file import PieceFile
from importer.pieces import pieces

T = TypeVar("T")
Key: TypeAlias = Callable[[T], Any]

PIECE = 500
"""How many entries are written, and read again, at once."""

LATE = 4_000
"""How many entries that come too late are sorted at once."""


class _Run(Struct):
    """Entries in order: the key of the last one, and where each piece of them begins."""

    end: Any
    places: list[int]


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
        self._file = PieceFile()
        self._runs: list[_Run] = []

    def add(self, entries: Iterable[T]) -> None:
        """Add entries. Raises UsageError where the disk is full."""
        self._fresh += entries
        if len(self._fresh) >= PIECE:
            self._store()

    def _store(self) -> None:
        self._fresh.sort(key=self._key)
        first = self._key(self._fresh[0])
        run = next((run for run in self._runs if run.end < first), None)
        if run is not None or not self._runs:
            self._write(self._fresh, run)
        else:
            self._late += self._fresh
        self._fresh.clear()
        if len(self._late) >= LATE:
            self._store_late()

    def _store_late(self) -> None:
        self._late.sort(key=self._key)
        self._write(self._late)
        self._late.clear()

    def _write(self, entries: Sequence[T], run: _Run | None = None) -> None:
        """Write entries behind those of a run; without one they begin another."""
        if run is None:
            run = _Run(None, [])
            self._runs.append(run)
        run.places += [self._file.add(encode(some)) for some in pieces(entries, PIECE)]
        run.end = self._key(entries[-1])

    def __iter__(self) -> Iterator[T]:
        """Yield all entries in order. Raises ValueError where two have the same key."""
        if self._fresh:
            self._store()
        if self._late:
            self._store_late()
        return self._each_once(heapq.merge(*map(self._read, self._runs), key=self._key))

    def _read(self, run: _Run) -> Iterator[T]:
        for place in run.places:
            yield from self._decode(self._file.read(place))

    def _each_once(self, entries: Iterator[T]) -> Iterator[T]:
        before: Any = None
        for entry in entries:
            here = self._key(entry)
            if here == before:
                raise ValueError(f"{here} is there twice.")
            before = here
            yield entry
