"""With `--log-format json` each line on stderr is an object that says what it is about."""

import json
import subprocess
import sys

import pytest

from importer.journal.job_passes import add_pass
from tests.cli.process import environment, forked
from tests.jobs.night import JOB, Night

WORKER = """
from importer import log
from importer.work import Task
from importer.work.child_process import ChildProcess

if __name__ == "__main__":
    with log.as_json():
        given = {"config": "importer.toml", "allow_http": False}
        child = ChildProcess(Task("job", "1"), "importer.jobs.child", given)
        child.follow(None, lambda: True)
"""


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def night(home):
    with Night(home) as one:
        yield one


def test_a_run_logs_json_and_its_result_stays_on_stdout(one_wrong):
    result = forked("run", one_wrong, "--format", "json", "--log-format", "json")
    found = lines(result.stderr)
    run = json.loads(result.stdout)["run"]
    (batch,) = [one for one in found if one["logger"] == "importer.send"]
    assert (batch["run"], batch["target"], batch["batch"]) == (run, "sandbox", 1)
    assert (batch["level"], batch["items"], batch["state"]) == ("info", 1, "done")
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, found))
    assert {one["level"] for one in found} == {"info"}


def test_no_value_of_a_cell_is_logged_at_info(one_wrong):
    result = forked("run", one_wrong, "--log-format", "json")
    words = one_wrong.read_text().splitlines()
    said = " ".join(one["message"] for one in lines(result.stderr) if one["level"] == "info")
    assert [cell for row in words[1:] for cell in row.split(",") if cell and cell in said] == []


def test_what_ends_a_command_is_logged_as_an_error(home):
    found = lines(forked("run", "nowhere.csv", "--log-format", "json").stderr)
    (line,) = [one for one in found if one["level"] != "info"]
    assert (line["level"], line["logger"]) == ("error", "importer.cli")
    assert line["message"].startswith("nowhere.csv: there is no such file.")


def test_a_job_says_what_it_is_about(night):
    night.drop("terms.xlsx", "Revenue")
    result = forked("jobs", "run", JOB, "--log-format", "json", "--config", "importer.toml")
    assert result.returncode == 0, result.stderr
    found = {one["message"]: one for one in lines(result.stderr)}
    assert (found["pass begun"]["job"], found["pass begun"]["pass"]) == (JOB, 1)
    assert found["run begun"]["job"] == JOB
    assert found["batch done"]["job"] == JOB
    assert found["pass ended"]["status"] == 0


def test_a_process_of_a_worker_logs_where_the_worker_does(night):
    night.drop("terms.xlsx", "Revenue")
    add_pass(night.store, JOB, "sandbox", "")
    (night.home / "worker.py").write_text(WORKER)
    ended = subprocess.run(
        [sys.executable, "worker.py"], capture_output=True, text=True, env=environment()
    )
    assert ended.returncode == 0, ended.stderr
    assert [one["message"] for one in lines(ended.stderr)][-1] == "pass ended"
