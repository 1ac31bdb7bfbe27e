"""The command line as a process of its own: streams, statuses, signals, terminals."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
import requests

from importer.sandbox import start
from tests.cli.gate import Gate
from tests.cli.process import COMMAND, environment, ops, ran
from tests.cli.terminal import Terminal
from tests.forked import Forked

HEAVY = {"openpyxl", "pandas", "pydantic", "requests", "rich", "sqlalchemy", "starlette", "uvicorn"}


def test_the_result_is_on_stdout_and_everything_else_on_stderr(one_wrong):
    result = ran("run", one_wrong, "--format", "json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["counts"]["created"] == 1
    assert len(result.stderr.splitlines()) == 2


def test_a_mistake_is_a_line_without_a_traceback(home):
    result = ran("check", "nowhere.csv")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("importer: nowhere.csv: there is no such file.")
    assert len(result.stderr.splitlines()) == 1


def test_help_imports_nothing_heavy(home):
    code = "import sys; sys.argv = ['importer', '--help']; import importer.cli.app as cli\n"
    code += "try: cli.main()\nexcept SystemExit: print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    assert "Usage: importer" in result.stdout
    assert HEAVY & set(result.stdout.split()) == set()


def test_a_process_of_its_own_seldom_looks_for_cycles(home):
    """Python's own threshold makes it look again and again through what is loaded."""
    code = "import gc, sys; sys.argv = ['importer', '--version']; import importer.cli.app as cli\n"
    code += "try: cli.main()\nexcept SystemExit: print(gc.get_threshold()[0] == cli.NEW_OBJECTS)"
    command = [sys.executable, "-c", code]
    assert subprocess.check_output(command, env=environment(), text=True).split()[-1] == "True"


def test_every_command_of_the_table_has_help(home):
    result = ran("--help").stdout
    listed = result.partition("Commands:")[2].splitlines()
    assert [line.split()[0] for line in listed if line] == [
        "demo", "check", "plan", "run", "resume", "undo", "runs", "export", "serve", "worker",
        "sandbox", "doctor", "template", "user", "jobs",
    ]  # fmt: skip


def test_no_arguments_at_all_show_the_help(home):
    result = ran()
    assert (result.returncode, result.stdout) == (0, ran("-h").stdout)


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_an_interrupted_run_is_resumed_where_it_stopped(
    buildings, importer, monkeypatch, sent, status
):
    """The first batch is in flight when the signal comes; resuming sends nothing twice."""
    with start(record=True) as system, Gate(system.url) as gate:
        monkeypatch.setenv("TREBELLAR_BASE_URL", gate.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        args = ["run", str(buildings), "--target", "trebellar", "--batch-size", "1", "--jobs", "1"]
        with Forked("importer", *args) as process:
            gate.reached.wait()
            process.send_signal(sent)
            gate.opened.set()
            out, err = process.communicate()
        assert (process.returncode, out) == (status, "")
        [run] = re.findall(r"^importer: interrupted. `importer resume (\S+)` goes on", err, re.M)
        result = importer("resume", run, "--format", "json")
        added = [op for r in system.requests if r.path.endswith("/bulk") for op in ops(r)]
    assert (result.status, json.loads(result.out)["counts"]["created"]) == (0, 2)
    assert sorted(added) == ["North", "South"]


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["runs"]])
def test_a_full_disk_under_stdout_is_a_line_and_a_status_of_its_own(home, words):
    """1 would say that rows were not imported."""
    with open("/dev/full", "wb") as full, Forked("importer", *words, stdout=full.fileno()) as one:
        _, err = one.communicate()
    assert (one.returncode, err.count("\n")) == (2, 1)
    assert err.startswith("importer: The result could not be written to stdout: No space left")


@pytest.mark.parametrize("flags", [[], ["--format", "json"]])
def test_a_reader_that_closes_its_pipe_early_changes_no_status(buildings, one_wrong, flags):
    for file, status in ((buildings, 0), (one_wrong, 1)):
        with Forked("importer", "check", file, *flags, stdout=closed_pipe()) as process:
            _, err = process.communicate()
        assert (process.returncode, err) == (status, "")


