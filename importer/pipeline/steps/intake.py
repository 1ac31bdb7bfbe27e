"""Files in, mapped and checked entities out, chunk by chunk: read, map and check put together."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from importer.errors import UsageError
from importer.finding_codes import FindingCode
from importer.mapping import Binder, BoundSheet, Entity, Mapped, SheetMapper
from importer.mapping.merge import Made, merge
from importer.mapping.recognise import Match, choose, match_sheet, own, unknown
from importer.model import Finding, Payload, Place, Severity, SheetLayout
from importer.order import Registry
from importer.read import Input, InputSheet, open_input
from importer.template import Template, find, find_all, fold
from importer.validate import Checker, Names


class Sink(Protocol):
    """Takes what the intake yields; the journal, or nothing."""

    def rows(self, sheet: BoundSheet, rows: Sequence[int]) -> None:
        """Rows of a sheet that are not blank."""
        ...

    def entities(self, registry: Registry, entities: Sequence[Entity]) -> None:
        """Entities that were noted, with what is sent of them."""
        ...

    def merged(self, entity: Entity, rows: Sequence[tuple[int, int]]) -> None:
        """Rows (sheet number, row) that stated an entity again."""
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
    """One sheet of one input, bound to its rule, with the last row it turned out to have."""

    sheet: BoundSheet
    read: InputSheet
    last_row: int = 0
    count: int = 0

    @property
    def layout(self) -> SheetLayout:
        """Where the table stands, for the report."""
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
    _made: dict[tuple[object, ...], Made] = field(default_factory=dict)

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
        for chunk in source.read.chunks(source.sheet.header.row + 1):
            mapped = mapper.map(chunk)
            checker.check(mapped)
            mapped.spread_invalid()
            self.findings += mapped.findings
            source.count += len(mapped.rows)
            source.last_row = mapped.rows[-1] if mapped.rows else source.last_row
            sink.rows(source.sheet, mapped.rows)
            self._hand_on(self._register(mapped), sink)
            self.registry.forget_rows()

    def _register(self, mapped: Mapped) -> list[Entity]:
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
        """What is sent of entities goes to the sink, and is not kept here."""
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
    """Rows make no circles of objects; looking for some takes long and finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_intake(
    files: Sequence[Path], template: str | None = None, only: Sequence[str] = ()
) -> Intake:
    """Open the files, find the template and bind the sheets.

    `only` holds `NAME` or `NAME=KIND`: just these sheets, following the rule called KIND. Raises
    UnreadableInput, TemplateError or UsageError.
    """
    _refuse_twice(files)
    inputs = [open_input(path) for path in files]
    wanted = dict(name.partition("=")[::2] for name in only)
    sheets = [(input_, sheet) for input_ in inputs for sheet in input_.sheets]
    _refuse_unknown(wanted, [sheet for _, sheet in sheets])
    if wanted:
        sheets = [(input_, sheet) for input_, sheet in sheets if sheet.name in wanted]
    known = [find(template)] if template else find_all()
    chosen = known[0] if template else choose(known, [sheet for _, sheet in sheets])
    return _bind(inputs, chosen, sheets, wanted)


def _refuse_twice(files: Sequence[Path]) -> None:
    """Rows are told apart by their file's name, in the journal and in the reports."""
    seen: dict[str, Path] = {}
    for path in files:
        other = seen.setdefault(path.name, path)
        if other is path:
            continue
        if other.resolve() == path.resolve():
            raise UsageError(f"{path} is named twice: name it once.")
        raise UsageError(
            f"{other} and {path} have the same name: rename one, or import one after the other."
        )


def _refuse_unknown(wanted: dict[str, str], sheets: Sequence[InputSheet]) -> None:
    names = [sheet.name for sheet in sheets]
    for name in wanted:
        if name not in names:
            raise UsageError(f"There is no sheet called {name}; there are: {', '.join(names)}.")


def _bind(
    inputs: list[Input],
    template: Template,
    sheets: Sequence[tuple[Input, InputSheet]],
    wanted: dict[str, str],
) -> Intake:
    binder = Binder(template)
    intake = Intake(inputs, template, [], [])
    for input_, sheet in sheets:
        if sheet.name not in wanted and own(sheet, template):
            continue
        match = _match(template, sheet, wanted.get(sheet.name, ""))
        if match is None:
            intake.findings.append(_ignored(input_, sheet))
            continue
        records = input_.dialect is not None
        bound = binder.bind(input_.path.name, sheet.name, match.rule, match.header, records=records)
        intake.sources.append(Source(bound, sheet))
    if not intake.sources:
        raise UsageError(unknown([template], [sheet for _, sheet in sheets]))
    _refuse_strangers(intake, sheets)
    return intake


def _refuse_strangers(intake: Intake, sheets: Sequence[tuple[Input, InputSheet]]) -> None:
    """A whole file that is passed over would be missed by nobody: it is refused."""
    known = {source.sheet.file for source in intake.sources}
    for input_ in intake.inputs:
        mine = [sheet for owner, sheet in sheets if owner is input_]
        mine = [sheet for sheet in mine if not own(sheet, intake.template)]
        if mine and input_.path.name not in known:
            raise UsageError(f"{input_.path.name}: {unknown([intake.template], mine)}")


def _match(template: Template, sheet: InputSheet, kind: str) -> Match | None:
    if not kind:
        return match_sheet(template, sheet.name, sheet.head())
    rules = {fold(rule.name): rule for rule in template.sheets}
    rule = rules.get(fold(kind))
    if rule is None:
        names = ", ".join(rule.name for rule in template.sheets)
        raise UsageError(f"{template.name} has no sheet called {kind}; it has: {names}.")
    from importer.mapping.header import find_header

    header = find_header(sheet.head(), rule)
    return Match(rule, *header) if header else None


def _ignored(input_: Input, sheet: InputSheet) -> Finding:
    words = f"The sheet {sheet.name} has no headings that are known; it is passed over."
    place = Place(sheet.name, file=input_.path.name)
    return Finding(FindingCode.SHEET_IGNORED, words, place, Severity.INFO)
