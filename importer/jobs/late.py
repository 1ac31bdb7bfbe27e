"""What former passes of a job have left behind: reports to hand over, files to move or delete."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from importer.atomic import private_folder
from importer.errors import ImporterError, UsageError
from importer.job_settings import JobSettings
from importer.jobs.clearing import clear_late
from importer.jobs.found_files import Look
from importer.jobs.report_place import put_report
from importer.jobs.site import JobSite
from importer.journal.job_pass import JobPass, PassRun
from importer.journal.job_passes import amend_facts, newest_read
from importer.options import ReportTo
from importer.pipeline.runs import write_reports
from importer.sources import Source

MOST_PASSES = 20
"""So many passes that have read files are looked through for reports."""


class Late(Struct):
    """How much was made up for, what there is to say of that, and what still cannot be."""

    done: int = 0
    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def make_up(site: JobSite, one: JobPass, source: Source, found: Look, folder: Path) -> Late:
    """Hand over what reports still wait, and move or delete what files should be gone.

    Reports that are not on this machine any more are made again in a folder.
    """
    late, job = Late(), site.job(one.job)
    for former in newest_read(site.store, one.job, MOST_PASSES, one.no):
        runs = tuple(
            _handed_over(site, former, job, source, run, folder, late) for run in former.facts.runs
        )
        if runs != former.facts.runs:
            amend_facts(site.store, former.no, replace(former.facts, runs=runs))
    done, wrong = clear_late(site, job, source, found.taken)
    late.done += done
    late.wrong += wrong
    return late


def _handed_over(
    site: JobSite,
    former: JobPass,
    job: JobSettings,
    source: Source,
    run: PassRun,
    folder: Path,
    late: Late,
) -> PassRun:
    """Return a run of a former pass as it is once its reports are where they belong."""
    if not run.waiting:
        return run
    try:
        here = [_there(site, run, path, folder) for path in run.waiting]
    except UsageError as error:  # its rows are kept no longer: nothing makes it again
        late.wrong.append(f"The report of run {run.run} cannot be made again: {error}")
        return replace(run, waiting=())
    try:
        put = [put_report(site, former, job, source, path) for path in here]
    except ImporterError as error:
        late.wrong.append(f"The report of run {run.run} is still {run.waiting[0]}: {error}")
        return run
    new = dict(zip(run.waiting, put, strict=True))
    late.done += len(new)
    late.said.append(f"The report of run {run.run} is at {', '.join(put)} now.")
    return replace(run, reports=tuple(new.get(one, one) for one in run.reports), waiting=())


def _there(site: JobSite, run: PassRun, path: str, folder: Path) -> Path:
    """Return a report where it lies on this machine; it is made again where it does not."""
    if Path(path).is_file():
        return Path(path)
    place = folder / "reports"
    private_folder(place)
    made = write_reports(site.journal, run.run, ReportTo(path=place))
    return next((one for one in made if one.name == Path(path).name), made[0])
