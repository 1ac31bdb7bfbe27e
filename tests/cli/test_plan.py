"""`importer plan`: what it prints, its JSON, and saved plans that a run follows."""

import json
from pathlib import Path

import pytest

NORTH = "Building,Timezone,Address\nNorth,Europe/Berlin,{}\nSouth,Europe/Paris,B\n"


def test_a_plan_shows_old_and_new_and_sends_nothing(importer, write):
    first = write("buildings.csv", NORTH.format("Old Street 1"))
    result = importer("plan", first)
    assert result.status == 0
    assert result.out.splitlines() == [
        "create  buildings row 2  North",
        "create  buildings row 3  South",
        "",
        "2 rows for sandbox: 2 to create",
        f"Next: `importer run {first} --target sandbox`",
    ]
    assert importer("runs").out.startswith("There are no runs yet.")
    assert importer("run", first, "--yes").status == 0
    result = importer("plan", write("buildings.csv", NORTH.format("New Street 2")))
    assert result.out.splitlines()[:4] == [
        "update  buildings row 2  North",
        "    Address: `Old Street 1` -> `New Street 2`",
        "",
        "2 rows for sandbox: 1 to update, 1 already as they should be",
    ]


def test_a_plan_as_json_has_every_row(importer, one_wrong):
    result = importer("plan", one_wrong, "--format", "json")
    found = json.loads(result.out)
    assert result.status == 1
    assert (found["target"], found["counts"]) == ("sandbox", {"create": 1, "invalid": 1})
    [change] = found["changes"]
    assert (change["sheet"], change["row"], change["action"]) == ("wrong", 2, "create")
    assert change["fields"]["Building"] == {"old": None, "new": "North"}
    assert [finding["cell"] for finding in found["findings"]] == ["B3"]


def test_a_run_does_what_was_planned(importer, write):
    file = write("buildings.csv", NORTH.format("Old Street 1"))
    result = importer("plan", file, "--out", "plan.json")
    assert result.out.splitlines()[-1] == (
        f"Next: `importer run {file} --target sandbox --plan plan.json`"
    )
    assert importer("run", file, "--plan", "plan.json").status == 0
    result = importer("run", file, "--plan", "plan.json", "--format", "json")
    assert result.status == 2  # what was planned is done: the buildings would not be new any more
    assert "row 2: create North was planned, now it is unchanged North." in result.err


CHANGES = {
    "the file": ("buildings.csv", "New Street 2", (), ["buildings.csv has changed.", "row 2"]),
    "another file": ("other.csv", "Old Street 1", (), ["The plan is of buildings.csv."]),
    "another template": (
        "buildings.csv",
        "Old Street 1",
        ("--template", "room-list", "--sheet", "buildings=Rooms"),
        ["The plan follows the template trebellar-portfolio, not room-list."],
    ),
}


@pytest.mark.parametrize(("name", "street", "flags", "words"), CHANGES.values(), ids=CHANGES)
def test_a_run_that_differs_from_its_saved_plan_sends_nothing_and_names_the_difference(
    importer, write, name, street, flags, words
):
    importer("plan", write("buildings.csv", NORTH.format("Old Street 1")), "--out", "plan.json")
    result = importer("run", write(name, NORTH.format(street)), "--plan", "plan.json", *flags)
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[1].startswith("importer: Nothing was sent: this is not what was")
    assert all(word in result.err for word in words)
    [run] = json.loads(importer("runs", "--format", "json").out)["runs"]
    assert run["state"] == "abandoned"


def test_drift_of_the_target_since_the_plan_is_reported_by_row(importer, write):
    file = write("buildings.csv", NORTH.format("Old Street 1"))
    importer("run", file, "--yes")
    write("buildings.csv", NORTH.format("New Street 2"))
    importer("plan", file, "--out", "plan.json")
    elsewhere = write("elsewhere.csv", NORTH.format("Third Street 3"))
    importer("run", elsewhere, "--yes")
    result = importer("run", file, "--plan", "plan.json")
    assert result.status == 2
    message = (
        "buildings row 2: update North, but other values: the target or the mapping has changed."
    )
    assert message in result.err


OF_VERSION_2 = '{"version":2,"made":"","identity":"","template":"","files":{}}\n'
NO_PLANS = [
    "",
    "{}",
    "[1]",
    '{"version": 1}',
    '{"version": 2}',
    '{"version": 3}',
    OF_VERSION_2.replace("{}", '["terms.csv"]'),
    OF_VERSION_2.replace("{}", "5"),
    OF_VERSION_2.replace("2", "1"),
    OF_VERSION_2 + "[",
    OF_VERSION_2 + "5",
    OF_VERSION_2 + '["row 2", [["North"]]]',
]


@pytest.mark.parametrize("text", NO_PLANS)
def test_a_file_that_is_no_plan_is_a_line(importer, buildings, write, text):
    result = importer("run", buildings, "--plan", write("plan.json", text))
    assert (result.status, result.out) == (2, "")
    assert "is no plan: `importer plan FILE --out" in result.err


def test_a_plan_that_cannot_be_read_or_written_is_a_line(importer, buildings):
    result = importer("run", buildings, "--plan", "nowhere.json")
    assert (result.status, "cannot be read: No such file" in result.err) == (2, True)
    result = importer("plan", buildings, "--out", "nowhere/plan.json")
    assert (result.status, "could not be written: No such file" in result.err) == (2, True)


def test_a_plan_replaces_no_input(importer, buildings):
    before = buildings.read_bytes()
    result = importer("plan", buildings, "--out", buildings)
    assert (result.status, buildings.read_bytes() == before) == (2, True)
    assert f"{buildings} is an input: name another file for the plan." in result.err


def test_a_plan_against_an_unreachable_target_ends_with_3(importer, buildings, monkeypatch):
    monkeypatch.setenv("TREBELLAR_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    monkeypatch.setattr("importer.targets.retry.SHORTEST_WAIT", 0.0)
    result = importer("plan", buildings, "--target", "trebellar")
    assert (result.status, result.out) == (3, "")
    assert result.err.splitlines()[-1].startswith("importer: No connection to http://127.0.0.1:1")


def test_a_plan_shows_an_object_as_json(importer, write):
    point = '"{""type"": ""Point"", ""coordinates"": [%s, 5.5]}"'
    lines = f"Building,Timezone,Location\nNorth,Europe/Berlin,{point}\n"
    assert importer("run", write("buildings.csv", lines % 1.5), "--yes").status == 0
    shown = importer("plan", write("buildings.csv", lines % 2.5)).out.splitlines()[1]
    old, new = (json.dumps({"type": "Point", "coordinates": [one, 5.5]}) for one in (1.5, 2.5))
    assert shown == f"    Location: `{old}` -> `{new}`"


def test_a_plan_that_an_earlier_version_saved_holds_a_run_too(importer, write):
    """Until version 2 it was one line, with all rows."""
    file = write("buildings.csv", NORTH.format("Old Street 1"))
    importer("plan", file, "--out", "plan.json")
    head, *rows = map(json.loads, Path("plan.json").read_text().splitlines())
    assert next(iter(dict(rows))) == "buildings.csv, buildings row 2"
    Path("plan.json").write_text(json.dumps({**head, "version": 1, "rows": dict(rows)}))
    assert importer("run", file, "--plan", "plan.json").status == 0
    assert importer("run", file, "--plan", "plan.json").status == 2
