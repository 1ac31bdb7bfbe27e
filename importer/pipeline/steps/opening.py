"""Open the files of a run: recognise the template, and bind every sheet to its columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from importer.errors import UsageError
from importer.finding_codes import FindingCode
from importer.mapping import Binder
from importer.mapping.header import find_header
from importer.mapping.recognise import Match, choose, match_sheet, own, rule_named, unknown
from importer.model import Finding, Place, Severity
from importer.pipeline.steps.intake import Intake, Source
from importer.pipeline.steps.text_form import DeclaredForms, refuse_without_text
from importer.read import Input, InputSheet, open_input
from importer.spreadsheet import TextForm
from importer.template import SheetRule, Template, find, find_all, fold

GUESSED = TextForm()


def open_intake(
    files: Sequence[Path],
    template: str | None = None,
    only: Sequence[str] = (),
    form: TextForm = GUESSED,
) -> Intake:
    """Open the files, find the template and bind the sheets.

    `only` holds `NAME` or `NAME=KIND`: just these sheets, following the rule called KIND; `form`
    is how text files are written. Raises UnreadableInput, TemplateError or UsageError.
    """
    _refuse_twice(files)
    inputs = [open_input(path, form) for path in files]
    refuse_without_text(inputs, form)
    wanted = dict(name.partition("=")[::2] for name in only)
    sheets = _sheets(inputs, wanted)
    known = [find(template)] if template else find_all()
    chosen = known[0] if template else choose(known, [sheet for _, sheet in sheets])
    forms = DeclaredForms(chosen, form, lambda sheet: _rule(chosen, sheet, wanted))
    inputs = [forms.applied(input_) for input_ in inputs]
    return _bind(inputs, chosen, _sheets(inputs, wanted), wanted)


def _sheets(inputs: Sequence[Input], wanted: dict[str, str]) -> list[tuple[Input, InputSheet]]:
    """Return the sheets to import, each with its file. Raises UsageError."""
    sheets = [(input_, sheet) for input_ in inputs for sheet in input_.sheets]
    _refuse_unknown(wanted, [sheet for _, sheet in sheets])
    return [each for each in sheets if not wanted or each[1].name in wanted]


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


def _refuse_unknown(wanted: dict[str, str], sheets: Sequence[InputSheet]) -> None:
    names = [sheet.name for sheet in sheets]
    for name in wanted:
        if name not in names:
            raise UsageError(f"There is no sheet called {name}; there are: {', '.join(names)}.")


def _bind(
    inputs: list[Input],
    template: Template,
    sheets: Sequence[tuple[Input, InputSheet]],
    wanted: dict[str, str],
) -> Intake:
    binder = Binder(template)
    intake = Intake(inputs, template, [], [])
    others: list[tuple[Input, InputSheet]] = []
    for input_, sheet in sheets:
        if sheet.name not in wanted and own(sheet, template):
            continue
        match = _match(template, sheet, wanted.get(sheet.name, ""))
        if match is None:
            others.append((input_, sheet))
            continue
        records = input_.dialect is not None
        bound = binder.bind(input_.path.name, sheet.name, match.rule, match.header, records=records)
        intake.sources.append(Source(bound, sheet))
    if not intake.sources:
        raise UsageError(unknown([template], [sheet for _, sheet in sheets]))
    _refuse_strangers(intake, sheets)
    for input_, sheet in others:
        _pass_over(intake, binder, input_, sheet)
    return intake


def _pass_over(intake: Intake, binder: Binder, input_: Input, sheet: InputSheet) -> None:
    """Bind a sheet that has the name of a rule and none of its headings: its rows are errors."""
    rule = rule_named(intake.template, sheet.name)
    if rule is None:
        intake.findings.append(_ignored(input_, sheet))
    else:
        bound = binder.without_headings(input_.path.name, sheet.name, rule)
        intake.sources.append(Source(bound, sheet))


def _refuse_strangers(intake: Intake, sheets: Sequence[tuple[Input, InputSheet]]) -> None:
    """Refuse a file of which no sheet is imported: nobody would miss it in the result."""
    known = {source.sheet.file for source in intake.sources}
    for input_ in intake.inputs:
        mine = [sheet for owner, sheet in sheets if owner is input_]
        mine = [sheet for sheet in mine if not own(sheet, intake.template)]
        if mine and input_.path.name not in known:
            raise UsageError(f"{input_.path.name}: {unknown([intake.template], mine)}")


def _rule(template: Template, sheet: InputSheet, wanted: dict[str, str]) -> SheetRule | None:
    match = _match(template, sheet, wanted.get(sheet.name, ""))
    return match.rule if match else None


def _match(template: Template, sheet: InputSheet, kind: str) -> Match | None:
    if not kind:
        return match_sheet(template, sheet.name, sheet.head())
    rules = {fold(rule.name): rule for rule in template.sheets}
    rule = rules.get(fold(kind))
    if rule is None:
        names = ", ".join(rule.name for rule in template.sheets)
        raise UsageError(f"{template.name} has no sheet called {kind}; it has: {names}.")
    header = find_header(sheet.head(), rule)
    return Match(rule, *header) if header else None


def _ignored(input_: Input, sheet: InputSheet) -> Finding:
    words = f"The sheet {sheet.name} has no headings that are known; it is passed over."
    place = Place(sheet.name, file=input_.path.name)
    return Finding(FindingCode.SHEET_IGNORED, words, place, Severity.INFO)
