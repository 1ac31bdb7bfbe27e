"""Of several runs that want one target, one at a time has the lease."""

import os
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from msgspec import structs

from importer.errors import Cancelled, JournalLost, LeaseLost, TargetLocked, UsageError
from importer.journal import (
    Journal,
    Lease,
    Outbox,
    RunSpec,
    RunTarget,
    abandon,
    cancel,
    lease_of,
)
from importer.journal.outbox import BatchResult
from importer.journal.process import Process, gone, this_process
from importer.journal.serialize import pack
from importer.journal.tables import HOLDS
from importer.model import RunState
from importer.options import Options
from tests.forked import Forked

ME = this_process()
ELSEWHERE = structs.replace(ME, host="elsewhere", pid=1)
SPEC = RunSpec("T", [], Options(), {}, {})


@pytest.fixture
def journal(journal_place):
    journal = Journal(journal_place)
    yield journal
    journal.close()


@pytest.fixture
def take(journal):
    """Let a run take the lease of its target for the time of the test."""
    leases = []

    def act(run):
        leases.append(Lease(journal))
        leases[-1].take(run)
        return leases[-1]

    yield act
    for lease in leases:
        lease.close()


def begin(journal, identity="atlan https://a.example"):
    to = RunTarget(target="prod", identity=identity, system="s", template="x")
    return journal.begin(to, SPEC)


def change(journal, **values):
    """Change the row of the lease."""
    with journal.store.writing() as connection:
        connection.execute(HOLDS.update().values(**values))


def died(journal, **fields):
    """Let the lease be that of another process, which has ended."""
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        pid = ended.pid
    change(journal, holder=pack({**ME.as_json(), "pid": pid, **fields}))


def waiting(journal, run, then=lambda: None):
    """Return what a lease reports while it waits and `then` happens, and its sleeps."""
    reported, slept = [], []
    lease = Lease(journal, reported.append, lambda seconds: (slept.append(seconds), then()))
    try:
        lease.take(run)
    finally:
        lease.close()
    return reported, slept


def test_a_second_run_is_refused_with_the_process_that_has_the_lease_and_its_time(journal):
    first, second = begin(journal), begin(journal)
    with Lease(journal) as lease, Lease(journal) as other:
        lease.take(first)
        words = rf"prod is held by run {first.name} since 20\S+Z \(process {os.getpid()} on .*\)\."
        with pytest.raises(TargetLocked, match=words) as refused:
            other.take(second)
    assert refused.value.exit_status == 4
    assert lease_of(journal, first.identity) is None


def test_runs_of_different_targets_do_not_disturb_each_other(journal):
    with Lease(journal) as lease, Lease(journal) as other:
        lease.take(begin(journal))
        other.take(begin(journal, "atlan https://b.example"))


def test_a_renewed_lease_lasts_its_duration_and_no_longer(journal, take):
    lease = take(begin(journal))
    change(journal, until=0.0)
    with journal.store.writing() as connection:
        lease.claim(connection)
    assert lease.duration - 5 < lease_of(journal, lease.identity).left <= lease.duration


def test_a_journal_that_failed_once_is_renewed_at_the_next_turn(journal, take, monkeypatch):
    lease, writing = take(begin(journal)), journal.store.writing
    change(journal, until=0.0)
    turns, failures = iter([False, False, True]), iter([JournalLost("The disk is full.")])

    @contextmanager
    def failing_once():
        for failure in failures:
            raise failure
        with writing() as connection:
            yield connection

    monkeypatch.setattr(journal.store, "writing", failing_once)
    monkeypatch.setattr(lease, "_closed", SimpleNamespace(wait=lambda _: next(turns), set=list))
    lease._keep_alive()
    assert lease_of(journal, lease.identity).left > 0


def test_a_target_is_free_when_its_run_has_ended(journal):
    with Lease(journal) as lease:
        lease.take(begin(journal))
    with Lease(journal) as lease:
        lease.take(begin(journal))


def test_only_one_of_many_processes_gets_the_target(journal, journal_place):
    """Eight of them, all at once."""
    run = begin(journal)
    words = "tests.journal.contender", journal_place, run.identity
    processes = [Forked(*words, stdin=subprocess.PIPE, stderr=None) for _ in range(8)]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * 8
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.stdout.readline() for process in processes]
    for process in processes:
        with process:
            process.communicate("\n")
    assert sorted(answers) == ["held\n", *["refused\n"] * 7]


def test_the_lease_of_an_ended_process_of_this_host_is_taken_over_at_once(journal, take):
    first, second = begin(journal), begin(journal)
    take(first)
    died(journal)
    assert waiting(journal, second) == ([], [])


@pytest.mark.parametrize(
    "fields", [{"started": "1"}, {"boot": "another"}], ids=["its number is used again", "a reboot"]
)
def test_a_process_is_not_taken_for_another(journal, take, fields):
    """The process number alone does not identify it."""
    take(begin(journal))
    change(journal, holder=pack({**ME.as_json(), **fields}))
    assert waiting(journal, begin(journal)) == ([], [])


def test_the_lease_of_a_process_on_another_host_is_waited_for(journal, take):
    """Its lease ends without being renewed."""
    first = begin(journal)
    take(first)
    change(journal, holder=pack(ELSEWHERE.as_json()))
    reported, slept = waiting(journal, begin(journal), lambda: change(journal, until=0.0))
    assert reported == [
        f"prod was last held by run {first.name} (process 1 on elsewhere); waiting up to 60 s to "
        "see whether it is still there."
    ]
    assert [round(seconds) for seconds in slept] == [61]


