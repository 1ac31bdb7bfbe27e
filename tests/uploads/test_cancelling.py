"""A check or a plan that waits or runs can be cancelled; its process ends, and nothing is lost."""

import time
from contextlib import contextmanager

from importer.journal.upload_hold import Hold
from importer.uploads import UploadState
from tests.uploads.desk import DEADLINE, Desk, text
from tests.uploads.lists import FINE, GLOSSARIES

STATES = UploadState


def large():
    """A list that is read for some seconds."""
    rows = [["Finance", f"T{n}", "VERIFID"] for n in range(60_000)]
    return GLOSSARIES, ("Terms.csv", text([["Glossary", "Term", "Certificate"], *rows]))


def begun(desk, name):
    """Wait until a process works on an upload."""
    deadline = time.monotonic() + DEADLINE
    while desk.uploads.get(name).step is None:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_check_that_waits_is_cancelled_and_can_be_checked_again_or_removed(idle):
    name = idle.receive(*FINE)
    assert idle.uploads.cancel(name, "ada")
    upload = idle.uploads.get(name)
    assert (upload.state, upload.checked) == (STATES.FAILED, None)
    assert "cancelled" in upload.why
    assert not idle.uploads.cancel(name, "ada")
    idle.uploads.check_again(name, "ada")
    idle.uploads.cancel(name, "ada")
    idle.uploads.remove(name, "ada")
    with idle.working():
        assert idle.checked(*FINE).state is STATES.CHECKED
    assert idle.uploads.get(name).state is STATES.REMOVED


def test_a_check_that_runs_is_cancelled_and_its_process_ends(desk):
    name = desk.receive(*large())
    begun(desk, name)
    assert desk.uploads.cancel(name, "ada")
    desk.no_process()
    assert (desk.uploads.get(name).state, desk.uploads.get(name).checked) == (STATES.FAILED, None)
    desk.uploads.check_again(name, "ada")
    assert desk.until(name).state is STATES.CHECKED


def test_what_is_checked_again_while_its_process_ends_is_checked(desk):
    name = desk.receive(*large())
    begun(desk, name)
    desk.uploads.cancel(name, "ada")
    desk.uploads.check_again(name, "ada")
    assert desk.until(name).state is STATES.CHECKED


def test_a_plan_is_cancelled_and_the_findings_stay(desk):
    name = desk.checked(*large()).name
    desk.uploads.plan(name, "ada")
    assert desk.uploads.cancel(name, "ada")
    desk.no_process()
    upload = desk.uploads.get(name)
    assert (upload.state, upload.checked) == (STATES.CHECKED, 0)
    assert "cancelled" in upload.why
    assert desk.uploads.causes(name)


@contextmanager
def server(idle):
    """A desk on the same journal that does the tasks as long as the block lasts."""
    with Desk(idle.home) as desk, desk.working():
        yield desk


def planned(desk):
    """An upload that is planned, and whose import nobody begins."""
    with server(desk) as desk:
        name = desk.checked(*FINE).name
        desk.uploads.plan(name, "ada")
        assert desk.until(name).state is STATES.PLANNED
    return name


def test_an_import_that_waits_for_its_turn_is_cancelled_and_begun_again(idle):
    name = planned(idle)
    idle.uploads.start_import(name, "ada")
    assert idle.uploads.cancel(name, "ada")
    upload = idle.uploads.get(name)
    assert (upload.state, upload.run) == (STATES.PLANNED, "")
    assert "nothing was sent" in upload.why
    assert not idle.uploads.cancel(name, "ada")
    idle.uploads.start_import(name, "ada")
    with server(idle) as desk:
        assert desk.until(name).state is STATES.IMPORTED


def test_an_undo_that_waits_for_its_turn_is_cancelled_and_what_was_imported_stays(idle):
    name = planned(idle)
    idle.uploads.start_import(name, "ada")
    with server(idle) as desk:
        desk.until(name)
    idle.uploads.undo(name, "ada")
    assert idle.uploads.cancel(name, "ada")
    upload = idle.uploads.get(name)
    assert (upload.state, upload.undo) == (STATES.IMPORTED, "")
    assert "still there" in upload.why
    idle.uploads.undo(name, "ada")
    with server(idle) as desk:
        assert desk.until(name).state is STATES.UNDONE


def test_what_a_process_has_taken_up_is_not_taken_from_it(idle):
    name = planned(idle)
    idle.uploads.start_import(name, "ada")
    with Hold(idle.store, name) as hold:
        assert hold.take()
        assert not idle.uploads.cancel(name, "ada")
        assert idle.uploads.get(name).state is STATES.IMPORTING
