"""A program cancels a check and an import; where there is nothing to cancel, it is told so."""

import time

import pytest

from importer.people import audit_log
from tests.uploads.test_cancelling import large
from tests.uploads.test_importing import MANY, many, slow  # noqa: F401 - a fixture
from tests.web.api.programs import DEADLINE, MISTAKEN


def cancelled(web, name):
    """What the audit log says was cancelled of an upload or a run."""
    lines = audit_log.of_page(web.site.store, name)
    return [line.detail.get("what") for line in lines if line.action == "cancelled"]


def test_a_check_is_cancelled_once_and_can_be_begun_again(web, ida):
    at = f"/uploads/{ida.sent(*large())}"
    answer = ida.post(f"{at}/cancel")
    assert (answer["state"], answer["busy"]) == ("failed", False)
    assert "cancelled" in answer["why"]
    error = ida.refused(409, "POST", f"{at}/cancel")
    assert (error["state"], error["run"]) == ("failed", None)
    assert error["message"] == "There is nothing to cancel: nothing works on it (any more)."
    assert cancelled(web, answer["upload"]) == ["checking"]
    assert ida.post(f"{at}/check")["state"] == "checking"


def test_what_nothing_works_on_cannot_be_cancelled(web, ida):
    checked = ida.upload(*MISTAKEN)
    assert ida.refused(409, "POST", f"/uploads/{checked}/cancel")["state"] == "checked"
    done = ida.imported(*MISTAKEN)
    name, run = done["upload"], done["run"]
    error = ida.refused(409, "POST", f"/uploads/{name}/cancel")
    assert (error["state"], error["run"]) == ("imported", run)
    error = ida.refused(409, "POST", f"/runs/{run}/cancel")
    assert (error["state"], error["run"]) == ("finished", run)
    assert cancelled(web, checked) == cancelled(web, name) == cancelled(web, run) == []
    assert ida.refused(404, "POST", "/uploads/nothing/cancel")["state"] is None


@pytest.mark.slow(8)
def test_an_import_is_cancelled_while_it_is_sent_and_goes_on(slow, web, ida):  # noqa: F811
    name = ida.upload(many(), target="atlan")
    at = f"/uploads/{name}"
    ida.post(f"{at}/plan")
    ida.until(name)
    ida.post(f"{at}/import")
    deadline = time.monotonic() + DEADLINE
    while not (task := ida.get(f"{at}/progress")["task"]) or task["stage"] != "Sending":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert ida.post(f"{at}/cancel")["state"] == "importing"
    stopped = ida.until(name)
    assert (stopped["state"], stopped["why"]) == ("stopped", "Cancelled. It can go on.")
    assert ida.refused(409, "POST", f"{at}/cancel")["state"] == "stopped"
    assert cancelled(web, name) == ["importing"]
    slow.faults = None
    ida.post(f"{at}/resume")
    assert ida.until(name)["state"] == "imported"
    assert ida.get(f"/runs/{stopped['run']}")["counts"]["created"] == MANY + 1
