"""The queue: what it takes reaches a worker, of this process or another, and only what we wrote."""

import datetime as dt
import os
import queue as standard
import sqlite3
import stat
import threading
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from importer.errors import UsageError
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


PLACES = ["sqlite", "postgresql", "redis"]


@pytest.fixture
def file(tmp_path):
    return str(tmp_path / "state" / "queue.db")


@pytest.fixture(params=PLACES)
def address(request, file):
    """Where a queue is: in a file, in PostgreSQL, in Redis."""
    if request.param == "redis":
        return request.getfixturevalue("redis").url
    return file if request.param == "sqlite" else request.getfixturevalue("database")


@pytest.fixture
def opened():
    """Opens queues, which are closed when the test has ended."""
    with ExitStack() as queues:
        yield lambda where: queues.enter_context(closing(open_queue(where)))


def test_a_task_reaches_a_worker(address, opened):
    noting = Noting()
    with opened(address).embedded(noting):
        opened(address).submit(Task("check", "one"))
        assert noting.done.get(timeout=SECONDS) == Task("check", "one")


def test_a_task_waits_for_a_worker(address, opened):
    opened(address).submit(Task("check", "early"))
    noting = Noting()
    with opened(address).embedded(noting):
        assert noting.done.get(timeout=SECONDS).name == "early"


def test_a_task_is_not_done_before_its_time(address, opened):
    queue, noting = opened(address), Noting()
    now = dt.datetime.now()
    queue.submit(Task("check", "tomorrow"), now + dt.timedelta(days=1))
    queue.submit(Task("check", "yesterday"), now - dt.timedelta(days=1))
    with queue.embedded(noting):
        assert noting.done.get(timeout=SECONDS).name == "yesterday"
    assert noting.done.empty()


def test_what_is_done_by_the_clock_is_done_at_the_start(file, opened):
    noting = Noting()
    with opened(file).embedded(noting):
        assert noting.minutes.get(timeout=SECONDS)


def test_what_is_being_done_is_asked_to_stop_at_the_end(file, opened):
    noting = Noting()
    with opened(file).embedded(noting):
        assert not noting.stopped
    assert noting.stopped


def test_what_goes_wrong_in_one_task_stops_no_other(address, opened):
    noting = Noting()
    noted = noting.perform

    def perform(task):
        noted(task)
        if task.name == "bad":
            raise ValueError("a fault")

    noting.perform = perform
    queue = opened(address)
    with queue.embedded(noting, threads=1):
        queue.submit(Task("check", "bad"))
        queue.submit(Task("check", "good"))
        assert [noting.done.get(timeout=SECONDS).name for _ in range(2)] == ["bad", "good"]


def test_what_is_sent_waits_for_nothing_that_is_read(address, opened):
    noting, ended = Noting(), threading.Event()
    noted, noting.stop = noting.perform, ended.set

    def perform(task):
        noted(task)
        if task.line is Line.READ:
            ended.wait(SECONDS)

    noting.perform = perform
    queue = opened(address)
    with queue.embedded(noting, threads=1):
        queue.submit(Task("check", "one"))
        queue.submit(Task("check", "two"))
        assert noting.done.get(timeout=SECONDS).name == "one"
        queue.submit(Task("import", "three", Line.SEND))
        assert noting.done.get(timeout=SECONDS) == Task("import", "three", Line.SEND)


HARMFUL = b"cposix\nsystem\n(S'touch %b'\ntR."
"""A pickle that makes a file when it is read."""


def _into_file(file, data):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO task (queue, data, priority) VALUES ('importer', ?, 9)", data)


def _into_postgresql(url, data):
    words = "INSERT INTO importer_queue_task (queue, data, priority) VALUES ('importer', %s, 9)"
    with psycopg.connect(url) as connection:
        connection.execute(words, data)


def _into_redis(url, data):
    with Redis.from_url(url) as client:
        client.lpush("huey.redis.importer", *data)


@pytest.mark.parametrize(
    "written",
    [HARMFUL, b"{}", b"[", b'{"number": "1", "kind": "check", "name": 5, "not_before": null}'],
    ids=["pickle", "nothing", "no JSON", "no name"],
)
def test_what_others_write_into_the_queue_is_left_out_and_never_run(
    address, opened, written, tmp_path
):
    trap = tmp_path / "trap"
    put = _into_redis if "redis" in address else _into_postgresql
    put = put if "://" in address else _into_file
    queue, noting = opened(address), Noting()
    put(address, (written.replace(b"%b", os.fsencode(trap)),))
    queue.submit(Task("check", "one"))
    with queue.embedded(noting, threads=1):
        assert noting.done.get(timeout=SECONDS).name == "one"
    assert not trap.exists()


def test_tasks_wait_and_are_counted(address, opened):
    queue = opened(address)
    queue.submit(Task("check", "one"))
    queue.submit(Task("import", "two", Line.SEND))
    assert opened(address).waiting() == 2


def test_a_queue_in_a_file_is_for_its_owner_only(file, opened):
    opened(file).submit(Task("check", "one"))
    for path in Path(file).parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("redis://:hush@127.0.0.1:1/0", "The queue redis://:***@127.0.0.1:1/0 cannot be opened"),
        ("postgresql://a:hush@127.0.0.1:1/b", "The queue postgresql://a:***@127.0.0.1:1/b cannot"),
        ("amqp://127.0.0.1", "amqp://, which is not known"),
    ],
)
def test_a_queue_that_cannot_be_opened_is_said_without_its_password(address, words):
    with pytest.raises(UsageError) as caught:
        open_queue(address)
    assert words in str(caught.value)
    assert "hush" not in str(caught.value)