def test_a_process_on_another_host_that_renews_its_lease_keeps_it(journal, take):
    take(begin(journal))
    change(journal, holder=pack(ELSEWHERE.as_json()))
    with pytest.raises(TargetLocked, match="process 1 on elsewhere"):
        waiting(journal, begin(journal), lambda: change(journal, until=HOLDS.c.until + 20))


def test_a_process_that_was_suspended_past_its_lease_writes_and_sends_nothing_more(journal, take):
    """Its lease ended and another took over."""
    first, second = begin(journal), begin(journal)
    stalled = take(first)
    change(journal, until=0.0)
    with Lease(journal) as lease:
        lease.take(second)
        outbox = Outbox(stalled)
        with pytest.raises(LeaseLost, match="took over run"):
            outbox.record_sending(1, [0])
        with pytest.raises(LeaseLost):
            outbox.settle(BatchResult(None, "done", []))
        stalled.close()
        assert lease_of(journal, first.identity).run == second.name


def test_a_run_that_was_sending_when_its_process_ended_is_interrupted(journal, take):
    first = begin(journal)
    take(first)
    first.state = RunState.SENDING
    journal.save(first)
    died(journal)
    waiting(journal, begin(journal))
    found = journal.run(first.name)
    assert (found.state, found.why) == ("interrupted", found.why)
    assert "ended without a word" in found.why


def doubtful(journal):
    """A run that has sent a batch and was interrupted before the answer was recorded."""
    run = begin(journal)
    with Lease(journal) as lease:
        lease.take(run)
        run.state = RunState.SENDING
        journal.save(run)
        Outbox(lease).record_sending(1, [0])
        journal.interrupt(run.name, "Broken off.")
    return run


def test_a_run_with_a_batch_in_doubt_keeps_its_target(journal):
    """Until it is resumed: what it sent may have landed."""
    first = doubtful(journal)
    words = rf"First\s+`importer resume {first.name}`.*`importer runs {first.name} --abandon`"
    with pytest.raises(TargetLocked, match=words):
        waiting(journal, begin(journal))
    assert waiting(journal, first) == ([], [])


def test_an_abandoned_run_frees_its_target(journal):
    first = doubtful(journal)
    abandon(journal, first.name)
    assert journal.run(first.name).state == "abandoned"
    assert journal.in_doubt(first.name) == []
    assert waiting(journal, begin(journal)) == ([], [])


def test_a_run_that_is_being_sent_cannot_be_abandoned(journal):
    first = begin(journal)
    with Lease(journal) as lease:
        lease.take(first)
        with pytest.raises(TargetLocked):
            abandon(journal, first.name)
    assert journal.run(first.name).state == "mapping"


def test_an_old_run_can_be_abandoned_while_another_has_the_lease(journal):
    old, new = begin(journal), begin(journal)
    with Lease(journal) as lease:
        lease.take(new)
        abandon(journal, old.name)
        assert lease_of(journal, new.identity).run == new.name
    assert journal.run(old.name).state == "abandoned"


def test_a_cancelled_run_sends_no_further_batch_but_settles_what_it_sent(journal):
    run = begin(journal)
    with Lease(journal) as lease:
        lease.take(run)
        outbox = Outbox(lease)
        batch = outbox.record_sending(1, [0])
        assert cancel(journal, run.name)
        outbox.settle(BatchResult(batch, "done", []))
        with pytest.raises(Cancelled, match=f"importer resume {run.name}"):
            outbox.record_sending(1, [1])
    assert not cancel(journal, run.name)
    assert waiting(journal, run) == ([], [])


def test_only_the_run_that_is_named_is_cancelled(journal, take):
    mine, other = begin(journal), begin(journal, "atlan https://b.example")
    for run in (mine, other):
        take(run)
        run.state = RunState.SENDING
        journal.save(run)
    assert cancel(journal, mine.name)
    assert lease_of(journal, mine.identity).cancelled
    assert not lease_of(journal, other.identity).cancelled


def test_a_run_that_no_process_sends_cannot_be_cancelled(journal, take):
    run = begin(journal)
    take(run)
    died(journal)
    assert not cancel(journal, run.name)
    with pytest.raises(UsageError):
        cancel(journal, "nope")


def test_a_process_that_has_ended_is_known_to_be_gone():
    with subprocess.Popen([sys.executable, "-c", "pass"], stdout=subprocess.PIPE) as ended:
        ended.stdout.read()
        ended_process = structs.replace(ME, pid=ended.pid)
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        assert gone(ended_process, ME)  # a zombie, whose exit status has not been read
    assert gone(ended_process, ME)
    assert not gone(ME, ME)


@pytest.mark.parametrize("name", ["host", "machine", "space"])
def test_a_process_that_cannot_be_seen_from_here_is_never_known_to_be_gone(name):
    assert not gone(structs.replace(ME, **{name: "other"}, pid=1), ME)


def test_the_process_of_a_lease_is_read_back_as_it_was_written():
    assert Process(**ME.as_json()) == ME


def test_a_lease_is_sure_until_half_of_it_has_passed(journal, monkeypatch):
    """After that another process may be about to take it over, however long this one slept."""
    now = [1000.0]
    monkeypatch.setattr("importer.journal.lease._seconds", lambda: now[0])
    with Lease(journal, duration=60.0) as lease:
        lease.take(begin(journal))
        with journal.store.writing() as connection:
            lease.claim(connection)
        assert lease.sure()
        now[0] += 29.9
        assert lease.sure()
        now[0] += 0.2
        assert not lease.sure()
