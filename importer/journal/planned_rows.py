"""The plan of a run as the journal keeps it: many rows, and what is sent of them, in one chunk."""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.json import Decoder, encode
from sqlalchemy import Connection, Integer, bindparam, select

from importer.journal.absent import insert_absent
from importer.journal.item import Item, entity_no, key_of
from importer.journal.serialize import pack, unpack, unpack_apart
from importer.journal.store import Store
from importer.journal.tables import CHUNKS, PLANNED, THIS_RUN
from importer.model import Action, Status

ROWS_A_CHUNK = 500
"""How many rows one chunk holds."""

INVALID, VALID, SKIPPED = 0, 1, 2
"""How a row is marked: it failed the checks, passed them, or is left out on purpose."""

QUICKLY = 1
"""The level of compression: the next ones take twice as long and save a tenth."""

STATUS = {status.value: status for status in Status}

_OF_RUN = PLANNED.c.run == THIS_RUN
_NUMBERS = select(PLANNED.c.no).where(_OF_RUN).order_by(PLANNED.c.no)
_OF_SHEETS = _NUMBERS.where(PLANNED.c.sheet.in_(bindparam("sheets", expanding=True, type_=Integer)))
_CHUNK = (
    select(CHUNKS.c.content, PLANNED.c.changes, PLANNED.c.shown)
    .join(PLANNED, PLANNED.c.sha256 == CHUNKS.c.sha256)
    .where(_OF_RUN, PLANNED.c.no == bindparam("chunk"))
)
_ROWS = (
    select(CHUNKS.c.content)
    .join(PLANNED, PLANNED.c.sha256 == CHUNKS.c.sha256)
    .where(_OF_RUN, PLANNED.c.no == bindparam("chunk"))
)
_LEVELS = select(PLANNED.c.no, PLANNED.c.levels).where(_OF_RUN).order_by(PLANNED.c.no)
_RANGES = select(PLANNED.c.no, PLANNED.c.first, PLANNED.c.last).where(_OF_RUN)


class PlannedItem(Struct, frozen=True, array_like=True):
    """What is planned for an entity, or for its relations; `key` is its text in the journal.

    It is pending where there is something to send.
    """

    no: int
    kind: str
    key: str
    level: int | None
    state: Status
    action: Action | None
    id: str | None
    message: str

    @property
    def sends(self) -> bool:
        """Whether there is something to send."""
        return self.state is Status.PENDING


class PlannedRow(Struct, frozen=True, array_like=True):
    """A row: how it is marked, its items, and the numbers of those that another row made."""

    sheet: int
    row: int
    mark: int
    items: list[PlannedItem]
    merged: list[int]

    def item(self, one: PlannedItem) -> Item:
        """Return one of its items as it is planned, without its change."""
        entity, is_relations = entity_no(one.no)
        return Item(
            entity=entity,
            is_relations=is_relations,
            sheet=self.sheet,
            row=self.row,
            kind=one.kind,
            key=key_of(one.key),
            level=one.level,
            state=one.state,
            action=one.action,
            id=one.id,
            message=one.message,
        )


_decode = Decoder(list[PlannedRow]).decode


def pack_rows(rows: Iterable[PlannedRow]) -> bytes:
    """Return rows as bytes; equal rows are equal bytes."""
    return zlib.compress(encode(list(rows)), QUICKLY)


def unpack_rows(data: bytes) -> list[PlannedRow]:
    """Return the rows that `pack_rows` was given."""
    return _decode(zlib.decompress(data))


Packed = tuple[bytes, bytes]
"""A change as `pack_apart` returns it: what is sent of it, and what a plan shows."""


def pack_lines(lines: Sequence[bytes]) -> bytes:
    """Return JSON values, one a line, as bytes."""
    return zlib.compress(b"\n".join(lines), QUICKLY) if lines else b""


def unpack_lines(data: bytes) -> list[bytes]:
    """Return the lines that `pack_lines` was given."""
    return zlib.decompress(data).split(b"\n") if data else []


