"""`importer runs`: list the runs; show, approve, cancel or abandon one, or report it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.answer import Answer, answer_of_run
from importer.cli.columns import in_columns
from importer.cli.console import remark, show
from importer.cli.flags import Format
from importer.cli.held import approve_held, held_lines
from importer.cli.sending import show_result

if TYPE_CHECKING:
    from importer.journal import Journal
    from importer.pipeline.runs import RunLine
    from importer.session import Session

PAGE = 20
"""How many runs are listed at once."""

OneRun = Annotated[
    str | None, typer.Argument(metavar="RUN", help="The run to show.", show_default=False)
]
All = Annotated[bool, typer.Option("--all", help="List all runs, not only the newest 20.")]
Before = Annotated[
    str | None,
    typer.Option("--before", metavar="RUN", help="List the runs before this one."),
]
PruneOld = Annotated[
    bool,
    typer.Option("--prune", help="Drop rows and before-images that are kept long enough."),
]
Cancel = Annotated[
    bool, typer.Option("--cancel", help="Stop the run once what is in flight is settled.")
]
Approve = Annotated[
    bool,
    typer.Option("--approve", help="Let `importer resume RUN` send what the guard has held."),
]
Abandon = Annotated[bool, typer.Option("--abandon", help="Give the run up; nothing is looked up.")]


def runs(
    run: OneRun = None,
    all: All = False,  # noqa: A002 - the flag's name
    before: Before = None,
    prune: PruneOld = False,
    approve: Approve = False,
    cancel: Cancel = False,
    abandon: Abandon = False,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    config: flags.Config = None,
) -> Answer:
    """List the runs, or show one, approve what it holds, report it again, stop it, give it up."""
    from importer.errors import UsageError
    from importer.session import open_session

    about_one = {"--report": report, "--approve": approve, "--cancel": cancel, "--abandon": abandon}
    for flag, given in about_one.items():
        if given and not run:
            raise UsageError(f"{flag} needs a run: `importer runs RUN {flag}`.")
    with open_session(config) as session:
        journal = session.journal
        if prune:
            return _prune(session, format)
        if run is None:
            return _show_some(journal, None if all else PAGE, before or "", format)
        if cancel:
            return _cancel(journal, run, format)
        if abandon:
            _abandon(journal, run)
        if approve:
            approve_held(session, run, format)
        return _show_one(journal, run, report, format)


def _show_one(
    journal: Journal,
    run: str,
    report: str | None,
    format: Format,  # noqa: A002 - the flag's name
) -> Answer:
    from importer.pipeline.report_paths import report_of
    from importer.pipeline.runs import result_of, write_reports

    if report:
        known = journal.run(run)
        write_reports(journal, run, report_of(known, report, in_place=False))
    if format is Format.TEXT:
        show(held_lines(journal, run))
    return show_result(result_of(journal, run), format, status=0)


def _cancel(journal: Journal, run: str, format: Format) -> Answer:  # noqa: A002 - the flag's name
    from importer.errors import UsageError
    from importer.journal import cancel
    from importer.pipeline.runs import result_of

    if not cancel(journal, run):
        raise UsageError(f"no process is sending run {run}. `importer runs {run}` shows its state.")
    if format is Format.TEXT:
        show([f"Run {run} stops once what is in flight is settled."])
    return answer_of_run(result_of(journal, run), 0)


def _abandon(journal: Journal, run: str) -> None:
    from importer.errors import UsageError
    from importer.journal import abandon

    state = journal.run(run).state
    if state.ended:
        raise UsageError(f"Run {run} is {state}: there is nothing to give up.")
    abandon(journal, run)


def _prune(session: Session, format: Format) -> Answer:  # noqa: A002 - the flag's name
    from importer.pipeline.retention import Keep, drop_old
    from importer.report.wording import plural

    settings = session.settings
    dropped = drop_old(session.journal, Keep(settings.journal_keep, settings.journal_runs))
    if format is Format.TEXT:
        show([f"Dropped the rows and before-images of {plural(len(dropped), 'run')}."])
    return Answer(0, lambda: {"runs": [run.as_json() for run in dropped]})


def _show_some(
    journal: Journal,
    most: int | None,
    before: str,
    format: Format,  # noqa: A002 - the flag's name
) -> Answer:
    from importer.pipeline.runs import listed_runs

    found = listed_runs(journal, most, before)
    if format is Format.TEXT:
        show(_lines(found.lines, before))
        if found.more:
            remark(
                f"There are older ones: `importer runs --before {found.lines[-1].run}`, or --all."
            )
    return Answer(0, lambda: {"runs": [run.as_json() for run in found.lines]})


def _lines(found: Sequence[RunLine], before: str) -> Iterator[str]:
    """Yield one line a run, in columns."""
    yield from in_columns([_cells(run) for run in found])
    if not found:
        none = "There are no runs yet. `importer run FILE` makes one."
        yield "There are no older runs." if before else none


def _cells(run: RunLine) -> tuple[str, ...]:
    from importer.report.counts import count_lines

    files = ", ".join(run.files)
    about = f"undo of {run.undoes} ({files})" if run.undoes else files
    counts = "; ".join(count_lines(run.counts))
    return run.run, run.started, run.target, run.state.value, about, counts
