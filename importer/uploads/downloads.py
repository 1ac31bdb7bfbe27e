"""What a steward gets back: the reports, and their files with the fixes in them."""

from __future__ import annotations

from pathlib import Path

from importer.journal.upload import Upload, UploadFile
from importer.uploads.effective import known_files
from importer.uploads.files import REPORTS
from importer.uploads.site import Site
from importer.uploads.views import Download


def reports(site: Site, upload: Upload) -> list[Download]:
    """Return the reports that there are; none once they are gone."""
    folder = site.folder(upload) / REPORTS
    paths = sorted(path for path in folder.glob("*") if path.is_file()) if folder.exists() else []
    return [Download(path, _called(path.name, upload)) for path in paths if path.name[0] != "."]


def _called(name: str, upload: Upload) -> str:
    """Return what a report is called: as its file was called by whoever uploaded it."""
    for file in upload.files:
        stem = file.stored.rpartition(".")[0]
        if name.startswith(f"{stem}."):
            return file.name.rpartition(".")[0] + name.removeprefix(stem)
    return name


def files(site: Site, upload: Upload) -> list[Download]:
    """Return the user's files, with the fixes in them as far as they are written."""
    if upload.removed:
        return []
    found = zip(known_files(site, upload), upload.files, strict=True)
    return [Download(path, _named(path, file)) for path, file in found]


def _named(path: Path, file: UploadFile) -> str:
    stem, dot, _ = file.name.rpartition(".")
    return f"{stem}{path.suffix}" if dot else file.name