def add_chunk(
    connection: Connection,
    run: str,
    no: int,
    rows: Sequence[PlannedRow],
    changes: Sequence[Packed],
) -> None:
    """Note chunk number `no` of a run; rows that the journal has already are not kept twice.

    There is one change for each item that is sent.
    """
    content = pack_rows(rows)
    digest = hashlib.sha256(content).hexdigest()
    insert_absent(connection, CHUNKS, {"sha256": digest, "content": content})
    sent = [item for row in rows for item in row.items if item.sends]
    numbers = [item.no for item in sent] or [-1]
    counts = Counter((item.level, item.kind) for item in sent)
    chunk = {
        "run": run,
        "no": no,
        "sheet": rows[0].sheet,
        "sha256": digest,
        "first": min(numbers),
        "last": max(numbers),
        "levels": pack([(*at, number) for at, number in counts.items()]),
        "changes": pack_lines([sent for sent, _ in changes]),
        "shown": pack_lines([shown for _, shown in changes]),
    }
    connection.execute(PLANNED.insert(), [chunk])


class Plan:
    """The plan of one run, as it stands in the journal; one chunk after the other is read."""

    def __init__(self, store: Store, run: str) -> None:
        self._store = store
        self._run = {"this_run": run}

    def rows(self, sheets: Sequence[int] | None = None) -> Iterator[list[PlannedRow]]:
        """Yield the rows in order, some at a time; only of `sheets` where given."""
        query = _NUMBERS if sheets is None else _OF_SHEETS
        which = self._run | ({} if sheets is None else {"sheets": list(sheets)})
        with self._store.reading() as connection:
            numbers = connection.execute(query, which).scalars().all()
        for no in numbers:
            with self._store.reading() as connection:
                content = connection.execute(_ROWS, self._run | {"chunk": no}).scalar_one()
            yield unpack_rows(content)

    def packed_changes(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield what is sent of the changes of each chunk, and what a plan shows, as lines."""
        for no, _ in self.levels():
            found = self._chunk(no)
            yield found.changes, found.shown

    def levels(self) -> list[tuple[int, list[tuple[int, str, int]]]]:
        """Return the number of each chunk, with level, kind and number of what it sends."""
        with self._store.reading() as connection:
            found = connection.execute(_LEVELS, self._run).all()
        return [(no, [(level, kind, n) for level, kind, n in unpack(data)]) for no, data in found]

    def items(self) -> Iterator[list[Item]]:
        """Yield all items in the order of their rows, some at a time."""
        for no, _ in self.levels():
            yield self.items_of(no)

    def items_of(self, chunk: int, level: int | None = None, *, shown: bool = True) -> list[Item]:
        """Return the items of a chunk; only those sent at a level where given.

        Their changes have what a plan shows if `shown`.
        """
        found = self._chunk(chunk)
        sent = unpack_lines(found.changes)
        changes = zip(sent, unpack_lines(found.shown) if shown else [b""] * len(sent), strict=True)
        items = []
        for row in unpack_rows(found.content):
            for one in row.items:
                change = next(changes) if one.sends else None
                if level is None or (change is not None and one.level == level):
                    item = row.item(one)
                    item.change = unpack_apart(*change) if change else None
                    items.append(item)
        return items

    def _chunk(self, no: int) -> Any:
        with self._store.reading() as connection:
            return connection.execute(_CHUNK, self._run | {"chunk": no}).one()

    def chunks_with(self, numbers: Iterable[int]) -> list[int]:
        """Return the chunks that may hold items to send with these numbers."""
        wanted = sorted(numbers)
        with self._store.reading() as connection:
            ranges = connection.execute(_RANGES, self._run).all()
        places = ((no, bisect_left(wanted, first), last) for no, first, last in ranges)
        return [no for no, at, last in places if at < len(wanted) and wanted[at] <= last]
