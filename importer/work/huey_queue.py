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
from importer.work.queue import Performer, Task

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
        serializer = SignedSerializer(secret=_secret(file.with_suffix(".secret")))
        self._huey = SqliteHuey(
            "importer", filename=str(file), results=False, serializer=serializer, timeout=30
        )
        self._performer: Performer | None = None
        self._task = self._huey.task(name="perform")(self._perform)

    def submit(self, task: Task, not_before: dt.datetime | None = None) -> None:
        """Let a worker do a task, at once or not before a time."""
        if not_before is None:
            self._task(task.kind, task.name)
        else:
            self._task.schedule((task.kind, task.name), eta=not_before)

    def run_worker(self, performer: Performer, threads: int) -> None:
        """Do tasks, so many at once, until KeyboardInterrupt."""
        with self.embedded(performer, threads), suppress(KeyboardInterrupt):
            threading.Event().wait()

    @contextmanager
    def embedded(self, performer: Performer, threads: int = 2) -> Iterator[None]:
        """Do tasks in threads of this process as long as the block lasts."""
        self._performer = performer
        workers = _Workers(self._huey, workers=threads, max_delay=0.5, periodic=False)
        workers.start()
        ended = threading.Event()
        clock = threading.Thread(target=_each_minute, args=(performer, ended), daemon=True)
        clock.start()
        try:
            yield
        finally:
            ended.set()
            workers.stop(graceful=False)
            performer.stop()
            clock.join()
            _join(workers)
            self._huey.storage.close()

    def _perform(self, kind: str, name: str) -> None:
        if self._performer is None:
            raise RuntimeError("a task was taken by a process without workers")
        self._performer.perform(Task(kind, name))


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
