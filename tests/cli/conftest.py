"""A folder of its own for each test, the real command line in this process, a few small files."""

import os
from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from importer.cli.app import app

OURS = ("IMPORTER_", "ATLAN_", "TREBELLAR_", "NO_COLOR")

BUILDINGS = "Building,Timezone\nNorth,Europe/Berlin\nSouth,Europe/Paris\n"
ONE_WRONG = "Building,Timezone\nNorth,Europe/Berlin\nSouth,\n"
WARNED = "Building,Timezone,Adress\nNorth,Europe/Berlin,Main St 1\n"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """State, settings and files of a test stand in its own folder."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def importer():
    """Runs a command in this process; an exception that nobody catches fails the test."""

    def run(*args):
        result = CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def write(tmp_path):
    """Writes a file into the test's folder."""

    def put(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return put


@pytest.fixture
def buildings(write):
    return write("buildings.csv", BUILDINGS)


@pytest.fixture
def one_wrong(write):
    return write("wrong.csv", ONE_WRONG)
