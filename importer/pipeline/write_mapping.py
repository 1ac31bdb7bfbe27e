"""Writes a proposal as a mapping into a folder."""

from __future__ import annotations

from pathlib import Path

from importer.errors import UsageError
from importer.pipeline.lacking_fields import nothing_works
from importer.pipeline.propose import onto
from importer.proposal import Proposal
from importer.proposal.mapping_file import mapping_files
from importer.proposal.rules import rules_of


def write_mappings(title: str, proposal: Proposal, folder: Path) -> list[Path]:
    """Write a proposal into a new folder, or into one for each template that it extends.

    Raises UsageError where nothing is for import, or a folder cannot be written.
    """
    texts = mapping_files(title, proposal, onto())
    if why := without_fields(proposal):
        raise UsageError(why)
    if not texts:
        raise UsageError(f"{title} holds nothing that is known, so there is no mapping to write.")
    alone = len(texts) == 1
    return [
        _written(folder if alone else folder / name, text) for name, text in sorted(texts.items())
    ]


def without_fields(proposal: Proposal) -> str:
    """Return what is required and not there, so that nothing could be imported; else nothing."""
    return nothing_works(proposal, rules_of(onto()))


def _written(folder: Path, text: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "mapping.toml").open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{error.filename} exists already and is left as it is.") from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}).") from None
    return folder
