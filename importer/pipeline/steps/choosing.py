"""Chooses the template that the files of a run follow, where the user names none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from importer.errors import UsageError
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.question import Undecided
from importer.mapping.recognition.recognise import choose
from importer.pipeline.steps.fitting import kept_for
from importer.pipeline.steps.open_sheet import OpenSheet, looks_of
from importer.pipeline.steps.own_workbook import template_of
from importer.template import Template, find_all, fold


def of_ours(opened: Sequence[OpenSheet], system: str) -> Template | None:
    """Return the template whose workbooks all files are, unless a mapping is kept for them."""
    looks = looks_of(opened)
    files = [looks_of([*group]) for _, group in groupby(opened, lambda one: one.input.path)]
    if any(look.kind for look in looks) or not (found := template_of(files, system)):
        return None
    return None if kept_for(looks, system) else found


def chosen_for(looks: Sequence[Look], system: str) -> Template:
    """Return the template that the sheets follow, of those for a system where one of them fits.

    A mapping that the user has kept for these headings counts first. A template for another system
    is for the target to refuse, in words that say so.
    """
    asked = any(look.kind for look in looks)
    if not asked and (kept := kept_for(looks, system)):
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
    known = [template for template in usable if all(has_kind(template, kind) for kind in kinds)]
    if not known:
        raise UsageError(
            f"No template has a sheet called {' and one called '.join(sorted(kinds))}."
        )
    return known[0] if kinds and len(known) == 1 else choose(known, looks)


def has_kind(template: Template, kind: str) -> bool:
    """Return whether a template has a sheet of a name."""
    return any(fold(rule.name) == fold(kind) for rule in template.sheets)
