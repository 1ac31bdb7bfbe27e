"""`demo`: the samples in, their annotated results in a folder out, by way of a fresh sandbox."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from importer.cli.screen import Bars, say, show

if TYPE_CHECKING:
    from importer.connect import Connector
    from importer.journal import Journal
    from importer.results import ReportTo, Result

SAMPLES = Path(__file__).with_name("samples.txt")
"""The names of the workbooks to show; no module names what they are about."""


def demo(
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Where samples and results go.")
    ] = Path("importer-demo"),
) -> int:
    """Import two sample workbooks into a sandbox, end to end."""
    from importer.cli.text import SANDBOX_FIRST, SANDBOX_LAST
    from importer.results import ReportTo

    say(SANDBOX_FIRST)
    files = list(_copied(out))
    with _stage() as stage:
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


@dataclass(frozen=True, slots=True)
class Stage:
    """A journal and a sandbox that nothing else uses."""

    journal: Journal
    connect: Connector

    def run(self, file: Path, report: ReportTo) -> Result:
        """Import one file."""
        from importer import pipeline

        with Bars() as bars:
            return pipeline.run(
                [file],
                pipeline.Options(),
                target=self.connect.name,
                connect=self.connect,
                journal=self.journal,
                report=report,
                watch=bars,
            )


@contextmanager
def _stage() -> Iterator[Stage]:
    """Set the stage in a folder that is gone afterwards; nothing of the user's settings counts."""
    from importer.connect import Connector
    from importer.journal import Journal
    from importer.settings import SANDBOX, Settings, TargetSettings

    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="importer-demo-"))
        targets = {SANDBOX: TargetSettings(system=SANDBOX)}
        settings = Settings.model_construct(journal=f"{folder}/journal.db", targets=targets)
        journal = stack.enter_context(closing(Journal(settings.journal)))
        yield Stage(journal, stack.enter_context(Connector(settings, SANDBOX)))


def _copied(out: Path) -> Iterator[Path]:
    """The samples, copied to a folder; one that is there already is used as it is."""
    from importer.template.source import shipped

    out.mkdir(parents=True, exist_ok=True)
    for name in SAMPLES.read_text(encoding="utf-8").split():
        file = out / name
        if file.exists():
            say(f"{file} is there already and is used as it is.")
        else:
            shutil.copyfile(shipped("data") / name, file)
        yield file


def _lines(result: Result) -> Iterator[str]:
    from importer.report.text import summarise

    yield f"  {', '.join(result.files)}"
    yield from (f"    {line}" for line in summarise(result.counts, result.findings).splitlines())
    if result.why:
        yield f"    {result.why}"
    yield from (f"    report: {path}" for path in result.reports)
