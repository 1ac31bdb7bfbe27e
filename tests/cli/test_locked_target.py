"""One process at a time sends to a target; a killed or cancelled run is finished by resume."""

import contextlib
import json
import re
import signal

import pytest

from importer.sandbox import start
from importer.settings_files import trust
from tests.cli.gate import Gate
from tests.cli.process import ops, ran
from tests.forked import Forked

TWIN = ("--target", "twin")
FLAGS = ("--target", "trebellar", "--batch-size", "1", "--jobs", "1")


@pytest.fixture
def target(monkeypatch):
    """A sandbox behind a gate that holds back its first bulk request."""
    with start(record=True) as system, Gate(system.url) as gate:
        gate.system = system
        monkeypatch.setenv("TREBELLAR_BASE_URL", gate.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        monkeypatch.setenv("IMPORTER_TARGETS__TREBELLAR__LANDING", "0")
        yield gate


@pytest.fixture
def first(target, buildings):
    """The process of a run whose first batch is in flight; it ends with the test."""
    with contextlib.ExitStack() as stack:
        process = stack.enter_context(Forked("importer", "run", buildings, *FLAGS))
        stack.callback(target.opened.set)
        target.reached.wait()
        yield process


def newest(importer):
    return json.loads(importer("runs", "--format", "json").out)["runs"][0]


def added(target):
    """The labels of what was added, in order."""
    return [op for r in target.system.requests if r.path.endswith("/bulk") for op in ops(r)]


def test_a_second_run_ends_with_4_and_names_the_process_that_locks_the_target(
    target, first, write, importer
):
    other = write("other.csv", "Building,Timezone\nEast,Europe/Rome\n")
    result = importer("run", other, *FLAGS)
    run = newest(importer)["run"]
    assert (result.status, result.out) == (4, "")
    message = rf"importer: trebellar is held by run {run} since \S+ \(process {first.pid} on "
    where, why = result.err.splitlines()
    assert where.startswith(f"importer: the target trebellar is {target.url} (TREBELLAR_BASE_URL);")
    assert re.match(message, why)
    assert [known["run"] for known in json.loads(importer("runs", "--format", "json").out)["runs"]]
    target.opened.set()
    assert first.wait() == 0
    assert importer("run", other, *FLAGS).status == 0
    assert added(target) == ["North", "South", "East"]


def test_a_target_is_one_whatever_its_name_and_the_spelling_of_its_address(
    target, first, write, importer, monkeypatch
):
    """The system and the resolved address identify a target."""
    port = target.url.rpartition(":")[2]
    address = f'base_url = "HTTP://127.0.0.1:{port}/"'
    table = f'[targets.twin]\nsystem = "trebellar"\napi_key_env = "TWIN_KEY"\n{address}\n'
    trust(write("importer.toml", table))
    monkeypatch.setenv("TWIN_KEY", "any")
    result = importer("run", write("other.csv", "Building,Timezone\nE,Europe/Rome\n"), *TWIN)
    assert (result.status, f"process {first.pid} on" in result.err) == (4, True)


def test_a_killed_run_keeps_its_target_until_it_is_resumed(target, first, write, importer):
    """The batch in flight is looked up first, and has landed."""
    other = write("other.csv", "Building,Timezone\nEast,Europe/Rome\n")
    first.kill()
    first.wait()
    target.opened.set()
    target.passed.wait()
    run = newest(importer)["run"]
    assert newest(importer)["state"] == "interrupted"
    result = importer("run", other, *FLAGS)
    assert result.status == 4
    assert f"First `importer resume {run}`, which looks it up" in result.err
    assert importer("resume", run).status == 0
    assert importer("run", other, *FLAGS).status == 0
    assert added(target) == ["North", "South", "East"]


def test_an_abandoned_run_frees_its_target(target, first, write, importer):
    """Its row in flight is unknown, the one that never went out pending."""
    first.kill()
    first.wait()
    run = newest(importer)["run"]
    result = json.loads(importer("runs", run, "--abandon", "--format", "json").out)
    assert result["state"] == "abandoned"
    assert (result["counts"]["unknown"], result["counts"]["pending"]) == (1, 1)
    target.opened.set()
    other = write("other.csv", "Building,Timezone\nEast,Europe/Rome\n")
    assert importer("run", other, *FLAGS).status == 0
    result = importer("runs", run, "--abandon")
    assert (result.status, result.err.count("there is nothing to give up")) == (2, 1)


def test_a_run_is_cancelled_from_another_process(target, first, importer):
    """What is in flight is settled, the rest is sent by resume."""
    run = newest(importer)["run"]
    assert newest(importer)["state"] == "sending"
    assert importer("runs", run, "--abandon").status == 4
    assert importer("runs", run, "--cancel").status == 0
    target.opened.set()
    out, err = first.communicate()
    assert first.returncode == 3
    assert "Cancelled. `importer resume" in err
    assert "Next: `importer resume" in out
    assert newest(importer)["counts"]["created"] == 1
    assert importer("resume", run).status == 0
    assert added(target) == ["North", "South"]
    result = importer("runs", run, "--cancel")
    assert (result.status, "no process is sending run" in result.err) == (2, True)


def test_ctrl_c_twice_ends_at_once(target, first, importer):
    """The answer has not come by then; resuming looks up what landed."""
    first.send_signal(signal.SIGINT)
    assert first.stderr.readline().startswith("importer: the target trebellar is ")
    assert first.stderr.readline().startswith("importer: finishing what is in flight. Ctrl-C once")
    first.send_signal(signal.SIGINT)
    assert first.wait() == 130
    assert not target.opened.is_set()
    target.opened.set()
    target.passed.wait()
    run = newest(importer)["run"]
    assert importer("resume", run).status == 0
    assert sorted(added(target)) == ["North", "South"]


@pytest.mark.parametrize("flag", ["--cancel", "--abandon"])
def test_a_flag_that_needs_a_run_says_so(flag):
    result = ran("runs", flag)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"{flag} needs a run: `importer runs RUN {flag}`." in result.stderr
