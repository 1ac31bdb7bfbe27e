"""Open the files of a run: recognise the template, and bind every sheet to its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.mapping.recognition.question import Undecided
from importer.mapping.recognition.recognise import Recogniser
from importer.options import Options
from importer.pipeline.steps.bind_sheets import bind_sheets
from importer.pipeline.steps.checked_answers import refuse_unfit
from importer.pipeline.steps.choosing import chosen_for, of_ours
from importer.pipeline.steps.instead import refuse_badly_known, refuse_undecided
from importer.pipeline.steps.intake import Intake
from importer.pipeline.steps.judging import declared_rule
from importer.pipeline.steps.open_sheet import (
    OpenSheet,
    looks_of,
    open_sheets,
    refuse_twice,
    wanted_sheets,
)
from importer.pipeline.steps.sheet_notes import kept_mapping
from importer.pipeline.steps.stated_answers import (
    Stated,
    refuse_contradictions,
    stated_answers,
    with_reasons,
)
from importer.pipeline.steps.text_form import DeclaredForms, refuse_without_text
from importer.read import Input, Readable, open_input
from importer.template import Template, find
from importer.template.answers import answered
from importer.template.find import kept_folder

ANYTHING = Options()


def open_intake(files: Sequence[Readable], options: Options = ANYTHING) -> Intake:
    """Open the files, find the template and bind the sheets.

    Raises UnreadableInput, TemplateError, Undecided, MappingNeeded or UsageError.
    """
    template, form = options.template, options.text_form
    refuse_twice(files)
    inputs = [open_input(path, form) for path in files]
    refuse_without_text(inputs, form)
    wanted = wanted_sheets(
        options.only, [sheet.name for input_ in inputs for sheet in input_.sheets]
    )
    opened = [one for input_ in inputs for one in open_sheets(input_, wanted)]
    mine = None if template else of_ours(opened, options.system)
    named = bool(template or mine)
    chosen = find(template) if template else mine or _chosen(inputs, opened, options.system)
    recogniser = Recogniser([chosen], chosen=named)
    forms = DeclaredForms(chosen, form, lambda sheet: declared_rule(recogniser, sheet, wanted))
    if (again := [forms.applied(input_) for input_ in inputs]) != inputs:
        inputs, opened = again, [one for input_ in again for one in open_sheets(input_, wanted)]
    guessed = not named and not wanted and chosen.folder.parent != kept_folder()
    if guessed:
        refuse_badly_known(inputs, opened, chosen)
    chosen = _answered(chosen, stated_answers(chosen, recogniser, looks_of(opened)), options)
    recogniser = Recogniser([chosen], chosen=named)
    try:
        intake = bind_sheets(inputs, recogniser, opened)
    except Undecided as asked:
        if guessed:
            refuse_undecided(inputs, opened, asked, options.system, chosen)
        raise
    if not template and chosen.folder.parent == kept_folder():
        intake.findings.append(kept_mapping(intake.sources[0], chosen))
    return intake


def _chosen(inputs: Sequence[Input], opened: Sequence[OpenSheet], system: str) -> Template:
    """Return the template that the sheets follow, where no kind of them is left open."""
    try:
        return chosen_for(looks_of(opened), system)
    except Undecided as asked:
        if not any(one.look.kind for one in opened):
            refuse_undecided(inputs, opened, asked, system)
        raise


def _answered(template: Template, stated: Mapping[str, Stated], options: Options) -> Template:
    """Return a template with its answers: the user's, else those that stand in the files."""
    refuse_contradictions(stated, options.answers)
    found = {name: one.answer for name, one in stated.items() if one.answer}
    answers = (*found.items(), *options.answers)
    filled = answered(with_reasons(template, stated), answers)
    refuse_unfit(template, filled)
    return filled
