"""The queue as Huey keeps it in an SQLite file; nothing of Huey is seen outside this module."""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from huey import SqliteHuey
from huey.consumer import Consumer
from huey.serializer import SignedSerializer

from importer.atomic import private_file
from importer.work.queue import Line, Performer, Task

MINUTE = 60.0

_LOG = logging.getLogger("importer.work")


class _Workers(Consumer):  # type: ignore[misc]
    """Huey's workers, which leave the signals to the process that they are in."""

    def _set_signal_handlers(self) -> None:
        """Set none."""


class HueyQueue:
    """A queue in a file; what is written there is signed, for Huey runs what it reads."""

    def __init__(self, file: Path) -> None:
        private_file(file)
        secret = _secret(file.with_suffix(".secret"))
        self._lines = {line: _HueyLine(line, file, secret) for line in Line}

    def submit(self, task: Task, not_before: dt.datetime | None = None) -> None:
        """Let a worker do a task, at once or not before a time."""
        self._lines[task.line].submit(task, not_before)

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
        clock = threading.Thread(target=_each_minute, args=(performer, ended), daemon=True)
        clock.start()
        try:
            yield
        finally:
            ended.set()
            for line in lines:
                line.ask_to_stop()
            performer.stop()
            clock.join()
            for line in lines:
                line.join()


class _HueyLine:
    """One line of the queue, and its workers in this process."""

    def __init__(self, line: Line, file: Path, secret: str) -> None:
        self._line, self._performer, self._workers = line, None, None
        self._huey = SqliteHuey(
            line.value,
            filename=str(file),
            results=False,
            serializer=SignedSerializer(secret=secret),
            timeout=30,
        )
        self._task = self._huey.task(name="perform")(self._perform)

    _performer: Performer | None
    _workers: _Workers | None

    def submit(self, task: Task, not_before: dt.datetime | None) -> None:
        """Let a worker do a task, at once or not before a time."""
        if not_before is None:
            self._task(task.kind, task.name)
        else:
            self._task.schedule((task.kind, task.name), eta=not_before)

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
        """Wait until all workers have ended, and close the file."""
        if self._workers is not None:
            _join(self._workers)
        self._huey.storage.close()

    def _perform(self, kind: str, name: str) -> None:
        if self._performer is None:
            raise RuntimeError("a task was taken by a process without workers")
        self._performer.perform(Task(kind, name, self._line))


def _each_minute(performer: Performer, ended: threading.Event) -> None:
    """Call at once, then each minute, until it has ended; what goes wrong is logged."""
    while True:
        try:
            performer.each_minute()
        except Exception:
            _LOG.exception("what is done each minute failed")
        if ended.wait(MINUTE):
            return


def _join(workers: Any) -> None:
    for _, thread in workers.worker_threads:
        thread.join()
    workers.scheduler.join()


def _secret(file: Path) -> str:
    """Return the secret of a queue, made where there is none yet, for its owner only."""
    with suppress(FileNotFoundError):
        return file.read_text()
    made = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    private_file(made)
    made.write_text(secrets.token_hex(32))
    with suppress(FileExistsError):  # another process was faster: its secret counts
        os.link(made, file)
    made.unlink()
    return file.read_text()
