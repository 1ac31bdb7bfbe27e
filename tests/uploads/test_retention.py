"""Files go after some days, never while they are needed; what was found and done stays."""

import datetime as dt

import pytest
from sqlalchemy import update

from importer.journal.tables import RUNS
from importer.journal.upload_tables import UPLOADS
from importer.model import RunState
from importer.options import ReportTo
from importer.pipeline.undo import UndoRequest, undo
from importer.session import Connector
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


def ended(desk, days):
    """Let all uploads have come, and all runs have ended, so many days ago."""
    came(desk, days)
    when = (dt.datetime.now(dt.UTC) - dt.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with desk.store.writing() as connection:
        connection.execute(update(RUNS).values(finished=when))


def kept(desk, name):
    """The day until which its files are kept, and whether they are there after a look."""
    desk.uploads.look_after()
    return desk.uploads.get(name).kept_until, bool(files(desk))


def test_the_files_of_an_import_stay_as_long_as_it_can_be_undone_then_their_days(desk):
    name = desk.imported(*FINE).name
    ended(desk, 300)
    assert kept(desk, name) == ("", True)
    desk.uploads.undo(name, "ada")
    desk.until(name)
    until = (dt.datetime.now(dt.UTC) + dt.timedelta(days=30)).date().isoformat()
    assert kept(desk, name) == (until, True)
    ended(desk, 30)
    assert kept(desk, name) == ("", False)
    assert desk.uploads.get(name).state is UploadState.UNDONE


def test_an_import_that_has_changed_nothing_keeps_its_files_no_longer_than_others(desk):
    desk.imported(*FINE)
    again = desk.imported(*FINE)
    with pytest.raises(NotNow, match="nothing to undo"):
        desk.uploads.undo(again.name, "ada")
    assert not desk.uploads.run(again.run).undoable
    ended(desk, 30)
    desk.uploads.look_after()
    assert desk.uploads.get(again.name).removed


def undone_by_command(desk, run):
    """Undo a run as the command line does."""
    journal = desk.session.journal
    with Connector(desk.session.settings, "sandbox") as connect:
        request = UndoRequest(run, "sandbox", connect, journal)
        undo(request, journal=journal, report=ReportTo(wanted=False))


def test_an_import_that_the_command_line_has_undone_can_be_undone_no_more(desk):
    upload = desk.imported(*FINE)
    undone_by_command(desk, upload.run)
    assert not desk.uploads.run(upload.run).undoable
    with pytest.raises(NotNow, match="nothing to undo"):
        desk.uploads.undo(upload.name, "ada")
    ended(desk, 30)
    assert kept(desk, upload.name) == ("", False)


def test_files_stay_while_an_undo_of_the_command_line_is_open_or_was_given_up(desk):
    upload = desk.imported(*FINE)
    undone_by_command(desk, upload.run)
    for state in (RunState.INTERRUPTED, RunState.ABANDONED):
        undo_run = desk.session.journal.runs()[0]
        undo_run.state = state
        desk.session.journal.save(undo_run)
        ended(desk, 300)
        assert kept(desk, upload.name) == ("", True)
    assert desk.uploads.run(upload.run).undoable
