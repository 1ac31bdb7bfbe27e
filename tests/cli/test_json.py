"""With `--format json` stdout is one JSON object, whatever the exit status."""

import json
import re
import signal
import subprocess

import pytest

from importer import __version__
from importer.cli.app import app
from importer.cli.fault import STATUS
from importer.cli.startup import Terminated
from importer.errors import ReasonCode
from importer.sandbox import start
from tests.cli.conftest import BUILDINGS, COMMON, ONE_WRONG
from tests.cli.gate import Gate
from tests.cli.process import COMMAND, environment
from tests.forked import Forked

CHECK = {"ok", "template", "sheets", "counts", "findings"} | COMMON
PLAN = {"target", "counts", "changes", "findings"} | COMMON
RUN = {"run", "target", "state", "counts", "findings", "report"} | COMMON
RUNS = {"runs"} | COMMON
TEMPLATES = {"templates"} | COMMON
DOCTOR = {"jobs", "ok", "config", "journal", "queue", "targets"} | COMMON
PEOPLE, TOKENS = ({name} | COMMON for name in ("people", "tokens"))
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

COMMANDS = {
    "check": (["check", "right.csv"], CHECK),
    "plan": (["plan", "right.csv"], PLAN),
    "run": (["run", "right.csv"], RUN),
    "resume": (["resume", "RUN"], RUN),
    "undo": (["undo", "RUN"], RUN),
    "undo --dry-run": (["undo", "RUN", "--dry-run"], PLAN),
    "runs": (["runs"], RUNS),
    "runs RUN": (["runs", "RUN"], RUN),
    "template list": (["template", "list"], TEMPLATES),
    "doctor": (["doctor"], DOCTOR),
    "user list": (["user", "list"], PEOPLE),
    "user token list": (["user", "token", "list"], TOKENS),
}


def one_object(result, keys, status):
    """Return the object that a command printed, with the keys that every object has."""
    found = json.loads(result.out)
    assert found.keys() == keys
    assert (result.status, found["exit_status"]) == (status, status)
    assert found["version"] == __version__
    assert TIME.fullmatch(found["started"])
    assert TIME.fullmatch(found["ended"])
    assert found["started"] <= found["ended"]
    rows = found["rows"]
    assert rows["read"] == rows["imported"] + rows["reported"] + rows["skipped"]
    return found


@pytest.fixture
def as_json(importer, write):
    """Run a command with `--format json`; RUN is a run that has finished."""
    write("right.csv", BUILDINGS)
    write("wrong.csv", ONE_WRONG)

    def run(words, keys, status):
        if "RUN" in words:
            name = json.loads(importer("run", "right.csv", "--format", "json").out)["run"]
            words = [name if word == "RUN" else word for word in words]
        return one_object(importer(*words, "--format", "json"), keys, status)

    return run


