"""`runs`: the journal in, its runs or one run's result on stdout out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from importer.cli import options as flags
from importer.cli.importing import show_result
from importer.cli.options import Format
from importer.cli.places import report_to, suffix_of
from importer.cli.screen import say, show, show_json
from importer.cli.session import session

if TYPE_CHECKING:
    from importer.journal import Journal

OneRun = Annotated[
    str | None, typer.Argument(metavar="RUN", help="The run to show.", show_default=False)
]


Cancel = Annotated[
    bool, typer.Option("--cancel", help="Stop the run once what is in flight is settled.")
]
Abandon = Annotated[bool, typer.Option("--abandon", help="Give the run up; nothing is looked up.")]


def runs(
    run: OneRun = None,
    cancel: Cancel = False,
    abandon: Abandon = False,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    config: flags.Config = None,
) -> int:
    """List the runs, or show one, write its report again, stop it or give it up."""
    from importer import pipeline
    from importer.errors import UsageError

    for flag, given in {"--report": report, "--cancel": cancel, "--abandon": abandon}.items():
        if given and not run:
            raise UsageError(f"{flag} needs a run: `importer runs RUN {flag}`.")
    with session(config) as own:
        if run is None:
            _show_all(own.journal, format)
            return 0
        if cancel:
            return _cancel(own.journal, run)
        if abandon:
            _abandon(own.journal, run)
        if report:
            facts = own.journal.run(run).facts
            files = [Path(file["path"]) for file in facts["files"]]
            to = report_to(report, files, suffix=suffix_of(facts))
            pipeline.write_reports(own.journal, run, to)
        show_result(pipeline.result(own.journal, run), format)
    return 0


def _cancel(journal: Journal, run: str) -> int:
    from importer.journal import cancel

    if cancel(journal, run):
        show([f"Run {run} stops once what is in flight is settled."])
        return 0
    say(f"importer: no process is sending run {run}. `importer runs {run}` shows its state.")
    return 2


def _abandon(journal: Journal, run: str) -> None:
    from importer.errors import UsageError
    from importer.journal import free

    state = journal.run(run).state
    if state in ("finished", "abandoned"):
        raise UsageError(f"Run {run} is {state}: there is nothing to give up.")
    free(journal, run)


def _show_all(journal: Journal, format: Format) -> None:  # noqa: A002
    found = [(_as_json(journal, run), _about(run)) for run in journal.runs()]
    if format is Format.JSON:
        show_json({"runs": [run for run, _ in found]})
    else:
        show(_lines(found))


def _as_json(journal: Journal, run: Any) -> dict[str, Any]:
    from importer.journal import counts, results, state_of
    from importer.model import Status

    counted = counts(results(journal, run)) if "sheets" in run.facts else {}
    return {
        "run": run.run,
        "state": state_of(journal, run),
        "target": run.target,
        "started": run.started,
        "files": [file["name"] for file in run.facts["files"]],
        "counts": {status.value: counted.get(status.value, 0) for status in Status},
    }


def _about(run: Any) -> str:
    """The files of a run, and the run that it takes back if it does."""
    files = ", ".join(file["name"] for file in run.facts["files"])
    return f"undo of {run.facts['undoes']} ({files})" if "undoes" in run.facts else files


def _lines(found: Sequence[tuple[dict[str, Any], str]]) -> Iterator[str]:
    """One line a run, in columns."""
    from importer.report.text import count_lines

    rows = [
        (
            run["run"],
            run["started"],
            run["target"],
            run["state"],
            about,
            "; ".join(count_lines(run["counts"])),
        )
        for run, about in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()
    if not rows:
        yield "There are no runs yet. `importer run FILE` makes one."
