"""Fixtures of uploads: a desk with a real journal, queue and sandbox, and its worker."""

import pytest

from tests.postgresql import PLACES, place
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


@pytest.fixture(params=PLACES)
def any_desk(request, home, tmp_path, monkeypatch):
    """A desk on SQLite, and one on PostgreSQL."""
    monkeypatch.setenv("IMPORTER_JOURNAL", place(request, tmp_path))
    with Desk(home) as desk, desk.working():
        yield desk
