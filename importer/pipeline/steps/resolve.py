"""Read all files, look up what they name, resolve every reference: what check and run share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.mapping import BoundSheet, retype
from importer.mapping.lacking import LackingFields, leave_out_columns
from importer.model import Finding
from importer.order import LiveIndex, Resolver
from importer.piece_file import PieceFile
from importer.pieces import pieces
from importer.pipeline.progress import NoProgress, Progress
from importer.pipeline.steps.findings import invalid_rows, warnings_as_errors
from importer.pipeline.steps.intake import Intake, NullSink, Sink
from importer.pipeline.steps.lookup import LiveSource, query_for
from importer.pipeline.steps.made_too import with_command
from importer.pipeline.steps.scopes import query_scopes
from importer.validate import TargetNames

AT_ONCE = 500
"""After so many entities of a target progress is shown."""


class Resolution(Struct):
    """The files of a run with every reference resolved.

    `invalid` are the rows in error, as sheet number and row: nothing of them is sent.
    """

    intake: Intake
    live: LiveIndex
    resolver: Resolver
    findings: list[Finding]
    invalid: set[tuple[int, int]]

    def add(self, findings: Sequence[Finding]) -> None:
        """Add findings of a later step."""
        self.findings += findings
        self.invalid.update(invalid_rows(self.intake, findings))


def resolve_files(
    intake: Intake,
    source: LiveSource | None,
    *,
    strict: bool,
    sink: Sink | None = None,
    prune: Sequence[str] = (),
    progress: Progress | None = None,
) -> Resolution:
    """Read, map and check every row, and resolve what the rows refer to.

    `source` is the target to look things up in; without one, what is not in the files is a
    warning. What stands in the scopes `prune` is looked up whole.
    """
    progress = progress or NoProgress()
    progress.stage("Reading", intake.about_rows())
    intake.registry.pack_into(PieceFile(), _named(intake.sheets))
    if source:
        retype(intake.sheets, source.fields())
        leave_out_columns(intake.sheets, source.lacks)
        lacking = LackingFields(intake.template, source.lacks)
        names = TargetNames(source.names(), source.refuses)
        intake.read(sink or NullSink(), names, lacking, progress.advance)
    else:
        intake.read(sink or NullSink(), advance=progress.advance)
    live = LiveIndex(intake.template)
    if source:
        progress.stage("Looking up", None)
        query = query_for(source, intake)
        query_scopes(query, intake, prune)
        for some in pieces(source.fetch(query), AT_ONCE):
            for entity in some:
                live.add(entity)
            progress.advance(len(some))
    progress.stage("Checking references", None)
    return resolve_references(intake, live, strict=strict, looked_up=source is not None)


def _named(sheets: Sequence[BoundSheet]) -> set[str]:
    """Return the kinds that columns of the sheets name."""
    bound = (one for sheet in sheets for entity in sheet.entities for one in entity.references)
    return {kind for one in bound for kind in one.rule.to}


def resolve_references(
    intake: Intake, live: LiveIndex, *, strict: bool, looked_up: bool
) -> Resolution:
    """Resolve all references and mark the invalid entities.

    What several rows state is invalid only where all of them are.
    """
    resolver = Resolver(intake.template, intake.registry, live, intake.sheets, looked_up=looked_up)
    findings = with_command(intake.findings + list(resolver.resolve()), intake)
    if strict:
        findings = warnings_as_errors([*findings, *_on_other_rows(intake, resolver)])
    invalid = set(invalid_rows(intake, findings))
    if invalid:
        intake.registry.invalidate(invalid)
    return Resolution(intake, live, resolver, findings, invalid)


def _on_other_rows(intake: Intake, resolver: Resolver) -> Iterator[Finding]:
    """Yield the finding on what rows make by a slip for each further row that names it.

    As an error it must keep all of them back: what one row still states is made.
    """
    for entity, finding in resolver.slips.slips:
        for sheet, row in entity.also:
            here, kind = intake.sheets[sheet], entity.bound.kind
            origin = here.entity(kind.name).origin(kind.key[-1])
            yield replace(finding, place=here.place(row, *origin))
