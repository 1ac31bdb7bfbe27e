"""What follows a run of a pass: its reports go where they belong, its files count as taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from importer.errors import ImporterError, ReasonCode
from importer.job_settings import IN_PLACE, JobSettings
from importer.jobs.clearing import as_source, clear_files
from importer.jobs.report_place import put_report
from importer.jobs.site import JobSite
from importer.journal.job_pass import JobPass, PassFile, PassRun
from importer.journal.row_counts import read_rows
from importer.journal.run import Run
from importer.journal.taken import TakenContent, Taker, take
from importer.model import InputFile, RunState
from importer.pipeline.results import RunResult
from importer.sources import Source


class Settlement(Struct):
    """A run that has ended, and what is wrong with what follows it; files as the journal has them.

    Each step can be done again: a process may end between two of them.
    """

    site: JobSite
    one: JobPass
    job: JobSettings
    source: Source
    by: Taker
    result: RunResult
    files: Sequence[PassFile]
    _wrong: list[str] = field(default_factory=list)
    _waiting: list[str] = field(default_factory=list)

    def settle(self, *, clear: bool = True) -> PassRun:
        """Hand the reports over, note what is taken and, with `clear`, move or delete it."""
        run = self.site.journal.run(self.result.run)
        reports = list(self._reports(run))
        taken = self._counts_as_taken
        if taken:
            self._take(run)
        if clear and taken and not self.result.exit_status:
            files = [as_source(one) for one in self.files]
            self._wrong += clear_files(self.job, self.source, files)
        waiting = tuple(self._waiting)
        return replace(self._as_run(run), reports=tuple(reports), waiting=waiting)

    @property
    def _counts_as_taken(self) -> bool:
        done = self.result.state is RunState.FINISHED
        return done and not self.result.counts.get("held")

    def _as_run(self, run: Run) -> PassRun:
        result = self.result
        reason = result.reason.message if result.reason else ""
        status = max(result.exit_status, int(bool(self._wrong)))
        return PassRun(
            run=result.run,
            status=status,
            rows=read_rows(self.site.store, run).total,
            counts=result.counts,
            read=result.rows.as_json(),
            why=" ".join(filter(None, (reason, *self._wrong))),
            code=self._code,
            good=result.state is RunState.FINISHED,
        )

    @property
    def _code(self) -> str:
        reason = self.result.reason
        if self._wrong and (reason is None or reason.code == ReasonCode.NOT_ALL_IMPORTED):
            return ReasonCode.REPORT_NOT_WRITTEN  # it says more than the counts do
        return reason.code if reason else ""

    def _reports(self, run: Run) -> Iterator[str]:
        """Put the reports where they belong; yield their addresses, here or there."""
        for path, file in zip(self.result.reports, run.spec.files, strict=False):
            try:
                yield self._put(path, file)
            except ImporterError as error:
                self._wrong.append(f"The report is {path}: {error}")
                if self.job.report != IN_PLACE:  # what is there by then is imported anew
                    self._waiting.append(str(path))
                yield str(path)

    def _put(self, path: Path, file: InputFile) -> str:
        if self.job.report == IN_PLACE and path.resolve() == Path(file.path).resolve():
            return self.source.replace(as_source(self._known(file)), path)
        return put_report(self.site, self.one, self.job, self.source, path)

    def _known(self, file: InputFile) -> PassFile:
        return next(one for one in self.files if Path(one.path) == Path(file.path))

    def _take(self, run: Run) -> None:
        """Note that the contents are taken; of a file with its report in it, as it is now."""
        rows = read_rows(self.site.store, run).of_files
        for file in run.spec.files:
            known = self._known(file)
            mark = "" if file.reported else known.mark
            content = file.reported or known.sha256
            taken = TakenContent(content, known.name, mark, rows[file.name], run.name)
            take(self.site.store, self.by, taken)
