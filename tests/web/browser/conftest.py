"""One Chromium for all tests of this folder, and a page with the components beside the others."""

import pytest

from importer.web.pages import ROUTERS
from tests.web.browser.browsers import FLAGS, chromium
from tests.web.conftest import PEOPLE
from tests.web.gallery import gallery
from tests.web.served import serving


@pytest.fixture(scope="session")
def chrome():
    """The system's Chromium; without one these tests are left out, by name."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium here: pages are not looked at in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def web(home):
    """A page over HTTP with one person of each role, and the page of components."""
    with serving(pages=(*ROUTERS, gallery.router)) as served:
        for name, role in PEOPLE.items():
            served.add(name, role, password=None)
        yield served


@pytest.fixture
def opened(chrome, web):
    """Open a browser window in which somebody is signed in, or nobody ("")."""
    contexts = []

    def open_as(name="ann", size=(1280, 900), scheme="light", **more):
        context = chrome.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **more
        )
        contexts.append(context)
        cookies = web.signed_in(name).session.cookies.get_dict() if name else {}
        context.add_cookies(
            [{"name": key, "value": value, "url": web.url} for key, value in cookies.items()]
        )
        return context.new_page()

    yield open_as
    for context in contexts:
        context.close()
