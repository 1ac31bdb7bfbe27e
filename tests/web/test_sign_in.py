"""Signing in and out over HTTP: by password, by link, and how a sign-in ends."""

import pytest

from importer.journal import failed
from importer.people import Role, links
from importer.people.secret import hash_of
from tests.web.served import PASSWORD, serving

pytestmark = pytest.mark.usefixtures("home")
WRONG = "The name or the password is wrong."


@pytest.fixture
def known(web):
    """A page where one importer has a password."""
    web.add("pia", Role.IMPORTER)
    return web


def signing_in(browser, name="pia", password=PASSWORD, onward="/", **headers):
    fields = {"name": name, "password": password, "next": onward}
    return browser.post("/sign-in", page="/sign-in", headers=headers, **fields)


def test_who_knows_the_password_is_signed_in_and_goes_where_they_wanted_to_go(known):
    browser = known.browser()
    asked = browser.get("/account?tab=1", allow_redirects=False)
    assert asked.headers["Location"] == "/sign-in?next=/account%3Ftab%3D1"
    assert 'value="/account?tab=1"' in browser.get(asked.headers["Location"]).text
    answer = signing_in(browser, onward="/account?tab=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account?tab=1")
    assert "pia" in browser.get("/account").text


@pytest.mark.parametrize(("name", "password"), [("pia", "wrong password"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(known, name, password):
    answer = signing_in(known.browser(), name, password)
    assert answer.status_code == 403
    assert WRONG in answer.text
    assert password not in answer.text


def test_signing_in_is_slowed_after_failures_also_with_the_right_password(known):
    many = failed.Slowing(free=-9)
    with known.site.store.writing() as connection:
        failed.count(connection, hash_of("name pia"), many)
    answer = signing_in(known.browser())
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 100
    assert "too many" in answer.text


def test_a_browser_in_which_somebody_signed_in_is_not_slowed_by_failures_under_their_name(known):
    browser = known.browser()
    signing_in(browser)
    assert browser.post("/sign-out").status_code == 303
    with known.site.store.writing() as connection:
        failed.count(connection, hash_of("name pia"), failed.Slowing(free=-9))
    assert signing_in(known.browser()).status_code == 429
    [device] = [one for one in browser.session.cookies if one.name.startswith("device-")]
    assert device.has_nonstandard_attr("HttpOnly")
    assert signing_in(browser).status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", r"/\evil.example", "evil", "/\t/evil.example"],
)
def test_nobody_is_sent_to_another_site_after_signing_in(known, elsewhere):
    answer = signing_in(known.browser(), onward=elsewhere)
    assert answer.headers["Location"] == "/"


def test_each_sign_in_has_a_new_cookie_that_scripts_and_other_sites_do_not_get(known):
    answers = [signing_in(known.browser()) for _ in range(2)]
    cookies = [answer.headers["Set-Cookie"] for answer in answers]  # the session, then the device
    assert cookies[0].partition(";")[0] != cookies[1].partition(";")[0]
    assert all("HttpOnly" in one and "SameSite=strict" in one for one in cookies)


def test_a_cookie_that_was_given_before_signing_in_signs_nobody_in(known):
    browser = known.browser()
    name = f"session-{known.site.serving.port}"
    browser.session.cookies.set(name, "chosen-by-somebody-else")
    signing_in(browser)
    mine = {"Cookie": f"{name}=chosen-by-somebody-else"}
    answer = known.browser().get("/account", headers=mine, allow_redirects=False)
    assert answer.status_code == 303


def test_a_link_signs_in_the_account_of_the_system_once(web):
    path = f"/link/{links.make(web.site.store)}"
    browser = web.browser()
    assert browser.get(path).url == f"{web.url}/"
    assert "with a one-time link" in browser.get("/account").text
    again = web.browser().get(path)
    assert again.status_code == 403
    assert "used already" in again.text


def test_a_link_opens_nothing_where_others_reach_the_page():
    with serving(local=False) as open_to_others:
        path = f"/link/{links.make(open_to_others.site.store)}"
        assert open_to_others.browser().get(path).status_code == 403


def test_who_signs_out_is_signed_out_and_the_cookie_is_worth_nothing(web):
    browser = web.signed_in("ida")
    copied = dict(browser.session.cookies)
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"
    assert "You are signed out." in browser.get("/").text
    browser.session.cookies.update(copied)
    assert "/sign-in" in browser.get("/").url


@pytest.mark.parametrize("setting", ["idle_hours", "session_hours"])
def test_a_session_ends_by_itself(write, setting):
    config = write("importer.toml", f"[web]\n{setting} = 0.0000001\n")
    with serving(config) as short:
        short.add("ida", Role.IMPORTER, password=None)
        browser = short.signed_in("ida")
        assert "/sign-in" in browser.get("/account").url
        posted = browser.post("/account/tokens", csrf="any", token="x")
        assert posted.status_code == 401
        assert "nothing was done" in posted.text


def test_a_link_on_another_site_to_a_page_opens_it_for_who_is_signed_in(web):
    """A strict cookie does not come with it: the page asks again by itself, once."""
    there = {"Sec-Fetch-Site": "cross-site"}
    first = web.browser().get("/account", headers=there)
    assert 'content="0; url=/account?again=1"' in first.text
    second = web.browser().get("/account?again=1", headers=there, allow_redirects=False)
    assert second.status_code == 303
