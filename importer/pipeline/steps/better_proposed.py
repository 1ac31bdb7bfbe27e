"""Tells whether a list that a template knows badly is better read by a mapping that is proposed.

A template that knows a few headings of a list would make errors of the rest. The proposal counts
where it finds what the template lacks; a list in the template's own words keeps its errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.question import template_flag
from importer.model import OWN_COLUMNS
from importer.pipeline.steps.badly_known import Known
from importer.pipeline.steps.list_sheet import ListSheet
from importer.proposal import SheetProposal, propose
from importer.proposal.cells import PROFILED
from importer.proposal.data import field_list
from importer.proposal.mapping_file import answered
from importer.proposal.rules import rules_of
from importer.read import Input
from importer.suggest import listed
from importer.template import find, fold
from importer.template.own_sheets import ours

LEAST = 0.5
"""A proposal that is less sure of its kind counts for nothing."""

_OWN = "`importer template init FILE` writes a mapping of its own."

INSTEAD = "What it is likely to be:"

LIKELY = 0.6
"""So sure a field must be to count."""


def better_proposed(sheets: Sequence[Known], inputs: Sequence[Input]) -> str:
    """Return why the proposal for some sheet is better than its template, nothing if none is."""
    proposals = {(one.file, one.name): one for one in _proposed(inputs)}
    pairs = ((one, proposals.get((one.file, one.name))) for one in sheets)
    found = [(one, sheet) for one, sheet in pairs if sheet]
    better = (_better(one, sheet) for one, sheet in found if one.badly)
    other = (_of_something_else(one, sheet) for one, sheet in found if one.doubtful)
    return next(filter(None, (*better, *other)), "")


def _proposed(inputs: Sequence[Input]) -> Sequence[SheetProposal]:
    opened = ((one.path.name, sheet) for one in inputs for sheet in one.sheets)
    lists = ((file, sheet) for file, sheet in opened if not ours(sheet.head()))
    sheets = [ListSheet.of(file, sheet, PROFILED) for file, sheet in lists]
    return propose(sheets, map(find, field_list()["onto"])).sheets


def _better(known: Known, sheet: SheetProposal) -> str:
    """Return why a proposal is better than what a template takes a sheet for."""
    candidate = known.candidate
    if not sheet.kind or sheet.confidence < LEAST or _lost(candidate, sheet):
        return ""
    what = f"{candidate.rule.name} of {candidate.template.name}"
    gained = set(_gained(candidate, sheet))
    if known.lacks and _has_what_it_needs(sheet, gained, any_way=not known.in_our_words):
        return f"To be {what}, it lacks a column. {known.lacks[0]} {INSTEAD}"
    if not candidate.mostly_known and 2 * len(gained) > len(set(_strange(candidate))):
        return f"To be {what}, it has too many other headings. {INSTEAD}"
    return ""


def _of_something_else(known: Known, sheet: SheetProposal) -> str:
    """Return what speaks against a sheet's kind where most likely its rows are something else."""
    candidate = known.candidate
    kinds = {entity.kind for entity in candidate.rule.entities}
    if sheet.kind in kinds and sheet.confidence >= LIKELY:
        return ""
    if sheet.kind and sheet.kind not in kinds and sheet.confidence < LEAST:
        return ""
    folded = set(_strange(candidate))
    strange = [text for text in candidate.header.headings if fold(text) in folded]
    name, flag = candidate.rule.name, template_flag(candidate.template)
    return (
        f"The sheet {known.name} has headings of {name} ({listed(candidate.headings, quote='')}), "
        f"but may be about something else: {listed(strange, quote='')} are not known. `{flag}` "
        f"imports it as {name} all the same; {_OWN} {INSTEAD if sheet.kind else ''}".rstrip()
    )


def _strange(candidate: Candidate) -> Iterator[str]:
    """Yield the headings that a template does not know, folded."""
    own = set(map(fold, OWN_COLUMNS))
    folded = (fold(text) for text in candidate.header.headings if text)
    yield from (text for text in folded if text not in candidate.known and text not in own)


def _gained(candidate: Candidate, sheet: SheetProposal) -> Iterator[str]:
    """Yield the fields that the proposal finds under headings that the template does not know."""
    strange = set(_strange(candidate))
    for column in sheet.columns:
        if column.field and column.score >= LIKELY and fold(column.heading) in strange:
            yield from (column.field, *column.also)


def _lost(candidate: Candidate, sheet: SheetProposal) -> bool:
    """Return whether the proposal leaves out more of what the template knows than it keeps."""
    filled = {fold(column.heading) for column in sheet.columns if column.field}
    known = candidate.known - set(map(fold, candidate.rule.ignored))
    return len(known & filled) < len(known - filled)


def _has_what_it_needs(sheet: SheetProposal, gained: Set[str], *, any_way: bool) -> bool:
    """Return whether a proposal lacks nothing, with a required field that it has gained.

    What it asks for counts as well, where it may be had in any way.
    """
    columns = rules_of([find(sheet.template)])[sheet.kind or ""].columns
    needed = {name for name, column in columns.items() if column.required}
    filled = {name for each in sheet.columns for name in (each.field, *each.also)}
    asked = {answered().get(ask.name) for ask in sheet.asks}
    complete = needed <= filled | asked | sheet.constants.keys()
    return complete and (any_way or not needed.isdisjoint(gained))
