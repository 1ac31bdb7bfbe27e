"""`importer runs`: the list of runs, and the report of one written later."""

import json

import pytest

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


@pytest.fixture
def three(importer, write):
    """The names of three runs, the newest first."""
    names = []
    for place in ("North", "South", "West"):
        file = write(f"{place}.csv", f"Building,Timezone\n{place},Europe/Berlin\n")
        names.insert(0, json.loads(importer("run", file, "--format", "json").out)["run"])
    return names


def listed(importer, *words):
    found = json.loads(importer("runs", *words, "--format", "json").out)
    return [run["run"] for run in found["runs"]]


def test_only_the_newest_are_listed_and_the_rest_page_by_page(importer, three, monkeypatch):
    monkeypatch.setattr("importer.cli.runs.PAGE", 2)
    assert listed(importer) == three[:2]
    assert listed(importer, "--before", three[1]) == three[2:]
    assert listed(importer, "--all") == three
    assert listed(importer, "--all", "--before", three[0]) == three[1:]
    text = importer("runs")
    assert len(text.out.splitlines()) == 2
    assert f"`importer runs --before {three[1]}`" in text.err
    assert "--before" not in importer("runs", "--all").err
    assert importer("runs", "--before", three[2]).out == "There are no older runs.\n"
    assert importer("runs", "--before", "nothing").status == 2


def test_old_runs_are_dropped_but_for_their_lines(importer, three, monkeypatch):
    monkeypatch.setenv("IMPORTER_JOURNAL_RUNS", "1")
    assert listed(importer, "--prune") == [three[2], three[1]]
    assert listed(importer, "--prune") == []
    assert listed(importer) == three
    shown = importer("runs", three[1])
    assert "1 created" in shown.out
    assert "importer undo" not in shown.out
    undone = importer("undo", three[1])
    assert (undone.status, "its before-images are gone" in undone.err) == (2, True)
    assert importer("undo", three[0]).status == 0
    assert "Dropped the rows" in importer("runs", "--prune").out


def test_the_report_of_a_run_can_be_written_later(importer, one_wrong, home):
    run = json.loads(importer("run", one_wrong, "--format", "json").out)["run"]
    result = importer("runs", run, "--report", home / "later.csv")
    assert f"Report: {home / 'later.csv'}" in result.out
    assert statuses(home / "later.csv") == ["created", "invalid"]
