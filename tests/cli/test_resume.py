"""`importer resume`: the result and the report of a run that another process began."""

import json
import socket

from importer import sandbox


def test_a_run_is_shown_as_it_was_printed_and_resumed_without_sending(importer, one_wrong, home):
    printed = json.loads(importer("run", one_wrong, "--format", "json").out)
    shown = importer("runs", printed["run"], "--format", "json")
    again = importer("resume", printed["run"], "--format", "json")
    for result in (shown, again):
        found = json.loads(result.out)
        assert found["exit_status"] == result.status
        same = {"report": None, "exit_status": None}
        assert {**found, **same} == {**printed, **same}
    assert (shown.status, again.status) == (0, 1)
    assert again.err == ""


def test_a_resumed_run_writes_its_report_to_the_path_given_to_run(
    importer, write, home, monkeypatch
):
    """It is often resumed by a script, or by another person."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("TREBELLAR_BASE_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("TREBELLAR_API_KEY", "any")
    file = write("buildings.csv", "Building,Timezone\nNorth,Europe/Berlin\n")
    monkeypatch.setattr("importer.targets.retry.PoliteRetry.sleep", lambda *_: None)
    first = importer("run", file, "--target", "trebellar", "--yes", "--report", "told.csv")
    assert first.status == 3
    name = json.loads(importer("runs", "--format", "json").out)["runs"][0]["run"]
    with sandbox.start(home / "box.db", port):
        assert importer("resume", name).status == 0
    assert (home / "told.csv").exists()
    assert not (home / "buildings.result.csv").exists()
