"""Base URLs, tokens and the rate limit of a connection."""

import pytest

from importer.errors import UsageError
from importer.targets import systems
from importer.targets.connection import normal_url
from tests.targets.build import ATLAN_ERROR, granted, one_change, settings
from tests.targets.scripted import Says


def test_a_connection_serves_all_requests_one_after_the_other(system, against, scripted):
    """A new one for each, with its handshakes, would take longer than the request itself."""
    change = one_change(system)
    scripted.will_say(granted(system, change), Says(404, ATLAN_ERROR), granted(system, change))
    target = against(system)
    for _ in range(3):
        target.submit([change])
    session = target._transport._connected().writing
    [pool] = session.get_adapter(scripted.url).poolmanager.pools._container.values()
    assert (pool.num_requests, pool.num_connections) == (3, 1)


@pytest.mark.parametrize("token", ["", "  ", "two\nlines", "schlüssel"])
def test_a_token_that_cannot_be_one_is_refused_by_the_name_of_its_variable(system, token):
    with pytest.raises(UsageError, match="MY_KEY") as caught:
        systems()[system].open(settings("http://127.0.0.1:9", token, token_name="MY_KEY"), {})
    assert not token.strip() or token not in str(caught.value)


@pytest.mark.parametrize("url", ["", "tenant.example.com", "ftp://x", "https://", "http://u:p@x/"])
def test_what_is_no_base_url_is_refused(url):
    with pytest.raises(UsageError):
        normal_url(url)


@pytest.mark.parametrize(
    ("given_url", "normal"),
    [
        ("HTTPS://Tenant.Example.COM:443/", "https://tenant.example.com"),
        ("http://localhost:80", "http://localhost"),
        ("http://localhost:8080/base/", "http://localhost:8080/base"),
        (" https://[::1]:8443 ", "https://[::1]:8443"),
    ],
)
def test_one_place_has_one_spelling(given_url, normal, system):
    assert normal_url(given_url) == normal_url(normal) == normal
    target = systems()[system].open(settings(given_url), {})
    assert target.identity == f"{system} {normal}"


def test_a_rate_limit_lets_a_burst_through_and_counts_what_is_sent(scripted, open_target):
    scripted.will_say(Says(200, {"entities": []}))
    target = open_target("atlan", scripted.url, rate=6000)
    for _ in range(3):
        target.ping()
    [bucket] = target._transport._connected().limiter.buckets()
    assert bucket.count() == 3
    assert [(rate.limit, rate.interval) for rate in bucket.rates] == [(60, 600)]


def test_the_settings_do_not_show_the_token():
    """They may end up in a traceback or a log."""
    assert "secret" not in repr(settings("http://127.0.0.1:9", "secret"))
