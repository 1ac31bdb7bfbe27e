"""check, run, resume, runs: what stdout carries, what stderr says, which status they end with."""

import csv
import json
import re
from pathlib import Path

import pytest

from importer.model import Status
from importer.sandbox import start
from tests.cli.conftest import BUILDINGS, ONE_WRONG, WARNED

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
}


def statuses(path):
    with path.open(newline="") as stream:
        return [row["import_status"] for row in csv.DictReader(stream)]


def test_check_shows_what_was_recognised_and_what_comes_next(importer, buildings):
    said = importer("check", buildings)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "Template trebellar-portfolio"
    assert lines[1].split() == ["buildings", "2", "rows", "as", "Buildings"]
    assert lines[2].strip() == "buildings.csv: UTF-8, comma, LF"
    assert lines[-2:] == ["2 rows: 2 valid, 0 invalid", f"Next: `importer run {buildings}`"]


def test_check_names_the_cell_that_is_wrong_and_is_exit_1(importer, one_wrong):
    said = importer("check", one_wrong)
    assert said.status == 1
    assert "error: 1 row: Timezone is required and blank.\n    wrong B3" in said.out
    assert "2 rows: 1 valid, 1 invalid" in said.out


def test_check_as_json_has_every_key(importer, one_wrong):
    said = importer("check", one_wrong, "--format", "json")
    found = json.loads(said.out)
    assert (said.status, said.err) == (1, "")
    assert found.keys() == {"ok", "template", "sheets", "counts", "findings"}
    assert found["counts"] == {"rows": 2, "valid": 1, "invalid": 1}
    assert found["sheets"] == [{"name": "wrong", "kind": "Buildings", "rows": 2}]
    assert [finding.keys() for finding in found["findings"]] == [FINDING]
    assert found["findings"][0]["cell"] == "B3"


def test_a_check_that_finds_nothing_has_every_key_too(importer, buildings):
    found = json.loads(importer("check", buildings, "--format", "json").out)
    assert (found["ok"], found["findings"]) == (True, [])
    assert found.keys() == {"ok", "template", "sheets", "counts", "findings"}


def test_a_warning_is_an_error_only_where_it_is_asked_for(importer, write):
    write("warned.csv", WARNED)
    assert importer("check", "warned.csv").status == 0
    assert importer("check", "warned.csv", "--strict").status == 1


def test_check_writes_a_report_only_where_one_is_asked_for(importer, one_wrong, home):
    importer("check", one_wrong)
    assert not (home / "wrong.result.csv").exists()
    importer("check", one_wrong, "--report", home / "seen.csv")
    assert statuses(home / "seen.csv") == ["", "invalid"]


def test_check_with_a_target_looks_up_what_is_not_in_the_files(importer, write):
    write("floors.csv", "Floor,Building\nGround,North\n")
    assert importer("check", "floors.csv").status == 0
    said = importer("check", "floors.csv", "--target", "sandbox")
    assert said.status == 1
    write("buildings.csv", BUILDINGS)
    importer("run", "buildings.csv")
    assert importer("check", "floors.csv", "--target", "sandbox").status == 0


def test_run_sends_reports_and_says_that_it_was_the_sandbox(importer, buildings, home):
    said = importer("run", buildings)
    assert said.status == 0
    assert said.out.splitlines()[0].endswith("into sandbox: buildings.csv")
    assert "2 rows: 2 created" in said.out
    assert f"Report: {home / 'buildings.result.csv'}" in said.out
    first, last = said.err.splitlines()[0], said.err.splitlines()[-1]
    assert first.startswith("Sandbox: nothing goes to a real system")
    assert last.startswith("That was the sandbox.")
    assert statuses(home / "buildings.result.csv") == ["created", "created"]


def test_the_same_run_again_finds_everything_unchanged(importer, buildings):
    importer("run", buildings)
    said = importer("run", buildings)
    assert (said.status, "2 rows: 2 unchanged" in said.out) == (0, True)


def test_run_is_exit_1_where_a_row_was_not_imported(importer, one_wrong, home):
    said = importer("run", one_wrong)
    assert said.status == 1
    assert "2 rows: 1 created, 1 invalid" in said.out
    assert statuses(home / "wrong.result.csv") == ["created", "invalid"]


def test_run_as_json_is_one_object_with_every_key(importer, one_wrong, home):
    said = importer("run", one_wrong, "--format", "json")
    found = json.loads(said.out)
    assert found.keys() == {"run", "target", "state", "counts", "findings", "report"}
    assert (found["target"], found["state"]) == ("sandbox", "finished")
    assert found["counts"].keys() == {status.value for status in Status}
    assert (found["counts"]["created"], found["counts"]["invalid"]) == (1, 1)
    assert [finding.keys() for finding in found["findings"]] == [FINDING]
    assert found["report"] == str(home / "wrong.result.csv")


def test_a_report_goes_where_it_is_wanted(importer, buildings, home):
    importer("run", buildings, "--report", home / "there.csv")
    assert statuses(home / "there.csv") == ["created", "created"]
    assert not (home / "buildings.result.csv").exists()
    importer("run", buildings, "--in-place")
    assert statuses(buildings) == ["unchanged", "unchanged"]


