"""What a run still has to send, and the record of every batch before and after it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, select

from importer.cache import Cache
from importer.journal.clock import CLOCK
from importer.journal.item import Item
from importer.journal.items import with_outcomes
from importer.journal.journal import IN_FLIGHT, Doubt
from importer.journal.lease import Lease
from importer.journal.named_items import NamedItem, by_key
from importer.journal.planned_rows import Plan
from importer.journal.serialize import pack
from importer.journal.settled import Settled, settled_count, write_settled
from importer.journal.statement import Statement
from importer.journal.tables import BATCHES, THIS_RUN
from importer.model import Key, Status

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
REMEMBERED = 10_000
"""Of so many entities that others refer to it is remembered that they are imported."""

CHUNKS_AT_HAND = 4
"""How many chunks of the plan are kept of which single items are asked for."""


class BatchResult(Struct, frozen=True):
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
        self._plan = Plan(lease.journal.store, lease.run)
        self._at_hand = Cache[int, list[Item]](self._plan.items_of, CHUNKS_AT_HAND)
        self._imported: dict[tuple[str, Key], NamedItem] = {}
        self._last_batch: int | None = None
        self._answers: list[BatchResult] = []

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken the lease over since the last write."""
        return self._lease.sure()

    def levels(self) -> list[int]:
        """Return the levels at which something is sent, in order."""
        return sorted({level for _, sent in self._plan.levels() for level, _, _ in sent})

    def waiting(self, level: int) -> Iterator[Item]:
        """Yield the items of a level that are to be sent, in the order of their rows.

        Their changes lack what a plan shows. What was not to be sent when the items around it
        were read, is not yielded later.
        """
        chunks = [no for no, sent in self._plan.levels() if any(at == level for at, _, _ in sent)]
        for no in chunks:
            items = self._plan.items_of(no, level, shown=False)
            now = with_outcomes(self._journal.store, self.run, items)
            yield from (item for item in now if item.state is Status.PENDING)

    def referenced(self, named: Iterable[tuple[str, Key]]) -> dict[tuple[str, Key], NamedItem]:
        """Return the entities of the run with these kinds and keys."""
        found, asked = {}, []
        for one in named:
            if one in self._imported:
                found[one] = self._imported[one]
            else:
                asked.append(one)
        return found | self._looked_up(asked) if asked else found

    def _looked_up(self, asked: list[tuple[str, Key]]) -> dict[tuple[str, Key], NamedItem]:
        self.flush()
        with self._journal.store.reading() as connection:
            found = by_key(connection, self.run, asked)
        if len(self._imported) > REMEMBERED:
            self._imported.clear()
        imported = ((one, item) for one, item in found.items() if item.state.fine and item.id)
        self._imported.update(imported)  # what is imported stays so
        return found

    def record_sending(self, level: int, items: Sequence[int]) -> int:
        """Record that a batch is about to be sent; returns its number. Raises Cancelled.

        What was answered is recorded in the same transaction.
        """
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)
            self._lease.heed_cancel(connection)
            self._write_answers(connection)
            no = self._next_no(connection)
            _SENDING.run(connection, self.run, no, level, IN_FLIGHT, pack(list(items)), "")
        self._answers.clear()
        self._last_batch = no
        return no

    def _next_no(self, connection: Connection) -> int:
        """Return the number of the next batch; with the lease, no other process gives any."""
        if self._last_batch is None:
            last = connection.execute(_LAST_BATCH, {"this_run": self.run}).scalar()
            self._last_batch = int(last or 0)
        return self._last_batch + 1

    def settle(self, result: BatchResult) -> None:
        """Record how a batch ended, and the outcomes of its items, in one transaction."""
        self.answered(result)
        self.flush()

    def answered(self, result: BatchResult) -> None:
        """Note how a batch ended, to be recorded with the next that is sent, or by `flush`.

        Until then its answer counts as missing.
        """
        self._answers.append(result)

    def flush(self) -> None:
        """Record what was answered."""
        if self._answers:
            with self._journal.store.writing() as connection:
                self._lease.claim(connection)
                self._write_answers(connection)
            self._answers.clear()

    def _write_answers(self, connection: Connection) -> None:
        for result in self._answers:
            if result.batch is not None:
                answer = (result.state, result.words, result.http_status)
                _ANSWERED.run(connection, self.run, result.batch, *answer)
            write_settled(connection, self.run, result.items)

    def claim(self) -> None:
        """Make sure that this process still has the lease. Raises LeaseLost."""
        with self._journal.store.writing() as connection:
            self._lease.claim(connection)

    def in_doubt(self) -> list[Doubt]:
        """Return the batches whose answer is not in the journal."""
        return self._journal.in_doubt(self.run)

    def items(self, numbers: Sequence[int]) -> list[Item]:
        """Return the items with these numbers, of those that are sent; in their order."""
        wanted = set(numbers)
        chunks = self._plan.chunks_with(wanted)
        found = [one for no in chunks for one in self._at_hand[no] if one.no in wanted]
        sent = [replace(one) for one in found if one.change is not None]
        now = with_outcomes(self._journal.store, self.run, sent)
        return sorted(now, key=lambda one: one.no)

    def progress(self) -> tuple[int, int]:
        """Return how many items are settled, and how many there are to send."""
        total = sum(number for _, sent in self._plan.levels() for _, _, number in sent)
        with self._journal.store.reading() as connection:
            return settled_count(connection, self.run), total
