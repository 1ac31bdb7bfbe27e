"""The names by which people keep mappings: which can be had, and which is free."""

from __future__ import annotations

import re

from importer.template.find import how_to_remove, kept_folder, shipped_names
from importer.template.source import MAPPING

_NAME = re.compile(r"\w[\w-]{0,79}")
"""What a kept mapping may be called: a folder, and a word that needs no quotes."""

MAKES = "keeps a mapping that does"
"""What a message says in which the command is named that keeps one under such a name."""


def name_refused(name: str) -> str:
    """Return why a mapping cannot be kept under a name, nothing where it can."""
    if not _NAME.fullmatch(name):
        return f"`{name}` cannot be the name of a mapping: use letters, digits, `-` and `_`."
    if name in shipped_names():
        return f"{name} is a template that ships: keep this mapping by another name."
    if (kept_folder() / name / MAPPING).exists():
        return (
            f"There is a mapping called {name}: keep this one by another name, or "
            f"{how_to_remove(name)} first."
        )
    return ""


def free_name(wish: str) -> str:
    """Return a name that a mapping can have: the one wished for, with a number if it is taken."""
    plain = re.sub(r"[^\w]+", "-", wish).strip("-_").lower()[:60] or "list"
    names = (plain, *(f"{plain}-{at}" for at in range(2, 1_000)))
    return next((name for name in names if not name_refused(name)), plain)
