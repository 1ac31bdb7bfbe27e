"""`importer plan` in, what a person and what a program read out."""

import json

NORTH = "Building,Timezone,Address\nNorth,Europe/Berlin,{}\nSouth,Europe/Paris,B\n"


def test_a_plan_shows_old_and_new_and_sends_nothing(importer, write):
    first = write("buildings.csv", NORTH.format("Old Street 1"))
    said = importer("plan", first)
    assert said.status == 0
    assert said.out.splitlines() == [
        "create  buildings row 2  North",
        "create  buildings row 3  South",
        "",
        "2 rows for sandbox: 2 to create",
        f"Next: `importer run {first} --target sandbox`",
    ]
    assert importer("runs").out.startswith("There are no runs yet.")
    assert importer("run", first, "--yes").status == 0
    said = importer("plan", write("buildings.csv", NORTH.format("New Street 2")))
    assert said.out.splitlines()[:4] == [
        "update  buildings row 2  North",
        "    Address: `Old Street 1` -> `New Street 2`",
        "",
        "2 rows for sandbox: 1 to update, 1 already as they should be",
    ]


def test_a_plan_as_json_has_every_row(importer, one_wrong):
    said = importer("plan", one_wrong, "--format", "json")
    found = json.loads(said.out)
    assert said.status == 1
    assert (found["target"], found["counts"]) == ("sandbox", {"create": 1, "invalid": 1})
    [change] = found["changes"]
    assert (change["sheet"], change["row"], change["action"]) == ("wrong", 2, "create")
    assert change["fields"]["Building"] == {"old": None, "new": "North"}
    assert [finding["cell"] for finding in found["findings"]] == ["B3"]


def test_a_plan_against_a_target_that_is_away_ends_with_3(importer, buildings, monkeypatch):
    monkeypatch.setenv("TREBELLAR_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    said = importer("plan", buildings, "--target", "trebellar")
    assert (said.status, said.out) == (3, "")
    assert said.err.startswith("importer: No connection to http://127.0.0.1:1")
