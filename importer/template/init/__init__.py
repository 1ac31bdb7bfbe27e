"""Writes a first template for a file, for people to complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from importer.errors import UsageError
from importer.template.init.table import SheetLike

__all__ = ["SheetLike", "write_first_mapping"]


def write_first_mapping(
    name: str, sheets: Sequence[SheetLike], folder: Path, *, system: str = "atlan"
) -> Path:
    """Write `mapping.toml` and its schemas into a new folder and return the folder.

    If a shipped template knows most headings, the mapping extends it, whatever `system` says; else
    it is guessed from the cells. Either way it can be loaded at once, and its comments say what to
    complete. Raises UsageError if no sheet has a table, or the folder cannot be written.
    """
    from importer.template.find import find_all
    from importer.template.init.scratch import first_files
    from importer.template.init.similar import extending_files, most_similar
    from importer.template.init.table import tables

    found = list(tables(sheets))
    if not found:
        raise UsageError(f"{name} has no table to map: each of its sheets is empty.")
    known = most_similar(find_all(""), found)
    if known is None:
        return _write(folder, first_files(name, found, system))
    template, likenesses = known
    fitting = {likeness.table.name for likeness in likenesses}
    others = [table.name for table in found if table.name not in fitting]
    return _write(folder, extending_files(name, template, likenesses, others))


def _write(folder: Path, files: Mapping[str, str]) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{error.filename} exists already and is left as it is.") from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}).") from None
    return folder
