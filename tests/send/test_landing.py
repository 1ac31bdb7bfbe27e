"""Requests that land after their answer has timed out are not sent again."""

import pytest

from importer.journal import Lease, Outbox
from importer.journal.tables import BATCHES
from importer.pieces import pieces
from importer.pipeline.progress import NoProgress
from importer.plan import unmet
from importer.send import Pace, Sender
from importer.send.build import ChangeBuilder
from importer.targets.protocol import InDoubt
from tests.pipeline.bench import building, floor
from tests.send.between import Between

PORTFOLIO = {"Buildings": [building()], "Floors": [floor(str(n)) for n in range(4)]}


class DelayedBatch(Between):
    """A target that delays the second batch until `carry_out`."""

    def __init__(self, inner, *, late):
        super().__init__(inner)
        self.late = late
        self.kept = []

    def submit(self, changes):
        if self.submitted == 1 and not self.kept:
            self.kept.append(list(changes))
            return InDoubt("the answer was lost", late=self.late)
        return super().submit(changes)

    def carry_out(self):
        self.inner.submit(self.kept[0])


def sent(bench, target, slept, size=4):
    """Send a portfolio; record the sleeps, in which the target carries out its delayed batch."""
    run, _ = bench.prepare(PORTFOLIO, "trebellar-portfolio")

    def sleep(seconds):
        slept.append(round(seconds))
        target.carry_out()

    with Lease(bench.journal) as lease:
        lease.take(run)
        outbox = Outbox(lease)
        builder = ChangeBuilder(outbox, run.spec.types, [sheet.name for sheet in run.sheets])
        pace = Pace(batch_size=size, jobs=1, sleep=sleep)
        sender = Sender(outbox, target, builder, unmet, pace, NoProgress())
        sender.send()
    return sender


@pytest.mark.parametrize("late", [True, False], ids=["a time-out", "a lost answer"])
def test_a_request_that_lands_after_the_first_query_is_not_sent_again(bench, late):
    """A gateway times out earlier than the server behind it."""
    slept = []
    target = DelayedBatch(bench.connect(["trebellar"], {}), late=late)
    sent(bench, target, slept)
    assert slept == [60]
    assert len(bench.trebellar.places()) == 5


def test_a_time_out_halves_the_batches_of_the_rest_of_the_run(bench):
    target = DelayedBatch(bench.connect(["trebellar"], {}), late=True)
    assert sent(bench, target, [])._size == 2


@pytest.mark.parametrize(("age", "slept"), [(1, [60]), (1000, [])], ids=["just now", "long ago"])
def test_a_recent_request_of_another_process_is_given_time_to_land(bench, age, slept):
    """A recent request may still be in flight; an old one is not."""
    run, _ = bench.prepare({"Buildings": [building()]}, "trebellar-portfolio")
    with Lease(bench.journal) as lease:
        lease.take(run)
        outbox = Outbox(lease)
        [item] = outbox.waiting(outbox.levels()[0])
        outbox.record_sending(item.level, [item.no])
        with bench.journal.store.writing() as connection:
            connection.execute(BATCHES.update().values(sent=BATCHES.c.sent - age))
        waited = []
        builder = ChangeBuilder(outbox, run.spec.types, ["Buildings"])
        target = bench.connect(["trebellar"], {})
        pace = Pace(batch_size=4, sleep=waited.append)
        Sender(outbox, target, builder, unmet, pace, NoProgress()).settle_doubts()
    assert waited == slept
    assert bench.resume(run.name).counts == {"created": 1}


def test_several_batches_in_doubt_are_looked_up_together_and_wait_once(bench):
    """Those that landed have their outcome before the wait; the list is read twice."""
    run, _ = bench.prepare(
        {"Buildings": [building(str(n)) for n in range(100)]}, "trebellar-portfolio"
    )
    with Lease(bench.journal) as lease:
        lease.take(run)
        outbox = Outbox(lease)
        [level] = outbox.levels()
        builder = ChangeBuilder(outbox, run.spec.types, ["Buildings"])
        target = bench.connect(["trebellar"], {})
        items = list(outbox.waiting(level))
        for some in pieces(items, 25):
            outbox.record_sending(level, [item.no for item in some])
        target.submit(builder.build(items[:50])[0])
        bench.box.requests.clear()
        known = []
        pace = Pace(batch_size=4, sleep=lambda _: known.append(outbox.progress()[0]))
        Sender(outbox, target, builder, unmet, pace, NoProgress()).settle_doubts()
    assert known == [50]
    assert [one.method for one in bench.box.requests] == ["GET", "GET"]
    assert bench.resume(run.name).counts == {"created": 100}
    assert len(bench.trebellar.places()) == 100
