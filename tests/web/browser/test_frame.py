"""Every page in a browser: nothing that axe finds, nothing wider than the window, by keyboard."""

import pytest

from tests.web.browser.conftest import cookies
from tests.web.browser.looks import wrong
from tests.web.browser.window import REFUSED as NOT_OK

PAGES = {
    "start": ("ann", "/"),
    "start-viewer": ("vic", "/"),
    "account": ("ida", "/account"),
    "people": ("ann", "/people"),
    "person-remove": ("ann", "/people/ida/remove"),
    "audit": ("ann", "/audit"),
    "nowhere": ("ann", "/nowhere"),
    "sign-in": ("", "/sign-in"),
    "components": ("ann", "/gallery"),
}


@pytest.mark.slow(20)
def test_every_page_is_accessible_fits_the_window_and_is_all_from_here(opened, web):
    """One page after the other in one window, whoever it is for; all that is wrong is listed."""
    page, found = opened(""), {}
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for name, (who, path) in PAGES.items():
        page.context.clear_cookies()
        page.context.add_cookies(cookies(web, who))
        answer = page.goto(web.url + path)
        assert page.url == web.url + path, name
        found[name] = (wrong(page, name), [one for one in said if answer.ok or NOT_OK not in one])
        said.clear()
    assert {name: one for name, one in found.items() if one != ([], [])} == {}
    assert [url for url in asked if not url.startswith(web.url)] == []


def test_the_keyboard_skips_to_the_content_and_reaches_every_link(opened, web):
    page = opened()
    page.goto(web.url + "/people")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.getAttribute('aria-label')")
        == "People and their roles"
    )


def test_without_script_a_form_does_what_it_does_with_script(opened, web):
    page = opened("ida", java_script_enabled=False)
    page.goto(web.url + "/account")
    page.get_by_label("Name of a new token").fill("weekly")
    page.get_by_role("button", name="Make a token").click()
    assert "imp_" in page.content()
    page.get_by_role("link", name="ida").click()
    page.get_by_role("button", name="Revoke weekly").click()
    assert page.get_by_role("status").inner_text().count("weekly is revoked") == 1
    page.reload()
    assert page.get_by_role("status").count() == 0


def test_times_are_shown_by_the_clock_of_the_person(opened, web):
    page = opened(timezone_id="Asia/Tokyo", locale="en-GB")
    page.goto(web.url + "/gallery")
    assert page.locator("time").inner_text() == "30 Nov 2026, 03:30"


def test_who_signs_in_by_form_and_out_again_is_out(opened, web):
    web.add("pia", "importer")
    page = opened("")
    page.goto(web.url + "/account")
    page.get_by_label("Name").fill("pia")
    page.get_by_label("Password").fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url(web.url + "/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(web.url + "/sign-in")
    page.go_back()
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
