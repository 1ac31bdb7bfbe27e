"""A running sandbox in, a target of each system out; and a server that misbehaves on demand."""

import pytest

import importer.sandbox as sandbox
from importer.targets import SYSTEMS
from tests.targets.changes import TOKEN
from tests.targets.scripted import Scripted


@pytest.fixture(scope="module")
def box():
    with sandbox.start(record=True) as running:
        yield running


@pytest.fixture(scope="module")
def atlan(box):
    target = SYSTEMS["atlan"](box.url, TOKEN, rate=None, options={"index_lag": 0})
    yield target
    target.close()


@pytest.fixture(scope="module")
def trebellar(box):
    target = SYSTEMS["trebellar"](box.url, TOKEN, rate=None)
    yield target
    target.close()


@pytest.fixture
def scripted():
    with Scripted() as server:
        yield server


@pytest.fixture
def waits():
    """The seconds that were slept: nobody waits in a test."""
    return []


@pytest.fixture(params=sorted(SYSTEMS))
def system(request):
    return request.param


@pytest.fixture
def against(scripted, waits):
    """Makes a target of a system that talks to the scripted server."""
    made = []

    def make(system, token=TOKEN, **rest):
        target = SYSTEMS[system](scripted.url, token, rate=None, sleep=waits.append, **rest)
        made.append(target)
        return target

    yield make
    for target in made:
        target.close()