def test_a_report_that_cannot_be_written_is_exit_1_and_can_be_written_later(
    importer, buildings, home
):
    longest = home / ("x" * 255)  # what is written first, beside it, has a name too long to exist
    said = importer("run", buildings, "--report", longest)
    assert said.status == 1
    assert "2 rows: 2 created" in said.out
    [command] = re.findall(r"`importer (runs \S+ --report) PATH` writes it later", said.err)
    assert importer(*command.split(), home / "later.csv").status == 0
    assert statuses(home / "later.csv") == ["created", "created"]


def test_several_files_get_their_reports_in_one_folder(importer, buildings, write, home):
    floors = write("floors.csv", "Floor,Building\nGround,North\n")
    said = importer("run", buildings, floors, "--report", home / "reports", "--format", "json")
    folder = home / "reports"
    assert json.loads(said.out)["report"] == [
        str(folder / "buildings.result.csv"),
        str(folder / "floors.result.csv"),
    ]
    assert statuses(folder / "floors.result.csv") == ["created"]


def test_a_sheet_can_be_said_to_be_of_a_kind(importer, write):
    write("list.csv", BUILDINGS)
    args = ("--template", "trebellar-portfolio", "--sheet", "list=Buildings", "--format", "json")
    assert json.loads(importer("check", "list.csv", *args).out)["sheets"][0]["kind"] == "Buildings"


def test_a_run_into_a_real_system_does_not_speak_of_the_sandbox(importer, buildings, monkeypatch):
    with start(record=True) as system:
        monkeypatch.setenv("TREBELLAR_BASE_URL", system.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        said = importer("run", buildings, "--target", "trebellar", "--batch-size", "1")
        sent = [len(r.body["operations"]) for r in system.requests if r.path.endswith("/bulk")]
    assert (said.status, said.err, sent) == (0, "", [1, 1])


def test_the_batch_size_of_a_target_holds_where_none_is_given(
    importer, buildings, write, monkeypatch
):
    with start(record=True) as system:
        write("importer.toml", "[targets.trebellar]\nbatch_size = 1\n")
        monkeypatch.setenv("TREBELLAR_BASE_URL", system.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        importer("run", buildings, "--target", "trebellar")
        sent = [len(r.body["operations"]) for r in system.requests if r.path.endswith("/bulk")]
    assert sent == [1, 1]


def test_runs_are_listed_newest_first_with_every_key(importer, buildings, one_wrong):
    assert json.loads(importer("runs", "--format", "json").out) == {"runs": []}
    for file in (buildings, one_wrong):
        importer("run", file)
    found = json.loads(importer("runs", "--format", "json").out)["runs"]
    keys = {"run", "state", "target", "started", "files", "counts"}
    assert [run.keys() for run in found] == [keys, keys]
    assert {run["files"][0]: run["counts"]["created"] for run in found} == {
        "buildings.csv": 2,
        "wrong.csv": 0,
    }
    assert [run["started"] for run in found] == sorted((r["started"] for r in found), reverse=True)


def test_runs_as_text_is_a_line_a_run(importer, buildings):
    assert importer("runs").out == "There are no runs yet. `importer run FILE` makes one.\n"
    importer("run", buildings)
    [line] = importer("runs").out.splitlines()
    assert "finished  buildings.csv  2 rows: 2 created" in line


def test_a_run_is_shown_as_it_was_printed_and_resumed_without_sending(importer, one_wrong, home):
    printed = json.loads(importer("run", one_wrong, "--format", "json").out)
    shown = importer("runs", printed["run"], "--format", "json")
    again = importer("resume", printed["run"], "--format", "json")
    for said in (shown, again):
        found = json.loads(said.out)
        assert {**found, "report": None} == {**printed, "report": None}
    assert (shown.status, again.status) == (0, 1)
    assert again.err == ""


def test_the_report_of_a_run_can_be_written_later(importer, one_wrong, home):
    run = json.loads(importer("run", one_wrong, "--format", "json").out)["run"]
    said = importer("runs", run, "--report", home / "later.csv")
    assert f"Report: {home / 'later.csv'}" in said.out
    assert statuses(home / "later.csv") == ["created", "invalid"]


@pytest.mark.parametrize("content", [BUILDINGS, ONE_WRONG], ids=["fine", "wrong"])
def test_nothing_but_json_is_on_stdout(importer, write, content):
    write("some.csv", content)
    for command in ("check", "run"):
        assert json.loads(importer(command, "some.csv", "--format", "json").out)


def test_the_next_command_keeps_the_flags_of_this_one(importer, buildings):
    flags = ["--template", "trebellar-portfolio", "--sheet", "buildings=Buildings"]
    checked = importer("check", buildings, *flags, "--target", "sandbox")
    words = f"{buildings} --template trebellar-portfolio --target sandbox"
    assert f"Next: `importer run {words} --sheet buildings=Buildings`" in checked.out
    planned = importer("plan", buildings, *flags, "--out", "p.json")
    assert f"`importer run {words} --sheet buildings=Buildings --plan p.json`" in planned.out


def test_rows_below_wrong_headings_say_so_in_the_report(importer, write, home):
    path = write("b.csv", "Building,Timezone,Building name\nHQ,Europe/Berlin,x\n")
    assert importer("check", path, "--report", "out.csv").status == 1
    said = Path("out.csv").read_text(encoding="utf-8")
    assert "`Building` in A1 and `Building name` in C1 mean the same" in said
