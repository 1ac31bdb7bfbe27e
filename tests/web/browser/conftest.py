"""One Chromium for all tests of this folder, windows in it, and pages that are served."""

import itertools

import pytest

from importer.people import Visitor, accounts, sign_ins
from importer.session import open_session
from importer.visitor import By
from importer.web.pages import ROUTERS
from tests.web.browser.browsers import FLAGS, chromium
from tests.web.browser.looks import SIZES
from tests.web.browser.server import PageServer, add_people
from tests.web.conftest import PEOPLE
from tests.web.gallery import gallery
from tests.web.served import serving

PATIENCE = 60_000
"""Milliseconds that something may take on a busy machine; nothing waits for their end."""


@pytest.fixture(scope="session")
def chrome():
    """The system's Chromium; without one these tests are left out, by name."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium here: pages are not looked at in a browser")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def contexts(chrome):
    """Make browser contexts, each with cookies of its own, that end with the test."""
    made = []

    def make(cookies=(), **more):
        made.append(chrome.new_context(viewport=SIZES["wide"], color_scheme="light", **more))
        made[-1].set_default_timeout(PATIENCE)
        made[-1].add_cookies([*cookies])
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def web(home):
    """A page over HTTP with one person of each role, and the page of components."""
    with serving(pages=(*ROUTERS, gallery.router)) as served:
        for name, role in PEOPLE.items():
            served.add(name, role, password=None)
        yield served


@pytest.fixture
def opened(contexts, web):
    """Open a browser window in which somebody is signed in, or nobody ("")."""

    def open_as(name="ann", **more):
        return contexts(cookies(web, name), **more).new_page()

    return open_as


def cookies(web, name):
    """What a browser keeps in which somebody is signed in, or nobody ("")."""
    kept = web.signed_in(name).session.cookies.get_dict() if name else {}
    return [{"name": key, "value": value, "url": web.url} for key, value in kept.items()]


@pytest.fixture
def serve(home):
    """Start `importer serve` with people of all roles; all are ended with the test."""
    add_people()
    started = []

    def start(**settings):
        started.append(PageServer(**settings))
        return started[-1]

    yield start
    for one in started:
        one.kill()
    assert not any("Traceback" in one.said() for one in started)


@pytest.fixture
def window(contexts, request):
    """Open a window on a server in which somebody is signed in, or nobody ("")."""
    from tests.web.browser.window import Window

    numbers, opened = itertools.count(1), []

    def open_as(server, name="ida", **more):
        cookies = [_cookie(server, name)] if name else []
        page = contexts(cookies, accept_downloads=True, **more).new_page()
        title = f"{request.node.name.removeprefix('test_')[:24]}-{next(numbers)}"
        opened.append(Window(page, server.url, title))
        return opened[-1]

    yield open_as
    assert [one.wrong() for one in opened if one.wrong()] == []


def _cookie(server, name):
    """What a browser keeps of somebody who has signed in."""
    with open_session(None) as session:
        store = session.journal.store
        visitor = Visitor(name, accounts.person(store, name).role, By.SESSION)
        key = sign_ins.begin(store, visitor, sign_ins.Limits())
    port = server.url.rpartition(":")[2]
    return {"name": f"session-{port}", "value": key, "url": server.url}
