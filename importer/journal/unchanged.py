"""Rows of which nothing is to be sent: many of them are packed into one chunk of the journal.

What a report, an undo and a saved plan need of such a row stays: the entities that it states, with
key and id, and those that another row made.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, select

from importer.journal.absent import insert_absent
from importer.journal.item import Item, entity_no, key_of
from importer.journal.serialize import pack, unpack
from importer.journal.store import Store
from importer.journal.tables import CHUNKS, THIS_RUN, UNCHANGED
from importer.model import Action, Status

ROWS_A_CHUNK = 2000
"""How many rows one chunk holds."""

_OF_RUN = (
    select(CHUNKS.c.content)
    .join(UNCHANGED, UNCHANGED.c.sha256 == CHUNKS.c.sha256)
    .where(UNCHANGED.c.run == THIS_RUN)
    .order_by(UNCHANGED.c.no)
)


class UnchangedEntity(NamedTuple):
    """An entity that is live as its row says; `key` is its text in the journal."""

    no: int
    kind: str
    key: str
    level: int | None
    id: str | None


class MergedInto(NamedTuple):
    """An unchanged entity that another row made, and this one states again."""

    no: int
    id: str | None


class UnchangedRow(NamedTuple):
    """A row of which nothing is to be sent, by the number of its sheet."""

    sheet: int
    row: int
    entities: Sequence[UnchangedEntity]
    merged: Sequence[MergedInto]

    @property
    def id(self) -> str:
        """The id of the entity that the row is about."""
        own, others = (one.id for one in self.entities), (one.id for one in self.merged)
        return next(chain(own, others), None) or ""

    def items(self) -> Iterator[Item]:
        """Yield its items."""
        for one in self.entities:
            yield Item(
                entity=entity_no(one.no)[0],
                sheet=self.sheet,
                row=self.row,
                kind=one.kind,
                key=key_of(one.key),
                level=one.level,
                state=Status.UNCHANGED,
                action=Action.UNCHANGED,
                id=one.id,
            )


def pack_rows(rows: Iterable[UnchangedRow]) -> bytes:
    """Return rows as bytes; equal rows are equal bytes."""
    plain = [
        (row.sheet, row.row, list(map(tuple, row.entities)), list(map(tuple, row.merged)))
        for row in rows
    ]
    return zlib.compress(pack(plain))


def unpack_rows(data: bytes) -> Iterator[UnchangedRow]:
    """Yield the rows that `pack_rows` was given."""
    for sheet, row, entities, merged in unpack(zlib.decompress(data)):
        made = [UnchangedEntity(*one) for one in entities]
        yield UnchangedRow(sheet, row, made, [MergedInto(*one) for one in merged])


def add_chunk(connection: Connection, run: str, no: int, rows: Iterable[UnchangedRow]) -> None:
    """Note chunk number `no` of a run; one that the journal has already is not kept twice."""
    content = pack_rows(rows)
    digest = hashlib.sha256(content).hexdigest()
    insert_absent(connection, CHUNKS, {"sha256": digest, "content": content})
    connection.execute(UNCHANGED.insert(), [{"run": run, "no": no, "sha256": digest}])


def unchanged_rows(store: Store, run: str) -> Iterator[UnchangedRow]:
    """Yield the packed rows of a run, in order."""
    with store.reading() as connection:
        for (content,) in connection.execute(_OF_RUN, {"this_run": run}):
            yield from unpack_rows(content)


def unchanged_items(store: Store, run: str) -> Iterator[Item]:
    """Yield the items of the packed rows of a run, in order."""
    for row in unchanged_rows(store, run):
        yield from row.items()
