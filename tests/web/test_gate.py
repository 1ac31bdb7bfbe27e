"""Nobody gets past the gate who is not signed in, and no post without the token of who asks."""

import re

import pytest
import requests

from importer.people import By, Visitor, tokens
from importer.web.app import application
from importer.web.pages import ROUTERS
from importer.web.security.gate import OPEN_PAGES

OPEN = OPEN_PAGES | {"/link/{secret}"}
SAFE = {"GET", "HEAD"}
ROUTES = [
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    for method in sorted(route.methods - {"HEAD"})
]
CLOSED = [(method, path) for method, path in ROUTES if path not in OPEN]
UNSAFE = [(method, path) for method, path in ROUTES if method not in SAFE]


def filled(path):
    return re.sub(r"\{\w+\}", "x", path)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_every_page_but_the_open_ones_needs_a_sign_in(web, method, path):
    browser = web.browser()
    answer = browser.session.request(method, browser.url + filled(path), allow_redirects=False)
    assert (answer.status_code, answer.headers.get("Location", "/sign-in")[:8]) in {
        (303, "/sign-in"),
        (401, "/sign-in"),
    }


@pytest.mark.parametrize("token", ["", "0" * 64, "ä"])
@pytest.mark.parametrize(("method", "path"), UNSAFE)
def test_every_post_needs_the_token_of_who_is_signed_in(web, method, path, token):
    browser = web.signed_in("ann")
    data = {"csrf": token} if token else {}
    answer = browser.session.request(method, browser.url + filled(path), data=data)
    assert answer.status_code == 403
    assert "nothing was done" in answer.text


def test_the_token_of_somebody_else_does_not_count(web):
    other = web.signed_in("ida").token()
    answer = web.signed_in("ann").post("/account/tokens", csrf=other, token="x")
    assert answer.status_code == 403


def test_a_script_may_send_the_token_in_a_header(web):
    browser = web.signed_in("ida")
    header = {"X-CSRF-Token": browser.token()}
    answer = browser.post("/account/tokens", csrf="", headers=header, token="nightly")
    assert answer.status_code == 201


FOREIGN = {
    "another site": {"Origin": "https://evil.example"},
    "no origin that can be named": {"Origin": "null"},
    "the same host at another port": {"Origin": "http://127.0.0.1:1"},
    "the same host without encryption or with it": {"Origin": "https://{host}"},
    "what the browser says": {"Origin": None, "Sec-Fetch-Site": "cross-site"},
    "another host of the same site": {"Origin": None, "Sec-Fetch-Site": "same-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("path", ["/sign-in", "/account/tokens"])
def test_what_is_posted_from_another_page_is_refused(web, headers, path):
    host = web.url.partition("://")[2]
    given = {name: value and value.format(host=host) for name, value in headers.items()}
    answer = web.signed_in("ida").post(path, headers=given, token="x")
    assert answer.status_code == 403
    assert "from another page" in answer.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_name_that_only_leads_here_is_refused(web, host):
    answer = web.signed_in("ann").get("/", headers={"Host": host})
    assert answer.status_code in {400, 421}
    assert "ann" not in answer.text


def test_every_name_of_this_machine_is_known(web):
    port = web.site.serving.port
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        assert web.browser().get("/alive", headers={"Host": f"{host}:{port}"}).status_code == 200


def test_a_token_of_a_program_counts_below_api_only(web):
    ida = Visitor("ida", "importer", By.TERMINAL)
    token = tokens.add(web.site.store, ida, "ida", "nightly")
    shown = {"Authorization": f"Bearer {token}"}
    browser = web.browser()
    assert browser.get("/api/openapi.json", headers=shown).status_code == 200
    assert "/sign-in" in browser.get("/account", headers=shown).url
    tokens.revoke(web.site.store, ida, "ida", "nightly")
    assert browser.get("/api/openapi.json", headers=shown).status_code == 401


def test_a_program_that_shows_a_wrong_token_is_nobody_even_with_a_good_cookie(web):
    answer = web.signed_in("ann").get(
        "/api/openapi.json", headers={"Authorization": "Bearer imp_x"}
    )
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_all_pages_are_known_to_these_tests(web):
    """A page that is added to the application some other way would be tested by nothing."""
    app = application(web.site)
    assert {path for _, path in ROUTES} >= OPEN
    assert app is not None


@pytest.mark.parametrize("path", ["//evil.example/x", "/%5Cevil.example/x", "//evil.example"])
def test_no_address_sends_somebody_to_another_host(web, path):
    headers = {"Host": web.url.partition("://")[2], "Sec-Fetch-Site": "cross-site"}
    answer = requests.Request("GET", web.url, headers=headers).prepare()
    answer.url = web.url + path
    found = requests.Session().send(answer, allow_redirects=False)
    assert found.status_code == 404
    assert "evil.example" not in found.text
