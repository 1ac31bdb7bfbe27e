"""The journal as the sender sees it: what waits at a level, what goes out, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from importer.journal.journal import SENDING, Doubt, Item, item_of
from importer.journal.lease import Lease
from importer.journal.serialize import pack
from importer.model import Status


@dataclass(frozen=True, slots=True)
class Known:
    """An item that others refer to: where it stands, what became of it and its id."""

    row: int
    sheet: int
    state: Status
    id: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one item."""

    no: int
    state: Status
    id: str | None = None
    message: str = ""
    doubts: int = 0


class Outbox:
    """One run's items to send; every batch is written down before and after it goes out.

    Every write first makes sure that the target is still held, and raises LeaseLost where not.
    """

    def __init__(self, hold: Lease) -> None:
        self._journal = hold.journal
        self._hold = hold
        self.run = hold.run

    @property
    def sure(self) -> bool:
        """Whether what was written down may go out: nobody can have taken over since."""
        return self._hold.sure()

    def levels(self) -> list[int]:
        """The levels that still have something to send, in order."""
        from sqlalchemy import select

        from importer.journal.tables import ITEMS

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
        """The next items of a level that are to be sent, numbered above `after`."""
        from importer.journal.tables import ITEMS

        query = (
            ITEMS.select()
            .where(ITEMS.c.run == self.run, ITEMS.c.state == Status.PENDING)
            .where(ITEMS.c.level == level, ITEMS.c.no > after, ITEMS.c.change.is_not(None))
            .order_by(ITEMS.c.no)
            .limit(limit)
        )
        with self._journal.store.reading() as connection:
            return [item_of(row) for row in connection.execute(query).mappings()]

    def known(self, named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Known]:
        """What became of the entities (kind, key text) that others refer to."""
        from sqlalchemy import select

        from importer.journal.tables import ITEMS

        by_kind: dict[str, list[str]] = {}
        for kind, key in named:
            by_kind.setdefault(kind, []).append(key)
        columns = (ITEMS.c.kind, ITEMS.c.key, ITEMS.c.row, ITEMS.c.sheet, ITEMS.c.state, ITEMS.c.id)
        found: dict[tuple[str, str], Known] = {}
        with self._journal.store.reading() as connection:
            for kind, keys in by_kind.items():
                for start in range(0, len(keys), 500):
                    query = select(*columns, ITEMS.c.no).where(
                        ITEMS.c.run == self.run,
                        ITEMS.c.kind == kind,
                        ITEMS.c.key.in_(keys[start : start + 500]),
                    )
                    for row in connection.execute(query):
                        if row.no % 2 == 0:
                            known = Known(row.row, row.sheet, Status(row.state), row.id)
                            found[row.kind, row.key] = known
        return found

    def sending(self, level: int, items: Sequence[int]) -> int:
        """Write down that a batch is about to go out; answers its number. Raises Cancelled."""
        from sqlalchemy import func, select

        from importer.journal.tables import BATCHES

        with self._journal.store.writing() as connection:
            self._hold.claim(connection)
            self._hold.heed(connection)
            last = select(func.max(BATCHES.c.no)).where(BATCHES.c.run == self.run)
            no = int(connection.execute(last).scalar() or 0) + 1
            row = {"run": self.run, "no": no, "level": level, "state": SENDING}
            row |= {"items": pack(list(items)), "words": ""}
            connection.execute(BATCHES.insert().values(**row, sent=self._journal.store.clock()))
        return no

    def settle(
        self,
        batch: int | None,
        state: str,
        items: Sequence[Settled],
        words: str = "",
        http_status: int | None = None,
    ) -> None:
        """Write down what became of a batch and of its items, in one transaction."""
        from sqlalchemy import bindparam

        from importer.journal.tables import BATCHES, ITEMS

        with self._journal.store.writing() as connection:
            self._hold.claim(connection)
            if batch is not None:
                where = (BATCHES.c.run == self.run, BATCHES.c.no == batch)
                clock = self._journal.store.clock()
                values: dict[str, Any] = {"state": state, "settled": clock, "words": words}
                values["http_status"] = http_status
                connection.execute(BATCHES.update().where(*where).values(**values))
            if items:
                named: Any = {name: bindparam(f"n_{name}") for name in _SETTLED}
                where = (ITEMS.c.run == self.run, ITEMS.c.no == bindparam("n_no"))
                rows = [_settled_row(item) for item in items]
                connection.execute(ITEMS.update().where(*where).values(**named), rows)

    def claim(self) -> None:
        """Make sure that the target is still held. Raises LeaseLost."""
        with self._journal.store.writing() as connection:
            self._hold.claim(connection)

    def in_doubt(self) -> list[Doubt]:
        """Batches of which nobody wrote down what became of them."""
        return self._journal.in_doubt(self.run)

    def items(self, numbers: Sequence[int]) -> list[Item]:
        """The items with these numbers."""
        from importer.journal.tables import ITEMS

        query = ITEMS.select().where(ITEMS.c.run == self.run, ITEMS.c.no.in_(numbers))
        with self._journal.store.reading() as connection:
            return [
                item_of(row) for row in connection.execute(query.order_by(ITEMS.c.no)).mappings()
            ]

    def progress(self) -> tuple[int, int]:
        """How many items are settled, and how many there are to send."""
        from sqlalchemy import case, func, select

        from importer.journal.tables import ITEMS

        open_ones = func.sum(case((ITEMS.c.state == Status.PENDING, 1), else_=0))
        query = select(func.count(), open_ones).where(ITEMS.c.run == self.run)
        with self._journal.store.reading() as connection:
            total, pending = connection.execute(query).one()
        return int(total) - int(pending or 0), int(total)


_SETTLED = ("state", "id", "message", "doubts")


def _settled_row(item: Settled) -> dict[str, Any]:
    return {
        "n_no": item.no,
        "n_state": item.state,
        "n_id": item.id,
        "n_message": item.message,
        "n_doubts": item.doubts,
    }
