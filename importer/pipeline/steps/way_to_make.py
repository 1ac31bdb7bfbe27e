"""Finds the command that makes what all rows of the only list stand in, by what is proposed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from importer.mapping import BoundSheet
from importer.pipeline.steps.intake import Intake
from importer.pipeline.steps.mapping_names import MAKES, free_name
from importer.pipeline.steps.proposals import LIKELY, proposals_of
from importer.proposal import SheetProposal
from importer.proposal.data import field_list
from importer.proposal.kinds_made import kinds_made
from importer.proposal.mapping_file import answered
from importer.proposal.rules import rules_of
from importer.template import find, fold


def way_to_make(intake: Intake, lost: set[int]) -> str:
    """Return the command, where all rows of the only list are lost; nothing otherwise."""
    if len(intake.sources) != 1 or len(intake.inputs) != 1:
        return ""
    sheet, path = intake.sources[0].sheet, intake.inputs[0].path
    rows = {one.row for one in intake.registry.entities if one.sheet.no == sheet.no}
    if not rows <= lost:
        return ""
    found = proposals_of(intake.inputs).get((sheet.file, sheet.name))
    if found is None or not _makes_all(sheet, found):
        return ""
    name = free_name(path.stem)
    keep = shlex.join(["importer", "template", "init", str(path), "--keep", name])
    again = shlex.join(["--template", name, *_answers(found)])
    return f"`{keep}` {MAKES}: then give the same command again with `{again}`."


def _makes_all(sheet: BoundSheet, found: SheetProposal) -> bool:
    """Return whether a proposal makes the same, and all that its rows stand in."""
    kinds = {entity.kind.name for entity in sheet.entities}
    if not found.kind or found.kind not in kinds or found.confidence < LIKELY:
        return False
    if _leaves_out(sheet, found):
        return False
    rules = rules_of(map(find, field_list()["onto"]))
    filled = {name for c in found.columns for name in (c.field, *c.also) if name}
    filled |= {answered()[ask.name] for ask in found.asks if ask.name in answered()}
    made = set(kinds_made(found, rules, {found.kind}, filled))
    return bool(made) and set(_stood_in(sheet, found.kind)) - {found.kind} <= made


def _stood_in(sheet: BoundSheet, kind: str) -> Iterator[str]:
    """Yield the kinds that rows of a sheet name as what they stand in."""
    for reference in sheet.entity(kind).references:
        if reference.parent and reference.by and min(reference.by) >= 0:
            yield from reference.rule.to


def _leaves_out(sheet: BoundSheet, found: SheetProposal) -> bool:
    """Return whether a proposal leaves out what the template knows."""
    filled = {fold(column.heading) for column in found.columns if column.field}
    known = (sheet.header.headings[at] for at in sheet.known)
    return not {fold(heading) for heading in known if heading} <= filled


def _answers(found: SheetProposal) -> Sequence[str]:
    """Return the flags that answer what a run will ask, with what is likely."""
    asked = (one for one in found.asks if one.name in answered())
    return [f"--set={one.name}={one.default or '...'}" for one in asked]
