"""How much one person keeps: so many megabytes on the disk, and so many uploads that are open."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from importer.journal.upload import Upload, UploadState
from importer.journal.uploads import all_uploads
from importer.uploads.errors import UploadRefused
from importer.uploads.settings import MEGABYTE
from importer.uploads.site import Site

DONE = frozenset({UploadState.IMPORTED, UploadState.UNDONE})
"""The states of uploads that are not open any more, though their files may still be kept."""

WAY_OUT = "Remove some of your uploads that you no longer need, then upload this again."


def demand_room(site: Site, owner: str, more: int = 0) -> None:
    """Refuse what somebody has no room for, so many bytes more. Raises UploadRefused."""
    kept = [one for one in all_uploads(site.store, owner) if not one.removed]
    settings = site.settings
    if sum(one.state not in DONE for one in kept) >= settings.most_open:
        raise UploadRefused(
            f"You have {settings.most_open} open uploads, the most that one person may have. "
            f"{WAY_OUT}"
        )
    used, most = sum(_size(site, one) for one in kept), settings.person_bytes
    if used >= most or used + more > most:
        raise UploadRefused(
            f"Your uploads take {used / MEGABYTE:,.1f} of the {most / MEGABYTE:,g} MB that one "
            f"person may keep: there is no room for this. {WAY_OUT}"
        )


def _size(site: Site, upload: Upload) -> int:
    return sum(map(_bytes, site.folder(upload).rglob("*")))


def _bytes(path: Path) -> int:
    with suppress(OSError):  # it may be removed meanwhile
        found = path.lstat()
        return found.st_size if path.is_file() else 0
    return 0
