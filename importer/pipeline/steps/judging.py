"""Judges what a sheet is in the template of a run."""

from __future__ import annotations

from importer.errors import UsageError
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser
from importer.mapping.recognition.verdict import Verdict
from importer.pipeline.steps.choosing import has_kind
from importer.pipeline.steps.open_sheet import OpenSheet
from importer.read import InputSheet
from importer.template import SheetRule, Template, find


def verdict_on(recogniser: Recogniser, one: OpenSheet) -> Verdict:
    """Return what a sheet is in the template. Raises UsageError."""
    template, kind = recogniser.templates[0], one.look.kind
    if kind and not has_kind(template, kind):
        names = ", ".join(rule.name for rule in template.sheets)
        raise UsageError(f"{template.name} has no sheet called {kind}; it has: {names}.")
    return recogniser.judge(one.look, alone=one.alone)


def only_of_another(template: Template, one: OpenSheet) -> str:
    """Return what a sheet holds where only the template with the same headings has that."""
    if not template.headings_of or one.look.kind:
        return ""
    other = Recogniser([find(template.headings_of)], chosen=True)
    taken = other.judge(one.look, alone=one.alone).taken
    own_sheets = {rule.name for rule in template.sheets}
    return taken.rule.name if taken and taken.rule.name not in own_sheets else ""


def declared_rule(
    recogniser: Recogniser, sheet: InputSheet, wanted: dict[str, str]
) -> SheetRule | None:
    """Return the rule of a sheet, that may say how its text is read."""
    taken = recogniser.judge(Look(sheet, kind=wanted.get(sheet.name, "")), alone=True).taken
    return taken.rule if taken else None
