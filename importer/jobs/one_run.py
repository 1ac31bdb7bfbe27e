"""One run of a pass: its request, what it is asked before it sends, where its reports go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from importer.atomic import private_folder
from importer.errors import UsageError
from importer.job_settings import IN_PLACE, JobSettings
from importer.jobs.expect import Before, demand_expected
from importer.jobs.found_files import FetchedFile
from importer.jobs.site import JobSite
from importer.journal.job_pass import JobPass
from importer.journal.job_passes import last_good
from importer.journal.row_counts import read_rows
from importer.journal.taken import Taker, last_of_name
from importer.options import Options, ReportTo
from importer.pipeline.execution import Approval
from importer.pipeline.progress import Progress
from importer.pipeline.request import ImportRequest
from importer.pipeline.results import Preview, RunResult
from importer.pipeline.resume import resume
from importer.pipeline.run import run
from importer.session import Connector

MOST_ALONE = 0.5
"""The share of however few objects above which the guard holds what nobody watches."""


class OneRun(Struct):
    """The run of files of a pass; `began` is told what it is called."""

    site: JobSite
    one: JobPass
    by: Taker
    files: Sequence[FetchedFile]
    folder: Path
    began: Callable[[str], None]
    name: str = ""

    @property
    def job(self) -> JobSettings:
        """The settings of the job."""
        return self.site.job(self.one.job)

    def perform(self, progress: Progress) -> RunResult:
        """Import the files. Raises NotExpected, TargetLocked, UsageError or StoppedEarly."""
        flags = self.job.options
        with Connector(self.site.settings, self.job.target, flags.rate, flags.jobs) as connect:
            options = connect.options(options_of(self.job), batch_size=flags.batch_size)
            paths = [one.path for one in self.files]
            return run(
                ImportRequest(paths, options, self.job.target, connect),
                journal=self.site.journal,
                report=self._report_to(),
                progress=progress,
                approval=Approval(confirm=self._as_expected, releases=False),
                began=self._begun,
            )

    def _begun(self, name: str) -> None:
        self.name = name
        self.began(name)

    def _as_expected(self, _preview: Preview) -> bool:
        """Let the run be sent. Raises NotExpected."""
        journal = self.site.journal
        planned = journal.run(self.name)
        sheets = [sheet.name for sheet in planned.sheets]
        rows = read_rows(journal.store, planned)
        demand_expected(self.job.expect, rows, sheets, self._before())
        return True

    def _before(self) -> Before:
        """Return what the rows are compared with: the same files, else the last good run."""
        store = self.site.store
        known = [last_of_name(store, self.by, one.file.name) for one in self.files]
        rows = [one.rows for one in known if one]
        if len(rows) == len(known):
            return Before(sum(rows))
        good = last_good(store, self.one.job, self.one.no)
        return Before(good.facts.runs[-1].rows if good and good.facts.runs else None)

    def _report_to(self) -> ReportTo:
        if self.job.report == IN_PLACE:
            return ReportTo(in_place=True)
        private_folder(self.folder)
        return ReportTo(path=self.folder)


def options_of(job: JobSettings) -> Options:
    """Return what a job asks of its runs."""
    flags = job.options
    return Options(
        template=job.template or None,
        only=flags.sheet,
        strict=flags.strict,
        verify=flags.verify,
        allow_mass_change=flags.allow_mass_change,
        mass_alone=MOST_ALONE,
        prune=flags.prune,
        answers=tuple(job.set.items()),
        encoding=flags.encoding,
        delimiter=flags.delimiter,
        quote=flags.quote,
    )


def resumed(site: JobSite, name: str, job: JobSettings, progress: Progress) -> RunResult:
    """Go on with a run of a job that has its plan. Raises TargetLocked or UsageError."""
    found = site.journal.run(name)
    if found.target != job.target:
        raise UsageError(
            f"Run {name} of the job was begun into {found.target}, which is not its target any "
            f"more: `importer resume {name}` goes on with it, `importer runs {name} --abandon` "
            "gives it up."
        )
    with Connector(site.settings, found.target, job.options.rate, job.options.jobs) as connect:
        to = found.spec.report_to
        return resume(name, connect=connect, journal=site.journal, report=to, progress=progress)
