"""Shows what a mapping makes of a list before it is sent: its first rows, and how many fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from importer.mapping import Entity
from importer.model import Finding
from importer.options import Options
from importer.payload_path import split, value_at
from importer.pipeline.steps.findings import reading_order
from importer.pipeline.steps.intake import NullSink, collector_resting
from importer.pipeline.steps.opening import open_intake
from importer.pipeline.steps.resolve import Resolution, resolve_files

SHOWN = 5
"""So many rows are shown as they will be sent."""


class Sample(Struct, frozen=True):
    """A row as it will be sent: what it makes, and each value under the heading it comes from."""

    row: int
    kind: str
    values: dict[str, str]


class Preview(Struct, frozen=True):
    """How many rows a list has and how many of them fit, the first of these, and what is wrong."""

    rows: int
    valid: int
    samples: Sequence[Sample]
    findings: Sequence[Finding]


@dataclass(slots=True)
class _First(NullSink):
    """Keeps the first rows that fit."""

    looks_at_payloads: ClassVar[bool] = True

    found: list[tuple[Entity, Sample]] = field(default_factory=list)

    def entities(self, _registry: object, entities: Sequence[Entity]) -> None:
        """Keep what is shown of some entities."""
        for entity in entities:
            if len(self.found) < 4 * SHOWN and entity.valid and not entity.bound.rule.creates:
                self.found.append((entity, Sample(entity.row, entity.kind, dict(_values(entity)))))

    @property
    def samples(self) -> list[Sample]:
        """Return those that are still right after all references are resolved."""
        return [sample for entity, sample in self.found if entity.valid][:SHOWN]


def preview(files: Sequence[Path], options: Options) -> Preview:
    """Return what a template makes of files; nothing is sent and nothing is looked up.

    Raises UsageError.
    """
    first = _First()
    with collector_resting():
        intake = open_intake(files, options)
        found = resolve_files(intake, None, strict=False, sink=first)
    rows = sum(source.count for source in intake.sources)
    skipped = sum(len(source.skipped) for source in intake.sources)
    return Preview(rows - skipped, _valid(found, rows - skipped), first.samples, _ordered(found))


def _valid(found: Resolution, rows: int) -> int:
    left = {(s.sheet.no, row) for s in found.intake.sources for row in s.skipped}
    return rows - len(found.invalid - left)


def _ordered(found: Resolution) -> list[Finding]:
    return sorted(found.findings, key=reading_order)


def _values(entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield the values of an entity with their headings, then the names that it refers to."""
    for column in entity.bound.columns:
        value = value_at(entity.payload, split(column.rule.path or ""))
        if value is not None and column.rule.constant is None and column.rule.heading:
            yield column.rule.heading, _text(value)
    for bound, texts in entity.references:
        for text in texts:
            yield from zip(bound.rule.by, text.steps or (text.text,), strict=False)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
