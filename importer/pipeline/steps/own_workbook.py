"""Tells of which template a workbook of ours is: the sheets that we add to it say so in A1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser, own
from importer.pipeline.steps.sheet_notes import rule_named
from importer.template import Template, find, find_all
from importer.template.find import kept_folder, shipped_names
from importer.template.own_sheets import marked
from importer.template.source import MAPPING


def template_of(looks: Iterable[Sequence[Look]], system: str) -> Template | None:
    """Return the template that all files say they are of, each given by its sheets.

    None where they differ, where it is none of ours or the user's, where no template with its
    headings is for the system, and where none of its sheets is in them: somebody has put a list of
    his own in their place.
    """
    files = [list(file) for file in looks]
    names = {_said(file) for file in files}
    name = names.pop() if len(names) == 1 else ""
    if not _is_at_home(name):
        return None
    template = _for_system(find(name), system)
    if template is None:
        return None
    sheets = [look for file in files for look in file if not own(look, template)]
    return template if _has_any(template, sheets) else None


def _for_system(template: Template, system: str) -> Template | None:
    """Return a template if it is for a system, else the one for that system with its headings."""
    if not system or system in template.systems:
        return template
    return next((one for one in find_all(system) if one.headings_of == template.name), None)


def _said(looks: Sequence[Look]) -> str:
    return next((name for look in looks if (name := marked(look.cells))), "")


def _is_at_home(name: str) -> bool:
    """Return whether a template ships or is kept: a folder that a file names may be anybody's."""
    if not name or Path(name).name != name:
        return False
    return name in shipped_names() or (kept_folder() / name / MAPPING).is_file()


def _has_any(template: Template, looks: Sequence[Look]) -> bool:
    recogniser = Recogniser([template], chosen=True)
    named = (rule_named(template, look.name) for look in looks)
    return any(named) or any(recogniser.judge(look).taken for look in looks)
