"""Fixtures of uploads: a desk with a real journal, queue and sandbox, and its worker."""

import pytest

from tests.uploads.desk import Desk


@pytest.fixture
def desk(home):
    """A journal with uploads, and a worker that does the tasks in this process."""
    with Desk(home) as desk, desk.working():
        yield desk


@pytest.fixture
def idle(home):
    """A journal with uploads whose tasks nobody does."""
    with Desk(home) as desk:
        yield desk
