"""Headers and cookies: every answer has them, whatever it is."""

import pytest

from importer.people import Role
from tests.web.served import serving
from tests.web.steward import Steward

pytestmark = pytest.mark.usefixtures("home")

ANSWERS = {
    "a page": ("/account", {}),
    "a page that is not there": ("/nowhere", {}),
    "a redirect": ("/sign-in", {}),
    "a file": ("/static/importer.css", {}),
    "a host that is not known": ("/", {"Host": "evil.example"}),
    "an answer for programs": ("/api/openapi.json", {}),
}


@pytest.mark.parametrize(("path", "headers"), ANSWERS.values(), ids=ANSWERS)
def test_every_answer_says_what_a_browser_may_do_with_it(web, path, headers):
    found = web.signed_in("ann").get(path, headers=headers, allow_redirects=False).headers
    assert "default-src 'self'" in found["Content-Security-Policy"]
    assert "unsafe" not in found["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "same-origin"
    assert "server" not in found or found["server"] == "uvicorn"


def test_pages_are_not_kept_by_caches_and_files_are_for_as_long_as_their_address_says(web):
    browser = web.signed_in("ann")
    assert browser.get("/account").headers["Cache-Control"] == "no-store"
    assert "immutable" in browser.get("/static/importer.css?v=1").headers["Cache-Control"]
    assert browser.get("/static/importer.css").headers["Cache-Control"] == "no-cache"


def test_no_page_has_script_or_style_within_it(web):
    browser = web.signed_in("ann")
    for path in ("/", "/account", "/people", "/audit", "/nowhere"):
        text = browser.get(path).text
        assert " style=" not in text
        assert "<style" not in text
        assert "onclick" not in text
        assert text.count("<script") == text.count('<script type="module" src="/static/')


def test_under_tls_cookies_are_for_this_host_and_for_encrypted_connections_only():
    with serving(tls=True) as encrypted:
        encrypted.add("pia", Role.IMPORTER)
        fields = {"name": "pia", "password": "correct horse battery"}
        answer = encrypted.browser().post("/sign-in", page="/sign-in", **fields)
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-session=")
        assert {"Secure", "HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "path", ["/static/../site.py", "/static/%2e%2e/site.py", "/static//etc/passwd"]
)
def test_no_file_but_those_of_the_page_is_served(web, path):
    assert web.browser().get(path).status_code in {303, 404, 200}
    assert "class Site" not in web.browser().get(path).text
    assert "root:" not in web.browser().get(path).text


def test_a_download_is_kept_as_a_file_under_its_own_name_and_never_shown(web):
    steward = Steward.called(web)
    steward.uploads(("Terms <b>\u2019.csv", "Term\r\n<script>alert(1)</script>\r\n"))
    for path in (steward.path("files/1"), "/templates/atlan-glossary/blank"):
        found = steward.browser.get(path).headers
        assert found["Content-Disposition"].startswith("attachment; ")
        assert "<" not in found["Content-Disposition"]
        assert found["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in found["Content-Security-Policy"]
        assert found["Cache-Control"] == "no-store"
