"""Files go after some days, never while they are needed; what was found and done stays."""

import datetime as dt

import pytest
from sqlalchemy import update

from importer.journal.upload_tables import UPLOADS
from importer.uploads import NotNow, UploadState
from tests.uploads.lists import FINE, glossary


def came(desk, days):
    """Let all uploads have come so many days ago."""
    when = (dt.datetime.now(dt.UTC) - dt.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with desk.store.writing() as connection:
        connection.execute(update(UPLOADS).values(created=when))


def files(desk):
    return [path for path in desk.settings.folder.rglob("*") if path.is_file()]


def test_files_go_when_they_were_kept_long_enough_and_findings_stay(desk):
    upload = desk.checked(glossary(["Margin", "VERIFID"]))
    came(desk, 29)
    desk.uploads.look_after()
    assert files(desk)
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).date().isoformat()
    assert desk.uploads.get(upload.name).kept_until == tomorrow

    came(desk, 30)
    desk.uploads.look_after()
    gone = desk.uploads.get(upload.name)
    assert (gone.state, gone.kept_until) == (UploadState.REMOVED, "")
    assert gone.removed
    assert files(desk) == []
    assert len(desk.uploads.rows(upload.name, 0).rows) == 1
    assert desk.uploads.originals(upload.name) == desk.uploads.reports(upload.name) == []
    with pytest.raises(NotNow):
        desk.uploads.plan(upload.name, "ada")


def test_an_import_stays_an_import_without_its_files_and_can_be_undone(desk):
    upload = desk.imported(*FINE)
    desk.uploads.remove(upload.name, "ada")
    gone = desk.uploads.get(upload.name)
    assert (gone.state, files(desk)) == (UploadState.IMPORTED, [])
    assert gone.removed
    desk.uploads.undo(upload.name, "ada")
    assert desk.until(upload.name).state is UploadState.UNDONE


def test_files_that_are_needed_do_not_go(idle):
    name = idle.receive(*FINE)
    came(idle, 300)
    idle.uploads.look_after()
    assert len(files(idle)) == 2
    assert idle.uploads.get(name).kept_until == ""
    with pytest.raises(NotNow):
        idle.uploads.remove(name, "ada")


def test_an_import_counts_from_its_end(desk):
    upload = desk.imported(*FINE)
    came(desk, 300)
    desk.uploads.look_after()
    assert desk.uploads.get(upload.name).removed == ""
    assert files(desk)
