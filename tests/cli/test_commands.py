"""The commands by name: said before any is loaded, and loaded one by one."""

import subprocess
import sys

import pytest

from importer.cli.commands import ABOUT, COMMANDS, CommandsByName
from tests.cli.process import environment

LOADED = "import sys; from importer.cli.app import app\ntry: app({arguments})\n"
LOADED += "except SystemExit: print(*(m for m in sys.modules if m.startswith('importer.cli.')))"


def modules(*arguments):
    """The modules of the command line that a process has loaded for these arguments."""
    command = [sys.executable, "-c", LOADED.format(arguments=list(arguments))]
    ended = subprocess.run(command, stdout=subprocess.PIPE, env=environment(), check=True)
    last = ended.stdout.decode().splitlines()[-1]
    return {name.removeprefix("importer.cli.") for name in last.split()}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_how_the_help_of_a_command_begins(name):
    help_ = " ".join(CommandsByName()[name].help.split())
    assert help_.startswith(COMMANDS[name])


def test_the_list_of_commands_loads_none(home):
    assert modules("--help") & set(ABOUT) == set()


def test_a_command_loads_no_other(home):
    assert modules("runs", "--help") & set(ABOUT) == {"runs"}


def test_a_command_that_is_none_is_no_name():
    assert "app" not in CommandsByName()
    assert set(CommandsByName()) == set(ABOUT)
