"""Retention: the files of an upload go after some days; what was found and done stays."""

from __future__ import annotations

import datetime as dt

from importer.journal.run import utc_now
from importer.journal.upload import BUSY, Upload, UploadState
from importer.journal.uploads import all_uploads, move
from importer.uploads.errors import NotNow
from importer.uploads.files import FIXED, PLANS, RECEIVED, REPORTS, remove
from importer.uploads.site import Site

OPEN = BUSY | {UploadState.STOPPED}
"""The states in which files are needed, or may be: none of them goes."""


def kept_until(site: Site, upload: Upload) -> str:
    """Return the day on which the files of an upload go, blank while they are needed."""
    if upload.state in OPEN or upload.removed:
        return ""
    came = dt.datetime.fromisoformat(max(upload.created, _ended(site, upload)))
    return (came + dt.timedelta(days=site.settings.keep)).date().isoformat()


def _ended(site: Site, upload: Upload) -> str:
    """Return when the run of an upload, or its undo, ended; blank where it has none."""
    names = {upload.run, upload.undo} - {""}
    runs = (site.session.journal.run(name) for name in names)
    return max((run.finished or "" for run in runs), default="")


def remove_expired(site: Site) -> None:
    """Remove the files that were kept long enough."""
    today = utc_now()[:10]
    for upload in all_uploads(site.store):
        until = kept_until(site, upload)
        if until and until <= today:
            _remove_files(site, upload)


def remove_now(site: Site, name: str) -> None:
    """Remove the files of an upload at once. Raises NoSuchUpload, or NotNow."""
    upload = site.upload(name)
    if upload.state in OPEN:
        raise NotNow("Its files are needed: it is being worked on, or can go on.")
    if not upload.removed:
        _remove_files(site, upload)


def _remove_files(site: Site, upload: Upload) -> None:
    """Note that files are gone, then remove them: a page never offers what is not there."""
    done = {UploadState.IMPORTED, UploadState.UNDONE}
    to = upload.state if upload.state in done else UploadState.REMOVED
    if move(site.store, upload.name, (upload.state,), to, removed=utc_now(), why=upload.why):
        folder = site.folder(upload)
        for part in (RECEIVED, REPORTS, PLANS):
            remove(folder / part)
        for fixed in folder.glob(f"{FIXED}*"):
            remove(fixed)
