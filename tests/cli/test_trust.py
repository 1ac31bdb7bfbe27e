"""A folder that came from somebody else cannot take a key anywhere."""

import pytest

from importer.allowed import own_folder
from tests.cli.terminal import Terminal
from tests.targets.scripted import Says, Scripted


@pytest.fixture
def stranger(write, monkeypatch):
    """A server that a folder's settings file names as the target trebellar."""
    with Scripted() as server:
        server.will_say(Says(200, {"data": []}))
        write("importer.toml", f'[targets.trebellar]\nbase_url = "{server.url}"\n')
        monkeypatch.setenv("TREBELLAR_API_KEY", "the-key")
        yield server


COMMANDS = {
    "check": ["check", "buildings.csv", "--target", "trebellar"],
    "plan": ["plan", "buildings.csv", "--target", "trebellar"],
    "run": ["run", "buildings.csv", "--target", "trebellar", "--yes"],
    "run into the sandbox": ["run", "buildings.csv"],
    "export": ["export", "trebellar-portfolio", "-o", "all.xlsx", "--target", "trebellar"],
    "drop-downs": ["template", "new", "trebellar-portfolio", "--live", "--target", "trebellar"],
    "doctor": ["doctor"],
}


@pytest.mark.parametrize("args", COMMANDS.values(), ids=COMMANDS)
def test_an_address_that_was_not_allowed_gets_no_request(args, importer, buildings, stranger):
    result = importer(*args)
    assert result.status == 2
    assert f"at {stranger.url} with the key in TREBELLAR_API_KEY" in result.err
    assert "`importer doctor --trust importer.toml`" in result.err
    assert stranger.requests == []


def test_doctor_allows_a_file_and_says_what_it_claims(importer, buildings, stranger):
    result = importer("doctor", "--trust", "importer.toml")
    assert f"target trebellar at {stranger.url} with the key in TREBELLAR_API_KEY" in result.err
    assert importer("plan", "buildings.csv", "--target", "trebellar").status == 0
    assert stranger.requests


def test_a_file_that_is_named_is_meant(importer, buildings, stranger):
    args = ("plan", "buildings.csv", "--target", "trebellar", "--config", "importer.toml")
    assert importer(*args).status == 0


PLAN = ("plan", "buildings.csv", "--target", "trebellar")


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 2)])
def test_at_a_terminal_the_user_is_asked_once(answer, status, buildings, stranger, home):
    terminal = Terminal(*PLAN, TREBELLAR_API_KEY="the-key")
    assert stranger.url in terminal.until("[y/N]")
    terminal.type(f"{answer}\n")
    assert terminal.end() == status, terminal.text
    assert bool(stranger.requests) is (answer == "y")
    assert (own_folder() / "allowed.json").exists() is (answer == "y")
    again = Terminal(*PLAN, TREBELLAR_API_KEY="the-key")
    if answer == "y":
        assert again.end() == 0
        assert "Allow it" not in again.text
    else:
        assert "Allow it" in again.until("[y/N]")
        again.close()


def test_with_yes_nobody_is_asked(buildings, stranger):
    terminal = Terminal("run", *PLAN[1:], "--yes", TREBELLAR_API_KEY="the-key")
    assert terminal.end() == 2
    assert "Allow it, until" not in terminal.text


HTTP = "http://192.0.2.1"
"""An address for documentation (RFC 5737): nobody answers there."""


@pytest.fixture
def unencrypted(monkeypatch):
    monkeypatch.setenv("TREBELLAR_BASE_URL", HTTP)
    monkeypatch.setenv("TREBELLAR_API_KEY", "the-key")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # so that it fails at once


def test_a_key_goes_unencrypted_only_to_this_machine(importer, buildings, unencrypted):
    result = importer(*PLAN)
    assert result.status == 2
    assert f"an address without encryption, {HTTP}" in result.err
    assert "--allow-http" in result.err


def test_http_can_be_allowed_by_a_flag_or_for_good(importer, write, unencrypted):
    """It goes on to what is wrong next."""
    write("empty.csv", "")
    args = ("plan", "empty.csv", "--target", "trebellar")
    assert "without encryption" in importer(*args).err
    assert "empty.csv" in importer(*args, "--allow-http").err
    own_folder().mkdir(parents=True)
    (own_folder() / "importer.toml").write_text("allow_http = true\n")
    assert "empty.csv" in importer(*args).err
