"""The intake: read, map and check every row of a run's files, chunk by chunk."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet, Entity, MappedChunk, SheetMapper
from importer.mapping.merge import MergedEntity, merge
from importer.model import Finding, Payload, Severity, SheetLayout
from importer.order import Registry
from importer.read import Input, InputSheet
from importer.template import Template
from importer.validate import Checker, Names


class Sink(Protocol):
    """Takes what the intake yields, and may keep it."""

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Take the rows of a sheet that are not blank."""
        ...

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Take entities that the registry knows, with their payloads."""
        ...

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Take the rows (sheet number, row) that state an entity which another row made."""
        ...


class NullSink:
    """A sink for a check: nothing is kept."""

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Keep nothing."""

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Keep nothing."""

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Keep nothing."""


@dataclass(slots=True)
class Source:
    """One sheet of one input, bound to its rule; `last_row` and `count` once it is read."""

    sheet: BoundSheet
    read: InputSheet
    last_row: int = 0
    count: int = 0

    @property
    def layout(self) -> SheetLayout:
        """The place of its table, which the report needs."""
        header = self.sheet.header
        return SheetLayout(
            self.sheet.name,
            header.row,
            header.row + 1,
            max(self.last_row, header.row),
            len(header.headings),
            self.sheet.file,
            header.headings,
        )


_HANDED_ON: Payload = {}


@dataclass(slots=True)
class Intake:
    """All input files of one run, recognised and bound; `read` streams them once."""

    inputs: list[Input]
    template: Template
    sources: list[Source]
    findings: list[Finding]
    registry: Registry = field(default_factory=Registry)
    _made: dict[tuple[object, ...], MergedEntity] = field(default_factory=dict)

    @property
    def sheets(self) -> list[BoundSheet]:
        """The bound sheets, in the order of their numbers."""
        return [source.sheet for source in self.sources]

    def read(self, sink: Sink, names: Names | None = None) -> None:
        """Read, map and check every row; findings are collected, entities go to the sink.

        `names` are those the target knows, where there is one.
        """
        checker = Checker(self.template, names)
        with collector_resting():
            for source in self.sources:
                self.findings += source.sheet.findings
                self._hidden(source)
                self._unseen(source)
                self._read_sheet(source, checker, sink)
            self._flush(checker, sink)

    def _hidden(self, source: Source) -> None:
        count = source.read.hidden_rows
        if count:
            rows = "1 hidden row is" if count == 1 else f"{count:,} hidden rows are"
            words = f"{rows} imported like the others."
            place = source.sheet.place(0)
            self.findings.append(Finding(FindingCode.HIDDEN_ROWS, words, place, Severity.INFO))

    def _unseen(self, source: Source) -> None:
        if not source.read.shows_errors:
            words = "Cells with errors are read as blanks here; saved as .xlsx they are found."
            place = source.sheet.place(0)
            self.findings.append(Finding(FindingCode.UNSEEN_ERRORS, words, place, Severity.INFO))

    def _read_sheet(self, source: Source, checker: Checker, sink: Sink) -> None:
        mapper = SheetMapper(source.sheet)
        first = source.sheet.header.row + 1
        source.sheet.survey.chunks = lambda: (c.columns() for c in source.read.chunks(first))
        for chunk in source.read.chunks(first):
            mapped = mapper.map(chunk)
            checker.check(mapped)
            mapped.spread_invalid()
            self.findings += mapped.findings
            source.count += len(mapped.rows)
            source.last_row = mapped.rows[-1] if mapped.rows else source.last_row
            sink.rows(source.sheet, mapped.rows)
            self._hand_on(self._register(mapped), sink)
            self.registry.forget_rows()

    def _register(self, mapped: MappedChunk) -> list[Entity]:
        """Note every entity; those that many rows state together wait for the last row."""
        noted = []
        self.registry.note(mapped.texts)
        for entity in mapped.entities:
            if entity.bound.rule.creates:
                self.findings += merge(self._made, entity)
            else:
                self.registry.add(entity)
                noted.append(entity)
        for entity, first, second in mapped.second:
            if entity.seq >= 0:
                self.registry.second.append((entity.seq, first, second))
        return noted

    def _hand_on(self, entities: Sequence[Entity], sink: Sink) -> None:
        """Give entities to the sink; their payloads are not kept here."""
        sink.entities(self.registry, entities)
        for entity in entities:
            entity.payload = _HANDED_ON

    def _flush(self, checker: Checker, sink: Sink) -> None:
        entities = []
        for made in self._made.values():
            if made.entity.valid:
                found = checker.check_one(made.entity)
                self.findings += found
                made.entity.valid = not found
            self.registry.add(made.entity)
            made.entity.also = tuple(made.rows)
            sink.merged(made.entity, made.rows)
            entities.append(made.entity)
        self._made.clear()
        self._hand_on(entities, sink)


@contextmanager
def collector_resting() -> Iterator[None]:
    """Switch off the collector: rows make no cycles of objects, and looking for some takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
