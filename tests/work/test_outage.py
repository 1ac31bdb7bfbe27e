"""A queue whose server is restarted: said in a line, and its workers go on when it is back."""

import logging
import threading
from contextlib import closing

import pytest

from importer.errors import JournalLost, QueueLost
from importer.work import Line, Task, open_queue
from tests.postgresql import postgresql_server
from tests.redis import LEFT_OUT, redis_server
from tests.work.test_queue import SECONDS, Noting

SERVERS = {"postgresql": postgresql_server, "redis": redis_server}

pytestmark = pytest.mark.slow(8, together="outage")


@pytest.fixture(params=list(SERVERS), scope="module")
def server(request):
    """A server of these tests alone."""
    with SERVERS[request.param]() as running:
        if running is None:
            pytest.skip(LEFT_OUT if request.param == "redis" else "There is no PostgreSQL here.")
        yield running


class Lines(logging.Handler):
    """The lines of a log, and whether one has come that says a word."""

    def __init__(self):
        super().__init__()
        self.said, self._come = [], threading.Condition()

    def emit(self, record):
        with self._come:
            self.said.append(record)
            self._come.notify_all()

    def until(self, word):
        with self._come:
            found = self._come.wait_for(
                lambda: any(word in one.getMessage() for one in self.said), SECONDS
            )
        assert found, [one.getMessage() for one in self.said]


@pytest.fixture
def lines():
    kept = Lines()
    logs = [logging.getLogger(name) for name in ("importer", "huey")]
    for log in logs:
        log.addHandler(kept)
    yield kept
    for log in logs:
        log.removeHandler(kept)


def test_workers_go_on_when_the_server_is_back(server, lines):
    noting = Noting()
    with closing(open_queue(server.url)) as queue, queue.embedded(noting):
        queue.submit(Task("check", "before"))
        assert noting.done.get(timeout=SECONDS).name == "before"
        server.stop()
        lines.until("is away")
        with pytest.raises(QueueLost):
            queue.submit(Task("check", "lost"))
        server.start()
        queue.submit(Task("check", "after"))
        queue.submit(Task("import", "sent", Line.SEND))
        assert {noting.done.get(timeout=SECONDS).name for _ in range(2)} == {"after", "sent"}
        lines.until("is back")
    words = [one.getMessage() for one in lines.said if one.levelno >= logging.WARNING]
    assert not any(one.exc_info for one in lines.said if one.levelno >= logging.WARNING)
    assert len(words) <= 6, words


def test_what_waits_outlives_a_restart(server):
    with closing(open_queue(server.url)) as queue:
        queue.submit(Task("check", "one"))
        server.stop()
        server.start()
        noting = Noting()
        with queue.embedded(noting):
            assert noting.done.get(timeout=SECONDS).name == "one"


def test_a_journal_that_is_away_is_one_line_for_each_task(tmp_path, lines):
    noting = Noting()

    def perform(task):
        noting.done.put(task)
        raise JournalLost("The journal failed.")

    noting.perform = perform
    with closing(open_queue(str(tmp_path / "queue.db"))) as queue, queue.embedded(noting):
        queue.submit(Task("check", "one"))
        lines.until("is left for later")
    assert [one.exc_info for one in lines.said if one.levelno >= logging.WARNING] == [None]
