"""`importer runs RUN --approve`: what the guard held is shown, approved, and sent by `resume`."""

import json

import pytest

from tests.cli.conftest import statuses

LIST = "Building,Timezone,Seats\n"


def rows(count, seats):
    return LIST + "".join(f"b{n:02},Europe/Berlin,{seats}\n" for n in range(count))


@pytest.fixture
def held(importer, write):
    """The name of a run that holds twelve rows."""
    importer("run", write("list.csv", rows(12, 5)))
    result = importer("run", write("list.csv", rows(12, 6)), "--format", "json")
    assert result.status == 1
    return json.loads(result.out)["run"]


def test_a_run_says_how_what_it_holds_is_approved(importer, write):
    importer("run", write("list.csv", rows(12, 5)))
    out = importer("run", write("list.csv", rows(12, 6))).out
    assert " --approve` lets `importer resume " in out


def test_held_rows_are_shown_with_old_and_new_values(importer, held):
    out = importer("runs", held).out
    assert "update  list row 2  b00\n    Seats: `5` -> `6`" in out
    assert "approved by" not in out


def test_approved_rows_are_sent_by_resume_and_reported(importer, held, home):
    result = importer("runs", held, "--approve", "--format", "json")
    assert result.status == 0
    said = json.loads(result.out)
    assert (said["run"], said["state"], said["counts"]["pending"]) == (held, "planned", 12)
    resumed = importer("resume", held, "--format", "json")
    assert (resumed.status, json.loads(resumed.out)["counts"]["updated"]) == (0, 12)
    assert statuses(home / "list.result.csv") == ["updated"] * 12
    assert "12 held rows approved by " in importer("runs", held).out


def test_what_cannot_be_approved_is_a_usage_error(importer, buildings):
    run = json.loads(importer("run", buildings, "--format", "json").out)["run"]
    result = importer("runs", run, "--approve")
    assert result.status == 2
    assert "holds no rows that can be approved" in result.err
    assert importer("runs", "--approve").status == 2


def test_nothing_is_approved_a_second_time(importer, held):
    importer("runs", held, "--approve")
    assert importer("resume", held).status == 0
    again = importer("runs", held, "--approve")
    assert (again.status, "holds no rows" in again.err) == (2, True)
