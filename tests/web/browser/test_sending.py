"""What is being sent, seen in two browsers; stopped, killed, gone on with: nothing twice."""

import pytest

from tests.uploads.lists import terms
from tests.web.browser.server import Target

pytestmark = pytest.mark.slow(30)
NAMES = [f"Term {number:03}" for number in range(200)]
ALL = sorted(["Finance", *NAMES])
FREE = 3
"""The batches that are let through: the glossary, and some of its terms."""


@pytest.fixture
def target():
    with Target(FREE) as made:
        yield made


@pytest.fixture
def importing(serve, window, target, tmp_path):
    """A server, and a window on an import that waits for the target with some of it sent."""
    server, (name, content) = serve(**target.settings), terms(*[[one, "Words."] for one in NAMES])
    (tmp_path / name).write_bytes(content)
    ida = window(server)
    ida.upload(tmp_path / name, target="atlan")
    ida.press("Plan the import")
    ida.press("Import 201 rows")
    ida.sees("glossary.xlsx is being imported")
    assert target.gate.reached.wait(60)
    return server, ida


def test_two_browsers_show_the_same_progress_and_either_cancels_it(importing, window, target):
    server, ida = importing
    ida.reads("Level 2")
    ida.looks("importing")
    other = window(server)
    other.open(ida.path)
    for each in (ida, other):
        each.reads("of 201")
        each.counts(done=41, total=201)
    other.press("Cancel")
    for each in (ida, other):
        each.reads("It stops as soon as what is in flight is answered.")
    other.looks("cancelled")
    target.gate.opened.set()
    for each in (ida, other):
        each.sees("glossary.xlsx has stopped")
    ida.reads("Cancelled. It can go on.")
    ida.looks("stopped")
    ida.press("Go on")
    ida.sees("glossary.xlsx is imported")
    assert target.sent() == ALL


def test_a_server_that_is_killed_goes_on_where_it_was_and_sends_nothing_twice(importing, target):
    server, ida = importing
    server.kill()
    target.gate.opened.set()
    target.gate.settle()
    assert len(target.sent()) < len(ALL)
    server.again()
    ida.sees("glossary.xlsx is imported")
    assert target.sent() == ALL
