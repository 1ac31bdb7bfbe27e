"""How much may be sent: what is too much is refused before it is read."""

import pytest

from importer.web.security.body_limit import FORM

MANY = "x" * (FORM + 1)


def pieces():
    for _ in range(FORM // 10_000 + 2):
        yield b"x" * 10_000


def test_a_form_that_is_too_large_is_refused_by_its_stated_length(web):
    answer = web.signed_in("ida").post("/account/tokens", token=MANY)
    assert answer.status_code == 413
    assert "This is too large" in answer.text


def test_a_form_that_does_not_state_its_length_is_refused_once_it_is_too_large(web):
    browser = web.signed_in("ida")
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": browser.url}
    answer = browser.session.post(f"{browser.url}/account/tokens", data=pieces(), headers=kind)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/uploads/x", "/account", "/uploadsx"])
def test_only_where_files_are_uploaded_more_may_be_sent(web, path):
    assert web.signed_in("ida").post(path, token=MANY).status_code == 413
    file = {"files": ("a.csv", MANY)}
    assert web.signed_in("ida").post("/uploads", files=file).status_code != 413
    assert web.signed_in("ida").post("/uploads", token=MANY).status_code == 413


def test_who_is_not_signed_in_sends_nothing_for_long(web):
    browser = web.browser()
    answer = browser.session.post(f"{browser.url}/uploads", data=b"x" * FORM)
    assert answer.status_code == 401


def test_who_may_upload_nothing_is_refused_before_their_form_is_read(web):
    answer = web.signed_in("vic").post("/uploads", csrf="", files={"files": ("a.csv", MANY)})
    assert answer.status_code == 403
    assert "your role is viewer" in answer.text.lower()
