"""What a run still has to send, and the record of every batch before and after it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select

from importer.journal.clock import CLOCK
from importer.journal.item import Item, key_text
from importer.journal.items import STATUS, item_of
from importer.journal.journal import IN_FLIGHT, Doubt
from importer.journal.lease import Lease
from importer.journal.serialize import pack
from importer.journal.statement import Statement
from importer.journal.tables import BATCHES, ITEMS, THIS_RUN
from importer.model import Key, Status

_OF_RUN = ITEMS.c.run == THIS_RUN
_TO_SEND = (_OF_RUN, ITEMS.c.state == Status.PENDING, ITEMS.c.change.is_not(None))
_LEVELS = select(ITEMS.c.level).where(*_TO_SEND).distinct().order_by(ITEMS.c.level)
_WAITING = (
    ITEMS.select()
    .where(*_TO_SEND, ITEMS.c.level == bindparam("level"), ITEMS.c.no > bindparam("after"))
    .order_by(ITEMS.c.no)
    .limit(bindparam("most"))
)
_REFERENCED = Statement(
    select(ITEMS.c.no, ITEMS.c.row, ITEMS.c.sheet, ITEMS.c.state, ITEMS.c.id)
    .where(_OF_RUN, ITEMS.c.kind == bindparam("of_kind"), ITEMS.c.key == bindparam("of_key"))
    .where(ITEMS.c.no % 2 == 0),  # the others are relations: see `item_no`
    "this_run",
    "of_kind",
    "of_key",
)
_NUMBERED = (
    ITEMS.select()
    .where(_OF_RUN, ITEMS.c.no.in_(bindparam("numbers", expanding=True)))
    .order_by(ITEMS.c.no)
)
_PROGRESS = select(
    func.count(), func.sum(case((ITEMS.c.state == Status.PENDING, 1), else_=0))
).where(_OF_RUN)
_LAST_BATCH = select(func.max(BATCHES.c.no)).where(BATCHES.c.run == THIS_RUN)
_SENDING = Statement(
    BATCHES.insert().values(sent=CLOCK), "run", "no", "level", "state", "items", "words"
)
_ANSWER = ("state", "words", "http_status")
_ANSWERED = Statement(
    BATCHES.update()
    .where(BATCHES.c.run == THIS_RUN, BATCHES.c.no == bindparam("batch"))
    .values({name: bindparam(f"n_{name}") for name in _ANSWER} | {"settled": CLOCK}),
    "this_run",
    "batch",
    *(f"n_{name}" for name in _ANSWER),
)
_SETTLED = ("state", "id", "message", "doubts")
"""The columns of an item that its answer fills."""
_SETTLE = Statement(
    ITEMS.update()
    .where(_OF_RUN, ITEMS.c.no == bindparam("n_no"))
    .values({name: bindparam(f"n_{name}") for name in _SETTLED}),
    "this_run",
    "n_no",
    *(f"n_{name}" for name in _SETTLED),
)
REMEMBERED = 10_000
"""Of so many entities that others refer to it is remembered that they are imported."""


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
        self._run: dict[str, Any] = {"this_run": lease.run}
        self._imported: dict[tuple[str, Key], ReferencedItem] = {}
        self._last_batch: int | None = None

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken the lease over since the last write."""
        return self._lease.sure()

    def levels(self) -> list[int]:
        """Return the levels that still have something to send, in order."""
        with self._journal.store.reading() as connection:
            return [level for (level,) in connection.execute(_LEVELS, self._run)]

    def waiting(self, level: int, after: int, limit: int) -> list[Item]:
        """Return the next items of a level that are to be sent, numbered above `after`.

        Their changes lack what a plan shows.
        """
        which = {**self._run, "level": level, "after": after, "most": limit}
        with self._journal.store.reading() as connection:
            return [item_of(row, shown=False) for row in connection.execute(_WAITING, which)]

    def referenced(self, named: Iterable[tuple[str, Key]]) -> dict[tuple[str, Key], ReferencedItem]:
        """Return the entities of the run with these kinds and keys."""
        found, asked = {}, []
        for one in named:
            if one in self._imported:
                found[one] = self._imported[one]
            else:
                asked.append(one)
        return found | self._looked_up(asked) if asked else found

    def _looked_up(self, asked: list[tuple[str, Key]]) -> dict[tuple[str, Key], ReferencedItem]:
        found: dict[tuple[str, Key], ReferencedItem] = {}
        with self._journal.store.reading() as connection:
            for kind, key in asked:
                rows = _REFERENCED.run(connection, self.run, kind, key_text(key)).fetchall()
                for _, row, sheet, state, identity in sorted(rows)[-1:]:
                    found[kind, key] = ReferencedItem(row, sheet, STATUS[state], identity)
        if len(self._imported) > REMEMBERED:
            self._imported.clear()
        imported = ((one, item) for one, item in found.items() if item.state.fine and item.id)
        self._imported.update(imported)  # what is imported stays so
        return found

    def record_sending(self, level: int, items: Sequence[int]) -> int:
        """Record that a batch is about to be sent; returns its number. Raises Cancelled."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)
            self._lease.heed_cancel(connection)
            no = self._next_no(connection)
            _SENDING.run(connection, self.run, no, level, IN_FLIGHT, pack(list(items)), "")
        self._last_batch = no
        return no

    def _next_no(self, connection: Connection) -> int:
        """Return the number of the next batch; with the lease, no other process gives any."""
        if self._last_batch is None:
            self._last_batch = int(connection.execute(_LAST_BATCH, self._run).scalar() or 0)
        return self._last_batch + 1

    def settle(self, result: BatchResult) -> None:
        """Record how a batch ended, and the outcomes of its items, in one transaction."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)
            if result.batch is not None:
                answer = (result.state, result.words, result.http_status)
                _ANSWERED.run(connection, self.run, result.batch, *answer)
            _SETTLE.run_many(connection, [self._settled(item) for item in result.items])

    def _settled(self, item: Settled) -> tuple[Any, ...]:
        return self.run, item.no, item.state, item.id, item.message, item.doubts

    def claim(self) -> None:
        """Make sure that this process still has the lease. Raises LeaseLost."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)

    def in_doubt(self) -> list[Doubt]:
        """Return the batches whose answer is not in the journal."""
        return self._journal.in_doubt(self.run)

    def items(self, numbers: Sequence[int]) -> list[Item]:
        """Return the items with these numbers."""
        which = {**self._run, "numbers": list(numbers)}
        with self._journal.store.reading() as connection:
            return [item_of(row) for row in connection.execute(_NUMBERED, which)]

    def progress(self) -> tuple[int, int]:
        """Return how many items are settled, and how many there are."""
        with self._journal.store.reading() as connection:
            total, waiting = connection.execute(_PROGRESS, self._run).one()
        return int(total) - int(waiting or 0), int(total)
