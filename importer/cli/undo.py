"""`importer undo`: revert what a run did, as a run of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli import flags
from importer.cli.answer import Answer, answer_of_plan
from importer.cli.console import Bars, show
from importer.cli.flags import Format
from importer.cli.sending import confirmation, sending, show_result, target_notice

if TYPE_CHECKING:
    from importer.pipeline.undo import UndoRequest

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
    allow_http: flags.AllowHttp = False,
) -> Answer:
    """Revert what a run did; what has changed since then is kept."""
    from importer.pipeline.execution import Approval
    from importer.pipeline.report_paths import report_of_undo
    from importer.pipeline.undo import UndoRequest
    from importer.pipeline.undo import undo as undo_run
    from importer.session import Connector, open_session

    with open_session(config, allow_http=allow_http) as session:
        journal, known = session.journal, session.journal.run(run)
        to = report_of_undo(known, report)
        with Connector(session.settings, known.target, rate, jobs) as connect:
            request = UndoRequest(run, known.target, connect, journal, batch_size, jobs)
            if dry_run:
                files = [file.as_named for file in known.spec.files]
                with Bars() as bars, target_notice(connect, bars):
                    return _show_plan(request, format, files, bars)
            with sending(connect, journal, format) as bars:
                approval = Approval(confirm=confirmation(bars, yes=yes))
                result = undo_run(
                    request, journal=journal, report=to, progress=bars, approval=approval
                )
                bars.close()
                return show_result(result, format)


def _show_plan(
    request: UndoRequest,
    format: Format,  # noqa: A002 - the flag's name
    files: list[str],
    bars: Bars,
) -> Answer:
    from importer.cli.text import undo_lines
    from importer.pipeline.plan import plan_undo

    result = plan_undo(request, progress=bars)
    bars.close()
    if format is Format.TEXT:
        show(undo_lines(result, request.run))
    return answer_of_plan(result, files)
