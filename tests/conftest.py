"""Fixtures of all folders, a folder and settings for each test, and the tests' order."""

import gc
import os
import shutil

import pytest
from hypothesis import settings

from importer import sandbox
from tests.office import office
from tests.once import NEW_OBJECTS, make_once
from tests.postgresql import database, journal_database, journal_tables, postgresql, tables
from tests.redis import redis, redis_of_all
from tests.shares import shares

__all__ = [
    "database", "journal_database", "journal_tables", "office", "postgresql", "redis",
    "redis_of_all", "tables",
]  # fmt: skip

OURS = ("IMPORTER_", "ATLAN_", "ATLAS_", "TREBELLAR_", "NO_COLOR")
"""How the environment variables that importer reads begin."""
MEMORY = "/dev/shm"
ROOM = 4 << 30


settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")  # how long an example takes depends on what else runs


def pytest_addoption(parser):
    """Add flags: the form in which the shared sandbox answers as Atlan, and how much is tried."""
    forms = [one.value for one in sandbox.Updates]
    parser.addoption("--updates", choices=forms, default="update", help="like `sandbox --updates`")
    words = "crash a small import at every point, not at every other one"
    parser.addoption("--every-point", action="store_true", help=words)


def pytest_configure(config):
    """Keep the folders of tests in memory, and the compiled files of the project between processes.

    Files in memory need not wait for a disk. Where it has no room, they are on disk as usual.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)
    gc.set_threshold(NEW_OBJECTS)
    make_once()


def pytest_collection_modifyitems(config, items):
    """Let each worker begin with its share of the tests marked slow, the slowest first."""
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = shares(items, workers, _seconds, _together)


def _seconds(item):
    """Return how long a test is said to take, 0 where nothing is said."""
    return sum(mark.args[0] for mark in item.iter_markers("slow"))


def _together(item):
    """Return the name of what a slow test has in common with others, None where it is nothing."""
    marks = item.iter_markers("slow")
    return next((name for mark in marks if (name := mark.kwargs.get("together"))), None)


def pytest_collection_finish():
    """Spare the collector the tests themselves: thousands of objects that stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def box(request):
    """A sandbox that keeps every request."""
    updates = sandbox.Updates(request.config.getoption("--updates"))
    with sandbox.start(record=True, variants=sandbox.Variants(updates)) as running:
        yield running


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Work in a folder of the test: its files, settings and state, and no variable of importer."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(tmp_path):
    """Write a file into the folder of the test."""

    def put(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put
