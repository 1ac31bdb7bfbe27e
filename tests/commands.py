"""The real command line, run in this process."""

from dataclasses import dataclass

import pytest
from typer.testing import CliRunner

from importer.cli.app import app


@dataclass(frozen=True)
class CommandResult:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self):
        """The lines on stderr."""
        return self.err.splitlines()


@pytest.fixture
def importer():
    """Run a command in this process; an uncaught exception fails the test."""

    def run(*args):
        result = CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)
        return CommandResult(result.exit_code, result.stdout, result.stderr)

    return run
