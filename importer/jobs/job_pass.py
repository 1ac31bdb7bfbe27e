"""One pass of a job: look, fetch, plan, ask what is expected, send, report, and clear up."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from importer.errors import (
    ImporterError,
    JournalLost,
    LeaseLost,
    ReasonCode,
    TargetLocked,
    UsageError,
)
from importer.job_settings import Each, JobSettings
from importer.jobs.approved import approved_of
from importer.jobs.clearing import refuse_end
from importer.jobs.expect import demand_fresh, demand_some
from importer.jobs.found_files import FetchedFile, Look
from importer.jobs.late import Late, make_up
from importer.jobs.look import fetch_again, look
from importer.jobs.moved_here import moved_here
from importer.jobs.one_run import OneRun, resumed
from importer.jobs.settlement import Settlement
from importer.jobs.site import JobSite
from importer.jobs.still_changing import changing_since, changing_too_long
from importer.jobs.taking import taken_by
from importer.journal import abandon
from importer.journal.job_pass import JobPass, PassFacts, PassFile, PassRun
from importer.journal.job_passes import last_ended, last_good
from importer.journal.jobs import database_now, first_seen
from importer.journal.pass_hold import PassHold
from importer.journal.run import Run
from importer.model import RunState
from importer.pipeline.progress import Progress
from importer.pipeline.results import RunResult
from importer.pipeline.runs import result_of, write_reports

UNREACHABLE = 3
"""The exit status after which the rest of a pass waits for the next: the target is away."""

BEGUN = frozenset({RunState.SENDING, RunState.INTERRUPTED, RunState.FINISHED})
"""The states of runs whose plan was as expected: something may have been sent."""


class PassWork(Struct):
    """A pass that this process holds, under way."""

    site: JobSite
    hold: PassHold
    one: JobPass
    progress: Progress
    _late: Late = field(default_factory=Late)

    def perform(self) -> JobPass:
        """Do the pass and return how it ended, which the journal does not know yet.

        Raises TargetLocked where it has to wait for its target, LeaseLost where it is another's,
        JournalLost where nobody could read how it ended.
        """
        try:
            why = self._worked(self.site.job(self.one.job))
        except (TargetLocked, LeaseLost, JournalLost):
            raise
        except ImporterError as error:
            self._give_up_unplanned()
            return self._ended(error.exit_status, str(error), error.code)
        return self._ended(self._status, why, self._code)

    def _worked(self, job: JobSettings) -> str:
        """Do what there is to do; return what there is to say."""
        self._finish_begun(job)
        self._send_approved(job)
        if self._status >= UNREACHABLE:
            return self._said
        folder = self._empty_folder()
        by, source = taken_by(self.site, self.one.job), self.site.source(self.one.job)
        refuse_end(job, source)
        found = look(self.site, self.one.job, source, by, folder)
        self._note(replace(self.one.facts, unchanged=len(found.unchanged)))
        self._note_changing(job, found)
        self._demand_fresh(job, found)
        self._late = make_up(self.site, self.one, source, found, folder)
        self._note(replace(self.one.facts, late=self._late.done))
        self._import(job, found.new, folder)
        for one in found.failed:
            self._add(one.as_run)
        if not found.new:
            return _joined(self._said or found.nothing_new, *self._late.said, *self._late.wrong)
        return _joined(self._said, found.left_alone, *self._late.said, *self._late.wrong)

    def _note_changing(self, job: JobSettings, found: Look) -> None:
        """Note which files are not whole yet; what is so for too long is wrong with the pass."""
        now = database_now(self.site.store)
        since = changing_since(found, last_ended(self.site.store, self.one.job, self.one.no), now)
        self._note(replace(self.one.facts, changing=since))
        if wrong := changing_too_long(job, since, now):
            self._add(wrong)

    def _import(self, job: JobSettings, new: Sequence[FetchedFile], folder: Path) -> None:
        """Import the new files, until the target is away."""
        for files in _bunches(job, new):
            self._run(job, files, folder)
            if self._status >= UNREACHABLE:
                return

    def _run(self, job: JobSettings, files: Sequence[FetchedFile], folder: Path) -> None:
        """Import files by one run; what is wrong with one file leaves the others to come."""
        known = tuple(file.as_pass_file for file in files)
        by = taken_by(self.site, self.one.job)

        def began(name: str) -> None:
            mine = tuple(replace(one, run=name) for one in known)
            others = (one for one in self.one.facts.files if one.run)
            self._note(replace(self.one.facts, files=(*others, *mine)), name)

        one = OneRun(self.site, self.one, by, files, folder / "reports", began)
        try:
            self._settle(job, one.perform(self.progress), known)
        except (TargetLocked, LeaseLost, JournalLost):
            raise
        except ImporterError as error:
            if job.each is Each.LOOK:
                raise
            self._give_up_unplanned()
            failed = PassRun("", error.exit_status, 0, {}, {}, why=str(error), code=error.code)
            self._add(failed)

    def _finish_begun(self, job: JobSettings) -> None:
        """Go on with what another process, or the last pass, has left in the middle."""
        self._adopt()
        run = self._open_run
        if run is None:
            return
        if run.state not in BEGUN or not run.plan:
            self._give_up_unplanned()
            return
        files = self._files_here(run)
        if run.state is RunState.FINISHED:
            result = self._finished(run)
        else:
            with suppress(ImporterError):  # its report is then a file of its own
                fetch_again(self.site.source(self.one.job), files)
            result = resumed(self.site, run.name, job, self.progress)
        self._settle(job, result, files)

    def _send_approved(self, job: JobSettings) -> None:
        """Send what was held of former runs and is approved by now; its files stay for the look."""
        for one in approved_of(self.site, self.one.job):
            if self._status >= UNREACHABLE:
                return
            result = resumed(self.site, one.run.name, job, self.progress)
            self._settle(job, result, one.files, clear=False)

    def _files_here(self, run: Run) -> list[PassFile]:
        """Return the files of a run on this machine, whichever has begun it."""
        mine = [one for one in self.one.facts.files if one.run == run.name]
        here = moved_here(self.site, run, mine)
        if here != mine:
            others = (one for one in self.one.facts.files if one not in mine)
            self._note(replace(self.one.facts, files=(*others, *here)))
        return here

    def _finished(self, run: Run) -> RunResult:
        """Return the result of a run that has ended, with its reports on this machine."""
        journal = self.site.journal
        if not all(Path(path).exists() for path in run.reports):
            write_reports(journal, run.name, run.spec.report_to)
        return result_of(journal, run.name)

    def _adopt(self) -> None:
        """Take over the run that the last pass of the job has left in the middle."""
        if self.one.run:
            return
        last = last_ended(self.site.store, self.one.job, self.one.no)
        run = self._known_run(last.run) if last else None
        if last and run and _may_be_resumed(run):
            self._note(replace(self.one.facts, files=last.facts.files), last.run)

    @property
    def _open_run(self) -> Run | None:
        """Return the run that was begun, where what follows it is not done yet."""
        settled = {one.run for one in self.one.facts.runs}
        return self._known_run(self.one.run) if self.one.run not in settled else None

    def _known_run(self, name: str) -> Run | None:
        try:
            return self.site.journal.run(name) if name else None
        except UsageError:
            return None

    def _give_up_unplanned(self) -> None:
        """Give up a run of which nothing can have been sent: its files are taken anew.

        With one of which something may have been sent the next pass goes on.
        """
        run = self._open_run
        if run and _may_be_resumed(run):
            return
        if run and not run.state.ended:
            abandon(self.site.journal, run.name)
        self._note(self.one.facts, "")

    def _settle(
        self,
        job: JobSettings,
        result: RunResult,
        files: Sequence[PassFile],
        *,
        clear: bool = True,
    ) -> None:
        """Do what follows a run, and note it. Raises JournalLost where that has ended it."""
        if result.reason and result.reason.code == ReasonCode.JOURNAL_LOST:
            raise JournalLost(result.reason.message)
        by, source = taken_by(self.site, self.one.job), self.site.source(self.one.job)
        settlement = Settlement(self.site, self.one, job, source, by, result, files)
        self._add(settlement.settle(clear=clear))
        if result.state is not RunState.FINISHED:
            self._give_up_unplanned_of(result)

    def _give_up_unplanned_of(self, result: RunResult) -> None:
        run = self._known_run(result.run)
        if run and not run.plan and not run.state.ended:
            abandon(self.site.journal, run.name)

    def _add(self, run: PassRun) -> None:
        facts = self.one.facts
        others = tuple(one for one in facts.runs if not run.run or one.run != run.run)
        self._note(replace(facts, runs=(*others, run)))

    def _note(self, facts: PassFacts, run: str | None = None) -> None:
        self.one = replace(self.one, facts=facts, run=self.one.run if run is None else run)
        self.hold.note(facts, run)

    def _demand_fresh(self, job: JobSettings, found: Look) -> None:
        """Raise NotExpected where a new file is too old or, without one, the newest there was."""
        now = database_now(self.site.store)
        files = [(one.file.name, one.file.modified) for one in found.new]
        if not files and found.newest:
            files = [("The newest file", found.newest)]
        demand_fresh(job.expect, files, now)
        if job.expect.max_age and found.is_empty:
            demand_some(job.expect, self._last_file, now)

    @property
    def _last_file(self) -> float:
        """Return when files were imported last: they may be moved, or deleted, since."""
        good = last_good(self.site.store, self.one.job, self.one.no)
        return good.ended if good and good.ended else first_seen(self.site.store, self.one.job)

    def _empty_folder(self) -> Path:
        """Return a folder of the pass with nothing in it; what it held is fetched anew."""
        folder = self.site.folder(self.one.job, self.one.no) / str(len(self.one.facts.runs))
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    @property
    def _status(self) -> int:
        late = int(bool(self._late.wrong))
        return max((late, *(run.status for run in self.one.facts.runs)))

    @property
    def _code(self) -> str:
        """Return the code of the reason for the exit status."""
        worst = max(self.one.facts.runs, key=lambda run: run.status, default=None)
        code = worst.code if worst else ""
        return code or (ReasonCode.REPORT_NOT_WRITTEN if self._late.wrong else "")

    @property
    def _said(self) -> str:
        return " ".join(dict.fromkeys(run.why for run in self.one.facts.runs if run.why))

    def _ended(self, status: int, why: str, code: str) -> JobPass:
        runs = self.one.facts.runs
        good = bool(runs) and all(run.good for run in runs) and status <= 1
        return replace(
            self.one,
            status=max(status, self._status),
            why=why,
            good=good,
            facts=replace(self.one.facts, code=code),
            rows=self.one.facts.rows if self.one.facts.has_read else None,
        )


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))


def _may_be_resumed(run: Run) -> bool:
    """Return whether something of a run may have been sent, and something not."""
    return bool(run.plan) and run.state in (RunState.INTERRUPTED, RunState.SENDING)


def _bunches(job: JobSettings, files: Sequence[FetchedFile]) -> list[list[FetchedFile]]:
    """Return the files of each run."""
    if not files:
        return []
    return [[file] for file in files] if job.each is Each.FILE else [list(files)]
