"""`importer demo`: import the samples into a fresh sandbox, end to end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from importer.cli.console import Bars, say, show
from importer.options import Options, ReportTo

if TYPE_CHECKING:
    from importer.journal import Journal
    from importer.pipeline.results import RunResult
    from importer.session import Connector

SAMPLES = Path(__file__).with_name("samples.txt")
"""The names of the sample files; no module names what they are about."""
ASSETS = "assets.csv"
"""The one whose assets are in the sandbox from the beginning, so that they can be described."""


def demo(
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="The folder for the samples and their reports."),
    ] = Path("importer-demo"),
) -> int:
    """Import three sample files into a sandbox, end to end."""
    from importer.cli.text import SANDBOX_FIRST, SANDBOX_LAST

    say(SANDBOX_FIRST)
    files = list(_copy_samples(out))
    with _fresh_sandbox() as sandbox:
        first = [sandbox.run(file, ReportTo()) for file in files]
        show(["What became of every row:"])
        for result in first:
            show(_lines(result))
        second = [sandbox.run(file, ReportTo(wanted=False)) for file in files]
        show(["", "The same files once more, now that everything is there:"])
        for result in second:
            show(_lines(result))
    show(["", f"Open the reports in {out}: each is the file with a status beside every row."])
    say(SANDBOX_LAST)
    return max(result.exit_status for result in [*first, *second])


class _FreshSandbox(Struct, frozen=True):
    """A journal and a sandbox that nothing else uses."""

    journal: Journal
    connect: Connector

    def run(self, file: Path, report: ReportTo) -> RunResult:
        """Import one file."""
        from importer.pipeline.request import ImportRequest
        from importer.pipeline.run import run

        request = ImportRequest([file], Options(), self.connect.name, self.connect)
        with Bars() as bars:
            return run(request, journal=self.journal, report=report, progress=bars)


@contextmanager
def _fresh_sandbox() -> Iterator[_FreshSandbox]:
    """Open a sandbox in a folder that is removed afterwards, whatever the user's settings."""
    from importer.journal import Journal
    from importer.session import Connector
    from importer.settings import SANDBOX, Settings, TargetSettings
    from importer.template.shipped import shipped

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="importer-demo-"))
        assets = str(shipped("data") / ASSETS)
        targets = {SANDBOX: TargetSettings(system=SANDBOX, assets=assets)}
        settings = Settings.model_construct(journal=f"{folder}/journal.db", targets=targets)
        journal = stack.enter_context(closing(Journal(settings.journal)))
        yield _FreshSandbox(journal, stack.enter_context(Connector(settings, SANDBOX)))


def _copy_samples(out: Path) -> Iterator[Path]:
    """Copy the samples to a folder; one that exists already is used as it is."""
    from importer.template.shipped import shipped

    out.mkdir(parents=True, exist_ok=True)
    for name in SAMPLES.read_text(encoding="utf-8").split():
        file = out / name
        if file.exists():
            say(f"{file} is there already and is used as it is.")
        else:
            shutil.copyfile(shipped("data") / name, file)
        yield file


def _lines(result: RunResult) -> Iterator[str]:
    from importer.cli.text import object_lines
    from importer.report.cause_text import problem_lines
    from importer.report.counts import count_lines

    yield f"  {', '.join(result.files)}"
    counts = count_lines(result.counts) + object_lines(result.objects, result.rows.imported)
    yield from (f"    {line}" for line in problem_lines(result.findings) + counts)
    if result.why:
        yield f"    {result.why}"
    yield from (f"    report: {path}" for path in result.reports)
