"""Files read, mapped, checked and ordered without a target."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from importer.model import Finding
from importer.order import LiveIndex, Resolver
from importer.pipeline.steps.intake import Intake, NullSink
from importer.pipeline.steps.opening import open_intake


@dataclass
class Checked:
    """Result of a check: the findings, and the entities by kind."""

    intake: Intake
    findings: list[Finding]

    @property
    def made(self) -> Counter[str]:
        return Counter(record.kind for record in self.intake.registry.entities)

    @property
    def rows(self) -> int:
        return sum(source.count for source in self.intake.sources)


def check(*paths: Path) -> Checked:
    """Check files as one workbook against an empty target."""
    intake = open_intake(paths)
    intake.read(NullSink())
    directory = LiveIndex(intake.template)
    resolver = Resolver(intake.template, intake.registry, directory, intake.sheets, looked_up=True)
    return Checked(intake, [*intake.findings, *resolver.resolve()])
