"""Retention: the files of an upload go after some days; what was found and done stays.

Whoever may undo an import may need its workbook and its report, so these stay as long as that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from importer.journal.undone import undone_by
from importer.journal.upload import BUSY, Upload, UploadState
from importer.journal.uploads import all_uploads, move
from importer.now import utc_now
from importer.uploads.errors import NotNow
from importer.uploads.files import FIXED, PLANS, RECEIVED, REPORTS, remove
from importer.uploads.site import Site
from importer.uploads.undoing import can_undo

OPEN = BUSY | {UploadState.STOPPED}
"""The states in which files are needed, or may be: none of them goes."""


def kept_until(site: Site, upload: Upload, undone: Mapping[str, str] | None = None) -> str:
    """Return the day on which the files of an upload go, blank as long as they stay.

    They stay while its run is open or can still be undone, then so many days more. `undone` is
    what the journal says of undone runs, where it was asked already.
    """
    if upload.state in OPEN or upload.removed:
        return ""
    ended = _ended(site, upload.run, undone) if upload.run else ""
    if ended is None:
        return ""
    came = dt.datetime.fromisoformat(max(upload.created, ended))
    return (came + dt.timedelta(days=site.settings.keep)).date().isoformat()


def _ended(site: Site, name: str, undone: Mapping[str, str] | None) -> str | None:
    """Return when a run and its undo ended; None while one is open, or the run can be undone."""
    journal = site.session.journal
    undone = undone_by(journal) if undone is None else undone
    runs = [journal.run(one) for one in (name, undone.get(name)) if one]
    if can_undo(site, runs[0], undone) or not all(run.state.ended for run in runs):
        return None
    return max(run.finished or "" for run in runs)


def remove_expired(site: Site) -> None:
    """Remove the files that were kept long enough."""
    today, undone = utc_now()[:10], undone_by(site.session.journal)
    for upload in all_uploads(site.store):
        until = kept_until(site, upload, undone)
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