@pytest.mark.parametrize(("words", "keys"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_does_well_has_status_0_and_no_reason(as_json, words, keys):
    found = as_json(words, keys, 0)
    assert found["reason"] is None


@pytest.mark.parametrize("words", [words for words, _ in COMMANDS.values()], ids=COMMANDS)
def test_a_flag_that_no_command_has_is_a_reason_in_json(importer, words):
    result = importer(*words, "--strickt", "--format=json")
    found = json.loads(result.out)
    assert result.status == found["exit_status"] == 2
    assert found["reason"]["code"] == "usage"
    assert f"importer: {found['reason']['message']}\n" == result.err
    assert found.keys() > COMMON


@pytest.mark.parametrize("words", [words for words, _ in COMMANDS.values()], ids=COMMANDS)
def test_an_unexpected_fault_is_a_line_a_log_and_status_70(
    importer, write, home, monkeypatch, words
):
    write("right.csv", BUILDINGS)
    name = json.loads(importer("run", "right.csv", "--format", "json").out)["run"]
    monkeypatch.setenv("TREBELLAR_API_KEY", "a-secret-key")
    for place in FAULTS:
        monkeypatch.setattr(place, _fails)
    result = importer(*(name if word == "RUN" else word for word in words), "--format", "json")
    found = one_object(result, found_keys(words), STATUS)
    assert found["reason"]["code"] == "internal"
    [line] = [line for line in result.err.splitlines() if line.startswith("importer: ")]
    assert line == f"importer: {found['reason']['message']}"
    assert "Traceback" not in result.err
    [log] = (home / "state" / "importer").glob("importer-fault-*.log")
    assert str(log) in line
    details = log.read_text()
    assert "RuntimeError: a fault with ***" in details
    assert "Traceback (most recent call last)" in details
    assert "a-secret-key" not in details + result.err + result.out


FAULTS = (
    "importer.pipeline.check.check",
    "importer.pipeline.plan.plan",
    "importer.pipeline.plan.plan_undo",
    "importer.pipeline.run.run",
    "importer.pipeline.undo.undo",
    "importer.pipeline.runs.result_of",
    "importer.pipeline.runs.listed_runs",
    "importer.template.find_all",
    "importer.cli.doctor._examined",
    "importer.people.accounts.all_people",
    "importer.people.tokens.all_tokens",
)


def _fails(*_, **__):
    raise RuntimeError("a fault with a-secret-key")


def found_keys(words):
    return next(keys for these, keys in COMMANDS.values() if these == words)


MISTAKES = {
    "errors in a file": (["check", "wrong.csv"], CHECK, 1, "errors_found"),
    "rows that a plan leaves out": (["plan", "wrong.csv"], PLAN, 1, "not_all_sendable"),
    "rows that a run leaves out": (["run", "wrong.csv"], RUN, 1, "not_all_imported"),
    "no such file": (["check", "no.csv"], CHECK, 2, "unreadable_input"),
    "a folder": (["run", "broken"], RUN, 2, "unreadable_input"),
    "this folder": (["run", "."], RUN, 2, "usage"),
    "a file that is no spreadsheet": (["plan", "page.csv"], PLAN, 2, "unreadable_input"),
    "no known heading": (["check", "fruit.csv"], CHECK, 2, "usage"),
    "a sheet of two kinds": (["check", "two.csv"], CHECK, 2, "undecided"),
    "no such template": (["check", "right.csv", "--template", "x"], CHECK, 2, "usage"),
    "a broken template": (["run", "right.csv", "--template", "broken"], RUN, 2, "template"),
    "no such target": (["run", "right.csv", "--target", "x"], RUN, 2, "usage"),
    "no such settings": (["doctor", "--config", "no.toml"], DOCTOR, 2, "usage"),
    "no key": (["run", "right.csv", "--target", "trebellar"], RUN, 2, "usage"),
    "a file that is no plan": (["run", "right.csv", "--plan", "wrong.csv"], RUN, 2, "usage"),
    "no such run": (["resume", "nope"], RUN, 2, "usage"),
    "no such run to undo": (["undo", "nope"], RUN, 2, "usage"),
    "no such run to show": (["runs", "nope"], RUN, 2, "usage"),
    "a run that nobody sends": (["runs", "RUN", "--cancel"], RUN, 2, "usage"),
    "a run at its end": (["runs", "RUN", "--abandon"], RUN, 2, "usage"),
    "a flag without a run": (["runs", "--cancel"], RUNS, 2, "usage"),
    "no number": (["run", "right.csv", "--jobs", "many"], RUN, 2, "usage"),
    "no file": (["check"], CHECK, 2, "usage"),
    "no such command": (["chek", "right.csv"], COMMON, 2, "usage"),
    "a command without JSON": (["export", "atlan-glossary", "-o", "x.xlsx"], COMMON, 2, "usage"),
    "no command of a group": (["template"], COMMON, 2, "usage"),
    "a flag before the command": (["--strict", "check", "right.csv"], COMMON, 2, "usage"),
}


@pytest.mark.parametrize(("words", "keys", "status", "code"), MISTAKES.values(), ids=MISTAKES)
def test_whatever_is_wrong_is_a_reason_with_a_sentence(as_json, write, words, keys, status, code):
    write("page.csv", "<html></html>")
    write("two.csv", "Building,Timezone,Building name\nHQ,Europe/Berlin,x\n")
    write("fruit.csv", "Fruit,Colour\napple,red\n")
    (write("mark", "").parent / "broken").mkdir()
    write("broken/mapping.toml", "title = 1\n")
    found = as_json(words, keys, status)
    assert found["reason"]["code"] == code
    assert len(found["reason"]["message"]) > 10
    assert [file for file in words if file in found["files"]] == found["files"]


def test_the_rows_are_those_of_the_file(as_json):
    for words, keys in ((["check"], CHECK), (["plan"], PLAN), (["run"], RUN)):
        found = as_json([*words, "wrong.csv"], keys, 1)
        assert found["rows"] == {"read": 2, "imported": 1, "reported": 1, "skipped": 0}
        assert found["files"] == ["wrong.csv"]


def test_files_of_one_name_are_told_apart_by_the_paths_that_were_given(as_json, write, home):
    (home / "north").mkdir()
    file = write("north/right.csv", BUILDINGS).relative_to(home)
    for words, keys in ((["check"], CHECK), (["plan"], PLAN), (["run"], RUN)):
        found = as_json([*words, str(file)], keys, 0)
        assert found["files"] == ["north/right.csv"]
    assert as_json(["runs", found["run"]], RUN, 0)["files"] == ["north/right.csv"]
    assert as_json(["runs"], RUNS, 0)["runs"][0]["files"] == ["north/right.csv"]
    assert as_json(["undo", found["run"]], RUN, 0)["files"] == ["north/right.csv"]


@pytest.fixture
def trebellar(monkeypatch):
    """A sandbox that records, behind a gate that holds back its first bulk request."""
    with start(record=True) as system, Gate(system.url) as gate:
        monkeypatch.setenv("TREBELLAR_BASE_URL", gate.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any-key")
        monkeypatch.setenv("IMPORTER_TARGETS__TREBELLAR__LANDING", "0")
        yield gate


FLAGS = ["--target", "trebellar", "--batch-size", "1", "--jobs", "1", "--format", "json"]


def test_a_refused_key_and_an_unreachable_target_are_status_3(as_json, monkeypatch):
    monkeypatch.setattr("importer.targets.retry.SHORTEST_WAIT", 0.0)
    words = ["right.csv", "--target", "trebellar"]
    with start() as system:
        monkeypatch.setenv("TREBELLAR_BASE_URL", system.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "expired")
        for command, keys in (("check", CHECK), ("plan", PLAN), ("run", RUN)):
            found = as_json([command, *words], keys, 3)
            assert found["reason"]["code"] == "credentials_refused"
        assert as_json(["runs", found["run"]], RUN, 0)["reason"] == found["reason"]
        assert as_json(["doctor"], DOCTOR, 3)["reason"]["code"] == "not_well"
    found = as_json(["resume", found["run"]], RUN, 3)
    assert found["reason"]["code"] == "target_unreachable"


def test_a_locked_target_is_status_4(as_json, trebellar):
    with Forked("importer", "run", "right.csv", *FLAGS) as first:
        trebellar.reached.wait()
        found = as_json(["run", "wrong.csv", "--target", "trebellar"], RUN, 4)
        trebellar.opened.set()
        assert json.loads(first.communicate()[0])["rows"]["imported"] == 2
    assert (found["run"], found["reason"]["code"]) == (None, "target_locked")


def test_a_stale_plan_names_the_run_that_was_given_up(as_json, importer):
    as_json(["plan", "right.csv", "--out", "plan.json"], PLAN, 0)
    importer("run", "right.csv")
    found = as_json(["run", "right.csv", "--plan", "plan.json"], RUN, 2)
    assert (found["state"], found["reason"]["code"]) == ("abandoned", "usage")
    assert found["reason"]["message"].startswith("Nothing was sent")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 143, "terminated"),
        (signal.SIGHUP, 129, "hung_up"),
    ],
)
def test_a_run_that_a_signal_ends_prints_how_far_it_has_come(
    write, home, trebellar, sent, status, code
):
    write("right.csv", BUILDINGS)
    with Forked("importer", "run", "right.csv", *FLAGS) as process:
        trebellar.reached.wait()
        process.send_signal(sent)
        trebellar.opened.set()
        out, _ = process.communicate()
    found = json.loads(out)
    assert (process.returncode, found["exit_status"]) == (status, status)
    assert (found["state"], found["counts"]["created"], found["counts"]["pending"]) == (
        "interrupted",
        1,
        1,
    )
    assert found["reason"]["code"] == code
    assert f"importer resume {found['run']}" in found["reason"]["message"]
    assert TIME.fullmatch(found["ended"])


