"""Whether the import of an upload can be undone, or any run: the journal knows."""

from __future__ import annotations

from collections.abc import Mapping

from importer.journal import Run
from importer.journal.undone import has_changed, undone_by
from importer.journal.upload import Upload, UploadState
from importer.uploads.site import Site


def can_undo_import(site: Site, upload: Upload) -> bool:
    """Whether an undo of the import can begin; one that has stopped is given up for it."""
    if not upload.run or upload.undo:
        return False
    if upload.state is UploadState.STOPPED:
        return True
    imported = upload.state is UploadState.IMPORTED
    return imported and can_undo(site, site.session.journal.run(upload.run))


def can_undo(site: Site, run: Run, undone: Mapping[str, str] | None = None) -> bool:
    """Whether a run has ended, has changed something, and no other run undoes it.

    `undone` is what the journal says of undone runs, where it was asked already.
    """
    journal = site.session.journal
    if not (run.state.ended and run.plan and has_changed(journal, run.name)):
        return False
    return run.name not in (undone_by(journal) if undone is None else undone)
