"""`importer runs`: the list of runs, and the report of one written later."""

import json

from tests.cli.conftest import statuses


def test_runs_are_listed_newest_first_with_every_key(importer, buildings, one_wrong):
    assert json.loads(importer("runs", "--format", "json").out)["runs"] == []
    for file in (buildings, one_wrong):
        importer("run", file)
    found = json.loads(importer("runs", "--format", "json").out)["runs"]
    keys = {"run", "state", "target", "started", "files", "counts"}
    assert [run.keys() for run in found] == [keys, keys]
    assert {run["files"][0]: run["counts"]["created"] for run in found} == {
        str(buildings): 2,
        str(one_wrong): 0,
    }
    assert [run["started"] for run in found] == sorted((r["started"] for r in found), reverse=True)


def test_runs_as_text_is_a_line_a_run(importer, buildings):
    assert importer("runs").out == "There are no runs yet. `importer run FILE` makes one.\n"
    importer("run", buildings)
    [line] = importer("runs").out.splitlines()
    assert "finished  buildings.csv  2 rows: 2 created" in line


def test_the_report_of_a_run_can_be_written_later(importer, one_wrong, home):
    run = json.loads(importer("run", one_wrong, "--format", "json").out)["run"]
    result = importer("runs", run, "--report", home / "later.csv")
    assert f"Report: {home / 'later.csv'}" in result.out
    assert statuses(home / "later.csv") == ["created", "invalid"]
