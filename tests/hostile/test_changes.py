"""Rows that delete, rename or name each other, and a killed run, lose no data."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import importer as package
from importer.sandbox import start
from tests.cli.gate import Gate
from tests.hostile.conftest import named, written

HEADINGS = "Glossary,Term,Synonyms,Action\n"


@pytest.fixture
def terms(send, put):
    """A and C are synonyms, and so are A and B; the report says who is who."""
    put("glossaries.csv", "Glossary\nFin\n")
    put("terms.csv", f"{HEADINGS}Fin,A,B,\nFin,B,,\nFin,C,A,\n")
    assert send("glossaries.csv", "terms.csv").status == 0
    return Path("terms.result.csv")


def counts(result):
    return {name: n for name, n in json.loads(result.out)["counts"].items() if n}


def relations(running):
    """All relations of synonyms in the requests: appended and removed."""
    result = [
        (list(entity.get(part, {})), part)
        for request in written(running)
        for entity in (request.body or {}).get("entities", ())
        for part in ("appendRelationshipAttributes", "removeRelationshipAttributes")
    ]
    return [part for names, part in result if names]


def test_a_renamed_term_keeps_its_relations(send, system, put, terms):
    """Other rows name it by its new name already: no relation is removed, one row changes."""
    text = terms.read_text().replace("Fin,A,", "Fin,A2,").replace(",C,A,", ",C,A2,")
    put("terms.csv", text)
    before = relations(system)
    assert before
    result = send("terms.csv", "--format", "json")
    assert (result.status, counts(result)) == (0, {"updated": 1, "unchanged": 2})
    assert relations(system) == before
    assert counts(send("terms.csv", "--format", "json")) == {"unchanged": 3}


def test_a_row_cannot_name_an_object_that_another_row_deletes(send, system, put, terms):
    """The row that names it is invalid; otherwise it would be created without its relation."""
    result = send(put("terms.csv", f"{HEADINGS}Fin,B,,delete\nFin,D,B,\n"), "--format", "json")
    [finding] = json.loads(result.out)["findings"]
    assert (result.status, counts(result)) == (1, {"deleted": 1, "invalid": 1})
    assert (finding["cell"], finding["code"]) == ("C3", "deleted_here")
    assert "The term `Fin > B` is deleted by row 2" in finding["message"]
    assert "D" not in named(system)


def test_no_row_gets_a_parent_that_another_row_deletes(send, system, put, terms):
    put("categories.csv", "Glossary,Category\nFin,Top\n")
    assert send("categories.csv").status == 0
    put("categories.csv", "Glossary,Category,Parent category,Action\nFin,Top,,delete\nFin,New,Top,")
    result = send("categories.csv", "--format", "json")
    assert (result.status, counts(result)) == (1, {"deleted": 1, "invalid": 1})
    assert "New" not in named(system)


def test_deleting_a_missing_object_is_no_error(send, system, put, terms):
    put("terms.csv", f"{HEADINGS}Fin,B,,delete\n")
    assert counts(send("terms.csv", "--format", "json")) == {"deleted": 1}
    assert counts(send("terms.csv", "--format", "json")) == {"unchanged": 1}


def test_a_desk_moves_by_its_external_id_and_is_never_doubled(send, system, put):
    put("buildings.csv", "Building,Timezone\nNorth,Europe/Berlin\nSouth,Europe/Paris\n")
    put("floors.csv", "Floor,Building\nF1,North\nF1,South\n")
    heads = "Desk,Building,Floor,External ID\n"
    put("desks.csv", f"{heads}D1,North,F1,d1\n")
    send("buildings.csv", "floors.csv", "desks.csv", target="trebellar")
    put("desks.csv", f"{heads}D1,South,F1,d1\n")
    moved = send("desks.csv", "--format", "json", target="trebellar")
    again = send("desks.csv", "--format", "json", target="trebellar")
    assert (counts(moved), counts(again)) == ({"moved": 1}, {"unchanged": 1})
    twice = put("desks.csv", f"{heads}D8,South,F1,d8\nD9,North,F1,d8\n")
    result = send(twice, "--format", "json", target="trebellar")
    assert (result.status, counts(result)) == (1, {"invalid": 2})
    assert {finding["cell"] for finding in json.loads(result.out)["findings"]} == {"D2", "D3"}


def command(*args, **more):
    """`importer` as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(package.__file__).parent.parent), **more}
    return subprocess.Popen(
        [sys.executable, "-m", "importer", *args],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_run_killed_while_it_sends_is_resumed_and_doubles_nothing(importer, put, monkeypatch):
    """`kill -9`: the first request is in flight, and lands after the process has ended."""
    put("buildings.csv", "Building,Timezone\nNorth,Europe/Berlin\nSouth,Europe/Paris\n")
    with start(record=True) as behind, Gate(behind.url) as gate:
        monkeypatch.setenv("TREBELLAR_BASE_URL", gate.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        flags = ("--target", "trebellar", "--batch-size", "1", "--jobs", "1")
        with command("run", "buildings.csv", *flags) as process:
            gate.reached.wait()
            process.send_signal(signal.SIGKILL)
        gate.opened.set()
        gate.passed.wait()
        [run] = json.loads(importer("runs", "--format", "json").out)["runs"]
        result = importer("resume", run["run"], "--format", "json")
        assert (run["state"], result.status, counts(result)) == ("interrupted", 0, {"created": 2})
        again = importer("run", "buildings.csv", "--target", "trebellar", "--format", "json")
        assert counts(again) == {"unchanged": 2}
        added = [op["asset"]["label"] for r in written(behind) for op in r.body["operations"]]
    assert sorted(added) == ["North", "South"]


def test_a_run_that_never_reached_its_plan_is_resumed_too(importer, system, put, monkeypatch):
    """The key was refused when live state was fetched."""
    put("buildings.csv", "Building,Timezone\nNorth,Europe/Berlin\n")
    monkeypatch.setenv("TREBELLAR_API_KEY", "expired")
    assert importer("run", "buildings.csv", "--target", "trebellar").status == 3
    [run] = json.loads(importer("runs", "--format", "json").out)["runs"]
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    result = importer("resume", run["run"], "--format", "json")
    assert (run["state"], result.status, counts(result)) == ("interrupted", 0, {"created": 1})
