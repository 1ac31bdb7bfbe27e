"""Does a pass in this process: it takes it, works on it, and writes how that ended."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from importer.errors import ImporterError, JournalLost, LeaseLost, TargetLocked
from importer.jobs import telling
from importer.jobs.job_pass import PassWork
from importer.jobs.site import JobSite
from importer.journal.job_pass import JobPass
from importer.journal.job_passes import add_words, find_pass, forget_idle, last_good
from importer.journal.pass_hold import PassHold
from importer.log import about
from importer.pipeline.progress import NoProgress, Progress
from importer.tracing import span

FAULT = 70
"""The exit status of a fault of importer's own."""

KEPT = 10
"""So many folders of passes are kept for each job."""

IDLE_KEPT = 100
"""So many passes of a job that found nothing new are kept: one a minute would fill a journal."""

FAILED_KEPT = 1000
"""So many passes of a job that failed before a file was read are kept, for the same reason."""

FAILED = "It ended unexpectedly. That is a fault of importer's; its log says more."

_LOG = logging.getLogger("importer.jobs")


class PassProgress(Struct):
    """Follows the run of a pass: what is sent is noted once, and broken off where that is asked."""

    hold: PassHold
    inner: Progress
    stopped: Callable[[], bool] = lambda: False
    _noted: bool = False

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        self.inner.stage(name, total)

    def advance(self, count: int) -> None:
        """Note that so many more are done."""
        self.inner.advance(count)

    def report(self, words: str) -> None:
        """Show a sentence."""
        self.inner.report(words)

    def between_batches(self) -> None:
        """Raise KeyboardInterrupt where the process is to end."""
        if not self._noted:
            self._noted = True
            self.hold.progressed()
        self.inner.between_batches()
        if self.stopped():
            raise KeyboardInterrupt


def perform_pass(
    site: JobSite,
    no: int,
    inner: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> bool:
    """Do a pass; False where it is not its turn, or it has to wait for its target."""
    with PassHold(site.store, no) as hold:
        if not hold.take():
            return False
        one = find_pass(site.store, no)
        if one is None:
            return False
        if not one.why:  # one that has waited for its target was begun before
            _LOG.info("pass begun", extra=_about(one))
            telling.begun(site, one.job)
        work = PassWork(site, hold, one, PassProgress(hold, inner or NoProgress(), stopped))
        try:
            with about(job=one.job, target=one.target), span("pass", importer__job=one.job):
                ended = _worked(work)
        except TargetLocked as error:
            hold.wait(str(error))
            return False
        except (LeaseLost, JournalLost) as error:  # another goes on with it
            _LOG.warning("pass %s of %s: %s", no, one.job, error)
            return False
        hold.end(ended)
    _LOG.info("pass ended", extra={**_about(one), "status": ended.status})
    _tell(site, no)
    _remove_old(site, one.job)
    forget_idle(site.store, one.job, IDLE_KEPT)
    forget_idle(site.store, one.job, FAILED_KEPT, well=False)
    return True


def give_up(site: JobSite, one: JobPass, why: str) -> None:
    """End a pass that was begun too often; a run that it has begun can be resumed by hand."""
    with PassHold(site.store, one.no) as hold:
        if not hold.take():
            return
        hold.end(replace(one, status=FAULT, why=why))
    _tell(site, one.no)


def _about(one: JobPass) -> dict[str, object]:
    return {"job": one.job, "target": one.target, "pass": one.no}


def _worked(work: PassWork) -> JobPass:
    try:
        return work.perform()
    except (TargetLocked, LeaseLost, JournalLost):
        raise
    except Exception:
        _LOG.exception("pass %s of %s failed", work.one.no, work.one.job)
        return replace(work.one, status=FAULT, why=FAILED)


def _tell(site: JobSite, no: int) -> None:
    """Tell people how a pass has ended; whatever goes wrong with that, it has ended so."""
    one = find_pass(site.store, no)
    if one is None or one.ended is None:
        return
    before = last_good(site.store, one.job, no)
    end = telling.PassEnd(
        job=one.job,
        target=one.target,
        no=no,
        status=one.status or 0,
        counts=one.facts.counts,
        before=before.facts.counts if before else {},
        why=one.why,
        code=one.facts.code,
        reports=tuple(one.facts.reports),
        held=one.facts.held,
        runs=tuple(run.run for run in one.facts.runs if run.run),
        started=one.started or one.ended,
        ended=one.ended,
        late=one.facts.late,
    )
    try:
        if untold := telling.tell(site, end):
            add_words(site.store, no, untold)
    except ImporterError as error:  # the job has gone from the settings
        _LOG.warning("nobody could be told of pass %s of %s: %s", no, one.job, error)
    except Exception:
        _LOG.exception("nobody could be told of pass %s of %s", no, one.job)


def _remove_old(site: JobSite, job: str) -> None:
    """Remove the folders of passes but the newest; one in which nothing was fetched at once."""
    folder = site.settings.jobs_folder / job
    with suppress(OSError):
        found = sorted((one for one in folder.iterdir() if one.name.isdecimal()), key=_number)
        empty = [one for one in found if not any(one.rglob("*.*"))]
        rest = [one for one in found if one not in empty]
        for one in (*empty, *rest[:-KEPT]):
            shutil.rmtree(one, ignore_errors=True)


def _number(folder: object) -> int:
    return int(getattr(folder, "name", "0"))
