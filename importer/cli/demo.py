"""`demo`: the samples in, their annotated results in a folder out, by way of a fresh sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli.screen import say, show

if TYPE_CHECKING:
    from importer.results import RunResult


def demo(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="The folder for the samples and their reports."),
    ] = Path("importer-demo"),
) -> int:
    """Import two sample workbooks into a sandbox, end to end."""
    from importer.cli.stage import copied, staged
    from importer.cli.text import SANDBOX_FIRST, SANDBOX_LAST
    from importer.results import ReportTo

    say(SANDBOX_FIRST)
    files = list(copied(out))
    with staged() as stage:
        first = [stage.run(file, ReportTo()) for file in files]
        show(["What became of every row:"])
        for result in first:
            show(_lines(result))
        second = [stage.run(file, ReportTo(wanted=False)) for file in files]
        show(["", "The same files once more, now that everything is there:"])
        for result in second:
            show(_lines(result))
    show(["", f"Open the reports in {out}: each is the workbook with a status beside every row."])
    say(SANDBOX_LAST)
    return max(result.exit_status for result in [*first, *second])


def _lines(result: RunResult) -> Iterator[str]:
    from importer.report.text import summarise

    yield f"  {', '.join(result.files)}"
    yield from (f"    {line}" for line in summarise(result.counts, result.findings).splitlines())
    if result.why:
        yield f"    {result.why}"
    yield from (f"    report: {path}" for path in result.reports)
