"""A file without a name for what does not fit into memory, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from threading import Lock
from weakref import finalize

from importer.errors import UsageError

IN_MEMORY = 2 << 20
"""Bytes before they go into a file."""


class PieceFile:
    """Pieces of bytes in a file, or in memory where they are few; gone with the last who asks.

    Several threads may use it: the position in the file is theirs together.
    """

    def __init__(self, pieces: Iterable[bytes] = ()) -> None:
        """Keep pieces. Raises UsageError where the disk is full."""
        self._file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
        self._end = 0
        self._lock = Lock()
        finalize(self, self._file.close)
        for piece in pieces:
            self.add(piece)

    def __reduce__(self) -> tuple[type[PieceFile], tuple[list[bytes]]]:
        """Let other processes have a copy."""
        return PieceFile, (list(self),)

    def add(self, piece: bytes) -> int:
        """Append a piece; return where it begins. Raises UsageError where the disk is full."""
        with self._lock:
            place = self._end
            try:
                self._file.seek(place)
                self._file.write(len(piece).to_bytes(4, "little"))
                self._file.write(piece)
            except OSError as error:
                raise UsageError(
                    f"The rows have no room among the temporary files: {error.strerror}."
                ) from None
            self._end += 4 + len(piece)
        return place

    def read(self, place: int) -> bytes:
        """Return the piece that begins at a place."""
        with self._lock:
            self._file.seek(place)
            return self._file.read(int.from_bytes(self._file.read(4), "little"))

    def __iter__(self) -> Iterator[bytes]:
        """Yield all pieces in their order."""
        place = 0
        while place < self._end:
            piece = self.read(place)
            place += 4 + len(piece)
            yield piece
