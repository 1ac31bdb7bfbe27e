"""Open the files of a run: recognise the template, and bind every sheet to its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from importer.errors import MappingNeeded, UsageError
from importer.finding_codes import FindingCode
from importer.mapping import Binder
from importer.mapping.absent import no_column
from importer.mapping.header import headed
from importer.mapping.recognition.evidence import Candidate
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.question import Question, Undecided, unknown
from importer.mapping.recognition.recognise import Recogniser, choose, own
from importer.mapping.recognition.verdict import Verdict
from importer.model import LONGEST_HEADING, OWN_COLUMNS
from importer.options import Options
from importer.pipeline.steps.badly_known import Known
from importer.pipeline.steps.checked_answers import refuse_unfit
from importer.pipeline.steps.intake import Intake, Source
from importer.pipeline.steps.own_workbook import template_of
from importer.pipeline.steps.sheet_notes import (
    hidden,
    ignored,
    kept_mapping,
    of_another,
    rule_named,
)
from importer.pipeline.steps.stated_answers import (
    Stated,
    refuse_contradictions,
    stated_answers,
    with_reasons,
)
from importer.pipeline.steps.text_form import DeclaredForms, refuse_without_text
from importer.read import Input, InputSheet, open_input
from importer.spreadsheet import TextForm, column_number
from importer.template import Column, SheetRule, Template, find, find_all, find_kept, fold
from importer.template.answers import answered
from importer.template.find import kept_folder
from importer.template.own_sheets import ours

ANYTHING = Options()


@dataclass(frozen=True, slots=True)
class _Opened:
    """A sheet of an opened file; `alone` says that the file has no other of the user's."""

    input: Input
    sheet: InputSheet
    look: Look
    alone: bool


def open_intake(files: Sequence[Path], options: Options = ANYTHING) -> Intake:
    """Open the files, find the template and bind the sheets.

    Raises UnreadableInput, TemplateError, Undecided or UsageError.
    """
    template, form = options.template, options.text_form
    _refuse_twice(files)
    inputs = [open_input(path, form) for path in files]
    refuse_without_text(inputs, form)
    wanted = _wanted(options.only, [sheet.name for input_ in inputs for sheet in input_.sheets])
    opened = [one for input_ in inputs for one in _opened(input_, wanted)]
    mine = None if template else _of_ours(opened, options.system)
    named = bool(template or mine)
    chosen = find(template) if template else mine or _chosen(_looks(opened), options.system)
    recogniser = Recogniser([chosen], chosen=named)
    forms = DeclaredForms(chosen, form, lambda sheet: _rule(recogniser, sheet, wanted))
    if (again := [forms.applied(input_) for input_ in inputs]) != inputs:
        inputs, opened = again, [one for input_ in again for one in _opened(input_, wanted)]
    if not named and not wanted and chosen.folder.parent != kept_folder():
        _refuse_badly_known(inputs, opened, chosen)
    chosen = _answered(chosen, stated_answers(chosen, recogniser, _looks(opened)), options)
    recogniser = Recogniser([chosen], chosen=named)
    intake = _bind(inputs, recogniser, opened)
    if not template and chosen.folder.parent == kept_folder():
        intake.findings.append(kept_mapping(intake.sources[0], chosen))
    return intake


def _looks(opened: Sequence[_Opened]) -> list[Look]:
    return [one.look for one in opened]


def _answered(template: Template, stated: Mapping[str, Stated], options: Options) -> Template:
    """Return a template with its answers: the user's, else those that stand in the files."""
    refuse_contradictions(stated, options.answers)
    found = {name: one.answer for name, one in stated.items() if one.answer}
    answers = (*found.items(), *options.answers)
    filled = answered(with_reasons(template, stated), answers)
    refuse_unfit(template, filled)
    return filled


