"""Keeps a proposal among the mappings of the user, by a name; finds one in the current folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from importer.atomic import private_folder
from importer.errors import UsageError
from importer.pipeline.propose import onto
from importer.pipeline.steps.fitting import fitting
from importer.pipeline.write_mapping import without_fields, write_mappings
from importer.proposal import Proposal
from importer.proposal.mapping_file import mapping_files
from importer.spreadsheet import TextForm
from importer.suggest import listed
from importer.template.find import find_here, kept_folder, shipped_names
from importer.template.source import MAPPING

_NAME = re.compile(r"\w[\w-]{0,79}")
"""What a kept mapping may be called: a folder, and a word that needs no quotes."""


def keep_mapping(name: str, proposal: Proposal) -> str:
    """Keep a proposal among the user's own mappings; return the name that it has there.

    Raises UsageError where the name cannot be had, or the proposal cannot be one mapping.
    """
    if why := keeping_refused(name, proposal):
        raise UsageError(why)
    folder = kept_folder() / name
    private_folder(folder)
    return write_mappings(name, proposal, folder)[0].name


def keeping_refused(name: str, proposal: Proposal) -> str:
    """Return why a proposal cannot be kept under a name, nothing where it can."""
    return name_refused(name) or without_fields(proposal) or _not_one(name, proposal)


def name_refused(name: str) -> str:
    """Return why a mapping cannot be kept under a name, nothing where it can."""
    if not _NAME.fullmatch(name):
        return f"`{name}` cannot be the name of a mapping: use letters, digits, `-` and `_`."
    if name in shipped_names():
        return f"{name} is a template that ships: keep this mapping by another name."
    if (kept_folder() / name / MAPPING).exists():
        return (
            f"There is a mapping called {name}: keep this one by another name, or delete the "
            f"folder {kept_folder() / name} first."
        )
    return ""


def free_name(wish: str) -> str:
    """Return a name that a mapping can have: the one wished for, with a number if it is taken."""
    plain = re.sub(r"[^\w]+", "-", wish).strip("-_").lower()[:60] or "list"
    names = (plain, *(f"{plain}-{at}" for at in range(2, 1_000)))
    return next((name for name in names if not name_refused(name)), plain)


def _not_one(name: str, proposal: Proposal) -> str:
    """Return why a proposal is not one mapping, nothing where it is."""
    texts = mapping_files(name, proposal, onto())
    if len(texts) > 1:
        return f"The files are for {listed(list(texts))}: keep a mapping for each of them apart."
    return ""


def mapping_here(files: Sequence[Path], form: TextForm) -> str:
    """Return the folder in the current one whose mapping has just the headings of files, if any.

    It may come from anybody, and is never used unless it is named. Raises UnreadableInput.
    """
    return fitting(find_here(), files, form)
