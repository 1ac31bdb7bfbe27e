"""A trusted proxy says who asks: from its address and with the shared secret, else nobody is."""

import pytest
from starlette.requests import HTTPConnection

from importer.people import Role
from importer.web.security.proxy import client_address
from tests.web.served import serving

SECRET = "a-long-random-secret"
SETTINGS = """
[web]
trusted_proxies = ["{network}"]
proxy_secret_env = "PROXY_SECRET"
"""


def said(name="ida", secret=SECRET):
    return {"X-Forwarded-User": name, "X-Proxy-Secret": secret}


@pytest.fixture
def behind(home, write, monkeypatch):
    """A page behind a proxy at an address of this machine, or at another."""
    monkeypatch.setenv("PROXY_SECRET", SECRET)

    def at(network="127.0.0.0/8"):
        return serving(write("importer.toml", SETTINGS.format(network=network)), tls=True)

    return at


def asked(web, headers):
    web.add("ida", Role.IMPORTER, password=None)
    return web.browser().get("/account", headers=headers, allow_redirects=False)


def test_who_a_trusted_proxy_names_is_who_asks(behind):
    with behind() as web:
        answer = asked(web, said("IDA"))
        assert answer.status_code == 200
        assert "by your organisation" in answer.text
        assert 'action="/sign-out"' not in answer.text


NOBODY = {
    "a wrong secret": said(secret="guessed-random-secret"),
    "no secret": {"X-Forwarded-User": "ida"},
    "an empty secret": said(secret=""),
    "a name that nobody here has": said("mallory"),
    "no name": said(""),
}


@pytest.mark.parametrize("headers", NOBODY.values(), ids=NOBODY)
def test_without_the_secret_and_a_known_name_nobody_is_signed_in(behind, headers):
    with behind() as web:
        assert asked(web, headers).status_code == 303


def test_the_header_counts_nothing_from_another_address(behind):
    with behind("10.0.0.0/8") as web:
        assert asked(web, said()).status_code == 303


def test_the_header_counts_nothing_where_no_proxy_is_trusted(web):
    answer = web.browser().get("/account", headers=said("ann"), allow_redirects=False)
    assert answer.status_code == 303


def test_a_post_through_a_proxy_needs_the_token_too(behind):
    with behind() as web:
        web.add("ida", Role.IMPORTER, password=None)
        browser = web.browser()
        browser.session.headers.update(said())
        assert browser.post("/account/tokens", csrf="guessed", token="x").status_code == 403
        assert browser.post("/account/tokens", token="x").status_code == 201


def test_who_comes_around_the_proxy_is_refused(home, write, monkeypatch):
    monkeypatch.setenv("PROXY_SECRET", SECRET)
    config = write("importer.toml", SETTINGS.format(network="10.0.0.0/8"))
    with serving(config, tls=True, only_proxies=True) as web:
        answer = web.browser().get("/sign-in")
        assert answer.status_code == 403
        assert "address of the proxy" in answer.text


def test_the_address_of_a_client_is_the_last_that_a_proxy_has_added(behind):
    lines = [(b"x-forwarded-for", b"1.1.1.1, 2.2.2.2"), (b"x-forwarded-for", b"3.3.3.3, 4.4.4.4")]
    secret = (b"x-proxy-secret", SECRET.encode())
    with behind() as web:
        scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": [*lines, secret]}
        assert client_address(HTTPConnection(scope), web.site) == "4.4.4.4"
