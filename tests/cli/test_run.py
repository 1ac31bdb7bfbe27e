"""`importer run`: what it prints and sends, its JSON, its report and its exit status."""

import json
import re

import pytest

from importer.model import Status
from importer.sandbox import start
from importer.session import open_session
from tests.cli.conftest import BUILDINGS, COMMON, FINDING, ONE_WRONG, statuses


def test_run_sends_reports_and_names_the_sandbox(importer, buildings, home):
    result = importer("run", buildings)
    assert result.status == 0
    assert result.out.splitlines()[0].endswith("into sandbox: buildings.csv")
    assert "2 rows: 2 created" in result.out
    assert f"Report: {home / 'buildings.result.csv'}" in result.out
    first, last = result.err.splitlines()[0], result.err.splitlines()[-1]
    assert first.startswith("Sandbox: nothing goes to a real system")
    assert last.startswith("That was the sandbox.")
    assert statuses(home / "buildings.result.csv") == ["created", "created"]


def test_the_same_run_again_finds_everything_unchanged(importer, buildings):
    importer("run", buildings)
    result = importer("run", buildings)
    assert (result.status, "2 rows: 2 unchanged" in result.out) == (0, True)


@pytest.mark.parametrize("flags", [(), ("--verify",)])
def test_what_was_sent_is_read_back_where_verify_asks_for_it(importer, buildings, flags):
    result = importer("run", buildings, "--format", "json", *flags)
    with open_session(None) as session:
        run = session.journal.run(json.loads(result.out)["run"])
    assert (result.status, run.spec.options.verify) == (0, bool(flags))


def test_run_is_exit_1_where_a_row_was_not_imported(importer, one_wrong, home):
    result = importer("run", one_wrong)
    assert result.status == 1
    assert "2 rows: 1 created, 1 invalid" in result.out
    assert statuses(home / "wrong.result.csv") == ["created", "invalid"]


def test_run_as_json_is_one_object_with_every_key(importer, one_wrong, home):
    result = importer("run", one_wrong, "--format", "json")
    found = json.loads(result.out)
    assert found.keys() == {"run", "target", "state", "counts", "findings", "report"} | COMMON
    assert (found["target"], found["state"]) == ("sandbox", "finished")
    assert found["counts"].keys() == {status.value for status in Status}
    assert (found["counts"]["created"], found["counts"]["invalid"]) == (1, 1)
    assert [finding.keys() for finding in found["findings"]] == [FINDING]
    assert found["report"] == str(home / "wrong.result.csv")


def test_a_report_is_written_where_it_is_asked_for(importer, buildings, home):
    importer("run", buildings, "--report", home / "there.csv")
    assert statuses(home / "there.csv") == ["created", "created"]
    assert not (home / "buildings.result.csv").exists()
    importer("run", buildings, "--in-place")
    assert statuses(buildings) == ["unchanged", "unchanged"]


def test_a_report_that_cannot_be_written_is_exit_1_and_can_be_written_later(
    importer, buildings, home
):
    longest = home / ("x" * 255)  # what is written first, beside it, has a name too long to exist
    result = importer("run", buildings, "--report", longest)
    assert result.status == 1
    assert "2 rows: 2 created" in result.out
    [command] = re.findall(r"`importer (runs \S+ --report) PATH` writes it later", result.err)
    assert importer(*command.split(), home / "later.csv").status == 0
    assert statuses(home / "later.csv") == ["created", "created"]


def test_several_files_get_their_reports_in_one_folder(importer, buildings, write, home):
    floors = write("floors.csv", "Floor,Building\nGround,North\n")
    result = importer("run", buildings, floors, "--report", home / "reports", "--format", "json")
    folder = home / "reports"
    assert json.loads(result.out)["report"] == [
        str(folder / "buildings.result.csv"),
        str(folder / "floors.result.csv"),
    ]
    assert statuses(folder / "floors.result.csv") == ["created"]


def test_a_run_into_a_real_system_names_its_address_and_no_sandbox(
    importer, buildings, monkeypatch
):
    with start(record=True) as system:
        monkeypatch.setenv("TREBELLAR_BASE_URL", system.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        result = importer("run", buildings, "--target", "trebellar", "--batch-size", "1")
        sent = [len(r.body["operations"]) for r in system.requests if r.path.endswith("/bulk")]
    where = (
        f"importer: the target trebellar is {system.url} (TREBELLAR_BASE_URL); "
        "its key is in TREBELLAR_API_KEY.\n"
    )
    assert (result.status, result.err, sent) == (0, where, [1, 1])


def test_the_batch_size_of_a_target_is_the_default(importer, buildings, write, monkeypatch):
    with start(record=True) as system:
        write("importer.toml", "[targets.trebellar]\nbatch_size = 1\n")
        monkeypatch.setenv("TREBELLAR_BASE_URL", system.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        importer("run", buildings, "--target", "trebellar")
        sent = [len(r.body["operations"]) for r in system.requests if r.path.endswith("/bulk")]
    assert sent == [1, 1]


@pytest.mark.parametrize("content", [BUILDINGS, ONE_WRONG], ids=["fine", "wrong"])
def test_nothing_but_json_is_on_stdout(importer, write, content):
    write("some.csv", content)
    for command in ("check", "run"):
        assert json.loads(importer(command, "some.csv", "--format", "json").out)
