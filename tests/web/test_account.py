"""One's own account: tokens are shown once, a password is changed by who knows it."""

import re

import pytest

from importer.people import By, Role, tokens
from tests.web.served import PASSWORD

NEW = "another long passphrase"


@pytest.fixture
def pia(web):
    """A browser of somebody who has a password."""
    web.add("pia", Role.IMPORTER)
    return web.signed_in("pia")


def test_a_token_is_shown_once_and_is_the_person(web):
    browser = web.signed_in("ida")
    made = browser.post("/account/tokens", token="weekly")
    token = re.search(r"imp_[\w-]+", made.text)[0]
    assert tokens.visitor_of(web.site.store, token).name == "ida"
    later = browser.get("/account").text
    assert "weekly" in later
    assert token not in later


def test_only_ones_own_tokens_are_seen_and_revoked(web):
    web.signed_in("ida").post("/account/tokens", token="weekly")
    other = web.signed_in("vic")
    assert "weekly" not in other.get("/account").text
    assert other.post("/account/tokens/revoke", token="weekly").status_code == 422
    assert len(tokens.all_tokens(web.site.store)) == 1


def test_a_token_that_is_revoked_is_gone(web):
    browser = web.signed_in("ida")
    browser.post("/account/tokens", token="weekly")
    browser.post("/account/tokens/revoke", token="weekly")
    assert not tokens.all_tokens(web.site.store)


def test_a_token_without_a_name_is_refused_at_its_field(web):
    answer = web.signed_in("ida").post("/account/tokens", token="")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_the_account_of_this_computer_has_no_tokens(web):
    browser = web.signed_in("root", Role.ADMIN, By.LOOPBACK)
    assert "has no tokens" in browser.get("/account").text
    assert browser.post("/account/tokens", token="x").status_code == 422


def test_who_changes_the_password_stays_signed_in_here_and_nowhere_else(web, pia):
    elsewhere = web.signed_in("pia")
    answer = pia.post("/account/password", password=PASSWORD, new=NEW, again=NEW)
    assert answer.status_code == 303
    assert "pia" in pia.get("/account").text
    assert "/sign-in" in elsewhere.get("/account").url
    after = web.browser().post("/sign-in", page="/sign-in", name="pia", password=NEW)
    assert after.status_code == 303


WRONG = {
    "the present one is wrong": {"password": "no such password", "new": NEW, "again": NEW},
    "the new ones differ": {"password": PASSWORD, "new": NEW, "again": NEW + "x"},
    "the new one is short": {"password": PASSWORD, "new": "short", "again": "short"},
}


@pytest.mark.parametrize("fields", WRONG.values(), ids=WRONG)
def test_a_password_is_not_changed_unless_all_is_right(web, pia, fields):
    answer = pia.post("/account/password", **fields)
    assert answer.status_code == 422
    before = web.browser().post("/sign-in", page="/sign-in", name="pia", password=PASSWORD)
    assert before.status_code == 303
