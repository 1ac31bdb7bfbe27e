"""What goes wrong is said in one sentence with a way out; the log has the rest."""

import pytest
from fastapi import APIRouter, HTTPException
from starlette.requests import ClientDisconnect

from importer.errors import JournalLost, UsageError
from importer.people import Role
from importer.people.refused import Forbidden, NotThere
from importer.uploads.errors import CellChanged, NoSuchUpload, NotNow, UploadRefused
from importer.web.pages import ROUTERS
from tests.web.served import serving

SECRET = "a detail of the machine room"
RAISED = {
    "fault": (RuntimeError(SECRET), 500, "fault of importer, not yours"),
    "lost": (JournalLost(SECRET), 503, "cannot be read or written just now"),
    "usage": (UsageError("terms.pdf is no <spreadsheet>."), 422, "is no &lt;spreadsheet&gt;."),
    "no-upload": (NoSuchUpload("There is no such upload."), 404, "no such upload."),
    "not-now": (NotNow("It is being imported."), 409, "It is being imported."),
    "changed": (CellChanged("Somebody has changed it.", "x"), 409, "has changed it."),
    "too-large": (UploadRefused("It is 3 GB.", too_large=True), 413, "It is 3 GB."),
    "refused": (UploadRefused("There is no file in it."), 422, "no file in it."),
    "not-there": (NotThere(), 404, "nothing here that you can see"),
    "forbidden": (Forbidden("Only ann can do this."), 403, "Only ann can do this."),
    "stated": (HTTPException(409, "Somebody else was quicker."), 409, "was quicker."),
    "left": (ClientDisconnect(), 400, "Back to the start"),
    "phrase": (HTTPException(404), 404, "may have been removed"),
}
router = APIRouter()


@router.get("/raise/{name}")
@router.get("/api/raise/{name}")
def fail(name: str) -> None:
    raise RAISED[name][0]


@router.get("/row/{number}")
def row(number: int) -> None: ...


@pytest.fixture
def browser(home):
    with serving(pages=(*ROUTERS, router)) as web:
        web.add("ann", Role.ADMIN, password=None)
        yield web.signed_in("ann")


@pytest.mark.parametrize("name", RAISED)
def test_what_is_raised_is_a_page_with_a_sentence_and_a_way_out(browser, name):
    _, status, words = RAISED[name]
    answer = browser.get(f"/raise/{name}")
    assert answer.status_code == status
    assert words in answer.text
    assert "Back to the start" in answer.text
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert "default-src" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", RAISED)
def test_a_program_gets_the_same_as_json(browser, name):
    _, status, _ = RAISED[name]
    answer = browser.get(f"/api/raise/{name}")
    assert answer.json()["error"]["status"] == status
    assert SECRET not in answer.text


def test_an_address_whose_number_is_none_is_not_there(browser):
    answer = browser.get("/row/abc")
    assert answer.status_code == 404
    assert "detail" not in answer.text


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/account/", 404)])
def test_what_is_not_there_is_a_page_too(browser, path, status):
    answer = browser.get(path)
    assert answer.status_code == status
    assert "There is nothing here" in answer.text


def test_a_method_that_a_page_does_not_have_is_a_page_too(browser):
    answer = browser.post("/audit")
    assert answer.status_code == 405
    assert "This cannot be done here" in answer.text
