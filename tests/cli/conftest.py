"""The real command line, run in this process in a folder of the test, and a few small files."""

import csv
import signal

import pytest

from importer.cli.startup import RAISED
from tests.commands import importer

__all__ = ["importer"]

BUILDINGS = "Building,Timezone\nNorth,Europe/Berlin\nSouth,Europe/Paris\n"
ONE_WRONG = "Building,Timezone\nNorth,Europe/Berlin\nSouth,\n"
WARNED = "Building,Timezone,Adress\nNorth,Europe/Berlin,Main St 1\n"


FINDING = {
    "sheet",
    "row",
    "column",
    "cell",
    "value",
    "code",
    "severity",
    "message",
    "suggestion",
    "more_rows",
}
"""The keys of a finding in JSON."""


COMMON = {"version", "exit_status", "reason", "files", "started", "ended", "rows"}
"""The keys that every JSON object has."""


def statuses(path):
    """Return the outcome of every row in a CSV report."""
    with path.open(newline="") as stream:
        return [row["import_status"] for row in csv.DictReader(stream)]


@pytest.fixture(autouse=True)
def _separate_folder(home):
    """Run every command in a folder of the test."""


@pytest.fixture
def buildings(write):
    return write("buildings.csv", BUILDINGS)


@pytest.fixture
def one_wrong(write):
    return write("wrong.csv", ONE_WRONG)


@pytest.fixture
def handlers_as_before():
    """Put the handlers of signals back that a test changes."""
    before = {number: signal.getsignal(number) for number in RAISED}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
