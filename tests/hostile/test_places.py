"""Where a report cannot be written, the user's files are safe and the outcome is kept."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import importer as package
from tests.hostile.conftest import named, written

TERMS = "Glossary,Term\nFin,Revenue\n"
TOO_LONG = "x" * 250 + ".csv"
"""A name that the system refuses as soon as anything is appended to it, at report time."""


@pytest.fixture
def files(put):
    return put("glossaries.csv", "Glossary\nFin\n"), put("terms.csv", TERMS)


@pytest.mark.parametrize("owner", ["~$terms.xlsx", ".~lock.terms.xlsx#"], ids=["Excel", "Calc"])
def test_a_workbook_open_elsewhere_is_not_replaced(send, system, put, home, owner):
    """Replacing it would lose the report or the changes of the other program: it goes beside it."""
    path = put("terms.xlsx", {"Terms": [["Glossary", "Term"], ["Fin", "Revenue"]]})
    put(owner, "somebody")
    before = path.read_bytes()
    result = send(path, "--in-place")
    assert f"terms.xlsx is open in another program ({owner} stands beside it), so " in result.err
    assert "its report is " in result.err
    assert result.status == 1
    assert path.read_bytes() == before
    assert (home / "terms.result.xlsx").exists()


def test_a_report_beside_a_file_that_is_open_takes_no_other_inputs_place(send, system, put, home):
    sheets = {"Terms": [["Glossary", "Term"], ["Fin", "Revenue"]]}
    put("~$terms.xlsx", "somebody")
    other = put("terms.result.xlsx", {"Glossaries": [["Name"], ["Fin"]]})
    send(put("terms.xlsx", sheets), other, "--in-place")
    assert (home / "terms.report.xlsx").exists()


def test_a_workbook_that_cannot_take_its_report_is_unchanged_and_named(send, system, put, home):
    """Its rows do not ascend: the report is a copy of its values, beside it."""
    path = put("terms.xlsx", {"Terms": [["Glossary", "Term"], ["Fin", "Revenue"]]})
    _change(path, "xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="9"')
    before = path.read_bytes()
    result = send(path, "--in-place")
    assert "terms.xlsx cannot take its report (the report says why), so nothing is" in result.err
    assert path.read_bytes() == before
    assert (home / "terms.result.xlsx").exists()


def _change(path, part, old, new):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(old, new) if name == part else content)


def test_a_file_of_another_user_is_unchanged(send, system, put, home, monkeypatch):
    path = put("terms.csv", TERMS)
    before = path.read_bytes()
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    result = send(path, "--in-place")
    assert "terms.csv belongs to another user, so nothing is written into it" in result.err
    assert path.read_bytes() == before
    assert (home / "terms.result.csv").exists()


PLACES = {
    "a device": ("/dev/null", "/dev/null is no file that a report could replace"),
    "the ending of another format": ("out.xlsx", "ends in .csv: give out.xlsx that ending"),
    "no such folder": ("none/out.csv", "There is no folder none"),
}


@pytest.mark.parametrize(("place", "words"), PLACES.values(), ids=PLACES)
def test_a_place_that_would_do_harm_is_refused_before_anything_is_sent(
    send, system, files, place, words
):
    result = send(files[1], "--report", place)
    assert (result.status, result.out) == (2, "")
    assert words in result.err
    assert written(system) == []


def test_two_reports_never_share_a_file(send, system, put):
    sheets = {"Terms": [["Glossary", "Term"], ["Fin", "Revenue"]]}
    put("glossaries.csv", "Glossary\nFin\n")
    result = send(put("terms.xlsx", sheets), put("terms.result.xlsx", sheets))
    assert (result.status, result.out) == (2, "")
    assert "would both be" in result.err
    assert written(system) == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_report_that_finds_no_room_is_written_later(send, importer, system, files, home, form):
    """Target and journal have the rows; the message says how to write the report."""
    send(files[0])
    result = send(files[1], "--report", TOO_LONG, "--format", form)
    assert result.status == 1
    assert "could not be written: File name too long" in result.out + result.err
    [run, _] = json.loads(importer("runs", "--format", "json").out)["runs"]
    assert f"`importer runs {run['run']} --report PATH` writes it later" in result.out + result.err
    assert (run["state"], run["counts"]["created"]) == ("finished", 1)
    later = importer("runs", run["run"], "--report", "later.csv")
    assert later.status == 0
    assert "could not be written" not in later.out
    with open("later.csv", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert (row["Term"], row["import_status"]) == ("Revenue", "created")
    assert sorted(path.name for path in home.iterdir() if path.name.endswith(".part")) == []


def test_a_folder_for_reports_that_cannot_be_made_is_no_traceback(send, importer, system, files):
    result = send(*files, "--report", "y" * 300)
    assert result.status in (1, 2)
    assert "File name too long" in result.out + result.err


def test_a_full_stdout_is_a_line(home, files):
    """For example of a nightly run whose result goes to a full disk."""
    if not os.path.exists("/dev/full"):  # only some systems have one
        pytest.skip("no /dev/full")
    environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent)}
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "importer", "check", *files],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert result.returncode == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("importer: The result could not be written to stdout: No space left")


def test_a_report_is_input_again_and_nothing_is_sent_twice(send, system, files):
    send(*files)
    before = named(system)
    result = send("glossaries.result.csv", "terms.result.csv")
    assert result.status == 0
    assert "2 rows: 2 unchanged" in result.out
    assert named(system) == before
