"""Keeps a proposal among the mappings of the user, by a name; finds one in the current folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from importer.atomic import private_folder
from importer.errors import UsageError
from importer.pipeline.propose import onto
from importer.pipeline.steps.fitting import fitting
from importer.pipeline.steps.mapping_names import name_refused
from importer.pipeline.write_mapping import without_fields, write_mappings
from importer.proposal import Proposal
from importer.proposal.mapping_file import mapping_files
from importer.spreadsheet import TextForm
from importer.suggest import listed
from importer.template.find import find_here, kept_folder
from importer.way_out import way_out

ALL_AT_ONCE = ", or write them all with `-o DIR`, each into a folder of its own"
SHEETS_APART = ": leave out the sheets of all but one here, and upload the others by themselves"


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


def _not_one(name: str, proposal: Proposal) -> str:
    """Return why a proposal is not one mapping, nothing where it is."""
    texts = mapping_files(name, proposal, onto())
    if len(texts) > 1:
        return (
            f"The files are for {listed(list(texts))}: keep a mapping for each of "
            f"them apart{way_out(ALL_AT_ONCE, SHEETS_APART)}."
        )
    return ""


def mapping_here(files: Sequence[Path], form: TextForm) -> str:
    """Return the folder in the current one whose mapping has just the headings of files, if any.

    It may come from anybody, and is never used unless it is named. Raises UnreadableInput.
    """
    return fitting(find_here(), files, form)
