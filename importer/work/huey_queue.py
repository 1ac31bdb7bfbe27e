"""The queue as Huey keeps it; nothing of Huey is seen outside this module and its storage."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from huey import Huey
from huey.consumer import Consumer
from huey.exceptions import ConfigurationError
from huey.registry import Message
from huey.serializer import Serializer

from importer.credentials import without_password
from importer.errors import ImporterError, QueueLost, UsageError
from importer.work.huey_storage import storage_at
from importer.work.message import NotOurs, pack_task, unpack_task
from importer.work.minutes import each_minute
from importer.work.outage import Outage, reason
from importer.work.queue import Line, Performer, Task

_LOG = logging.getLogger("importer.work")


class _Workers(Consumer):  # type: ignore[misc]
    """Huey's workers, which leave the signals to the process that they are in."""

    def _set_signal_handlers(self) -> None:
        """Set none."""


class HueyQueue:
    """A queue at an address. Raises UsageError where it cannot be opened."""

    def __init__(self, address: str) -> None:
        name = without_password(address)
        self._outage = Outage(name)
        try:
            self._lines = {line: _HueyLine(line, address, self._outage) for line in Line}
            self._lines[Line.READ].waiting()
        except UsageError:
            raise
        except Exception as error:  # each store has errors of its own
            words = _without(address, _why(error))
            raise UsageError(
                f"The queue {name} cannot be opened: {words}. IMPORTER_QUEUE names another place."
            ) from None

    def submit(self, task: Task, not_before: dt.datetime | None = None) -> None:
        """Let a worker do a task, at once or not before a time. Raises QueueLost."""
        self._lines[task.line].submit(task, not_before)

    def waiting(self) -> int:
        """Return how many tasks wait to be done. Raises QueueLost."""
        return sum(line.waiting() for line in self._lines.values())

    def close(self) -> None:
        """Give the connections back."""
        for line in self._lines.values():
            line.close()

    def run_worker(self, performer: Performer, threads: int) -> None:
        """Do tasks, so many at once of each line, until KeyboardInterrupt."""
        with self.embedded(performer, threads), suppress(KeyboardInterrupt):
            threading.Event().wait()

    @contextmanager
    def embedded(self, performer: Performer, threads: int = 2) -> Iterator[None]:
        """Do tasks in threads of this process, so many for each line, while the block lasts."""
        lines = self._lines.values()
        for line in lines:
            line.start(performer, threads)
        ended = threading.Event()
        clock = threading.Thread(target=each_minute, args=(performer, ended), daemon=True)
        clock.start()
        try:
            yield
        finally:
            ended.set()
            self._outage.end()
            for line in lines:
                line.ask_to_stop()
            performer.stop()
            clock.join()
            for line in lines:
                line.join()


class _HueyLine:
    """One line of the queue, and its workers in this process."""

    def __init__(self, line: Line, address: str, outage: Outage) -> None:
        self._line, self._outage = line, outage
        self._performer: Performer | None = None
        self._workers: _Workers | None = None
        self._huey = _opened(line, address, outage)
        self._task = self._huey.task(name="perform")(self._perform)

    def submit(self, task: Task, not_before: dt.datetime | None) -> None:
        """Let a worker do a task, at once or not before a time. Raises QueueLost."""
        made = self._task.s(task.kind, task.name, eta=not_before)
        self._asked(lambda: self._huey.enqueue(made))

    def waiting(self) -> int:
        """Return how many tasks wait to be done. Raises QueueLost."""
        return int(self._asked(self._huey.storage.queue_size))

    def start(self, performer: Performer, threads: int) -> None:
        """Begin to do tasks."""
        self._performer = performer
        self._workers = _Workers(
            self._huey, workers=threads, initial_delay=0.05, max_delay=0.15, periodic=False
        )
        self._workers.start()

    def ask_to_stop(self) -> None:
        """Take no more tasks."""
        if self._workers is not None:
            self._workers.stop(graceful=False)

    def join(self) -> None:
        """Wait until all workers have ended, and close what the line is kept in."""
        if self._workers is not None:
            for _, thread in self._workers.worker_threads:
                thread.join()
            self._workers.scheduler.join()
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        storage = self._huey.storage
        with suppress(Exception):  # it may be away
            storage.close()
            if pool := getattr(storage, "pool", None):
                pool.disconnect()

    def _asked(self, ask: Any) -> Any:
        try:
            return self._outage.insist(ask)
        except Exception as error:  # each store has errors of its own
            words = f"The queue {self._outage.name} gave no answer: {reason(error)}."
            raise QueueLost(words) from None

    def _perform(self, kind: str, name: str) -> None:
        if self._performer is None:
            raise RuntimeError("a task was taken by a process without workers")
        try:
            self._performer.perform(Task(kind, name, self._line))
        except ImporterError as error:  # the journal is away, say: the look of each minute finds it
            _LOG.warning("%s of %s is left for later: %s", kind, name, error)


PERFORM = f"{__name__}.perform"
"""What Huey calls the one thing that it does."""


class _Huey(Huey):  # type: ignore[misc]
    """Huey without tasks that are revoked, about which it would ask before and after each."""

    def is_revoked(self, *_: Any, **__: Any) -> bool:
        """Return that none is."""
        return False

    def delete(self, _key: str) -> bool:
        """Return that there is nothing to forget of one."""
        return False

    def dequeue(self) -> Any:
        """Return the next task, None where there is none or what is next is none of ours."""
        try:
            return super().dequeue()
        except NotOurs as error:
            _LOG.warning("something in the queue %s is left out: %s", self.name, error)
            return None


class _AsJson(Serializer):  # type: ignore[misc]
    """Messages of Huey as our tasks, never as pickles."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def _serialize(self, message: Message) -> bytes:
        kind, name = message.args
        return pack_task(Task(kind, name, self._line), message.id, message.eta)

    def _deserialize(self, data: bytes) -> Message:
        task, number, not_before = unpack_task(data, self._line)
        said = {"args": (task.kind, task.name), "kwargs": {}, "retries": 0, "retry_delay": 0}
        return Message(number, PERFORM, not_before, **said)


def _opened(line: Line, address: str, outage: Outage) -> Any:
    storage, given = storage_at(address)
    mine = type(storage.__name__, (storage,), {"outage": outage})
    return _Huey(line.value, results=False, serializer=_AsJson(line), storage_class=mine, **given)


def _why(error: Exception) -> str:
    """Return why a queue cannot be opened."""
    if isinstance(error, ConfigurationError):  # psycopg is missing
        return "it needs a package more: pip install 'importer[postgresql]'"
    return reason(error)


def _without(address: str, words: str) -> str:
    return words.replace(address, without_password(address))
