"""Finds templates: the shipped ones by name, any other by its folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from importer.allowed import own_folder
from importer.errors import TemplateError, UsageError
from importer.suggest import did_you_mean, nearest
from importer.template.load import load
from importer.template.model import Template
from importer.template.shipped import shipped
from importer.template.source import MAPPING

MOST = 200
"""So many mappings of a folder are looked at."""


def kept_folder() -> Path:
    """Return the folder of the mappings that the user has kept."""
    return own_folder() / "templates"


def find_kept(system: str = "") -> list[Template]:
    """Return the mappings that the user has kept, for a system where it is known.

    One that cannot be loaded any more is left out: `--template NAME` says why.
    """
    return [one for one in _loaded(kept_folder()) if not system or system in one.systems]


def find_here() -> list[Template]:
    """Return the mappings in folders of the current one, which may come from anybody."""
    return _loaded(Path())


def _loaded(within: Path) -> list[Template]:
    """Return the templates in a folder's folders, without those that cannot be loaded."""
    found = []
    for folder in _folders(within)[:MOST]:
        with suppress(TemplateError):
            found.append(load(folder))
    return found


def shipped_names() -> list[str]:
    """Return the names of the shipped templates."""
    return [folder.name for folder in _folders(shipped("templates"))]


def _folders(within: Path) -> list[Path]:
    return sorted(path.parent for path in within.glob(f"*/{MAPPING}"))


def find_all(system: str | None = None) -> list[Template]:
    """Return all shipped templates, sorted by name. Raises TemplateError.

    With a system, only those for it; where that is empty, as it is not known yet, only one of those
    that have the same headings.
    """
    found = [load(folder) for folder in _folders(shipped("templates"))]
    if system is None:
        return found
    return [one for one in found if (system in one.systems if system else not one.headings_of)]


def find(name: str) -> Template:
    """Return the shipped template of this name, the kept mapping, or the one in this folder.

    Raises UsageError if there is none, TemplateError for mistakes in it.
    """
    folder = shipped("templates") / name
    if (folder / MAPPING).is_file():
        return load(folder)
    if Path(name).name == name and (kept_folder() / name / MAPPING).is_file():
        return load(kept_folder() / name)
    if Path(name).is_dir():
        return load(Path(name))
    places = (shipped("templates"), kept_folder())
    known = [folder.name for place in places for folder in _folders(place)]
    near = nearest(name, known)
    hint = did_you_mean(near, f"There are: {', '.join(known)}.")
    raise UsageError(f"There is no template called {name}, nor a folder of that name{hint}")
