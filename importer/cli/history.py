"""`runs`: the journal in, its runs or one run's result on stdout out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from importer.cli import options as flags
from importer.cli.importing import show_result
from importer.cli.options import Format
from importer.cli.places import report_to
from importer.cli.screen import show, show_json
from importer.cli.session import session

if TYPE_CHECKING:
    from importer.journal import Journal

OneRun = Annotated[
    str | None, typer.Argument(metavar="RUN", help="Show this run.", show_default=False)
]


def runs(
    run: OneRun = None,
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    report: flags.Report = None,
    config: flags.Config = None,
) -> int:
    """List the runs; or show one, and write its report again."""
    from importer import pipeline
    from importer.errors import UsageError

    if report and not run:
        raise UsageError("--report needs a run: `importer runs RUN --report PATH`.")
    with session(config) as own:
        if run is None:
            _show_all(own.journal, format)
            return 0
        if report:
            files = [Path(file["path"]) for file in own.journal.run(run).facts["files"]]
            pipeline.write_reports(own.journal, run, report_to(report, files))
        show_result(pipeline.result(own.journal, run), format)
    return 0


def _show_all(journal: Journal, format: Format) -> None:  # noqa: A002
    found = [_as_json(journal, run) for run in journal.runs()]
    if format is Format.JSON:
        show_json({"runs": found})
    else:
        show(_lines(found))


def _as_json(journal: Journal, run: Any) -> dict[str, Any]:
    from importer.journal import counts, results
    from importer.model import Status

    counted = counts(results(journal, run)) if "sheets" in run.facts else {}
    return {
        "run": run.run,
        "state": run.state,
        "target": run.target,
        "started": run.started,
        "files": [file["name"] for file in run.facts["files"]],
        "counts": {status.value: counted.get(status.value, 0) for status in Status},
    }


def _lines(found: Sequence[dict[str, Any]]) -> Iterator[str]:
    """One line a run, in columns."""
    from importer.report.text import count_lines

    rows = [
        (
            run["run"],
            run["started"],
            run["target"],
            run["state"],
            ", ".join(run["files"]),
            "; ".join(count_lines(run["counts"])),
        )
        for run in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()
    if not rows:
        yield "There are no runs yet. `importer run FILE` makes one."
