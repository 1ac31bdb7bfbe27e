"""What an export has of each entity, packed, in a file without a name where it is much."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, TypeVar, overload
from weakref import finalize

from importer.errors import UsageError

IN_MEMORY = 8 << 20
"""Bytes that are kept before they go into a file."""

T = TypeVar("T")


class Kept(Sequence[T], Generic[T]):
    """Things in the order in which they were added; each is unpacked when it is asked for."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
        self._ends = array("Q", (0,))
        finalize(self, self._file.close)

    def add(self, one: T) -> None:
        """Add a thing. Raises UsageError where the disk is full."""
        packed = pickle.dumps(one, pickle.HIGHEST_PROTOCOL)
        try:
            self._file.seek(self._ends[-1])
            self._file.write(packed)
        except OSError as error:
            raise UsageError(
                f"The rows have no room among the temporary files: {error.strerror}."
            ) from None
        self._ends.append(self._ends[-1] + len(packed))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> list[T]: ...

    def __getitem__(self, at: int | slice) -> T | list[T]:
        places = range(len(self))[at]
        return self._at(places) if isinstance(places, int) else list(map(self._at, places))

    def __iter__(self) -> Iterator[T]:
        return map(self._at, range(len(self)))

    def __reduce__(self) -> tuple[type[list[T]], tuple[list[T]]]:
        """A copy is a list: it may go to another process."""
        return list, (list(self),)

    def _at(self, place: int) -> T:
        begin, end = self._ends[place], self._ends[place + 1]
        self._file.seek(begin)
        found: Any = pickle.loads(self._file.read(end - begin))  # noqa: S301
        return found  # type: ignore[no-any-return]
