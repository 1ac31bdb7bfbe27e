"""Binds every sheet of a run to its columns; refuses files of which nothing is imported."""

from __future__ import annotations

from collections.abc import Sequence

from importer.errors import UsageError
from importer.mapping import Binder
from importer.mapping.recognition.question import Question, Undecided, unknown
from importer.mapping.recognition.recognise import Recogniser, own
from importer.pipeline.steps.intake import Intake, Source
from importer.pipeline.steps.judging import only_of_another, verdict_on
from importer.pipeline.steps.open_sheet import OpenSheet
from importer.pipeline.steps.sheet_notes import hidden, ignored, of_another, rule_named
from importer.read import Input


def bind_sheets(inputs: list[Input], recogniser: Recogniser, opened: Sequence[OpenSheet]) -> Intake:
    """Return the sheets with their columns. Raises Undecided or UsageError."""
    template = recogniser.templates[0]
    binder = Binder(template)
    intake = Intake(inputs, template, [], [])
    asked: list[Question] = []
    others: list[OpenSheet] = []
    for one in opened:
        if not one.look.kind and own(one.look, template):
            continue
        if strange := only_of_another(template, one):
            intake.findings.append(of_another(one.input.path.name, one.look, strange, template))
            continue
        verdict = verdict_on(recogniser, one)
        if match := verdict.taken:
            file, records = one.input.path.name, one.input.dialect is not None
            bound = binder.bind(file, one.sheet.name, match.rule, match.header, records=records)
            intake.sources.append(Source(bound, one.sheet))
        elif verdict.candidates:
            asked.append(Question(one.look, verdict.likely))
        else:
            others.append(one)
    if asked:
        raise Undecided(asked, [source.sheet.name for source in intake.sources])
    found = list(intake.sources)
    for one in others:
        _pass_over(intake, binder, one)
    _refuse_strangers(intake, opened)
    intake.findings += hidden(found)
    return intake


def _pass_over(intake: Intake, binder: Binder, one: OpenSheet) -> None:
    """Bind a sheet that is named after a rule and has none of its headings: its rows are errors."""
    file, name = one.input.path.name, one.sheet.name
    rule = rule_named(intake.template, one.look.kind, name, one.look.file)
    if rule is None:
        intake.findings.append(ignored(file, one.look, intake.template))
    else:
        seen = tuple(one.look.likely_headings())
        bound = binder.without_headings(file, name, rule, seen)
        intake.sources.append(Source(bound, one.sheet))


def _refuse_strangers(intake: Intake, opened: Sequence[OpenSheet]) -> None:
    """Refuse files of which no sheet is imported: nobody would miss them in the result."""
    template = intake.template
    if not intake.sources:
        raise UsageError(unknown([template], [one.look for one in opened]))
    known = {source.sheet.file for source in intake.sources}
    for input_ in intake.inputs:
        mine = [one.look for one in opened if one.input is input_ and not own(one.look, template)]
        if mine and input_.path.name not in known:
            raise UsageError(f"{input_.path.name}: {unknown([template], mine)}")
