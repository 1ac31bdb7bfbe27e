"""Every page in a browser: nothing that axe finds, nothing wider than the window, by keyboard."""

import pytest

from tests.web.browser.looks import look

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


@pytest.mark.parametrize(("who", "path"), PAGES.values(), ids=PAGES)
def test_a_page_is_accessible_and_fits_the_window(opened, web, request, who, path):
    page = opened(who)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(web.url + path)
    look(page, request.node.callspec.id)


def test_nothing_is_loaded_from_elsewhere_and_nothing_breaks_the_policy(opened, web):
    page = opened()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in ("/gallery", "/people", "/audit", "/account"):
        page.goto(web.url + path)
    assert [url for url in asked if not url.startswith(web.url)] == []
    assert said == []


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
