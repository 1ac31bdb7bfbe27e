"""Finds templates: the shipped ones by name, any other by its folder."""

from __future__ import annotations

from pathlib import Path

from importer.errors import UsageError
from importer.suggest import did_you_mean, nearest
from importer.template.load import load
from importer.template.model import Template
from importer.template.source import MAPPING, shipped


def find_all(system: str | None = None) -> list[Template]:
    """Return all shipped templates, sorted by name. Raises TemplateError.

    With a system, only those for it; where that is empty, as it is not known yet, only one of those
    that have the same headings.
    """
    folders = sorted(path.parent for path in shipped("templates").glob(f"*/{MAPPING}"))
    found = [load(folder) for folder in folders]
    if system is None:
        return found
    return [one for one in found if (system in one.systems if system else not one.headings_of)]


def find(name: str) -> Template:
    """Return the shipped template of this name, or the template in this folder.

    Raises UsageError if there is none, TemplateError for mistakes in it.
    """
    folder = shipped("templates") / name
    if (folder / MAPPING).is_file():
        return load(folder)
    if Path(name).is_dir():
        return load(Path(name))
    known = sorted(path.parent.name for path in shipped("templates").glob(f"*/{MAPPING}"))
    near = nearest(name, known)
    hint = did_you_mean(near, f"There are: {', '.join(known)}.")
    raise UsageError(f"There is no template called {name}, nor a folder of that name{hint}")
