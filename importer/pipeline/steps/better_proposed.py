"""Tells whether a list that a template knows badly is better read by a mapping that is proposed.

A template that knows a few headings of a list would make errors of the rest. The proposal counts
where it finds what the template lacks; a list in the template's own words keeps its errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importer.mapping.recognition.evidence import Candidate
from importer.model import OWN_COLUMNS
from importer.pipeline.steps.list_sheet import ListSheet
from importer.proposal import SheetProposal, propose
from importer.proposal.cells import PROFILED
from importer.proposal.data import field_list
from importer.proposal.mapping_file import answered
from importer.proposal.rules import rules_of
from importer.read import Input
from importer.template import find, fold

LEAST = 0.5
"""A proposal that is less sure of its kind counts for nothing."""

LIKELY = 0.6
"""So sure a field must be to count."""


@dataclass(frozen=True, slots=True)
class Known:
    """A sheet and what a template takes it for."""

    file: str
    name: str
    candidate: Candidate

    @property
    def badly(self) -> bool:
        """Return whether the template lacks a required column, or knows few of the headings."""
        return bool(self.candidate.missing) or not self.candidate.mostly_known


def better_proposed(sheets: Sequence[Known], inputs: Sequence[Input]) -> str:
    """Return why the proposal for some sheet is better than its template, nothing if none is."""
    if not any(sheet.badly for sheet in sheets):
        return ""
    proposals = {(one.file, one.name): one for one in _proposed(inputs)}
    found = ((one, proposals.get((one.file, one.name))) for one in sheets if one.badly)
    return next((why for one, sheet in found if sheet and (why := _better(one, sheet))), "")


def _proposed(inputs: Sequence[Input]) -> Sequence[SheetProposal]:
    opened = ((one.path.name, sheet) for one in inputs for sheet in one.sheets)
    sheets = [ListSheet.of(file, sheet, PROFILED) for file, sheet in opened]
    return propose(sheets, map(find, field_list()["onto"])).sheets


def _better(known: Known, sheet: SheetProposal) -> str:
    """Return why a proposal is better than what a template takes a sheet for."""
    candidate = known.candidate
    if not sheet.kind or sheet.confidence < LEAST or _lost(candidate, sheet):
        return ""
    name, rule = candidate.template.name, candidate.rule.name
    gained = list(_gained(candidate, sheet))
    strange = len(set(_strange(candidate)))
    if _found_missing(candidate, sheet, gained) or _asks_missing(candidate, sheet):
        lacks = " and ".join(candidate.missing)
        return f"{rule} of {name} would need {lacks}. What the columns are likely to be:"
    if not candidate.mostly_known and 2 * len(gained) > strange:
        return f"{rule} of {name} knows few of the headings. What they are likely to be:"
    return ""


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
    return len(candidate.known & filled) < len(candidate.known - filled)


def _found_missing(candidate: Candidate, sheet: SheetProposal, gained: Sequence[str]) -> bool:
    """Return whether the proposal finds what the template lacks and needs under another heading."""
    if not candidate.missing:
        return False
    columns = rules_of([find(sheet.template)])[sheet.kind or ""].columns
    needed = {name for name, column in columns.items() if column.required}
    return not needed.union(candidate.missing).isdisjoint(gained)


def _asks_missing(candidate: Candidate, sheet: SheetProposal) -> bool:
    """Return whether the proposal asks for what is missing in a list of other words than ours."""
    asked = {answered().get(ask.name) for ask in sheet.asks}
    ours = 2 * candidate.spelt > candidate.columns
    return bool(candidate.missing) and asked.issuperset(candidate.missing) and not ours
