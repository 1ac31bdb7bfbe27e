"""What an export has of each entity, packed, in a file without a name where it is much."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from importer.piece_file import PieceFile

T = TypeVar("T")


class Kept(Sequence[T], Generic[T]):
    """Things in the order in which they were added; each is unpacked when it is asked for."""

    def __init__(self) -> None:
        self._pieces = PieceFile()
        self._places = array("Q")

    def add(self, one: T) -> None:
        """Add a thing. Raises UsageError where the disk is full."""
        self._places.append(self._pieces.add(pickle.dumps(one, pickle.HIGHEST_PROTOCOL)))

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> list[T]: ...

    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return list(map(self._at, self._places[at]))
        return self._at(self._places[at])

    def __iter__(self) -> Iterator[T]:
        return map(self._at, self._places)

    def __reduce__(self) -> tuple[type[list[T]], tuple[list[T]]]:
        """Make a list of a copy: it may go to another process."""
        return list, (list(self),)

    def _at(self, place: int) -> T:
        found: Any = pickle.loads(self._pieces.read(place))  # noqa: S301 - our own
        return found  # type: ignore[no-any-return]
