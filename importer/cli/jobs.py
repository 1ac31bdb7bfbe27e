"""`importer jobs`: list the jobs of the settings, run one, say when they are due, show one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.answer import Answer, time_of
from importer.cli.columns import in_columns
from importer.cli.command import Command
from importer.cli.console import Bars, say, show
from importer.cli.flags import Format

if TYPE_CHECKING:
    from importer.jobs.history import JobLine
    from importer.jobs.site import JobSite
    from importer.journal.audit import AuditAction
    from importer.journal.job_pass import JobPass

app = typer.Typer(rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The job.")]
OneOrAll = Annotated[
    str | None, typer.Argument(metavar="NAME", help="The job; else all.", show_default=False)
]
Skip = Annotated[
    int | None,
    typer.Option(
        "--skip-exit-code",
        min=0,
        max=255,
        metavar="N",
        help="The exit status where there is nothing new, such as 99 for Airflow.",
    ),
]
Most = Annotated[
    int, typer.Option("--last", min=1, max=1000, metavar="N", help="How many passes are shown.")
]
TIMES = 5
"""So many times of a job are shown."""


@app.command("list", cls=Command)
def list_all(
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """List the jobs, when each is due, and how it ended last."""
    from importer.cli.job_text import job_cells, job_json
    from importer.jobs.history import job_lines
    from importer.jobs.site import JobSite
    from importer.session import open_session

    with open_session(config) as session:
        found = job_lines(JobSite(session))
    if format is Format.TEXT:
        show(_lines([job_cells(one) for one in found]))
    return Answer(0, lambda: {"jobs": [job_json(one) for one in found]})


@app.command(cls=Command)
def run(
    name: Name,
    skip_exit_code: Skip = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
) -> Answer:
    """Run a job now, wait until it has ended, and end with its exit status."""
    from importer.cli.job_text import answer_of_pass, pass_lines
    from importer.cli.signals import Breaks
    from importer.jobs.site import JobSite
    from importer.journal.audit import AuditAction
    from importer.session import open_session

    with open_session(config, allow_http=allow_http) as session:
        site = JobSite(session)
        site.job(name)
        by = _noted(site, AuditAction.JOB_STARTED, name)
        with Breaks(format) as breaks, Bars(breaks) as bars:
            ended = _run_now(site, name, by, bars)
    answer = answer_of_pass(ended, skip_exit_code)
    if format is Format.TEXT:
        show(pass_lines(ended))
    if ended.why and (answer.status or format is Format.JSON):
        say(f"importer: {ended.why}")
    return answer


@app.command("next", cls=Command)
def next_times(
    name: OneOrAll = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Say when the jobs, or one of them, are due next."""
    from importer.jobs.due import next_times as times_of
    from importer.jobs.history import job_line, job_lines
    from importer.jobs.site import JobSite
    from importer.journal.jobs import database_now
    from importer.session import open_session

    with open_session(config) as session:
        site = JobSite(session)
        now = database_now(site.store)
        lines = [job_line(site, name)] if name else job_lines(site)
        due = [one for one in lines if one.due is not None]
        times = {one.job: times_of(site.job(one.job), now, TIMES) for one in due}
    found = {one.job: [time_of(at) for at in times.get(one.job, ())] for one in lines}
    if format is Format.TEXT:
        show(_lines([(job, ", ".join(some) or "not by the clock") for job, some in found.items()]))
    return Answer(0, lambda: {"jobs": [{"job": job, "times": some} for job, some in found.items()]})


@app.command(cls=Command)
def enable(
    name: Name,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Let a job run by the clock from now on, whatever the settings say."""
    return _changed(name, enabled=True, format=format, config=config)


@app.command(cls=Command)
def disable(
    name: Name,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Let a job run no more by the clock; `importer jobs run` still runs it."""
    return _changed(name, enabled=False, format=format, config=config)


@app.command("show", cls=Command)
def show_one(
    name: Name,
    last: Most = 14,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
) -> Answer:
    """Show the last passes of a job, each against the one before."""
    from importer.cli.job_text import job_json, night_json, night_lines
    from importer.jobs.history import job_line, nights
    from importer.jobs.site import JobSite
    from importer.session import open_session

    with open_session(config) as session:
        site = JobSite(session)
        line, found = job_line(site, name), nights(site, name, last)
    if format is Format.TEXT:
        show(night_lines(line, found))
    return Answer(0, lambda: {**job_json(line), "passes": [night_json(one) for one in found]})


def _run_now(site: JobSite, name: str, by: str, bars: Bars) -> JobPass:
    """Run a job to its end; say how it goes on where that is broken off."""
    from importer.jobs.by_hand import run_now

    try:
        return run_now(site, name, by, bars)
    except KeyboardInterrupt:
        say(f"importer: interrupted. A worker, or `importer jobs run {name}`, goes on with it.")
        raise


def _changed(name: str, *, enabled: bool, format: Format, config: flags.Config) -> Answer:  # noqa: A002
    from importer.cli.job_text import job_json
    from importer.jobs.history import job_line
    from importer.jobs.site import JobSite
    from importer.journal.audit import AuditAction
    from importer.journal.jobs import set_enabled
    from importer.session import open_session

    with open_session(config) as session:
        site = JobSite(session)
        site.job(name)
        action = AuditAction.JOB_ENABLED if enabled else AuditAction.JOB_DISABLED
        set_enabled(site.store, name, enabled=enabled, by=_noted(site, action, name))
        line = job_line(site, name)
    if format is Format.TEXT:
        show([_said(line)])
    return Answer(0, lambda: job_json(line))


def _said(line: JobLine) -> str:
    if not line.enabled:
        return f"{line.job} does not run by the clock. `importer jobs run {line.job}` runs it."
    if line.due is None:
        return f"{line.job} has no schedule. `importer jobs run {line.job}` runs it."
    return f"{line.job} is due at {time_of(line.due)}, where a worker or the page runs."


def _noted(site: JobSite, action: AuditAction, job: str) -> str:
    """Write down what somebody does with a job; return who it is."""
    from importer.people import audit_log, links
    from importer.visitor import By

    by = links.system_account(By.TERMINAL)
    audit_log.record(site.store, by, action, job)
    return by.name


def _lines(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from in_columns([tuple(one) for one in cells])
    if not cells:
        yield "There are no jobs yet. A table [jobs.NAME] of importer.toml makes one."
