"""Tells whether a proposal says surely what sheets hold of which the templates leave that open."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.question import Question
from importer.pipeline.steps.open_sheet import OpenSheet
from importer.pipeline.steps.proposals import INSTEAD, LIKELY, SURE, proposals_of
from importer.proposal import SheetProposal
from importer.read import Input
from importer.suggest import listed
from importer.template import find
from importer.way_out import way_out

_MOST = 6
"""How many kinds a message lists."""


def surely_proposed(
    questions: Sequence[Question],
    opened: Sequence[OpenSheet],
    inputs: Sequence[Input],
    taken: Sequence[tuple[OpenSheet, Candidate]] = (),
    system: str = "",
) -> str:
    """Return what a sheet may be besides what is surely proposed for all; nothing if some is not.

    A question says more of a sheet in a template's own words of which one is wrong. What sheets are
    `taken` for must be proposed as well.
    """
    if any(_in_our_words(one) for question in questions for one in question.candidates):
        return ""
    proposed = proposals_of(inputs)
    looks = {id(one.look): _key(one) for one in opened}
    pairs = [(one, proposed.get(looks[id(one.look)])) for one in questions]
    sure = [sheet for one, sheet in pairs if sheet and _is_sure(one, sheet, system)]
    same = all(_is_same(candidate, proposed.get(_key(one))) for one, candidate in taken)
    onto = {one.template for one in proposed.values() if one.kind}
    if len(sure) < len(questions) or not same or len(onto) != 1:
        return ""
    return _why(questions[0])


def _key(one: OpenSheet) -> tuple[str, str]:
    return one.input.path.name, one.sheet.name


def _is_same(candidate: Candidate, sheet: SheetProposal | None) -> bool:
    """Return whether a sheet is proposed to be what a template takes it for."""
    kinds = {entity.kind for entity in candidate.rule.entities}
    return sheet is not None and sheet.kind in kinds


def _in_our_words(candidate: Candidate) -> bool:
    """Return whether a list is in a template's words, one of them misspelt or there twice."""
    wrong = candidate.twice or bool(candidate.misspelt)
    return wrong and 2 * candidate.spelt > candidate.columns


def _is_sure(question: Question, sheet: SheetProposal, system: str) -> bool:
    if not sheet.kind or (system and system not in find(sheet.template).systems):
        return False
    agreed = any(_agrees(one, sheet) for one in question.candidates)
    return sheet.confidence >= SURE or (sheet.confidence >= LIKELY and agreed)


def _agrees(candidate: Candidate, sheet: SheetProposal) -> bool:
    """Return whether a template, too, takes a sheet for that, but for headings that are misspelt.

    It must take each of these for what the proposal does.
    """
    kinds = {entity.kind for entity in candidate.rule.entities}
    filled = {column.heading: column.field for column in sheet.columns}
    meant = candidate.likely_meant.items()
    alike = bool(meant) and all(filled.get(heading) == main for heading, main in meant)
    return alike and sheet.kind in kinds and not candidate.missing


def _why(question: Question) -> str:
    """Return what a template takes a sheet for, and what keeps that from being certain."""
    name, first = question.look.name, question.candidates[0]
    what = f"The sheet {name} may hold {_kinds(question.candidates)}"
    flags = f"`--template NAME --sheet {shlex.quote(f'{name}=KIND')}` says it"
    said = way_out(flags, "you say what its rows are")
    if len(question.candidates) > 1:
        return f"{what}: its headings leave open which, and {said}. {INSTEAD}"
    lacks = f", yet lacks {listed(first.missing, quote='')}" if first.missing else ""
    return f"{what}{lacks}; {said}. {INSTEAD}"


def _kinds(candidates: Sequence[Candidate]) -> str:
    """Return what a sheet may be, by template: `Floors or Spaces of portfolio; Rooms of rooms`."""
    found: dict[str, list[str]] = {}
    for one in candidates[:_MOST]:
        found.setdefault(one.template.name, []).append(one.rule.name)
    return "; ".join(f"{' or '.join(kinds)} of {name}" for name, kinds in found.items())
