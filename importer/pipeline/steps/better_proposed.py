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
from importer.pipeline.steps.proposals import INSTEAD, LIKELY, proposals_of
from importer.proposal import SheetProposal
from importer.proposal.mapping_file import answered
from importer.proposal.rules import rules_of
from importer.read import Input
from importer.suggest import listed
from importer.template import find, fold
from importer.way_out import way_out

LEAST = 0.5
"""A proposal that is less sure of its kind counts for nothing."""

_OWN = "`importer template init FILE` writes a mapping of its own."


def better_proposed(sheets: Sequence[Known], inputs: Sequence[Input]) -> str:
    """Return why the proposal for some sheet is better than its template, nothing if none is."""
    proposed = proposals_of(inputs)
    pairs = ((one, proposed.get((one.file, one.name))) for one in sheets)
    found = [(one, sheet) for one, sheet in pairs if sheet]
    better = (_better(one, sheet) for one, sheet in found if one.badly)
    inside = (_of_what_is_in_it(one, sheet) for one, sheet in found if one.by_its_name_alone)
    other = (_of_something_else(one, sheet) for one, sheet in found if one.doubtful)
    return next(filter(None, (*better, *inside, *other)), "")


def _better(known: Known, sheet: SheetProposal) -> str:
    """Return why a proposal is better than what a template takes a sheet for."""
    candidate = known.candidate
    if not sheet.kind or sheet.confidence < LEAST or _lost(candidate, sheet):
        return ""
    what = f"{candidate.rule.name} of {candidate.template.name}"
    gained = set(_gained(candidate, sheet))
    if known.lacks and _has_what_it_needs(sheet, gained, any_way=not known.in_our_words):
        return f"To be {what}, it lacks a column. {known.lacks[0]} {INSTEAD}"
    if not known.mostly_known and 2 * len(gained) > len(set(_strange(candidate))):
        return f"To be {what}, it has too many other headings. {INSTEAD}"
    return ""


def _of_what_is_in_it(known: Known, sheet: SheetProposal) -> str:
    """Return what a sheet is likely to list that is named after the one thing they are in."""
    candidate = known.candidate
    kinds = {entity.kind for entity in candidate.rule.entities}
    if not sheet.kind or sheet.kind in kinds or sheet.confidence < LIKELY:
        return ""
    strange = set(_strange(candidate))
    under = {
        f for c in sheet.columns if fold(c.heading) in strange for f in (c.field, *c.also) if f
    }
    if not _has_what_it_needs(sheet, under, any_way=False):
        return ""
    name = candidate.rule.name
    return (
        f"The sheet {known.name} is named after {name}, but its rows are hardly such: for "
        f"{listed(sorted(under), quote='')} it has headings too. "
        f"`{template_flag(candidate.template)}` imports it as {name} all the same. {INSTEAD}"
    )


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
    title = candidate.template.title
    forced = way_out(
        f"`{flag}` imports it as {name} all the same; {_OWN}",
        f"To import it as {name} all the same, choose {title} when you upload it.",
    )
    return (
        f"The sheet {known.name} has headings of {name} ({listed(candidate.headings, quote='')}), "
        f"but may be about something else: {listed(strange, quote='')} are not known. {forced} "
        f"{INSTEAD if sheet.kind else ''}".rstrip()
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
