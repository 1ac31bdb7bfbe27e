"""People and their roles on the page: only admins manage them, and one admin always stays."""

import pytest

from importer.people import Role, accounts, tokens
from tests.web.served import PASSWORD

ADMINS_ONLY = ["/people", "/audit", "/people/ida/remove"]
POSTS = {
    "/people": {"name": "new", "role": "admin", "password": PASSWORD},
    "/people/role": {"name": "vic", "role": "admin"},
    "/people/remove": {"name": "ann"},
}


def roles(web):
    return {one.name: one.role for one in accounts.all_people(web.site.store)}


@pytest.mark.parametrize("who", ["ida", "vic"])
@pytest.mark.parametrize("path", ADMINS_ONLY)
def test_what_is_for_admins_is_not_there_for_others(web, who, path):
    browser = web.signed_in(who)
    assert browser.get(path).status_code == 404
    assert 'href="/people"' not in browser.get("/").text


@pytest.mark.parametrize("who", ["ida", "vic"])
@pytest.mark.parametrize(("path", "fields"), POSTS.items(), ids=POSTS)
def test_nobody_but_an_admin_changes_people(web, who, path, fields):
    before = roles(web)
    assert web.signed_in(who).post(path, **fields).status_code == 404
    assert roles(web) == before


def test_an_admin_adds_somebody_who_then_signs_in(web):
    answer = web.signed_in("ann").post("/people", name="Nell", role="importer", password=PASSWORD)
    assert answer.headers["Location"] == "/people"
    browser = web.browser()
    browser.post("/sign-in", page="/sign-in", name="nell", password=PASSWORD)
    assert "importer" in browser.get("/account").text


WRONG = {
    "a password that is too short": ({"name": "new", "role": "viewer", "password": "short"}, "12"),
    "a name with a space": ({"name": "a b", "role": "viewer", "password": ""}, "The name"),
    "a name that is taken": ({"name": "IDA", "role": "viewer", "password": ""}, "already"),
    "no role": ({"name": "new", "role": "boss", "password": ""}, "Choose a role"),
}


@pytest.mark.parametrize(("fields", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_new_person_is_said_and_the_form_keeps_the_name(web, fields, words):
    answer = web.signed_in("ann").post("/people", **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{fields["name"]}"' in answer.text
    assert 'value="short"' not in answer.text


def test_who_gets_another_role_is_signed_out(web):
    ida = web.signed_in("ida")
    web.signed_in("ann").post("/people/role", name="ida", role="viewer")
    assert roles(web)["ida"] is Role.VIEWER
    assert "/sign-in" in ida.get("/account").url


def test_removing_says_first_what_it_does_in_numbers(web):
    admin = web.signed_in("ann")
    ida = web.signed_in("ida")
    ida.post("/account/tokens", token="nightly")
    assert "1 token stops" in admin.get("/people/ida/remove").text
    admin.post("/people/remove", name="ida")
    assert "ida" not in roles(web)
    assert not tokens.all_tokens(web.site.store)
    assert "/sign-in" in ida.get("/account").url


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/people/role", {"name": "ann", "role": "viewer"}), ("/people/remove", {"name": "ann"})],
)
def test_the_last_admin_stays(web, path, fields):
    answer = web.signed_in("ann").post(path, **fields)
    assert answer.status_code == 422
    assert "only admin" in answer.text
    assert roles(web)["ann"] is Role.ADMIN


def test_a_name_that_is_html_is_shown_as_text(web):
    answer = web.signed_in("ann").post("/people", name="<b>x</b>", role="viewer", password="")
    assert "<b>x</b>" not in answer.text
    assert "&lt;b&gt;x" in answer.text
