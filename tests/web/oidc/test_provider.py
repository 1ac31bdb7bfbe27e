"""Signing in at a provider of OpenID Connect over HTTP: who is let in, as whom, and who is not."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from importer.journal.audit import AuditAction
from importer.people import Role, accounts, audit_log, tokens
from importer.visitor import By, Visitor
from tests.web.oidc.provider import (
    CLIENT,
    KEY,
    OTHER_KEY,
    SAME_NAME,
    SECRET,
    provider,
    signed_by_secret,
    unsigned,
)
from tests.web.served import PASSWORD, serving

pytestmark = [
    pytest.mark.usefixtures("home"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
]

SETTINGS = """
[web.oidc]
issuer = "{issuer}"
client_id = "{client}"
client_secret_env = "PAGE_SECRET"
title = "Example Ltd"
"""
BY_CLAIM = 'role_claim = "groups"\n[web.oidc.roles]\nstewards = "importer"\nowners = "admin"\n'


@pytest.fixture
def known(monkeypatch):
    """A provider."""
    monkeypatch.setenv("PAGE_SECRET", SECRET)
    with provider() as running:
        yield running


@pytest.fixture
def page(known, write):
    """Serve a page whose people sign in at the provider; more settings may follow."""
    opened = []

    def at(more=BY_CLAIM, **how):
        config = write("importer.toml", SETTINGS.format(issuer=known.url, client=CLIENT) + more)
        opened.append(serving(config, **how))
        web = opened[-1].__enter__()
        known.client.backs.append(f"{web.url.replace('http', web.site.serving.scheme)}{BACK}")
        return web

    yield at
    for one in opened:
        one.__exit__(None, None, None)


BACK = "/sign-in/back"


def returns(browser, onward="/"):
    """Go to the provider; the address by which it sends the browser back, not followed yet."""
    to = browser.get(f"/sign-in/provider?next={onward}", allow_redirects=False)
    assert to.status_code == 303, to.text
    back = browser.session.get(to.headers["Location"], allow_redirects=False, timeout=20)
    assert back.status_code == 302, back.text
    return back.headers["Location"]


def signs_in(browser, onward="/"):
    """Sign in; what the page answers."""
    return browser.session.get(returns(browser, onward), allow_redirects=False, timeout=20)


def grouped(known, *groups, name="pia", **more):
    known.says.claims = {"sub": "1", "preferred_username": name, "groups": [*groups], **more}


def test_who_signs_in_there_is_signed_in_here_and_goes_where_they_wanted_to_go(known, page):
    grouped(known, "everybody", "stewards", name="Pia@Example.org")
    browser = page().browser()
    asked = browser.get("/account?tab=1")
    button = re.search(r'href="(/sign-in/provider[^"]+)"', asked.text)[1]
    assert "Sign in at Example Ltd" in asked.text
    answer = signs_in(browser, button.partition("next=")[2])
    assert answer.status_code == 200
    assert 'content="0; url=/account?tab=1"' in answer.text
    account = browser.get("/account").text
    assert "pia@example.org" in account
    assert "importer" in account
    assert "sign-in" in account


def test_nobody_is_sent_to_another_site_after_signing_in(known, page):
    grouped(known, "stewards")
    answer = signs_in(page().browser(), "//evil.example")
    assert 'content="0; url=/"' in answer.text


ROLES = {
    "none that counts": (["everybody"], None),
    "one": (["stewards"], Role.IMPORTER),
    "the highest of several": (["stewards", "owners"], Role.ADMIN),
}


@pytest.mark.parametrize(("groups", "role"), ROLES.values(), ids=ROLES)
def test_the_role_is_the_highest_that_the_claim_gives(known, page, groups, role):
    grouped(known, *groups)
    web = page()
    answer = signs_in(web.browser())
    if role is None:
        assert answer.status_code == 403
        assert "You are known as pia, and have no role here. Ask an admin" in answer.text
        assert accounts.person(web.site.store, "pia") is None
    else:
        assert accounts.person(web.site.store, "pia").role is role


def test_without_a_table_of_roles_the_claim_holds_their_words_and_may_stand_within_another(
    known, page
):
    known.says.claims = {
        "sub": "1",
        "preferred_username": "pia",
        "realm_access": {"roles": ["viewer", "x"]},
    }
    web = page('role_claim = "realm_access.roles"\n')
    signs_in(web.browser())
    assert accounts.person(web.site.store, "pia").role is Role.VIEWER


def test_without_a_claim_for_roles_only_who_was_added_is_let_in_with_the_role_they_have(
    known, page
):
    web = page("")
    assert signs_in(web.browser()).status_code == 403
    web.add("Pia", Role.IMPORTER, password=None)
    browser = web.browser()
    assert signs_in(browser).status_code == 200
    assert "importer" in browser.get("/account").text


def test_a_name_and_groups_that_the_provider_says_only_when_asked_count_too(known, page):
    known.says.claims = {"sub": "1"}
    known.says.userinfo = {"preferred_username": "pia", "groups": ["stewards"]}
    web = page()
    assert signs_in(web.browser()).status_code == 200
    assert accounts.person(web.site.store, "pia").role is Role.IMPORTER


def test_what_is_said_of_somebody_else_when_asked_does_not_count(known, page):
    known.says.claims = {"sub": "1"}
    known.says.userinfo = {"sub": "2", "preferred_username": "pia", "groups": ["owners"]}
    assert signs_in(page().browser()).status_code == 503


def test_who_has_a_password_here_is_not_taken_over_by_a_name_at_the_provider(known, page):
    grouped(known, "owners")
    web = page()
    web.add("pia", Role.VIEWER, PASSWORD)
    answer = signs_in(web.browser())
    assert answer.status_code == 403
    assert "signs in here with a password" in answer.text
    assert accounts.person(web.site.store, "pia").role is Role.VIEWER


def test_a_role_that_has_changed_there_ends_the_sign_ins_of_before(known, page):
    grouped(known, "owners")
    web = page()
    before = web.browser()
    signs_in(before)
    assert before.get("/people").status_code == 200
    grouped(known, "stewards")
    signs_in(web.browser())
    assert "/sign-in" in before.get("/account").url


def test_who_has_lost_the_role_there_is_signed_out_everywhere_and_their_tokens_too(known, page):
    grouped(known, "stewards")
    web = page()
    before = web.browser()
    signs_in(before)
    pia = Visitor("pia", Role.IMPORTER, By.OIDC)
    tokens.add(web.site.store, pia, "pia", "nightly")
    grouped(known)
    assert signs_in(web.browser()).status_code == 403
    assert "/sign-in" in before.get("/account").url
    assert tokens.all_tokens(web.site.store) == []


def test_who_is_removed_here_is_signed_out_at_once(known, page):
    grouped(known, "stewards")
    web = page()
    browser = web.browser()
    signs_in(browser)
    accounts.remove(web.site.store, Visitor("ann", Role.ADMIN, By.SESSION), "pia")
    assert "/sign-in" in browser.get("/account").url


def test_signing_out_here_offers_signing_out_there(known, page):
    grouped(known, "stewards")
    web = page()
    browser = web.browser()
    signs_in(browser)
    out = browser.post("/sign-out")
    after = browser.get(out.headers["Location"])
    assert "You are signed out." in after.text
    assert 'href="/sign-out/provider"' in after.text
    there = browser.get("/sign-out/provider", allow_redirects=False).headers["Location"]
    asked = parse_qs(urlsplit(there).query)
    assert there.startswith(f"{known.url}/sign-out?")
    assert asked["post_logout_redirect_uri"] == [f"{web.url}/sign-in"]


def test_every_sign_in_and_every_refusal_is_in_the_audit_log(known, page):
    web = page()
    grouped(known, "stewards")
    signs_in(web.browser())
    grouped(known)
    signs_in(web.browser())
    found = [(one.action, one.who, one.by) for one in audit_log.newest(web.site.store)]
    assert found == [
        (AuditAction.SIGN_IN_REFUSED, "pia", By.OIDC),
        (AuditAction.SIGNED_IN, "pia", By.OIDC),
        (AuditAction.PERSON_ADDED, "pia", By.OIDC),
    ]


def test_what_the_provider_is_asked_has_pkce_a_state_and_a_nonce_new_each_time(known, page):
    browser = page().browser()
    asked = []
    for _ in range(2):
        to = browser.get("/sign-in/provider", allow_redirects=False)
        asked.append(parse_qs(urlsplit(to.headers["Location"]).query))
        cookie = to.headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=lax", "Max-Age=600"} <= set(cookie.split("; "))
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["response_type"] == ["code"]


def test_an_answer_counts_in_the_browser_that_asked_only(known, page):
    grouped(known, "stewards")
    web = page()
    address = returns(web.browser())
    other = web.browser()
    for _ in ("without an attempt", "with one of its own"):
        answer = other.session.get(address, allow_redirects=False, timeout=20)
        assert (answer.status_code, "begun in this browser" in answer.text) == (403, True)
        other.get("/sign-in/provider", allow_redirects=False)
    assert "/sign-in" in other.get("/account").url


def test_an_answer_counts_once(known, page):
    grouped(known, "stewards")
    web = page()
    browser = web.browser()
    attempt = browser.session.cookies
    address = returns(browser)
    kept = attempt.get_dict()
    assert browser.session.get(address, timeout=20, allow_redirects=False).status_code == 200
    again = web.browser()
    assert again.session.get(address, timeout=20, cookies=kept).status_code == 503


def test_who_declines_there_is_told_so_and_may_try_again(known, page):
    known.says.declines = True
    answer = signs_in(page().browser(), "/account")
    assert answer.status_code == 403
    assert "You were not signed in there." in answer.text
    assert "/sign-in/provider?next=/account" in answer.text


def test_an_answer_that_says_it_is_of_another_provider_is_refused(known, page):
    grouped(known, "stewards")
    browser = page().browser()
    answer = browser.session.get(f"{returns(browser)}&iss=https://evil.example", timeout=20)
    assert answer.status_code == 403


FORGED = {
    "another issuer": {"other": {"iss": "https://evil.example"}},
    "for another page": {"other": {"aud": ["another"]}},
    "for several pages, given to another": {"other": {"aud": [CLIENT, "x"], "azp": "x"}},
    "too old": {"other": {"exp": 1}},
    "of another attempt": {"other": {"nonce": "0" * 64}},
    "with another access token": {"other": {"at_hash": "x"}},
    "signed by a key that the provider has not": {"key": OTHER_KEY},
    "signed by a key that only calls itself so": {"key": SAME_NAME},
    "signed by nobody": {"forged": unsigned},
    "signed with a secret that is no key of the provider": {"forged": signed_by_secret},
}


@pytest.mark.parametrize("wrong", FORGED.values(), ids=FORGED)
def test_a_token_that_is_not_for_us_and_now_signs_nobody_in(known, page, wrong):
    grouped(known, "owners")
    for name, value in wrong.items():
        setattr(known.says, name, value)
    browser = page().browser()
    answer = signs_in(browser)
    assert answer.status_code == 503
    assert "does not answer as it should" in answer.text
    assert "/sign-in" in browser.get("/account").url


def test_a_new_key_of_the_provider_is_found(known, page):
    grouped(known, "stewards")
    web = page()
    assert signs_in(web.browser()).status_code == 200
    known.says.key, known.says.published = OTHER_KEY, [KEY, OTHER_KEY]
    assert signs_in(web.browser()).status_code == 200


UNFIT = {
    "of another issuer": {"issuer": "https://evil.example"},
    "without an endpoint": {"authorization_endpoint": ""},
    "with an endpoint that others can listen to": {"authorization_endpoint": "http://x.example/"},
}


@pytest.mark.parametrize("metadata", UNFIT.values(), ids=UNFIT)
def test_a_provider_that_is_not_what_the_settings_say_is_not_used(known, page, metadata):
    known.says.metadata = metadata
    answer = page().browser().get("/sign-in/provider", allow_redirects=False)
    assert answer.status_code == 503
    assert "does not answer as it should" in answer.text


def test_a_name_that_is_not_there_or_not_verified_is_not_taken(known, page):
    known.says.claims = {"sub": "1", "groups": ["stewards"]}
    answer = signs_in(page().browser())
    assert (answer.status_code, "preferred_username" in answer.text) == (403, True)


def test_an_address_that_the_provider_has_not_verified_is_no_name(known, page):
    more = {"email": "pia@example.org", "email_verified": False}
    grouped(known, "stewards", **more)
    answer = signs_in(page('name_claim = "email"\n' + BY_CLAIM).browser())
    assert (answer.status_code, "not verified" in answer.text) == (403, True)


def test_under_tls_the_cookie_of_an_attempt_is_for_this_host_only(known, page):
    web = page(tls=True)
    answer = web.browser().get("/sign-in/provider", allow_redirects=False)
    assert answer.headers["Set-Cookie"].startswith("__Host-attempt=")
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked["redirect_uri"] == [f"{web.url.replace('http', 'https')}{BACK}"]


@pytest.mark.parametrize("path", ["/sign-in/provider", BACK, "/sign-out/provider"])
def test_where_no_provider_is_set_there_is_nothing(web, path):
    answer = web.browser().get(path, allow_redirects=False)
    assert answer.status_code in {403, 404}
    assert "Sign in at" not in web.browser().get("/sign-in").text