def closed_pipe():
    """The end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def test_a_signal_in_generated_code_ends_with_the_status_too(home):
    """Python ends by SIGINT itself where one has cut off an exec of a text: a dataclass, say."""
    code = "import importer.cli.app as cli\ncli.app = lambda: exec('raise KeyboardInterrupt')\n"
    command = [sys.executable, "-c", f"{code}cli.main()"]
    assert subprocess.run(command, env=environment(), check=False).returncode == 130


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ("y\n", 1, "2 rows: 1 created, 1 invalid"),
        ("n\n", 3, "Nothing was sent."),
        ("\n", 3, "You said no; nothing was sent."),
        ("\x04", 130, "interrupted; nothing was sent yet. `importer resume "),
    ],
    ids=["yes", "no", "neither", "Ctrl-D"],
)
def test_on_a_terminal_nothing_is_sent_before_it_is_confirmed(one_wrong, answer, status, words):
    terminal = Terminal("run", one_wrong)
    shown = terminal.until("[y/N]:")
    assert "2 rows for sandbox: 1 to create, 1 with errors, which stay here" in shown
    terminal.type(answer)
    assert terminal.end() == status
    assert words in terminal.text


def test_a_terminal_that_closes_ends_a_run_like_ctrl_c(one_wrong):
    """At the question; nobody can read what is said. The end of its input may come first."""
    terminal = Terminal("run", one_wrong)
    terminal.until("[y/N]:")
    terminal.close()
    assert terminal.end() in (129, 130)


def test_no_question_is_asked_with_yes_or_without_changes(buildings):
    for args in (["--yes"], []):
        terminal = Terminal("run", buildings, *args)
        assert terminal.end() == 0
        assert "[y/N]" not in terminal.text


def test_colours_are_for_terminals_without_no_color(one_wrong):
    painted = Terminal("check", one_wrong)
    plain = Terminal("check", one_wrong, NO_COLOR="1")
    assert (painted.end(), plain.end()) == (1, 1)
    assert "\x1b[31m" in painted.text
    assert not re.search(r"\x1b\[[0-9;]*m", plain.text)
    assert "\x1b[" not in ran("check", one_wrong).stdout


def test_the_sandbox_serves_until_it_is_asked_to_end(home):
    process = subprocess.Popen(
        [*COMMAND, "sandbox", "--port", "0"], env=environment(), stderr=subprocess.PIPE, text=True
    )
    shown = [process.stderr.readline() for _ in range(4)]
    url = shown[0].split()[4]
    assert f"ATLAN_BASE_URL={url} ATLAN_API_KEY=sandbox" in shown[1]
    found = ran(
        "doctor", "--format", "json", TREBELLAR_BASE_URL=url, TREBELLAR_API_KEY="sandbox"
    ).stdout
    states = {target["target"]: target["state"] for target in json.loads(found)["targets"]}
    assert states["trebellar"] == "ok"
    process.terminate()
    assert process.wait() == 0
    process.stderr.close()


def test_the_sandbox_has_the_faults_of_a_file(home, write):
    """--faults: the first answer of all is a 401, the second is not."""
    faults = write("faults.toml", '[[faults]]\nfault = "expired"\nat = [1]\n')
    with Forked("importer", "sandbox", "--port", "0", "--faults", faults) as process:
        url = re.search(r"http://\S+", process.stderr.readline())[0]
        headers = {"X-Trebellar-Api-Key": "any"}
        answers = [
            requests.get(f"{url}/api/v2/assets", headers=headers, timeout=10) for _ in range(2)
        ]
        process.send_signal(signal.SIGTERM)
    assert [answer.status_code for answer in answers] == [401, 200]


def test_a_file_of_faults_that_cannot_be_used_is_a_line(home, write):
    result = ran("sandbox", "--faults", write("faults.toml", '[[faults]]\nfault = "nap"\n'))
    assert result.returncode == 2
    [line] = result.stderr.splitlines()
    assert line.startswith("importer: ")
    assert "faults, number 1: fault: there is no such fault; there are: delay" in line
