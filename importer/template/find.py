"""A template's name or folder in, the Template out; also the list of those that ship."""

from __future__ import annotations

from pathlib import Path

from importer.errors import UsageError
from importer.suggest import nearest
from importer.template.load import load
from importer.template.model import Template
from importer.template.source import MAPPING, shipped


def find_all() -> list[Template]:
    """Every template that ships, by name."""
    folders = sorted(path.parent for path in shipped("templates").glob(f"*/{MAPPING}"))
    return [load(folder) for folder in folders]


def find(name: str) -> Template:
    """The template called so, or the one in that folder. Raises UsageError where there is none."""
    folder = shipped("templates") / name
    if (folder / MAPPING).is_file():
        return load(folder)
    if Path(name).is_dir():
        return load(Path(name))
    known = sorted(path.parent.name for path in shipped("templates").glob(f"*/{MAPPING}"))
    near = nearest(name, known)
    hint = f"Did you mean {near}?" if near else f"There are: {', '.join(known)}."
    raise UsageError(f"There is no template called {name}, nor a folder of that name. {hint}")
