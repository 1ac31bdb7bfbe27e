"""`undo`: a run's name in, what it did taken back, as a run of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import options as flags
from importer.cli.breaks import Breaks
from importer.cli.importing import confirmation, interruptible, show_result, told
from importer.cli.options import Format
from importer.cli.places import UNDO, report_to
from importer.cli.screen import Bars, show, show_json
from importer.cli.session import session

if TYPE_CHECKING:
    from importer.connect import Connector
    from importer.journal import Journal

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show row by row what would be done; send nothing.")
]


def undo(
    run: flags.RunName,
    yes: flags.Yes = False,
    dry_run: DryRun = False,
    batch_size: flags.BatchSize = None,
    jobs: flags.Jobs = 4,
    rate: flags.Rate = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    config: flags.Config = None,
) -> int:
    """Reverse what a run did; what has changed since then is kept."""
    from importer import pipeline
    from importer.connect import Connector

    with session(config) as own:
        known = own.journal.run(run)
        sources = [Path(file["path"]) for file in known.facts["files"]]
        to = report_to(report, sources, suffix=UNDO)
        with Connector(own.settings, known.target, rate, jobs) as connect, told(connect):
            if dry_run:
                return _show_plan(run, known.target, connect, own.journal, format)
            with interruptible(own.journal, known.target), Breaks() as breaks, Bars(breaks) as bars:
                result = pipeline.undo(
                    run,
                    target=known.target,
                    connect=connect,
                    journal=own.journal,
                    report=to,
                    watch=bars,
                    confirm=confirmation(bars, yes=yes),
                    batch_size=batch_size or known.facts["batch_size"],
                    jobs=jobs,
                )
                bars.close()
                return show_result(result, format)


def _show_plan(
    run: str,
    target: str,
    connect: Connector,
    journal: Journal,
    format: Format,  # noqa: A002 - the flag's name
) -> int:
    from importer import rehearsing
    from importer.cli.text import undo_lines

    with Bars() as bars:
        found = rehearsing.plan_undo(
            run, target=target, connect=connect, history=journal, watch=bars
        )
        bars.close()
    if format is Format.JSON:
        show_json(found.as_json())
    else:
        show(undo_lines(found, run))
    return found.exit_status
