"""What mapping made of the entities of a run, until the plan needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder, encode

from importer.model import Payload
from importer.piece_file import PieceFile
from importer.pieces import pieces

CHUNK = 500
"""How many entities are kept, or planned, at once."""


class MappedEntity(Struct, frozen=True, array_like=True):
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


_decode = Decoder(list[MappedEntity]).decode


class Spool:
    """Mapped entities in their order, beyond memory where they are many."""

    def __init__(self) -> None:
        self._pieces = PieceFile()

    def add(self, entities: Iterable[MappedEntity]) -> None:
        """Append entities."""
        for some in pieces(entities, CHUNK):
            self._pieces.add(encode(some))

    def __iter__(self) -> Iterator[list[MappedEntity]]:
        """Yield all entities, some at a time; nothing may be added meanwhile."""
        for piece in self._pieces:
            yield _decode(piece)
