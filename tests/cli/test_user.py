"""`importer user`: people, their roles, passwords and tokens, from the command line."""

import json
import subprocess

import pytest

from importer.people import by_password, passwords, tokens
from importer.people.refused import SignInRefused
from importer.session import open_session
from importer.visitor import By, Role, Visitor
from tests.cli.process import environment
from tests.cli.terminal import Terminal
from tests.forked import Forked

GOOD, OTHER = "correct horse battery", "another long password"


@pytest.fixture
def piped(home):
    """Run a command with a text on stdin."""

    def act(text, *args):
        with Forked("importer", *args, env=environment(), stdin=subprocess.PIPE) as process:
            out, err = process.communicate(text)
            return process.returncode, out, err

    return act


@pytest.fixture
def store(home):
    """The journal of the commands."""
    with open_session(None) as session:
        yield session.journal.store


@pytest.fixture
def anna(importer):
    importer("user", "add", "anna", "--role", "importer", "--no-password")


def may_sign_in(store, password):
    try:
        return by_password.sign_in(store, "anna", password, "192.0.2.1")
    except SignInRefused:
        return None


def test_a_person_is_added_with_the_password_on_stdin(piped, store):
    status, out, err = piped(f"{GOOD}\nmore\n", "user", "add", "Anna", "--role", "importer")
    assert (status, out, err) == (0, "anna (importer) may use the page.\n", "")
    assert may_sign_in(store, GOOD) == Visitor("anna", Role.IMPORTER, By.SESSION)


@pytest.mark.parametrize("ending", ["", "\r\n"])
def test_the_end_of_the_line_is_no_part_of_a_password(piped, store, ending):
    piped(GOOD + ending, "user", "add", "anna", "--role", "viewer")
    assert may_sign_in(store, GOOD)


def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(home, store):
    terminal = Terminal("user", "add", "anna", "--role", "admin")
    terminal.until("New password of anna")
    terminal.type(f"{GOOD}\n")
    terminal.until("Repeat")
    terminal.type(f"{GOOD}\n")
    assert terminal.end() == 0
    assert GOOD not in terminal.text
    assert may_sign_in(store, GOOD).role is Role.ADMIN


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "no password on stdin"), ("\n", "no password on stdin"), ("short\n", "12 characters")],
)
def test_without_a_good_password_nobody_is_added(piped, importer, text, words):
    status, out, err = piped(text, "user", "add", "anna", "--role", "importer")
    assert (status, out) == (2, "")
    assert words in err
    assert "There are no people yet" in importer("user", "list").out


def test_a_password_that_is_no_text_is_refused(importer, home, monkeypatch):
    (home / "password").write_bytes(b"\xff\xfe correct horse\n")
    with (home / "password").open() as stream:
        monkeypatch.setattr("importer.cli.password.sys.stdin", stream)
        from importer.cli.password import new_password

        with pytest.raises(Exception, match="not UTF-8 text"):
            new_password("anna")


def test_nobody_is_asked_for_the_password_of_somebody_who_cannot_be_added(importer, anna):
    taken = importer("user", "add", "ANNA", "--role", "admin")
    assert (taken.status, "a person called anna already" in taken.err) == (2, True)
    unknown = importer("user", "password", "bert")
    assert (unknown.status, "no person called bert" in unknown.err) == (2, True)


def test_a_person_without_a_password_signs_in_with_none(importer, anna, store):
    assert importer("user", "list").out == "anna  importer  by a proxy or a provider\n"
    assert may_sign_in(store, "") is None


def test_people_are_listed_in_columns(importer, anna):
    importer("user", "add", "bertram", "--role", "admin", "--no-password")
    assert importer("user", "list").out.splitlines() == [
        "anna     importer  by a proxy or a provider",
        "bertram  admin     by a proxy or a provider",
    ]


def test_another_password_replaces_the_one_before(piped, store):
    piped(GOOD, "user", "add", "anna", "--role", "viewer")
    status, out, _ = piped(OTHER, "user", "password", "anna")
    assert (status, out) == (0, "anna (viewer) has another password.\n")
    assert may_sign_in(store, OTHER)
    assert may_sign_in(store, GOOD) is None


def test_a_role_is_changed_to_one_that_there_is(importer, anna):
    assert importer("user", "role", "Anna", "admin").out == "anna (admin) has another role.\n"
    wrong = importer("user", "role", "anna", "boss")
    assert wrong.status == 2
    assert "'boss' is not one of 'viewer', 'importer', 'admin'" in wrong.err


def test_a_person_is_removed(importer, anna):
    result = importer("user", "remove", "anna")
    assert result.out == "anna (importer) may not use the page any more.\n"
    assert importer("user", "remove", "anna").status == 2


def test_a_token_is_printed_once_alone_on_stdout(importer, anna, store):
    made = importer("user", "token", "add", "Anna", "nightly")
    assert made.out.startswith("imp_")
    assert "shown this once" in made.err
    assert tokens.visitor_of(store, made.out.strip()).name == "anna"
    listed = importer("user", "token", "list").out
    assert listed.startswith("anna  nightly  last used 20")
    assert made.out.strip() not in listed


def test_a_token_is_revoked(importer, anna):
    assert "There are no tokens yet" in importer("user", "token", "list").out
    importer("user", "token", "add", "anna", "nightly")
    assert importer("user", "token", "list").out == "anna  nightly  never used\n"
    done = importer("user", "token", "revoke", "anna", "nightly")
    assert done.out == "nightly is no token of anna any more.\n"
    again = json.loads(importer("user", "token", "revoke", "anna", "nightly", "--format=json").out)
    assert again["exit_status"] == 2
    assert (again["person"], again["token"], again["secret"]) == (None, None, None)


def test_what_is_done_at_the_terminal_is_in_the_audit_log(importer, anna, store):
    from importer.people import audit_log

    importer("user", "role", "anna", "viewer")
    lines = [(one.by, one.action.value, one.about) for one in audit_log.newest(store)]
    assert lines == [("terminal", "role changed", "anna"), ("terminal", "person added", "anna")]


def test_no_command_has_an_option_for_a_password(importer):
    """Everybody on the machine could read it in the list of processes."""
    for command in ("add", "password"):
        assert "--password" not in importer("user", command, "--help").out
    assert passwords.SHORTEST >= 12
