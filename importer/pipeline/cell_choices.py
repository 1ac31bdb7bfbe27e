"""What the cells of a file may hold, as far as it can be listed: for who fixes them on a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from importer.mapping import BoundSheet
from importer.mapping.conversion.lists import quoted
from importer.options import Options
from importer.order import Registry
from importer.pipeline.choices import MOST, live_choices
from importer.pipeline.request import Connect
from importer.pipeline.steps.intake import Intake, NullSink
from importer.pipeline.steps.opening import open_intake
from importer.template import Template, fold
from importer.template.blank.choices import choice_of
from importer.template.blank.wording import wording

CellChoices = dict[tuple[str, str], dict[int, list[str]]]
"""By file and sheet: the values of each column, counted from 1."""


def cell_choices(files: Sequence[Path], options: Options, connect: Connect) -> CellChoices:
    """Return what the columns of files may hold: what is allowed, or names, in files and target.

    Raises UsageError, TargetUnreachable or CredentialsRefused.
    """
    intake = open_intake(files, options)
    template = intake.template
    target = connect(template.systems, template.options)
    live = {fold(heading): words for heading, words in live_choices(template, target).items()}
    intake.read(NullSink())
    made = _made(intake.registry)
    return {(one.file, one.name): _of_sheet(intake, one, live, made) for one in intake.sheets}


def _made(registry: Registry) -> Mapping[str, Sequence[str]]:
    """Return the names of what the files make, by kind."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entity in registry.entities:
        found[entity.kind][entity.labels[-1]] = None
    return {kind: list(names) for kind, names in found.items()}


def _of_sheet(
    intake: Intake,
    sheet: BoundSheet,
    live: Mapping[str, Sequence[str]],
    made: Mapping[str, Sequence[str]],
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for heading, column in sheet.columns.items():
        allowed = choice_of(
            intake.template, sheet.rule, heading, live, wording(intake.template)
        ).words
        words = dict.fromkeys([*allowed, *_named(intake.template, sheet, heading, made)])
        if 0 < len(words) <= MOST:
            found[column + 1] = sorted(words) if len(words) > len(allowed) else list(words)
    return found


def _named(
    template: Template, sheet: BoundSheet, heading: str, made: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return the names of what the files make that a heading may refer to."""
    references = [
        one
        for rule in sheet.rule.entities
        for one in rule.references
        if one.by[-1:] == (heading,) and not one.via
    ]
    return [
        quoted(name, one.separators) if one.many else name
        for one in references
        for kind in one.to
        if kind in template.kinds
        for name in made.get(kind, ())
    ]
