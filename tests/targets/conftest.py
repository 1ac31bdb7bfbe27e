"""Targets of each system: against a shared sandbox, and against a server that misbehaves."""

import pytest

import importer.sandbox as sandbox
from importer.targets import systems
from tests.targets.build import TOKEN, settings
from tests.targets.scripted import Scripted


@pytest.fixture(scope="session")
def box():
    with sandbox.start(record=True) as running:
        yield running


@pytest.fixture(scope="session")
def atlan(box):
    target = systems()["atlan"].open(settings(box.url), {"index_lag": 0})
    yield target
    target.close()


@pytest.fixture(scope="session")
def trebellar(box):
    target = systems()["trebellar"].open(settings(box.url), {})
    yield target
    target.close()


@pytest.fixture
def scripted():
    with Scripted() as server:
        yield server


@pytest.fixture
def waits():
    """The seconds that were slept: no test waits."""
    return []


@pytest.fixture(params=sorted(systems()))
def system(request):
    return request.param


@pytest.fixture
def open_target():
    """Opens a target of a system and closes it after the test."""
    targets = []

    def open_(system, url, options=None, **connection):
        targets.append(systems()[system].open(settings(url, **connection), options))
        return targets[-1]

    yield open_
    for target in targets:
        target.close()


@pytest.fixture
def against(open_target, scripted, waits):
    """Opens a target of a system that talks to the scripted server."""

    def open_(system, token=TOKEN, **connection):
        return open_target(system, scripted.url, token=token, sleep=waits.append, **connection)

    return open_
