"""A password is masked in every form that the URL of a database or a link may have."""

import pytest

from importer.credentials import (
    has_password,
    holds_credentials,
    passwords_in,
    without_credentials,
    without_password,
)

HIDDEN = {
    "as usual": ("postgresql://me:pw-1@db/runs", "postgresql://me:***@db/runs"),
    "with a driver": (
        "postgresql+psycopg://me:pw-1@db/runs",
        "postgresql+psycopg://me:***@db/runs",
    ),
    "without a name": ("postgresql://:pw-1@db/runs", "postgresql://:***@db/runs"),
    "with an at sign": ("postgresql://me:p@pw-1@db/runs", "postgresql://me:***@db/runs"),
    "with a slash": ("postgresql://me:p/pw-1@db/runs", "postgresql://me:***@db/runs"),
    "with a question mark": ("postgresql://me:p?pw-1@db/runs", "postgresql://me:***@db/runs"),
    "as a parameter": (
        "postgresql://db/runs?user=me&password=pw-1",
        "postgresql://db/runs?user=me&password=***",
    ),
    "as the first parameter": (
        "postgresql://db/runs?PassWord=pw-1&user=me",
        "postgresql://db/runs?PassWord=***&user=me",
    ),
    "of a certificate": (
        "postgresql://me@db/runs?sslpassword=pw-1",
        "postgresql://me@db/runs?sslpassword=***",
    ),
}


@pytest.mark.parametrize(("url", "masked"), HIDDEN.values(), ids=HIDDEN)
def test_a_password_is_masked_and_the_rest_stays(url, masked):
    assert without_password(url) == masked
    assert has_password(url)
    assert any("pw-1" in password for password in passwords_in(url))


@pytest.mark.parametrize("plain", ["postgresql://me@db/runs", "/a:b@c/journal.db", "runs.db"])
def test_what_holds_no_password_stays_as_it_is(plain):
    assert without_password(plain) == plain
    assert not has_password(plain)
    assert passwords_in(plain) == []


LINKS = {
    "a name and a password": ("see https://me:pw@x.org/a.", "see https://***@x.org/a."),
    "a token": ("https://ghp_1@github.com/a", "https://***@github.com/a"),
    "two of them": ("ftp://a:b@x.org https://c:d@y.org", "ftp://***@x.org https://***@y.org"),
    "in JSON": (r'{"a": "https://me:p\"w@x.org"}', '{"a": "https://***@x.org"}'),
}


@pytest.mark.parametrize(("text", "masked"), LINKS.values(), ids=LINKS)
def test_what_stands_before_the_host_of_a_link_is_masked(text, masked):
    assert without_credentials(text) == masked
    assert holds_credentials(text)


@pytest.mark.parametrize(
    "plain",
    [
        "https://medium.com/@somebody",
        "https://x.org?to=a@b.org",
        "mailto:jo@x.org",
        "postgresql://me:***@db/runs",
    ],
)
def test_an_at_sign_elsewhere_is_no_credential(plain):
    assert without_credentials(plain) == plain
    assert not holds_credentials(plain)
