"""Fixtures of jobs: nights in a folder of the test."""

import pytest

from tests.jobs.night import Night


@pytest.fixture
def nights(home):
    """Makes a job in the folder of the test, with more settings."""
    made = []

    def night(*more, **other):
        made.append(Night(home, *more, **other))
        return made[-1]

    yield night
    for one in made:
        one.__exit__()


@pytest.fixture
def night(nights):
    """A job that imports what is in the inbox into the sandbox."""
    return nights()