def test_a_run_that_is_ended_before_it_has_a_name_says_that_nothing_was_sent(
    write, home, monkeypatch, capfd
):
    """The signal comes while the files are read."""
    monkeypatch.setattr("importer.pipeline.run.prepare_import", _terminated)
    with pytest.raises(SystemExit) as ended:
        app(["run", write("right.csv", BUILDINGS).name, "--format", "json"])
    out, err = capfd.readouterr()
    reason = {"code": "terminated", "message": "interrupted; nothing was sent."}
    assert (ended.value.code, json.loads(out)["reason"]) == (143, reason)
    assert "importer: interrupted; nothing was sent." in err.splitlines()


def _terminated(*_, **_flags):
    raise Terminated


def test_a_second_signal_prints_an_object_too(write, home, trebellar):
    write("right.csv", BUILDINGS)
    with Forked("importer", "run", "right.csv", *FLAGS) as process:
        trebellar.reached.wait()
        process.send_signal(signal.SIGINT)
        assert any("Ctrl-C once more stops at once" in line for line in process.stderr)
        process.send_signal(signal.SIGINT)
        out = process.stdout.read()
        process.wait()
    found = json.loads(out)
    assert (process.returncode, found["exit_status"], found.keys()) == (130, 130, RUN)


def test_a_full_disk_under_stdout_is_a_line(home, write):
    write("right.csv", BUILDINGS)
    with open("/dev/full", "wb") as full:
        process = Forked("importer", "check", "right.csv", "--format", "json", stdout=full.fileno())
        with process:
            _, err = process.communicate()
    assert (process.returncode, err.count("\n")) == (2, 1)
    assert err.startswith("importer: The result could not be written to stdout")


