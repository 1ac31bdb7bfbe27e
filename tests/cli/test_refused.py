"""A mistake of the user is one line on stderr and an exit status: no traceback, no result."""

import json

import pytest

from importer.cli.startup import HungUp, Terminated
from importer.sandbox import start
from tests.cli.conftest import BUILDINGS
from tests.targets.scripted import HTML, Says, Scripted

PROTECTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
)
SECRET = "s3cr3t-value"

FILES = {
    "a missing file": (None, "there is no such file"),
    "an empty file": (b"", "is empty (0 bytes)"),
    "a workbook with a password": (PROTECTED, "protected with a password"),
    "no known heading": (b"Fruit,Colour\napple,red\n", "No sheet has headings that a template"),
    "a web page": (b"<html><table></table></html>", "is a web page (HTML)"),
}


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize(("content", "words"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used(importer, write, command, content, words):
    if content is not None:
        write("given.csv", content)
    result = importer(command, "given.csv")
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[-1].startswith("importer: ")
    assert words in result.err


ARGUMENTS = {
    "unknown template": (
        ["check", "buildings.csv", "--template", "trebelar-portfolio"],
        "no template called trebelar-portfolio, nor a folder of that name. Did you mean trebellar",
    ),
    "no number": (
        ["plan", "buildings.csv", "--rate", "abc"],
        "'--rate': 'abc' is not a whole number from 1 on.",
    ),
    "no number between two": (
        ["run", "buildings.csv", "--jobs", "1.5"],
        "'--jobs': '1.5' is not a whole number from 1 to 64.",
    ),
    "unknown sheet": (
        ["check", "buildings.csv", "--sheet", "Bildings"],
        "There is no sheet called Bildings; there are: buildings.",
    ),
    "unknown target": (["run", "buildings.csv", "--target", "atlam"], "Did you mean atlan?"),
    "unknown target of a check": (
        ["check", "buildings.csv", "--target", "x"],
        "no target called x",
    ),
    "missing key": (
        ["run", "buildings.csv", "--target", "trebellar"],
        "set the environment variable",
    ),
    "both places for a report": (
        ["run", "buildings.csv", "--in-place", "--report", "x.csv"],
        "--report and --in-place exclude each other",
    ),
    "the report would replace the input": (
        ["run", "buildings.csv", "--report", "buildings.csv"],
        "buildings.csv is an input: --in-place writes the report into it",
    ),
    "no folder for the report": (
        ["run", "buildings.csv", "--report", "nowhere/x.csv"],
        "There is no folder nowhere for the report",
    ),
    "one file for two reports": (
        ["run", "buildings.csv", "buildings.csv", "--report", "buildings.csv"],
        "buildings.csv is a file, but 2 reports need a folder",
    ),
    "missing settings file": (
        ["run", "buildings.csv", "--config", "my.toml"],
        "my.toml: there is no",
    ),
    "the same for a check": (
        ["check", "buildings.csv", "--config", "my.toml"],
        "my.toml: there is",
    ),
    "unknown command": (["chek", "buildings.csv"], "Did you mean 'check'? `importer --help`"),
    "unknown flag": (["run", "buildings.csv", "--strickt"], "`importer run --help` tells more."),
    "no file": (["check"], "`importer check --help` tells more."),
    "no batch at all": (["run", "buildings.csv", "--batch-size", "0"], "--batch-size"),
    "unknown format": (["runs", "--format", "xml"], "--format"),
    "unknown run": (["resume", "20260101-abcdef"], "no run called 20260101-abcdef"),
    "unknown run to show": (["runs", "20260101-abcdef"], "no run called 20260101-abcdef"),
    "a report of no run": (["runs", "--report", "x.csv"], "--report needs a run"),
    "no subcommand": (["template"], "`importer template --help` tells more."),
    "unknown system": (["template", "init", "buildings.csv", "--system", "sap"], "called sap"),
}


@pytest.mark.parametrize(("arguments", "words"), ARGUMENTS.values(), ids=ARGUMENTS)
def test_arguments_that_cannot_be_used(importer, buildings, arguments, words):
    result = importer(*arguments)
    assert (result.status, result.out) == (2, "")
    assert words in result.err
    assert "Traceback" not in result.err
    assert all(line.startswith("importer: ") for line in result.err.splitlines()), result.err


def test_every_mistake_in_the_settings_is_a_line_of_its_own(importer, buildings, write):
    write("importer.toml", 'jornal = "x"\n[targets.atlan]\nrate = "fast"\n')
    result = importer("run", buildings)
    assert (result.status, result.out) == (2, "")
    assert sorted(line[:32] for line in result.err.splitlines()) == [
        "importer: importer.toml: jornal:",
        "importer: importer.toml: targets",
    ]


def test_a_journal_that_cannot_be_written_is_named(importer, buildings, write, monkeypatch):
    write("folder", "a file where a folder should be")
    monkeypatch.setenv("IMPORTER_JOURNAL", "folder/journal.db")
    result = importer("run", buildings)
    assert (result.status, result.out) == (2, "")
    assert "importer: The journal folder/journal.db cannot be opened" in result.err


JOURNALS = ["nosuch://me:{}@db.example/runs", "postgresql+nosuch://me:{}@db.example/runs"]


@pytest.mark.parametrize("address", JOURNALS)
def test_the_password_of_a_journal_is_not_shown(importer, monkeypatch, address):
    monkeypatch.setenv("IMPORTER_JOURNAL", address.format(SECRET))
    result = importer("runs")
    assert (result.status, result.out) == (2, "")
    assert "me:***@db.example/runs cannot be opened" in result.err
    assert SECRET not in result.err


def test_a_target_that_gives_no_usable_answer_is_exit_3(importer, buildings, monkeypatch):
    with Scripted() as server:
        server.will_say(Says(302, HTML, {"Location": "/login"}))
        monkeypatch.setenv("TREBELLAR_BASE_URL", server.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", SECRET)
        result = importer("run", buildings, "--target", "trebellar")
    assert result.status == 3
    assert "`importer resume" in result.out
    assert f"importer: {server.url} gave no usable answer" in result.err
    assert SECRET not in result.err


def test_a_refused_key_is_exit_3_and_named_by_its_variable(importer, buildings, monkeypatch):
    with start() as sandbox:
        monkeypatch.setenv("TREBELLAR_BASE_URL", sandbox.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "expired")
        result = importer("run", buildings, "--target", "trebellar")
    assert result.status == 3
    assert "`importer resume" in result.out
    assert "refused the credentials (HTTP 401)" in result.err
    assert "TREBELLAR_API_KEY" in result.err


def test_the_json_of_a_run_that_stopped_before_its_plan_has_no_rows(
    importer, buildings, monkeypatch
):
    """Run, state and no rows; there is no report yet, and the message names the next command."""
    monkeypatch.setenv("TREBELLAR_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("TREBELLAR_API_KEY", SECRET)
    monkeypatch.setattr("importer.targets.retry.SHORTEST_WAIT", 0.0)
    result = importer("run", buildings, "--target", "trebellar", "--format", "json")
    run = json.loads(result.out)
    assert (result.status, run["state"], set(run["counts"].values())) == (3, "interrupted", {0})
    report = importer("runs", run["run"], "--report", "x.csv")
    assert (report.status, report.out) == (2, "")
    assert f"`importer resume {run['run']}`" in report.err


def test_a_template_for_another_system_is_exit_2(importer, write, monkeypatch):
    write("b.csv", BUILDINGS)
    monkeypatch.setenv("ATLAN_BASE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("ATLAN_API_KEY", "any")
    result = importer("run", "b.csv", "--target", "atlan")
    assert (result.status, result.out) == (2, "")
    assert "The template is for trebellar, but the target atlan" in result.err


@pytest.mark.parametrize(("raised", "status"), [(HungUp, 129), (Terminated, 143)])
def test_a_signal_while_a_command_says_why_it_ends_has_its_own_status(
    importer, monkeypatch, raised, status
):
    """As where a terminal closes: the end of its input and SIGHUP come one after the other."""

    def complain(*_):
        raise raised

    monkeypatch.setattr("importer.cli.command.complain", complain)
    assert importer("check", "none.csv").status == status
