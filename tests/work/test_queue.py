"""The queue: what it takes reaches a worker, of this process or another, and only what we wrote."""

import datetime as dt
import os
import queue as standard
import sqlite3
import stat
import threading
from contextlib import closing

import pytest

from importer.work import Line, Task, open_queue

SECONDS = 30


class Noting:
    """A performer that notes what it is asked to do."""

    def __init__(self):
        self.done = standard.Queue()
        self.minutes = standard.Queue()
        self.stopped = False

    def perform(self, task):
        self.done.put(task)

    def each_minute(self):
        self.minutes.put(True)

    def stop(self):
        self.stopped = True


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "queue.db"


def test_a_task_reaches_a_worker(file):
    noting = Noting()
    with open_queue(file).embedded(noting):
        open_queue(file).submit(Task("check", "one"))
        assert noting.done.get(timeout=SECONDS) == Task("check", "one")


def test_a_task_waits_for_a_worker(file):
    open_queue(file).submit(Task("check", "early"))
    noting = Noting()
    with open_queue(file).embedded(noting):
        assert noting.done.get(timeout=SECONDS).name == "early"


def test_a_task_is_not_done_before_its_time(file):
    queue, noting = open_queue(file), Noting()
    now = dt.datetime.now()
    queue.submit(Task("check", "tomorrow"), now + dt.timedelta(days=1))
    queue.submit(Task("check", "yesterday"), now - dt.timedelta(days=1))
    with queue.embedded(noting):
        assert noting.done.get(timeout=SECONDS).name == "yesterday"
    assert noting.done.empty()


def test_what_is_done_by_the_clock_is_done_at_the_start(file):
    noting = Noting()
    with open_queue(file).embedded(noting):
        assert noting.minutes.get(timeout=SECONDS)


def test_what_is_being_done_is_asked_to_stop_at_the_end(file):
    noting = Noting()
    with open_queue(file).embedded(noting):
        assert not noting.stopped
    assert noting.stopped


def test_what_goes_wrong_in_one_task_stops_no_other(file):
    noting = Noting()
    noted = noting.perform

    def perform(task):
        noted(task)
        if task.name == "bad":
            raise ValueError("a fault")

    noting.perform = perform
    queue = open_queue(file)
    with queue.embedded(noting, threads=1):
        queue.submit(Task("check", "bad"))
        queue.submit(Task("check", "good"))
        assert [noting.done.get(timeout=SECONDS).name for _ in range(2)] == ["bad", "good"]


def test_what_is_sent_waits_for_nothing_that_is_read(file):
    noting, ended = Noting(), threading.Event()
    noted, noting.stop = noting.perform, ended.set

    def perform(task):
        noted(task)
        if task.line is Line.READ:
            ended.wait(SECONDS)

    noting.perform = perform
    queue = open_queue(file)
    with queue.embedded(noting, threads=1):
        queue.submit(Task("check", "one"))
        queue.submit(Task("check", "two"))
        assert noting.done.get(timeout=SECONDS).name == "one"
        queue.submit(Task("import", "three", Line.SEND))
        assert noting.done.get(timeout=SECONDS) == Task("import", "three", Line.SEND)


def test_what_others_write_into_the_queue_is_not_run(file, tmp_path):
    """Huey unpickles what it reads: without our signature nothing is even unpickled."""
    trap = tmp_path / "trap"
    harmful = b"cposix\nsystem\n(S'touch " + os.fsencode(trap) + b"'\ntR."
    queue, noting = open_queue(file), Noting()
    queue.submit(Task("check", "one"))
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(
            "INSERT INTO task (queue, data, priority) VALUES ('importer', ?, 9)", (harmful,)
        )
    with queue.embedded(noting, threads=1):
        assert noting.done.get(timeout=SECONDS).name == "one"
    assert not trap.exists()


def test_queue_and_secret_are_for_their_owner_only(file):
    open_queue(file).submit(Task("check", "one"))
    names = {path.name for path in file.parent.iterdir()}
    assert {"queue.db", "queue.secret"} <= names
    assert not [name for name in names if "secret" in name and name != "queue.secret"]
    for path in file.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
