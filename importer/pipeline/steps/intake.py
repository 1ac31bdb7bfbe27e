"""The intake: read, map and check every row of a run's files, chunk by chunk."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import ClassVar, Protocol

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet, Entity, MappedChunk, RefText, SheetMapper
from importer.mapping.lacking import LackingFields
from importer.mapping.merge import Merger
from importer.model import Finding, Payload, Severity, SheetLayout
from importer.order import Registry
from importer.pipeline.steps.hidden_columns import HiddenColumns
from importer.read import Input, InputSheet
from importer.template import Template
from importer.validate import Checker, TargetNames


class Sink(Protocol):
    """Takes what the intake yields, and may keep it.

    Where it does not look at payloads, those that surely fit are not built.
    """

    looks_at_payloads: ClassVar[bool]

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Take the rows of a sheet that need an outcome."""
        ...

    def skipped(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Take the rows of a sheet that are left out on purpose."""
        ...

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Take entities that the registry knows, with their payloads."""
        ...

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Take the rows (sheet number, row) that state an entity which another row made."""
        ...


class NullSink:
    """A sink for a check: nothing is kept."""

    looks_at_payloads: ClassVar[bool] = False

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Keep nothing."""

    def skipped(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Keep nothing."""

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Keep nothing."""

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Keep nothing."""


class Source(Struct):
    """One sheet of one input, bound to its rule, and what was read of it.

    `count` are its rows that are not blank; `skipped` of them are left out on purpose, `refused`
    for what is wrong with the headings: of the sheet, or of a second table. `last_row` is the last.
    """

    sheet: BoundSheet
    read: InputSheet
    last_row: int = 0
    count: int = 0
    skipped: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    def note(self, mapped: MappedChunk) -> None:
        """Count the rows of a chunk."""
        rows = (mapped.rows, mapped.skipped, mapped.below)
        self.count += sum(map(len, rows))
        self.last_row = max(self.last_row, *(some[-1] for some in rows if some), 0)
        self.skipped += mapped.skipped
        self.refused += [*mapped.rows, *mapped.below] if self.sheet.refused else mapped.below

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


class Intake(Struct):
    """All input files of one run, recognised and bound; `read` streams them once."""

    inputs: list[Input]
    template: Template
    sources: list[Source]
    findings: list[Finding]
    registry: Registry = field(default_factory=Registry)
    _merger: Merger = field(default_factory=Merger)
    _waiting: list[Entity] = field(default_factory=list)
    _second: list[tuple[Entity, RefText, RefText]] = field(default_factory=list)

    @property
    def sheets(self) -> list[BoundSheet]:
        """The bound sheets, in the order of their numbers."""
        return [source.sheet for source in self.sources]

    def about_rows(self) -> int | None:
        """Return how many rows are to be read, about, None where that is not known."""
        known = [(source.read.about_rows, source.sheet.header.row) for source in self.sources]
        if any(rows is None for rows, _ in known):
            return None
        return sum(max(0, (rows or 0) - above) for rows, above in known)

    def read(
        self,
        sink: Sink,
        names: TargetNames | None = None,
        lacking: LackingFields | None = None,
        advance: Callable[[int], None] = lambda _count: None,
    ) -> None:
        """Read, map and check every row; findings are collected, entities go to the sink.

        Where there is a target, `names` are those it knows, and what it is `lacking` is left out.
        `advance` is told how many more rows are read.
        """
        checker = Checker(self.template, names)
        with collector_resting():
            for source in self.sources:
                self.findings += source.sheet.findings
                self._hidden(source)
                self._unseen(source)
                for rows in self._read_sheet(source, checker, sink, lacking):
                    advance(rows)
                self.findings += source.read.findings(source.sheet.at)
            for source in self.sources:
                source.read.release()
            self._flush(checker, sink)
        self.findings += _without_rows(self.sources)

    def _hidden(self, source: Source) -> None:
        place, count = source.sheet.place(0), source.read.hidden_rows
        if count:
            rows = "1 hidden row is" if count == 1 else f"{count:,} hidden rows are"
            words = f"{rows} imported like the others."
            self.findings.append(Finding(FindingCode.HIDDEN_ROWS, words, place, Severity.INFO))

    def _unseen(self, source: Source) -> None:
        if not source.read.shows_errors:
            words = (
                "Cells with errors are read as blanks here, hidden rows and columns like the "
                "others; saved as .xlsx they are found."
            )
            place = source.sheet.place(0)
            self.findings.append(Finding(FindingCode.UNSEEN_ERRORS, words, place, Severity.INFO))

    def _read_sheet(
        self, source: Source, checker: Checker, sink: Sink, lacking: LackingFields | None
    ) -> Iterator[int]:
        """Read a sheet chunk by chunk; yields how many rows each has."""
        spared = not (sink.looks_at_payloads or lacking or checker.knows_names)
        mapper = SheetMapper(source.sheet, source.read.merged, checker.fits if spared else None)
        unseen = HiddenColumns(source.sheet, source.read.hidden_columns)
        first = source.sheet.header.row + 1
        source.sheet.survey.chunks = lambda: (c.columns() for c in source.read.chunks(first))
        for chunk in source.read.chunks(first):
            mapped = mapper.map(chunk)
            unseen.note(chunk.parsed)
            if lacking:
                lacking.leave_out(mapped)
            checker.check(mapped)
            mapped.spread_invalid()
            self.findings += mapped.findings
            source.note(mapped)
            sink.rows(source.sheet, [*mapped.rows, *mapped.below])
            sink.skipped(source.sheet, mapped.skipped)
            self._hand_on(self._register(mapped, source.sheet), sink)
            yield len(chunk)
        self.findings += (*unseen.findings(), *mapper.findings())

    def _register(self, mapped: MappedChunk, sheet: BoundSheet) -> list[Entity]:
        """Note every entity that is complete with its row and return these; the others wait."""
        self.registry.note(mapped.texts)
        self.registry.nameless += mapped.nameless
        self._second += mapped.second
        if sheet.at_once:
            self.registry.add_all(mapped.entities)
            self.registry.forget_rows()
            return mapped.entities
        self.findings += self._merger.merge(e for e in mapped.entities if e.bound.rule.creates)
        own = [entity for entity in mapped.entities if not entity.bound.rule.creates]
        noted = [entity for entity in own if not entity.bound.waits]
        self._waiting += (entity for entity in own if entity.bound.waits)
        self.registry.add_all(noted)
        return noted

    def _hand_on(self, entities: Sequence[Entity], sink: Sink) -> None:
        """Give entities to the sink; their payloads are not kept here."""
        sink.entities(self.registry, entities)
        for entity in entities:
            entity.payload = _HANDED_ON

    def _flush(self, checker: Checker, sink: Sink) -> None:
        made = self._merger.taken()
        for each in made:
            if each.entity.valid:
                found = checker.check_one(each.entity)
                self.findings += found
                each.entity.valid = not found
            each.entity.also = tuple(each.rows)
        entities = [*(each.entity for each in made), *self._waiting]
        self._waiting.clear()
        self.registry.add_all(entities)
        self.registry.forget_rows()
        self.registry.second += ((e.seq, one, two) for e, one, two in self._second if e.seq >= 0)
        for each in made:
            sink.merged(each.entity, each.rows)
        self._hand_on(entities, sink)


def _without_rows(sources: Sequence[Source]) -> Iterator[Finding]:
    """Yield a finding for each file that has headings and not a single row."""
    files = {source.sheet.file: source for source in sources}
    for file, first in files.items():
        if not any(source.count for source in sources if source.sheet.file == file):
            words = f"{file} has headings and no rows: nothing of it is imported."
            yield Finding(FindingCode.NO_ROWS, words, first.sheet.place(0), Severity.WARNING)


@contextmanager
def collector_resting() -> Iterator[None]:
    """Switch off the collector: rows make no cycles of objects, and looking for some takes long.

    Afterwards what was made counts as old, else all of it would be looked through at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