def _wanted(only: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Return the sheets asked for, each with its kind, blank where that is not said."""
    asked = [(text, "") if text in names else text.rpartition("=")[::2] for text in only]
    wanted = {name or kind: kind if name else "" for name, kind in asked}
    for name in wanted:
        if name not in names:
            raise UsageError(f"There is no sheet called {name}; there are: {', '.join(names)}.")
    return wanted


def _opened(input_: Input, wanted: dict[str, str]) -> list[_Opened]:
    sheets = [sheet for sheet in input_.sheets if not wanted or sheet.name in wanted]
    looks = [Look(sheet, kind=wanted.get(sheet.name, "")) for sheet in sheets]
    users = [look for look in looks if not ours(look.cells)]
    alone = len(users) == 1
    for look in users if alone else ():
        look.file = input_.path.stem
    return [_Opened(input_, s, look, alone) for s, look in zip(sheets, looks, strict=True)]


def _of_ours(opened: Sequence[_Opened], system: str) -> Template | None:
    """Return the template whose workbooks all files are, unless a mapping is kept for them."""
    looks = _looks(opened)
    files = [_looks([*group]) for _, group in groupby(opened, lambda one: one.input.path)]
    if any(look.kind for look in looks) or not (found := template_of(files, system)):
        return None
    return None if _kept(looks, system) else found


def _chosen(looks: Sequence[Look], system: str) -> Template:
    """Return the template that the sheets follow, of those for a system where one of them fits.

    A mapping that the user has kept for these headings counts first. A template for another system
    is for the target to refuse, in words that say so.
    """
    asked = any(look.kind for look in looks)
    if not asked and (kept := _kept(looks, system)):
        return kept
    try:
        return _one_of(find_all(system), looks)
    except Undecided:
        raise
    except UsageError:
        if not system:
            raise
    return _one_of(find_all(""), looks)


def _one_of(usable: Sequence[Template], looks: Sequence[Look]) -> Template:
    """Return the template that the sheets follow, by their headings and by the kinds asked for."""
    kinds = {look.kind for look in looks if look.kind}
    known = [template for template in usable if all(_has(template, kind) for kind in kinds)]
    if not known:
        raise UsageError(
            f"No template has a sheet called {' and one called '.join(sorted(kinds))}."
        )
    return known[0] if kinds and len(known) == 1 else choose(known, looks)


def _refuse_badly_known(
    inputs: Sequence[Input], opened: Sequence[_Opened], template: Template
) -> None:
    """Raise MappingNeeded where a template knows a sheet badly that a proposal knows better."""
    recogniser = Recogniser([template])
    mine = (one for one in opened if not _only_of_another(template, one))
    judged = ((one, _verdict(recogniser, one).taken) for one in mine)
    known = [_known(one, taken) for one, taken in judged if taken]
    if any(one.badly or one.doubtful for one in known):
        from importer.pipeline.steps.better_proposed import better_proposed

        if why := better_proposed(known, inputs):
            raise MappingNeeded(why, why)


def _known(one: _Opened, taken: Candidate) -> Known:
    """Return what a template takes a sheet for, and what it says of columns that it lacks."""
    file, name = one.input.path.name, one.sheet.name
    bound = Binder(taken.template).bind(file, name, taken.rule, taken.header)
    lacking = (f for f in bound.findings if f.code is FindingCode.MISSING_COLUMN)
    said = [finding.message for finding in lacking if not finding.suggestion]
    return Known(file, name, taken, said or [no_column(heading) for heading in taken.missing])


def _kept(looks: Sequence[Look], system: str) -> Template | None:
    """Return the mapping that the user has kept for a list with exactly these headings."""
    return _fitting(find_kept(system), looks)


def fitting(templates: Sequence[Template], files: Sequence[Path], form: TextForm) -> str:
    """Return the folder of the template that has just the headings of files, if there is one.

    Raises UnreadableInput.
    """
    opened = (one for path in files for one in _opened(open_input(path, form), {}))
    found = _fitting(templates, [one.look for one in opened])
    return str(found.folder) if found else ""


def _fitting(templates: Sequence[Template], looks: Sequence[Look]) -> Template | None:
    for template in templates:
        recogniser = Recogniser([template])
        verdicts = [recogniser.judge(look, alone=len(looks) == 1).taken for look in looks]
        if any(verdicts) and all(_fits(one) for one in verdicts if one):
            return template
    return None


def _fits(candidate: Candidate) -> bool:
    """Return whether a sheet has just the headings that the mapping names, and all that it needs.

    Of a list without headings nothing tells that it is the same. What stands under the heading of
    an answer would not be read.
    """
    rule, headings = candidate.rule, candidate.header.headings
    if candidate.missing or not candidate.header.row:
        return False
    columns = headed(rule).values()
    known = {fold(name) for c in columns if c.constant is None for name in c.names}
    known |= {fold(name) for name in (*rule.ignored, *OWN_COLUMNS)}
    read = [one for one in headings if 0 < len(one) <= LONGEST_HEADING]
    return all(fold(one) in known for one in read) and not any(
        _elsewhere(c, headings) for c in columns
    )


def _elsewhere(column: Column, headings: Sequence[str]) -> bool:
    """Return whether a column stands under another letter than the mapping says."""
    named = {fold(name) for name in column.names}
    at = column_number(column.letter) - 1 if column.letter and not column.in_sections else -1
    here = fold(headings[at]) if 0 <= at < len(headings) else ""
    return here not in named and not named.isdisjoint(map(fold, headings)) and at >= 0


def _has(template: Template, kind: str) -> bool:
    return any(fold(rule.name) == fold(kind) for rule in template.sheets)


def _refuse_twice(files: Sequence[Path]) -> None:
    """Refuse two files of one name: journal and reports tell rows apart by it."""
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


def _bind(inputs: list[Input], recogniser: Recogniser, opened: Sequence[_Opened]) -> Intake:
    template = recogniser.templates[0]
    binder = Binder(template)
    intake = Intake(inputs, template, [], [])
    asked: list[Question] = []
    others: list[_Opened] = []
    for one in opened:
        if not one.look.kind and own(one.look, template):
            continue
        if strange := _only_of_another(template, one):
            intake.findings.append(of_another(one.input.path.name, one.look, strange, template))
            continue
        verdict = _verdict(recogniser, one)
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


def _only_of_another(template: Template, one: _Opened) -> str:
    """Return what a sheet holds where only the template with the same headings has that."""
    if not template.headings_of or one.look.kind:
        return ""
    other = Recogniser([find(template.headings_of)], chosen=True)
    taken = other.judge(one.look, alone=one.alone).taken
    own_sheets = {rule.name for rule in template.sheets}
    return taken.rule.name if taken and taken.rule.name not in own_sheets else ""


def _pass_over(intake: Intake, binder: Binder, one: _Opened) -> None:
    """Bind a sheet that is named after a rule and has none of its headings: its rows are errors."""
    file, name = one.input.path.name, one.sheet.name
    rule = rule_named(intake.template, one.look.kind, name, one.look.file)
    if rule is None:
        intake.findings.append(ignored(file, one.look, intake.template))
    else:
        seen = tuple(one.look.likely_headings())
        bound = binder.without_headings(file, name, rule, seen)
        intake.sources.append(Source(bound, one.sheet))


def _rule(recogniser: Recogniser, sheet: InputSheet, wanted: dict[str, str]) -> SheetRule | None:
    taken = recogniser.judge(Look(sheet, kind=wanted.get(sheet.name, "")), alone=True).taken
    return taken.rule if taken else None


def _verdict(recogniser: Recogniser, one: _Opened) -> Verdict:
    template, kind = recogniser.templates[0], one.look.kind
    if kind and not _has(template, kind):
        names = ", ".join(rule.name for rule in template.sheets)
        raise UsageError(f"{template.name} has no sheet called {kind}; it has: {names}.")
    return recogniser.judge(one.look, alone=one.alone)


def _refuse_strangers(intake: Intake, opened: Sequence[_Opened]) -> None:
    """Refuse files of which no sheet is imported: nobody would miss them in the result."""
    template = intake.template
    if not intake.sources:
        raise UsageError(unknown([template], [one.look for one in opened]))
    known = {source.sheet.file for source in intake.sources}
    for input_ in intake.inputs:
        mine = [one.look for one in opened if one.input is input_ and not own(one.look, template)]
        if mine and input_.path.name not in known:
            raise UsageError(f"{input_.path.name}: {unknown([template], mine)}")
