"""`importer undo`: what it prints, its JSON and its report."""

import json

from tests.cli.conftest import COMMON

BUILDINGS = "Building,Timezone,Address\nNorth,Europe/Berlin,{}\nSouth,Europe/Paris,B\n"


def last(importer):
    return json.loads(importer("runs", "--format", "json").out)["runs"][0]["run"]


def test_a_dry_run_shows_the_undo_and_the_undo_reverts_the_run(importer, write):
    file = write("buildings.csv", BUILDINGS.format("Old Street 1"))
    importer("run", file)
    importer("run", write("buildings.csv", BUILDINGS.format("New Street 2")))
    run = last(importer)
    result = importer("undo", run, "--dry-run")
    assert result.status == 0
    assert result.out.splitlines() == [
        "update  buildings row 2  North",
        "    Address: `New Street 2` -> `Old Street 1`",
        "",
        "2 rows for sandbox: 1 to update, 1 already as they should be",
        f"Next: `importer undo {run}`",
    ]
    result = importer("undo", run)
    assert result.status == 0
    assert result.out.splitlines() == [
        f"Run {last(importer)} into sandbox, undoing run {run}: buildings.csv",
        "",
        "2 rows: 1 updated, 1 unchanged",
        f"Report: {file.with_name('buildings.undo.csv')}",
        f"To undo the run: `importer undo {last(importer)}`",
    ]
    assert f"undo of {run} (buildings.csv)" in importer("runs").out
    table = file.with_name("buildings.undo.csv").read_text().splitlines()
    assert table[0].endswith("import_status,import_message,import_id")
    assert [line.split(",")[3] for line in table[1:]] == ["updated", "unchanged"]


def test_an_undo_as_json_is_the_object_of_a_run(importer, write):
    importer("run", write("buildings.csv", BUILDINGS.format("A")))
    result = importer("undo", last(importer), "--format", "json")
    found = json.loads(result.out)
    assert found.keys() == {"run", "target", "state", "counts", "findings", "report"} | COMMON
    assert (result.status, found["state"], found["counts"]["deleted"]) == (0, "finished", 2)
    assert found["report"].endswith("buildings.undo.csv")


def test_an_unknown_run_cannot_be_undone_and_is_one_line(importer):
    result = importer("undo", "nope")
    assert (result.status, result.out) == (2, "")
    assert result.err == "importer: There is no run called nope. `importer runs` lists them.\n"