@pytest.mark.parametrize("command", ["check", "plan", "run"])
def test_a_name_that_is_no_unicode_is_refused_by_its_name(importer, home, command):
    name = b"caf\xe9.csv".decode("utf-8", "surrogateescape")
    (home / name).write_text(BUILDINGS)
    result = importer(command, name, "--format", "json")
    message = json.loads(result.out)["reason"]["message"]
    assert (result.status, r"caf\udce9.csv has a name that is not Unicode" in message) == (2, True)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_the_object_can_be_read_whatever_the_encoding_of_stdout(home, write, encoding):
    write("ü€.csv", ONE_WRONG)
    words = [*COMMAND, "check", "ü€.csv"]
    variables = environment(PYTHONIOENCODING=encoding)
    for flags in (["--format", "json"], []):
        result = subprocess.run([*words, *flags], capture_output=True, env=variables)
        assert (result.returncode, result.stderr) == (1, b"")
        if flags:
            assert json.loads(result.stdout.decode(encoding))["files"] == ["ü€.csv"]


def test_every_reason_has_a_sentence_of_its_own():
    meanings = [code.meaning for code in ReasonCode]
    assert len(set(meanings)) == len(meanings)
    assert all(re.fullmatch(r"[A-Z`].{10,}\.", meaning) for meaning in meanings)
