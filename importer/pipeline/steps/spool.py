"""What mapping made of the entities of a run, until the plan needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any, NamedTuple, Self

import orjson

from importer.model import Payload
from importer.pieces import pieces

CHUNK = 500
"""How many entities are kept, or planned, at once."""

IN_MEMORY = 8 << 20
"""Bytes of a spool before it goes into a file."""


class MappedEntity(NamedTuple):
    """What mapping made of entity number `no`.

    `clears` are the payload paths to empty; `edits` maps the paths of lists that are added to, to
    the values removed from them. `references` pairs the number of a reference with the numbers of
    the texts that name its entities; a number below zero means an entity of the same row.
    """

    no: int
    payload: Payload
    clears: tuple[str, ...]
    edits: dict[str, list[Any]]
    references: list[tuple[int, list[int]]]


class Spool:
    """Mapped entities in their order: in memory, or in a file without a name where they are many.

    Each line is the JSON of some of them.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)

    def add(self, entities: Iterable[MappedEntity]) -> None:
        """Append entities."""
        for some in pieces(map(tuple, entities), CHUNK):
            self._file.write(orjson.dumps(some, option=orjson.OPT_NON_STR_KEYS) + b"\n")

    def __iter__(self) -> Iterator[list[MappedEntity]]:
        """Yield all entities, some at a time; nothing may be added meanwhile."""
        self._file.seek(0)
        for line in self._file:
            yield [
                MappedEntity(no, payload, tuple(clears), edits, references)
                for no, payload, clears, edits, references in orjson.loads(line)
            ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._file.close()
