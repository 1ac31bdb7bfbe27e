"""The ways to sign in to a target: a token, a user with a password, a command."""

import shlex
import sys

import pytest

from importer.errors import CredentialsRefused
from importer.sign_in import SignIn, from_environment

VARIABLES = ("TOKEN", ("USER_NAME", "PASSWORD"), "COMMAND")


@pytest.fixture
def environment(monkeypatch):
    def set_(**values):
        for name in ("TOKEN", "USER_NAME", "PASSWORD", "COMMAND"):
            monkeypatch.setenv(name, values.get(name, ""))

    return set_


def printing(text, status=0):
    """A command that prints a text and ends with a status."""
    code = f"import sys; print({text!r}); sys.exit({status})"
    return shlex.join([sys.executable, "-c", code])


FLOOD = shlex.join([sys.executable, "-c", "print('x' * 10_000_000)"])
"""A command that prints more than anybody reads: it is ended."""


def test_a_token_goes_before_a_user_and_a_user_before_a_command(environment):
    environment(TOKEN=" t ", USER_NAME="ann", PASSWORD="p", COMMAND="c")
    assert from_environment(*VARIABLES) == SignIn("TOKEN", "t")
    environment(USER_NAME="ann", PASSWORD="p", COMMAND="c")
    assert from_environment(*VARIABLES) == SignIn("USER_NAME and PASSWORD", "p", "ann")
    environment(USER_NAME="ann", COMMAND="c")
    assert from_environment(*VARIABLES).variables == "COMMAND"
    environment()
    assert from_environment(*VARIABLES) is None


def test_a_command_is_run_when_a_token_is_needed(environment):
    environment(COMMAND=printing("  a token\n"))
    assert from_environment(*VARIABLES).renew() == "a token"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (printing("secret", 3), "it ended with status 3 and a text"),
        (printing(""), "it ended with status 0 and no text"),
        (printing("two\nlines"), "it ended with status 0 and something that is no token"),
        (FLOOD, "it ended with status -9 and something that is no token"),
        ("/nowhere/to/be/found", "there is no such program"),
        ("'", "its quotation marks do not match"),
    ],
)
def test_a_command_that_gives_no_token_is_explained_without_what_it_printed(
    environment, command, why
):
    environment(COMMAND=command)
    with pytest.raises(CredentialsRefused) as refused:
        from_environment(*VARIABLES).renew()
    assert str(refused.value) == f"The command in COMMAND gave no token: {why}."


def test_a_secret_is_not_shown(environment):
    environment(TOKEN="a-secret")
    assert "a-secret" not in repr(from_environment(*VARIABLES))


def test_a_command_reads_nothing_of_what_the_user_types(environment):
    code = "import sys; print(len(sys.stdin.read()))"
    environment(COMMAND=shlex.join([sys.executable, "-c", code]))
    assert from_environment(*VARIABLES).renew() == "0"


def test_a_password_keeps_its_blanks(environment):
    environment(USER_NAME=" ann ", PASSWORD=" p ")
    assert from_environment(*VARIABLES) == SignIn("USER_NAME and PASSWORD", " p ", "ann")
