"""Who can open the page: what lets others in unsafely is refused, each with its way out."""

import pytest

from importer.errors import UsageError
from importer.web.exposure import Exposure
from importer.web_settings import WebSettings

SECRET = "a-long-random-secret"
PROXY = {"trusted_proxies": ("10.0.0.1",), "proxy_secret_env": "PROXY_SECRET"}


def exposed(host="127.0.0.1", certificate=False, anybody=True, **web):
    return Exposure(host, certificate, WebSettings(**web), anybody)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "localhost", "::1"])
def test_this_machine_needs_nothing_and_has_a_link(host):
    found = exposed(host, anybody=False)
    found.refuse()
    serving = found.serving(8650)
    assert (serving.local, serving.tls, serving.only_proxies) == (True, False, False)
    assert {"127.0.0.1", "localhost", "[::1]"} <= set(serving.hosts)


REFUSED = {
    "no encryption": (exposed("192.0.2.7"), "--certificate, --key"),
    "nobody to sign in": (exposed("192.0.2.7", certificate=True, anybody=False), "user add NAME"),
    "every address, and no name": (exposed("0.0.0.0", certificate=True), "hosts"),
    "a proxy without a secret": (exposed(trusted_proxies=("10.0.0.1",)), "proxy_secret_env"),
    "a proxy whose secret is not set": (exposed(**PROXY), "fewer than 16 characters"),
    "a proxy without a secret for others": (
        exposed("192.0.2.7", **PROXY),
        "could say who they are",
    ),
}


@pytest.mark.parametrize(("asked", "words"), REFUSED.values(), ids=REFUSED)
def test_what_would_let_others_in_unsafely_is_refused(monkeypatch, asked, words):
    monkeypatch.delenv("PROXY_SECRET", raising=False)
    with pytest.raises(UsageError) as refusal:
        asked.refuse()
    assert words in str(refusal.value)


def test_with_a_certificate_and_somebody_to_sign_in_others_may_open_it():
    found = exposed("0.0.0.0", certificate=True, hosts=("imports.example.org",))
    found.refuse()
    serving = found.serving(443)
    assert (serving.local, serving.tls, serving.only_proxies) == (False, True, False)
    assert serving.url == "https://imports.example.org:443"


def test_behind_a_proxy_nobody_else_is_answered(monkeypatch):
    monkeypatch.setenv("PROXY_SECRET", SECRET)
    found = exposed(anybody=False, hosts=("imports.example.org",), **PROXY)
    found.refuse()
    serving = found.serving(8650)
    assert (serving.local, serving.tls, serving.only_proxies) == (False, True, True)
    assert serving.url == "https://imports.example.org"
