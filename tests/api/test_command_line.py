"""Runs of the Python interface and of the command line are the same runs."""

import io
import subprocess
import sys

import pytest

from importer import api
from tests.house.reference import ROOT


@pytest.fixture
def importer(home, monkeypatch):
    """Runs a command; returns its status, and all that it says."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(*words):
        command = [sys.executable, "-W", "error", "-m", "importer", *words]
        ended = subprocess.run(command, cwd=home, capture_output=True, text=True)
        return ended.returncode, ended.stdout + ended.stderr

    return run


def stop(progress):
    """Break a run off before its first batch."""
    if progress.stage == "Sending":
        raise ZeroDivisionError


def test_a_run_of_a_frame_goes_on_at_a_terminal(sheets, importer, home):
    """All of it is in the journal; there is no file to report into."""
    with pytest.raises(ZeroDivisionError):
        api.run(sheets, progress=stop)
    [run] = api.runs()["run"]
    assert importer("resume", run)[0] == 1
    assert "there is no file for a report" in importer("runs", run, "--report", "out.xlsx")[1]
    assert importer("undo", run)[0] == 0
    assert [path.name for path in home.iterdir() if path.is_file()] == []


def test_a_run_of_an_open_file_goes_on_without_it(terms, importer, home):
    """Its copy is gone, and nobody wanted a report."""
    source = io.StringIO(terms.assign(Certificate="DRAFT").to_csv(index=False))
    api.run({"Glossaries": terms[["Glossary"]].iloc[:1]})
    with pytest.raises(ZeroDivisionError):
        api.run(source, progress=stop)
    run = api.runs()["run"].iloc[0]
    status, said = importer("resume", run)
    assert (status, "3 created" in said) == (0, True)
    assert importer("undo", run)[0] == 0


def test_a_run_of_the_command_line_is_resumed_in_python(terms, importer, home):
    """By its name; its rows are those of the file."""
    terms.to_csv(home / "Terms.csv", index=False)
    importer("run", "Terms.csv")
    [run] = api.runs()["run"]
    assert api.resume(run).rows["row"].tolist() == [2, 3, 4]


def test_an_answer_that_is_none_is_refused_in_python(terms):
    """By the keyword."""
    with pytest.raises(api.ImporterError, match=r"^set= has no answer for `zone`"):
        api.check(terms, set={"zone": ""})
