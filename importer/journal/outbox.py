"""What a run still has to send, and the record of every batch before and after it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, func, select

from importer.journal.item import Item, entity_no, key_of, key_text
from importer.journal.items import item_of
from importer.journal.journal import IN_FLIGHT, MANY, Doubt
from importer.journal.lease import Lease
from importer.journal.serialize import pack
from importer.journal.tables import BATCHES, ITEMS
from importer.model import Key, Status
from importer.pieces import pieces


@dataclass(frozen=True, slots=True)
class ReferencedItem:
    """An entity of the run that others refer to: its place, its outcome and the target's id."""

    row: int
    sheet: int
    state: Status
    id: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one item, by its number in the journal."""

    no: int
    state: Status
    id: str | None = None
    message: str = ""
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class BatchResult:
    """How a batch ended; `batch` is None for items that were never sent."""

    batch: int | None
    state: str
    items: Sequence[Settled]
    words: str = ""
    http_status: int | None = None


class Outbox:
    """The items of one run that are to be sent.

    Every write first makes sure that this process still has the lease; raises LeaseLost if not.
    """

    def __init__(self, lease: Lease) -> None:
        self._journal = lease.journal
        self._lease = lease
        self.run = lease.run

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken the lease over since the last write."""
        return self._lease.sure()

    def levels(self) -> list[int]:
        """Return the levels that still have something to send, in order."""
        query = (
            select(ITEMS.c.level)
            .where(ITEMS.c.run == self.run, ITEMS.c.state == Status.PENDING)
            .where(ITEMS.c.change.is_not(None))
            .distinct()
            .order_by(ITEMS.c.level)
        )
        with self._journal.store.reading() as connection:
            return [level for (level,) in connection.execute(query)]

    def waiting(self, level: int, after: int, limit: int) -> list[Item]:
        """Return the next items of a level that are to be sent, numbered above `after`."""
        query = (
            ITEMS.select()
            .where(ITEMS.c.run == self.run, ITEMS.c.state == Status.PENDING)
            .where(ITEMS.c.level == level, ITEMS.c.no > after, ITEMS.c.change.is_not(None))
            .order_by(ITEMS.c.no)
            .limit(limit)
        )
        with self._journal.store.reading() as connection:
            return [item_of(row) for row in connection.execute(query).mappings()]

    def referenced(self, named: Iterable[tuple[str, Key]]) -> dict[tuple[str, Key], ReferencedItem]:
        """Return the entities of the run with these kinds and keys."""
        by_kind: dict[str, list[str]] = {}
        for kind, key in named:
            by_kind.setdefault(kind, []).append(key_text(key))
        columns = (ITEMS.c.no, ITEMS.c.key, ITEMS.c.row, ITEMS.c.sheet, ITEMS.c.state, ITEMS.c.id)
        found: dict[tuple[str, Key], ReferencedItem] = {}
        with self._journal.store.reading() as connection:
            for kind, keys in by_kind.items():
                mine = select(*columns).where(ITEMS.c.run == self.run, ITEMS.c.kind == kind)
                for some in pieces(keys, MANY):
                    for row in connection.execute(mine.where(ITEMS.c.key.in_(some))):
                        if not entity_no(row.no)[1]:
                            item = ReferencedItem(row.row, row.sheet, Status(row.state), row.id)
                            found[kind, key_of(row.key)] = item
        return found

    def record_sending(self, level: int, items: Sequence[int]) -> int:
        """Record that a batch is about to be sent; returns its number. Raises Cancelled."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)
            self._lease.heed_cancel(connection)
            last = select(func.max(BATCHES.c.no)).where(BATCHES.c.run == self.run)
            no = int(connection.execute(last).scalar() or 0) + 1
            row = {"run": self.run, "no": no, "level": level, "state": IN_FLIGHT}
            row |= {"items": pack(list(items)), "words": ""}
            connection.execute(BATCHES.insert().values(**row, sent=self._journal.store.clock()))
        return no

    def settle(self, result: BatchResult) -> None:
        """Record how a batch ended, and the outcomes of its items, in one transaction."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)
            if result.batch is not None:
                where = (BATCHES.c.run == self.run, BATCHES.c.no == result.batch)
                clock = self._journal.store.clock()
                values: dict[str, Any] = {"state": result.state, "settled": clock}
                values |= {"words": result.words, "http_status": result.http_status}
                connection.execute(BATCHES.update().where(*where).values(**values))
            if result.items:
                named: Any = {name: bindparam(f"n_{name}") for name in _SETTLED}
                where = (ITEMS.c.run == self.run, ITEMS.c.no == bindparam("n_no"))
                rows = [
                    {f"n_{name}": getattr(item, name) for name in ("no", *_SETTLED)}
                    for item in result.items
                ]
                connection.execute(ITEMS.update().where(*where).values(**named), rows)

    def claim(self) -> None:
        """Make sure that this process still has the lease. Raises LeaseLost."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)

    def in_doubt(self) -> list[Doubt]:
        """Return the batches whose answer is not in the journal."""
        return self._journal.in_doubt(self.run)

    def items(self, numbers: Sequence[int]) -> list[Item]:
        """Return the items with these numbers."""
        query = ITEMS.select().where(ITEMS.c.run == self.run, ITEMS.c.no.in_(numbers))
        with self._journal.store.reading() as connection:
            rows = connection.execute(query.order_by(ITEMS.c.no)).mappings()
            return [item_of(row) for row in rows]

    def progress(self) -> tuple[int, int]:
        """Return how many items are settled, and how many there are."""
        pending = func.sum(case((ITEMS.c.state == Status.PENDING, 1), else_=0))
        query = select(func.count(), pending).where(ITEMS.c.run == self.run)
        with self._journal.store.reading() as connection:
            total, waiting = connection.execute(query).one()
        return int(total) - int(waiting or 0), int(total)


_SETTLED = ("state", "id", "message", "doubts")
