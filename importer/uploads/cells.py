"""What a cell of an upload may hold: offered to who fixes it, found once for each check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from importer.errors import UsageError
from importer.journal.upload import Upload
from importer.journal.upload_findings import keep_part, read_part
from importer.uploads.asked import ask
from importer.uploads.effective import effective_files
from importer.uploads.found import CHOICES
from importer.uploads.site import Site, options_of
from importer.uploads.views import CellPlace

MOST = 50
"""So many values are offered at once."""

Raw = list[list[Any]]
"""File, sheet, column and its values."""


def offered(site: Site, config: Path | None, name: str, place: CellPlace, start: str) -> list[str]:
    """Return the values that begin with some letters, then those that have them elsewhere.

    Nothing is offered where it cannot be found out. Raises NoSuchUpload.
    """
    upload = site.upload(name)
    words = _words(_kept(site, upload) or _found(site, config, upload), place)
    letters = start.casefold().strip()
    begin = [word for word in words if word.casefold().startswith(letters)]
    inside = [word for word in words if letters in word.casefold() and word not in set(begin)]
    return [*begin, *inside][:MOST]


def choices_of(site: Site, upload: Upload) -> Raw:
    """Return what the cells of an upload may hold, where its files are read. Raises UsageError."""
    from importer.pipeline.cell_choices import cell_choices

    files = effective_files(site, upload)
    names = {path.name: file.stored for path, file in zip(files, upload.files, strict=True)}
    with site.connector(upload) as connect:
        found = cell_choices(files, connect.dry_run_options(options_of(upload)), connect)
    return [
        [names.get(file, file), sheet, column, words]
        for (file, sheet), columns in found.items()
        for column, words in columns.items()
    ]


def _kept(site: Site, upload: Upload) -> Raw:
    if upload.checked is None:
        return []
    return [*read_part(site.store, upload.name, upload.checked, CHOICES)]


def _found(site: Site, config: Path | None, upload: Upload) -> Raw:
    """Return what a process finds out, and keep it as long as the files stay as they are."""
    try:
        found: Raw = ask(site, config, upload.name, {"what": "choices"})
    except UsageError:
        return []
    if upload.current:
        keep_part(site.store, upload.name, upload.version, CHOICES, found)
    return found


def _words(found: Raw, place: CellPlace) -> list[str]:
    key = [place.file, place.sheet, place.column]
    return next((list(words) for *at, words in found if at == key), [])
