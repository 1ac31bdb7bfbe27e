"""What the tests of all folders share: servers started once, where files lie, what comes first."""

import os
import shutil

import pytest

from importer import sandbox
from tests.office import office
from tests.postgresql import database, postgresql, tables

__all__ = ["database", "office", "postgresql", "tables"]

MEMORY = "/dev/shm"
ROOM = 4 << 30


def pytest_configure(config):
    """Let nobody wait for a disk, as no power fails here, nor compile the project for each process.

    The folders of tests lie in memory where the system has room for them.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)


def pytest_collection_modifyitems(items):
    """Begin with the tests marked slow, the slowest first: none is left alone with one worker."""
    items.sort(key=lambda item: -sum(mark.args[0] for mark in item.iter_markers("slow")))


@pytest.fixture(scope="session")
def box():
    """A sandbox that keeps every request."""
    with sandbox.start(record=True) as running:
        yield running
