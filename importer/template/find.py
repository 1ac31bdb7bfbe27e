"""Finds templates: the shipped ones by name, any other by its folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
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


_ON_PAGE: ContextVar[Path | None] = ContextVar("the folder of a person of the page", default=None)


def own_kept_folder() -> Path:
    """Return the folder of the mappings that the account of the system has kept."""
    return own_folder() / "templates"


def kept_folder() -> Path:
    """Return the folder of the mappings that the user has kept."""
    return _ON_PAGE.get() or own_kept_folder()


@contextmanager
def kept_on_page(folder: Path) -> Iterator[None]:
    """Take a folder for that of the user, a person of the page, as long as the block lasts."""
    before = _ON_PAGE.set(folder)
    try:
        yield
    finally:
        _ON_PAGE.reset(before)


def how_to_remove(name: str) -> str:
    """Return how the user removes a kept mapping; no page names a folder of its server."""
    if _ON_PAGE.get():
        return "remove it on the page of your account"
    return f"delete the folder {kept_folder() / name}"


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
