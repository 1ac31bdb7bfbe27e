"""The samples in, a folder of them and a fresh sandbox to import them into out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from importer.cli.screen import Bars, say

if TYPE_CHECKING:
    from importer.connect import Connector
    from importer.journal import Journal
    from importer.results import ReportTo, RunResult

SAMPLES = Path(__file__).with_name("samples.txt")
"""The names of the workbooks to show; no module names what they are about."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A journal and a sandbox that nothing else uses."""

    journal: Journal
    connect: Connector

    def run(self, file: Path, report: ReportTo) -> RunResult:
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
def staged() -> Iterator[Stage]:
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


def copied(out: Path) -> Iterator[Path]:
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
