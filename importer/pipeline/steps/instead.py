"""Refuses a list that templates know badly, or not surely, where a proposal knows it better."""

from __future__ import annotations

from collections.abc import Sequence

from importer.errors import MappingNeeded
from importer.finding_codes import FindingCode
from importer.mapping import Binder
from importer.mapping.absent import no_column
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.question import Undecided
from importer.mapping.recognition.recognise import Recogniser
from importer.model import Finding
from importer.pipeline.steps.badly_known import Known
from importer.pipeline.steps.judging import only_of_another, verdict_on
from importer.pipeline.steps.open_sheet import OpenSheet
from importer.read import Input
from importer.template import Template

_ON_HEADINGS = {FindingCode.UNKNOWN_HEADING, FindingCode.MISSING_COLUMN}


def refuse_badly_known(
    inputs: Sequence[Input], opened: Sequence[OpenSheet], template: Template
) -> None:
    """Raise MappingNeeded where a template knows a sheet badly that a proposal knows better."""
    recogniser = Recogniser([template])
    mine = (one for one in opened if not only_of_another(template, one))
    judged = ((one, verdict_on(recogniser, one).taken) for one in mine)
    known = [_known(one, taken) for one, taken in judged if taken]
    if any(one.badly or one.doubtful or one.by_its_name_alone for one in known):
        from importer.pipeline.steps.better_proposed import better_proposed

        if why := better_proposed(known, inputs):
            raise MappingNeeded(why, why)


def _known(one: OpenSheet, taken: Candidate) -> Known:
    """Return what a template takes a sheet for, and what it says of columns that it lacks."""
    file, name = one.input.path.name, one.sheet.name
    bound = Binder(taken.template).bind(file, name, taken.rule, taken.header)
    lacking = (f for f in bound.findings if f.code is FindingCode.MISSING_COLUMN)
    said = [finding.message for finding in lacking if not finding.suggestion]
    lacks = said or [no_column(heading) for heading in taken.missing]
    return Known(file, name, taken, lacks, sum(map(_is_misspelt, bound.findings)))


def _is_misspelt(finding: Finding) -> bool:
    """Return whether a finding is on a heading that likely means one of the template's."""
    return finding.code in _ON_HEADINGS and bool(finding.suggestion)


def refuse_undecided(
    inputs: Sequence[Input],
    opened: Sequence[OpenSheet],
    asked: Undecided,
    system: str,
    template: Template | None = None,
) -> None:
    """Raise MappingNeeded where a proposal says surely what templates leave open.

    `template` is the one that other sheets follow.
    """
    from importer.pipeline.steps.surely_proposed import surely_proposed

    recogniser = Recogniser([template] if template else [])
    judged = ((one, verdict_on(recogniser, one).taken) for one in opened if template)
    taken = [(one, found) for one, found in judged if found]
    if why := surely_proposed(asked.questions, opened, inputs, taken, system):
        raise MappingNeeded(str(asked), why) from None
