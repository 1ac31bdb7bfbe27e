"""A check or a plan that waits or runs can be cancelled; its process ends, and nothing is lost."""

import time

from importer.uploads import UploadState
from tests.uploads.desk import DEADLINE, text
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
