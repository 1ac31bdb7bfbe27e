"""Does the tasks of jobs: enters what is due, and lets a process do each pass in its turn."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from importer.errors import JournalLost, QueueLost
from importer.job_expect import duration
from importer.jobs import telling
from importer.jobs.due import next_due, schedule_of
from importer.jobs.live_settings import LiveSettings
from importer.jobs.perform_pass import give_up
from importer.jobs.site import JobSite
from importer.jobs.turns import whose_turn
from importer.journal.job_pass import JobPass
from importer.journal.job_passes import find_pass, last_ended, open_passes
from importer.journal.jobs import JobRow, claim_due, database_now, first_seen, job_rows, set_due
from importer.pipeline.retention import Keep, drop_old
from importer.work import Line, Queue, Task
from importer.work.child_process import ChildProcess

KIND = "job"
"""The kind of the tasks of jobs; their names are the numbers of passes."""

CHILD = "importer.jobs.child"

MOST_TRIES = 5
"""So often a pass is begun in vain before it is given up: what ends a process would do so again."""

_LOG = logging.getLogger("importer.jobs")


class JobPerformer:
    """The performer of jobs; `config` is the settings file they are opened with, `now` a clock.

    `ended` is told each pass that has ended here, unless there was nothing new.
    """

    def __init__(
        self,
        site: JobSite,
        queue: Queue,
        config: Path | None = None,
        now: Callable[[], float] | None = None,
        ended: Callable[[JobPass], None] = lambda _one: None,
    ) -> None:
        self._queue, self._config = queue, config
        self._settings = LiveSettings(site, config)
        self._now = now or (lambda: database_now(site.store))
        self._ended = ended
        self._running: dict[int, ChildProcess] = {}
        self._lock = threading.Lock()
        self._stopped = False

    @property
    def site(self) -> JobSite:
        """The journal, with the settings as they are by now."""
        return self._settings.site

    @property
    def running(self) -> list[int]:
        """Return the numbers of the passes whose processes run."""
        with self._lock:
            return list(self._running)

    def perform(self, task: Task) -> None:
        """Let a process do a pass, if it is its turn; then the next of its target has its own."""
        one = next((one for one in self._turns() if one.no == int(task.name)), None)
        if one is None:
            return
        if one.tries >= MOST_TRIES:
            give_up(self.site, one, f"It was begun {one.tries} times, each time in vain.")
        elif (child := self._begun(one.no)) is not None:
            try:
                self._follow(child)
            finally:
                with self._lock:
                    self._running.pop(one.no, None)
            if not self._goes_on(one):
                return
        self._submit(target=one.target)

    def each_minute(self) -> None:
        """Enter the passes that are due, submit those whose turn it is, and drop old runs."""
        self._settings.read_again()
        now, rows = self._now(), job_rows(self.site.store)
        for name in self.site.settings.jobs:
            self._enter_due(name, rows.get(name, JobRow(name)), now)
        if self._settings.usable:
            self._submit()
        for name in self.site.settings.jobs:  # what people are told may take its time
            self._alarm(name, now)
        settings = self.site.settings
        drop_old(self.site.journal, Keep(settings.journal_keep, settings.journal_runs))

    def stop(self) -> None:
        """Ask the processes to end, and end those that do not."""
        with self._lock:
            self._stopped = True
            running = list(self._running.values())
        for child in running:
            child.ask_to_end()
        for child in running:
            child.stop()

    def _enter_due(self, name: str, row: JobRow, now: float) -> None:
        """Enter the pass of a job that is due, once however often it was missed."""
        job, store = self.site.job(name), self.site.store
        schedule = schedule_of(job)
        enabled = job.enabled if row.enabled is None else row.enabled
        if not (enabled and schedule):
            if row.due is not None:
                set_due(store, name, schedule, None)
        elif row.due is None or row.schedule != schedule:
            set_due(store, name, schedule, next_due(job, now))
        elif row.due <= now:
            claim_due(store, name, job.target, row.due, next_due(job, now))

    def _alarm(self, name: str, now: float) -> None:
        """Tell that a job has not run for too long, once."""
        store, most = self.site.store, duration(self.site.job(name).alarm_after)
        if most is None:
            return
        last = last_ended(store, name)
        since = last.ended if last and last.ended else first_seen(store, name)
        if now - since > most.total_seconds():
            telling.overdue(self.site, name, since, ever=last is not None)

    def _turns(self) -> Iterator[JobPass]:
        """Yield the passes whose turn it is."""
        return whose_turn(open_passes(self.site.store))

    def _submit(self, target: str = "") -> None:
        if self._stopped:
            return
        try:
            for one in self._turns():
                if target in ("", one.target) and one.no not in self.running:
                    self._queue.submit(Task(KIND, str(one.no), Line.SEND))
        except (JournalLost, QueueLost) as error:  # the look of each minute finds it
            _LOG.warning("%s", error)

    def _begun(self, no: int) -> ChildProcess | None:
        """Begin a process for a pass; None where there is one already, or this one is to end."""
        with self._lock:
            if self._stopped or no in self._running:
                return None
            child = ChildProcess(Task(KIND, str(no), Line.SEND), CHILD, self._given())
            self._running[no] = child
            return child

    def _follow(self, child: ChildProcess) -> None:
        child.follow(None, lambda: True)
        said = child.said.decode(errors="replace")
        if said or (child.status and not self._stopped):
            _LOG.error("pass %s ended with %s:\n%s", child.task.name, child.status, said)

    def _goes_on(self, one: JobPass) -> bool:
        """Return whether the next pass has its turn; say what came of this one.

        One that waits for its target, or whose process could not open the settings, is left to the
        look of each minute: it would be the next again, and so on.
        """
        with suppress(JournalLost):
            ended = find_pass(self.site.store, one.no)
            if ended and ended.status is not None and (ended.status or ended.facts.runs):
                self._ended(ended)
            return ended is None or ended.status is not None or ended.tries > one.tries
        return False

    def _given(self) -> Mapping[str, Any]:
        config = str(self._config) if self._config else None
        return {"config": config, "allow_http": self.site.settings.allow_http}
