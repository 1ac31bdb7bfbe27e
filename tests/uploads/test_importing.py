"""An import goes on whatever happens to its processes, and stops where somebody says so."""

import os
import signal
import time
from contextlib import contextmanager

import pytest

from importer import sandbox
from importer.journal import Lease, RunPlan, RunSpec, RunTarget
from importer.journal.process import Process
from importer.journal.serialize import unpack
from importer.journal.upload_tables import UPLOADS
from importer.journal.uploads import note_run
from importer.model import RunState
from importer.options import Options
from importer.pipeline.progress import SENDING
from importer.sandbox.faults import Faults, Rule
from importer.session import Connector
from importer.uploads import NotNow, UploadState
from importer.uploads.children import CHILD
from importer.work import Task
from importer.work.child_process import ChildProcess
from tests.forked import Forked
from tests.uploads.desk import DEADLINE, Desk
from tests.uploads.lists import FINE, terms

pytestmark = pytest.mark.slow(8)

MANY = 200


def many():
    """A workbook that is sent in many batches."""
    return terms(*[[f"T{n}", "words"] for n in range(MANY)])


def until(true):
    """Ask until something is true."""
    deadline = time.monotonic() + DEADLINE
    while not (found := true()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def sending(desk, name):
    """Wait until some of an upload is sent; return how far it is."""

    def begun():
        assert desk.uploads.get(name).state is UploadState.IMPORTING, desk.uploads.get(name)
        found = desk.uploads.progress(name)
        sent = found and found.stage == SENDING and found.done
        return found if sent else None

    return until(begun)


@pytest.fixture
def slow(home, monkeypatch):
    """A target that takes its time for each batch, so that one can act while it is sent."""
    rule = Rule("delay", method="POST", path="*/entity/bulk*", parameters={"seconds": 0.4})
    with sandbox.start(faults=Faults([rule]), record=True) as box:
        monkeypatch.setenv("ATLAN_BASE_URL", box.url)
        monkeypatch.setenv("ATLAN_API_KEY", "a-key")
        monkeypatch.setenv("IMPORTER_TARGETS", '{"atlan": {"system": "atlan", "landing": 0}}')
        box.home = home
        yield box


@contextmanager
def worker():
    """Do the tasks in another process."""
    with Forked("tests.uploads.worker", "120", stderr=None) as process:
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


def holder(desk, name):
    """The process that works on an upload."""
    with desk.store.reading() as connection:
        row = connection.execute(UPLOADS.select().where(UPLOADS.c.upload == name)).mappings().one()
    return Process(**unpack(row["holder"])) if row["holder"] else None


def started(desk):
    """An import of many rows that is being sent."""
    upload = desk.planned(many(), target="atlan")
    assert upload.state is UploadState.PLANNED, upload.why
    desk.uploads.start_import(upload.name, "ada")
    sending(desk, upload.name)
    return upload.name


def test_an_import_is_cancelled_between_batches_goes_on_and_is_undone(slow):
    with Desk(slow.home) as desk, desk.working():
        name = started(desk)
        found = desk.uploads.progress(name)
        assert [one.total for one in found.levels] == [1, MANY]
        assert found.stage == "Sending"
        assert desk.uploads.cancel(name, "ada")
        assert until(
            lambda: desk.uploads.progress(name) is None or desk.uploads.progress(name).cancelled
        )
        stopped = desk.until(name)
        assert stopped.state is UploadState.STOPPED
        assert stopped.why == "Cancelled. It can go on."
        assert not desk.uploads.cancel(name, "ada")
        run = desk.uploads.run(stopped.run)
        assert run.resumable
        assert run.counts["pending"]
        assert len(desk.uploads.reports(name)) == 1

        slow.faults = None
        desk.uploads.resume(name, "ada")
        assert desk.until(name).state is UploadState.IMPORTED
        assert desk.uploads.run(stopped.run).counts == {"created": MANY + 1}
        with pytest.raises(NotNow):
            desk.uploads.resume(name, "ada")


def test_what_was_sent_before_a_cancel_can_be_undone(slow):
    with Desk(slow.home) as desk, desk.working():
        name = started(desk)
        desk.uploads.cancel(name, "ada")
        stopped = desk.until(name)
        desk.uploads.undo(name, "ada")
        undone = desk.until(name)
        assert undone.state is UploadState.UNDONE, undone.why
        created = MANY + 1 - desk.uploads.run(stopped.run).counts["pending"]
        assert desk.uploads.run(undone.undo).counts["deleted"] == created


def test_an_import_whose_process_is_killed_says_so_and_goes_on_when_asked(slow):
    with Desk(slow.home) as desk, desk.working():
        name = started(desk)
        os.kill(holder(desk, name).pid, signal.SIGKILL)
        stopped = desk.until(name)
        assert stopped.state is UploadState.STOPPED
        assert "ended unexpectedly" in stopped.why
        desk.uploads.resume(name, "ada")
        assert desk.until(name).state is UploadState.IMPORTED
        assert desk.uploads.run(stopped.run).counts == {"created": MANY + 1}


def test_an_import_outlives_the_server_that_began_it(slow):
    with Desk(slow.home) as desk:
        with worker() as first:
            name = started(desk)
            first.kill()
            first.wait()
        with worker():
            assert desk.until(name).state is UploadState.IMPORTED
        assert desk.uploads.run(desk.uploads.get(name).run).counts == {"created": MANY + 1}


def test_an_import_that_nobody_works_on_is_taken_up_by_the_next_server(slow):
    with Desk(slow.home) as desk:
        with worker() as first:
            name = started(desk)
            first.kill()
            first.wait()
            os.kill(holder(desk, name).pid, signal.SIGKILL)
        with worker():
            assert desk.until(name).state is UploadState.IMPORTED
        assert desk.uploads.run(desk.uploads.get(name).run).counts == {"created": MANY + 1}


def test_a_server_that_ends_in_good_order_leaves_an_import_to_the_next(slow):
    with Desk(slow.home) as desk:
        with desk.working():
            name = started(desk)
        assert desk.uploads.get(name).state is UploadState.IMPORTING
        assert holder(desk, name) is None
    with Desk(slow.home) as desk, desk.working():
        assert desk.until(name).state is UploadState.IMPORTED


def test_a_task_that_comes_twice_is_done_once(desk):
    name = desk.receive(*FINE)
    desk.uploads._submitted(name)
    assert desk.until(name).state is UploadState.CHECKED


def test_what_ends_every_process_that_begins_it_is_given_up(idle):
    name = idle.receive(*FINE)
    with idle.store.writing() as connection:
        connection.execute(UPLOADS.update().values(tries=3))
    idle.uploads.look_after()
    failed = idle.uploads.get(name)
    assert failed.state is UploadState.FAILED
    assert "begun 3 times" in failed.why


def test_a_target_that_another_run_holds_leaves_the_plan_as_it_is(desk):
    upload = desk.planned(*FINE)
    journal = desk.session.journal
    with Connector(desk.session.settings, "sandbox") as connect:
        identity = connect(["atlan"], {}).identity
    to = RunTarget(target="sandbox", identity=identity, system="atlan", template="x")
    with Lease(journal) as lease:
        other = journal.begin(to, RunSpec("x", [], Options(), {}, {}))
        lease.take(other)
        desk.uploads.start_import(upload.name, "ada")
        waits = desk.until(upload.name)
    assert waits.state is UploadState.PLANNED
    assert f"held by run {other.name}" in waits.why
    desk.uploads.start_import(upload.name, "ada")
    assert desk.until(upload.name).state is UploadState.IMPORTED


def test_an_import_that_ended_before_it_was_compared_is_compared_anew(desk):
    """What was planned last may be another plan than the one that was shown."""
    upload, journal = desk.planned(*FINE), desk.session.journal
    to = RunTarget(target="sandbox", identity="x", system="atlan", template="x")
    ended = journal.begin(to, RunSpec("x", [], Options(), {}, {}, uncompared=True))
    ended.plan, ended.state = RunPlan(()), RunState.INTERRUPTED
    journal.save(ended)
    note_run(desk.store, upload.name, ended.name)
    desk.uploads.start_import(upload.name, "ada")
    imported = desk.until(upload.name)
    assert (imported.state, imported.why) == (UploadState.IMPORTED, "")
    assert journal.run(ended.name).state is RunState.ABANDONED


def test_a_check_that_a_server_leaves_is_done_by_the_next(home):
    with Desk(home) as desk:
        with desk.working():
            name = desk.receive(*FINE)
            until(lambda: holder(desk, name))
        assert desk.uploads.get(name).state in (UploadState.CHECKING, UploadState.CHECKED)
        assert holder(desk, name) is None
    with Desk(home) as desk, desk.working():
        assert desk.until(name).state is UploadState.CHECKED


def after(kind, desk, name):
    """The state of an upload after a process that was begun for a kind of task."""
    child = ChildProcess(Task(kind, name), CHILD, desk.uploads.performer._given())
    child.follow(DEADLINE, lambda: True)
    assert child.status == 0, child.said
    return desk.uploads.get(name).state


def test_a_process_that_reads_has_a_limit_of_time_and_does_not_go_on_to_send(home):
    with Desk(home) as desk:
        with desk.working():
            name = desk.planned(*FINE).name
        desk.uploads.start_import(name, "ada")
        assert after("planning", desk, name) is UploadState.IMPORTING
        assert after("importing", desk, name) is UploadState.IMPORTED
